import Matching
import Testing

/// Documents as words, and BM25 over them by the book: every document, every term.
private struct BruteForce {
    var documents: [(id: String, terms: [String], times: [String: Int], fields: [String])] = []
    private var total = 0

    func score(_ query: [String: Double], _ document: Int) -> Double {
        let (_, terms, times, _) = documents[document]
        let mean = Double(total) / Double(documents.count)
        let damping = 1.2 * (0.25 + 0.75 * Double(terms.count) / max(1, mean))
        var score = 0.0
        for (term, times) in times {
            guard let rarity = query[term] else { continue }
            let times = Double(min(255, times))
            score += rarity * times * 2.2 / (times + damping)
        }
        return score
    }

    /// Rarity of each term of a query.
    func weighted(_ query: [String]) -> [String: Double] {
        var weighted: [String: Double] = [:]
        for term in query {
            let frequency = Double(frequencies[term] ?? 0)
            weighted[term] = naturalLogarithm(1 + (Double(documents.count) - frequency + 0.5) / (frequency + 0.5))
        }
        return weighted
    }

    var frequencies: [String: Int] = [:]

    mutating func add(_ id: String, _ terms: [String], _ fields: [String]) {
        var times: [String: Int] = [:]
        for term in terms { times[term, default: 0] += 1 }
        documents.append((id, terms, times, fields))
        total += terms.count
        for term in times.keys { frequencies[term, default: 0] += 1 }
    }

    func rank(_ query: [String], _ limit: Int, without: [String]) -> [(id: String, score: Double)] {
        let weights = weighted(query)
        let scored = documents.indices.filter { !documents[$0].fields.contains(where: without.contains) }
            .map { (id: documents[$0].id, score: score(weights, $0)) }.filter { $0.score > 0 }
        return Array(scored.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }.prefix(limit))
    }
}

/// The logarithm by its series, good to the last digits: the tests stand on no library's.
private func naturalLogarithm(_ x: Double) -> Double {
    let (significand, exponent) = (x.significand, Double(x.exponent))
    let y = (significand - 1) / (significand + 1)
    var (sum, power) = (0.0, y)
    for odd in stride(from: 1.0, to: 60, by: 2) {
        sum += power / odd
        power *= y * y
    }
    return 2 * sum + exponent * 0.693_147_180_559_945_3
}

/// Words with a long tail: the first ones in most documents, repeated there.
private func words(_ count: Int, _ dice: inout Dice) -> [String] {
    (0..<count).map { _ in
        let rank = Int.random(in: 1...20, using: &dice) * Int.random(in: 1...20, using: &dice)
        return "w\(Int.random(in: 0...3, using: &dice) == 0 ? rank : rank / 8)"
    }
}

@Suite struct `The exact index` {
    @Test(arguments: [(1, 100), (2, 900), (3, 2_100)])
    func `finds what scoring every document finds`(seed: UInt64, count: Int) {
        var dice = Dice(seed: seed)
        var index = ExactBM25()
        var book = BruteForce()
        for number in 0..<count {
            // Every fifth is the same as one before, some are empty, some repeat one word hundreds of times.
            var terms = words(Int.random(in: 0...40, using: &dice), &dice)
            if number % 5 == 4 { terms = book.documents[Int.random(in: 0..<number, using: &dice)].terms }
            if number % 97 == 13 { terms += [String](repeating: "w7", count: 500) }
            let fields = ["f\(Int.random(in: 0...3, using: &dice))"]
            index.add(id: "d\(number)", terms: terms, fields: fields)
            book.add("d\(number)", terms, fields)
        }
        for round in 0..<2 {
            for length in [1, 5, 40] {
                let query = words(length, &dice) + ["unknown"]
                for (limit, without) in [(1, []), (10, []), (10, ["f1"]), (300, ["f2", "f9"])] {
                    expect(index.rank(query, limit: limit, without: without), book, query, limit, without)
                }
            }
            if round == 0 { index.settle() }
        }
    }

    private func expect(
        _ found: [(id: String, score: Double)], _ book: BruteForce, _ query: [String], _ limit: Int, _ without: [String]
    ) {
        let wanted = book.rank(query, limit, without: without)
        #expect(found.count == wanted.count)
        let places = Dictionary(uniqueKeysWithValues: book.documents.enumerated().map { ($1.id, $0) })
        let weights = book.weighted(query)
        for (one, other) in zip(found, wanted) {
            #expect(abs(one.score - other.score) < 1e-9)
            #expect(abs(book.score(weights, places[one.id] ?? 0) - one.score) < 1e-9)
        }
        for (one, next) in zip(found, found.dropFirst()) {
            #expect(one.score > next.score || one.score == next.score && one.id < next.id)
        }
        #expect(Set(found.map(\.id)).count == found.count)
    }

    @Test func `goes on beyond the 65,536 documents of a segment`() {
        var dice = Dice(seed: 5)
        var index = ExactBM25()
        for number in 0..<66_000 {
            let rare = number % 100 < 99 ? "m" : "n\(number)"
            index.add(id: "d\(number)", terms: ["all", "w\(Int.random(in: 0..<2_000, using: &dice))", rare])
        }
        #expect(index.rank(["n65499", "all"], limit: 1).map(\.id) == ["d65499"])
        #expect(index.rank(["n65999"], limit: 3).map(\.id) == ["d65999"])
        #expect(index.rank(["n99", "n65599"], limit: 3).map(\.id) == ["d65599", "d99"])
        let before = index.rank(["w5", "w77", "all"], limit: 20)
        index.settle()
        #expect(index.rank(["w5", "w77", "all"], limit: 20).map(\.id) == before.map(\.id))
        #expect(index.rank(["all"], limit: 2).map(\.id) == ["d0", "d1"])
    }

    @Test func `finds nothing for nothing`() {
        var index = ExactBM25()
        #expect(index.rank(["a"], limit: 10).isEmpty)
        index.add(id: "empty", terms: [])
        #expect(index.rank(["a"], limit: 10).isEmpty)
        #expect(index.rank([], limit: 10).isEmpty)
        #expect(index.rank(["a"], limit: 0).isEmpty)
        index.settle()
        #expect(index.rank(["a"], limit: 10).isEmpty)
    }

    @Test func `is not won by one word five hundred times`() {
        var index = ExactBM25()
        index.add(id: "spam", terms: [String](repeating: "freezing", count: 500))
        index.add(id: "real", terms: ["rapid", "freezing", "of", "fish", "on", "board"])
        for number in 0..<30 { index.add(id: "x\(number)", terms: ["milling", "of", "parts", "\(number)"]) }
        #expect(index.rank(["rapid", "freezing", "fish"], limit: 2).map(\.id) == ["real", "spam"])
    }

    @Test func `answers queries of tens of thousands of terms`() {
        var index = ExactBM25()
        for number in 0..<600 {
            index.add(id: "d\(number)", terms: ["w\(number)", "w\(number + 1)", "x\(number % 7)"])
        }
        let query = (0..<20_000).map { "w\($0)" }
        // Each of the two words that end documents stand in one only: those documents are in front.
        #expect(Set(index.rank(query, limit: 2).map(\.id)) == ["d0", "d599"])
    }
}

@Suite struct `An index of thousands` {
    @Test(arguments: [31] as [UInt64])
    func `answers after changes as one built anew`(seed: UInt64) {
        var dice = Dice(seed: seed)
        var index = MatchIndex()
        var held: [String: MatchDocument] = [:]
        for step in 0..<2_600 {
            let number = Int.random(in: 0..<1_900, using: &dice)
            if Int.random(in: 0..<5, using: &dice) == 0 {
                index.remove("p\(number)")
                held["p\(number)"] = nil
            } else {
                let document = randomPosting(number, &dice)
                index.add(document)
                held[document.id] = document
            }
            if step == 1_500 { index.settle() }
        }
        var fresh = MatchIndex()
        for document in held.values.sorted(by: { $0.id < $1.id }) { fresh.add(document) }
        fresh.settle()
        for number in 5_000..<5_008 {
            let query = randomPosting(number, &dice)
            #expect(index.matches(for: query, limit: 5) == fresh.matches(for: query, limit: 5))
            let filter = MatchFilter(excludedOwners: ["o3"], fields: .differing)
            #expect(
                index.matches(for: query, limit: 5, filter: filter)
                    == fresh.matches(for: query, limit: 5, filter: filter))
        }
        let terms = [SearchTerm(key: "w1", isPrefix: true), SearchTerm(key: "w12", isPrefix: false)]
        let (found, again) = (index.search(terms, limit: 20), fresh.search(terms, limit: 20))
        #expect(found.map(\.id) == again.map(\.id) && found.map(\.score) == again.map(\.score))
        index.compact()
        let query = randomPosting(6_000, &dice)
        #expect(index.matches(for: query, limit: 50) == fresh.matches(for: query, limit: 50))
    }

    @Test func `leaves a copy as it was`() {
        var dice = Dice(seed: 33)
        var index = MatchIndex()
        for number in 0..<900 { index.add(randomPosting(number, &dice)) }
        let copy = index
        let queries = (2_000..<2_010).map { randomPosting($0, &dice) }
        let before = queries.map { copy.matches(for: $0, limit: 20) }
        for number in 0..<900 where number % 2 == 0 { index.remove("p\(number)") }
        for number in 900..<1_500 { index.add(randomPosting(number, &dice)) }
        index.compact()
        #expect(copy.count == 900)
        #expect(queries.map { copy.matches(for: $0, limit: 20) } == before)
    }
}
