/// A letter as plain text and as HTML; both say the same.
struct LetterText {
    private let letter: Letter
    private let words: NoticeWords
    private let unsubscribe: NoticeLink?

    /// Takes an inert letter.
    init(_ letter: Letter, unsubscribe: NoticeLink?) {
        self.letter = letter
        self.unsubscribe = unsubscribe
        words = NoticeWords(letter.language)
    }

    // MARK: plain

    /// Lines end in LF.
    var plain: String {
        var blocks = [letter.subject] + letter.paragraphs
        blocks += letter.items.map(plain)
        blocks += letter.actions.map { "\($0.label):\n\($0.link.text)" }
        blocks += letter.remarks
        // RFC 3676, 4.3: what follows "-- " is a signature, which readers show small or fold away.
        blocks.append(
            (["-- ", "\(letter.source)  \(words.reference) \(letter.reference)"]
                + (unsubscribe.map { ["\(words.unsubscribe): \($0.text)"] } ?? [])).joined(separator: "\n"))
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private func plain(_ item: NoticeItem) -> String {
        var lines = ["* " + item.title]
        if let bridge = item.bridge { lines.append("  \(bridge.from) ⇄ \(bridge.to)") }
        if let detail = item.detail { lines.append("  " + detail) }
        if let link = item.link { lines.append("  " + link.text) }
        return lines.joined(separator: "\n")
    }

    // MARK: HTML

    private static let paragraph = "margin:0 0 16px;line-height:1.7"
    private static let small = "margin:0 0 8px;line-height:1.6;font-size:13px;color:#4a5560"
    private static let primary =
        "display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5cad;color:#ffffff;"
        + "text-decoration:none;font-weight:bold"
    private static let ordinary =
        "display:inline-block;padding:11px 19px;border-radius:6px;border:1px solid #0b5cad;color:#0b5cad;"
        + "text-decoration:none"

    /// One document that needs nothing from elsewhere: mail programs load no style and no picture unasked.
    var html: String {
        let title = Self.escaped(letter.subject)
        var body = "<h1 style=\"margin:0 0 20px;font-size:20px;line-height:1.5\">\(title)</h1>"
        body += letter.paragraphs.filter { !$0.isEmpty }.map { paragraph($0, Self.paragraph) }.joined()
        if !letter.items.isEmpty { body += "<ul style=\"margin:0 0 16px;padding-left:20px\">\(items)</ul>" }
        if !letter.actions.isEmpty { body += "<p style=\"margin:24px 0\">\(actions)</p>" }
        body += letter.remarks.filter { !$0.isEmpty }.map { paragraph($0, Self.small) }.joined()
        return """
            <!DOCTYPE html>
            <html lang="\(letter.language.rawValue)"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width"><title>\(title)</title></head>
            <body style="margin:0;padding:24px 16px;background:#f4f6f8;color:#1b242c;font-family:\(fonts)">
            <div style="max-width:600px;margin:0 auto;padding:28px;background:#ffffff;border-radius:8px;font-size:16px">
            \(body)
            <hr style="border:0;border-top:1px solid #d5dce2;margin:24px 0 16px">
            \(footer)
            </div></body></html>

            """
    }

    private var fonts: String {
        let named =
            switch letter.language {
            case .ja: "'Hiragino Sans','Yu Gothic',Meiryo,"
            case .ko: "'Apple SD Gothic Neo','Malgun Gothic',"
            case .zh: "'PingFang SC','Microsoft YaHei',"
            case .en: ""
            }
        return named + "system-ui,sans-serif"
    }

    private func paragraph(_ text: String, _ style: String) -> String {
        "<p style=\"\(style)\">\(Self.escaped(text))</p>\n"
    }

    private var items: String {
        letter.items.map { item in
            let title = Self.escaped(item.title)
            var text =
                item.link.map { "<a href=\"\(Self.escaped($0.text))\" style=\"color:#0b5cad\">\(title)</a>" } ?? title
            if let bridge = item.bridge {
                text += "<br><strong>\(Self.escaped(bridge.from)) ⇄ \(Self.escaped(bridge.to))</strong>"
            }
            if let detail = item.detail { text += "<br>" + Self.escaped(detail) }
            return "<li style=\"margin:0 0 12px;line-height:1.6\">\(text)</li>\n"
        }.joined()
    }

    private var actions: String {
        letter.actions.map { action in
            let style = action.weight == .primary ? Self.primary : Self.ordinary
            return "<a href=\"\(Self.escaped(action.link.text))\" style=\"\(style)\">\(Self.escaped(action.label))</a>"
        }.joined(separator: " &nbsp; ")
    }

    private var footer: String {
        var lines = ["\(Self.escaped(letter.source)) &nbsp; \(words.reference) \(Self.escaped(letter.reference))"]
        if let unsubscribe {
            lines.append(
                "<a href=\"\(Self.escaped(unsubscribe.text))\" style=\"color:#4a5560\">\(words.unsubscribe)</a>")
        }
        return "<p style=\"\(Self.small)\">\(lines.joined(separator: "<br>"))</p>"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n": result += "<br>"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
