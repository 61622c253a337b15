import CKernels

/// Exact dot products of queries against vectors of a table.
///
/// A dot product is that of the kept bytes, times both scales: the cosine, as all vectors are of unit length. On every
/// processor the same, as sums of whole numbers.
extension VectorTable {
    /// The fastest kernel of this processor.
    static let kernel = im_kernel_best()

    /// The cosine of two postings' vectors; nil where one has none.
    package func similarity(_ one: Int, _ facet: MatchFacet, _ other: Int, _ otherFacet: MatchFacet) -> Float? {
        guard let query = quantized(one, facet) else { return nil }
        return similarity(query, other, otherFacet)
    }

    /// The cosine of a query and a posting's vector; nil where it has none or the query is of another dimension.
    package func similarity(_ query: QuantizedVector, _ slot: Int, _ facet: MatchFacet) -> Float? {
        guard query.dimension == dimension, let (number, row) = place(slot, facet) else { return nil }
        let piece = shards[number].pieces[row / VectorShard.rowsPerPiece]
        let place = row % VectorShard.rowsPerPiece
        let stride = query.bytes.count
        var dot: Int32 = 0
        query.bytes.withUnsafeBufferPointer { query in
            piece.bytes.withUnsafeBufferPointer { bytes in
                // Both arrays are there for the call. The piece has a row at `place`, so `stride` bytes from there on.
                guard let query = query.baseAddress, let bytes = bytes.baseAddress else { return }
                im_dots_i8(Self.kernel, query, bytes + place * stride, stride, 1, &dot)
            }
        }
        return Float(dot) * query.scale * piece.scales[place]
    }

    /// Hands the cosine with every vector of a facet on one side in one language to `body`, with its slot, in no
    /// particular order; nothing if the query is of another dimension.
    @inline(__always)
    package func scan(
        _ query: QuantizedVector, _ side: MatchSide, _ language: MatchLanguage, _ facet: MatchFacet,
        _ body: (_ slot: Int, _ cosine: Float) -> Void
    ) {
        guard query.dimension == dimension else { return }
        var dots = [Int32](repeating: 0, count: VectorShard.rowsPerPiece)
        for piece in shard(side, language, facet).pieces {
            Self.dots(query, piece, into: &dots)
            for place in piece.slots.indices {
                body(Int(piece.slots[place]), Float(dots[place]) * query.scale * piece.scales[place])
            }
        }
    }

    /// The same for many queries at once, which reads every vector from memory once: for rounds over everything.
    /// `body` is given the number of the query as well.
    @inline(__always)
    package func scan(
        _ queries: [QuantizedVector], _ side: MatchSide, _ language: MatchLanguage, _ facet: MatchFacet,
        _ body: (_ query: Int, _ slot: Int, _ cosine: Float) -> Void
    ) {
        guard dimension > 0, queries.allSatisfy({ $0.dimension == dimension }) else { return }
        let stride = QuantizedVector.stride(dimension)
        // Four side by side; what is missing in the last four is zeros.
        let fours = stride4(queries)
        var dots = [Int32](repeating: 0, count: VectorShard.rowsPerPiece * 4)
        for piece in shard(side, language, facet).pieces {
            for first in Swift.stride(from: 0, to: queries.count, by: 4) {
                Self.dots(fours, from: first * stride, stride, piece, into: &dots)
                for query in first..<min(first + 4, queries.count) {
                    let scale = queries[query].scale
                    for place in piece.slots.indices {
                        let dot = Float(dots[place * 4 + query - first])
                        body(query, Int(piece.slots[place]), dot * scale * piece.scales[place])
                    }
                }
            }
        }
    }

    /// The slots with the highest cosines on one side in the languages, best first.
    ///
    /// - Parameters:
    ///   - limit: The most that are wanted.
    ///   - admits: Asked only of those that would be in the answer.
    ///   - precedes: Orders slots of equal cosines.
    package func nearest(
        _ query: QuantizedVector, _ side: MatchSide, _ languages: [MatchLanguage], _ facet: MatchFacet, limit: Int,
        admits: (Int) -> Bool = { _ in true }, precedes: (Int, Int) -> Bool = { $0 < $1 }
    ) -> [(slot: Int, cosine: Float)] {
        guard limit > 0 else { return [] }
        var best: [(slot: Int, cosine: Float)] = []
        var threshold = -Float.infinity
        func cut() {
            best.sort { $0.cosine != $1.cosine ? $0.cosine > $1.cosine : precedes($0.slot, $1.slot) }
            if best.count > limit { best.removeLast(best.count - limit) }
            if best.count == limit, let last = best.last { threshold = last.cosine }
        }
        let room = limit > 4_096 ? 2 * limit : 4 * limit + 64
        for language in languages {
            scan(query, side, language, facet) { slot, cosine in
                guard cosine >= threshold, admits(slot) else { return }
                best.append((slot, cosine))
                if best.count >= room { cut() }
            }
        }
        cut()
        return best
    }

    private func stride4(_ queries: [QuantizedVector]) -> [Int8] {
        var all: [Int8] = []
        let stride = QuantizedVector.stride(dimension)
        all.reserveCapacity((queries.count + 3) / 4 * 4 * stride)
        for query in queries { all += query.bytes }
        all += [Int8](repeating: 0, count: (4 - queries.count % 4) % 4 * stride)
        return all
    }

    private static func dots(_ query: QuantizedVector, _ piece: VectorShard.Piece, into dots: inout [Int32]) {
        precondition(dots.count >= piece.slots.count)
        query.bytes.withUnsafeBufferPointer { query in
            piece.bytes.withUnsafeBufferPointer { rows in
                dots.withUnsafeMutableBufferPointer { dots in
                    // The arrays are there for the call: a row of the query's length for every slot, and room for as
                    // many results.
                    guard let first = query.baseAddress, let rows = rows.baseAddress, let out = dots.baseAddress
                    else { return }
                    im_dots_i8(kernel, first, rows, query.count, piece.slots.count, out)
                }
            }
        }
    }

    private static func dots(
        _ queries: [Int8], from start: Int, _ stride: Int, _ piece: VectorShard.Piece, into dots: inout [Int32]
    ) {
        precondition(start + 4 * stride <= queries.count && dots.count >= 4 * piece.slots.count)
        queries.withUnsafeBufferPointer { queries in
            piece.bytes.withUnsafeBufferPointer { rows in
                dots.withUnsafeMutableBufferPointer { dots in
                    // The arrays are there for the call, and long enough as just checked.
                    guard let first = queries.baseAddress, let rows = rows.baseAddress, let out = dots.baseAddress
                    else { return }
                    im_dots_i8_four(kernel, first + start, rows, stride, piece.slots.count, out)
                }
            }
        }
    }
}
