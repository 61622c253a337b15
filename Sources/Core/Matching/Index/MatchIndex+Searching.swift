/// A term to search for.
package struct SearchTerm: Sendable, Equatable {
    /// As the lexicon gives it.
    package var key: String
    /// Whether longer terms that begin so count as well.
    package var isPrefix: Bool

    /// Takes every value.
    package init(key: String, isPrefix: Bool) {
        self.key = key
        self.isPrefix = isPrefix
    }
}

/// Full-text search over the same index.
extension MatchIndex {
    /// Postings that have all terms, whatever their language, best first (BM25), ties by identifier, each as far as the
    /// view reads it. Without terms none.
    package func search(
        _ terms: [SearchTerm], side: MatchSide? = nil, limit: Int, view: MatchView = .everything,
        admits: (String) -> Bool = { _ in true }
    ) -> [(id: String, score: Double)] {
        guard !terms.isEmpty, limit > 0 else { return [] }
        var found: [(id: String, score: Double)] = []
        for language in MatchLanguage.allCases {
            for (slot, score) in search(terms, language, side, view) {
                let record = records[slot]
                if record.isLive, admits(record.id) { found.append((record.id, score)) }
            }
        }
        found.sort { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
        return Array(found.prefix(limit))
    }

    private func search(
        _ terms: [SearchTerm], _ language: MatchLanguage, _ side: MatchSide?, _ view: MatchView
    ) -> [Int: Double] {
        let shard = words[language.number].counted(in: view)
        let documents = shard.documents[language.number]
        guard documents > 0 else { return [:] }
        let mean = max(1, Double(shard.lengths[language.number]) / Double(documents))
        var scores: [Int: Double]?
        for term in terms {
            var having: [Int: Double] = [:]
            for number in shard.numbers(of: term) {
                let rarity = inverseFrequency(shard.frequency(number, language), documents)
                for side in side.map({ [$0] }) ?? MatchSide.allCases {
                    let shelf = shelves[Shelf.place(language, side)]
                    shelf.words.forEach(number) { row, times in
                        let slot = Int(shelf.slots[row])
                        if let scores, scores[slot] == nil { return }
                        guard view.reads(records[slot]) else { return }
                        let times = Double(times)
                        let length = Double(records[slot].words.length) / mean
                        let norm = weights.k1 * (1 - weights.b + weights.b * length)
                        // The best of several words with one beginning, not their sum.
                        having[slot] = max(having[slot] ?? 0, rarity * times * (weights.k1 + 1) / (times + norm))
                    }
                }
            }
            if let earlier = scores {
                for (slot, score) in having { having[slot] = score + (earlier[slot] ?? 0) }
            }
            if having.isEmpty { return [:] }
            scores = having
        }
        return scores ?? [:]
    }
}

extension PostingIndex {
    /// Numbers of the terms that a search term stands for, in the order of their keys.
    func numbers(of term: SearchTerm) -> [Int] {
        guard term.isPrefix else { return find(term.key).map { [$0] } ?? [] }
        let prefix = Array(term.key.utf8)
        let keys = keys
        return keys.indices
            .filter { keys[$0].utf8.starts(with: prefix) }
            .sorted { keys[$0] < keys[$1] }
    }
}
