#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Figures of a ranking against judgements.
package struct EngineFigures: Sendable, Equatable, Codable {
    /// Judged queries (an unanswered one counts with 0).
    package var queries: Int
    /// Mean of nDCG at 10 with gains 2^g - 1.
    package var ndcg10: Double
    /// Mean share of the good documents (at most 5 of them) among the first 5.
    package var recall5: Double
    /// Mean of 1/rank of the first good document within the first 10.
    package var mrr: Double

    /// Takes every value.
    package init(queries: Int, ndcg10: Double, recall5: Double, mrr: Double) {
        self.queries = queries
        self.ndcg10 = ndcg10
        self.recall5 = recall5
        self.mrr = mrr
    }
}

/// The pure half of `engine evaluate`.
package struct EngineEvaluation: Sendable {
    /// Grades by query and document: 3 and 2 are solutions, 1 a look-alike that gains nothing, 0 nothing.
    package var judgements: [String: [String: Double]]
    /// Language of each posting.
    package var languages: [String: MatchLanguage]
    /// Fields of each posting.
    package var fields: [String: [String]]
    /// Distances between fields.
    package var geometry: FieldGeometry

    /// Takes every value.
    package init(
        judgements: [String: [String: Double]], languages: [String: MatchLanguage] = [:],
        fields: [String: [String]] = [:], geometry: FieldGeometry = .flat
    ) {
        self.judgements = judgements
        self.languages = languages
        self.fields = fields
        self.geometry = geometry
    }

    /// All pairs, and those across fields and across languages alone.
    package struct Report: Sendable, Equatable, Codable {
        /// All good pairs.
        package var all: EngineFigures
        /// Good pairs of unlike fields.
        package var crossField: EngineFigures
        /// Good pairs of two languages.
        package var crossLanguage: EngineFigures
    }

    /// Figures of rankings (documents by query, best first). For the pairs across fields or languages, the other good
    /// pairs are taken out of both the judgements and the rankings.
    package func report(_ rankings: [String: [String]]) -> Report {
        Report(
            all: figures(rankings) { _, _ in true },
            crossField: figures(rankings) { geometry.distance(fields[$0] ?? [], fields[$1] ?? []) == 1 },
            crossLanguage: figures(rankings) { languages[$0] != languages[$1] })
    }

    /// Least grade of a good document.
    private static let good = 2.0

    private func figures(
        _ rankings: [String: [String]], counting counts: (String, String) -> Bool
    ) -> EngineFigures {
        var figures = EngineFigures(queries: 0, ndcg10: 0, recall5: 0, mrr: 0)
        for (query, grades) in judgements.sorted(by: { $0.key < $1.key }) {
            let solutions = grades.filter { $0.value >= Self.good && counts(query, $0.key) }
            if solutions.isEmpty && grades.contains(where: { $0.value >= Self.good }) { continue }
            let ranking = (rankings[query] ?? []).filter { (grades[$0] ?? 0) < Self.good || solutions[$0] != nil }
            let gains = ranking.prefix(10).map { solutions[$0] ?? 0 }
            let ideal = Self.discounted(solutions.values.sorted(by: >).prefix(10))
            figures.queries += 1
            if ideal > 0 { figures.ndcg10 += Self.discounted(gains[...]) / ideal }
            if !solutions.isEmpty {
                let found = ranking.prefix(5).filter { solutions[$0] != nil }.count
                figures.recall5 += Double(found) / Double(min(5, solutions.count))
            }
            if let first = gains.firstIndex(where: { $0 > 0 }) { figures.mrr += 1 / Double(first + 1) }
        }
        let queries = Double(max(1, figures.queries))
        figures.ndcg10 /= queries
        figures.recall5 /= queries
        figures.mrr /= queries
        return figures
    }

    private static func discounted(_ gains: ArraySlice<Double>) -> Double {
        gains.enumerated().reduce(0) { $0 + (exp2($1.element) - 1) / log2(Double($1.offset) + 2) }
    }
}
