/// Which postings are worth scoring exactly.
extension MatchIndex {
    /// Slots worth scoring, rising: the best by words within the language, and the best by bridges of each language
    /// on its own, for scores across pairs of languages do not compare. Both are exact: what the lists skip could not
    /// have been among them.
    func candidates(_ query: QueryVectors, _ gate: Gate, side: MatchSide, breadth: Int) -> [Int] {
        if let pool = gate.pool { return pool.filter { gate.admits($0, self) } }
        var found = byWords(query, gate, side, breadth)
        for language in MatchLanguage.allCases { found += byBridges(query, gate, language, side, breadth) }
        return Set(found).sorted()
    }

    private func byWords(_ query: QueryVectors, _ gate: Gate, _ side: MatchSide, _ breadth: Int) -> [Int] {
        let (language, shard) = (query.language, words[query.language.number].counted(in: gate.view))
        let documents = shard.documents[language.number]
        guard documents > 0 else { return [] }
        let terms = WeightedTerms(
            query.wordTerms.map { ($0.term, inverseFrequency(shard.frequency($0.term, language), documents)) },
            precedes: shard.precedes)
        let shelf = shelves[Shelf.place(language, side)]
        return shelf.words
            .top(
                breadth, terms, scoring: wordScoring(language), gate: ShelfGate(gate: gate, index: self, shelf: shelf)
            )
            .map { Int(shelf.slots[$0.row]) }
    }

    private func byBridges(
        _ query: QueryVectors, _ gate: Gate, _ language: MatchLanguage, _ side: MatchSide, _ breadth: Int
    ) -> [Int] {
        let weights = query.bridges[language.number]
        let terms = WeightedTerms(
            query.bridgeTerms.map { ($0.term, weights[$0.term]) }, precedes: bridges.precedes)
        let shelf = shelves[Shelf.place(language, side)]
        return shelf.bridges
            .top(
                breadth, terms, scoring: Shelf.bridgeScoring, gate: ShelfGate(gate: gate, index: self, shelf: shelf)
            )
            .map { Int(shelf.slots[$0.row]) }
    }
}
