import Exchange
import Testing

@Suite struct `A text` {
    private func check(
        _ text: String, limit: Int = 10, required: Bool = false, multiline: Bool = false
    ) -> (kept: String, problems: [String]) {
        var rules = TextRules()
        let kept = rules.text(text, "title", limit: limit, required: required, multiline: multiline)
        return (kept, rules.problems.map(\.code.rawValue))
    }

    @Test(arguments: [
        ("", []), ("a", []), ("  a\u{3000}", []), ("１２３４５６７８９０", []), (" 1234567890 ", []),
        ("12345678901", ["too_long"]),
        ("👩‍🔬", []), ("がぎぐげご", []), ("한국어", []), ("é", []), ("\u{200b}a", []), ("a\u{200d}b", []),
    ])
    func `may have as many characters as its limit, without those around it`(_ text: String, _ found: [String]) {
        #expect(check(text).problems == found)
    }

    @Test(
        arguments: [
            0, 1, 0x1b, 0x7f, 0x85, 0x9f, 0x202a, 0x202e, 0x2066, 0x2069, 0x200e, 0x200f, 0x61c, 0xfeff, 0xfffe, 0xffff,
            0xfff9,
            0xfffb, 0xfdd0, 0xfdef, 0x1fffe, 0x10_ffff, 0xe0001, 0xe0041,
        ] as [UInt32])
    func `holds no character that hides or reorders others`(_ code: UInt32) throws {
        let character = Character(try #require(Unicode.Scalar(code)))
        for multiline in [false, true] {
            #expect(check("a\(character)b", multiline: multiline).problems == ["forbidden_character"])
        }
    }

    @Test(arguments: [0x1b, 0x7f, 0x85, 0x61c, 0x202e, 0xfeff, 0xe0041] as [UInt32])
    func `holds none of them at any place of a longer text`(_ code: UInt32) throws {
        let character = Character(try #require(Unicode.Scalar(code)))
        for text in ["abcdefghijklmnopqrstuvwxyz", "東京 seal ガスケット 한국어 Ω ñ 热处理", "a\n東\tb\r\ncdefghij"] {
            #expect(check(text, limit: 60, multiline: true).problems == [])
            for offset in 0...text.count {
                var spoilt = text
                spoilt.insert(character, at: text.index(text.startIndex, offsetBy: offset))
                #expect(
                    check("z\(spoilt)z", limit: 60, multiline: true).problems == ["forbidden_character"], "\(offset)")
            }
        }
    }

    @Test(arguments: ["\n", "\r\n", "\t", "\u{2028}", "\u{2029}"])
    func `has line breaks and tabs only where it has lines`(_ character: String) {
        #expect(check("a\(character)b", multiline: true).problems == [])
        #expect(check("a\(character)b").problems == ["forbidden_character"])
    }

    @Test(arguments: ["", " ", "\u{3000}", "\n\t "]) func `that is required is more than white space`(_ text: String) {
        #expect(check(text, required: true).problems == ["required"])
        #expect(check(text).kept == "")
    }

    @Test func `names the code of a forbidden character`() {
        var rules = TextRules()
        _ = rules.text("a\u{0}b", "title", limit: 10)
        #expect(rules.problems.first?.words.contains("U+0000") == true)
    }

    @Test func `of a hundred thousand characters is told how long it is`() {
        var rules = TextRules()
        _ = rules.text(String(repeating: "永", count: 100_000), "detail", limit: TextLimits.detail, multiline: true)
        #expect(rules.problems.map(\.code) == [.tooLong])
        #expect(rules.problems.first?.words.contains("100000") == true)
    }

    @Test(arguments: [
        ("Ａｂｃ　１２３", "abc123"), ("鋳造・金型", "鋳造金型"), ("R&D (food)", "rdfood"), ("A-1_b", "a1b"), ("İ", "i\u{307}"),
        ("", ""),
        ("한 빛", "한빛"),
    ])
    func `is folded for comparing names`(_ text: String, _ folded: String) {
        #expect(text.foldedIdentity == folded)
    }

    @Test func `is folded alike by the quick way for East Asian writing and by the long one`() throws {
        for code in Array(UInt32(0x2ff0)...0xd7ff) + Array(0xf900...0xffef) {
            let character = String(try #require(Unicode.Scalar(code)))
            // With a Latin letter beside it the text is no longer all East Asian.
            #expect("ä" + character.foldedIdentity == ("ä" + character).foldedIdentity, "\(String(code, radix: 16))")
        }
    }
}

@Suite struct `The content of a posting` {
    private func found(
        forReview: Bool = true, _ edit: (inout PostingContent) -> Void
    ) throws -> [String] {
        var content = PostingContent(
            title: "求む：耐熱シール", summary: "300 ℃で使う", fields: [FieldCode("pumps")], language: .ja)
        edit(&content)
        let fields = try taxonomy()
        return problems { try content.checked(against: fields, forReview: forReview) }
    }

    @Test func `with all that a reader needs can be reviewed`() throws {
        #expect(try found { _ in } == [])
    }

    @Test func `of a draft needs a title only`() throws {
        let empty: (inout PostingContent) -> Void = {
            $0.summary = ""
            $0.fields = []
        }
        #expect(try found(forReview: false, empty) == [])
        #expect(try found(empty) == ["summary required", "fields required"])
        #expect(try found(forReview: false) { $0.title = " " } == ["title required"])
    }

    @Test func `has texts up to their limits`() throws {
        let limits: [(WritableKeyPath<PostingContent, String>, String, Int)] = [
            (\.title, "title", 200), (\.summary, "summary", 1_000), (\.detail, "detail", 50_000),
        ]
        for (path, name, limit) in limits {
            #expect(try found { $0[keyPath: path] = String(repeating: "長", count: limit) } == [])
            #expect(try found { $0[keyPath: path] = String(repeating: "長", count: limit + 1) } == ["\(name) too_long"])
        }
    }

    @Test func `has one to nine as its stage`() throws {
        for stage in 1...9 { #expect(try found { $0.stage = stage } == []) }
        for stage in [0, 10, -1, Int.max] { #expect(try found { $0.stage = stage } == ["stage out_of_range"]) }
    }

    @Test func `has so many keywords, fields and regions and no more`() throws {
        func words(_ count: Int) -> [String] { (0..<count).map { "語\($0)" } }
        #expect(try found { $0.keywords = words(TextLimits.keywords) } == [])
        #expect(try found { $0.keywords = words(TextLimits.keywords + 1) } == ["keywords too_many"])
        #expect(
            try found { $0.keywords = [String(repeating: "k", count: TextLimits.keyword + 1)] } == ["keywords too_long"]
        )
        let region = try RegionCode("JP-31")
        #expect(try found { $0.regionWishes = Array(repeating: region, count: TextLimits.regions) } == [])
        #expect(
            try found { $0.regionWishes = Array(repeating: region, count: TextLimits.regions + 1) }
                == ["region_wishes too_many"])
        #expect(
            try found { $0.fields = (0...TextLimits.fields).map { FieldCode("x\($0)") } }
                == ["fields too_many"] + Array(repeating: "fields unknown", count: TextLimits.fields + 1))
        #expect(try found { $0.cooperation = [.supply, .supply] } == ["cooperation duplicate"])
    }

    @Test func `keeps each keyword once, whatever its width and case`() throws {
        var content = PostingContent(title: "t", language: .en)
        content.keywords = ["ＡＩ", "ai", "A I", " ", "鋳造", "鋳造 "]
        let checked = try content.checked(against: try taxonomy(), forReview: false)
        #expect(checked.keywords == ["ＡＩ", "鋳造"])
    }
}
