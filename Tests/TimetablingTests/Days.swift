import Timetabling

/// Numbers that look random and are the same in every run.
struct Dice {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(sides))
    }
}

/// Days made by dice, plans looked over, and the best plan found by trying them all.
enum Day {
    static func random(seed: Int, people: Int, slots: Int, pairs: Int, tables: Int) throws -> MeetingProblem {
        var dice = Dice(seed)
        let all: UInt64 = (1 << UInt64(slots)) - 1
        let availability = (0..<people).map { _ in
            dice.roll(3) == 0 ? all & ~(1 << UInt64(dice.roll(slots))) : all
        }
        let caps = (0..<people).map { _ in dice.roll(4) == 0 ? max(1, slots / 2) : slots }
        var seen: Set<MeetingProblem.Couple> = []
        var chosen: [MeetingProblem.Pair] = []
        for _ in 0..<(pairs * 3) where chosen.count < pairs {
            let one = dice.roll(people)
            let other = dice.roll(people)
            if one == other || !seen.insert(.init(one, other)).inserted { continue }
            chosen.append(.init(one, other, score: Double(1 + dice.roll(50))))
        }
        return try MeetingProblem(
            participants: people, slots: slots, tables: tables, availability: availability, caps: caps, pairs: chosen)
    }

    /// What a plan breaks; empty if it keeps every rule.
    static func faults(_ problem: MeetingProblem, _ plan: MeetingPlan) -> [String] {
        var faults: [String] = []
        var scores: [MeetingProblem.Couple: Double] = [:]
        for pair in problem.pairs { scores[.init(pair.first, pair.second)] = pair.score }
        var met: Set<MeetingProblem.Couple> = []
        var busy: Set<[Int]> = []
        var load = Array(repeating: 0, count: problem.participants)
        var used = Array(repeating: 0, count: problem.slots)
        var score = 0.0
        for meeting in plan.meetings {
            guard let worth = scores[meeting.couple] else {
                faults.append("nobody asked for \(meeting)")
                continue
            }
            score += worth
            if !met.insert(meeting.couple).inserted { faults.append("twice: \(meeting)") }
            if problem.vetoes.contains(meeting.couple) { faults.append("vetoed: \(meeting)") }
            for person in [meeting.first, meeting.second] {
                if !busy.insert([person, meeting.slot]).inserted { faults.append("\(person) is busy: \(meeting)") }
                if problem.availability[person] >> UInt64(meeting.slot) & 1 == 0 { faults.append("away: \(meeting)") }
                load[person] += 1
            }
            used[meeting.slot] += 1
        }
        for person in load.indices where load[person] > problem.caps[person] { faults.append("cap of \(person)") }
        for slot in used.indices where used[slot] > problem.tables[slot] { faults.append("tables of \(slot)") }
        if score != plan.score { faults.append("score \(plan.score) is \(score)") }
        if plan.bound < plan.score { faults.append("bound \(plan.bound) under \(plan.score)") }
        return faults
    }

    /// The score of the best plan, by trying every slot for every pair.
    static func optimum(_ problem: MeetingProblem) -> Double {
        var busy = Array(repeating: UInt64(0), count: problem.participants)
        var used = Array(repeating: 0, count: problem.slots)
        func best(_ index: Int) -> Double {
            if index == problem.pairs.count { return 0 }
            var result = best(index + 1)
            let pair = problem.pairs[index]
            if problem.vetoes.contains(.init(pair.first, pair.second)) { return result }
            let both = problem.availability[pair.first] & problem.availability[pair.second]
            for slot in 0..<problem.slots where both >> UInt64(slot) & 1 == 1 && used[slot] < problem.tables[slot] {
                let bit: UInt64 = 1 << UInt64(slot)
                let people = [pair.first, pair.second]
                if people.contains(where: {
                    busy[$0] & bit != 0 || busy[$0].nonzeroBitCount >= problem.caps[$0]
                }) {
                    continue
                }
                for person in people { busy[person] |= bit }
                used[slot] += 1
                result = max(result, pair.score + best(index + 1))
                for person in people { busy[person] &= ~bit }
                used[slot] -= 1
            }
            return result
        }
        return best(0)
    }
}
