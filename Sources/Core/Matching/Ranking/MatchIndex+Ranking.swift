/// Ranking: candidates by traversal of the lists, then exact scores for those candidates.
extension MatchIndex {
    /// How many candidates of each kind are scored exactly for a list of `limit`.
    static func breadth(for limit: Int) -> Int { max(200, 4 * limit) }

    /// How many of each language are scored because their vectors are near.
    static func meaningBreadth(for limit: Int) -> Int { max(64, limit) }

    /// The best partners of a posting, which need not be in the index (a draft), best first; ties by identifier.
    ///
    /// Never its own, its organization's or unavailable postings, nor what the filter excludes. With a pool, every
    /// posting of the pool is answered (those without evidence last, with score 0); without, only postings with
    /// evidence.
    package func matches(
        for document: MatchDocument, limit: Int, filter: MatchFilter = MatchFilter()
    ) -> [RankedMatch] {
        let asker = Asker(
            id: document.id, side: document.side, fields: document.fields, owner: document.owner,
            language: document.text.language)
        let meaning = MeaningQuery(
            document.vectors, document.side, document.text.language, document.facets.isPurposeStated, in: self)
        return matches(QueryVectors(document.text, in: self, for: filter.view), meaning, asker, limit, filter)
    }

    /// The best partners of a posting of the index, as `matches(for:)` would find them; none if it is not there.
    package func matches(of id: String, limit: Int, filter: MatchFilter = MatchFilter()) -> [RankedMatch] {
        guard let slot = slots[id] else { return [] }
        let record = records[slot]
        let asker = Asker(
            id: id, side: record.side, fields: record.fields, owner: record.owner, language: record.language)
        let meaning = MeaningQuery(slot: slot, in: self)
        return matches(QueryVectors(record, in: self, for: filter.view), meaning, asker, limit, filter)
    }

    private func matches(
        _ query: QueryVectors, _ meaning: MeaningQuery?, _ asker: Asker, _ limit: Int, _ filter: MatchFilter
    ) -> [RankedMatch] {
        var query = query
        let gate = Gate(asker, filter, index: self)
        var slots = Set(candidates(query, gate, side: asker.side.partner, breadth: Self.breadth(for: limit)))
        if let meaning, gate.pool == nil {
            let near = meaning.nearest(
                Self.meaningBreadth(for: limit),
                admits: { seen($0, in: gate.view).map { gate.admits($0, self) } ?? false },
                precedes: { records[$0].id < records[$1].id })
            slots.formUnion(near.compactMap { seen($0, in: gate.view) })
        }
        var found: [Int: Evidence] = [:]
        for slot in slots {
            var evidence = query.compare(records[slot])
            evidence.meaning = meaning?.compare(vectorSlot(slot), records[slot])
            found[slot] = evidence
        }
        var ranked = scored(found, for: asker)
        if let pool = filter.pool { ranked += rest(of: pool, beyond: ranked, gate, asker) }
        return Array(ranked.prefix(limit))
    }

    /// Score of one posting against another, whatever any filter says. `other` is taken from the index if it is
    /// there; if not, a copy of the index reads it first, which takes as long as copying. Alike from both sides where
    /// both are in the index.
    package func score(_ one: MatchDocument, _ other: MatchDocument) -> MatchScore {
        var index = self
        if index.slots[other.id] == nil { index.add(other) }
        guard let slot = index.slots[other.id] else { preconditionFailure("a posting just added is in the index") }
        var query = QueryVectors(one.text, in: index)
        let record = index.records[slot]
        var evidence = query.compare(record)
        let meaning =
            index.slots[one.id].flatMap { MeaningQuery(slot: $0, in: index) }
            ?? MeaningQuery(one.vectors, one.side, one.text.language, one.facets.isPurposeStated, in: index)
        evidence.meaning = meaning?.compare(slot, record)
        return index.score(evidence, one.text.language, record, fields: one.fields, floor: 0)
    }

    private func rest(
        of pool: Set<String>, beyond ranked: [RankedMatch], _ gate: Gate, _ asker: Asker
    ) -> [RankedMatch] {
        let known = Set(ranked.map(\.id))
        return pool.subtracting(known).sorted().compactMap { id in
            guard let slot = slot(of: id, in: gate.view), gate.admits(slot, self) else { return nil }
            let distance = geometry.distance(asker.fields, records[slot].fields)
            let score = MatchScore(
                lexical: 0, concept: 0, relevance: 0, fieldBonus: 0, fieldDistance: distance, half: weights.half)
            return RankedMatch(id: id, score: score, kind: kind(distance))
        }
    }
}
