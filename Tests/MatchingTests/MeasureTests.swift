import Matching
import Testing

@Suite struct `Plain BM25` {
    @Test func `gives the textbook figures`() {
        var ranking = ExactBM25(k1: 1.2, b: 0.75)
        ranking.add(id: "one", terms: ["a", "b", "a"])
        ranking.add(id: "two", terms: ["b", "c"])
        ranking.add(id: "three", terms: ["c"])
        let found = ranking.rank(["a", "b"], limit: 10)
        // Three documents of mean length 2; rarity of a: ln(1 + 2.5/1.5), of b: ln(1 + 1.5/2.5).
        let first = 0.980_829_253 * 2 * 2.2 / (2 + 1.2 * 1.375) + 0.470_003_629 * 2.2 / (1 + 1.2 * 1.375)
        let second = 0.470_003_629 * 2.2 / (1 + 1.2)
        #expect(found.map(\.id) == ["one", "two"])
        #expect(abs(found[0].score - first) < 1e-6)
        #expect(abs(found[1].score - second) < 1e-6)
    }

    @Test func `answers the whole pool, what has nothing last`() {
        var ranking = ExactBM25()
        ranking.add(id: "one", terms: ["a"])
        ranking.add(id: "two", terms: ["b"])
        #expect(ranking.rank(["b"], limit: 2, pool: ["one", "two"]).map(\.id) == ["two", "one"])
        #expect(ranking.rank(["b"], limit: 2, pool: ["one"]).map(\.score) == [0])
    }
}

@Suite struct `The engine's ranking` {
    @Test(arguments: EngineOptions.Method.allCases)
    func `ranks documents of any kind, owners and all`(method: EngineOptions.Method) {
        var ranking = EngineRanking(options: EngineOptions(top: 5, method: method))
        ranking.add(posting("a", .need, "急速冷凍の設備", fields: ["x"], owner: "o"))
        ranking.add(posting("b", .seed, "切削加工の設備", fields: ["y"], owner: "o", isAvailable: false))
        let query = posting("a", .seed, "急速冷凍", fields: ["x"], owner: "o")
        #expect(ranking.rank(query).map(\.id) == ["a"])
        #expect(ranking.rank(query, pool: ["a", "b"]).map(\.id) == ["a", "b"])
    }

    @Test(arguments: EngineOptions.Method.allCases)
    func `leaves the query's own fields out when asked to`(method: EngineOptions.Method) {
        var ranking = EngineRanking(options: EngineOptions(top: 5, method: method, fields: .differing))
        ranking.add(posting("a", .seed, "急速冷凍の設備", fields: ["x"]))
        ranking.add(posting("b", .seed, "急速冷凍の方法", fields: ["y"]))
        #expect(ranking.rank(posting("q", .need, "急速冷凍", fields: ["x"])).map(\.id) == ["b"])
    }

    @Test func `scores pairs between 0 and 1, more for what is alike`() {
        let one = posting("a", .need, "犬が公園を走っています")
        let scores = EngineRanking.score([
            ("same", one, one), ("near", one, posting("b", .seed, "公園で犬が遊んでいます")),
            ("far", one, posting("c", .seed, "飛行機の翼の塗装")),
        ])
        #expect(scores.map(\.id) == ["same", "near", "far"])
        #expect(scores[0].score > scores[1].score && scores[1].score > scores[2].score)
        #expect(scores.allSatisfy { $0.score >= 0 && $0.score < 1 })
    }
}

@Suite struct `An evaluation` {
    private let evaluation = EngineEvaluation(
        judgements: ["n1": ["a": 3, "b": 2, "c": 1], "n2": ["a": 1, "d": 3]],
        languages: ["n1": .ja, "n2": .ja, "a": .ja, "b": .en, "c": .ja, "d": .ko],
        fields: ["n1": ["x"], "n2": ["x"], "a": ["y"], "b": ["x"], "c": ["x"], "d": ["x"]])

    @Test func `of a perfect ranking is 1`() {
        let report = evaluation.report(["n1": ["a", "b", "c"], "n2": ["d", "a"]])
        #expect(report.all == EngineFigures(queries: 2, ndcg10: 1, recall5: 1, mrr: 1))
    }

    @Test func `counts an unanswered query with 0`() {
        let report = evaluation.report(["n1": ["a", "b", "c"]])
        #expect(report.all == EngineFigures(queries: 2, ndcg10: 0.5, recall5: 0.5, mrr: 0.5))
    }

    @Test func `gives look-alikes nothing`() {
        let report = evaluation.report(["n1": ["c", "a", "b"], "n2": ["a", "d"]])
        // n1: (7/log2(3) + 3/2) / (7 + 3/log2(3)), n2: 1/log2(3).
        #expect(abs(report.all.ndcg10 - (0.665_315 + 0.630_930) / 2) < 1e-4)
        #expect(report.all.mrr == 0.5)
    }

    @Test func `looks at pairs across fields and languages alone`() {
        let report = evaluation.report(["n1": ["a", "b"], "n2": ["d"]])
        #expect(report.crossField == EngineFigures(queries: 1, ndcg10: 1, recall5: 1, mrr: 1))
        #expect(report.crossLanguage == EngineFigures(queries: 2, ndcg10: 1, recall5: 1, mrr: 1))
    }
}
