import Matching
import Synchronization
import Testing

private func exchange(_ seed: UInt64, _ size: Int = 160) -> MatchIndex {
    var dice = Dice(seed: seed)
    var index = MatchIndex()
    for number in 0..<size { index.add(randomPosting(number, &dice)) }
    return index
}

@Suite struct `A round` {
    @Test(arguments: [31, 32, 33] as [UInt64])
    func `gives the same picks each time, within the cap, each pair once`(seed: UInt64) {
        let index = exchange(seed)
        let rules = RoundRules(perPosting: 5)
        let one = index.round(rules)
        #expect(one == index.round(rules))
        #expect(!one.picks.isEmpty)
        #expect(one.exposure.values.allSatisfy { $0 <= one.cap })
        #expect(Set(one.picks.map { $0.need + "/" + $0.seed }).count == one.picks.count)
        #expect(Dictionary(grouping: one.picks, by: \.need).values.allSatisfy { $0.count <= 5 })
    }

    @Test func `has two picks from unlike fields and one by chance wherever such can be had`() {
        let index = exchange(34)
        let rules = RoundRules(perPosting: 6, crossFieldPicks: 2, exposureFactor: 1_000)
        let result = index.round(rules)
        for (need, picks) in Dictionary(grouping: result.picks, by: \.need) {
            let far = index.matches(of: need, limit: 50).filter { $0.score.fieldDistance == 1 }
            #expect(picks.filter { $0.kind == .bridge }.count >= min(2, far.count))
            #expect(picks.filter { $0.kind == .wildcard }.count <= 1)
            if far.count > 5 { #expect(picks.last?.kind == .wildcard) }
            #expect(picks.allSatisfy { $0.kind != .wildcard || $0.score.fieldDistance == 1 })
        }
    }

    @Test func `draws by its seed alone`() {
        let index = exchange(34)
        func chance(_ seed: UInt64) -> [String] {
            index.round(RoundRules(seed: seed)).picks.filter { $0.kind == .wildcard }.map { $0.need + $0.seed }
        }
        #expect(chance(1) == chance(1))
        #expect(chance(1) != chance(2))
    }

    @Test(arguments: [41, 42, 43] as [UInt64])
    func `shows every partner that fits somebody, at least half as often as the mean`(seed: UInt64) {
        let index = exchange(seed, 400)
        let result = index.round(RoundRules(perPosting: 10))
        #expect(result.least >= 2)
        for partner in index.availableIDs(.seed) {
            let open = index.matches(of: partner, limit: MatchIndex.reverseBreadth).count
            #expect(result.exposure[partner, default: 0] >= min(result.least, open), "\(partner)")
        }
        #expect(result.exposure.values.allSatisfy { $0 <= result.cap })
        #expect(Dictionary(grouping: result.picks, by: \.need).values.allSatisfy { $0.count <= 10 })
    }

    @Test func `keeps alike partners out of one list where others are as good`() {
        let score = MatchIndex().score(posting("n", .need, "sensor label"), posting("s", .seed, "sensor boat"))
        func candidate(_ id: String, _ rank: Double) -> RoundCandidate {
            RoundCandidate(id: id, score: score, kind: .kindred, rank: rank)
        }
        let row = RoundRow(
            id: "need", candidates: [candidate("a", 0.9), candidate("a twin", 0.89), candidate("b", 0.85)])
        let rules = RoundRules(perPosting: 2, crossFieldPicks: 0, wildcards: 0)
        var lists = RoundLists([row], rules, partners: 3) { one, other in one.first == other.first ? 1 : 0 }
        #expect(lists.deal().picks.map(\.seed) == ["a", "b"])
        var plain = RoundLists([row], RoundRules(perPosting: 2, wildcards: 0, lambda: 1), partners: 3)
        #expect(plain.deal().picks.map(\.seed) == ["a", "a twin"])
    }

    @Test func `lists nothing below its floor, but draws from above the lower one`() {
        let index = exchange(44)
        let result = index.round(RoundRules(floor: 0.4, chanceFloor: 0.1))
        #expect(result.picks.contains { $0.kind == .wildcard && $0.score.value < 0.4 })
        #expect(result.picks.allSatisfy { $0.score.value >= ($0.kind == .wildcard ? 0.1 : 0.4) })
    }

    @Test func `leaves out what the filter excludes`() {
        let index = exchange(35)
        let all = index.round()
        let shown = Set(all.picks.map(\.seed))
        let next = index.round(filter: { _ in MatchFilter(excludedIDs: shown) })
        #expect(shown.isDisjoint(with: next.picks.map(\.seed)))
    }

    @Test func `tells how far it is, and stops when told to`() {
        let index = exchange(36)
        let heard = Mutex<[Int]>([])
        let result = index.round(progress: { done, of in
            heard.withLock { $0.append(done) }
            return done < 7 && of > 7
        })
        #expect(heard.withLock { $0 } == Array(1...7))
        #expect(result.wasStopped)
        #expect(Set(result.picks.map(\.need)).count <= 7)
    }

    @Test func `can be held for the seeds as well`() {
        let result = exchange(37).round(RoundRules(side: .seed, perPosting: 3))
        #expect(!result.picks.isEmpty)
        #expect(Dictionary(grouping: result.picks, by: \.seed).values.allSatisfy { $0.count <= 3 })
    }

    @Test func `over an empty index finds nothing`() {
        #expect(MatchIndex().round().picks.isEmpty)
    }
}

@Suite struct `A full-text search` {
    private func index() -> MatchIndex {
        var index = MatchIndex()
        index.add(posting("ja", .seed, "水産物の急速冷凍装置を開発しました。鮮度を落とさずに長く保存できます。レーザー加工も。"))
        index.add(posting("part", .seed, "急速に冷却した後に冷凍する方法を研究しています。加工機械も製造しています。"))
        index.add(posting("ko", .need, "급속냉동 설비를 찾고 있는 수산물 가공 업체입니다. 신선도 유지가 중요합니다."))
        index.add(posting("zh", .seed, "速冻设备和冷链物流的温度监测系统,用于水产品的保鲜和长途运输,可以降低能耗和成本"))
        index.add(posting("en", .need, "We are looking for quick freezing equipment and heat exchangers for seafood"))
        return index
    }

    @Test(arguments: [
        ("急速冷凍", ["ja"]), ("급속냉동", ["ko"]), ("冷链", ["zh"]), ("freezing seafood", ["en"]), ("freez", ["en"]),
        ("heat", ["en"]), ("レーザ", ["ja"]), ("急速冷凍 鮮度", ["ja"]), ("急速冷凍 存在しない", []), ("", []),
    ])
    func `finds what has all words and whole runs`(query: String, expected: [String]) {
        #expect(index().search(terms(query), limit: 10).map(\.id) == expected)
    }

    @Test func `keeps to a side and to what may be seen`() {
        #expect(index().search(terms("水産"), side: .need, limit: 10).isEmpty)
        #expect(index().search(terms("急速"), limit: 10).count == 2)
        #expect(index().search(terms("急速"), limit: 10, admits: { $0 != "ja" }).map(\.id) == ["part"])
        #expect(index().search(terms("急速"), limit: 1).count == 1)
    }
}
