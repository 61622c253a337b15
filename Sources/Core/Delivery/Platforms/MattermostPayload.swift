/// Mattermost's incoming webhook: one Markdown text.
///
/// The server also rewrites Slack's forms (`<url|text>`, `<!here>`) and notifies people for `@all`, `@channel` and `@here`
/// wherever they stand, so both are broken up in free text besides Markdown's own marks.
package enum MattermostPayload {
    /// The most characters of a post; the server counts Unicode scalars ("runes").
    package static let total = 16_383

    private static let unit = TextUnit.scalars

    /// The JSON body for `content`: always valid, whatever its texts hold.
    package static func bytes(for content: NoticeContent) -> [UInt8] {
        var share = 1.0
        var text = text(for: content, share: share)
        while unit.count(text) > total, share > 0.02 {
            share *= 0.8
            text = self.text(for: content, share: share)
        }
        let document: JSONValue = ["text": .string(text)]
        return document.bytes
    }

    private static func text(for content: NoticeContent, share: Double) -> String {
        let words = NoticeWords(content.language)
        func room(_ full: Int) -> Int { max(Int(Double(full) * share), 24) }
        var parts = [headline(of: content, words: words)]
        if let line = bridgeLine(of: content, words: words) { parts.append(line) }
        let body = content.sentences.map { InertText.paragraphs($0) }.filter { !$0.isEmpty }.joined(separator: "\n")
        if !body.isEmpty { parts.append(clip(body, room(6000))) }
        if let reason = content.reason.map({ InertText.line($0) }), !reason.isEmpty {
            parts.append("> **\(words.why)** \(clip(reason, room(1500)))")
        }
        if let list = list(of: content.items, room: room(6000), words: words) { parts.append(list) }
        if let request = content.request.map({ InertText.line($0) }), !request.isEmpty {
            parts.append("**\(words.asked)** \(clip(request, room(1000)))")
        }
        if !content.actions.isEmpty { parts.append(links(for: content.actions)) }
        parts.append(footer(of: content, words: words))
        return parts.joined(separator: "\n\n")
    }

    private static func headline(of content: NoticeContent, words: NoticeWords) -> String {
        let title = clip(InertText.line(content.title), 300)
        return "#### \(words.kind(content.kind))" + (title.isEmpty ? "" : ": \(title)")
    }

    private static func bridgeLine(of content: NoticeContent, words: NoticeWords) -> String? {
        var parts: [String] = []
        if let bridge = content.bridge {
            let from = clip(InertText.line(bridge.from), 120)
            let to = clip(InertText.line(bridge.to), 120)
            parts.append("**\(from) ⇄ \(to)**")
        }
        if let closeness = content.closeness { parts.append(words.closeness(closeness)) }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    private static func list(of items: [NoticeItem], room: Int, words: NoticeWords) -> String? {
        var lines: [String] = []
        var used = 0
        for item in items {
            let title = clip(InertText.line(item.title), 160)
            var line = item.link.map { "- [\(title.isEmpty ? "…" : title)](\($0.text))" } ?? "- \(title)"
            if let bridge = item.bridge {
                line += " (\(clip("\(InertText.line(bridge.from)) ⇄ \(InertText.line(bridge.to))", 120)))"
            }
            if let detail = item.detail.map({ InertText.line($0) }), !detail.isEmpty {
                line += " – \(clip(detail, 220))"
            }
            if used + unit.count(line) + 1 > room { break }
            used += unit.count(line) + 1
            lines.append(line)
        }
        if lines.count < items.count { lines.append("- *\(words.more(items.count - lines.count))*") }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private static func links(for actions: [NoticeAction]) -> String {
        actions.map { action in
            let label = clip(InertText.line(action.label), 75)
            let shown = label.isEmpty ? "…" : label
            let link = "[\(shown)](\(action.link.text))"
            return action.weight == .primary ? "**\(link)**" : link
        }.joined(separator: " · ")
    }

    private static func footer(of content: NoticeContent, words: NoticeWords) -> String {
        let source = clip(InertText.line(content.source), 120)
        let reference = clip(InertText.line(content.reference), 60)
        var text = [source, "\(words.reference) \(reference)"].filter { !$0.isEmpty }.joined(separator: " · ")
        if content.occasion == .possiblyRepeated { text += "\n" + words.repeated }
        return text
    }

    private static func clip(_ text: String, _ limit: Int) -> String {
        Clip.joining(MattermostMarkdown.pieces(of: text), within: limit, unit)
    }
}
