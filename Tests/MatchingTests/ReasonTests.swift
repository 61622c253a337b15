import Lexicon
import Matching
import Testing

func terms(_ query: String) -> [SearchTerm] {
    Lexicon().searchTerms(query).map { SearchTerm(key: $0.key, isPrefix: $0.isPrefix) }
}

private let need = posting(
    "n", .need, "水産加工場で使える急速冷凍の設備を探しています。冷却に時間がかかり、鮮度が落ちて困っています。",
    fields: ["fishery"], region: "JP-32")
private let seed = posting(
    "s", .seed, "磁場を使った急速冷凍の研究をしています。細胞を壊さずに鮮度を保ちます。冷却の速さが特長です。",
    fields: ["medical"], stage: 3, region: "JP-13")

private func reason(_ need: MatchDocument, _ seed: MatchDocument) throws -> MatchReason {
    var index = MatchIndex()
    index.add(need)
    index.add(seed)
    for number in 0..<30 { index.add(posting("x\(number)", .seed, "金属部品の切削加工を請け負います。番号\(number)を参照。")) }
    let match = try #require(index.matches(of: need.id, limit: 5).first { $0.id == seed.id })
    return index.reason(need: need, seed: seed, score: match.score, kind: match.kind)
}

@Suite struct `A reason` {
    @Test func `names whole runs, not their pairs`() throws {
        let words = try reason(need, seed).words.map(\.need)
        #expect(words.contains("急速冷凍"))
        #expect(words.allSatisfy { !["急速", "速冷", "冷凍"].contains($0) })
        #expect(words.count <= MatchIndex.mostNamed)
    }

    @Test func `names only what stands in both texts`() throws {
        let reason = try reason(need, seed)
        let one = String(String.UnicodeScalarView(need.text.shown.compactMap(Unicode.Scalar.init)))
        let other = String(String.UnicodeScalarView(seed.text.shown.compactMap(Unicode.Scalar.init)))
        for word in reason.words {
            #expect(one.contains(word.need))
            #expect(other.contains(word.seed))
        }
        #expect(reason.words.allSatisfy { $0.share > 0 && $0.share <= 1 })
    }

    @Test func `gives both ways of writing a concept across languages`() throws {
        let korean = posting("k", .need, "공장의 냉각 장치를 개량하고 싶습니다", fields: ["machinery"])
        let concepts = try reason(korean, seed).concepts
        #expect(concepts.map(\.id) == ["cooling"])
        #expect(concepts.map(\.need) == ["냉각"])
        #expect(concepts.map(\.seed) == ["冷却"])
    }

    @Test func `names the fields and what does not fit`() throws {
        let reason = try reason(need, seed)
        #expect(reason.needField == "fishery" && reason.seedField == "medical")
        #expect(reason.misfits == [.earlyStage(level: 3)])
    }

    @Test(arguments: MatchLanguage.allCases)
    func `has at most three sentences in each language`(language: MatchLanguage) throws {
        let names = ReasonNames(field: { "<\($0)>" }, concept: { "concept \($0)" })
        let sentences = try reason(need, seed).words(in: language, names: names)
        #expect(sentences.count == 3)
        // What the reader can read comes first.
        let reads = language == .ja || language == .zh
        #expect(sentences[0].contains(reads ? "急速冷凍" : "concept cooling"))
        #expect(sentences[1].contains("<fishery>") && sentences[1].contains("<medical>"))
        #expect(sentences[2].contains("TRL 3"))
    }

    @Test func `sounds no surer than its score`() throws {
        var reason = try reason(need, seed)
        reason.score.relevance = 0.02
        reason.score.fieldBonus = 0
        #expect(reason.words(in: .ja, names: ReasonNames())[1].contains("弱め"))
        reason.score.relevance = 0.9
        #expect(reason.words(in: .en, names: ReasonNames())[1].contains("a strong lead"))
    }

    @Test(arguments: MatchLanguage.allCases)
    func `of a wildcard says that it is a chance pick, and not how sure it is`(language: MatchLanguage) throws {
        var reason = try reason(need, seed)
        reason.kind = .wildcard
        let said = reason.words(in: language, names: ReasonNames())[1]
        let chance = ["順位とは別に", "chance pick", "순위와 별도로", "偶然推荐"]
        #expect(chance.contains { said.contains($0) }, "\(said)")
    }

    @Test func `quotes the nearest sentences where no word worth naming is shared`() throws {
        let one = posting("n", .need, "新しい技術の開発についてお願いがあります。研究の方法を使用して製品を製造したいと思います。")
        let other = posting("s", .seed, "技術開発の相談を受け付けています。製品の研究方法を提供することができます。")
        let found = try reason(one, other)
        #expect(found.words.isEmpty)
        let said = found.words(in: .ja, names: ReasonNames())[0]
        let pair = try #require(found.sentences)
        #expect(said.contains(pair.need) && said.contains(pair.seed))
        #expect(one.text.string.contains(pair.need) && other.text.string.contains(pair.seed))
    }

    @Test(arguments: [
        ("部品の位置合わせが遅い", "版の位置合わせを速く", "位置合わせ"), ("牛が起き上がれない", "人が起き上がりやすい", nil),
    ])
    func `names whole words where verbs are bent`(_ one: String, _ other: String, word: String?) throws {
        let padding = "魚を洗う。水を切る。氷で冷やす。箱に入れる。船で運ぶ。市場で売る。"
        let found = try reason(posting("n", .need, padding + one), posting("s", .seed, padding + other))
        let named = found.words.map(\.need)
        #expect(!named.contains { ["位置合", "起き上", "合わ"].contains($0) }, "\(named)")
        if let word { #expect(named.contains(word), "\(named)") }
    }

    @Test(arguments: [
        ("食品加工の粉", "部品加工の油", "品加工"), ("冷凍食品を売る", "冷凍食材を買う", "冷凍食"),
        ("オンライン会議", "パイプライン停止", "ライン"),
    ])
    func `never names a piece that is no word in either text`(_ one: String, _ other: String, piece: String) throws {
        let padding = "魚を洗う。水を切る。氷で冷やす。箱に入れる。船で運ぶ。市場で売る。"
        let found = try reason(posting("n", .need, padding + one), posting("s", .seed, padding + other))
        #expect(!found.words.contains { $0.need == piece }, "\(found.words.map(\.need))")
    }

    @Test func `survives being stored`() throws {
        let reason = try reason(need, seed)
        #expect(try MatchReason(json: reason.json) == reason)
        #expect(throws: (any Error).self) { try MatchReason(json: "{") }
    }
}

extension MatchText {
    var string: String { String(String.UnicodeScalarView(shown.compactMap(Unicode.Scalar.init))) }
}

@Suite struct `What does not fit` {
    private func misfits(
        _ change: (inout MatchDocument, inout MatchDocument) -> Void, need words: String = "魚を冷やす氷が足りません",
        seed others: String = "氷を作る機械があります"
    ) throws -> [MatchReason.Misfit] {
        var one = posting("n", .need, words)
        var other = posting("s", .seed, others)
        change(&one, &other)
        return try reason(one, other).misfits
    }

    @Test(arguments: [(3, true), (5, true), (6, false), (9, false)])
    func `is an unfinished seed for a need that wants to buy`(level: Int, isMisfit: Bool) throws {
        let found = try misfits { need, seed in
            need.conditions.cooperation = [.supply]
            seed.stage = level
        }
        #expect(found == (isMisfit ? [.unready(level: level)] : []))
    }

    @Test func `is not an early seed for a need that seeks research`() throws {
        let found = try misfits { need, seed in
            need.conditions.cooperation = [.supply, .jointResearch]
            seed.stage = 2
        }
        #expect(found == [])
    }

    @Test(arguments: [
        (["JP-31"], "JP-13", true), (["JP"], "JP-13", false), (["JP-31", "JP-13"], "JP-13", false),
        (["JP-31"], "", false),
        ([], "JP-13", false),
    ])
    func `is a region that was not wished for, where it is known`(
        wishes: [String], region: String, isMisfit: Bool
    ) throws {
        let found = try misfits { need, seed in
            need.regionWishes = wishes
            seed.region = region
        }
        #expect(found == (isMisfit ? [.regionWish(by: .need, wished: wishes.sorted(), actual: region)] : []))
    }

    @Test func `is another country, but not another prefecture`() throws {
        #expect(
            try misfits { ($0.region, $1.region) = ("JP-31", "KR-42") } == [.otherRegion(need: "JP-31", seed: "KR-42")])
        #expect(try misfits { ($0.region, $1.region) = ("JP-31", "JP-13") } == [])
    }

    @Test func `are kinds of cooperation with nothing in common, and secrets`() throws {
        let found = try misfits { need, seed in
            need.conditions.cooperation = [.supply]
            seed.conditions = MatchConditions(cooperation: [.jointResearch, .investment], rights: .secret)
        }
        #expect(found == [.cooperation(need: [.supply], seed: [.jointResearch, .investment]), .rights(.secret)])
    }

    @Test(arguments: [
        (MatchConditions.Cooperation.supply, MatchConditions.Cooperation.testUse, true),
        (.supply, .jointResearch, false), (.technicalAdvice, .jointDevelopment, true), (.investment, .testUse, false),
        (.licence, .licence, true),
    ])
    func `are no kinds of cooperation of which one leads to the other`(
        one: MatchConditions.Cooperation, other: MatchConditions.Cooperation, isAlike: Bool
    ) throws {
        let found = try misfits { need, seed in
            need.conditions.cooperation = [one]
            seed.conditions.cooperation = [other]
        }
        #expect(found.isEmpty == isAlike)
    }

    @Test(arguments: [
        ("月400トンを処理しています", "1日に２０kgまで処理できます", "月400トン", "1日に20kg"),
        ("We press 2 t/h of olives.", "The press takes 5 kg per day.", "2 t/h", "5 kg per day"),
        ("하루에 3톤을 씻습니다", "시간당 2kg 처리", "하루에 3톤", "시간당 2kg"),
        ("每天处理20吨", "每小时1公斤", "每天处理20吨", ""),
        ("月400トンを処理しています", "月200トンまで", "", ""),
        ("月400トンと月20トン", "1日に2kg", "", ""),
        ("10月20kgを出荷", "1日に2トン", "", ""),
        ("重さ400トン", "重さ20kg", "", ""),
    ])
    func `is a scale far beyond the other's, where both state one amount per time`(
        need: String, seed: String, one: String, other: String
    ) throws {
        let found = try misfits({ _, _ in }, need: "氷の機械。" + need, seed: "氷の機械。" + seed).filter {
            if case .scale = $0 { true } else { false }
        }
        #expect(found == (other.isEmpty ? [] : [.scale(need: one, seed: other)]))
    }

    @Test(arguments: MatchLanguage.allCases)
    func `is said in every language, two points at most`(language: MatchLanguage) throws {
        var found = try reason(need, seed)
        let all: [MatchReason.Misfit] = [
            .unready(level: 3), .earlyStage(level: 2), .scale(need: "月400トン", seed: "1日20kg"),
            .cooperation(need: MatchConditions.Cooperation.allCases, seed: [.other]),
            .regionWish(by: .need, wished: ["JP-31"], actual: "JP-13"),
            .regionWish(by: .seed, wished: ["JP"], actual: "KR-42"), .rights(.secret), .rights(.patentPending),
            .otherRegion(need: "JP-31", seed: "KR-42"), .otherLanguage(need: .ja, seed: .ko),
        ]
        found.misfits = all
        let names = ReasonNames(region: { "<\($0)>" })
        #expect(found.checks(in: language, names: names).count == all.count)
        #expect(found.checks(in: language, names: names).allSatisfy { !$0.isEmpty })
        #expect(found.words(in: language, names: names).count == 3)
        #expect(try MatchReason(json: found.json) == found)
    }
}

@Suite struct `Likeness of texts` {
    private let text = Likeness(
        title: "魚の骨を早く抜きたい", body: "水産加工場でサバの骨を手作業で抜いています。1尾に40秒かかり、人手が足りません。")

    @Test func `is whole for the same words, whatever the width of letters and the marks between`() {
        let same = Likeness(
            title: "魚の骨を、早く抜きたい！", body: "水産加工場でサバの骨を手作業で抜いています　１尾に４０秒かかり 人手が足りません")
        #expect(text.similarity(to: same) == 1)
    }

    @Test func `is high for a text with small changes and low for another subject in the same trade`() {
        let changed = Likeness(
            title: "サバの骨を早く抜きたい", body: "水産加工場でサバの骨を手作業で抜いています。1尾に45秒かかり、人が足りません。")
        let other = Likeness(
            title: "魚の鱗を傷つけずに取りたい", body: "養殖場でタイの鱗を高圧の水で落としていますが、身が割れることがあり困っています。")
        #expect(text.similarity(to: changed) > 0.7)
        #expect(text.similarity(to: other) < 0.25)
    }

    @Test func `of a part that is still being typed is high`() {
        let part = Likeness(title: "魚の骨を早く抜きたい", body: "水産加工場でサバの骨を手作業で抜いています。")
        #expect(part.similarity(to: text) > 0.85)
        #expect(Likeness(title: "魚の骨を早く抜きたい", body: "").similarity(to: text) > 0.85)
    }

    @Test(arguments: ["", "魚", "!!!", "ab"])
    func `of next to nothing is none`(title: String) {
        #expect(Likeness(title: title, body: "").similarity(to: text) < 0.2)
        #expect(text.similarity(to: Likeness(title: title, body: "")) < 0.2)
    }
}

@Suite struct `Field distance` {
    private let geometry = FieldGeometry(nodes: [
        .init(code: "food"), .init(code: "food-a", parent: "food"), .init(code: "food-b", parent: "food"),
        .init(code: "metal"), .init(code: "metal-a", parent: "metal", neighbours: ["food-b"]),
    ])

    @Test(arguments: [
        ("food-a", "food-a", 0), ("food-a", "food-b", 0.5), ("food-a", "food", 0.5), ("food-b", "metal-a", 0.5),
        ("food-a", "metal-a", 1), ("food", "metal", 1), ("food-a", "unknown", 1), ("unknown", "unknown", 0),
    ])
    func `is none, half or whole, from both sides`(one: String, other: String, expected: Double) {
        #expect(geometry.distance(one, other) == expected)
        #expect(geometry.distance(other, one) == expected)
    }

    @Test func `of postings is that of their nearest fields, none if a side names none`() {
        #expect(geometry.distance(["metal-a", "food-a"], ["food-b"]) == 0.5)
        #expect(geometry.distance([], ["food-b"]) == 0)
    }
}
