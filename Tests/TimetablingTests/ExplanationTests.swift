import Testing
import Timetabling

/// What an explanation names is lifted, and the meeting must fit into the plan as it stands.
@Suite struct `An explanation` {
    @Test(arguments: 0..<40) func `is true: lifting what it names lets the meeting in`(_ seed: Int) async throws {
        let problem = try Day.random(
            seed: 100 + seed, people: 14, slots: 3 + seed % 4, pairs: 60, tables: 2 + seed % 4)
        let plan = await MeetingPlanner.plan(problem, effort: Effort(.trials(1500)))
        let explanation = Explanation(problem, plan)
        #expect(explanation.unmet.count + plan.meetings.count == problem.pairs.count)
        for wish in explanation.unmet {
            #expect(try fits(wish, problem, plan), "\(wish)")
        }
        for relief in explanation.reliefs {
            #expect(relief.tables > 0 && relief.score > 0)
        }
    }

    private func fits(_ wish: UnmetWish, _ problem: MeetingProblem, _ plan: MeetingPlan) throws -> Bool {
        let pair = problem.pairs[wish.pair]
        var tables = problem.tables
        var caps = problem.caps
        var meetings = plan.meetings
        let slot: Int
        switch wish.cause {
        case .neverTogether: return problem.availability[pair.first] & problem.availability[pair.second] == 0
        // Plain days have no scarce things besides tables.
        case .vetoed, .metBefore, .worthless, .resourceTaken: return false
        case .capped(let people, let free):
            for person in people { caps[person] += 1 }
            slot = free
        case .tablesTaken(let slots):
            for full in slots { tables[full] += 1 }
            slot = try #require(slots.first)
        case .cappedAndTablesTaken(let people, let free):
            for person in people { caps[person] += 1 }
            tables[free] += 1
            slot = free
        case .displaced(let others, let worth, let free):
            if worth < pair.score { return false }
            meetings.removeAll { others.contains($0) }
            slot = free
        }
        // Fixed meetings are checked by the problem: that it takes them all is the proof.
        _ = try MeetingProblem(
            participants: problem.participants, slots: problem.slots, tables: tables,
            availability: problem.availability, caps: caps, pairs: problem.pairs,
            fixed: meetings + [.init(pair.first, pair.second, slot: slot)])
        return true
    }

    @Test func `says how many meetings one more table would add`() async throws {
        let problem = try MeetingProblem(
            participants: 6, slots: 1, tables: 1, availability: [1, 1, 1, 1, 1, 1], caps: [1, 1, 1, 1, 1, 1],
            pairs: [.init(0, 1, score: 9), .init(2, 3, score: 5), .init(3, 4, score: 6), .init(4, 5, score: 4)])
        let plan = await MeetingPlanner.plan(problem, effort: Effort(.trials(1000)))
        #expect(plan.score == 9)
        #expect(Explanation(problem, plan).reliefs == [TableRelief(slot: 0, tables: 1, score: 6)])
    }
}
