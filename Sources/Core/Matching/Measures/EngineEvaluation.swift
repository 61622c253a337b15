#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Some of the judged pairs.
package enum EvaluationSlice: Sendable, Hashable {
    /// All of them.
    case all
    /// Those of unlike fields.
    case crossField
    /// Those of two languages.
    case crossLanguage
    /// Those of a query in one language and a document in another or the same.
    case languages(query: MatchLanguage, document: MatchLanguage)

    /// Whether it is one of the three that are reported first.
    package var isMain: Bool {
        switch self {
        case .all, .crossField, .crossLanguage: true
        case .languages: false
        }
    }
}

/// The pure half of `engine evaluate`: what a ranking is worth against judgements.
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

    /// Least grade of a good document.
    package static let good = 2.0
    /// The highest grade.
    package static let best = 3.0

    /// Whether a pair belongs to a slice.
    package func holds(_ slice: EvaluationSlice, _ query: String, _ document: String) -> Bool {
        switch slice {
        case .all: true
        case .crossField: geometry.distance(fields[query] ?? [], fields[document] ?? []) == 1
        case .crossLanguage: languages[query] != languages[document]
        case .languages(let one, let other): languages[query] == one && languages[document] == other
        }
    }

    /// The slices worth reporting: all, across fields, across languages, and every pair of languages that has good
    /// pairs.
    package var slices: [EvaluationSlice] {
        var pairs: Set<EvaluationSlice> = []
        for (query, grades) in judgements {
            for (document, grade) in grades where grade >= Self.good {
                guard let one = languages[query], let other = languages[document] else { continue }
                pairs.insert(.languages(query: one, document: other))
            }
        }
        let every = MatchLanguage.allCases.flatMap { one in
            MatchLanguage.allCases.map { EvaluationSlice.languages(query: one, document: $0) }
        }
        return [.all, .crossField, .crossLanguage] + every.filter(pairs.contains)
    }

    /// Figures of rankings (documents by query, best first) for a slice.
    package func figures(_ rankings: [String: [String]], _ slice: EvaluationSlice = .all) -> EngineFigures {
        EngineFigures(outcomes(rankings, slice))
    }

    /// What the rankings are worth for each query of a slice, by query. For a slice, the good pairs outside it are
    /// taken out of both the judgements and the rankings, and queries without a good pair in it are left out.
    package func outcomes(_ rankings: [String: [String]], _ slice: EvaluationSlice) -> [QueryOutcome] {
        judgements.sorted { $0.key < $1.key }.compactMap { query, grades in
            let solutions = grades.filter { $0.value >= Self.good && holds(slice, query, $0.key) }
            if slice != .all && solutions.isEmpty { return nil }
            let ranking = (rankings[query] ?? []).filter { (grades[$0] ?? 0) < Self.good || solutions[$0] != nil }
            return Self.outcome(query, ranking, solutions)
        }
    }

    private static func outcome(_ query: String, _ ranking: [String], _ solutions: [String: Double]) -> QueryOutcome {
        var outcome = QueryOutcome(query: query)
        let gains = ranking.prefix(10).map { solutions[$0] ?? 0 }
        let ideal = discounted(solutions.values.sorted(by: >).prefix(10))
        if ideal > 0 { outcome.ndcg10 = discounted(gains[...]) / ideal }
        let first = ranking.prefix(5)
        if !solutions.isEmpty {
            let found = first.filter { solutions[$0] != nil }.count
            outcome.recall5 = Double(found) / Double(min(5, solutions.count))
        }
        if let rank = gains.firstIndex(where: { $0 > 0 }) { outcome.reciprocalRank = 1 / Double(rank + 1) }
        outcome.best = solutions.values.filter { $0 >= best }.count
        outcome.bestFound = first.filter { (solutions[$0] ?? 0) >= best }.count
        return outcome
    }

    private static func discounted(_ gains: ArraySlice<Double>) -> Double {
        gains.enumerated().reduce(0) { $0 + (exp2($1.element) - 1) / log2(Double($1.offset) + 2) }
    }
}
