import Exchange
import Operations
import Store
import Testing

extension Sample {
    static func eventContent(_ title: String = "成果発表展示会 \"2027\"") -> EventContent {
        var content = EventContent(title: title, format: .hybrid, zone: "Asia/Tokyo")
        content.summary = "行1\nline 2 🚀"
        content.hostRegion = RegionCode(stored: "JP-31")
        content.hosts = [
            EventContent.Host(part: .host, name: "県", region: RegionCode(stored: "JP-31")),
            EventContent.Host(part: .council, name: "推進協議会"),
        ]
        content.fields = [FieldCode("casting")]
        content.languages = [.ja, .ko]
        if let day = CalendarDay(iso: "2027-10-27"), let nine = ClockTime("09:30"), let five = ClockTime("17:00") {
            content.days = [EventContent.Day(day: day, opens: nine, closes: five)]
        }
        content.venue = EventContent.Venue(
            name: "とりぎん文化会館", halls: [EventContent.Hall(name: "A", seats: 80, rooms: [EventContent.Room(name: "1")])])
        content.capacity = EventContent.Capacity(onSite: 2, remote: 100)
        content.budget = [
            EventContent.BudgetLine(
                fiscalYear: 2027, purpose: "会場", source: "地方創生交付金", asked: 528_000, persons: 0.2)
        ]
        content.agreements = [
            EventContent.SignedAgreement(title: "協定", date: .month(2027, 10), parties: ["A", "B"])
        ]
        return content
    }

    static func event(
        _ title: String = "成果発表展示会", series: Identifier<EventSeries>? = nil, edition: Int? = nil,
        date: EventDate? = .month(2027, 10), state: Event.State = .open
    ) -> Event {
        Event(
            id: id(), kind: .exhibition, series: series, edition: edition, content: eventContent(title), date: date,
            state: state, stateSince: noon, stateReason: state == .cancelled ? "a storm" : nil,
            formerDates: [
                Event.FormerDate(
                    date: .year(2009), reason: "鳥インフルエンザ", hostRegion: RegionCode(stored: "CN-22"),
                    by: .system("cli"), at: noon),
                Event.FormerDate(date: .season(2010, .autumn), reason: nil, by: .system("cli"), at: noon),
            ], createdAt: noon, updatedAt: noon)
    }

    static func registration(
        _ attendee: Registration.Attendee, at event: Event, _ state: Registration.State = .confirmed,
        since moment: Instant = noon, companions: Int = 0
    ) -> Registration {
        var wishes = Registration.Wishes(attendance: .onSite)
        wishes.companions = (0..<companions).map { Registration.Companion(name: "C \($0)") }
        wishes.unavailable = [TimeSpan(stored: noon, noon.advanced(byMilliseconds: 3_600_000))]
        wishes.languages = [.ja, .en]
        wishes.accessibility = "車いす"
        return Registration(
            id: id(), event: event.id, attendee: attendee, wishes: wishes, state: state, stateSince: moment,
            source: .own, code: String(id(of: Registration.self).text.suffix(10)), createdAt: noon, updatedAt: noon)
    }
}

@Suite struct `Events in every store` {
    @Test(arguments: TestEngines.available)
    func `come back as they went in and are never overwritten unseen`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            var content = EventSeries.Content(title: "北東アジア産業技術フォーラム")
            content.rotation = [RegionCode(stored: "KR-42"), RegionCode(stored: "CN-22"), RegionCode(stored: "JP-31")]
            let series = EventSeries(
                id: Sample.id(), kind: .forum, content: content, createdAt: Sample.noon, updatedAt: Sample.noon)
            let first = Sample.event(series: series.id, edition: 1)
            let alone = Sample.event("単独", date: nil, state: .cancelled)
            try await store.write { tx in
                try tx.insert(series)
                try tx.insert(first)
                try tx.insert(alone)
            }
            #expect(try await store.read { try $0.eventSeries(series.id) } == series)
            #expect(try await store.read { try $0.event(first.id) } == first)
            #expect(try await store.read { try $0.events([alone.id]) } == [alone.id: alone])
            let double = Sample.event(series: series.id, edition: 1)
            await #expect(throws: Refusal.self) { try await store.write { try $0.insert(double) } }
            let change = try first.postpone(to: .year(2028), because: "台風", by: .system("cli"), at: Sample.noon)
            try await store.write { try $0.update(change.value, expecting: 1) }
            #expect(try await store.read { try $0.event(first.id) } == change.value)
            await #expect(throws: Refusal.stale(subject: "event", current: 2)) {
                try await store.write { try $0.update(change.value, expecting: 1) }
            }
            let revised = series.revised(EventSeries.Content(title: "新"), by: .system("cli"), at: Sample.noon).value
            try await store.write { try $0.update(revised, expecting: 1) }
            #expect(try await store.all(by: 1) { try $0.eventSeries($1) } == [revised])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are listed by date, page by page`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let dates: [EventDate?] = [.year(2011), .month(2012, 5), nil, .month(2012, 5), .season(2020, .autumn)]
            let events = dates.enumerated().map { Sample.event("Forum \($0)", date: $1, state: .held) }
            try await store.write { tx in
                for event in events { try tx.insert(event) }
            }
            let all = try await store.all(by: 2) { try $0.events(EventFilter(), $1) }
            #expect(all == [events[2], events[4], events[3], events[1], events[0]])
            var filter = EventFilter()
            filter.from = CalendarDay(iso: "2012-05-31")
            filter.to = CalendarDay(iso: "2020-09-01")
            filter.states = [.held]
            filter.text = "ｆorum"
            let asked = filter
            let found = try await store.all(by: 9) { try $0.events(asked, $1) }
            #expect(found == [events[4], events[3], events[1]])
            let due = try await store.read {
                try $0.eventsToFollowUp(endedBy: EventDate.month(2012, 5).last, limit: 9)
            }
            #expect(due == [events[0], events[1], events[3]])
        }
    }
}

@Suite struct `Registrations in every store` {
    @Test(arguments: TestEngines.available)
    func `are one for each person, found by code, name and place in the line`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let event = Sample.event()
            let guest = Registration.Guest(
                name: "김민수", email: EmailAddress(stored: "kim@example.kr"), organization: "강원테크노파크", language: .ko)
            let first = Sample.registration(.participant(left.id), at: event, companions: 2)
            let later = Sample.registration(
                .guest(guest), at: event, .waiting, since: Sample.noon.advanced(byDays: 1))
            let sooner = Sample.registration(.participant(right.id), at: event, .waiting)
            try await store.write { tx in
                try tx.insert(event)
                for one in [first, later, sooner] { try tx.insert(one) }
            }
            #expect(try await store.read { try $0.registration(first.id) } == first)
            #expect(try await store.read { try $0.registration(code: later.code) } == later)
            #expect(try await store.read { try $0.registration(of: left.id, at: event.id) } == first)
            let email = EmailAddress(stored: "kim@example.kr")
            #expect(try await store.read { try $0.registration(guest: email, at: event.id) } == later)
            let line = try await store.read { try $0.waitingList(of: event.id, .onSite, limit: 9) }
            #expect(line == [sooner, later])
            #expect(try await store.read { try $0.confirmedRegistrations(at: event.id) } == [first])
            #expect(try await store.read { try $0.openRegistrations(of: left.id) } == [first])
            for double in [first, later] {
                let copy = Sample.registration(double.attendee, at: event)
                await #expect(throws: Refusal.self) { try await store.write { try $0.insert(copy) } }
            }
            for (text, wanted) in [("강원테크노파크", [later]), ("right", [sooner]), ("nobody", [])] {
                var filter = RegistrationFilter()
                filter.event = event.id
                filter.text = text
                let asked = filter
                #expect(try await store.all(by: 2) { try $0.registrations(asked, $1) } == wanted, "\(text)")
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `are counted with companions, and at the door`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let event = Sample.event()
            let first = Sample.registration(.participant(left.id), at: event, companions: 2)
            let second = Sample.registration(.participant(right.id), at: event)
            let arrived = try first.checkIn(by: .system("cli"), at: Sample.noon).value
            try await store.write { tx in
                try tx.insert(event)
                try tx.insert(first)
                try tx.insert(second)
                try tx.update(arrived, expecting: 1)
            }
            #expect(try await store.read { try $0.registration(first.id) } == arrived)
            let counts = try await store.read { try $0.registrationCounts(of: event.id) }
            #expect(
                counts == [
                    RegistrationCount(
                        state: .confirmed, attendance: .onSite, registrations: 2, seats: 4, arrived: 1, arrivedSeats: 3)
                ])
            var filter = RegistrationFilter()
            filter.presence = .absent
            let asked = filter
            #expect(try await store.all(by: 9) { try $0.registrations(asked, $1) } == [second])
            await #expect(throws: Refusal.stale(subject: "registration", current: 2)) {
                try await store.write { try $0.update(arrived, expecting: 1) }
            }
            try await store.write { try $0.remove(event.id) }
            #expect(try await store.read { try $0.registration(first.id) } == nil)
        }
    }
}

@Suite struct `Programmes in every store` {
    private func session(
        _ title: String, _ hour: Int64, _ presentations: [Identifier<Presentation>] = []
    ) -> ProgrammeSession {
        let from = Sample.noon.advanced(byMilliseconds: hour * 3_600_000)
        return ProgrammeSession(
            id: Sample.id(), title: title, span: TimeSpan(stored: from, from.advanced(byMilliseconds: 1_800_000)),
            place: "A/1", presentations: presentations)
    }

    @Test(arguments: TestEngines.available)
    func `change by one hand at a time and keep what was released`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, _) = try await Sample.twoSides(store)
            let event = Sample.event()
            var content = Presentation.Content(title: "氷温で眠らせる", language: .ja)
            content.subject = "seed_1"
            content.speakers = [left.id]
            let talk = Presentation(
                id: Sample.id(), event: event.id, owner: left.id, content: content, createdAt: Sample.noon,
                updatedAt: Sample.noon)
            let accepted = try talk.accept(note: "ぜひ", by: .system("cli"), at: Sample.noon).value
            try await store.write { tx in
                try tx.insert(event)
                try tx.insert(talk)
                try tx.update(accepted, expecting: 1)
            }
            #expect(try await store.read { try $0.presentation(talk.id) } == accepted)
            var filter = PresentationFilter()
            filter.states = [.accepted]
            filter.owner = left.id
            let asked = filter
            #expect(try await store.all(by: 1) { try $0.presentations(asked, $1) } == [accepted])

            #expect(try await store.read { try $0.programme(of: event.id) } == Programme(event: event.id))
            let sessions = [session("開会", 0), session("発表", 1, [talk.id])]
            let draft = Programme(event: event.id, version: 1, sessions: sessions)
            let release = Programme.Release(
                number: 1, sessions: sessions, note: "初版", by: .system("cli"), at: Sample.noon)
            try await store.write { tx in
                try tx.save(draft, expecting: 0)
                try tx.insert(release, of: event.id)
            }
            await #expect(throws: Refusal.stale(subject: "programme", current: 1)) {
                try await store.write { try $0.save(draft, expecting: 0) }
            }
            let next = Programme(event: event.id, version: 2, sessions: [sessions[1]], release: release)
            try await store.write { try $0.save(next, expecting: 1) }
            #expect(try await store.read { try $0.programme(of: event.id) } == next)
            #expect(try await store.read { try $0.releases(of: event.id) } == [release])
            #expect(try await store.read { try $0.releaseNumber(of: event.id) } == 1)
            #expect(try await store.read { try $0.releaseNumber(of: Sample.id()) } == nil)
            await #expect(throws: Refusal.stale(subject: "programme", current: 2)) {
                try await store.write { try $0.save(next, expecting: 1) }
            }
        }
    }
}

@Suite struct `Activity in every store` {
    @Test(arguments: TestEngines.available)
    func `is counted for a stretch of time, and by origin`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (need, seed) = try await Sample.pair(store)
            let event = Sample.event()
            let entries = (0..<7).map { number in
                Happening(
                    number % 2 == 0 ? .postingPublished : .matchFound, subject: "x", by: .system("cli"),
                    at: Sample.noon.advanced(byDays: number))
            }
            let encounter = Encounter(.exhibition, need: need, seed: seed, subject: event.id.text, at: Sample.noon)
            try await store.write { tx in
                try tx.append(entries)
                try tx.insert(event)
                try tx.remember(encounter)
                try tx.insert(Sample.introduction(need, seed))
            }
            let span = TimeSpan(stored: Sample.noon.advanced(byDays: 1), Sample.noon.advanced(byDays: 5))
            let counts = try await store.read { try $0.happeningCounts(in: span) }
            #expect(counts == [.postingPublished: 2, .matchFound: 2])
            #expect(try await store.read { try $0.encounters(atExhibition: event.id) } == [encounter])
            #expect(
                try await store.read { try $0.postings(origin: "intro_1") }.map(\.id) == [need.id, seed.id].sorted())
            let pair = PostingPair(need: need.id, seed: seed.id)
            #expect(try await store.read { try $0.introductions(of: [pair], since: Sample.noon) }.count == 1)
            let later = Sample.noon.advanced(byDays: 1)
            #expect(try await store.read { try $0.introductions(of: [pair], since: later) } == [])
        }
    }
}
