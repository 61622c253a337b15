package import Exchange
import Matching

extension Matchmaker {
    /// Seeds that are considered for each need.
    private static var breadth: Int { 12 }
    /// Needs that are considered, those with the best second seed first.
    private static var mostThemes: Int { 300 }

    /// Looks for groups of three from three fields around one need each, writes those that are new, and tells the
    /// channels that want to hear of groups. Postings that stand in an open or accepted group are left out.
    package func proposeGroups(limit: Int, by actor: Actor) async throws -> [GroupProposal] {
        try actor.require(.coordinate)
        guard (1...50).contains(limit) else {
            throw Refusal.invalid("limit", .outOfRange, "Ask for 1 to 50 groups.")
        }
        _ = try await office.expireOverdue()
        try await catchUp()
        // That two of them were shown to each other lately is no reason against a group of three.
        let work = try await roundWork(repeatDays: -1)
        let found = try await apart { try await self.groups(in: work, limit: limit) }
        return try await office.record(found, by: actor)
    }

    private nonisolated func groups(in work: RoundWork, limit: Int) async throws -> [GroupCandidate] {
        let used = try await office.store.read { tx in Set(try tx.groupedPostings().map(\.text)) }
        var themes: [(need: String, seeds: [RoundCandidate])] = []
        for need in work.needs where !used.contains(need) {
            try Task.checkCancellation()
            let seeds = work.candidates(of: need).filter { candidate in
                candidate.score.fieldDistance == 1 && candidate.score.value >= work.rules.floor
                    && !used.contains(candidate.id)
            }
            if seeds.count >= GroupFinder.seedsInGroup { themes.append((need, Array(seeds.prefix(Self.breadth)))) }
            await Task.yield()
        }
        themes.sort { left, right in
            let (one, other) = (left.seeds[1].rank, right.seeds[1].rank)
            return one != other ? one > other : left.need < right.need
        }
        let chosen = Array(themes.prefix(Self.mostThemes))
        let ids = Set(chosen.flatMap { [$0.need] + $0.seeds.map(\.id) }).sorted()
        let postings = try await office.store.read { tx in try tx.postings(inPortions: ids) }
        var documents: [String: MatchDocument] = [:]
        // What each brings is told to channels, in its words.
        for (id, posting) in postings {
            documents[id.text] = reading.document(posting.outward ?? posting, region: nil)
        }
        let finder = GroupFinder(
            geometry: work.index.geometry, rarityFrom: documents.keys.sorted().compactMap { documents[$0] }
        ) { work.scope.isApart($0, $1) }
        let asked = chosen.compactMap { theme in
            documents[theme.need].map { need in
                GroupTheme(
                    need: need,
                    seeds: theme.seeds.compactMap { seed in documents[seed.id].map { ($0, seed.rank) } })
            }
        }
        return finder.groups(asked, limit: limit)
    }
}

extension RoundWork {
    /// The candidates of one need, by the estimate that both sides say yes.
    func candidates(of need: String) -> [RoundCandidate] {
        index.row(of: need, rules, filter: scope.filter(for: need)) { found in
            scope.estimate(need, .need, found.id, found.score).mutual
        }.candidates
    }
}
