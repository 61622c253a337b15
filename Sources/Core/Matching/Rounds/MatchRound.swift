extension MatchIndex {
    /// The candidates of one posting, ordered by the estimate; none if it is not in the index.
    package func row(
        of id: String, _ rules: RoundRules, filter: MatchFilter = MatchFilter(),
        rank: (RankedMatch) -> Double = { $0.score.value }
    ) -> RoundRow {
        let found = matches(of: id, limit: max(rules.candidates, rules.perPosting), filter: filter)
        return RoundRow(
            id: id,
            candidates: found.map { RoundCandidate(id: $0.id, score: $0.score, kind: $0.kind, rank: rank($0)) })
    }

    /// Where a partner fits best among postings of the round's side: rows with the partner as their one candidate.
    package func reverse(
        of partner: String, limit: Int, filter: MatchFilter = MatchFilter(),
        rank: (_ row: String, RankedMatch) -> Double = { $1.score.value }
    ) -> [RoundRow] {
        matches(of: partner, limit: limit, filter: filter).map { found in
            let turned = RankedMatch(id: partner, score: found.score, kind: found.kind)
            let candidate = RoundCandidate(
                id: partner, score: found.score, kind: found.kind, rank: rank(found.id, turned))
            return RoundRow(id: found.id, candidates: [candidate])
        }
    }

    /// Identifiers of the postings of one side that may be suggested, sorted.
    package func availableIDs(_ side: MatchSide) -> [String] {
        records.lazy.filter { $0.isLive && $0.isAvailable && $0.side == side && $0.reach != .outsiders }
            .map(\.id).sorted()
    }

    /// How alike two postings of the index are, 0...1; 0 if one is not there or they have nothing in common.
    package func likeness(_ one: String, _ other: String) -> Double {
        guard let first = slots[one], let second = slots[other] else { return 0 }
        var query = QueryVectors(records[first], in: self)
        return min(max(query.compare(records[second]).joint, 0), 1)
    }

    /// How many partners of one posting the guarantee looks at.
    package static let reverseBreadth = 20

    /// Finds matches for every available posting of one side. `filter` says for each what may not be shown to it;
    /// `progress` hears how many postings are read out of how many, and stops the round by answering false.
    package func round(
        _ rules: RoundRules = RoundRules(), filter: (String) -> MatchFilter = { _ in MatchFilter() },
        progress: (_ done: Int, _ of: Int) -> Bool = { _, _ in true }
    ) -> RoundResult {
        let ids = availableIDs(rules.side)
        var rows: [RoundRow] = []
        var wasStopped = false
        for (done, id) in ids.enumerated() {
            rows.append(row(of: id, rules, filter: filter(id)))
            if !progress(done + 1, ids.count) {
                wasStopped = done + 1 < ids.count
                break
            }
        }
        let partners = availableIDs(rules.side.partner)
        var lists = RoundLists(rows, rules, partners: partners.count, likeness: likeness)
        var result = lists.deal(partners: partners) { partner in
            reverse(of: partner, limit: Self.reverseBreadth, filter: filter(partner))
        }
        result.wasStopped = wasStopped
        return result
    }
}
