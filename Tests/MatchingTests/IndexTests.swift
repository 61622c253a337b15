import Matching
import Testing

@Suite struct `A changed index` {
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `answers as one built anew from what it holds`(seed: UInt64) {
        var dice = Dice(seed: seed)
        var index = MatchIndex()
        var held: [String: MatchDocument] = [:]
        for step in 0..<400 {
            let number = Int.random(in: 0..<150, using: &dice)
            if Int.random(in: 0..<4, using: &dice) == 0 {
                index.remove("p\(number)")
                held["p\(number)"] = nil
            } else {
                let document = randomPosting(number, &dice)
                index.add(document)
                held[document.id] = document
            }
            if step == 250 { index.compact() }
        }
        var fresh = MatchIndex()
        for document in held.values.sorted(by: { $0.id < $1.id }) { fresh.add(document) }
        #expect(index.count == fresh.count)
        for document in held.values.sorted(by: { $0.id < $1.id }) {
            #expect(index.matches(for: document, limit: 10) == fresh.matches(for: document, limit: 10))
            #expect(index.matches(of: document.id, limit: 10) == index.matches(for: document, limit: 10))
        }
    }

    @Test func `shows an added posting and hides a removed one at once`() {
        var index = MatchIndex()
        let need = posting("n", .need, "水産加工品の鮮度を保つ急速冷凍の方法を探しています")
        #expect(index.matches(for: need, limit: 5).isEmpty)
        index.add(posting("s", .seed, "急速冷凍による鮮度保持装置の技術を提供します"))
        #expect(index.matches(for: need, limit: 5).map(\.id) == ["s"])
        index.setAvailable("s", to: false)
        #expect(index.matches(for: need, limit: 5).isEmpty)
        index.setAvailable("s", to: true)
        index.remove("s")
        #expect(index.matches(for: need, limit: 5).isEmpty)
        #expect(index.count == 0)
    }

    @Test func `replaces a posting of the same identifier`() {
        var index = MatchIndex()
        index.add(posting("s", .seed, "急速冷凍による鮮度保持装置"))
        index.add(posting("s", .seed, "鋳造金型の表面処理"))
        #expect(index.count == 1)
        #expect(index.matches(for: posting("n", .need, "急速冷凍の装置"), limit: 5).isEmpty)
    }
}

@Suite struct `The best partners` {
    @Test(arguments: [11, 12, 13] as [UInt64])
    func `are those that scoring everything finds`(seed: UInt64) {
        var dice = Dice(seed: seed)
        var index = MatchIndex()
        for number in 0..<180 { index.add(randomPosting(number, &dice)) }
        for number in 1000..<1020 {
            let query = randomPosting(number, &dice)
            let all = Set(index.ids(query.side.partner))
            let whole = index.matches(for: query, limit: all.count, filter: MatchFilter(pool: all))
            let found = index.matches(for: query, limit: 10)
            #expect(found == Array(whole.filter { $0.score.total > 0 }.prefix(10)))
        }
    }

    @Test func `keep the hard rules`() {
        var dice = Dice(seed: 21)
        var index = MatchIndex()
        var documents: [String: MatchDocument] = [:]
        for number in 0..<200 {
            let document = randomPosting(number, &dice)
            documents[document.id] = document
            index.add(document)
        }
        for query in documents.values.sorted(by: { $0.id < $1.id }) {
            let filter = MatchFilter(
                excludedOwners: ["o2"], excludedIDs: ["p7", "p8"], fields: .differing, admits: { !$0.hasSuffix("3") })
            for match in index.matches(for: query, limit: 50, filter: filter) {
                let found = documents[match.id]
                #expect(found?.side == query.side.partner)
                #expect(found?.isAvailable == true)
                #expect(found?.owner != query.owner && found?.owner != "o2")
                #expect(!["p7", "p8"].contains(match.id) && !match.id.hasSuffix("3"))
                #expect(found?.fields != query.fields)
            }
        }
    }

    @Test func `have scores between 0 and 1 that fall along the list, with parts that add up`() {
        var dice = Dice(seed: 22)
        var index = MatchIndex()
        for number in 0..<150 { index.add(randomPosting(number, &dice)) }
        for id in index.ids(.need) {
            let found = index.matches(of: id, limit: 30)
            for (one, next) in zip(found, found.dropFirst()) { #expect(one.score.value >= next.score.value) }
            for match in found {
                #expect(match.score.value > 0 && match.score.value < 1)
                #expect(match.score.total == match.score.relevance + match.score.fieldBonus)
            }
        }
    }

    @Test func `are scored alike from both sides`() {
        var dice = Dice(seed: 23)
        var index = MatchIndex()
        let documents = (0..<60).map { randomPosting($0, &dice) }
        for document in documents { index.add(document) }
        for one in documents {
            for other in documents where other.id > one.id {
                #expect(abs(index.score(one, other).total - index.score(other, one).total) < 1e-12)
            }
        }
    }

    @Test func `are found across languages`() {
        var index = MatchIndex()
        index.add(posting("ja", .seed, "冷却装置の改良と熱交換器の製造"))
        index.add(posting("zh", .seed, "用于冷却的换热装置制造技术"))
        index.add(posting("en", .seed, "We make cooling plates for heat exchangers"))
        index.add(posting("other", .seed, "伝統工芸の漆器を海外で販売しています"))
        let found = index.matches(for: posting("n", .need, "공장의 냉각 장치를 개량하고 싶습니다"), limit: 10)
        #expect(Set(found.map(\.id)) == ["ja", "zh", "en"])
    }
}

@Suite struct `Odd postings` {
    @Test func `with a keyword five hundred times do not win`() {
        var index = MatchIndex()
        index.add(posting("spam", .seed, String(repeating: "急速冷凍 ", count: 500)))
        index.add(posting("real", .seed, "水産物の鮮度を保つ急速冷凍装置を開発しました。漁協や加工場での利用を想定しています。"))
        for number in 0..<20 { index.add(posting("x\(number)", .seed, "金属部品の切削加工を請け負います。番号\(number)")) }
        let need = posting("n", .need, "水産加工場で使う急速冷凍装置を探しています。鮮度を落とさずに保存したいと考えています。")
        #expect(index.matches(for: need, limit: 5).first?.id == "real")
    }

    @Test(arguments: ["", " ", "鮮度", "a", String(repeating: "水産加工品の鮮度を保つ急速冷凍 ", count: 3_000)])
    func `of any length are indexed, matched and explained`(text: String) {
        var index = MatchIndex()
        let need = posting("n", .need, text)
        let seed = posting("s", .seed, "急速冷凍で鮮度を保つ装置")
        index.add(need)
        index.add(seed)
        for match in index.matches(of: "n", limit: 5) {
            let reason = index.reason(need: need, seed: seed, score: match.score, kind: match.kind)
            #expect(!reason.words(in: .ja, names: ReasonNames()).isEmpty)
        }
    }

    @Test func `that are identical stand side by side in the order of their identifiers`() {
        var index = MatchIndex()
        for id in ["b", "c", "a"] { index.add(posting(id, .seed, "急速冷凍で鮮度を保つ装置")) }
        #expect(index.matches(for: posting("n", .need, "急速冷凍の装置"), limit: 5).map(\.id) == ["a", "b", "c"])
    }
}
