import Testing
import Timetabling

@Suite struct `A day on which more than tables is scarce` {
    /// How often each resource is over its amount in some slot.
    private func excess(_ problem: MeetingProblem, _ plan: MeetingPlan) -> Int {
        problem.resources.reduce(0) { sum, resource in
            let takers = Set(
                resource.pairs.map { MeetingProblem.Couple(problem.pairs[$0].first, problem.pairs[$0].second) })
            return sum
                + (0..<problem.slots).reduce(0) { over, slot in
                    let used = plan.meetings.count { $0.slot == slot && takers.contains($0.couple) }
                    return over + max(0, used - resource.amount[slot])
                }
        }
    }

    private func scarce(_ seed: Int, _ plain: MeetingProblem) throws -> MeetingProblem {
        var dice = Dice(500 + seed)
        let some = plain.pairs.indices.filter { _ in dice.roll(3) == 0 }
        let others = plain.pairs.indices.filter { _ in dice.roll(4) == 0 }
        let resources: [MeetingProblem.Resource] = [
            .init(amount: (0..<plain.slots).map { _ in dice.roll(3) }, pairs: some),
            .init(amount: (0..<plain.slots).map { _ in 1 + dice.roll(2) }, pairs: others),
            .init(amount: (0..<plain.slots).map { _ in 2 }, pairs: Array(Set(some + others)).sorted()),
        ]
        return try MeetingProblem(
            participants: plain.participants, slots: plain.slots, tables: plain.tables,
            availability: plain.availability, caps: plain.caps, pairs: plain.pairs, resources: resources)
    }

    @Test(arguments: 0..<6) func `never uses more than there is, fresh or near a former plan`(_ seed: Int) async throws
    {
        let problem = try scarce(seed, try Day.random(seed: 60 + seed, people: 40, slots: 8, pairs: 300, tables: 12))
        let plan = await MeetingPlanner.plan(problem, effort: Effort(.trials(6000), seed: UInt64(seed)))
        #expect(Day.faults(problem, plan) == [])
        #expect(excess(problem, plan) == 0)
        #expect(plan.meetings.count > 20)
        let again = await MeetingPlanner.replan(problem, former: plan.meetings, effort: Effort(.trials(3000)))
        #expect(Day.faults(problem, again) == [])
        #expect(excess(problem, again) == 0)
    }

    @Test(arguments: 0..<6) func `is planned as well as can be when it is small`(_ seed: Int) async throws {
        let plain = try Day.random(seed: 80 + seed, people: 6, slots: 3, pairs: 7, tables: 2)
        let problem = try scarce(seed, plain)
        let plan = await MeetingPlanner.plan(problem, effort: Effort(.trials(20_000), seed: UInt64(seed)))
        var best = 0.0
        func visit(_ index: Int, _ meetings: [MeetingProblem.Meeting], _ score: Double) {
            best = max(best, score)
            guard index < problem.pairs.count else { return }
            visit(index + 1, meetings, score)
            let pair = problem.pairs[index]
            for slot in 0..<problem.slots {
                let bit: UInt64 = 1 << UInt64(slot)
                let people = [pair.first, pair.second]
                let all = meetings + [.init(pair.first, pair.second, slot: slot)]
                let isFit =
                    people.allSatisfy { person in
                        problem.availability[person] & bit != 0
                            && !meetings.contains { $0.slot == slot && ($0.first == person || $0.second == person) }
                            && meetings.count { $0.first == person || $0.second == person } < problem.caps[person]
                    } && all.count { $0.slot == slot } <= problem.tables[slot]
                    && problem.resources.allSatisfy { resource in
                        let takers = resource.pairs.map {
                            MeetingProblem.Couple(problem.pairs[$0].first, problem.pairs[$0].second)
                        }
                        return all.count { $0.slot == slot && takers.contains($0.couple) } <= resource.amount[slot]
                    }
                if isFit { visit(index + 1, all, score + pair.score) }
            }
        }
        visit(0, [], 0)
        #expect(plan.score == best)
        #expect(excess(problem, plan) == 0)
    }

    @Test func `says which of it keeps a wish from being met`() async throws {
        let problem = try MeetingProblem(
            participants: 4, slots: 1, tables: [2], availability: [1, 1, 1, 1], caps: [1, 1, 1, 1],
            pairs: [.init(0, 1, score: 5), .init(2, 3, score: 3)],
            resources: [.init(amount: [1], pairs: [0, 1])])
        let plan = await MeetingPlanner.plan(problem, effort: Effort(.trials(500)))
        #expect(plan.meetings == [.init(0, 1, slot: 0)])
        #expect(Explanation(problem, plan).unmet.map(\.cause) == [.resourceTaken(resource: 0, slots: [0])])
    }

    @Test func `is refused when its numbers cannot be`() {
        for wrong in [
            MeetingProblem.Resource(amount: [1, 2], pairs: []), .init(amount: [-1], pairs: []),
            .init(amount: [1], pairs: [7]),
        ] {
            #expect(throws: MeetingProblemFault.self) {
                try MeetingProblem(
                    participants: 2, slots: 1, tables: [1], availability: [1, 1], caps: [1, 1],
                    pairs: [.init(0, 1, score: 1)], resources: [wrong])
            }
        }
    }
}
