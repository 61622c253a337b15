/// The distinct terms of a query with what each weighs, heaviest first.
///
/// The order is that in which a document's terms are summed up, so it must depend on nothing but the terms and their
/// weights: the caller breaks ties in the fixed order of terms.
struct WeightedTerms {
    let terms: [Int]
    /// Above 0.
    let weights: [Double]
    /// Places by term: open addressing, at most a quarter full.
    private let keys: [Int32]
    private let places: [Int32]

    /// Takes terms that differ; those without weight are left out.
    init(_ pairs: [(term: Int, weight: Double)], precedes: (Int, Int) -> Bool) {
        let sorted = pairs.filter { $0.weight > 0 }.sorted {
            $0.weight != $1.weight ? $0.weight > $1.weight : precedes($0.term, $1.term)
        }
        terms = sorted.map(\.term)
        weights = sorted.map(\.weight)
        var size = 16
        while size < sorted.count * 4 { size *= 2 }
        var keys = [Int32](repeating: -1, count: size)
        var places = [Int32](repeating: 0, count: size)
        for (number, pair) in sorted.enumerated() {
            var place = Self.hash(pair.term) & (size - 1)
            while keys[place] >= 0 { place = (place + 1) & (size - 1) }
            keys[place] = Int32(pair.term)
            places[place] = Int32(number)
        }
        self.keys = keys
        self.places = places
    }

    /// Place of a term in the query.
    @inline(__always)
    func place(of term: Int) -> Int? {
        var place = Self.hash(term) & (keys.count - 1)
        while keys[place] >= 0 {
            if Int(keys[place]) == term { return Int(places[place]) }
            place = (place + 1) & (keys.count - 1)
        }
        return nil
    }

    @inline(__always)
    private static func hash(_ term: Int) -> Int { (term &* 0x9E37_79B1) >> 7 }
}
