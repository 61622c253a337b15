import Testing
import Timetabling

@Suite struct `Planning again` {
    private func without(
        _ gone: Set<Int>, _ problem: MeetingProblem, fixed: [MeetingProblem.Meeting] = []
    ) throws
        -> MeetingProblem
    {
        try MeetingProblem(
            participants: problem.participants, slots: problem.slots, tables: problem.tables,
            availability: problem.availability.enumerated().map { gone.contains($0.offset) ? 0 : $0.element },
            caps: problem.caps, pairs: problem.pairs, fixed: fixed)
    }

    @Test(arguments: 0..<4) func `after cancellations moves little and is nearly as good as a fresh plan`(
        _ seed: Int
    ) async throws {
        let problem = try Day.random(seed: 40 + seed, people: 60, slots: 10, pairs: 600, tables: 20)
        let former = await MeetingPlanner.plan(problem, effort: Effort(.trials(8000)))
        let gone: Set = [seed, 20 + seed, 40 + seed]
        let changed = try without(gone, problem)
        let fresh = await MeetingPlanner.plan(changed, effort: Effort(.trials(8000)))
        let plan = await MeetingPlanner.replan(changed, former: former.meetings, effort: Effort(.trials(20_000)))
        #expect(Day.faults(changed, plan) == [])
        let untouched = former.meetings.filter { !gone.contains($0.first) && !gone.contains($0.second) }
        let moved = untouched.count - Set(plan.meetings).intersection(untouched).count
        #expect(moved == plan.moved)
        #expect(Double(moved) <= 0.02 * Double(untouched.count))
        #expect(plan.score >= 0.97 * fresh.score)
    }

    @Test func `leaves a plan alone when nothing changed and nothing may move`() async throws {
        let problem = try Day.random(seed: 9, people: 30, slots: 8, pairs: 200, tables: 9)
        let former = await MeetingPlanner.plan(problem, effort: Effort(.trials(4000)))
        let plan = await MeetingPlanner.replan(
            problem, former: former.meetings, tolerance: 0, effort: Effort(.trials(4000)))
        #expect(plan.moved == 0)
        #expect(Set(plan.meetings).isSuperset(of: former.meetings))
    }

    @Test func `never moves what is fixed, and takes a former plan that no longer fits`() async throws {
        let problem = try Day.random(seed: 10, people: 30, slots: 8, pairs: 200, tables: 9)
        let former = await MeetingPlanner.plan(problem, effort: Effort(.trials(4000)))
        let confirmed = Array(former.meetings.filter { $0.first != 0 && $0.second != 0 }.prefix(20))
        let changed = try without([0], problem, fixed: confirmed)
        let strange = former.meetings + former.meetings + [.init(0, 1, slot: 99), .init(77, 88, slot: 0)]
        let plan = await MeetingPlanner.replan(changed, former: strange, effort: Effort(.trials(4000)))
        #expect(Day.faults(changed, plan) == [])
        #expect(Set(plan.meetings).isSuperset(of: confirmed))
    }

    @Test func `without a former plan is planning`() async throws {
        let problem = try Day.random(seed: 12, people: 10, slots: 4, pairs: 30, tables: 3)
        let plan = await MeetingPlanner.replan(problem, former: [], effort: Effort(.trials(20_000)))
        #expect(Day.faults(problem, plan) == [])
        #expect(plan.score > 0)
    }
}
