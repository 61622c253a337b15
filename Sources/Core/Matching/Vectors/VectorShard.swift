/// The vectors of one facet of all postings of one side and one language, without gaps, in pieces that copies share.
///
/// Writing copies only the piece that is touched, and only if a snapshot holds it too.
struct VectorShard: Sendable {
    /// Rows of a piece: 384 bytes each make 192 KiB, which stay in a processor's second cache while queries pass.
    static let rowsPerPiece = 512

    struct Piece: Sendable {
        var bytes: [Int8] = []
        var scales: [Float] = []
        var slots: [Int32] = []
    }

    let dimension: Int
    private(set) var pieces: [Piece] = []
    private(set) var count = 0
    /// Sums of the values, column by column, in units of 2^-36: whole numbers, so that the order of additions and
    /// removals leaves no trace. 16 million rows of values up to 1 stay below 2^61.
    private(set) var sums: [Int64]

    private static let unit = Double(1 << 36)

    init(dimension: Int) {
        self.dimension = dimension
        sums = [Int64](repeating: 0, count: dimension)
    }

    var stride: Int { QuantizedVector.stride(dimension) }

    /// Adds a row at the end and returns its number.
    mutating func append(_ vector: QuantizedVector, slot: Int) -> Int {
        if count == pieces.count * Self.rowsPerPiece { pieces.append(Piece()) }
        let last = pieces.count - 1
        pieces[last].bytes.append(contentsOf: vector.bytes)
        pieces[last].scales.append(vector.scale)
        pieces[last].slots.append(Int32(slot))
        count += 1
        add(vector, sign: 1)
        return count - 1
    }

    /// Takes a row out. The last row moves into its place; returns the slot that it belongs to, unless it was the last
    /// itself.
    mutating func remove(_ row: Int) -> Int? {
        add(vector(row), sign: -1)
        let last = pieces.count - 1
        let moved = vector(count - 1)
        let slot = pieces[last].slots.removeLast()
        pieces[last].scales.removeLast()
        pieces[last].bytes.removeLast(stride)
        if pieces[last].slots.isEmpty { pieces.removeLast() }
        count -= 1
        guard row < count else { return nil }
        let (piece, place) = (row / Self.rowsPerPiece, row % Self.rowsPerPiece)
        pieces[piece].bytes.replaceSubrange(place * stride..<(place + 1) * stride, with: moved.bytes)
        pieces[piece].scales[place] = moved.scale
        pieces[piece].slots[place] = slot
        return Int(slot)
    }

    /// The vector in a row.
    func vector(_ row: Int) -> QuantizedVector {
        let piece = pieces[row / Self.rowsPerPiece]
        let place = row % Self.rowsPerPiece
        return QuantizedVector(
            bytes: Array(piece.bytes[place * stride..<(place + 1) * stride]), scale: piece.scales[place],
            dimension: dimension)
    }

    /// The sums of the values of all rows.
    var totals: [Double] { sums.map { Double($0) / Self.unit } }

    /// Gives rows the slots that postings have moved to.
    mutating func move(_ moved: [Int32]) {
        for piece in pieces.indices {
            for place in pieces[piece].slots.indices {
                pieces[piece].slots[place] = moved[Int(pieces[piece].slots[place])]
            }
        }
    }

    private mutating func add(_ vector: QuantizedVector, sign: Int64) {
        let scale = Double(vector.scale) * Self.unit
        for column in 0..<dimension {
            sums[column] += sign * Int64((Double(vector.bytes[column]) * scale).rounded())
        }
    }
}
