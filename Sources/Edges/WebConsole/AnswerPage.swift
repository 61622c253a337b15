import Exchange
import Operations
import WebCommon

/// What is answered, and the form to answer it: three buttons, a menu of reasons, room for a message. It works without
/// JavaScript.
struct AnswerPage {
    let link: AnswerLink
    let token: String
    /// Which answer the reader pressed in the message.
    let wanted: String?
    /// What was wrong with the form sent before.
    let notice: String?
    let exchange: String

    func html(_ nonce: PageNonce) -> String {
        let texts = AnswerTexts(link.language)
        switch link.content {
        case .match(let match, let said):
            return AnswerFrame(language: link.language, exchange: exchange, title: texts.answerTitle).html(
                nonce,
                """
                \(alert)\(posting(match.need, texts.need))
                \(posting(match.seed, texts.seed))
                <section><h2>\(texts.why.htmlEscaped)</h2>\(match.words.map { "<p>\($0.htmlEscaped)</p>" }.joined())</section>
                \(form(texts, said))
                """)
        case .unsubscribing(let address):
            return AnswerFrame(language: link.language, exchange: exchange, title: texts.unsubscribeTitle).html(
                nonce,
                """
                <p>\(texts.unsubscribeLead(address).htmlEscaped)</p>
                <form method="post" action="/a/\(token.htmlEscaped)"><p><button name="answer" value="unsubscribe">\
                \(texts.unsubscribe.htmlEscaped)</button></p></form>
                """)
        }
    }

    private var alert: String {
        notice.map { "<p class=\"alert\" role=\"alert\">\($0.htmlEscaped)</p>" } ?? ""
    }

    private func posting(_ side: AnnouncedMatch.Side, _ label: String) -> String {
        let fields = side.fields.map(\.htmlEscaped).joined(separator: " · ")
        let language = side.language.rawValue
        return """
            <article><p class="soft">\(label.htmlEscaped)</p><h2 lang="\(language)">\(side.title.htmlEscaped)</h2>
            <p class="soft">\(fields)</p><p lang="\(language)">\(side.summary.htmlEscaped)</p></article>
            """
    }

    private func form(_ texts: AnswerTexts, _ said: Introduction.Answer?) -> String {
        let before: String
        switch said {
        case .interested: before = "<p>\(texts.said(true).htmlEscaped)</p>"
        case .refused: before = "<p>\(texts.said(false).htmlEscaped)</p>"
        case nil: before = ""
        }
        let who = link.person.map { "<p>\(texts.addressed($0).htmlEscaped)</p>" } ?? code(texts)
        let reasons = Introduction.RefusalReason.allCases.map {
            "<option value=\"\($0.rawValue)\">\(texts.reason($0).htmlEscaped)</option>"
        }.joined()
        return """
            <form method="post" action="/a/\(token.htmlEscaped)">\(before)\(who)
            <p><label for="words">\(texts.wordsLabel.htmlEscaped)</label>
            <textarea id="words" name="words" rows="3" maxlength="4000"></textarea></p>
            <p><label for="reason">\(texts.reasonLabel.htmlEscaped)</label>
            <select id="reason" name="reason"><option value="">–</option>\(reasons)</select></p>
            <p class="buttons">\(button("interested", texts.interested))\(button("refused", texts.refused))\
            \(button("asked", texts.asked))</p><p class="soft">\(texts.privacy.htmlEscaped)</p></form>
            """
    }

    private func code(_ texts: AnswerTexts) -> String {
        """
        <p><label for="code">\(texts.codeLabel.htmlEscaped)</label>
        <input id="code" name="code" required autocomplete="one-time-code" maxlength="20" aria-describedby="code-help">
        <span id="code-help" class="soft">\(texts.codeHelp.htmlEscaped)</span></p>
        """
    }

    /// The answer that was pressed in the message stands out; it is given only by pressing it here.
    private func button(_ value: String, _ label: String) -> String {
        let mark = value == (wanted ?? "interested") ? " class=\"chosen\"" : ""
        return "<button name=\"answer\" value=\"\(value)\"\(mark)>\(label.htmlEscaped)</button>"
    }
}

/// One sentence: what came of it, or why a link leads nowhere.
struct AnswerNote {
    let language: Language
    let title: String
    let words: String
    let exchange: String

    func html(_ nonce: PageNonce) -> String {
        AnswerFrame(language: language, exchange: exchange, title: title).html(
            nonce, "<p role=\"status\">\(words.htmlEscaped)</p>")
    }
}

/// The frame of these pages: they stand alone, for people who only follow a link on their phone.
struct AnswerFrame {
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
        :root{color-scheme:light dark;--ink:#222;--soft:#4d4d4d;--paper:#fff;--line:#767676;--act:#00664f;--on:#fff;\
        --warn:#8a1c00}
        @media(prefers-color-scheme:dark){:root{--ink:#eee;--soft:#ccc;--paper:#161b1a;--line:#8a8a8a;--act:#6fd3b3;\
        --on:#10201b;--warn:#ffb4a0}}
        *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);\
        font:1rem/1.75 "Noto Sans JP","Noto Sans KR","Noto Sans SC",system-ui,sans-serif;line-break:strict}
        header{padding:.75rem 1rem;border-bottom:1px solid var(--line);font-weight:700}
        main{max-width:42rem;margin:0 auto;padding:1rem}h1{font-size:1.4rem;line-height:1.5}h2{font-size:1.1rem;margin:0}
        article{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .75rem;margin:.5rem 0}
        article p{margin:.1rem 0}.soft{color:var(--soft)}.alert{color:var(--warn);font-weight:700}
        form{border-top:1px solid var(--line);margin-top:1rem}label{display:block}
        textarea,select,input{width:100%;font:inherit;padding:.5rem;color:inherit;background:var(--paper);\
        border:1px solid var(--line);border-radius:.25rem}
        .buttons{display:flex;flex-wrap:wrap;gap:.5rem}
        button{font:inherit;min-height:2.75rem;padding:.5rem 1.25rem;border:2px solid var(--act);border-radius:.5rem;\
        background:var(--paper);color:var(--act)}button.chosen{background:var(--act);color:var(--on)}
        """
}
