import Charts
import Matching
import WebCommon

/// The figures of `engine evaluate` for terminals and programs.
enum EvaluationTable {
    /// Figures with their intervals, a row for each ranking and one for the difference.
    static func text(_ comparison: EngineComparison) -> String {
        var table = TextTable([
            "pairs", "queries", "ranking", "nDCG@10", "", "recall@5", "", "recall@5 grade 3", "", "MRR", "",
        ])
        for slice in comparison.slices {
            let queries = "\(slice.engine.queries)"
            table.add([name(slice.slice), queries, "engine"] + cells(slice, \.engine))
            table.add([name(slice.slice), queries, "BM25"] + cells(slice, \.baseline))
            guard slice.slice.isMain else { continue }
            table.add([name(slice.slice), queries, "difference"] + cells(slice, \.difference))
            table.add(
                [name(slice.slice), queries, "P(engine better)"]
                    + metrics.flatMap { [slice.estimates[$0].map { chartNumber($0.better, digits: 3) } ?? "–", ""] })
        }
        let ours = comparison.exposure
        let theirs = comparison.baselineExposure
        return table.text + "\n\nShown among the first 10: largest \(ours.largest) (BM25 \(theirs.largest)), mean "
            + "\(chartNumber(ours.mean, digits: 1)), never \(ours.neverShown) of \(ours.counts.count) "
            + "(BM25 \(theirs.neverShown)), Gini \(chartNumber(ours.gini)) (BM25 \(chartNumber(theirs.gini)))."
    }

    /// In the order of the columns.
    static let metrics: [EngineMetric] = [.ndcg10, .recall5, .best5, .mrr]

    private static func cells(_ slice: SliceComparison, _ path: KeyPath<PairedEstimate, Estimate>) -> [String] {
        metrics.flatMap { metric in
            slice.estimates[metric].map { estimate in
                let one = estimate[keyPath: path]
                return [
                    chartNumber(one.value, digits: 3), "[\(chartNumber(one.low)), \(chartNumber(one.high))]",
                ]
            } ?? ["–", ""]
        }
    }

    private static func name(_ slice: EvaluationSlice) -> String {
        switch slice {
        case .all: "all"
        case .crossField: "across fields"
        case .crossLanguage: "across languages"
        case .languages(let query, let document): "\(query)-\(document)"
        }
    }

    private static func key(_ slice: EvaluationSlice) -> String {
        switch slice {
        case .all: "all"
        case .crossField: "cross_field"
        case .crossLanguage: "cross_language"
        case .languages(let query, let document): "\(query)-\(document)"
        }
    }

    private static func key(_ metric: EngineMetric) -> String { metric == .best5 ? "recall5_grade3" : metric.rawValue }

    /// Everything: figures, intervals, differences, exposure and every query.
    static func json(_ comparison: EngineComparison, _ collection: JudgedCollection) -> JSON {
        .members([
            "engine": side(comparison, \.engine, \.engine), "bm25": side(comparison, \.baseline, \.baseline),
            "difference": differences(comparison),
            "exposure": .members([
                "engine": exposure(comparison.exposure), "bm25": exposure(comparison.baselineExposure),
            ]),
            "queries": .array(comparison.queries.map { query($0, collection) }),
            "bootstrap": .members([
                "resamples": .integer(comparison.bootstrap.resamples),
                "seed": .string("\(comparison.bootstrap.seed)"), "confidence": .number(0.95),
            ]),
        ])
    }

    /// A ranking's figures: the three main slices by name, pairs of languages below `languages`.
    private static func side(
        _ comparison: EngineComparison, _ figures: KeyPath<SliceComparison, EngineFigures>,
        _ estimate: KeyPath<PairedEstimate, Estimate>
    ) -> JSON {
        nested(comparison) { slice in
            var members: [(String, JSON)] = [("queries", .integer(slice[keyPath: figures].queries))]
            var intervals: [(String, JSON)] = []
            for metric in metrics {
                members.append((key(metric), number(slice[keyPath: figures][metric])))
                guard let one = slice.estimates[metric]?[keyPath: estimate] else { continue }
                intervals.append((key(metric), .array([number(one.low), number(one.high)])))
            }
            return .object(JSONObject(members + [("intervals", .object(JSONObject(intervals)))]))
        }
    }

    private static func differences(_ comparison: EngineComparison) -> JSON {
        nested(comparison) { slice in
            .object(
                JSONObject(
                    metrics.compactMap { metric in
                        slice.estimates[metric].map { estimate in
                            (
                                key(metric),
                                .members([
                                    "value": number(estimate.difference.value), "low": number(estimate.difference.low),
                                    "high": number(estimate.difference.high), "p_better": number(estimate.better),
                                ])
                            )
                        }
                    }))
        }
    }

    private static func nested(_ comparison: EngineComparison, _ value: (SliceComparison) -> JSON) -> JSON {
        let main = comparison.slices.filter { $0.slice.isMain }.map { (key($0.slice), value($0)) }
        let pairs = comparison.slices.filter { !$0.slice.isMain }.map { (key($0.slice), value($0)) }
        return .object(JSONObject(main + [("languages", .object(JSONObject(pairs)))]))
    }

    private static func exposure(_ exposure: Exposure) -> JSON {
        .members([
            "documents": .integer(exposure.counts.count), "mean": number(exposure.mean),
            "largest": .integer(exposure.largest), "never_shown": .integer(exposure.neverShown),
            "gini": number(exposure.gini),
        ])
    }

    private static func query(_ query: QueryComparison, _ collection: JudgedCollection) -> JSON {
        .members([
            "id": .string(query.query),
            "lang": .optional(collection.postings[query.query]?.document.text.language.rawValue),
            "engine": outcome(query.engine), "bm25": outcome(query.baseline),
            "first": .array(query.first.map(JSON.string)),
            "missed": .array(
                query.missed.map {
                    .members([
                        "id": .string($0.document), "grade": number($0.grade), "rank": .optional($0.rank),
                        "bm25_rank": .optional($0.baselineRank),
                    ])
                }),
        ])
    }

    private static func outcome(_ outcome: QueryOutcome) -> JSON {
        .members([
            "ndcg10": number(outcome.ndcg10), "recall5": number(outcome.recall5),
            "rr": number(outcome.reciprocalRank), "grade3": .integer(outcome.best),
            "grade3_in_5": .integer(outcome.bestFound),
        ])
    }

    private static func number(_ value: Double?) -> JSON {
        value.map { .number(EngineMeter.rounded($0)) } ?? .null
    }
}
