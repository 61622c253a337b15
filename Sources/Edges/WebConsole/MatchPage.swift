import Exchange
import Operations
import WebCommon

/// A match as a bridge between two coloured fields.
struct MatchPage {
    let match: AnnouncedMatch
    let language: Language
    /// Which answer the reader pressed, if any: `interested` or `refused`.
    let answer: String?
    let exchange: String

    func html(_ nonce: PageNonce) -> String {
        let texts = MatchPageTexts(language)
        let reasons = match.words.map { "<p>\($0.htmlEscaped)</p>" }.joined()
        return PageShell(language: language, exchange: exchange, title: texts.title).html(
            nonce,
            """
            <p class="kind">\(texts.kind(match.kind).htmlEscaped)</p>
            <div class="bridge">
            \(side(match.need, texts.need, "need"))
            <div class="span" aria-hidden="true">⇄</div>
            \(side(match.seed, texts.seed, "seed"))
            </div>
            <section><h2>\(texts.why.htmlEscaped)</h2>\(reasons)</section>
            \(answering(texts))
            """)
    }

    private func side(_ side: AnnouncedMatch.Side, _ label: String, _ name: String) -> String {
        let fields = side.fields.map { "<li>\($0.htmlEscaped)</li>" }.joined()
        return """
            <article class="\(name)"><p class="side">\(label.htmlEscaped)</p>
            <h2 lang="\(side.language.rawValue)">\(side.title.htmlEscaped)</h2>
            <ul>\(fields)</ul><p lang="\(side.language.rawValue)">\(side.summary.htmlEscaped)</p></article>
            """
    }

    private func answering(_ texts: MatchPageTexts) -> String {
        let lead: String
        switch answer {
        case "interested": lead = texts.interested
        case "refused": lead = texts.refused
        default: lead = texts.undecided
        }
        return """
            <section class="answer"><h2>\(texts.answerTitle.htmlEscaped)</h2><p>\(lead.htmlEscaped)</p>
            <p class="number">\(texts.number.htmlEscaped) <b>\(match.id.text.suffix(8))</b></p>
            <p>\(texts.privacy.htmlEscaped)</p></section>
            """
    }
}

/// What is shown when a link leads nowhere any more.
struct GonePage {
    let language: Language
    let exchange: String

    func html(_ nonce: PageNonce) -> String {
        let texts = MatchPageTexts(language)
        return PageShell(language: language, exchange: exchange, title: texts.goneTitle).html(
            nonce, "<section><p>\(texts.gone.htmlEscaped)</p></section>")
    }
}

/// The frame of every page: head, style, heading.
struct PageShell {
    let language: Language
    let exchange: String
    let title: String

    func html(_ nonce: PageNonce, _ body: String) -> String {
        """
        <!doctype html>
        <html lang="\(language.rawValue)"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
        <title>\(title.htmlEscaped) | \(exchange.htmlEscaped)</title>
        <style nonce="\(nonce.value)">\(Self.style)</style></head>
        <body><header>\(exchange.htmlEscaped)</header><main><h1>\(title.htmlEscaped)</h1>
        \(body)</main></body></html>
        """
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#333;--soft:#4d4d4d;--paper:#fff;--line:#767676;--need:#c16800;--seed:#00664f;\
        --needpaper:#fff4e5;--seedpaper:#e6f5ef}
        @media(prefers-color-scheme:dark){:root{--ink:#eee;--soft:#ccc;--paper:#161b1a;--line:#8a8a8a;--need:#ffb35c;\
        --seed:#6fd3b3;--needpaper:#33260f;--seedpaper:#10302a}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);\
        font:1rem/1.75 "Noto Sans JP","Noto Sans KR","Noto Sans SC",system-ui,sans-serif;line-break:strict}
        header{padding:.75rem 1rem;border-bottom:1px solid var(--line);font-weight:700}
        main{max-width:46rem;margin:0 auto;padding:1rem}h1{font-size:1.5rem;line-height:1.5;margin:.5rem 0}
        h2{font-size:1.15rem;line-height:1.5;margin:.25rem 0}.kind,.side,.number{color:var(--soft);margin:.25rem 0}
        .bridge{display:grid;gap:.5rem}@media(min-width:40rem){.bridge{grid-template-columns:1fr auto 1fr}}
        .span{align-self:center;justify-self:center;font-size:2rem;color:var(--soft)}
        article{border-left:.5rem solid;padding:.75rem 1rem;border-radius:.5rem}
        .need{border-color:var(--need);background:var(--needpaper)}.seed{border-color:var(--seed);background:var(--seedpaper)}
        ul{display:flex;flex-wrap:wrap;gap:.25rem .5rem;list-style:none;margin:.25rem 0;padding:0}
        li{border:1px solid var(--line);border-radius:1rem;padding:0 .6rem;font-size:.9rem}
        section{margin-top:1.25rem;border-top:1px solid var(--line);padding-top:.5rem}
        .answer{border:2px solid var(--seed);border-radius:.5rem;padding:.75rem 1rem}
        @media print{header{border:0}}
        """
}
