/// Where the vectors of each slot stand, in pieces that copies share.
struct VectorPlaces: Sendable {
    private struct Piece: Sendable {
        /// Side and language of each slot; `nobody` without vectors.
        var groups = [UInt8](repeating: VectorPlaces.nobody, count: VectorPlaces.slotsPerPiece)
        /// Rows of the facets of each slot, one after the other; -1 without.
        var rows = [Int32](repeating: -1, count: VectorPlaces.slotsPerPiece * VectorPlaces.facets)
    }

    private static let slotsPerPiece = 1_024
    private static let facets = MatchFacet.allCases.count
    private static let nobody = UInt8.max

    /// No piece where no slot has vectors.
    private var pieces: [Piece?] = []

    var byteCount: Int {
        pieces.reduce(0) { $0 + ($1 == nil ? 0 : Self.slotsPerPiece * (1 + 4 * Self.facets)) }
    }

    /// Side and language of a slot that has vectors.
    func group(_ slot: Int) -> Int? {
        let piece = slot / Self.slotsPerPiece
        guard piece < pieces.count, let group = pieces[piece]?.groups[slot % Self.slotsPerPiece],
            group != Self.nobody
        else { return nil }
        return Int(group)
    }

    /// The row of a slot's facet.
    func row(_ slot: Int, _ facet: MatchFacet) -> Int? {
        let piece = slot / Self.slotsPerPiece
        let place = slot % Self.slotsPerPiece * Self.facets + Int(facet.rawValue)
        guard piece < pieces.count, let row = pieces[piece]?.rows[place], row >= 0 else { return nil }
        return Int(row)
    }

    mutating func put(_ slot: Int, _ facet: MatchFacet, group: Int, row: Int) {
        let piece = slot / Self.slotsPerPiece
        while pieces.count <= piece { pieces.append(nil) }
        if pieces[piece] == nil { pieces[piece] = Piece() }
        let place = slot % Self.slotsPerPiece
        pieces[piece]?.groups[place] = UInt8(group)
        pieces[piece]?.rows[place * Self.facets + Int(facet.rawValue)] = Int32(row)
    }

    mutating func clear(_ slot: Int) {
        let piece = slot / Self.slotsPerPiece
        guard piece < pieces.count, pieces[piece] != nil else { return }
        let place = slot % Self.slotsPerPiece
        pieces[piece]?.groups[place] = Self.nobody
        for facet in 0..<Self.facets { pieces[piece]?.rows[place * Self.facets + facet] = -1 }
    }
}
