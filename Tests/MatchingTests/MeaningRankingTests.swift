import Matching
import Testing

private let dimension = 32

/// A direction: coordinate axes with weights, on top of what the language itself says (axes 28...31).
private func vectors(
    _ language: MatchLanguage, _ axes: [Int: Float], purpose: [Int: Float]? = nil, means: [Int: Float]? = nil,
    model: String = "made for tests"
) -> MatchVectors {
    func full(_ axes: [Int: Float]) -> [Float] {
        var values = [Float](repeating: 0, count: dimension)
        for (axis, weight) in axes { values[axis] += weight }
        let place = MatchLanguage.allCases.firstIndex(of: language) ?? 0
        values[28 + place] += 1
        return values
    }
    return MatchVectors(
        model: model, full: full(axes), purpose: purpose.map { full($0) }, means: means.map { full($0) })
}

private func document(
    _ id: String, _ side: MatchSide, _ language: MatchLanguage = .en, words: [String] = [], _ vectors: MatchVectors?,
    isPurposeStated: Bool = false
) -> MatchDocument {
    MatchDocument(
        id: id, side: side, text: MatchText(language: language, terms: TermList(keys: words)),
        facets: MatchFacets(isPurposeStated: isPurposeStated), vectors: vectors)
}

/// Postings of both sides whose meanings are random, with words drawn from few.
private func crowd(_ count: Int, _ languages: [MatchLanguage], seed: UInt64) -> [MatchDocument] {
    var dice = Dice(seed: seed)
    return (0..<count).map { number in
        var axes: [Int: Float] = [:]
        for axis in 0..<24 { axes[axis] = Float.random(in: -1...1, using: &dice) }
        let language = languages[number % languages.count]
        let words = (0..<6).map { _ in "w\(Int.random(in: 1...60, using: &dice))" }
        return document(
            "p\(number)", number / languages.count % 2 == 0 ? .need : .seed, language, words: words,
            vectors(language, axes))
    }
}

private func index(_ documents: [MatchDocument], weights: RankingWeights = .standard) -> MatchIndex {
    var index = MatchIndex(weights: weights)
    for document in documents { index.add(document) }
    return index
}

@Suite struct `Meaning in a score` {
    @Test func `finds a partner that shares no word and speaks another language`() {
        let index = index(
            crowd(80, [.ja, .en], seed: 1) + [
                document("near", .seed, .en, words: ["other"], vectors(.en, [25: 2])),
                document("far", .seed, .en, words: ["another"], vectors(.en, [26: 2])),
            ])
        let need = document("need", .need, .ja, words: ["word"], vectors(.ja, [25: 2]))
        #expect(index.matches(for: need, limit: 3).first?.id == "near")
    }

    @Test func `changes nothing for postings without vectors`() {
        let plain = crowd(60, [.ja, .en, .ko], seed: 2).map { document in
            var plain = document
            plain.vectors = nil
            return plain
        }
        let some = crowd(60, [.ja, .en, .ko], seed: 2).enumerated().map { $0 % 2 == 0 ? $1 : plain[$0] }
        for asked in plain {
            let alone = index(plain).score(asked, plain[3])
            let beside = index(some).score(asked, some[3])
            if asked.id != some[3].id, plain[3].vectors == nil, some[3].vectors == nil { #expect(alone == beside) }
            var bare = asked
            bare.id = "draft"
            #expect(index(plain).matches(for: bare, limit: 20) == index(some).matches(for: bare, limit: 20))
        }
    }

    @Test(arguments: [
        MatchVectors(model: "another model", full: [Float](repeating: 1, count: dimension)),
        MatchVectors(model: "made for tests", full: [1, 2, 3]),
        MatchVectors(model: "made for tests", full: [Float](repeating: .nan, count: dimension)),
        MatchVectors(model: "made for tests", full: [Float](repeating: 0, count: dimension)),
    ])
    func `is left out where the vectors are of no use`(broken: MatchVectors) {
        let index = index(crowd(40, [.en], seed: 3))
        var draft = document("draft", .need, .en, words: ["w1", "w2", "w3"], broken)
        let found = index.matches(for: draft, limit: 10)
        draft.vectors = nil
        #expect(found == index.matches(for: draft, limit: 10))
        #expect(found.allSatisfy { $0.score.meaning == nil })
    }

    @Test func `is the same from both sides`() {
        let documents = crowd(90, [.ja, .en, .zh], seed: 4)
        let index = index(documents)
        for (one, other) in zip(documents, documents.dropFirst(3)) where one.side != other.side {
            let there = index.score(one, other)
            let back = index.score(other, one)
            // Up to the rounding of vectors to bytes, which differs between asking and being asked.
            #expect(abs(there.relevance - back.relevance) < 0.005)
        }
    }

    @Test func `does not depend on what came and went`() {
        let documents = crowd(70, [.ja, .en], seed: 5)
        var moved = index(
            crowd(70, [.en, .ko], seed: 6).map { document in
                var other = document
                other.id = "x" + document.id
                return other
            })
        for document in documents.reversed() { moved.add(document) }
        _ = moved.matches(of: "p0", limit: 5)
        for document in crowd(70, [.en, .ko], seed: 6) { moved.remove("x" + document.id) }
        let fresh = index(documents)
        for document in documents {
            #expect(moved.matches(of: document.id, limit: 10) == fresh.matches(of: document.id, limit: 10))
        }
    }

    @Test func `raises relevance, and words raise it too`() {
        var last = -1.0
        for weight in [Float(0), 0.5, 1, 2, 4] {
            let index = index([
                document("seed", .seed, .en, words: ["a", "b"], vectors(.en, [1: weight, 2: 1])),
                document("other", .seed, .en, words: ["c", "d"], vectors(.en, [3: 1])),
            ])
            let score = index.score(
                document("need", .need, .en, words: ["a", "e"], vectors(.en, [1: 4])), index, "seed")
            #expect(score.relevance > last)
            #expect((0...1).contains(score.value))
            #expect(score.likeness > 0)
            last = score.relevance
        }
    }
}

extension MatchIndex {
    /// The score of a draft against a posting of the index.
    fileprivate func score(_ draft: MatchDocument, _ index: MatchIndex, _ id: String) -> MatchScore {
        let found = index.matches(for: draft, limit: 10, filter: MatchFilter(pool: [id]))
        return found[0].score
    }
}

@Suite struct `Centring by language` {
    @Test func `hardly moves a tiny collection`() {
        let index = index([
            document("seed", .seed, .en, vectors(.en, [1: 1, 2: 1])),
            document("other", .seed, .en, vectors(.en, [3: 1])),
        ])
        let need = document("need", .need, .en, vectors(.en, [1: 1, 2: 1]))
        let found = index.matches(for: need, limit: 2)
        #expect(found.first?.id == "seed")
        #expect((found.first?.score.meaningFull ?? 0) > 0.95)
    }

    @Test func `takes away what is said by the language alone`() {
        let documents = crowd(400, [.ja, .en], seed: 8)
        let index = index(documents)
        var within: [Double] = []
        var across: [Double] = []
        for place in 0..<160 {
            for other in [documents[place + 1], documents[place + 2]] {
                let one = documents[place]
                guard one.side != other.side, let meaning = index.score(one, other).meaningFull else { continue }
                if one.text.language == other.text.language { within.append(meaning) } else { across.append(meaning) }
            }
        }
        // Uncentred, two postings of one language would share the axis of the language.
        #expect(abs(within.reduce(0, +) / Double(within.count)) < 0.1)
        #expect(abs(across.reduce(0, +) / Double(across.count)) < 0.1)
    }

    @Test func `uses the means shipped with a model while the collection is small`() {
        let model = "multilingual-e5-small"
        var dice = Dice(seed: 9)
        func random() -> MatchVectors {
            MatchVectors(model: model, full: (0..<384).map { _ in Float.random(in: -1...1, using: &dice) })
        }
        let seed = random()
        let index = index([document("seed", .seed, .ja, seed)])
        let same = document("need", .need, .ja, seed)
        // The same posting is the same whatever is subtracted.
        #expect((index.matches(for: same, limit: 1).first?.score.meaningFull ?? 0) > 0.99)
    }
}

@Suite struct `A posting near to everything` {
    /// Needs in Japanese with meanings of their own, each with one English seed that means the same, and one seed that
    /// is a little of everything.
    private static func hubCrowd() -> [MatchDocument] {
        var documents: [MatchDocument] = []
        for number in 0..<20 {
            documents.append(
                document("need\(number)", .need, .ja, vectors(.ja, [number: 1, 20: 1.2, (number + 7) % 20: 0.5])))
            documents.append(
                document("seed\(number)", .seed, .en, vectors(.en, [number: 1, 21: 1.2, (number + 3) % 20: 0.5])))
        }
        documents.append(document("hub", .seed, .en, vectors(.en, [20: 0.6, 0: 0.2, 5: 0.2, 10: 0.2])))
        return documents
    }

    @Test func `is shown less across languages`() {
        // Hardly centred: what all share would otherwise go, and the hub with it.
        var weights = RankingWeights()
        weights.centringPrior = 200
        var without = weights
        without.hubShare = 0
        let documents = Self.hubCrowd()
        let (plain, corrected) = (index(documents, weights: without), index(documents, weights: weights))
        func shown(_ index: MatchIndex) -> Int {
            (0..<20).filter { index.matches(of: "need\($0)", limit: 1).first?.id == "hub" }.count
        }
        #expect(shown(plain) == 20)
        #expect(shown(corrected) < 20)
        #expect((corrected.matches(of: "need1", limit: 30).first { $0.id == "hub" }?.score.hub ?? 0) > 0)
    }

    @Test func `is left alone within a language`() {
        let documents = Self.hubCrowd().map { document in
            var same = document
            same.text.language = .en
            return same
        }
        for hit in index(documents).matches(of: "need1", limit: 30) { #expect(hit.score.hub == 0) }
    }
}

@Suite struct `Purpose and means` {
    private static let need = document(
        "need", .need, .en, vectors(.en, [1: 1, 2: 1], purpose: [1: 1], means: [2: 1]), isPurposeStated: true)
    private static let kin = document(
        "near purpose", .seed, .en, vectors(.en, [1: 1, 3: 1], purpose: [1: 1], means: [3: 1]), isPurposeStated: true)
    private static let alike = document(
        "near means", .seed, .en, vectors(.en, [2: 1, 4: 1], purpose: [4: 1], means: [2: 1]), isPurposeStated: true)

    @Test func `a near purpose by far means beats near means to another purpose`() {
        let found = index(crowd(40, [.en], seed: 10) + [Self.kin, Self.alike]).matches(for: Self.need, limit: 60)
        let kin = found.first { $0.id == Self.kin.id }?.score
        let alike = found.first { $0.id == Self.alike.id }?.score
        #expect(found.first?.id == Self.kin.id)
        #expect((kin?.meaningPurpose ?? 0) > 0.9)
        #expect((kin?.relevance ?? 0) > (alike?.relevance ?? 0) + 0.1)
        #expect((alike?.meaningMeans ?? 0) > (kin?.meaningMeans ?? 1))
    }

    @Test func `a purpose that cues told apart counts for less than one that was written apart`() {
        func score(_ isStated: Bool) -> Double {
            var (need, kin) = (Self.need, Self.kin)
            need.facets.isPurposeStated = isStated
            kin.facets.isPurposeStated = isStated
            let found = index(crowd(40, [.en], seed: 10) + [kin]).matches(for: need, limit: 60)
            return found.first { $0.id == kin.id }?.score.relevance ?? 0
        }
        #expect(score(true) > score(false))
    }

    @Test func `the whole text stands where a purpose is missing`() {
        var bare = Self.kin
        bare.vectors?.purpose = nil
        let found = index(crowd(40, [.en], seed: 10) + [bare]).matches(for: Self.need, limit: 60)
        let score = found.first { $0.id == bare.id }?.score
        #expect(score?.meaningPurpose == nil)
        #expect(score?.meaningFull != nil)
    }
}
