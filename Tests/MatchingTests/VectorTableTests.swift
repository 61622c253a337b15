import CKernels
import Matching
import Testing

@Suite struct `A table of meaning vectors` {
    private static func random(_ dimension: Int, _ dice: inout Dice) -> [Float] {
        (0..<dimension).map { _ in Float.random(in: -1...1, using: &dice) + Float.random(in: -1...1, using: &dice) }
    }

    private static func vectors(_ dimension: Int, _ dice: inout Dice) -> MatchVectors {
        MatchVectors(
            model: "m", full: random(dimension, &dice),
            purpose: Bool.random(using: &dice) ? random(dimension, &dice) : nil,
            means: Bool.random(using: &dice) ? random(dimension, &dice) : nil)
    }

    private static func cosine(_ one: [Float], _ other: [Float]) -> Double {
        func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        return dot(one, other) / (dot(one, one) * dot(other, other)).squareRoot()
    }

    private struct Held {
        let vectors: MatchVectors
        let side: MatchSide
        let language: MatchLanguage
    }

    private static let facets: [(MatchFacet, @Sendable (MatchVectors) -> [Float]?)] = [
        (.full, { $0.full }), (.purpose, { $0.purpose }), (.means, { $0.means }),
    ]

    @Test(arguments: [1, 2, 3] as [UInt64], [3, 64, 100, 384])
    func `holds after many changes what one built anew holds`(seed: UInt64, dimension: Int) throws {
        var dice = Dice(seed: seed)
        var table = VectorTable()
        var held: [Int: Held] = [:]
        for _ in 0..<1_200 {
            let slot = Int.random(in: 0..<700, using: &dice)
            if Int.random(in: 0..<4, using: &dice) == 0 {
                table.remove(slot)
                held[slot] = nil
            } else {
                let new = Held(
                    vectors: Self.vectors(dimension, &dice), side: Bool.random(using: &dice) ? .need : .seed,
                    language: Bool.random(using: &dice) ? .ja : .ko)
                try table.set(new.vectors, slot: slot, side: new.side, language: new.language)
                held[slot] = new
            }
        }
        var fresh = VectorTable()
        for (slot, one) in held.sorted(by: { $0.key > $1.key }) {
            try fresh.set(one.vectors, slot: slot, side: one.side, language: one.language)
        }
        #expect(table.count == held.count)
        let query = try QuantizedVector(Self.random(dimension, &dice))
        for (facet, _) in Self.facets {
            for slot in 0..<700 {
                #expect(table.row(slot, facet) == fresh.row(slot, facet))
                #expect(table.contains(slot) == (held[slot] != nil))
            }
            for language in MatchLanguage.allCases {
                #expect(table.sum(facet, language) == fresh.sum(facet, language))
                #expect(table.count(facet, language) == fresh.count(facet, language))
                for side in MatchSide.allCases {
                    #expect(
                        scanned(table, query, side, language, facet) == scanned(fresh, query, side, language, facet))
                }
            }
        }
    }

    private func scanned(
        _ table: VectorTable, _ query: QuantizedVector, _ side: MatchSide, _ language: MatchLanguage,
        _ facet: MatchFacet
    ) -> [Int: Float] {
        var found: [Int: Float] = [:]
        table.scan(query, side, language, facet) { found[$0] = $1 }
        return found
    }

    @Test(arguments: [2, 63, 64, 65, 384, 1_024]) func `is off by no more than it promises`(dimension: Int) throws {
        var dice = Dice(seed: UInt64(dimension))
        for _ in 0..<200 {
            let (one, other) = (Self.random(dimension, &dice), Self.random(dimension, &dice))
            var table = VectorTable()
            try table.set(MatchVectors(model: "m", full: one), slot: 7, side: .need, language: .ja)
            let query = try QuantizedVector(other)
            let found = try #require(table.similarity(query, 7, .full))
            let kept = try #require(table.quantized(7, .full))
            let (s, t) = (Double(kept.scale), Double(query.scale))
            let root = Double(dimension).squareRoot()
            let bound = root * (s + t) / 2 + Double(dimension) * s * t / 4 + 1e-6
            #expect(abs(Double(found) - Self.cosine(one, other)) <= bound)
        }
    }

    @Test func `keeps its sums as the rows themselves add up`() throws {
        var dice = Dice(seed: 4)
        var table = VectorTable()
        for slot in 0..<700 {
            try table.set(
                MatchVectors(model: "m", full: Self.random(50, &dice)), slot: slot,
                side: slot % 2 == 0 ? .need : .seed, language: .zh)
        }
        for slot in 0..<300 { table.remove(slot) }
        var expected = [Double](repeating: 0, count: 50)
        for slot in 300..<700 {
            for (column, value) in try #require(table.row(slot, .full)).enumerated() {
                expected[column] += Double(value)
            }
        }
        #expect(zip(table.sum(.full, .zh), expected).allSatisfy { abs($0 - $1) < 1e-4 })
        #expect(table.count(.full, .zh) == 400)
        #expect(table.count(.full, .ja) == 0)
    }

    @Test func `finds the nearest as sorting everything does, for one query and for many`() throws {
        var dice = Dice(seed: 9)
        var table = VectorTable()
        for slot in 0..<1_200 {
            try table.set(
                MatchVectors(model: "m", full: Self.random(20, &dice)), slot: slot, side: .seed,
                language: slot % 3 == 0 ? .en : .ja)
        }
        let queries = try (0..<7).map { _ in try QuantizedVector(Self.random(20, &dice)) }
        var together: [[Int: Float]] = [[Int: Float]](repeating: [:], count: queries.count)
        for language in [MatchLanguage.en, .ja] {
            table.scan(queries, .seed, language, .full) { together[$0][$1] = $2 }
        }
        for (number, query) in queries.enumerated() {
            let all = (0..<1_200).compactMap { slot in table.similarity(query, slot, .full).map { (slot, $0) } }
            let sorted = all.filter { $0.0 % 5 != 0 }.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
            let found = table.nearest(query, .seed, [.en, .ja], .full, limit: 30, admits: { $0 % 5 != 0 })
            #expect(found.map(\.slot) == sorted.prefix(30).map(\.0))
            #expect(found.map(\.cosine) == sorted.prefix(30).map(\.1))
            #expect(together[number] == Dictionary(all, uniquingKeysWith: { $1 }))
        }
        #expect(table.nearest(queries[0], .need, [.en, .ja], .full, limit: 30).isEmpty)
    }

    @Test func `is a snapshot once copied`() throws {
        var dice = Dice(seed: 1)
        var table = VectorTable()
        for slot in 0..<600 {
            try table.set(Self.vectors(10, &dice), slot: slot, side: .need, language: .ja)
        }
        let copy = table
        let before = (0..<600).map { copy.row($0, .full) }
        let sum = copy.sum(.full, .ja)
        for slot in 0..<600 where slot % 2 == 0 { table.remove(slot) }
        try table.set(Self.vectors(10, &dice), slot: 1, side: .seed, language: .en)
        #expect((0..<600).map { copy.row($0, .full) } == before)
        #expect(copy.sum(.full, .ja) == sum)
        #expect(copy.count == 600)
        #expect(table.count == 300)
    }

    @Test func `refuses what is no direction of its space, and keeps what it had`() throws {
        var table = VectorTable()
        try table.set(MatchVectors(model: "m", full: [1, 0, 0]), slot: 0, side: .need, language: .ja)
        func refusal(_ vectors: MatchVectors) -> VectorRefusal? {
            do throws(VectorRefusal) {
                try table.set(vectors, slot: 0, side: .need, language: .ja)
                return nil
            } catch { return error }
        }
        #expect(refusal(MatchVectors(model: "m", full: [1, 0])) == .wrongDimension(expected: 3, found: 2))
        #expect(refusal(MatchVectors(model: "m", full: [])) != nil)
        #expect(refusal(MatchVectors(model: "m", full: [.nan, 0, 0])) == .notFinite)
        #expect(refusal(MatchVectors(model: "m", full: [1, .infinity, 0])) == .notFinite)
        #expect(refusal(MatchVectors(model: "m", full: [0, 0, 0])) == .noDirection)
        #expect(
            refusal(MatchVectors(model: "m", full: [1, 0, 0], means: [1])) == .wrongDimension(expected: 3, found: 1))
        #expect(refusal(MatchVectors(model: "n", full: [0, 1, 0])) == .otherModel(expected: "m", found: "n"))
        #expect(refusal(MatchVectors(model: "m", full: [Float](repeating: 1, count: 99_999))) != nil)
        #expect(table.row(0, .full) == [1, 0, 0])
        #expect(refusal(MatchVectors(model: "m", full: [3e38, -3e38, 1e-37])) == nil)
        let kept = try #require(table.row(0, .full))
        #expect(abs(kept[0] - Float(0.5).squareRoot()) < 1e-6 && kept[0] == -kept[1] && kept[2] == 0)
        #expect(try table.similarity(QuantizedVector([1, 2]), 0, .full) == nil)
        #expect(table.similarity(0, .full, 5, .full) == nil)
    }
}

@Suite struct `The kernels` {
    @Test(arguments: [64, 128, 192, 384, 1_024, 16_384])
    func `of every kind give the same numbers`(stride: Int) {
        var dice = Dice(seed: UInt64(stride))
        for count in stride > 4_096 ? [1, 4] : [0, 1, 3, 4, 5, 8, 21] {
            let extreme = count % 2 == 1
            func bytes(_ count: Int) -> [Int8] {
                (0..<count).map { _ in
                    extreme ? (Bool.random(using: &dice) ? 127 : -127) : Int8.random(in: -127...127, using: &dice)
                }
            }
            let (queries, rows) = (bytes(4 * stride), bytes(count * stride))
            var expected = [Int32](repeating: 0, count: count * 4)
            for row in 0..<count {
                for query in 0..<4 {
                    var sum: Int32 = 0
                    for i in 0..<stride { sum += Int32(queries[query * stride + i]) * Int32(rows[row * stride + i]) }
                    expected[row * 4 + query] = sum
                }
            }
            for variant in 0...im_kernel_best() {
                var four = [Int32](repeating: -1, count: count * 4)
                im_dots_i8_four(variant, queries, rows, stride, count, &four)
                #expect(four == expected)
                var one = [Int32](repeating: -1, count: count)
                im_dots_i8(variant, queries, rows, stride, count, &one)
                #expect(one == (0..<count).map { expected[$0 * 4] })
            }
        }
    }
}

@Suite struct `An index with meaning vectors` {
    private func document(_ number: Int, _ vectors: MatchVectors?) -> MatchDocument {
        var document = posting("p\(number)", number % 2 == 0 ? .need : .seed, "急速冷凍 \(number)")
        document.vectors = vectors
        return document
    }

    @Test func `keeps them with their posting through replacing, removing and compaction`() throws {
        var dice = Dice(seed: 3)
        var index = MatchIndex()
        func vectors() -> MatchVectors {
            MatchVectors(model: "m", full: (0..<8).map { _ in Float.random(in: -1...1, using: &dice) })
        }
        for number in 0..<50 { index.add(document(number, number % 5 == 0 ? nil : vectors())) }
        #expect(index.vectors.count == 40)
        for number in 0..<20 { index.remove("p\(number)") }
        index.add(document(30, nil))
        try index.setVectors("p31", nil)
        let new = vectors()
        try index.setVectors("p32", new)
        try index.setVectors("nobody", new)
        index.compact()
        #expect(index.vectors.count == 23)
        #expect(!index.hasVectors("p30") && !index.hasVectors("p31") && index.hasVectors("p32"))
        let query = try QuantizedVector(new.full)
        let nearest = index.vectors.nearest(query, .need, MatchLanguage.allCases, .full, limit: 1)
        #expect(nearest.count == 1 && (nearest.first?.cosine ?? 0) > 0.99)
        index.add(document(33, MatchVectors(model: "another", full: [1])))
        #expect(!index.hasVectors("p33") && index.contains("p33"))
        #expect(throws: VectorRefusal.otherModel(expected: "m", found: "another")) {
            try index.setVectors("p32", MatchVectors(model: "another", full: new.full))
        }
        index.removeAllVectors()
        try index.setVectors("p32", MatchVectors(model: "another", full: [1, 2]))
        #expect(index.vectors.count == 1 && index.vectors.dimension == 2)
    }
}
