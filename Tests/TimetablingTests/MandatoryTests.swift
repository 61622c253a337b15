import Testing
import Timetabling

@Suite struct `A day on which all meetings are held` {
    private typealias Meeting = MandatoryProblem.Meeting

    private static func random(_ seed: Int) throws -> MandatoryProblem {
        var dice = Dice(seed)
        let people = 3 + dice.roll(3)
        let slots = 4 + dice.roll(2)
        let sessions = MandatoryProblem.Session.allCases
        let count = 3 + dice.roll(3)
        let meetings = (0..<count).map { index in
            let one = dice.roll(people)
            let after = index > 0 && dice.roll(5) == 0 ? [index - 1] : []
            return Meeting(
                first: one, second: (one + 1 + dice.roll(people - 1)) % people,
                session: sessions[max(dice.roll(6) - 3, 0) == 0 ? 2 : dice.roll(3)],
                fixedSlot: dice.roll(9) == 0 ? dice.roll(slots) : nil, after: after)
        }
        let forbidden = (0..<people).map { _ in dice.roll(3) == 0 ? UInt64(1) << UInt64(dice.roll(slots)) : 0 }
        return try MandatoryProblem(
            participants: people, slots: slots, morningSlots: slots / 2, tables: 1 + dice.roll(2), meetings: meetings,
            forbidden: forbidden)
    }

    /// What a timetable breaks, and its breaks.
    private static func look(_ problem: MandatoryProblem, _ slots: [Int]) -> (isSound: Bool, breaks: Int) {
        var days = Array(repeating: Set<Int>(), count: problem.participants)
        var used = Array(repeating: 0, count: problem.slots)
        for (meeting, slot) in zip(problem.meetings, slots) {
            used[slot] += 1
            for person in [meeting.first, meeting.second] {
                if !days[person].insert(slot).inserted || problem.forbidden[person] >> UInt64(slot) & 1 == 1 {
                    return (false, 0)
                }
            }
            let isMorning = slot < problem.morningSlots
            if meeting.session == .morning && !isMorning || meeting.session == .afternoon && isMorning {
                return (false, 0)
            }
            if let fixed = meeting.fixedSlot, fixed != slot { return (false, 0) }
            if meeting.after.contains(where: { slots[$0] >= slot }) { return (false, 0) }
        }
        let breaks = days.map { day in
            let order = day.sorted()
            return zip(order, order.dropFirst()).count { $1 > $0 + 1 }
        }
        let isFair = (breaks.max() ?? 0) - (breaks.min() ?? 0) <= 2
        return (isFair && used.allSatisfy { $0 <= problem.tables }, breaks.reduce(0, +))
    }

    private static func optimum(_ problem: MandatoryProblem) -> Int? {
        var best: Int?
        var slots = Array(repeating: 0, count: problem.meetings.count)
        func descend(_ index: Int) {
            if index == slots.count {
                let (isSound, breaks) = look(problem, slots)
                if isSound { best = min(best ?? breaks, breaks) }
                return
            }
            for slot in 0..<problem.slots {
                slots[index] = slot
                descend(index + 1)
            }
        }
        descend(0)
        return best
    }

    @Test(arguments: 0..<60) func `has the fewest breaks there can be, or the reasons why it cannot be held`(
        _ seed: Int
    ) async throws {
        let problem = try Self.random(seed)
        let plan = await MandatoryPlanner.plan(problem, effort: Effort(.trials(6000), threads: 1 + seed % 2))
        if let optimum = Self.optimum(problem) {
            #expect(plan.isComplete)
            #expect(plan.breaks == optimum)
            #expect(plan.bound <= optimum)
            let slots = plan.slots.compactMap(\.self)
            #expect(slots.count == problem.meetings.count)
            let (isSound, breaks) = Self.look(problem, slots)
            #expect(isSound && breaks == plan.breaks)
        } else {
            #expect(!plan.isComplete)
        }
        #expect(plan.unmet.map(\.meeting) == plan.slots.indices.filter { plan.slots[$0] == nil })
    }

    @Test func `is the same for the same seed and trials`() async throws {
        let problem = try Self.random(17)
        let effort = Effort(.trials(5000), seed: 3, threads: 2)
        let one = await MandatoryPlanner.plan(problem, effort: effort)
        #expect(await MandatoryPlanner.plan(problem, effort: effort) == one)
    }

    private func unmet(
        _ meetings: [MandatoryProblem.Meeting], slots: Int = 2, tables: Int = 2, forbidden: [UInt64] = [0, 0, 0, 0]
    ) async throws -> [MandatoryPlan.Reason] {
        let problem = try MandatoryProblem(
            participants: 4, slots: slots, morningSlots: 1, tables: tables, meetings: meetings, forbidden: forbidden)
        let plan = await MandatoryPlanner.plan(problem, effort: Effort(.trials(5000)))
        return plan.unmet.map(\.reason)
    }

    @Test func `that is impossible names the reason`() async throws {
        let star = (1..<4).map { MandatoryProblem.Meeting(first: 0, second: $0) }
        #expect(try await unmet(star) == [.overbooked(participant: 0)])
        #expect(try await unmet([star[0]], forbidden: [1, 2, 0, 0]) == [.noSlot])
        #expect(try await unmet([star[0]], tables: 0) == [.tables(missing: 1)])
        let circle = [
            MandatoryProblem.Meeting(first: 0, second: 1, after: [1]),
            MandatoryProblem.Meeting(first: 2, second: 3, after: [0]),
        ]
        #expect(try await unmet(circle) == [.noSlot, .noSlot])
        #expect(try await unmet([]) == [])
    }

    @Test func `is read from MiniZinc data`() throws {
        let text = """
            nBusiness = 3; % people
            nMeetings = 2; nTables = 1;
            nTotalSlots = 4;
            nMorningSlots = 2;
            requested = [|1, 2,3,
            |2, 3,1,
            |];
            meetingsxBusiness = [{1,2},
            {1,2,3}, {1,3}];
            nMeetingsBusiness = [1,2,1];
            forbidden = [{0}, {}, {1,3..4}];
            fixed = [4,0];
            precedences = [{2},{}];
            """
        let problem = try MandatoryProblem(MiniZincData(text))
        #expect(
            problem.meetings == [
                .init(first: 0, second: 1, fixedSlot: 3, after: [1]), .init(first: 1, second: 2, session: .morning),
            ])
        #expect(problem.forbidden == [0, 0, 0b1101])
        #expect(problem.morningSlots == 2 && problem.tables == 1 && problem.slots == 4)
    }

    @Test(arguments: [
        ("", "nBusiness"), ("nBusiness = 2; nBusiness = 3;", "line 1"), ("nBusiness = \n x;", "line 2"),
        ("nBusiness = 2;\nnMeetings = 1; nTotalSlots = 2; requested = [|1,2", "line 2"),
        ("nBusiness = 2; nMeetings = 1; nTotalSlots = 2; requested = [|1,2|];", "requested[1]"),
        ("nBusiness = 2; nMeetings = 2; nTotalSlots = 2; requested = [|1,2,3|];", "requested"),
        ("nBusiness = 2; nMeetings = 1; nTotalSlots = 2; requested = [|1,2,4|];", "requested[1]"),
        ("nBusiness = 2; nMeetings = 1; nTotalSlots = 2; requested = [|1,2,3|];", "nMorningSlots"),
    ]) func `that cannot be read is refused with the place`(_ text: String, _ entry: String) {
        let fault = #expect(throws: MeetingProblemFault.self) { try MandatoryProblem(MiniZincData(text)) }
        #expect(fault?.entry == entry)
    }

    @Test(arguments: [
        (MandatoryProblem.Meeting(first: 0, second: 4), "requested[1]"),
        (.init(first: 1, second: 1), "requested[1]"), (.init(first: 0, second: 1, fixedSlot: 2), "fixed[1]"),
        (.init(first: 0, second: 1, after: [0]), "precedences[1]"),
        (.init(first: 0, second: 1, after: [5]), "precedences[1]"),
    ]) func `with a wrong meeting is refused by the name of the entry`(
        _ meeting: MandatoryProblem.Meeting, _ entry: String
    ) {
        let fault = #expect(throws: MeetingProblemFault.self) {
            try MandatoryProblem(
                participants: 4, slots: 2, morningSlots: 1, tables: 1, meetings: [meeting], forbidden: [0, 0, 0, 0])
        }
        #expect(fault?.entry == entry)
    }
}
