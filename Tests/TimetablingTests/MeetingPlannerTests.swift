import Testing
import Timetabling

@Suite struct `A meeting plan` {
    private let short = Effort(.trials(3000))

    @Test(arguments: 0..<60) func `is the best of all plans on small days, and its bound is not below it`(
        _ seed: Int
    ) async throws {
        let problem = try Day.random(
            seed: seed, people: 3 + seed % 4, slots: 1 + seed % 3, pairs: 7, tables: 1 + seed % 2)
        let plan = await MeetingPlanner.plan(problem, effort: short)
        #expect(Day.faults(problem, plan) == [])
        let optimum = Day.optimum(problem)
        #expect(plan.score == optimum)
        #expect(plan.bound >= optimum)
    }

    @Test(arguments: 0..<40) func `keeps every rule on days of all shapes`(_ seed: Int) async throws {
        let problem = try Day.random(
            seed: seed, people: 4 + seed, slots: 1 + seed % 20, pairs: 10 * (seed + 1), tables: seed % 7)
        let plan = await MeetingPlanner.plan(
            problem, effort: Effort(.trials(600), seed: UInt64(seed), threads: 1 + seed % 3))
        #expect(Day.faults(problem, plan) == [])
    }

    @Test(arguments: [1, 2, 3]) func `is the same for the same seed and trials`(_ threads: Int) async throws {
        let problem = try Day.random(seed: 5, people: 40, slots: 12, pairs: 400, tables: 15)
        let effort = Effort(.trials(4000), seed: 7, threads: threads)
        let one = await MeetingPlanner.plan(problem, effort: effort)
        let other = await MeetingPlanner.plan(problem, effort: effort)
        #expect(one == other)
        let different = await MeetingPlanner.plan(problem, effort: Effort(.trials(4000), seed: 8, threads: threads))
        #expect(Day.faults(problem, different) == [])
    }

    @Test func `is close to its bound on a day with people in demand`() async throws {
        let problem = try Day.random(seed: 11, people: 60, slots: 12, pairs: 900, tables: 25)
        let plan = await MeetingPlanner.plan(problem, effort: Effort(.trials(25_000)))
        #expect(Day.faults(problem, plan) == [])
        #expect(plan.gap < 0.02)
    }

    @Test func `comes at once when there is no time`() async throws {
        let problem = try Day.random(seed: 3, people: 30, slots: 8, pairs: 200, tables: 9)
        let none = await MeetingPlanner.plan(problem, effort: Effort(.trials(0)))
        #expect(Day.faults(problem, none) == [])
        #expect(none.score > 0)
        let late = await MeetingPlanner.plan(problem, effort: Effort(.share { 2 }, threads: 2))
        #expect(Day.faults(problem, late) == [])
        #expect(late.score > 0)
    }

    @Test func `is proved best where everything fits`() async throws {
        let problem = try MeetingProblem(
            participants: 4, slots: 3, tables: 2, availability: [7, 7, 7, 7], caps: [3, 3, 3, 3],
            pairs: [.init(0, 1, score: 5), .init(2, 3, score: 4), .init(0, 2, score: 3)])
        let plan = await MeetingPlanner.plan(problem, effort: short)
        #expect(plan.score == 12)
        #expect(plan.gap == 0)
    }

    @Test func `holds what is required before all wishes, unless it is vetoed`() async throws {
        let pairs: [MeetingProblem.Pair] = [
            .init(0, 1, score: 1000), .init(0, 2, score: 1, demand: .required),
            .init(0, 3, score: 1, demand: .required),
        ]
        let problem = try MeetingProblem(
            participants: 4, slots: 1, tables: 2, availability: [1, 1, 1, 1], caps: [1, 1, 1, 1], pairs: pairs,
            vetoes: [.init(3, 0)])
        let plan = await MeetingPlanner.plan(problem, effort: short)
        #expect(plan.meetings == [.init(0, 2, slot: 0)])
    }

    @Test func `leaves out who met before, unless that is required`() async throws {
        let pairs: [MeetingProblem.Pair] = [.init(0, 1, score: 9), .init(2, 3, score: 9, demand: .required)]
        let problem = try MeetingProblem(
            participants: 4, slots: 2, tables: 2, availability: [3, 3, 3, 3], caps: [2, 2, 2, 2], pairs: pairs,
            metBefore: [.init(0, 1), .init(2, 3)])
        let plan = await MeetingPlanner.plan(problem, effort: short)
        #expect(plan.meetings.map(\.couple) == [.init(2, 3)])
    }

    @Test(arguments: 0..<20) func `keeps fixed meetings where they are, also those nobody asked for`(
        _ seed: Int
    ) async throws {
        let free = try Day.random(seed: seed, people: 12, slots: 5, pairs: 40, tables: 3)
        let first = await MeetingPlanner.plan(free, effort: Effort(.trials(2000)))
        let fixed = Array(first.meetings.prefix(4))
        let problem = try MeetingProblem(
            participants: free.participants, slots: free.slots, tables: free.tables, availability: free.availability,
            caps: free.caps,
            pairs: Array(free.pairs.drop { pair in fixed.contains { $0.couple == .init(pair.first, pair.second) } }),
            fixed: fixed)
        let plan = await MeetingPlanner.plan(problem, effort: short)
        #expect(Day.faults(problem, plan) == [])
        #expect(Set(plan.meetings).isSuperset(of: fixed))
    }
}

@Suite struct `An impossible day` {
    private func plan(
        _ people: Int, slots: Int = 2, tables: Int = 5, availability: UInt64 = 3, cap: Int = 9,
        pairs: [MeetingProblem.Pair], vetoes: Set<MeetingProblem.Couple> = []
    ) async throws -> (plan: MeetingPlan, causes: [UnmetWish.Cause]) {
        let problem = try MeetingProblem(
            participants: people, slots: slots, tables: tables,
            availability: Array(repeating: availability, count: people), caps: Array(repeating: cap, count: people),
            pairs: pairs, vetoes: vetoes)
        let plan = await MeetingPlanner.plan(problem, effort: Effort(.trials(2000)))
        #expect(Day.faults(problem, plan) == [])
        return (plan, Explanation(problem, plan).unmet.map(\.cause))
    }

    private let star = (1..<6).map { MeetingProblem.Pair(0, $0, score: Double($0), demand: .required) }

    @Test func `with more required meetings than slots is planned as far as it goes`() async throws {
        let (plan, causes) = try await plan(6, pairs: star)
        #expect(plan.meetings.count == 2)
        #expect(plan.score == 9)
        #expect(causes.count == 3)
        for cause in causes {
            guard case .displaced = cause else {
                Issue.record("\(cause)")
                continue
            }
        }
    }

    @Test func `on which everybody vetoes everybody is empty`() async throws {
        let vetoes = Set((1..<6).map { MeetingProblem.Couple(0, $0) })
        let (plan, causes) = try await plan(6, pairs: star, vetoes: vetoes)
        #expect(plan.meetings == [])
        #expect(plan.bound == 0)
        #expect(causes == Array(repeating: .vetoed, count: 5))
    }

    @Test func `without tables, people, time or wishes is empty and says why`() async throws {
        let pair = [MeetingProblem.Pair(0, 1, score: 4)]
        #expect(try await plan(2, tables: 0, pairs: pair).causes == [.tablesTaken(slots: [0, 1])])
        #expect(try await plan(2, availability: 0, pairs: pair).causes == [.neverTogether])
        #expect(try await plan(2, cap: 0, pairs: pair).causes == [.capped(people: [0, 1], slot: 0)])
        let nobody = try await plan(0, pairs: [])
        #expect(nobody.plan.meetings == [] && nobody.plan.bound == 0 && nobody.plan.gap == 0)
        #expect(try await plan(3, pairs: []).plan.score == 0)
        #expect(try await plan(2, pairs: [.init(0, 1, score: 0)]).causes == [.worthless])
    }
}
