import Delivery

/// Makes notices of the texts that break senders: markup, mentions, controls, reordering, emoji, endless clusters.
struct NastyTexts {
    private var random: Seeded
    /// How many texts were made so far.
    private(set) var made = 0

    init(seed: UInt64) { random = Seeded(seed) }

    private static let atoms = [
        "<!channel>", "<!here>", "<!everyone>", "<@U012AB3CD>", "<#C024BE7LR>", "<!subteam^S1>",
        "<http://evil.test|ok>", "@all",
        "@channel", "@here", "x@all", "田中@channel", "@everyone", "~town-square", "&amp;", "&lt;!channel&gt;", "&", "<",
        ">",
        "*bold*", "_it_", "~no~", "`code`", "```block\n", "**b**", "# head", "\n# head\n", "\n- item", "\n1. one",
        "\n> quote",
        "\n---\n", "\n\n\n\n", "|a|b|\n|-|-|", "[t](http://evil.test)", "![i](http://evil.test/x.png)",
        "](http://evil.test)", "\\",
        "\\@all", "\\*", "$x$", ":smile:", "https://example.com/a_b*c_d", "http://example.com/@all", "\0", "\u{1}",
        "\u{1b}[31m",
        "\u{7f}", "\u{85}", "\r\n", "\u{2028}", "\t", "\u{202e}evil\u{202c}", "\u{2066}x\u{2069}", "\u{200b}",
        "\u{200d}", "\u{feff}",
        "<\u{338}!channel>",
        "@\u{301}all", "<\u{200d}!channel\u{200d}>", "*\u{301}", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "🇯🇵", "e\u{301}",
        "\u{1100}\u{1161}\u{11a8}", "食品加工", "医療機器", "한국어", "中文",
        "𠮷", "ﾊﾝｶｸ", "नमस्ते", "ไทย", "\"", "\"}]}", "'", "%s%n",
        "${jndi:x}",
        "</script><script>", "\u{e0041}", "\u{fffe}", "\u{10ffff}", "\u{3164}", " ", "　",
    ]

    mutating func text(upTo longest: Int) -> String {
        made += 1
        switch Int.random(in: 0..<40, using: &random) {
        case 0: return ""
        case 1: return String(repeating: pick(), count: 100_000 / 12)
        case 2: return "a" + String(repeating: "\u{301}", count: 100_000)
        case 3: return String(repeating: "x", count: 100_000)
        case 4: return String(repeating: "&", count: longest)
        case 5: return String(repeating: "<", count: longest)
        default:
            let count = Int.random(in: 1...max(longest / 6, 1), using: &random)
            return (0..<min(count, 400)).map { _ in pick() }.joined(separator: Bool.random(using: &random) ? "" : " ")
        }
    }

    mutating func content() throws -> NoticeContent {
        let kind = NoticeKind.allCases.randomElement(using: &random) ?? .test
        let language = NoticeLanguage.allCases.randomElement(using: &random) ?? .en
        let items = Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 0...120, using: &random) : 0
        let actions = Int.random(in: 0...5, using: &random)
        return NoticeContent(
            kind: kind, language: language, title: text(upTo: 200),
            sentences: (0..<Int.random(in: 0...4, using: &random)).map { _ in text(upTo: 900) },
            reason: maybe { $0.text(upTo: 300) },
            bridge: maybe { NoticeBridge(from: $0.text(upTo: 40), to: $0.text(upTo: 40)) },
            closeness: maybe { NoticeCloseness.allCases.randomElement(using: &$0.random) ?? .bridge },
            request: maybe { $0.text(upTo: 200) },
            items: try (0..<items).map { _ in try item() }, actions: try (0..<actions).map { _ in try action() },
            reference: "M-\(UInt16.random(in: 0...UInt16.max, using: &random))", source: text(upTo: 60),
            happenedAt: Int64.random(in: 0...4_000_000_000_000, using: &random),
            occasion: Bool.random(using: &random) ? .first : .possiblyRepeated)
    }

    private mutating func item() throws -> NoticeItem {
        // Items are many, so their texts are short but for some.
        let short = Int.random(in: 0..<30, using: &random) > 0
        return NoticeItem(
            short ? pick() + pick() : text(upTo: 400), detail: maybe { $0.pick() + $0.pick() },
            bridge: maybe { NoticeBridge(from: $0.pick(), to: $0.pick()) },
            link: Bool.random(using: &random) ? try link() : nil)
    }

    private mutating func action() throws -> NoticeAction {
        NoticeAction(text(upTo: 90), try link(), Bool.random(using: &random) ? .primary : .plain)
    }

    private mutating func link() throws -> NoticeLink {
        let start = "https://mix.example.jp/a?"
        let filler = ["&", "a", "%E3%81%82", "x=1&", "%40all", "_", "~"].randomElement(using: &random) ?? "a"
        let room = NoticeLink.longest - start.utf8.count
        let count = Int.random(in: 0...(room / filler.utf8.count), using: &random)
        return try NoticeLink(start + String(repeating: filler, count: count))
    }

    private mutating func pick() -> String { Self.atoms.randomElement(using: &random) ?? "" }

    private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
        Bool.random(using: &random) ? make(&self) : nil
    }
}
