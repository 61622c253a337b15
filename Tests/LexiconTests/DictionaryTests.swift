import Lexicon
import Testing

/// Lines in the form of EDICT, written for this test.
private let japanese = """
    冷却 [れいきゃく] /(n,vs) cooling/refrigeration/(P)/
    目詰まり [めづまり] /(n,vs) clogging/
    錆びる [さびる] /(v1,vi) to rust/to become rusty/(P)/
    削る [けずる] /(v5r,vt) to shave (wood, leather, etc.)/to whittle/(P)/
    硬い [かたい] /(adj-i) hard/solid/
    レーザー /(n) laser/
    縁 [えん] /(n) fate/
    縁 [ふち] /(n) rim/edge/(P)/
    鏡餅 [かがみもち] /(n) round cake offered to the gods at the new year/
    """

/// Lines in the form of CC-CEDICT, written for this test.
private let chinese = """
    # a comment
    冷卻 冷却 [leng3 que4] /to cool/cooling/
    鏽 锈 [xiu4] /rust/to rust/variant of 鏽|锈[xiu4]/
    """

private func glosses(_ text: String, _ dictionary: String, _ language: TextLanguage) throws -> [String] {
    let lexicon = Lexicon(dictionaries: [try GlossDictionary(Array(dictionary.utf8))])
    return lexicon.analyze(text, declared: language).bridges.keys.filter { $0.hasPrefix("g") }
}

@Suite struct `A dictionary` {
    @Test func `tells its language by its form`() throws {
        #expect(try GlossDictionary(Array(japanese.utf8)).language == .ja)
        #expect(try GlossDictionary(Array(chinese.utf8)).language == .zh)
    }

    @Test(arguments: [
        ("冷却", ["gcool", "grefrigerat"]), ("フィルターの目詰まり", ["gclogg"]), ("錆びた鉄", ["grust", "grusti"]),
        ("削って", ["gshav", "gwhittl"]), ("硬くなる", ["ghard", "gsolid"]), ("レーザ", []), ("レーザー", ["glaser"]),
    ])
    func `gives the stems of what a word is in English, inflected or not`(text: String, expected: [String]) throws {
        let stems = try glosses(text, japanese, .ja)
        #expect(stems.count == expected.count)
        #expect(stems.first?.prefix(4) == expected.first?.prefix(4))
    }

    @Test func `lets the common word speak first`() throws {
        #expect(try glosses("縁", japanese, .ja) == ["grim", "gedge", "gfate"])
    }

    @Test func `knows traditional and simplified words`() throws {
        #expect(try glosses("冷卻", chinese, .zh) == ["gcool"])
        #expect(try glosses("锈", chinese, .zh) == ["grust"])
    }

    @Test func `is asked only for texts of its language`() throws {
        #expect(try glosses("冷却", japanese, .zh).isEmpty)
    }

    @Test(arguments: [
        ("冷却板の目詰まりを防ぎます。这种材料在水里不会生锈,这是我们的优点。", TextLanguage.ja, ["cool", "rust"]),
        ("这种材料在水里不会生锈,这是我们的优点。フィルターの目詰まりを防ぎます。", .zh, ["rust", "clogg"]),
        ("We look for partners in Asia. フィルターの目詰まりを防ぎます。", .en, ["clogg"]),
        ("필터를 만듭니다. フィルターの目詰まりを防ぎます。", .ko, ["clogg"]),
    ])
    func `is asked for each sentence of a mixed text that is in its language`(
        text: String, language: TextLanguage, expected: [String]
    ) throws {
        let both = try [japanese, chinese].map { try GlossDictionary(Array($0.utf8)) }
        let keys = Lexicon(dictionaries: both).analyze(text, declared: language).bridges.keys
        for stem in expected { #expect(keys.contains { $0.hasPrefix("g" + stem.prefix(4)) }, "\(stem): \(keys)") }
        // The languages of the sentences do not change that of the text.
        #expect(Lexicon(dictionaries: both).analyze(text, declared: language).language == language)
    }

    @Test func `makes a text meet its translation`() throws {
        let english = Lexicon().analyze("a cooling plate with less clogging").bridges.keys
        #expect(Set(try glosses("冷却板の目詰まり", japanese, .ja)).isSubset(of: Set(english + ["grefrigerat"])))
    }

    @Test func `is read from EUC-JP as Debian installs it`() throws {
        // 冷却 [れいきゃく] /(n) cooling/ and a line that is no entry.
        let line: [UInt8] = [0xCE, 0xE4, 0xB5, 0xD1] + Array(" /(n) cooling/\nno entry\n".utf8)
        let lexicon = Lexicon(dictionaries: [try GlossDictionary(line)])
        #expect(lexicon.analyze("冷却", declared: .ja).bridges.keys.contains("gcool"))
    }

    @Test(arguments: ["", "\n\n", "no dictionary at all", "////", "# only a comment"])
    func `that has no entries is refused`(text: String) {
        #expect(throws: GlossDictionaryError.noEntries) { try GlossDictionary(Array(text.utf8)) }
    }
}
