import Lexicon
import Testing

/// Long enough that a text counts as long, short of letters that would add terms.
private let filler = String(repeating: "ああああああああああ", count: 5)

private func keys(_ text: String) -> [String] { Lexicon().analyze(text + "\n" + filler).terms.keys }

@Suite struct `Terms of a text` {
    @Test(arguments: [
        ("SUS304", ["sus304", "sus"]),
        ("Ti-6Al-4V", ["ti6al4v"]),
        ("Ti−6Al−4V", ["ti6al4v"]),
        ("H2SO4", ["h2so4"]),
        ("CO₂", ["co2"]),
        ("RS-485", ["rs485", "rs"]),
        ("2-ethylhexanol", ["2ethylhexanol", "ethylhexanol"]),
        ("3D", ["3d"]),
        ("IEC 61508", ["iec", "iec61508"]),
        ("10-20 mm", ["20mm"]),
        ("H₂O₂", ["h2o2", "h"].filter { $0.count > 1 }),
        ("IoT", ["iot"]),
        ("3.5 mm", ["3.5mm"]),
        ("200 litres", ["200l"]),
        ("１０００℃", ["1000°c"]),
        ("30%", ["30%"]),
    ])
    func `keep codes, formulae and numbers with units whole`(text: String, expected: [String]) {
        #expect(keys(text) == expected)
    }

    @Test(arguments: [
        ("freezing", "freeze"), ("batteries", "battery"), ("coatings", "coated"), ("standardised", "standardized"),
        ("fermentation", "fermentations"), ("cutting", "cuts"), ("colour", "color"),
    ])
    func `bring forms of an English word together`(one: String, other: String) {
        #expect(keys(one) == keys(other))
        #expect(keys(one).count == 1)
    }

    @Test func `leave English function words out`() {
        #expect(keys("which of these would you have with it").isEmpty)
    }

    @Test func `are pairs of ideographs, with whole katakana words beside their pairs`() {
        #expect(keys("急速冷凍") == keys("急速冷冻"))
        #expect(keys("急速冷凍").count == 3)
        #expect(keys("センサー") == ["セン", "ンサ", "サー", "センサ"])
    }

    @Test(arguments: [("氣化", "気化"), ("氣化", "气化"), ("發電", "発電"), ("發電", "发电"), ("鐵鋼", "鉄鋼"), ("鉄鋼", "铁钢")])
    func `hold old, new and simplified ideographs for kin`(one: String, other: String) {
        #expect(keys(one) == keys(other))
    }

    @Test func `read half-width kana and full-width Latin as ordinary`() {
        #expect(keys("ｾﾝｻｰ") == keys("センサー"))
        #expect(keys("ＳＵＳ３０４") == keys("SUS304"))
    }

    @Test(arguments: ["냉각을", "냉각의", "냉각으로", "냉각하는", "냉각에서는"])
    func `lose Korean particles`(word: String) {
        #expect(keys(word) == ["냉각"])
    }

    @Test func `of short texts include single characters`() {
        let short = Lexicon().analyze("熱処理").terms.keys
        #expect(Set(short).isSuperset(of: ["熱処", "処理"].map { _ in keys("処理")[0] }))
        #expect(short.contains { $0.unicodeScalars.count == 1 })
    }

    @Test func `point to where they stand in the text as shown`() {
        let analysis = Lexicon().analyze("樹脂のＡＢＳ成形" + filler)
        for index in 0..<analysis.terms.count {
            let range = Int(analysis.terms.starts[index])..<Int(analysis.terms.ends[index])
            #expect(range.count > 0 && range.upperBound <= analysis.shown.count)
        }
        let last = analysis.terms.count - 1
        let shown = analysis.shown[Int(analysis.terms.starts[last])..<Int(analysis.terms.ends[last])]
        #expect(shown.compactMap { Unicode.Scalar($0).map(Character.init) } == ["成", "形"])
    }

    @Test(arguments: ["", " ", "\u{0}\u{1}\u{202E}\u{200B}", "😀🙏", "...---...", "\n\n\n"])
    func `are none in a text that says nothing`(text: String) {
        let analysis = Lexicon().analyze(text)
        #expect(analysis.terms.count == 0)
        #expect(analysis.bridges.count == 0)
    }

    @Test func `of an overlong text end at a limit`() {
        let long = String(repeating: "冷凍食品の保存 ", count: 20_000)
        #expect(Lexicon().analyze(long).shown.count == Lexicon.longestText)
    }
}

@Suite struct `The language of a text` {
    @Test(arguments: [
        ("水産加工品の急速冷凍", TextLanguage.ja), ("鋳造技術研究会", .ja), ("気化熱利用装置", .ja),
        ("塑料薄膜表面处理技术", .zh), ("用於冷鏈物流的溫度記錄", .zh), ("我们的设备可以降低能耗", .zh),
        ("냉각수 재이용 PET 공정", .ko), ("Low-temperature drying of 大葉 leaves and herbs", .en), ("SUS304", .en), ("", .en),
        ("PET・PPフレークの色選別", .ja),
    ])
    func `is found by its characters`(text: String, expected: TextLanguage) {
        #expect(Lexicon().analyze(text).language == expected)
    }

    @Test func `is the declared one where one is declared`() {
        #expect(Lexicon().analyze("表面処理", declared: .zh).language == .zh)
    }
}

@Suite struct `A search` {
    @Test func `asks for every pair of a run, and for words that begin so`() {
        let lexicon = Lexicon()
        #expect(lexicon.searchTerms("急速冷凍").map(\.key) == keys("急速冷凍"))
        #expect(lexicon.searchTerms("heat").map(\.isPrefix) == [true])
        #expect(lexicon.searchTerms("レーザー").map(\.key) == ["レー", "ーザ", "ザー"])
        #expect(lexicon.searchTerms("熱").map(\.isPrefix) == [true])
        #expect(lexicon.searchTerms("の を").isEmpty)
    }
}
