/// A figure by which a ranking is judged.
package enum EngineMetric: String, Sendable, Hashable, CaseIterable {
    /// nDCG at 10 with gains 2^g - 1.
    case ndcg10
    /// Share of the good documents (at most 5 of them) among the first 5.
    case recall5
    /// 1/rank of the first good document within the first 10.
    case mrr
    /// Share of all pairs of the highest grade whose document stands among the first 5.
    case best5
}

/// What one ranking was worth for one query.
package struct QueryOutcome: Sendable, Equatable {
    /// The query.
    package var query: String
    /// 0...1.
    package var ndcg10 = 0.0
    /// 0...1.
    package var recall5 = 0.0
    /// 0...1.
    package var reciprocalRank = 0.0
    /// Documents of the highest grade among the first 5.
    package var bestFound = 0
    /// Documents of the highest grade.
    package var best = 0

    /// Nothing found yet.
    package init(query: String) {
        self.query = query
    }

    /// What the query adds to numerator and denominator of a figure.
    func share(of metric: EngineMetric) -> (gained: Double, possible: Double) {
        switch metric {
        case .ndcg10: (ndcg10, 1)
        case .recall5: (recall5, 1)
        case .mrr: (reciprocalRank, 1)
        case .best5: (Double(bestFound), Double(best))
        }
    }
}

/// Figures of a ranking against judgements.
package struct EngineFigures: Sendable, Equatable {
    /// Judged queries (an unanswered one counts with 0).
    package var queries: Int
    /// Mean of nDCG at 10.
    package var ndcg10: Double
    /// Mean of recall at 5.
    package var recall5: Double
    /// Mean of reciprocal ranks.
    package var mrr: Double
    /// Share of all pairs of the highest grade that were found among the first 5; nil where there are none.
    package var best5: Double?

    /// Takes every value.
    package init(queries: Int, ndcg10: Double, recall5: Double, mrr: Double, best5: Double?) {
        self.queries = queries
        self.ndcg10 = ndcg10
        self.recall5 = recall5
        self.mrr = mrr
        self.best5 = best5
    }

    /// The figures of these queries, all 0 if there are none.
    package init(_ outcomes: [QueryOutcome]) {
        func mean(_ metric: EngineMetric) -> Double? {
            let shares = outcomes.map { $0.share(of: metric) }
            let possible = shares.reduce(0) { $0 + $1.possible }
            return possible > 0 ? shares.reduce(0) { $0 + $1.gained } / possible : nil
        }
        self.init(
            queries: outcomes.count, ndcg10: mean(.ndcg10) ?? 0, recall5: mean(.recall5) ?? 0, mrr: mean(.mrr) ?? 0,
            best5: mean(.best5))
    }

    /// One of them.
    package subscript(metric: EngineMetric) -> Double? {
        switch metric {
        case .ndcg10: ndcg10
        case .recall5: recall5
        case .mrr: mrr
        case .best5: best5
        }
    }
}
