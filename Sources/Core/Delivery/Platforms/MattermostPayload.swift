/// Mattermost's incoming webhook: one Markdown text.
///
/// The server also rewrites Slack's forms (`<url|text>`, `<!here>`) and notifies people for `@all`, `@channel` and
/// `@here`
/// wherever they stand, so both are broken up in free text besides Markdown's own marks.
package enum MattermostPayload {
    /// The most characters of a post; the server counts Unicode scalars ("runes").
    package static let total = 16_383

    private static let unit = TextUnit.scalars

    /// The JSON body for `content`: always valid, whatever its texts hold.
    package static func bytes(for content: NoticeContent) -> [UInt8] { message(for: content).bytes }

    /// The same with how many of the list items it shows.
    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        let (text, shown) = Clip.fitting(total) { share in
            let built = self.text(for: content, share: share)
            return (built, unit.count(built.text))
        }
        let document = AnswerControl.mattermostMessage(text, content.actions)
        return PlatformMessage(bytes: document.bytes, shownItems: shown)
    }

    private static func text(for content: NoticeContent, share: Double) -> (text: String, shown: Int) {
        let words = NoticeWords(content.language)
        func room(_ full: Int) -> Int { max(Int(Double(full) * share), 24) }
        var parts = [headline(of: content, words: words)]
        if let line = bridgeLine(of: content, words: words) { parts.append(line) }
        let body = content.sentences.filter { !$0.isEmpty }.joined(separator: "\n")
        if !body.isEmpty { parts.append(clip(body, room(6000))) }
        if let reason = content.reason, !reason.isEmpty {
            parts.append("> **\(words.why)** \(clip(reason, room(1500)))")
        }
        let (list, shown) = list(of: content.items, room: room(6000), words: words)
        if let list { parts.append(list) }
        if let request = content.request, !request.isEmpty {
            parts.append("**\(words.asked)** \(clip(request, room(1000)))")
        }
        let linked = content.actions.filter { $0.control?.callback == nil }
        if !linked.isEmpty { parts.append(links(for: linked)) }
        parts.append(footer(of: content, words: words))
        return (parts.joined(separator: "\n\n"), shown)
    }

    private static func headline(of content: NoticeContent, words: NoticeWords) -> String {
        let title = clip(content.title, 300)
        return "#### \(words.kind(content.kind))" + (title.isEmpty ? "" : ": \(title)")
    }

    private static func bridgeLine(of content: NoticeContent, words: NoticeWords) -> String? {
        var parts: [String] = []
        if let bridge = content.bridge {
            let from = clip(bridge.from, 120)
            let to = clip(bridge.to, 120)
            parts.append("**\(from) ⇄ \(to)**")
        }
        if let closeness = content.closeness { parts.append(words.closeness(closeness)) }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    private static func list(of items: [NoticeItem], room: Int, words: NoticeWords) -> (String?, Int) {
        var lines: [String] = []
        var used = 0
        for item in items.prefix(NoticeContent.mostItems) {
            let title = clip(item.title, 160)
            var line = item.link.map { "- [\(title.isEmpty ? "…" : title)](\($0.text))" } ?? "- \(title)"
            if let bridge = item.bridge {
                line += " (\(clip("\(bridge.from) ⇄ \(bridge.to)", 120)))"
            }
            if let detail = item.detail, !detail.isEmpty {
                line += " – \(clip(detail, 220))"
            }
            if used + unit.count(line) + 1 > room { break }
            used += unit.count(line) + 1
            lines.append(line)
        }
        let shown = lines.count
        if shown < items.count { lines.append("- *\(words.more(items.count - shown))*") }
        return (lines.isEmpty ? nil : lines.joined(separator: "\n"), shown)
    }

    private static func links(for actions: [NoticeAction]) -> String {
        actions.map { action in
            let label = clip(action.label, 75)
            let shown = label.isEmpty ? "…" : label
            let link = "[\(shown)](\(action.link.text))"
            return action.weight == .primary ? "**\(link)**" : link
        }.joined(separator: " · ")
    }

    private static func footer(of content: NoticeContent, words: NoticeWords) -> String {
        let source = clip(content.source, 120)
        let reference = clip(content.reference, 60)
        var text = [source, "\(words.reference) \(reference)"].filter { !$0.isEmpty }.joined(separator: " · ")
        if content.occasion == .possiblyRepeated { text += "\n" + words.repeated }
        return text
    }

    private static func clip(_ text: String, _ limit: Int) -> String {
        Clip.joining(MattermostMarkdown.pieces(of: text.prefix(limit + 1)), within: limit, unit)
    }
}
