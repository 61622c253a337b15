/// Why two people who asked for it do not meet, and what would free it.
package struct UnmetWish: Sendable, Equatable {
    /// What stands in the way. Where several constraints bind at once, all of them are named: lifting them lets the
    /// meeting in, and nothing else has to change.
    package enum Cause: Sendable, Equatable {
        /// One of them does not want to.
        case vetoed
        /// They met before, and only a requirement makes them meet again.
        case metBefore
        /// They are never there at the same time.
        case neverTogether
        /// These people have all the meetings they take; in this slot both are free and there is a table.
        case capped(people: [Int], slot: Int)
        /// Both are free in these slots, and all their tables are taken.
        case tablesTaken(slots: [Int])
        /// Both are free in this slot; these people have all the meetings they take, and the tables are taken.
        case cappedAndTablesTaken(people: [Int], slot: Int)
        /// In every slot in which both are there, one of them meets somebody else. To hold it in this slot, these
        /// meetings, which are worth as much together, would have to go.
        case displaced(by: [MeetingProblem.Meeting], worth: Double, slot: Int)
        /// Both are free in these slots and there is a table, but nothing is left of this resource, by its index.
        case resourceTaken(resource: Int, slots: [Int])
        /// It is worth nothing, and was left out to keep tables free.
        case worthless
    }

    /// The index of the pair in the problem.
    package let pair: Int
    package let cause: Cause
}

/// What more tables in one slot would let in.
package struct TableRelief: Sendable, Equatable {
    package let slot: Int
    /// The tables added, which is the number of meetings they let in.
    package let tables: Int
    /// What these meetings add to the score.
    package let score: Double

    /// A relief by so many tables.
    package init(slot: Int, tables: Int, score: Double) {
        self.slot = slot
        self.tables = tables
        self.score = score
    }
}

/// Explains a plan: each wish that was not met, and where more tables would help. Says only what is true of this
/// plan: what is named, once lifted, lets the meeting in as everything else stands.
package struct Explanation: Sendable {
    package let unmet: [UnmetWish]
    /// The slots in which more tables would let more wishes in, the most rewarding first.
    package let reliefs: [TableRelief]

    /// Explains a plan of this problem.
    package init(_ problem: MeetingProblem, _ plan: MeetingPlan) {
        let day = PlannedDay(problem, plan)
        unmet = problem.pairs.indices.filter { !day.isHeld($0) }.map { UnmetWish(pair: $0, cause: day.cause($0)) }
        reliefs = day.reliefs(unmet)
    }
}

/// A plan laid out by person and slot.
private struct PlannedDay {
    let problem: MeetingProblem
    let held: Set<MeetingProblem.Couple>
    var meetingAt: [Int?]
    let meetings: [MeetingProblem.Meeting]
    var busy: [UInt64]
    var load: [Int]
    var free: [Int]
    let scores: [MeetingProblem.Couple: Double]
    let stock: Stock?

    init(_ problem: MeetingProblem, _ plan: MeetingPlan) {
        self.problem = problem
        meetings = plan.meetings
        held = Set(plan.meetings.map(\.couple))
        meetingAt = Array(repeating: nil, count: problem.participants * problem.slots)
        busy = Array(repeating: 0, count: problem.participants)
        load = Array(repeating: 0, count: problem.participants)
        free = problem.tables
        for (index, meeting) in plan.meetings.enumerated() {
            for person in [meeting.first, meeting.second] {
                meetingAt[person * problem.slots + meeting.slot] = index
                busy[person] |= 1 << UInt64(meeting.slot)
                load[person] += 1
            }
            free[meeting.slot] -= 1
        }
        var stock = Stock(problem.resources, pairs: problem.pairs.count, slots: problem.slots)
        if stock != nil {
            let indices = Dictionary(
                problem.pairs.enumerated().map { (MeetingProblem.Couple($1.first, $1.second), $0) },
                uniquingKeysWith: { first, _ in first })
            for meeting in plan.meetings {
                if let index = indices[meeting.couple] { stock?.take(index, meeting.slot) }
            }
        }
        self.stock = stock
        scores = Dictionary(
            problem.pairs.map { (MeetingProblem.Couple($0.first, $0.second), $0.score) },
            uniquingKeysWith: { first, _ in first })
    }

    func isHeld(_ index: Int) -> Bool {
        held.contains(.init(problem.pairs[index].first, problem.pairs[index].second))
    }

    func cause(_ index: Int) -> UnmetWish.Cause {
        let pair = problem.pairs[index]
        let couple = MeetingProblem.Couple(pair.first, pair.second)
        if problem.vetoes.contains(couple) { return .vetoed }
        if problem.isBarred(pair) { return .metBefore }
        let together = problem.availability[pair.first] & problem.availability[pair.second]
        if together == 0 { return .neverTogether }
        let common = slots(together & ~busy[pair.first] & ~busy[pair.second])
        let capped = [pair.first, pair.second].filter { load[$0] >= problem.caps[$0] }
        let open = common.filter { free[$0] > 0 }
        if !open.isEmpty, let stock {
            let held = open.filter { stock.open(to: index) >> UInt64($0) & 1 == 1 }
            if held.isEmpty { return .resourceTaken(resource: shortage(of: index, in: open), slots: open) }
        }
        if let slot = open.first { return capped.isEmpty ? .worthless : .capped(people: capped, slot: slot) }
        if let slot = common.first {
            return capped.isEmpty ? .tablesTaken(slots: common) : .cappedAndTablesTaken(people: capped, slot: slot)
        }
        return cheapest(pair, slots(together))
    }

    /// The resource of a pair that is missing in most of these slots.
    private func shortage(of index: Int, in slots: [Int]) -> Int {
        let needed = problem.resources.indices.filter { problem.resources[$0].pairs.contains(index) }
        let used = needed.map { resource in
            let takers = Set(problem.resources[resource].pairs)
            return slots.count { slot in
                let taken = meetings.count { meeting in
                    meeting.slot == slot && takers.contains { problem.pairs[$0].couple == meeting.couple }
                }
                return taken >= problem.resources[resource].amount[slot]
            }
        }
        return zip(needed, used).max { $0.1 < $1.1 }?.0 ?? 0
    }

    private func slots(_ mask: UInt64) -> [Int] { (0..<problem.slots).filter { mask >> UInt64($0) & 1 == 1 } }

    /// The slot in which least would have to go; who is over their cap even so has to give up their least meeting
    /// beside.
    private func cheapest(_ pair: MeetingProblem.Pair, _ slots: [Int]) -> UnmetWish.Cause {
        var best: (meetings: Set<Int>, worth: Double, slot: Int)?
        for slot in slots {
            var victims: Set<Int> = []
            for person in [pair.first, pair.second] {
                if let meeting = meetingAt[person * problem.slots + slot] {
                    victims.insert(meeting)
                } else if load[person] >= problem.caps[person], let least = leastMeeting(of: person) {
                    victims.insert(least)
                }
            }
            let worth = victims.reduce(0) { $0 + self.worth($1) }
            if best == nil || worth < (best?.worth ?? 0) { best = (victims, worth, slot) }
        }
        guard let best else { return .neverTogether }
        return .displaced(by: best.meetings.sorted().map { meetings[$0] }, worth: best.worth, slot: best.slot)
    }

    private func worth(_ meeting: Int) -> Double { scores[meetings[meeting].couple] ?? 0 }

    private func leastMeeting(of person: Int) -> Int? {
        (0..<problem.slots).compactMap { meetingAt[person * problem.slots + $0] }.min { worth($0) < worth($1) }
    }

    /// For each slot whose tables are taken, the meetings that more tables let in at once, the most valuable first.
    func reliefs(_ unmet: [UnmetWish]) -> [TableRelief] {
        var waiting = Array(repeating: [Int](), count: problem.slots)
        for wish in unmet {
            if case .tablesTaken(let slots) = wish.cause {
                for slot in slots { waiting[slot].append(wish.pair) }
            }
        }
        return waiting.indices.compactMap { slot -> TableRelief? in
            var taken: Set<Int> = []
            var count = 0
            var score = 0.0
            for index in waiting[slot].sorted(by: { (problem.pairs[$0].score, $1) > (problem.pairs[$1].score, $0) }) {
                let pair = problem.pairs[index]
                if pair.score <= 0 || taken.contains(pair.first) || taken.contains(pair.second) { continue }
                taken.formUnion([pair.first, pair.second])
                count += 1
                score += pair.score
            }
            return count > 0 ? TableRelief(slot: slot, tables: count, score: score) : nil
        }.sorted { ($0.score, $1.slot) > ($1.score, $0.slot) }
    }
}
