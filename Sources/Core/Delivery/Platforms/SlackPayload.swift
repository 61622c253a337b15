/// Slack's incoming webhook: Block Kit blocks, and `text` for notifications and screen readers.
///
/// Free text stands in `plain_text` objects, where nothing is markup; only the line with the two fields and the lists
/// are
/// `mrkdwn`. Limits are Block Kit's; `total` stays below the undocumented 13,200 after which Slack answers
/// `msg_blocks_too_long`. Slack does not document its unit, so UTF-16 units are counted, which never undercounts
/// characters.
package enum SlackPayload {
    /// The most characters of the blocks' JSON.
    package static let total = 13_000
    /// The most characters of a header.
    package static let header = 150
    /// The most characters of a section's text.
    package static let section = 3000
    /// The most characters on a button.
    package static let button = 75
    /// The most blocks; list items beyond the room are counted in words.
    package static let blocks = 50

    private static let unit = TextUnit.utf16

    /// The JSON body for `content`: always valid, whatever its texts hold.
    package static func bytes(for content: NoticeContent) -> [UInt8] { message(for: content).bytes }

    /// The same with how many of the list items it shows.
    static func message(for content: NoticeContent) -> PlatformMessage {
        let content = content.inert
        let (blocks, shown) = Clip.fitting(total) { share in
            let built = self.blocks(for: content, share: share)
            return (built, unit.count(String(decoding: built.blocks.bytes, as: UTF8.self)))
        }
        let document: JSONValue = [
            "text": .string(summary(of: content)), "blocks": blocks, "unfurl_links": false, "unfurl_media": false,
        ]
        return PlatformMessage(bytes: document.bytes, shownItems: shown)
    }

    /// `share` scales the room of the free parts until the whole fits.
    private static func blocks(for content: NoticeContent, share: Double) -> (blocks: JSONValue, shown: Int) {
        let words = NoticeWords(content.language)
        func room(_ full: Int) -> Int { max(Int(Double(full) * share), 24) }
        var result: [JSONValue] = [headline(of: content)]
        if let line = bridgeLine(of: content) { result.append(section(markdown: line)) }
        let body = content.sentences.filter { !$0.isEmpty }.joined(separator: "\n")
        if !body.isEmpty { result.append(section(plain: clip(body, room(section)))) }
        if let reason = content.reason, !reason.isEmpty {
            result.append(section(markdown: "*\(words.why)*  \(clip(marked(reason), room(1200)))"))
        }
        let (list, shown) = list(of: content.items, room: room(6000), words: words)
        result += list
        if let request = content.request, !request.isEmpty {
            result.append(section(markdown: "*\(words.asked)*  \(clip(marked(request), room(800)))"))
        }
        if !content.actions.isEmpty { result.append(buttons(for: content.actions)) }
        result.append(footer(of: content, words: words))
        return (.array(result), shown)
    }

    private static func headline(of content: NoticeContent) -> JSONValue {
        let title = content.title
        let words = NoticeWords(content.language).kind(content.kind)
        let text = title.isEmpty ? words : "\(words): \(title)"
        return [
            "type": "header", "text": ["type": "plain_text", "text": .string(clip(text, header)), "emoji": false],
        ]
    }

    private static func bridgeLine(of content: NoticeContent) -> String? {
        var parts: [String] = []
        if let bridge = content.bridge {
            parts.append("*\(clip(marked(bridge.from), 120)) ⇄ \(clip(marked(bridge.to), 120))*")
        }
        if let closeness = content.closeness { parts.append(NoticeWords(content.language).closeness(closeness)) }
        return parts.isEmpty ? nil : parts.joined(separator: "  ·  ")
    }

    /// Lines packed five to a section, so that a long digest stays far from the block limit.
    private static func list(of items: [NoticeItem], room: Int, words: NoticeWords) -> ([JSONValue], Int) {
        var lines: [String] = []
        var used = 0
        for item in items.prefix(NoticeContent.mostItems) {
            let line = line(for: item)
            if used + unit.count(line) + 1 > room || lines.count == 60 { break }
            used += unit.count(line) + 1
            lines.append(line)
        }
        let shown = lines.count
        if shown < items.count { lines.append("_\(words.more(items.count - shown))_") }
        var sections: [[String]] = []
        var length = 0
        for line in lines {
            let size = unit.count(line) + 1
            if sections.isEmpty || length + size > section || sections[sections.count - 1].count == 5 {
                sections.append([])
                length = 0
            }
            sections[sections.count - 1].append(line)
            length += size
        }
        return (sections.map { section(markdown: $0.joined(separator: "\n")) }, shown)
    }

    /// At most 2,100 units: a title, a link if it fits, the two fields, a detail.
    private static func line(for item: NoticeItem) -> String {
        let title = clip(marked(item.title), 160)
        let link = item.link.map { escaped($0.text) }.flatMap { unit.count($0) <= 1500 ? $0 : nil }
        var line = "• "
        if let link {
            line += "<\(link)|\(title.isEmpty ? "…" : title)>"
        } else {
            line += title
        }
        if let bridge = item.bridge {
            let labels = "\(bridge.from) ⇄ \(bridge.to)"
            line += "  (\(clip(marked(labels), 120)))"
        }
        if let detail = item.detail, !detail.isEmpty {
            line += " – \(clip(marked(detail), 220))"
        }
        return line
    }

    private static func buttons(for actions: [NoticeAction]) -> JSONValue {
        let elements: [JSONValue] = actions.enumerated().map { index, action in
            let label = action.label
            if let control = action.control { return control.slack(labelled: label) }
            let shown = label.isEmpty ? action.link.text : label
            var members: [JSONMember] = [
                JSONMember("type", "button"),
                JSONMember("text", ["type": "plain_text", "text": .string(clip(shown, button)), "emoji": false]),
                JSONMember("url", .string(action.link.text)),
                JSONMember("action_id", .string("open_\(index + 1)")),
            ]
            if action.weight == .primary { members.append(JSONMember("style", "primary")) }
            return .object(members)
        }
        return ["type": "actions", "elements": .array(elements)]
    }

    private static func footer(of content: NoticeContent, words: NoticeWords) -> JSONValue {
        let source = clip(content.source, 120)
        let reference = clip(content.reference, 60)
        var text = [source, "\(words.reference) \(reference)"].filter { !$0.isEmpty }.joined(separator: "  ·  ")
        if content.occasion == .possiblyRepeated { text += "\n" + words.repeated }
        return ["type": "context", "elements": [["type": "plain_text", "text": .string(text), "emoji": false]]]
    }

    /// What a notification shows: kind, title, the two fields and the reason in one line.
    private static func summary(of content: NoticeContent) -> String {
        let words = NoticeWords(content.language)
        var parts = [words.kind(content.kind), content.title]
        if let bridge = content.bridge { parts.append("\(bridge.from) ⇄ \(bridge.to)") }
        if let reason = content.reason { parts.append(reason) }
        if content.occasion == .possiblyRepeated { parts.append("\(words.reference) \(content.reference)") }
        return clip(marked(parts.filter { !$0.isEmpty }.joined(separator: " – ")), 600)
    }

    private static func section(markdown text: String) -> JSONValue {
        ["type": "section", "text": ["type": "mrkdwn", "text": .string(text), "verbatim": true]]
    }

    private static func section(plain text: String) -> JSONValue {
        ["type": "section", "text": ["type": "plain_text", "text": .string(text), "emoji": false]]
    }

    /// Cuts pieces that are already escaped.
    private static func clip(_ pieces: [String], _ limit: Int) -> String {
        Clip.joining(pieces, within: limit, unit)
    }

    /// Escapes plain text and cuts it.
    private static func clip(_ text: String, _ limit: Int) -> String {
        Clip.text(text, within: limit, unit) { escaped(String($0)) }
    }

    /// Scalar by scalar: a `<` with a combining mark is another grapheme, but still a `<` to Slack.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The graphemes of `text` for `mrkdwn`: escaped, and marks that would format (those at a word's edge) exchanged
    /// for
    /// look-alikes, since mrkdwn has no escape for them.
    private static func marked(_ text: String) -> [String] {
        let characters = Array(text.prefix(1300))  // more than any line of mrkdwn shows
        return characters.indices.map { index in
            let character = escaped(String(characters[index]))
            let before = index > 0 && isWord(characters[index - 1])
            let after = index + 1 < characters.count && isWord(characters[index + 1])
            if before, after, characters[index].unicodeScalars.count == 1 { return character }
            return String(String.UnicodeScalarView(character.unicodeScalars.map(lookAlike)))
        }
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }

    private static func lookAlike(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "*": "\u{2217}"
        case "_": "\u{ff3f}"
        case "~": "\u{223c}"
        case "`": "\u{02cb}"
        default: scalar
        }
    }
}
