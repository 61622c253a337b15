/// Lists for all queries of `engine rank` at once, dealt out as a round deals them.
extension EngineRanking {
    /// How deep each query is ranked for its list; a ranking made for shorter answers has less to choose from.
    package static let depth = 100

    /// Fair and diverse lists of at most `length`: exposure floor and cap, unlike fields, and so many chance picks. A
    /// document with the query's own identifier is left out; with BM25, or without documents, lists are empty.
    package func lists(_ queries: [MatchDocument], length: Int, wildcards: Int) -> [(id: String, hits: [EngineHit])] {
        let rules = RoundRules(
            side: .need, perPosting: length, crossFieldPicks: min(2, length), wildcards: wildcards,
            candidates: Self.depth)
        let rows = queries.map { query in
            let found = rank(query).prefix(Self.depth).compactMap(\.match).filter { $0.id != query.id }
            return RoundRow(
                id: query.id,
                candidates: found.map {
                    RoundCandidate(id: $0.id, score: $0.score, kind: $0.kind, rank: $0.score.value)
                })
        }
        var places: [String: [RoundRow]] = [:]
        for row in rows {
            for candidate in row.candidates {
                places[candidate.id, default: []].append(RoundRow(id: row.id, candidates: [candidate]))
            }
        }
        let index = matchIndex
        let partners = index.availableIDs(.seed)
        var lists = RoundLists(rows, rules, partners: partners.count, likeness: index.likeness)
        let picks = Dictionary(grouping: lists.deal(partners: partners) { places[$0] ?? [] }.picks, by: \.need)
        return queries.map { query in
            let hits = (picks[query.id] ?? []).map { pick in
                EngineHit(
                    id: pick.seed, score: pick.score.value,
                    match: RankedMatch(id: pick.seed, score: pick.score, kind: pick.kind))
            }
            return (query.id, hits)
        }
    }
}
