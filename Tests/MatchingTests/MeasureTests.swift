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

private let evaluation = EngineEvaluation(
    judgements: ["n1": ["a": 3, "b": 2, "c": 1], "n2": ["a": 1, "d": 3]],
    languages: ["n1": .ja, "n2": .ja, "a": .ja, "b": .en, "c": .ja, "d": .ko],
    fields: ["n1": ["x"], "n2": ["x"], "a": ["y"], "b": ["x"], "c": ["x"], "d": ["x"]])

@Suite struct `An evaluation` {
    @Test func `of a perfect ranking is 1`() {
        let figures = evaluation.figures(["n1": ["a", "b", "c"], "n2": ["d", "a"]])
        #expect(figures == EngineFigures(queries: 2, ndcg10: 1, recall5: 1, mrr: 1, best5: 1))
    }

    @Test func `counts an unanswered query with 0`() {
        let figures = evaluation.figures(["n1": ["a", "b", "c"]])
        #expect(figures == EngineFigures(queries: 2, ndcg10: 0.5, recall5: 0.5, mrr: 0.5, best5: 0.5))
    }

    @Test func `gives look-alikes nothing`() {
        let figures = evaluation.figures(["n1": ["c", "a", "b"], "n2": ["a", "d"]])
        // n1: (7/log2(3) + 3/2) / (7 + 3/log2(3)), n2: 1/log2(3).
        #expect(abs(figures.ndcg10 - (0.665_315 + 0.630_930) / 2) < 1e-4)
        #expect(figures.mrr == 0.5)
    }

    @Test(arguments: [
        (EvaluationSlice.crossField, 1), (.crossLanguage, 2), (.languages(query: .ja, document: .en), 1),
        (.languages(query: .ja, document: .ko), 1), (.languages(query: .en, document: .ja), 0),
    ])
    func `looks at pairs across fields and languages alone`(slice: EvaluationSlice, queries: Int) {
        let figures = evaluation.figures(["n1": ["a", "b"], "n2": ["d"]], slice)
        #expect(figures.queries == queries)
        #expect(figures.ndcg10 == (queries > 0 ? 1 : 0))
    }

    @Test func `has every pair of languages that has good pairs`() {
        #expect(
            evaluation.slices == [
                .all, .crossField, .crossLanguage, .languages(query: .ja, document: .ja),
                .languages(query: .ja, document: .en), .languages(query: .ja, document: .ko),
            ])
    }

    @Test func `takes the recall of the highest grade over pairs, not over queries`() {
        let wider = EngineEvaluation(judgements: ["q": ["a": 3, "b": 3, "c": 3], "r": ["d": 3], "s": ["e": 2]])
        let figures = wider.figures(["q": ["a"], "r": ["d"], "s": ["e"]])
        #expect(figures.best5 == 0.5)
        #expect(EngineEvaluation(judgements: ["s": ["e": 2]]).figures([:]).best5 == nil)
    }
}

@Suite struct `A comparison of two rankings` {
    private static let many = EngineEvaluation(
        judgements: Dictionary(uniqueKeysWithValues: (0..<40).map { ("q\($0)", ["right": 3.0]) }))

    /// The right document first for so many of the queries, else sixth.
    private func rankings(right: Int) -> [String: [String]] {
        Dictionary(
            uniqueKeysWithValues: (0..<40).map { number in
                ("q\(number)", number < right ? ["right"] : ["a", "b", "c", "d", "e", "right"])
            })
    }

    @Test func `has intervals around the figures, as wide as theory says`() throws {
        let compared = Self.many.compare(rankings(right: 20), rankings(right: 20), documents: ["right"])
        let recall = try #require(compared[.all]?.estimates[.recall5])
        #expect(recall.engine.value == 0.5)
        // Half of 40 right: the standard error of the mean is sqrt(.25 / 40) = .079, times 1.96 is .155.
        #expect(abs(recall.engine.high - 0.655) < 0.03 && abs(recall.engine.low - 0.345) < 0.03)
        #expect(recall.difference == Estimate(value: 0, low: 0, high: 0))
        #expect(recall.better == 0.5)
    }

    @Test func `is sure of a large difference, and the same for the same seed`() throws {
        let one = Self.many.compare(rankings(right: 30), rankings(right: 10), documents: [])
        let estimate = try #require(one[.all]?.estimates[.ndcg10])
        #expect(estimate.better == 1 && estimate.difference.low > 0)
        #expect(estimate.difference.low < estimate.difference.value)
        #expect(estimate.difference.value < estimate.difference.high)
        let again = Self.many.compare(rankings(right: 30), rankings(right: 10), documents: [])
        #expect(one.slices == again.slices)
        let other = Self.many.compare(
            rankings(right: 30), rankings(right: 10), documents: [], bootstrap: Bootstrap(seed: 2))
        #expect(other[.all]?.estimates[.ndcg10] != estimate)
        #expect(other[.all]?.engine == one[.all]?.engine)
    }

    @Test func `names what was missed, with its ranks`() throws {
        let ranking = (0..<12).map { "x\($0)" } + ["a"]
        let compared = evaluation.compare(["n1": ranking], ["n1": ["b"]], documents: ["a", "b"])
        let query = try #require(compared.queries.first)
        #expect(query.missed.map(\.document) == ["a", "b"])
        #expect(query.missed.map(\.rank) == [13, nil])
        #expect(query.missed.map(\.baselineRank) == [nil, 1])
        #expect(query.first == ["x0", "x1", "x2"])
    }

    @Test func `without any answer is 0 and not broken`() throws {
        let compared = evaluation.compare([:], [:], documents: [])
        #expect(compared[.all]?.estimates[.ndcg10]?.better == 0.5)
        #expect(compared.exposure.gini == 0 && compared.exposure.mean == 0)
    }
}

@Suite struct `The exposure of documents` {
    @Test func `is even where all are shown alike, and uneven where one has everything`() {
        let even = Exposure(documents: ["a", "b"], rankings: ["q": ["a"], "r": ["b"]])
        #expect(even.gini == 0 && even.mean == 1 && even.largest == 1 && even.neverShown == 0)
        let uneven = Exposure(documents: ["a", "b", "c", "d"], rankings: ["q": ["a"], "r": ["a"]])
        #expect(uneven.gini == 0.75 && uneven.largest == 2 && uneven.neverShown == 3)
        #expect(uneven.lorenz.map(\.places) == [0, 0, 0, 0, 1])
    }

    @Test func `counts the first ten only`() {
        let ranking = (0..<20).map { "d\($0)" }
        #expect(Exposure(documents: ranking, rankings: ["q": ranking]).counts.reduce(0, +) == 10)
    }
}
