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
        #expect(reason.misfits == [.earlyStage(level: 3), .otherRegion(need: "JP-32", seed: "JP-13")])
    }

    @Test(arguments: MatchLanguage.allCases)
    func `has at most three sentences in each language`(language: MatchLanguage) throws {
        let sentences = try reason(need, seed).words(
            in: language, fieldLabel: { "<\($0)>" }, conceptName: { "concept \($0)" })
        #expect(sentences.count == 3)
        #expect(sentences[0].contains("急速冷凍"))
        #expect(sentences[1].contains("<fishery>") && sentences[1].contains("<medical>"))
        #expect(sentences[2].contains("TRL 3"))
    }

    @Test func `sounds no surer than its score`() throws {
        var reason = try reason(need, seed)
        reason.score.relevance = 0.02
        reason.score.fieldBonus = 0
        #expect(reason.words(in: .ja, fieldLabel: { $0 }, conceptName: { $0 })[0].hasSuffix("手がかりとしては弱めです。"))
        reason.score.relevance = 0.9
        #expect(reason.words(in: .en, fieldLabel: { $0 }, conceptName: { $0 })[0].hasSuffix("a strong lead."))
    }

    @Test func `survives being stored`() throws {
        let reason = try reason(need, seed)
        #expect(try MatchReason(json: reason.json) == reason)
        #expect(throws: (any Error).self) { try MatchReason(json: "{") }
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
