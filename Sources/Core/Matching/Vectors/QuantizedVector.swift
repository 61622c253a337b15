/// Which text of a posting a meaning vector stands for.
package enum MatchFacet: UInt8, Sendable, Hashable, CaseIterable {
    case full, purpose, means
}

/// Why a meaning vector cannot be used.
package enum VectorRefusal: Error, Equatable, Sendable {
    /// Vectors of this table have `expected` values.
    case wrongDimension(expected: Int, found: Int)
    /// A value is not a number or not finite.
    case notFinite
    /// All values are zero: there is no direction.
    case noDirection
    /// Vectors of two models are never compared.
    case otherModel(expected: String, found: String)
}

/// A direction in bytes: value = byte * scale, the largest value at 127 or -127.
///
/// Each value is off by at most half a scale, and the scale is the largest value divided by 127. A dot product of two
/// of unit length and n values is off by at most `sqrt(n) * (s + t) / 2 + n * s * t / 4` for scales s and t
/// (Cauchy-Schwarz over the rounding errors); with independent errors by about `sqrt((s * s + t * t) / 12)`, which for
/// text vectors of 384 values is below 0.001.
package struct QuantizedVector: Sendable, Equatable {
    /// Bytes of a row are a multiple of this, so that a row is whole in wide registers.
    static let block = 64
    /// The most values of a vector; sums of products stay within 32 bits.
    package static let largestDimension = 16_384

    /// The values in -127...127, with zeros up to a multiple of 64 bytes.
    let bytes: [Int8]
    /// What a byte of 1 stands for.
    package let scale: Float
    /// Number of values.
    package let dimension: Int

    /// Bytes that a vector of so many values takes.
    static func stride(_ dimension: Int) -> Int { (dimension + block - 1) / block * block }

    /// Takes a vector of any length, made to unit length first.
    ///
    /// - Throws: `VectorRefusal.notFinite`, `.noDirection`, or `.wrongDimension` beyond the largest.
    package init(_ values: [Float]) throws(VectorRefusal) {
        guard (1...Self.largestDimension).contains(values.count) else {
            throw .wrongDimension(expected: Self.largestDimension, found: values.count)
        }
        var largest: Float = 0
        for value in values {
            guard value.isFinite else { throw .notFinite }
            largest = max(largest, abs(value))
        }
        guard largest > 0 else { throw .noDirection }
        // Divided by the largest first: squares of very large or very small values leave the range of numbers.
        var squares: Double = 0
        for value in values { squares += Double(value / largest) * Double(value / largest) }
        var bytes = [Int8](repeating: 0, count: Self.stride(values.count))
        for (place, value) in values.enumerated() { bytes[place] = Int8((value / largest * 127).rounded()) }
        self.bytes = bytes
        scale = Float(1 / (127 * squares.squareRoot()))
        dimension = values.count
    }

    /// A row of a table.
    init(bytes: [Int8], scale: Float, dimension: Int) {
        self.bytes = bytes
        self.scale = scale
        self.dimension = dimension
    }

    /// The values as signed bytes, without the zeros at the end: for keeping.
    package var packed: [UInt8] { bytes.prefix(dimension).map { UInt8(bitPattern: $0) } }

    /// The values.
    package var values: [Float] { bytes.prefix(dimension).map { Float($0) * scale } }
}
