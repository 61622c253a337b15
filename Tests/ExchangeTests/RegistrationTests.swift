import Exchange
import Testing

private func event(_ approval: EventContent.RegistrationRules.Approval = .automatic) -> Event {
    var content = EventContent(title: "x", format: .hybrid, zone: "Asia/Tokyo")
    content.registration = EventContent.RegistrationRules(approval: approval, companions: 2)
    return Event(
        id: id(1), kind: .seminar, content: content, state: .open, stateSince: noon, createdAt: noon, updatedAt: noon)
}

private func register(
    _ occupancy: Occupancy, _ source: Registration.Source = .own, companions: Int = 0, at event: Event = event()
) -> Registration {
    var wishes = Registration.Wishes()
    wishes.companions = (0..<companions).map { Registration.Companion(name: "c\($0)") }
    return Registration.register(
        .participant(id(1)), wishes, for: event, occupancy, source: source, code: "abc", id: id(1), by: clerk, at: noon
    ).value
}

private let full = Occupancy(capacity: 10, taken: 10)
private let roomy = Occupancy(capacity: 10, taken: 8)
private let endless = Occupancy(capacity: nil, taken: 1_000)

@Suite struct `A registration` {
    @Test func `has a place, waits for one, or waits for a coordinator`() {
        #expect(register(roomy).state == .confirmed)
        #expect(register(roomy, companions: 1).state == .confirmed)
        #expect(register(roomy, companions: 2).state == .waiting)
        #expect(register(endless).state == .confirmed)
        #expect(register(full).state == .waiting)
        #expect(register(full, .walkIn).state == .confirmed)
        #expect(register(roomy, at: event(.coordinator)).state == .requested)
        #expect(register(roomy, .coordinator, at: event(.coordinator)).state == .confirmed)
        #expect(Occupancy(capacity: 3, taken: 5).free == 0)
    }

    @Test func `moves only as its state allows`() throws {
        let waiting = register(full)
        let up = try waiting.moveUp(by: clerk, at: noon)
        #expect(up.value.state == .confirmed && up.happenings[0].kind == .registrationMovedUp)
        #expect(throws: Refusal.self) { try up.value.moveUp(by: clerk, at: noon) }
        #expect(throws: Refusal.self) { try up.value.approve(roomy, by: clerk, at: noon) }
        let arrived = try up.value.checkIn(by: clerk, at: noon).value
        #expect(throws: Refusal.self) { try arrived.checkIn(by: clerk, at: noon) }
        #expect(throws: Refusal.self) { try arrived.cancel(because: nil, by: clerk, at: noon) }
        let undone = try arrived.undoCheckIn(by: clerk, at: noon).value
        let gone = try undone.cancel(because: "出張", by: clerk, at: noon).value
        #expect(gone.state == .cancelled && gone.stateReason == "出張")
        #expect(throws: Refusal.self) { try gone.checkIn(by: clerk, at: noon) }
        let back = try gone.renew(
            Registration.Wishes(), for: event(), full, needsApproval: false, by: clerk, at: noon.advanced(byDays: 1))
        #expect(back.value.state == .waiting && back.value.stateSince > gone.stateSince)
    }

    @Test func `takes no more companions than there is room`() throws {
        let registration = register(roomy)
        var wishes = registration.wishes
        wishes.companions = [Registration.Companion(name: "a")]
        #expect(throws: Refusal.self) { try registration.revised(wishes, full, by: clerk, at: noon) }
        #expect(try registration.revised(wishes, roomy, by: clerk, at: noon).value.seats == 2)
        #expect(try registration.revised(registration.wishes, full, by: clerk, at: noon).happenings.isEmpty)
    }

    @Test func `joins absences and refuses what the event does not offer`() throws {
        func span(_ from: Int64, _ to: Int64) -> TimeSpan {
            TimeSpan(stored: noon.advanced(byMilliseconds: from), noon.advanced(byMilliseconds: to))
        }
        var wishes = Registration.Wishes(attendance: .remote)
        wishes.unavailable = [span(50, 60), span(0, 10), span(10, 20)]
        let checked = try wishes.checked(for: event().content)
        #expect(checked.unavailable == [span(0, 20), span(50, 60)])
        var content = event().content
        content.format = .onSite
        wishes.companions = (0..<3).map { Registration.Companion(name: "\($0)") }
        let asked = wishes
        let narrow = content
        #expect(refusedFields { _ = try asked.checked(for: narrow) } == ["companions", "attendance"])
        #expect(throws: Refusal.self) { try TimeSpan(from: noon, to: noon) }
    }

    @Test func `is found by its code however it is typed`() {
        let code = Registration.code(0x0123_4567_89AB_CDEF)
        #expect(code.utf8.count == 10 && Registration.code(in: code) == code)
        #expect(Registration.code(in: " https://mix.example/checkin/\(code.uppercased()) ") == code)
        #expect(Registration.code(in: "OIL-23 abcd") == "01123abcd")
    }
}

@Suite struct `A timeline` {
    private func item(
        _ id: String, _ from: Int64, _ to: Int64, _ people: [UInt64] = [], _ place: String? = nil,
        _ kind: TimelineItem.Kind = .session
    ) -> TimelineItem {
        TimelineItem(
            kind: kind, id: id, title: id,
            span: TimeSpan(stored: noon.advanced(byMilliseconds: from), noon.advanced(byMilliseconds: to)),
            people: Set(people.map { Exchange.Identifier<Participant>.make(at: noon, random: (0, $0)) }), place: place)
    }

    @Test func `warns of sessions and meetings alike, in either order`() {
        let session = item("s", 0, 60, [1, 2])
        let meeting = item("m", 30, 45, [2, 3], "Table 1", .meeting)
        for order in [[session, meeting], [meeting, session]] {
            let clashes = Timeline.clashes(order)
            #expect(clashes.map(\.kind) == [.person] && clashes[0].people.count == 1)
        }
        #expect(Timeline.clashes([session, item("m", 60, 90, [1])]).isEmpty)
    }

    @Test func `knows a hall by its rooms, and an absence by its person`() {
        let hall = item("a", 0, 60, [], "Hall A")
        #expect(Timeline.clashes([hall, item("b", 10, 20, [], "Hall A/1")]).map(\.kind) == [.place])
        #expect(Timeline.clashes([hall, item("b", 10, 20, [], "Hall AB")]).isEmpty)
        let away = item("r", 0, 60, [1], nil, .absence)
        #expect(Timeline.clashes([away, item("b", 10, 20, [1])]).map(\.kind) == [.absence])
        #expect(Timeline.clashes([away, item("r", 0, 60, [1], nil, .absence)]).isEmpty)
    }

    @Test func `finds what comparing every pair finds`() {
        var state: UInt64 = 7
        func next(_ below: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return (state >> 33) % below
        }
        let items = (0..<120).map { number in
            let from = Int64(next(1_000))
            return item(
                "i\(number)", from, from + 1 + Int64(next(80)), [next(12), next(12)], "Hall \(next(6))",
                TimelineItem.Kind.allCases[Int(next(3))])
        }
        var every: Set<Set<String>> = []
        for (place, one) in items.enumerated() {
            for other in items[..<place] where !Timeline.clashes(one, other).isEmpty {
                every.insert([one.id, other.id])
            }
        }
        #expect(Set(Timeline.clashes(items).map { Set([$0.first.id, $0.second.id]) }) == every && every.count > 20)
    }
}

@Suite struct `The changes of a programme` {
    private func session(_ number: UInt64, _ title: String, at minute: Int64 = 0) -> ProgrammeSession {
        let from = noon.advanced(byMilliseconds: minute * 60_000)
        return ProgrammeSession(
            id: id(number), title: title, span: TimeSpan(stored: from, from.advanced(byMilliseconds: 60_000)))
    }

    @Test func `name what was added, removed and moved, and concern only those`() {
        var moved = session(2, "b", at: 90)
        moved.people = [id(7)]
        var kept = session(4, "d")
        kept.people = [id(9)]
        let before = [session(1, "a"), session(2, "b"), kept]
        let after = [moved, session(3, "c"), kept]
        let changes = ProgrammeDifference(from: before, to: after)
        #expect(changes.entries.map(\.aspects) == [[.removed], [.added], [.time, .people]])
        #expect(changes.people == [id(7)])
        #expect(ProgrammeDifference(from: after, to: after).entries.isEmpty)
    }

    @Test func `move with the event and keep their local time`() {
        let shifted = [session(1, "a", at: 30)].shifted(days: 14, in: "Asia/Tokyo", .constant)
        #expect(shifted[0].span.from == noon.advanced(byDays: 14).advanced(byMilliseconds: 30 * 60_000))
        #expect(shifted[0].span.minutes == 1)
    }
}
