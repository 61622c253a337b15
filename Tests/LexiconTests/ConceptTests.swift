import Lexicon
import Testing

private let table = """
    # comment

    cooling\t冷却;冷やす\tcooling;heat dissipation\t냉각;방열\t冷却;散热
    heat-treatment\t熱処理\theat treatment\t열처리\t热处理
    gas\tガス\tgas\t가스\t气体
    rust\t錆\trust\t녹\t锈
    """

private func concepts(_ text: String) throws -> [String] {
    let lexicon = Lexicon(concepts: try ConceptLexicon(table: table))
    return lexicon.analyze(text).bridges.keys.filter { $0.hasPrefix("c") }.map { String($0.dropFirst()) }
}

@Suite struct `A concept` {
    @Test(arguments: [
        "冷却水の再利用", "部品を冷やす装置", "cooling of parts", "improved heat dissipation", "냉각을 위한 장치",
        "방열판", "散热材料", "급속냉각",
    ])
    func `is found in any of its languages`(text: String) throws {
        #expect(try concepts(text) == ["cooling"])
    }

    @Test(arguments: ["heat-treated and heat treatments", "熱処理炉", "열 처리 공정", "热处理"])
    func `is found across spaces, hyphens and endings`(text: String) throws {
        #expect(try concepts(text).contains("heat-treatment"))
    }

    @Test(arguments: ["ガスケット", "녹색", "gasoline", "錆色"])
    func `is not found within another word`(text: String) throws {
        #expect(try concepts(text).isEmpty)
    }

    @Test(arguments: ["3D printing of parts", "３Ｄプリンタで造形"])
    func `may be named by a number and a capital`(text: String) throws {
        let lexicon = Lexicon(concepts: try ConceptLexicon(table: "am\t3Dプリンター\t3D printing\t\t"))
        #expect(lexicon.analyze(text).bridges.keys.contains("cam"))
    }

    @Test func `is found where a short word stands alone`() throws {
        #expect(try concepts("ガス分離") == ["gas"])
        #expect(try concepts("錆を防ぐ") == ["rust"])
    }

    @Test func `has a name in each language`() throws {
        let lexicon = Lexicon(concepts: try ConceptLexicon(table: table))
        #expect(lexicon.name(ofConcept: "cooling", in: .ko) == "냉각")
        #expect(lexicon.name(ofConcept: "nothing", in: .ko) == nil)
    }
}

@Suite struct `A concept table` {
    @Test(arguments: [
        ("a\tb\tc", ConceptTableError.columns(line: 1, found: 3)),
        ("x\t冷却\t\t\t\n\t熱\t\t\t", .noIdentifier(line: 2)),
        ("x\t冷却\t\t\t\n\nx\t熱\t\t\t", .twice(line: 3, id: "x", earlier: 1)),
        ("x\t\t\t\t", .noForms(line: 1, id: "x")),
    ])
    func `that cannot be read names the line`(table: String, expected: ConceptTableError) {
        #expect(throws: expected) { try ConceptLexicon(table: table) }
    }
}

@Suite struct `Bridges` {
    private func bridges(_ text: String, _ kind: String) -> Set<String> {
        Set(Lexicon().analyze(text).bridges.keys.filter { $0.hasPrefix(kind) })
    }

    @Test func `carry ideographs between Japanese and Chinese`() {
        #expect(!bridges("鉄鋼の圧延工程", "h").isDisjoint(with: bridges("钢铁压延工序的改造", "h")))
    }

    @Test(arguments: [
        ("冷却装置の改良", "냉각 장치를 개량"), ("표면처리 기술", "表面处理的技术"), ("歴史建築の保存", "역사 건축의 보존"),
        ("力率の改善", "역률 개선"),
    ])
    func `read ideographs in Korean sound`(one: String, other: String) {
        #expect(bridges(one, "s").intersection(bridges(other, "s")).count >= 2)
    }

    @Test func `carry codes between all languages`() {
        #expect(bridges("SUS304の溶接", "l") == bridges("SUS304 용접", "l"))
        #expect(bridges("welding of SUS304", "l").contains("lsus304"))
    }
}

@Suite struct `Several tables` {
    @Test func `make one lexicon, the earlier concept keeping a shared way`() throws {
        let more = "chilling\t冷却;氷温\tchilling\t빙온\t冰温"
        let joined = try ConceptLexicon.concepts(inTable: table) + ConceptLexicon.concepts(inTable: more)
        let lexicon = Lexicon(concepts: ConceptLexicon(entries: joined))
        let found = { (text: String) in lexicon.analyze(text).bridges.keys.filter { $0.hasPrefix("c") } }
        #expect(found("冷却の方法") == ["ccooling"])
        #expect(found("氷温の倉庫") == ["cchilling"])
    }
}
