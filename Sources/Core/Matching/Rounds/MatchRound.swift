/// How a round over everything deals out matches.
package struct RoundRules: Sendable, Equatable {
    /// The side whose postings receive a list.
    package var side: MatchSide
    /// Longest list.
    package var perPosting: Int
    /// Of these, at least so many from unlike fields, where such are above the floor of the bonus.
    package var crossFieldPicks: Int
    /// No partner is shown more often than this times the mean (and never less than `leastCap` times).
    package var exposureFactor: Double
    /// How many candidates of each posting are considered.
    package var candidates: Int

    /// Takes every value.
    package init(
        side: MatchSide = .need, perPosting: Int = 5, crossFieldPicks: Int = 2, exposureFactor: Double = 2,
        candidates: Int = 50
    ) {
        self.side = side
        self.perPosting = perPosting
        self.crossFieldPicks = crossFieldPicks
        self.exposureFactor = exposureFactor
        self.candidates = candidates
    }

    /// In a small exchange twice the mean may be one; a seed that fits three needs may still be shown to three.
    package static let leastCap = 3
}

/// One match that a round found.
package struct RoundPick: Sendable, Equatable {
    /// The need.
    package var need: String
    /// The seed.
    package var seed: String
    /// Score and parts.
    package var score: MatchScore
    /// What kind of encounter it would be.
    package var kind: MatchKind
}

/// What a round found.
package struct RoundResult: Sendable, Equatable {
    /// In the order of the postings' identifiers, each posting's picks best first.
    package var picks: [RoundPick]
    /// How often each partner is shown.
    package var exposure: [String: Int]
    /// How often a partner was allowed to be shown.
    package var cap: Int
    /// Whether the round was stopped before all postings were read: then the picks are those of the postings read.
    package var wasStopped: Bool
}

extension MatchIndex {
    /// Finds matches for every available posting of one side. `filter` says for each what may not be shown to it;
    /// `progress` hears how many postings are read out of how many, and stops the round by answering false.
    ///
    /// Lists are filled by turns, the posting with the best remaining candidate first, so that a scarce partner goes
    /// where it fits best. The same index and filters give the same result.
    package func round(
        _ rules: RoundRules = RoundRules(), filter: (String) -> MatchFilter = { _ in MatchFilter() },
        progress: (_ done: Int, _ of: Int) -> Bool = { _, _ in true }
    ) -> RoundResult {
        let ids = records.lazy.filter { $0.isLive && $0.isAvailable && $0.side == rules.side }.map(\.id).sorted()
        var rows: [RoundRow] = []
        var wasStopped = false
        for (done, id) in ids.enumerated() {
            let found = matches(of: id, limit: max(rules.candidates, rules.perPosting), filter: filter(id))
            rows.append(RoundRow(id: id, candidates: found))
            if !progress(done + 1, ids.count) {
                wasStopped = done + 1 < ids.count
                break
            }
        }
        let partners = records.lazy.filter { $0.isLive && $0.isAvailable && $0.side == rules.side.partner }.count
        let mean = Double(rows.count * rules.perPosting) / Double(max(1, partners))
        let cap = max(RoundRules.leastCap, Int((mean * rules.exposureFactor).rounded(.up)))
        var exposure: [String: Int] = [:]
        for turn in 0..<max(0, rules.perPosting) {
            for row in Self.order(rows, exposure, cap) { rows[row].pick(turn, rules, cap, &exposure) }
        }
        return RoundResult(
            picks: rows.flatMap { $0.picks(rules.side) }, exposure: exposure, cap: cap, wasStopped: wasStopped)
    }

    /// Rows by their best remaining candidate, ties by identifier (the order of the rows).
    private static func order(_ rows: [RoundRow], _ exposure: [String: Int], _ cap: Int) -> [Int] {
        let best = rows.map { $0.best(exposure, cap) }
        return rows.indices.filter { best[$0] > 0 }.sorted { best[$0] != best[$1] ? best[$0] > best[$1] : $0 < $1 }
    }
}

/// A posting's candidates and what it has got.
private struct RoundRow {
    var id: String
    var candidates: [RankedMatch]
    private var taken: [Int] = []

    init(id: String, candidates: [RankedMatch]) {
        self.id = id
        self.candidates = candidates
    }

    func best(_ exposure: [String: Int], _ cap: Int) -> Double {
        for (index, candidate) in candidates.enumerated()
        where !taken.contains(index) && exposure[candidate.id, default: 0] < cap {
            return candidate.score.total
        }
        return 0
    }

    /// Takes the best that is left; towards the end, the best from an unlike field, if too few of those were taken.
    mutating func pick(_ turn: Int, _ rules: RoundRules, _ cap: Int, _ exposure: inout [String: Int]) {
        let free = candidates.indices.filter {
            !taken.contains($0) && exposure[candidates[$0].id, default: 0] < cap
        }
        let missing = rules.crossFieldPicks - taken.filter { isCrossField($0) }.count
        var choice = free.first
        if missing >= rules.perPosting - turn, let cross = free.first(where: { isCrossField($0) }) { choice = cross }
        guard let choice else { return }
        taken.append(choice)
        exposure[candidates[choice].id, default: 0] += 1
    }

    /// From an unlike field, and relevant enough to have earned the bonus.
    private func isCrossField(_ index: Int) -> Bool {
        candidates[index].score.fieldDistance == 1 && candidates[index].score.fieldBonus > 0
    }

    func picks(_ side: MatchSide) -> [RoundPick] {
        taken.sorted().map { index in
            let candidate = candidates[index]
            return RoundPick(
                need: side == .need ? id : candidate.id, seed: side == .need ? candidate.id : id,
                score: candidate.score, kind: candidate.kind)
        }
    }
}
