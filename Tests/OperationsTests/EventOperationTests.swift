import Exchange
import Foundation
import Operations
import Store
import Tabular
import Testing

extension World {
    /// An event that takes registrations on the day, with opening hours from 9 to 17.
    func event(
        _ title: String = "Exhibition", on day: String = "2026-10-27",
        _ edit: (inout EventContent) throws -> Void = { _ in }
    ) async throws -> Event {
        var content = EventContent(title: title, format: .hybrid, zone: "Asia/Tokyo")
        content.days = [
            EventContent.Day(
                day: try #require(CalendarDay(iso: day)), opens: try #require(ClockTime("09:00")),
                closes: try #require(ClockTime("17:00")))
        ]
        try edit(&content)
        var draft = EventDraft(kind: .exhibition, content: content)
        draft.date = try EventDate(day)
        let made = try await office.addEvent(draft, by: desk)
        return try await office.moveEvent(made.id, .open, by: desk)
    }

    /// Registers a participant by a coordinator's hand.
    func register(
        _ person: Participant, at event: Event, _ edit: (inout Registration.Wishes) -> Void = { _ in }
    ) async throws -> Registration {
        var wishes = Registration.Wishes()
        edit(&wishes)
        pass(milliseconds: 1)
        return try await office.register(for: event.id, .participant(person.id), wishes, by: desk).registration
    }

    /// The person's own channel.
    func ownChannel(_ person: Participant) async throws -> Channel {
        try await office.addChannel(
            ChannelDraft(
                name: "own \(person.profile.name)", platform: .generic, address: "http://127.0.0.1:9/hooks/own",
                language: .en, rules: Channel.Rules(), owner: person.id), by: desk
        ).channel
    }

    /// The texts that wait for a channel, oldest first.
    func texts(to channel: Channel) async throws -> [String] {
        try await office.store.read { tx in
            let waiting = try tx.openDeliveries(of: channel.id, limit: 100)
            let notices = try tx.notices(Set(waiting.map(\.notice)))
            return waiting.compactMap { notices[$0.notice]?.body }
        }
    }

    fileprivate func states(_ event: Event) async throws -> [String: Registration.State] {
        var filter = RegistrationFilter()
        filter.event = event.id
        let found = try await office.registrations(filter, PageRequest(limit: 200), by: desk).items
        return Dictionary(uniqueKeysWithValues: found.map { ($0.name, $0.registration.state) })
    }
}

@Suite struct `The waiting list` {
    @Test func `moves up by itself, whoever waits longest and fits, and tells people`() async throws {
        let world = try await World()
        let event = try await world.event { $0.capacity = EventContent.Capacity(onSite: 2) }
        let (ann, ben, cho, dan) = (
            try await world.join("Ann"), try await world.join("Ben"), try await world.join("Cho"),
            try await world.join("Dan")
        )
        let own = try await world.ownChannel(dan.person)
        let common = try await world.channel("common")
        let first = try await world.register(ann.person, at: event)
        _ = try await world.register(ben.person, at: event)
        _ = try await world.register(cho.person, at: event) { $0.companions = [Registration.Companion(name: "x")] }
        let last = try await world.register(dan.person, at: event)
        #expect(
            try await world.states(event) == ["Ann": .confirmed, "Ben": .confirmed, "Cho": .waiting, "Dan": .waiting])
        let shown = try await world.office.registration(last.id, by: dan.actor)
        #expect(shown.place == 2)
        _ = try await world.office.cancelRegistration(first.id, because: "ill", by: ann.actor)
        #expect(
            try await world.states(event) == ["Ann": .cancelled, "Ben": .confirmed, "Cho": .waiting, "Dan": .confirmed])
        let texts = try await world.texts(to: own)
        #expect(texts.count == 2 && texts[1].contains(last.code) && texts[1].contains("You have a place"))
        #expect(try await world.texts(to: common).isEmpty)
        // More places let the party of two in.
        _ = try await world.office.reviseEvent(event.id, { $0.content.capacity?.onSite = 4 }, by: world.desk)
        #expect(try await world.states(event)["Cho"] == .confirmed)
        // Whoever comes back stands at the end.
        let again = try await world.office.register(for: event.id, nil, Registration.Wishes(), by: ann.actor)
        #expect(again.registration.id == first.id && again.registration.state == .waiting)
    }

    @Test func `takes the place of somebody who leaves the exchange, and nobody who has left`() async throws {
        let world = try await World()
        let event = try await world.event { $0.capacity = EventContent.Capacity(onSite: 1) }
        let (ann, ben) = (try await world.join("Ann"), try await world.join("Ben"))
        _ = try await world.register(ann.person, at: event)
        _ = try await world.register(ben.person, at: event)
        _ = try await world.office.leave(ann.person.id, by: world.desk)
        #expect(try await world.states(event) == ["Ann": .cancelled, "Ben": .confirmed])
        let refused = try await refusal { try await world.register(ann.person, at: event) }
        #expect(refused.words.contains("has left the exchange"))
    }

    @Test func `asks a coordinator where the event wants one`() async throws {
        let world = try await World()
        let event = try await world.event {
            $0.capacity = EventContent.Capacity(onSite: 1)
            $0.registration = EventContent.RegistrationRules(approval: .coordinator)
        }
        let (ann, ben) = (try await world.join("Ann"), try await world.join("Ben"))
        for actor in [ann.actor, ben.actor] {
            let made = try await world.office.register(for: event.id, nil, Registration.Wishes(), by: actor)
            #expect(made.registration.state == .requested)
            _ = try await world.office.approve(made.registration.id, by: world.desk)
        }
        #expect(try await world.states(event) == ["Ann": .confirmed, "Ben": .waiting])
    }
}

@Suite struct `A programme` {
    private struct Stage {
        let world: World
        let event: Event
        let speaker: Participant
        let talk: Presentation
    }

    private func stage() async throws -> Stage {
        let world = try await World()
        let event = try await world.event {
            $0.venue = EventContent.Venue(
                name: "H", halls: [EventContent.Hall(name: "A", rooms: [EventContent.Room(name: "1")])])
        }
        let (person, _) = try await world.join("Ann")
        var content = Presentation.Content(title: "Ice", language: .en)
        content.minutes = 40
        let talk = try await world.office.propose(content, at: event.id, for: person.id, by: world.desk)
        let accepted = try await world.office.move(talk.id, .accept(note: nil), by: world.desk)
        return Stage(world: world, event: event, speaker: person, talk: accepted)
    }

    private func session(_ title: String, _ from: String, _ to: String, _ place: String? = nil) -> SessionDraft {
        SessionDraft(title: title, from: "2026-10-27T" + from, to: "2026-10-27T" + to, place: place)
    }

    @Test func `warns of what does not go together, and forbids nothing`() async throws {
        let stage = try await stage()
        let (office, event, desk) = (stage.world.office, stage.event.id, stage.world.desk)
        let empty = try await office.programme(of: event, by: desk)
        #expect(empty.warnings.map(\.kind) == [.unscheduled])
        var talk = session("Talk", "10:00", "10:30", "A/1")
        talk.presentations = [stage.talk.id]
        let (_, first) = try await office.addSession(talk, to: event, by: desk)
        #expect(Set(first.warnings.map(\.kind)) == [.notRegistered, .tooShort])
        _ = try await stage.world.register(stage.speaker, at: stage.event) {
            $0.unavailable = [
                TimeSpan(
                    stored: Instant(rfc3339: "2026-10-27T01:20:00Z") ?? World.start,
                    Instant(rfc3339: "2026-10-27T02:00:00Z") ?? World.start)
            ]
        }
        var panel = session("Panel", "10:15", "10:45", "A")
        panel.people = [stage.speaker.id]
        let (_, second) = try await office.addSession(panel, to: event, by: desk)
        #expect(
            Set(second.warnings.map(\.kind)) == [.personTwice, .placeTwice, .absent, .tooShort])
        let words = second.warnings.map { $0.words(in: .en) }
        #expect(words.contains("Ann would have to be in “Talk” and “Panel” at the same time."))
        let (_, third) = try await office.addSession(session("Night", "22:00", "23:00", "B"), to: event, by: desk)
        #expect(Set(third.warnings.map(\.kind)).isSuperset(of: [.outsideHours, .unknownPlace]))
        for language in Language.allCases {
            #expect(third.warnings.allSatisfy { !$0.words(in: language).isEmpty })
        }
        _ = try await office.move(stage.talk.id, .withdraw, by: desk)
        let after = try await office.programme(of: event, by: desk)
        #expect(after.warnings.contains { $0.kind == .presentationGone })
    }

    @Test func `is changed by one coordinator at a time`() async throws {
        let stage = try await stage()
        let (office, event, desk) = (stage.world.office, stage.event.id, stage.world.desk)
        let (made, first) = try await office.addSession(session("A", "10:00", "10:30"), to: event, by: desk)
        #expect(first.programme.version == 1)
        _ = try await office.reviseSession(made.id, of: event, expecting: 1, { $0.title = "B" }, by: desk)
        await #expect(throws: Refusal.stale(subject: "programme", current: 2)) {
            try await office.reviseSession(made.id, of: event, expecting: 1, { $0.title = "C" }, by: desk)
        }
        #expect(try await office.programme(of: event, by: desk).programme.sessions.map(\.title) == ["B"])
    }

    @Test func `tells everybody once, and later only those whose part has changed`() async throws {
        let stage = try await stage()
        let (world, event) = (stage.world, stage.event.id)
        let office = world.office
        let (other, member) = try await world.join("Ben")
        let common = try await world.channel("common")
        let (own, others) = (try await world.ownChannel(stage.speaker), try await world.ownChannel(other))
        var talk = session("Talk", "10:00", "11:00", "A/1")
        talk.presentations = [stage.talk.id]
        let (made, _) = try await office.addSession(talk, to: event, by: world.desk)
        var panel = session("Panel", "13:00", "14:00", "A")
        panel.people = [other.id]
        _ = try await office.addSession(panel, to: event, by: world.desk)
        #expect(try await office.programme(of: event, by: member).programme.sessions.isEmpty)
        _ = try await office.releaseProgramme(of: event, note: nil, by: world.desk)
        let refused = try await refusal { try await office.releaseProgramme(of: event, note: nil, by: world.desk) }
        #expect(refused.words.contains("Nothing has changed"))
        #expect(try await office.programme(of: event, by: member).programme.sessions.map(\.title) == ["Talk", "Panel"])
        #expect(try await world.texts(to: common).count == 1)
        let before = try await world.texts(to: others).count
        let moved = try await office.reviseSession(
            made.id, of: event, { $0.from = "2026-10-27T09:30" }, by: world.desk)
        #expect(moved.programme.changes.entries.map(\.aspects) == [[.time]])
        _ = try await office.releaseProgramme(of: event, note: "earlier", by: world.desk)
        #expect(try await world.texts(to: common).count == 1)
        #expect(try await world.texts(to: others).count == before)
        let mine = try await world.texts(to: own)
        #expect(mine.last?.contains("The programme has changed (release 2)") ?? false)
        #expect(try await office.releases(of: event, by: member).map(\.number) == [2, 1])
    }

    @Test func `moves with a postponed event`() async throws {
        let stage = try await stage()
        let (office, event, desk) = (stage.world.office, stage.event.id, stage.world.desk)
        _ = try await office.addSession(session("Talk", "10:00", "11:00"), to: event, by: desk)
        _ = try await office.moveEvent(event, .postpone(to: nil, reason: "a typhoon"), by: desk)
        _ = try await office.moveEvent(event, .replan(to: try EventDate("2026-11-03")), by: desk)
        let moved = try await office.programme(of: event, by: desk).programme
        #expect(moved.sessions.map(\.span.from.rfc3339) == ["2026-11-03T01:00:00.000Z"] && moved.version == 2)
        let shown = try await office.event(event, by: desk).event
        #expect(shown.formerDates.map(\.date.text) == ["2026-10-27"] && shown.formerDates[0].reason == "a typhoon")
    }
}

@Suite struct `The registration list` {
    private let header = "氏名,メールアドレス,所属,参加方法,同行者,話せる言語,配慮事項\r\n"

    @Test(arguments: [TextEncoding.utf8BOM, .cp932])
    func `comes in from a spreadsheet and goes out again`(_ encoding: TextEncoding) async throws {
        let world = try await World()
        let event = try await world.event()
        let (ann, _) = try await world.join("Ann")
        var writer = CSVWriter(encoding: encoding)
        writer.write(["氏名", "メールアドレス", "所属", "参加方法", "同行者", "話せる言語", "配慮事項"])
        writer.write(["", ann.profile.email.text, "", "オンライン", "", "日本語;英語", ""])
        writer.write(["金田 太郎", "kaneda@outside.example", "山陰精機", "会場", "佐藤;鈴木", "", "車いす"])
        let bytes = try writer.drain()
        var trial = ImportOptions()
        trial.isTrial = true
        let preview = try await world.office.importRegistrations(bytes, for: event.id, trial, by: world.desk)
        #expect(preview.created == 2 && !preview.isWritten && preview.rejected.isEmpty)
        #expect(try await world.states(event).isEmpty)
        let report = try await world.office.importRegistrations(bytes, for: event.id, by: world.desk)
        #expect(report.created == 2 && report.isWritten)
        let again = try await world.office.importRegistrations(bytes, for: event.id, by: world.desk)
        #expect(again.unchanged == 2 && again.created == 0)
        let table = try await world.office.exportRegistrations(of: event.id, in: .ja, by: world.desk)
        let text = String(decoding: table, as: UTF8.self)
        #expect(text.contains("金田 太郎") && text.contains("佐藤;鈴木") && text.contains("on_site") && text.contains("車いす"))
        let back = try await world.office.importRegistrations(table, for: event.id, by: world.desk)
        #expect(back.unchanged == 2 && back.rejected.isEmpty && back.notices.isEmpty)
    }

    @Test func `refuses rows by line and column, and takes the others`() async throws {
        let world = try await World()
        let event = try await world.event {
            $0.registration = EventContent.RegistrationRules(companions: 1)
        }
        let (gone, _) = try await world.join("Gone")
        _ = try await world.office.leave(gone.id, by: world.desk)
        let rows = [
            "良い,good@outside.example,,,,,", ",nameless@outside.example,,,,,", "多い,many@outside.example,,,a;b,,",
            "変,not a mail,,,,,", "方法,how@outside.example,,空から,,,", "去,\(gone.profile.email.text),,,,,",
            "重,good@outside.example,,,,,",
        ]
        let bytes = Array((header + rows.joined(separator: "\r\n") + "\r\n").utf8)
        let report = try await world.office.importRegistrations(bytes, for: event.id, by: world.desk)
        #expect(report.created == 1)
        #expect(report.rejected.flatMap(\.problems).map(\.line) == [3, 4, 5, 6, 7, 8])
        #expect(
            report.rejected.flatMap(\.problems).map(\.header) == [
                "氏名", "同行者", "メールアドレス", "参加方法", "メールアドレス", "メールアドレス",
            ])
        #expect(report.rejectedFile != nil)
    }
}

@Suite struct `After an event` {
    @Test func `its results count what went before, the day, and what it brought about`() async throws {
        let world = try await World()
        let (ann, ben) = (try await world.join("Ann"), try await world.join("Ben"))
        let need = try await world.publish(.need, "Quiet gears", field: "making", by: ann.person)
        let seed = try await world.publish(.seed, "Sintered gears", field: "life", by: ben.person)
        let event = try await world.event(on: "2026-10-01")
        let registration = try await world.register(ann.person, at: event) {
            $0.companions = [Registration.Companion(name: "x")]
        }
        _ = try await world.register(ben.person, at: event)
        world.pass(days: 20)
        let checked = try await world.office.checkIn(code: registration.code, at: event.id, by: world.desk)
        #expect(checked.registration.arrival != nil)
        let twice = try await refusal {
            try await world.office.checkIn(code: registration.code, at: event.id, by: world.desk)
        }
        #expect(twice.words.contains("checked in already"))
        _ = try await world.office.walkIn(
            at: event.id, .guest(Registration.Guest(name: "Passer-by")), Registration.Wishes(), by: world.desk)
        _ = try await world.office.moveEvent(event.id, .hold, by: world.desk)
        try await world.office.store.write { tx in
            try tx.remember(Encounter(.exhibition, need: need, seed: seed, subject: event.id.text, at: tx.now))
        }
        _ = try await world.office.answer(need: need.id, seed: seed.id, .interested(message: nil), by: ann.actor)
        let content = PostingContent(
            title: "Born", summary: "x", fields: [FieldCode("life")], language: .en, origin: event.id.text)
        _ = try await world.office.draft(.need, content, for: ann.person.id, by: world.desk)

        let report = try await world.office.eventReport(event.id, by: world.desk)
        #expect(report.previous == nil && report.activity.published == 2 && report.activity.joined == 2)
        #expect(report.attendance.confirmed == 4 && report.attendance.arrived == 3)
        #expect(report.attendance.organizations == 2)
        #expect(report.encounters.pairs == 1 && report.encounters.interested == 1 && report.encounters.met == 0)
        #expect(report.born.map(\.content.title) == ["Born"])
        let table = try await world.office.eventReportTable(event.id, in: .en, by: world.desk)
        #expect(String(decoding: table, as: UTF8.self).contains("Afterwards,Needs born,1"))
    }

    @Test func `people are reminded once, after the delay`() async throws {
        let world = try await World()
        let (ann, _) = try await world.join("Ann")
        let own = try await world.ownChannel(ann)
        let event = try await world.event(on: "2026-10-01") { $0.followUpDays = 10 }
        _ = try await world.register(ann, at: event)
        world.pass(days: 12)
        _ = try await world.office.moveEvent(event.id, .hold, by: world.desk)
        #expect(try await world.office.followUpEvents(limit: 10) == 0)
        world.pass(days: 12)
        #expect(try await world.office.followUpEvents(limit: 10) == 1)
        #expect(try await world.office.followUpEvents(limit: 10) == 0)
        #expect(try await world.texts(to: own).last?.contains("How did it go on?") ?? false)
        #expect(try await world.office.event(event.id, by: world.desk).event.followedUpAt == world.now)
    }
}
