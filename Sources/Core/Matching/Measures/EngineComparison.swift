/// How evenly documents are shown.
package struct Exposure: Sendable, Equatable {
    /// How often each document stands among the first 10, in ascending order.
    package var counts: [Int]

    /// Counts how often each of the documents is among the first 10 of the rankings.
    package init(documents: [String], rankings: [String: [String]]) {
        var shown: [String: Int] = [:]
        for ranking in rankings.values {
            for document in ranking.prefix(10) { shown[document, default: 0] += 1 }
        }
        counts = documents.map { shown[$0] ?? 0 }.sorted()
    }

    /// Mean over all documents.
    package var mean: Double { counts.isEmpty ? 0 : Double(counts.reduce(0, +)) / Double(counts.count) }

    /// The most often shown document's count.
    package var largest: Int { counts.last ?? 0 }

    /// Documents that are never shown.
    package var neverShown: Int { counts.count { $0 == 0 } }

    /// Gini coefficient: 0 when all are shown alike often, near 1 when few have it all.
    package var gini: Double {
        let total = counts.reduce(0, +)
        guard total > 0 else { return 0 }
        let weighted = counts.enumerated().reduce(0.0) { $0 + Double($1.offset + 1) * Double($1.element) }
        let size = Double(counts.count)
        return 2 * weighted / (size * Double(total)) - (size + 1) / size
    }

    /// Share of the documents, least shown first, and the share of all places that they got (the Lorenz curve), from
    /// (0, 0) to (1, 1).
    package var lorenz: [(documents: Double, places: Double)] {
        let total = counts.reduce(0, +)
        guard total > 0 else { return [(0, 0), (1, 1)] }
        var sum = 0
        var points: [(documents: Double, places: Double)] = [(0, 0)]
        for (number, count) in counts.enumerated() {
            sum += count
            points.append((Double(number + 1) / Double(counts.count), Double(sum) / Double(total)))
        }
        return points
    }
}

/// A good document that a ranking did not bring among the first 10.
package struct MissedDocument: Sendable, Equatable {
    /// The document.
    package var document: String
    /// Its grade.
    package var grade: Double
    /// Where the engine ranked it, from 1; nil if not at all.
    package var rank: Int?
    /// Where the baseline ranked it, from 1.
    package var baselineRank: Int?
}

/// One query under two rankings.
package struct QueryComparison: Sendable, Equatable {
    /// What the engine's ranking was worth.
    package var engine: QueryOutcome
    /// What the baseline's ranking was worth.
    package var baseline: QueryOutcome
    /// The engine's first documents, best first, at most 3.
    package var first: [String]
    /// Good documents beyond the engine's first 10, best grade first.
    package var missed: [MissedDocument]

    /// The query.
    package var query: String { engine.query }
}

/// One slice under two rankings.
package struct SliceComparison: Sendable, Equatable {
    /// Which pairs.
    package var slice: EvaluationSlice
    /// Figures of the engine.
    package var engine: EngineFigures
    /// Figures of the baseline.
    package var baseline: EngineFigures
    /// Figures with intervals; a figure that is not defined for the slice is missing.
    package var estimates: [EngineMetric: PairedEstimate]
}

/// The engine beside a baseline, on the same judgements.
package struct EngineComparison: Sendable {
    /// By slice, in the order of `EngineEvaluation.slices`.
    package var slices: [SliceComparison]
    /// By query.
    package var queries: [QueryComparison]
    /// How evenly the engine shows documents.
    package var exposure: Exposure
    /// How evenly the baseline shows documents.
    package var baselineExposure: Exposure
    /// How the intervals were drawn.
    package var bootstrap: Bootstrap

    /// The comparison for one slice.
    package subscript(slice: EvaluationSlice) -> SliceComparison? { slices.first { $0.slice == slice } }
}

extension EngineEvaluation {
    /// Compares two sets of rankings (by query, best first) of the same documents.
    package func compare(
        _ engine: [String: [String]], _ baseline: [String: [String]], documents: [String],
        bootstrap: Bootstrap = Bootstrap()
    ) -> EngineComparison {
        let slices = slices.map { slice in
            let ours = outcomes(engine, slice)
            let theirs = outcomes(baseline, slice)
            var estimates: [EngineMetric: PairedEstimate] = [:]
            for metric in EngineMetric.allCases { estimates[metric] = bootstrap.compare(ours, theirs, metric) }
            return SliceComparison(
                slice: slice, engine: EngineFigures(ours), baseline: EngineFigures(theirs), estimates: estimates)
        }
        let queries = zip(outcomes(engine, .all), outcomes(baseline, .all)).map { ours, theirs in
            QueryComparison(
                engine: ours, baseline: theirs, first: Array((engine[ours.query] ?? []).prefix(3)),
                missed: missed(ours.query, engine[ours.query] ?? [], baseline[ours.query] ?? []))
        }
        let judged = judgements.keys
        return EngineComparison(
            slices: slices, queries: queries,
            exposure: Exposure(documents: documents, rankings: engine.filter { judged.contains($0.key) }),
            baselineExposure: Exposure(documents: documents, rankings: baseline.filter { judged.contains($0.key) }),
            bootstrap: bootstrap)
    }

    private func missed(_ query: String, _ engine: [String], _ baseline: [String]) -> [MissedDocument] {
        let first = Set(engine.prefix(10))
        let good = (judgements[query] ?? [:]).filter { $0.value >= Self.good && !first.contains($0.key) }
        return good.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { document, grade in
            MissedDocument(
                document: document, grade: grade, rank: engine.firstIndex(of: document).map { $0 + 1 },
                baselineRank: baseline.firstIndex(of: document).map { $0 + 1 })
        }
    }
}
