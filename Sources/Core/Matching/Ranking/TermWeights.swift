/// Weights by term number for the inner loop of scoring: open addressing, at most a quarter full.
struct TermWeights {
    private var terms: [Int32]
    private var weights: [Double]
    private let mask: Int

    init(_ pairs: [(term: Int, weight: Double)]) {
        var size = 16
        while size < pairs.count * 4 { size *= 2 }
        mask = size - 1
        terms = [Int32](repeating: -1, count: size)
        weights = [Double](repeating: 0, count: size)
        for pair in pairs {
            var place = Self.place(pair.term, mask)
            while terms[place] >= 0 { place = (place + 1) & mask }
            terms[place] = Int32(pair.term)
            weights[place] = pair.weight
        }
    }

    /// The weight of a term, 0 if it has none.
    @inline(__always)
    subscript(term: Int) -> Double {
        var place = Self.place(term, mask)
        while terms[place] >= 0 {
            if terms[place] == Int32(truncatingIfNeeded: term) { return weights[place] }
            place = (place + 1) & mask
        }
        return 0
    }

    @inline(__always)
    private static func place(_ term: Int, _ mask: Int) -> Int { (term &* 0x9E37_79B1) >> 7 & mask }
}

/// Remembers how rare terms of each frequency are among a number of documents: a query meets the same few frequencies
/// again and again, and logarithms and powers are what scoring would otherwise spend its time on.
struct RarityCache {
    private var tags = [Int32](repeating: -1, count: 4_096)
    private var values = [Double](repeating: 0, count: 4_096)
    private let documents: Int
    private let exponent: Double

    init(documents: Int, exponent: Double) {
        self.documents = documents
        self.exponent = exponent
    }

    @inline(__always)
    mutating func rarity(_ frequency: Int) -> Double {
        let place = frequency & 4_095
        if tags[place] == Int32(truncatingIfNeeded: frequency) { return values[place] }
        let value = power(inverseFrequency(frequency, documents), exponent)
        tags[place] = Int32(truncatingIfNeeded: frequency)
        values[place] = value
        return value
    }
}

/// BM25's inverse document frequency, which is never negative.
@inline(__always)
func inverseFrequency(_ frequency: Int, _ documents: Int) -> Double {
    naturalLogarithm(1 + (Double(documents - frequency) + 0.5) / (Double(frequency) + 0.5))
}
