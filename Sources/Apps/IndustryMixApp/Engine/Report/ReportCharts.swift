import Charts
import Matching

/// The plots of the evaluation page.
struct ReportCharts {
    let comparison: EngineComparison
    let texts: ReportTexts

    private var main: [SliceComparison] {
        [EvaluationSlice.all, .crossField, .crossLanguage].compactMap { comparison[$0] }
    }

    /// One figure for the three kinds of pairs, engine beside BM25.
    func bars(_ metric: EngineMetric) -> String {
        func series(_ name: String, _ path: KeyPath<PairedEstimate, Estimate>) -> BarChart.Series {
            BarChart.Series(
                name,
                main.map { slice in
                    slice.estimates[metric].map { estimate in
                        let one = estimate[keyPath: path]
                        return BarChart.Bar(one.value, interval: min(one.low, one.high)...max(one.low, one.high))
                    }
                })
        }
        let name = texts.name(metric)
        return BarChart(
            ChartCaption(id: "bars-\(metric.rawValue)", title: name, summary: texts.barSummary(name)),
            groups: main.map { texts.slice($0.slice) },
            series: [series(texts.engine, \.engine), series("BM25", \.baseline)], showing: [0, 0.5]
        ).svg()
    }

    /// How many needs the engine ranks better, worse, alike.
    var balance: (better: Int, worse: Int, equal: Int) {
        let pairs = comparison.queries.map { ($0.engine.ndcg10, $0.baseline.ndcg10) }
        return (pairs.count { $0.0 > $0.1 }, pairs.count { $0.0 < $0.1 }, pairs.count { $0.0 == $0.1 })
    }

    /// A dot for each need.
    var scatter: String {
        let balance = balance
        return ScatterPlot(
            ChartCaption(
                id: "scatter", title: texts.scatterTitle,
                summary: texts.scatterSummary(better: balance.better, worse: balance.worse, equal: balance.equal)),
            points: comparison.queries.map {
                ScatterPlot.Point($0.query, x: $0.baseline.ndcg10, y: $0.engine.ndcg10)
            }, acrossName: "BM25 nDCG@10", upName: "\(texts.engine) nDCG@10"
        ).svg()
    }

    /// nDCG by pair of languages.
    var heat: String {
        let needs = MatchLanguage.allCases.filter { one in
            MatchLanguage.allCases.contains { comparison[.languages(query: one, document: $0)] != nil }
        }
        let seeds = MatchLanguage.allCases.filter { other in
            MatchLanguage.allCases.contains { comparison[.languages(query: $0, document: other)] != nil }
        }
        let cells = needs.map { one in
            seeds.map { other in
                comparison[.languages(query: one, document: other)].map { slice in
                    HeatTable.Cell(
                        slice.engine.ndcg10, text: chartNumber(slice.engine.ndcg10),
                        note: "\(chartNumber(slice.baseline.ndcg10)) · n=\(slice.engine.queries)")
                }
            }
        }
        return HeatTable(
            ChartCaption(id: "heat", title: texts.heatTitle, summary: texts.heatSummary),
            rows: needs.map(texts.name), columns: seeds.map(texts.name), cells: cells, rowName: texts.need,
            columnName: texts.seed
        ).svg()
    }

    /// Lorenz curves of how often seeds are shown.
    var lorenz: String {
        LineChart(
            ChartCaption(
                id: "lorenz", title: texts.exposureTitle,
                summary: exposure(texts.engine, comparison.exposure) + " "
                    + exposure("BM25", comparison.baselineExposure)),
            series: [
                LineChart.Series(texts.engine, comparison.exposure.lorenz.map { ($0.documents, $0.places) }),
                LineChart.Series("BM25", comparison.baselineExposure.lorenz.map { ($0.documents, $0.places) }),
            ], acrossName: texts.lorenzAcross, upName: texts.lorenzUp, hasDiagonal: true
        ).svg()
    }

    /// The same in figures.
    func exposure(_ name: String, _ exposure: Exposure) -> String {
        texts.exposureSummary(
            name, gini: chartNumber(exposure.gini), largest: exposure.largest,
            mean: chartNumber(exposure.mean, digits: 1), never: exposure.neverShown, of: exposure.counts.count)
    }
}
