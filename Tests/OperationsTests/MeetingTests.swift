import Exchange
import Foundation
import Operations
import Store
import Testing

/// An event with people, and a day of meetings: slots of 20 minutes every half hour, an hour from now on.
private struct Fair {
    let world: World
    let event: Event
    let runner: MeetingPlanRunner<StoredExchange>

    init(slots: Int = 4, tables: [MeetingDay.Table] = [.init(name: "1"), .init(name: "2")]) async throws {
        world = try await World()
        let start = world.now.advanced(byMilliseconds: 3_600_000)
        var content = EventContent(title: "成果発表展示会", zone: "Asia/Tokyo")
        content.venue = .init(name: "H", halls: [.init(name: "A"), .init(name: "B", minutesAway: 30)])
        let fair = Event(
            id: Identifier(stored: "event_0000000000000000000000fair"), kind: .exhibition, content: content,
            date: .days(CalendarDay(of: start, offsetMinutes: 540), CalendarDay(of: start, offsetMinutes: 540)),
            state: .open, stateSince: world.now, createdAt: world.now, updatedAt: world.now)
        try await world.office.store.write { try $0.insert(fair) }
        event = fair
        runner = MeetingPlanRunner(office: world.office)
        var day = MeetingDay.Content()
        day.slots = (0..<Int64(slots)).map { number in
            let from = start.advanced(byMilliseconds: number * 1_800_000)
            return TimeSpan(stored: from, from.advanced(byMilliseconds: 1_200_000))
        }
        day.tables = tables
        _ = try await world.office.reviseMeetingDay(of: fair.id, day, by: world.desk)
    }

    func join(
        _ name: String, of organization: String? = nil, languages: [Language] = [.en],
        state: Registration.State = .confirmed
    ) async throws -> (person: Participant, actor: Actor) {
        let (person, actor) = try await world.join(name, of: organization)
        var wishes = Registration.Wishes()
        wishes.languages = languages
        let registration = Registration(
            id: Identifier(stored: "registration_" + person.id.text.suffix(26)), event: event.id,
            attendee: .participant(person.id), wishes: wishes, state: state, stateSince: world.now, source: .own,
            code: String(person.id.text.suffix(10)), createdAt: world.now, updatedAt: world.now)
        try await world.office.store.write { try $0.insert(registration) }
        return (person, actor)
    }

    func wish(_ one: Actor, _ other: Participant, _ degree: MeetingWish.Degree = .wouldLike) async throws {
        try await world.office.wish(.participant(other.id), degree, at: event.id, by: one)
    }

    /// Computes a timetable; the clock of this world only moves when told, so the search is told to stop.
    func plan(_ mode: MeetingDraft.Order.Mode = .fresh) async throws -> MeetingDraft {
        let draft = try await runner.start(event.id, .init(mode: mode, seconds: 1), by: world.desk)
        try await Task.sleep(for: .milliseconds(200))
        return try await runner.stop(draft.id, by: world.desk)
    }
}

@Suite struct `The meetings of a day` {
    @Test func `hold whom people want to meet, with a proof, and never whom one does not want`() async throws {
        let fair = try await Fair()
        let (a, b, c) = (try await fair.join("Ann"), try await fair.join("Bob"), try await fair.join("Cat"))
        try await fair.wish(a.actor, b.person, .mustMeet)
        try await fair.wish(b.actor, a.person, .mustMeet)
        try await fair.wish(a.actor, c.person, .mustMeet)
        try await fair.wish(c.actor, a.person, .noThanks)
        let draft = try await fair.plan()
        #expect(draft.state == .ready)
        #expect(draft.result.entries.map { Set([$0.first, $0.second]) } == [[a.person.id, b.person.id]])
        #expect(draft.result.entries.first?.isRequired == true)
        #expect(draft.result.gap == 0 && draft.result.score == 140)
        #expect(draft.result.unmet.map(\.cause) == [.vetoed])
        let own = try await fair.world.office.meetings(at: fair.event.id, by: a.actor)
        #expect(own.isEmpty)
    }

    @Test func `with impossible demands are the best part of them, and the reasons`() async throws {
        let fair = try await Fair(slots: 1, tables: [.init(name: "1")])
        let a = try await fair.join("Ann")
        for name in ["Bob", "Cat", "Dan"] {
            let other = try await fair.join(name)
            try await fair.wish(a.actor, other.person, .mustMeet)
            try await fair.wish(other.actor, a.person, .mustMeet)
        }
        let draft = try await fair.plan()
        #expect(draft.result.entries.count == 1)
        #expect(draft.result.unmet.count == 4)
        #expect(Set(draft.result.unmet.map(\.cause)) == [.displaced])
        let nowhere = try await Fair(tables: [])
        let (x, y) = (try await nowhere.join("Xia"), try await nowhere.join("Yu"))
        try await nowhere.wish(x.actor, y.person)
        let none = try await nowhere.plan()
        #expect(none.result.entries.isEmpty && none.result.unmet.map(\.cause) == [.tables])
    }

    @Test func `between people without a language in common need an interpreter`() async throws {
        let fair = try await Fair(slots: 2)
        let (a, b) = (try await fair.join("Ann", languages: [.ja]), try await fair.join("Bob", languages: [.ko]))
        try await fair.wish(a.actor, b.person)
        #expect(try await fair.plan().result.unmet.map(\.cause) == [.interpreter])
        var day = try await fair.world.office.meetingDay(of: fair.event.id, by: fair.world.desk).content
        day.interpreters = [.init(name: "Kim", languages: [.ja, .ko], unavailable: [day.slots[0]])]
        _ = try await fair.world.office.reviseMeetingDay(of: fair.event.id, day, by: fair.world.desk)
        let draft = try await fair.plan()
        #expect(draft.result.entries.map(\.seat.interpreter) == ["Kim"])
        #expect(draft.result.entries.map(\.seat.span) == [day.slots[1]])
    }

    @Test func `with an organization are held with whoever of it has most to talk about`() async throws {
        let fair = try await Fair()
        let a = try await fair.join("Ann")
        let b = try await fair.join("Bob", of: "Big")
        let c = try await fair.join("Cat", of: "Big")
        try await fair.wish(c.actor, a.person)
        try await fair.world.office.wish(
            .organization(b.person.organization), .mustMeet, at: fair.event.id, by: a.actor)
        let draft = try await fair.plan()
        #expect(draft.result.entries.map { Set([$0.first, $0.second]) } == [[a.person.id, c.person.id]])
        #expect(draft.result.entries.first?.represents == [b.person.organization])
    }

    @Test func `are published to those concerned, stay when confirmed, and are planned again around them`() async throws
    {
        let fair = try await Fair()
        let office = fair.world.office
        let (a, b, c) = (try await fair.join("Ann"), try await fair.join("Bob"), try await fair.join("Cat"))
        try await fair.wish(a.actor, b.person)
        try await fair.wish(a.actor, c.person)
        let draft = try await fair.plan()
        let published = try await office.publish(draft.id, by: fair.world.desk)
        #expect(published.arranged == 2 && published.moved == 0)
        await #expect(throws: Refusal.self) { try await office.publish(draft.id, by: fair.world.desk) }
        let mine = try await office.meetings(at: fair.event.id, by: b.actor)
        let meeting = try #require(mine.first?.meeting)
        #expect(mine.count == 1)
        let kept = try await office.confirm(meeting.id, by: b.actor)
        #expect(kept.state == .confirmed)
        await #expect(throws: Refusal.self) { try await office.confirm(meeting.id, by: c.actor) }
        let again = try await fair.plan(.nearby)
        #expect(again.result.moved == 0)
        let second = try await office.publish(again.id, by: fair.world.desk)
        #expect(second.unchanged == 2 && second.arranged == 0)
        let called = try await office.cancel(meeting.id, because: "ill", by: b.actor)
        #expect(called.state == .cancelled && called.sequence == 1)
    }

    @Test func `of somebody who leaves while they are computed are taken out, and said so`() async throws {
        let fair = try await Fair()
        let office = fair.world.office
        let (a, b) = (try await fair.join("Ann"), try await fair.join("Bob"))
        try await fair.wish(a.actor, b.person)
        let started = try await fair.runner.start(fair.event.id, .init(mode: .fresh, seconds: 1), by: fair.world.desk)
        try await office.store.write { tx in
            guard var gone = try tx.registration(of: b.person.id, at: fair.event.id) else { return }
            gone.state = .cancelled
            gone.version += 1
            try tx.update(gone, expecting: gone.version - 1)
        }
        let draft = try await fair.runner.stop(started.id, by: fair.world.desk)
        #expect(draft.result.entries.isEmpty)
        #expect(draft.result.unmet.contains { [.left, .notThere].contains($0.cause) })
    }

    @Test func `teach, are remembered and move introductions when people say how they were`() async throws {
        let fair = try await Fair()
        let office = fair.world.office
        let (a, b) = (try await fair.join("Ann"), try await fair.join("Bob"))
        let need = try await fair.world.publish(.need, "Fish stays fresh", field: "food-processing", by: a.person)
        let seed = try await fair.world.publish(.seed, "Ice temperature", field: "new-materials", by: b.person)
        let match = Match(
            id: Identifier(stored: "match_0000000000000000000000000a"), need: need.id, seed: seed.id, score: 0.8,
            parts: [:], kind: .bridge, reason: "{}", state: .proposed, round: nil, version: 1,
            createdAt: fair.world.now, updatedAt: fair.world.now)
        try await office.store.write { _ = try $0.insert(match) }
        let suggestions = try await office.meetingSuggestions(at: fair.event.id, by: a.actor)
        #expect(suggestions.map(\.participant.id) == [b.person.id])
        _ = try await office.publish(try await fair.plan().id, by: fair.world.desk)
        let meeting = try #require(try await office.meetings(at: fair.event.id, by: a.actor).first?.meeting)
        #expect(meeting.ground.match == match.id)
        _ = try await office.rate(meeting.id, rating: 5, next: .goOn, by: a.actor)
        _ = try await office.rate(meeting.id, rating: 4, next: .goOn, by: b.actor)
        let pair = PostingPair(need: need.id, seed: seed.id)
        let (introduction, memory) = try await office.store.read { tx in
            (try tx.introduction(pair), try tx.encounters(of: pair))
        }
        #expect(introduction?.state.word == "met")
        #expect(Set(memory.map(\.occasion)).isSuperset(of: [.meeting, .exhibition]))
        await #expect(throws: Refusal.self) {
            try await office.rate(meeting.id, rating: 6, next: .no, by: a.actor)
        }
    }
}
