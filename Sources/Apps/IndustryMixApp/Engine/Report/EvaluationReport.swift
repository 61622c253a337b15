import Charts
import Exchange
import Matching
import WebCommon

/// The evaluation as one page that loads nothing and needs no script. All texts of the collection are escaped.
struct EvaluationReport {
    let comparison: EngineComparison
    let collection: JudgedCollection
    let taxonomy: FieldTaxonomy
    let language: Language
    private let texts: ReportTexts
    private let charts: ReportCharts

    /// How many needs are shown with their texts at either end.
    private static let shownNeeds = 8

    init(comparison: EngineComparison, collection: JudgedCollection, taxonomy: FieldTaxonomy, language: Language) {
        self.comparison = comparison
        self.collection = collection
        self.taxonomy = taxonomy
        self.language = language
        texts = ReportTexts(language)
        charts = ReportCharts(comparison: comparison, texts: texts)
    }

    /// The whole page; the same comparison gives the same page.
    var html: String {
        """
        <!doctype html>
        <html lang="\(language.rawValue)"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(texts.title.htmlEscaped)</title>
        <style>\(ChartStyle.css)
        \(Self.style)</style></head>
        <body><main><h1>\(texts.title.htmlEscaped)</h1>
        \(lead)
        <section><h2>\(texts.figures.htmlEscaped)</h2>\(figures(comparison.slices.filter(\.slice.isMain)))
        <details><summary>\(texts.byLanguages.htmlEscaped)</summary>
        \(figures(comparison.slices.filter { !$0.slice.isMain }))</details>
        <div class="plots">\(EvaluationTable.metrics.map { figure(charts.bars($0), texts.name($0)) }.joined())</div>
        </section>
        <section class="plots">
        \(figure(charts.scatter, texts.scatterTitle, scatterNote))
        \(figure(charts.lorenz, texts.exposureTitle, exposureNote))
        \(figure(charts.heat, texts.heatTitle, texts.heatSummary))
        </section>
        <section><h2>\(texts.worst.htmlEscaped)</h2>\(worst.map(card).joined())</section>
        <section><h2>\(texts.best.htmlEscaped)</h2>\(best.map(card).joined())</section>
        <section><h2>\(texts.allQueries.htmlEscaped)</h2>\(everyQuery)</section>
        <section><h2>\(texts.methodTitle.htmlEscaped)</h2><p>\(method.htmlEscaped)</p></section>
        </main></body></html>

        """
    }

    private var lead: String {
        let judged = collection.judgements.values.reduce(0) { $0 + $1.count }
        var sentences = [
            texts.lead(needs: comparison.queries.count, seeds: collection.seeds.count, judged: judged)
        ]
        if let all = comparison[.all]?.estimates[.ndcg10] {
            let sign = all.difference.value > 0 ? "+" : ""
            sentences.append(
                texts.verdict(
                    sign + chartNumber(all.difference.value, digits: 3), interval(all.difference),
                    chartNumber(min(99.9, all.better * 100), digits: 1)))
        }
        return sentences.map { "<p>\($0.htmlEscaped)</p>" }.joined()
    }

    private var scatterNote: String {
        let balance = charts.balance
        return texts.scatterSummary(better: balance.better, worse: balance.worse, equal: balance.equal)
    }

    private var exposureNote: String {
        charts.exposure(texts.engine, comparison.exposure) + " "
            + charts.exposure("BM25", comparison.baselineExposure)
    }

    private var method: String {
        texts.method(resamples: comparison.bootstrap.resamples, seed: comparison.bootstrap.seed)
    }

    private func figure(_ svg: String, _ title: String, _ note: String = "") -> String {
        let words = note.isEmpty ? "" : "<p>\(note.htmlEscaped)</p>"
        return "<figure><figcaption><h3>\(title.htmlEscaped)</h3>\(words)</figcaption>"
            + "<div class=\"wide\">\(svg)</div></figure>\n"
    }

    /// Resamples never prove certainty.
    private func percent(_ share: Double) -> String {
        share > 0.999 ? "> 99.9" : share < 0.001 ? "< 0.1" : chartNumber(share * 100, digits: 1)
    }

    private func interval(_ estimate: Estimate) -> String {
        "[\(chartNumber(estimate.low)), \(chartNumber(estimate.high))]"
    }

    // MARK: Tables

    private func figures(_ slices: [SliceComparison]) -> String {
        let head = [texts.pairs, texts.queries, ""] + EvaluationTable.metrics.map(texts.name)
        let rows = slices.map { slice -> String in
            let name = texts.slice(slice.slice).htmlEscaped
            let kinds: [(String, (PairedEstimate) -> String)] = [
                (texts.engine, { cell($0.engine) }), ("BM25", { cell($0.baseline) }),
                (texts.difference, { cell($0.difference) }),
                (texts.better, { "<b>\(percent($0.better).htmlEscaped)%</b>" }),
            ]
            return "<tbody>"
                + kinds.enumerated().map { number, kind in
                    let cells = EvaluationTable.metrics.map { metric in
                        "<td>\(slice.estimates[metric].map(kind.1) ?? "–")</td>"
                    }
                    let first =
                        number == 0
                        ? "<th scope=\"rowgroup\" rowspan=\"4\">\(name)</th><td rowspan=\"4\">\(slice.engine.queries)</td>"
                        : ""
                    return "<tr>\(first)<th scope=\"row\">\(kind.0.htmlEscaped)</th>\(cells.joined())</tr>"
                }.joined() + "</tbody>"
        }
        return table(head, rows.joined())
    }

    private func cell(_ estimate: Estimate) -> String {
        "<b>\(chartNumber(estimate.value, digits: 3))</b> <small>\(interval(estimate))</small>"
    }

    private func table(_ head: [String], _ body: String) -> String {
        let cells = head.map { $0.isEmpty ? "<td></td>" : "<th scope=\"col\">\($0.htmlEscaped)</th>" }
        return
            "<div class=\"wide\" tabindex=\"0\"><table><thead><tr>\(cells.joined())</tr></thead>\(body)</table></div>"
    }

    private var everyQuery: String {
        let rows = comparison.queries.map { query -> String in
            let difference = query.engine.ndcg10 - query.baseline.ndcg10
            let cells = [
                query.query.htmlEscaped, title(query.query), chartNumber(query.engine.ndcg10),
                chartNumber(query.baseline.ndcg10), chartNumber(difference), chartNumber(query.engine.recall5),
                chartNumber(query.engine.reciprocalRank),
            ]
            return "<tr>" + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return table(
            [
                "id", texts.need, "nDCG@10 \(texts.engine)", "nDCG@10 BM25", texts.difference, "recall@5", "MRR@10",
            ], "<tbody>\(rows.joined())</tbody>")
    }

    // MARK: Needs with their texts

    private var worst: [QueryComparison] {
        let sorted = comparison.queries.filter { !$0.missed.isEmpty }.sorted {
            ($0.engine.ndcg10, $0.engine.ndcg10 - $0.baseline.ndcg10, $0.query)
                < ($1.engine.ndcg10, $1.engine.ndcg10 - $1.baseline.ndcg10, $1.query)
        }
        return Array(sorted.prefix(Self.shownNeeds))
    }

    private var best: [QueryComparison] {
        let sorted = comparison.queries.filter { $0.engine.ndcg10 > $0.baseline.ndcg10 }.sorted {
            ($1.engine.ndcg10 - $1.baseline.ndcg10, $0.query) < ($0.engine.ndcg10 - $0.baseline.ndcg10, $1.query)
        }
        return Array(sorted.prefix(Self.shownNeeds))
    }

    private func card(_ query: QueryComparison) -> String {
        let grades = collection.judgements[query.query] ?? [:]
        let first = query.first.map { id -> String in
            let grade = grades[id].map { " · \(texts.grade) \(chartNumber($0, digits: 0))" } ?? ""
            return item(id, grade)
        }
        let missed = query.missed.map { miss -> String in
            item(
                miss.document,
                " · \(texts.grade) \(chartNumber(miss.grade, digits: 0)) · \(texts.rank(miss.rank, miss.baselineRank))",
                body: true)
        }
        let body = collection.postings[query.query]?.body ?? ""
        return """
            <article><h3 \(lang(query.query))>\(title(query.query, withLanguage: false))</h3>
            <p class="meta">\(query.query.htmlEscaped) · \(fields(query.query)) · nDCG@10 \
            \(chartNumber(query.engine.ndcg10)) (BM25 \(chartNumber(query.baseline.ndcg10)))</p>
            <p \(lang(query.query))>\(body.htmlEscaped)</p>
            <h4>\(texts.shown.htmlEscaped)</h4><ol>\(first.joined())</ol>
            \(missed.isEmpty ? "" : "<h4>\(texts.missed.htmlEscaped)</h4><ul>\(missed.joined())</ul>")</article>

            """
    }

    private func item(_ id: String, _ more: String, body: Bool = false) -> String {
        let words = body ? collection.postings[id]?.body ?? "" : ""
        let text = words.isEmpty ? "" : "<p \(lang(id))>\(words.htmlEscaped)</p>"
        return
            "<li>\(title(id)) <span class=\"meta\">\(id.htmlEscaped) · \(fields(id))\(more.htmlEscaped)</span>\(text)</li>"
    }

    private func title(_ id: String, withLanguage: Bool = true) -> String {
        let title = collection.postings[id].map { $0.title.isEmpty ? String($0.body.prefix(60)) : $0.title } ?? id
        return withLanguage ? "<span \(lang(id))>\(title.htmlEscaped)</span>" : title.htmlEscaped
    }

    private func lang(_ id: String) -> String {
        "lang=\"\(collection.postings[id]?.document.text.language.rawValue ?? language.rawValue)\""
    }

    private func fields(_ id: String) -> String {
        (collection.postings[id]?.document.fields ?? []).map {
            taxonomy.label(FieldCode($0), in: language).htmlEscaped
        }.joined(separator: ", ")
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#333;--soft:#595959;--paper:#fff;--line:#d0d0d0;--card:#f5f7f6}
        @media(prefers-color-scheme:dark){:root{--ink:#eee;--soft:#b8b8b8;--paper:#161b1a;--line:#39413f;--card:#1f2725}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);\
        font:1rem/1.7 "Noto Sans JP","Noto Sans CJK JP","Noto Sans KR","Noto Sans SC",system-ui,sans-serif}
        main{max-width:72rem;margin:0 auto;padding:1rem}h1{font-size:1.7rem;line-height:1.4}
        h2{font-size:1.3rem;margin:2rem 0 .5rem;border-bottom:1px solid var(--line)}h3{font-size:1.05rem;margin:.2rem 0}
        h4{font-size:.95rem;margin:.6rem 0 .1rem}summary{cursor:pointer;padding:.4rem 0}
        .plots{display:grid;gap:1.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,29rem),1fr));margin-top:1rem}
        figure{margin:0;min-width:0}figcaption p,.meta,small{color:var(--soft);font-size:.87rem;margin:.1rem 0}
        small{white-space:nowrap}.wide{overflow-x:auto}.wide>svg{min-width:27rem}
        table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
        th,td{padding:.2rem .7rem;text-align:left;vertical-align:top}tbody{border-top:1px solid var(--line)}
        thead th{white-space:nowrap}article{background:var(--card);border-radius:.5rem;padding:.7rem 1rem;margin:.8rem 0}
        article p{margin:.3rem 0;overflow-wrap:anywhere}li p{font-size:.92rem;color:var(--soft)}ol,ul{margin:.2rem 0}
        @media print{article,figure{break-inside:avoid}}
        """
}
