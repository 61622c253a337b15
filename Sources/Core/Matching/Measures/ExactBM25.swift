/// Plain exact BM25 over the engine's terms, all languages in one index: the baseline that the ranking has to beat.
package struct ExactBM25: Sendable {
    private var index = PostingIndex()
    private var ids: [String] = []
    private var lengths: [Int32] = []
    private let k1: Double
    private let b: Double

    /// An empty index with these parameters of the formula.
    package init(k1: Double = 1.2, b: Double = 0.75) {
        self.k1 = k1
        self.b = b
    }

    /// Adds a document; identifiers are expected to differ.
    package mutating func add(id: String, terms: [String]) {
        let row = index.add(terms, slot: ids.count, side: .seed, language: .en)
        ids.append(id)
        lengths.append(row.length)
    }

    /// The best documents for the OR of the distinct terms, best first, ties by identifier; with a pool all of the
    /// pool.
    package func rank(_ terms: [String], limit: Int, pool: Set<String>? = nil) -> [(id: String, score: Double)] {
        var scores = [Double](repeating: 0, count: ids.count)
        let documents = Double(index.documents[MatchLanguage.en.number])
        let mean = Double(index.lengths[MatchLanguage.en.number]) / max(documents, 1)
        for (term, _) in index.resolve(terms).known {
            let rarity = inverseFrequency(index.frequency(term, .en), Int(documents))
            for entry in index.lists[2 * term + 1] {
                let slot = Int(entry >> 8)
                let times = Double(entry & 0xFF)
                let norm = k1 * (1 - b + b * Double(lengths[slot]) / max(mean, 1))
                scores[slot] += rarity * times * (k1 + 1) / (times + norm)
            }
        }
        var order = ids.indices.filter { slot in pool.map { $0.contains(ids[slot]) } ?? (scores[slot] > 0) }
        order.sort { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : ids[$0] < ids[$1] }
        return order.prefix(limit).map { (ids[$0], scores[$0]) }
    }
}
