/// Meaning vectors of postings in memory: one byte a value, exact dot products over them.
///
/// A value: a copy is a snapshot, and what is written later copies only the pieces it touches. All vectors are of one
/// model and one dimension: the first ones given decide, until `removeAll`.
///
/// Vectors are kept apart by side, language and facet, so that one scan reads exactly what it compares. Postings are
/// named by the slot that the index gave them.
package struct VectorTable: Sendable {
    /// The model's name; empty while there is no vector.
    package private(set) var model = ""
    /// Values of each vector; 0 while there is none.
    package private(set) var dimension = 0

    var shards: [VectorShard] = []
    private var places = VectorPlaces()

    /// Empty.
    package init() {}

    /// How many postings have vectors.
    package private(set) var count = 0

    /// Bytes that the vectors take.
    package var byteCount: Int {
        shards.reduce(0) { $0 + $1.count * (QuantizedVector.stride(dimension) + 8) } + places.byteCount
    }

    /// Writes a posting's vectors over what it had.
    ///
    /// - Throws: `VectorRefusal`; the posting then keeps what it had.
    package mutating func set(
        _ vectors: MatchVectors, slot: Int, side: MatchSide, language: MatchLanguage
    ) throws(VectorRefusal) {
        let full = try QuantizedVector(vectors.full)
        var purpose: QuantizedVector?
        if let values = vectors.purpose { purpose = try QuantizedVector(values) }
        var means: QuantizedVector?
        if let values = vectors.means { means = try QuantizedVector(values) }
        if dimension > 0, vectors.model != model { throw .otherModel(expected: model, found: vectors.model) }
        let expected = dimension > 0 ? dimension : full.dimension
        for found in [full, purpose, means].compactMap({ $0?.dimension }) where found != expected {
            throw .wrongDimension(expected: expected, found: found)
        }
        if dimension == 0 { begin(vectors.model, expected) }
        remove(slot)
        let group = Self.group(side, language)
        for (facet, vector) in [(MatchFacet.full, full), (.purpose, purpose), (.means, means)] {
            guard let vector else { continue }
            let row = shards[Self.shard(group, facet)].append(vector, slot: slot)
            places.put(slot, facet, group: group, row: row)
        }
        count += 1
    }

    /// Forgets a posting's vectors; does nothing if it has none.
    package mutating func remove(_ slot: Int) {
        guard let group = places.group(slot) else { return }
        for facet in MatchFacet.allCases {
            guard let row = places.row(slot, facet) else { continue }
            if let moved = shards[Self.shard(group, facet)].remove(row) {
                places.put(moved, facet, group: group, row: row)
            }
        }
        places.clear(slot)
        count -= 1
    }

    /// Forgets everything, the model too.
    package mutating func removeAll() { self = VectorTable() }

    /// Whether a posting has vectors.
    package func contains(_ slot: Int) -> Bool { places.group(slot) != nil }

    /// A posting's vector as it is kept; nil where it has none.
    package func quantized(_ slot: Int, _ facet: MatchFacet) -> QuantizedVector? {
        guard let group = places.group(slot), let row = places.row(slot, facet) else { return nil }
        return shards[Self.shard(group, facet)].vector(row)
    }

    /// A posting's vector, of unit length up to rounding; nil where it has none.
    package func row(_ slot: Int, _ facet: MatchFacet) -> [Float]? { quantized(slot, facet)?.values }

    /// How many vectors of the facet there are in a language.
    package func count(_ facet: MatchFacet, _ language: MatchLanguage) -> Int {
        guard dimension > 0 else { return 0 }
        return MatchSide.allCases.reduce(0) { $0 + shard($1, language, facet).count }
    }

    /// The sum of the vectors of a facet in a language, over both sides; empty while there are no vectors. The same
    /// whatever the order in which they came and went.
    package func sum(_ facet: MatchFacet, _ language: MatchLanguage) -> [Double] {
        guard dimension > 0 else { return [] }
        let need = shard(.need, language, facet).totals
        return zip(need, shard(.seed, language, facet).totals).map(+)
    }

    /// Gives postings the slots they have moved to; those that are gone had their vectors removed before.
    mutating func compact(moved: [Int32]) {
        guard dimension > 0 else { return }
        places = VectorPlaces()
        for number in shards.indices {
            shards[number].move(moved)
            let facet = MatchFacet.allCases[number % MatchFacet.allCases.count]
            var row = 0
            for piece in shards[number].pieces {
                for slot in piece.slots {
                    places.put(Int(slot), facet, group: number / MatchFacet.allCases.count, row: row)
                    row += 1
                }
            }
        }
    }

    func shard(_ side: MatchSide, _ language: MatchLanguage, _ facet: MatchFacet) -> VectorShard {
        shards[Self.shard(Self.group(side, language), facet)]
    }

    /// The shard and row of a vector.
    func place(_ slot: Int, _ facet: MatchFacet) -> (shard: Int, row: Int)? {
        guard let group = places.group(slot), let row = places.row(slot, facet) else { return nil }
        return (Self.shard(group, facet), row)
    }

    private mutating func begin(_ model: String, _ dimension: Int) {
        self.model = model
        self.dimension = dimension
        let groups = MatchSide.allCases.count * MatchLanguage.allCases.count
        shards = (0..<groups * MatchFacet.allCases.count).map { _ in VectorShard(dimension: dimension) }
    }

    private static func group(_ side: MatchSide, _ language: MatchLanguage) -> Int {
        Int(side.rawValue) * MatchLanguage.allCases.count + language.number
    }

    private static func shard(_ group: Int, _ facet: MatchFacet) -> Int {
        group * MatchFacet.allCases.count + Int(facet.rawValue)
    }
}
