/// How a round deals out matches.
package struct RoundRules: Sendable, Equatable {
    /// The side whose postings receive a list.
    package var side: MatchSide
    /// Longest list, the chance pick included.
    package var perPosting: Int
    /// Of these, at least so many from unlike fields, where such are above the floor.
    package var crossFieldPicks: Int
    /// Of these, so many by chance from unlike fields, labelled as such.
    package var wildcards: Int
    /// No partner is shown more often than this times the mean (and never less than `leastCap` times).
    package var exposureFactor: Double
    /// Every partner that anybody could be shown is shown at least this times the mean.
    package var exposureFloor: Double
    /// Candidates whose score (0...1) is less are not listed.
    package var floor: Double
    /// The same for chance picks.
    package var chanceFloor: Double
    /// Weight of the score against likeness to what is in the list already (MMR): below 0.9 lists of ten lose more than
    /// they gain.
    package var lambda: Double
    /// How many candidates of each posting are considered.
    package var candidates: Int
    /// What chance depends on: the same seed picks the same.
    package var seed: UInt64

    /// Takes every value.
    package init(
        side: MatchSide = .need, perPosting: Int = 5, crossFieldPicks: Int = 2, wildcards: Int = 1,
        exposureFactor: Double = 2, exposureFloor: Double = 0.5, floor: Double = 0, chanceFloor: Double = 0,
        lambda: Double = 0.9, candidates: Int = 50, seed: UInt64 = 0
    ) {
        self.side = side
        self.perPosting = perPosting
        self.crossFieldPicks = crossFieldPicks
        self.wildcards = wildcards
        self.exposureFactor = exposureFactor
        self.exposureFloor = exposureFloor
        self.floor = floor
        self.chanceFloor = chanceFloor
        self.lambda = lambda
        self.candidates = candidates
        self.seed = seed
    }

    /// In a small exchange twice the mean may be one; a seed that fits three needs may still be shown to three.
    package static let leastCap = 3

    /// Places for picks by score; short lists have none for chance.
    package var ranked: Int { perPosting >= 3 ? perPosting - max(0, wildcards) : perPosting }
}

/// A partner that could be shown.
package struct RoundCandidate: Sendable, Equatable, Codable {
    /// The partner.
    package var id: String
    /// Score and parts.
    package var score: MatchScore
    /// What kind of encounter it would be.
    package var kind: MatchKind
    /// What lists are ordered by: the estimate that both sides say yes, or the score.
    package var rank: Double

    /// Takes every value.
    package init(id: String, score: MatchScore, kind: MatchKind, rank: Double) {
        self.id = id
        self.score = score
        self.kind = kind
        self.rank = rank
    }
}

/// A posting and whom it could be shown, best first.
package struct RoundRow: Sendable, Equatable {
    /// The posting that receives a list.
    package var id: String
    /// Best first; ties by identifier.
    package var candidates: [RoundCandidate]

    /// Sorts the candidates.
    package init(id: String, candidates: [RoundCandidate]) {
        self.id = id
        self.candidates = candidates.sorted { $0.rank != $1.rank ? $0.rank > $1.rank : $0.id < $1.id }
    }
}

/// One match that a round found.
package struct RoundPick: Sendable, Equatable {
    /// The need.
    package var need: String
    /// The seed.
    package var seed: String
    /// Score and parts.
    package var score: MatchScore
    /// What kind of encounter it would be; `wildcard` for a chance pick.
    package var kind: MatchKind
    /// What the list was ordered by.
    package var rank: Double
}

/// What a round found.
package struct RoundResult: Sendable, Equatable {
    /// In the order of the postings' identifiers, each posting's picks best first.
    package var picks: [RoundPick]
    /// How often each partner is shown.
    package var exposure: [String: Int]
    /// How often a partner was allowed to be shown.
    package var cap: Int
    /// How often each partner that can be shown was to be shown at least.
    package var least: Int
    /// Whether the round was stopped before all postings were read: then the picks are those of the postings read.
    package var wasStopped: Bool
}
