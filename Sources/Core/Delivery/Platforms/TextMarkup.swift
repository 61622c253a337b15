/// A part of a running text, for platforms that show some parts in places of their own.
enum TextPart: Hashable, Sendable {
    case headline, links, footer
}

/// How a platform writes running text: what is escaped, and how a heading, a link or a list line looks.
///
/// The order of a message is the same everywhere: headline, the two fields, what is to be said, why, the list, what is
/// asked, the links, the source with the reference.
protocol TextMarkup: Sendable {
    /// The unit of the platform's limit.
    static var unit: TextUnit { get }
    /// Plain text as escaped pieces that must not be divided.
    static func pieces(of text: Substring) -> [String]
    /// All of these take text that is escaped already.
    static func headline(_ text: String) -> String
    static func strong(_ text: String) -> String
    /// The same for a link, whose address must not run into a mark.
    static func strongLink(_ text: String) -> String
    static func quote(_ text: String) -> String
    static func bullet(_ text: String) -> String
    static func link(_ label: String, to link: NoticeLink) -> String
    static func paragraph(_ text: String) -> String
    static var lineBreak: String { get }
    static var paragraphBreak: String { get }
    /// Between links on one line.
    static var linkSeparator: String { get }
}

extension TextMarkup {
    static func strong(_ text: String) -> String { text }
    static func strongLink(_ text: String) -> String { strong(text) }
    static func quote(_ text: String) -> String { text }
    static func bullet(_ text: String) -> String { "・" + text }
    static func paragraph(_ text: String) -> String { text }
    static var lineBreak: String { "\n" }
    static var paragraphBreak: String { "\n\n" }
    static var linkSeparator: String { " · " }

    /// Escapes plain text and cuts it within so many units.
    static func clip(_ text: String, _ limit: Int) -> String {
        Clip.joining(pieces(of: text.prefix(limit + 1)), within: limit, unit)
    }

    /// The whole message within `total` units, with how many of its list items it shows. `content` must be inert.
    static func text(
        for content: NoticeContent, within total: Int, leavingOut absent: Set<TextPart> = []
    ) -> (text: String, shown: Int) {
        Clip.fitting(total) { share in
            let built = text(for: content, within: total, leavingOut: absent, share: share)
            return (built, unit.count(built.text))
        }
    }

    private static func text(
        for content: NoticeContent, within total: Int, leavingOut absent: Set<TextPart>, share: Double
    ) -> (text: String, shown: Int) {
        let words = NoticeWords(content.language)
        func room(_ part: Double) -> Int { max(Int(Double(total) * part * share), 24) }
        var parts: [String] = []
        if !absent.contains(.headline) {
            parts.append(headline(headlineText(of: content, words, within: min(300, total / 6))))
        }
        if let line = bridgeLine(of: content, words) { parts.append(paragraph(line)) }
        let body = content.sentences.filter { !$0.isEmpty }.joined(separator: "\n")
        if !body.isEmpty { parts.append(paragraph(clip(body, room(0.4)))) }
        if let reason = content.reason, !reason.isEmpty {
            parts.append(quote(strong(words.why) + " " + clip(reason, room(0.12))))
        }
        let (list, shown) = list(of: content.items, room: room(0.5), words)
        if let list { parts.append(list) }
        if let request = content.request, !request.isEmpty {
            parts.append(paragraph(strong(words.asked) + " " + clip(request, room(0.08))))
        }
        if !absent.contains(.links), let line = links(for: content.actions, room: total / 3) { parts.append(line) }
        if !absent.contains(.footer) {
            parts.append(paragraph(footer(of: content, words)))
        } else if content.occasion == .possiblyRepeated {
            parts.append(paragraph(clip(words.repeated, 200)))
        }
        return (parts.joined(separator: paragraphBreak), shown)
    }

    /// What kind of notice it is, and its title.
    static func headlineText(of content: NoticeContent, _ words: NoticeWords, within limit: Int) -> String {
        clip(content.title.isEmpty ? words.kind(content.kind) : "\(words.kind(content.kind)): \(content.title)", limit)
    }

    private static func bridgeLine(of content: NoticeContent, _ words: NoticeWords) -> String? {
        var parts: [String] = []
        if let bridge = content.bridge { parts.append(strong("\(clip(bridge.from, 100)) ⇄ \(clip(bridge.to, 100))")) }
        if let closeness = content.closeness { parts.append(words.closeness(closeness)) }
        return parts.isEmpty ? nil : parts.joined(separator: " · ")
    }

    private static func list(of items: [NoticeItem], room: Int, _ words: NoticeWords) -> (String?, Int) {
        var lines: [String] = []
        var used = 0
        for item in items.prefix(NoticeContent.mostItems) {
            let line = bullet(line(for: item))
            if used + unit.count(line) + unit.count(lineBreak) > room { break }
            used += unit.count(line) + unit.count(lineBreak)
            lines.append(line)
        }
        let shown = lines.count
        if shown < items.count { lines.append(bullet(words.more(items.count - shown))) }
        return (lines.isEmpty ? nil : lines.joined(separator: lineBreak), shown)
    }

    private static func line(for item: NoticeItem) -> String {
        let title = clip(item.title, 160)
        var line = item.link.map { link(title.isEmpty ? "…" : title, to: $0) } ?? title
        if let bridge = item.bridge { line += " (\(clip("\(bridge.from) ⇄ \(bridge.to)", 120)))" }
        if let detail = item.detail, !detail.isEmpty { line += " – \(clip(detail, 220))" }
        return line
    }

    /// A link per answer, the most important first; those beyond the room are left out.
    private static func links(for actions: [NoticeAction], room: Int) -> String? {
        var used = 0
        var written: [String] = []
        for action in actions {
            let label = clip(action.label, 75)
            let plain = link(label.isEmpty ? "…" : label, to: action.link)
            let shown = action.weight == .primary ? strongLink(plain) : plain
            used += unit.count(shown) + unit.count(linkSeparator)
            if used > room { break }
            written.append(shown)
        }
        return written.isEmpty ? nil : paragraph(written.joined(separator: linkSeparator))
    }

    /// The exchange and the reference, and that the message may be a repetition.
    static func footer(of content: NoticeContent, _ words: NoticeWords) -> String {
        let source = clip(content.source, 120)
        let reference = clip("\(words.reference) \(content.reference)", 80)
        let line = [source, reference].filter { !$0.isEmpty }.joined(separator: " · ")
        return content.occasion == .possiblyRepeated ? line + lineBreak + words.repeated : line
    }
}

/// Text whose marks are broken up or exchanged for look-alikes, for platforms whose markup knows no escape.
struct BrokenMarks: Sendable {
    /// What stands for a scalar; all others stand for themselves.
    let instead: [Unicode.Scalar: String]
    /// At the start of a line these begin a list, a heading or a quotation: an invisible space is put before them.
    let lineStarts: Set<Unicode.Scalar>
    /// Those that mean something only before a letter or a digit, as the colon of `:smile:` does.
    var beforeWords: Set<Unicode.Scalar> = []
    /// Those that mean nothing between letters and digits, as in `snake_case`.
    var outsideWords: Set<Unicode.Scalar> = []

    private static let hinge = "\u{200b}"

    /// The text as pieces: graphemes, whose marks are dealt with scalar by scalar, since a mark with a combining mark
    /// is another grapheme but still the mark to a parser.
    func pieces(of text: Substring) -> [String] {
        let characters = Array(text)
        return characters.indices.map { index in
            let character = characters[index]
            let before = index > 0 ? characters[index - 1] : "\n"
            let after = index + 1 < characters.count ? characters[index + 1] : " "
            var piece = ""
            if before == "\n", let first = character.unicodeScalars.first,
                lineStarts.contains(first) || (!lineStarts.isEmpty && ("0"..."9").contains(first))
            {
                piece = Self.hinge
            }
            let isAlone = character.unicodeScalars.count == 1
            for scalar in character.unicodeScalars {
                let isHarmless =
                    isAlone
                    && (beforeWords.contains(scalar) && !Self.isWord(after)
                        || outsideWords.contains(scalar) && Self.isWord(before) && Self.isWord(after))
                if let other = instead[scalar], !isHarmless {
                    piece += other
                } else {
                    piece.unicodeScalars.append(scalar)
                }
            }
            return piece
        }
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
}
