import Lexicon
import Testing

private func shared(_ one: String, _ other: String) -> Set<String> {
    Set(Lexicon().analyze(one).terms.keys).intersection(Lexicon().analyze(other).terms.keys)
}

@Suite struct `Ways of writing` {
    @Test(arguments: [
        ("ｻｰﾊﾞｰ室の空調", "サーバ室の空調"), ("人々の健康", "人人の健康"), ("ＳＵＳ３０４の溶接", "SUS304の溶接"), ("SUS 304の溶接", "SUS304の溶接"),
        ("각국의 냉각", "각국의 냉각"), ("酸化チタンのナノ粒子", "酸化ﾁﾀﾝのﾅﾉ粒子"),
    ])
    func `of one word meet`(one: String, other: String) {
        #expect(shared(one, other).count >= 2)
    }

    @Test(arguments: [("ｻｰﾊﾞｰ", "サーバ"), ("SUS 304", "SUS304"), ("α-アミラーゼ", "α‐アミラーゼ")])
    func `of one name give one term`(one: String, other: String) {
        let whole = Set(Lexicon().analyze(one).terms.keys.filter { $0.unicodeScalars.count > 2 })
        #expect(!whole.intersection(Lexicon().analyze(other).terms.keys).isEmpty)
    }

    @Test func `of chemists stay whole`() {
        #expect(Lexicon().analyze("α-アミラーゼで分解する").terms.keys.contains("α-アミラーゼ"))
        #expect(Lexicon().analyze("N-メチルピロリドン").terms.keys.contains("n-メチルピロリドン"))
    }
}

@Suite struct `A strange text` {
    @Test(arguments: [
        "\u{0}\u{0}冷却\u{202E}装置\u{2066}", "\u{378}\u{E0001}冷却\u{FFFF}装置", "\u{200B}冷\u{200D}却装置",
        "冷却\u{0301}装置\u{3099}", "👩‍🏭 冷却装置 🏭",
    ])
    func `is read like any other`(text: String) {
        let analysis = Lexicon().analyze(text)
        #expect(analysis.terms.count > 0)
        for index in 0..<analysis.terms.count { #expect(Int(analysis.terms.ends[index]) <= analysis.shown.count) }
        for index in 0..<analysis.bridges.count { #expect(Int(analysis.bridges.ends[index]) <= analysis.shown.count) }
    }

    @Test(arguments: ["a-1", "1a", "冷却", "냉각을", "ア", "々", "a/", "1 ", "IEC 61508 ", "·", "가 "])
    func `of one thing fifty thousand times is read to its limit and no key grows with it`(piece: String) {
        let analysis = Lexicon().analyze(String(repeating: piece, count: 50_000 / piece.unicodeScalars.count))
        #expect(analysis.terms.count <= 3 * analysis.shown.count)
        let isWord = analysis.terms.keys.filter { $0.utf8.count > 200 }
        #expect(isWord.count <= 1)
    }

    @Test func `in two languages meets both`() {
        let text =
            "切削油の寿命を延ばす超微細気泡の発生装置を開発しました。詳細は下記をご覧ください。"
            + "Abstract: an ultrafine bubble generator that prolongs the life of cutting fluid."
        let analysis = Lexicon().analyze(text)
        #expect(analysis.language == .ja)
        let english = Lexicon().analyze("cutting fluid with a longer life")
        #expect(Set(analysis.bridges.keys).intersection(english.bridges.keys).count >= 3)
    }

    @Test func `that is one word long has terms`() {
        for word in ["熱", "laser", "용접", "焊", "サビ"] { #expect(Lexicon().analyze(word).terms.count > 0) }
    }
}
