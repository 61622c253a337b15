/// A problem made ready for searching.
struct Playground: Sendable {
    /// The bound with prices for every pair.
    struct Bound: Sendable {
        /// What no plan's score can pass.
        let ceiling: Double
        /// What each pair takes up, in prices.
        let prices: [Double]
        /// How much of each pair the linear programme takes.
        let shares: [Double]
        /// The mean price of a person's time.
        let level: Double
    }

    /// So few candidates are all looked at, and hotter: small days have deep holes.
    private static let fewCandidates = 300

    let problem: MeetingProblem
    let domains: [UInt64]
    let fixedSlots: [Int?]
    /// What each pair counts: its score, and for what is required more than all wishes together.
    let worth: [Double]
    /// The pairs that may be placed and are worth it, without the fixed ones.
    let candidates: [Int]
    /// What fixed meetings leave of each person's slots, meetings, and of the tables.
    private let present: [UInt64]
    private let room: [Int]
    private let tables: [Int]

    init(_ problem: MeetingProblem) {
        self.problem = problem
        fixedSlots = problem.fixedSlots
        var present = problem.availability
        var caps = problem.caps
        var tables = problem.tables
        for meeting in problem.fixed {
            for person in [meeting.first, meeting.second] {
                present[person] &= ~(1 << UInt64(meeting.slot))
                caps[person] -= 1
            }
            tables[meeting.slot] -= 1
        }
        for slot in tables.indices {
            tables[slot] = min(tables[slot], present.count { $0 >> UInt64(slot) & 1 == 1 } / 2)
        }
        let fixedSlots = fixedSlots
        let domains = zip(problem.domains, problem.pairs).enumerated().map { index, entry in
            fixedSlots[index] != nil ? entry.0 : entry.0 & present[entry.1.first] & present[entry.1.second]
        }
        self.domains = domains
        self.present = present
        room = zip(present, caps).map { min($0.nonzeroBitCount, $1) }
        self.tables = tables
        let all = problem.pairs.reduce(1) { $0 + $1.score }
        worth = problem.pairs.map { $0.demand == .required ? $0.score + all : $0.score }
        candidates = problem.pairs.indices.filter { index in
            fixedSlots[index] == nil && domains[index] != 0
                && (problem.pairs[index].score > 0 || problem.pairs[index].demand == .required)
        }
    }

    /// The bound on the score, of what is fixed and of all that may be added.
    func bound(stop: () -> Bool) -> Bound {
        let pairs = candidates.map { problem.pairs[$0] }
        var dual = CapacityBound(
            first: pairs.map { Int32($0.first) }, second: pairs.map { Int32($0.second) }, weights: pairs.map(\.score),
            room: room, tables: tables.reduce(0, +))
        dual.tighten(roundsPerLevel: 60, precision: 0.0005, stop: stop)
        var prices = Array(repeating: 0.0, count: problem.pairs.count)
        var shares = prices
        for (place, index) in candidates.enumerated() {
            prices[index] = pairs[place].score - dual.reducedWorth(place)
            shares[index] = dual.shares[place]
        }
        var ceiling = dual.value
        for index in problem.pairs.indices where fixedSlots[index] != nil { ceiling += problem.pairs[index].score }
        // Sums of whole numbers are whole: what lies above the next lower one cannot be reached.
        let isWhole = problem.pairs.allSatisfy { $0.score == $0.score.rounded() }
        if isWhole { ceiling = (ceiling + 1e-6 + ceiling * 1e-12).rounded(.down) }
        return Bound(
            ceiling: ceiling, prices: prices, shares: shares,
            level: problem.participants > 0 ? dual.prices.reduce(0, +) / Double(problem.participants) : 0)
    }

    func coursePlan(_ bound: Bound) -> Course.Plan {
        let scores = candidates.map { problem.pairs[$0].score }
        let isBonusFree = !problem.pairs.contains { $0.demand == .required }
        return Course.Plan(
            worth: worth, prices: bound.prices, fixed: fixedSlots.indices.filter { fixedSlots[$0] != nil },
            unit: scores.isEmpty ? 1 : max(scores.reduce(0, +) / Double(scores.count), 1e-9),
            ceiling: isBonusFree ? bound.ceiling * (1 - 1e-13) : .infinity,
            hot: candidates.count <= Self.fewCandidates ? 0.3 : 0.03)
    }

    /// A search with the fixed meetings placed. Unless the whole is asked for, the pairs that the prices rule out by
    /// far are left aside.
    func annealing(
        seed: UInt64, _ bound: Bound, anchors: [Int32] = [], loyalty: Double = 0, isWhole: Bool = false
    ) -> Annealing {
        let isSmall = candidates.count <= Self.fewCandidates
        let admitted = candidates.filter { index in
            isWhole || isSmall || problem.pairs[index].demand == .required || !anchors.isEmpty
                || problem.pairs[index].score - bound.prices[index] > -0.3 * bound.level - 1e-9
        }
        let fixed = fixedSlots.indices.filter { fixedSlots[$0] != nil }
        var board = Board(
            people: problem.participants, slots: problem.slots, ends: problem.pairs.map { ($0.first, $0.second) },
            domain: domains, present: problem.availability, tables: problem.tables, caps: problem.caps,
            admitted: admitted + fixed,
            stock: Stock(problem.resources, pairs: problem.pairs.count, slots: problem.slots))
        for index in fixed {
            if let slot = fixedSlots[index] { board.place(index, in: slot) }
        }
        var guide = worth
        for index in fixed { guide[index] = Annealing.untouchable }
        var annealing = Annealing(
            board: board, worth: worth, candidates: admitted, anchors: anchors, loyalty: loyalty, seed: seed)
        annealing.believe(guide)
        return annealing
    }

    /// Places pairs in the order of the linear programme's solution, what is required first.
    func begin(_ annealing: inout Annealing, _ bound: Bound, stop: () -> Bool) {
        let order = annealing.board.waiting.map(Int.init).sorted { one, other in
            let left = (rank(one, bound), worth[one] - bound.prices[one])
            let right = (rank(other, bound), worth[other] - bound.prices[other])
            return left == right ? one < other : left > right
        }
        for (count, pair) in order.enumerated() {
            if count % 1024 == 1023, stop() { break }
            annealing.attempt(pair, allowed: 0)
        }
        annealing.noteBest()
    }

    private func rank(_ pair: Int, _ bound: Bound) -> Double {
        bound.shares[pair] + (problem.pairs[pair].demand == .required ? 2 : 0)
    }
}
