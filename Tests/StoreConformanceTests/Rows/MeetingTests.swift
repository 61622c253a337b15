import Exchange
import Operations
import Store
import Testing

extension Sample {
    static func slot(_ number: Int64) -> TimeSpan {
        let from = noon.advanced(byMilliseconds: number * 1_800_000)
        return TimeSpan(stored: from, from.advanced(byMilliseconds: 1_200_000))
    }

    static func meeting(
        _ one: Participant, _ other: Participant, at event: Event, slot number: Int64,
        _ state: Meeting.State = .arranged,
        ground: Meeting.Ground = Meeting.Ground()
    ) -> Meeting {
        Meeting(
            id: id(), event: event.id, first: min(one.id, other.id), second: max(one.id, other.id), ground: ground,
            seat: Meeting.Seat(span: slot(number), table: "卓 \(number)", interpreter: number == 0 ? "김" : nil),
            state: state, stateSince: noon, stateReason: state == .cancelled ? "replanned" : nil, source: .plan,
            sequence: 0, version: 1, createdAt: noon, updatedAt: noon)
    }
}

@Suite struct `Meetings in every store` {
    private func scene(_ store: StoredExchange) async throws -> (event: Event, left: Participant, right: Participant) {
        let (left, right) = try await Sample.twoSides(store)
        let event = Sample.event()
        try await store.write { tx in
            try tx.insert(event)
            for person in [left, right] { try tx.insert(Sample.registration(.participant(person.id), at: event)) }
        }
        return (event, left, right)
    }

    @Test(arguments: TestEngines.available)
    func `come back as they went in and are never overwritten unseen`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (event, left, right) = try await scene(store)
            let ground = Meeting.Ground(need: Sample.id(), seed: Sample.id(), match: nil)
            let late = Sample.meeting(left, right, at: event, slot: 2, ground: ground)
            let early = Sample.meeting(right, left, at: event, slot: 0, .cancelled)
            try await store.write { tx in
                try tx.insert(late)
                try tx.insert(early)
            }
            #expect(try await store.read { try $0.meeting(late.id) } == late)
            #expect(try await store.read { try $0.meetings(at: event.id) } == [early, late])
            let since = Sample.slot(1).from
            #expect(try await store.read { try $0.meetings(of: right.id, since: since) } == [late])
            let moved = try late.moved(to: .init(span: Sample.slot(3)), by: .system("cli"), at: Sample.noon).value
            try await store.write { try $0.update(moved, expecting: 1) }
            #expect(try await store.read { try $0.meeting(late.id) } == moved)
            await #expect(throws: Refusal.stale(subject: "meeting", current: 2)) {
                try await store.write { try $0.update(moved, expecting: 1) }
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `are wished, taken and judged by one word a person`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (event, left, right) = try await scene(store)
            let meeting = Sample.meeting(left, right, at: event, slot: 0, .kept)
            @Sendable func wish(_ degree: MeetingWish.Degree) -> MeetingWish {
                MeetingWish(
                    event: event.id, from: left.id, target: .participant(right.id), degree: degree, note: "氷温",
                    at: Sample.noon)
            }
            let group = MeetingWish(
                event: event.id, from: right.id, target: .organization(left.organization), degree: .noThanks,
                note: nil, at: Sample.noon)
            let taker = try MeetingTaker(
                event: event.id, participant: left.id, minimum: 1, maximum: nil, table: .quiet)
            let word = try MeetingFeedback(
                meeting: meeting.id, by: left.id, rating: 4, next: .no, reason: .tooEarly, note: "n", at: Sample.noon)
            try await store.write { tx in
                try tx.insert(meeting)
                try tx.set(wish(.wouldLike))
                try tx.set(wish(.mustMeet))
                try tx.set(group)
                try tx.set(taker)
                try tx.set(taker)
                try tx.set(word)
            }
            let all = try await store.read { try $0.meetingWishes(at: event.id) }
            #expect(Set(all) == [wish(.mustMeet), group])
            #expect(try await store.read { try $0.meetingTakers(at: event.id) } == [taker])
            #expect(try await store.read { try $0.feedback(on: meeting.id) } == [word])
            #expect(try await store.read { try $0.meetingFeedback(at: event.id) } == [word])
            try await store.write { try $0.removeWish(of: left.id, target: .participant(right.id), at: event.id) }
            #expect(try await store.read { try $0.meetingWishes(of: left.id, at: event.id) }.isEmpty)
            let known = try await store.read { try $0.acquaintedGuests(of: event.id) }
            #expect(known == [Acquaintance(meeting.first, meeting.second)])
        }
    }

    @Test(arguments: TestEngines.available)
    func `have a day, drafts one at a time, and matches among their guests`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (event, left, right) = try await scene(store)
            let empty = try await store.read { try $0.meetingDay(of: event.id) }
            #expect(empty.version == 0 && empty.content == MeetingDay.Content())
            var content = MeetingDay.Content()
            content.slots = [Sample.slot(0), Sample.slot(1)]
            content.tables = [.init(name: "1", kind: .quiet, hall: "A")]
            content.interpreters = [.init(name: "김", languages: [.ja, .ko])]
            content.maximum = 3
            let day = MeetingDay(event: event.id, content: content, version: 1, updatedAt: Sample.noon)
            try await store.write { try $0.save(day, expecting: 0) }
            #expect(try await store.read { try $0.meetingDay(of: event.id) } == day)
            await #expect(throws: Refusal.self) { try await store.write { try $0.save(day, expecting: 0) } }
            await #expect(throws: Refusal.self) { try await store.write { try $0.save(day, expecting: 4) } }

            var draft = MeetingDraft(
                id: Sample.id(), event: event.id, order: .init(mode: .nearby), holder: "h", startedBy: .system("cli"),
                startedAt: Sample.noon, updatedAt: Sample.noon)
            let other = MeetingDraft(
                id: Sample.id(), event: event.id, order: .init(mode: .fresh), holder: "h", startedBy: .system("cli"),
                startedAt: Sample.noon, updatedAt: Sample.noon)
            let first = draft
            try await store.write { try $0.insert(first) }
            await #expect(throws: Refusal.self) { try await store.write { try $0.insert(other) } }
            #expect(try await store.write { try $0.note(0.5, of: first.id, by: "h", at: Sample.noon) })
            #expect(try await store.write { try !$0.note(0.6, of: first.id, by: "x", at: Sample.noon) })
            draft.state = .ready
            draft.progress = 1
            draft.version = 2
            draft.result.unmet = [
                .init(from: left.id, target: right.id.text, worth: 3, cause: .tables, at: content.slots)
            ]
            draft.result.score = 1.5
            let done = draft
            try await store.write { try $0.update(done, expecting: 1) }
            #expect(try await store.read { try $0.meetingDraft(first.id) } == done)
            try await store.write { try $0.insert(other) }
            let page = try await store.read { try $0.meetingDrafts(of: event.id, PageRequest(limit: 1)) }
            #expect(page.items == [other] && page.next != nil)

            let need = Sample.posting(.need, by: left)
            let seed = Sample.posting(.seed, by: right)
            let match = Sample.match(need, seed)
            try await store.write { tx in
                try tx.insert(need)
                try tx.insert(seed)
                _ = try tx.insert(match)
            }
            let owned = try await store.read { try $0.matches(amongGuestsOf: event.id, limit: 9) }
            #expect(owned.map(\.match.id) == [match.id] && owned.first?.needOwner == left.id)
            let sides: Set = [left.organization, right.organization]
            #expect(try await store.read { try $0.matches(between: sides, limit: 9) }.map(\.match.id) == [match.id])
        }
    }

    @Test(arguments: TestEngines.available)
    func `have booths beside them, and calendars with one secret address`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (event, left, _) = try await scene(store)
            var sheet = try await store.read { try $0.boothSheet(of: event.id) }
            #expect(sheet.version == 0)
            sheet.content.stands = [
                .init(name: "A1", x: 0, y: 0, width: 3, height: 3, power: 1500, supplies: ["water"], zone: "quiet")
            ]
            sheet.content.exhibitors = [.init(organization: left.organization, stand: "A1")]
            sheet.version = 1
            sheet.updatedAt = Sample.noon
            let first = sheet
            try await store.write { try $0.save(first, expecting: 0) }
            sheet.layout = .init(
                holders: ["A1": left.organization], score: 0, bound: 0, isProven: true, ties: [], left: [],
                at: Sample.noon)
            sheet.version = 2
            let laid = sheet
            try await store.write { try $0.save(laid, expecting: 1) }
            #expect(try await store.read { try $0.boothSheet(of: event.id) } == laid)
            await #expect(throws: Refusal.self) { try await store.write { try $0.save(laid, expecting: 1) } }
            try await store.write { tx in
                try tx.setCalendarKey("old", of: left.id)
                try tx.setCalendarKey("new", of: left.id)
            }
            #expect(try await store.read { try $0.participant(calendarKey: "old") } == nil)
            #expect(try await store.read { try $0.participant(calendarKey: "new") } == left.id)
            try await store.write { try $0.removeCalendarKey(of: left.id) }
            #expect(try await store.read { try $0.participant(calendarKey: "new") } == nil)
        }
    }
}
