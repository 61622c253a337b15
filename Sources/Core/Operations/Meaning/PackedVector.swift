import Matching

/// A meaning vector as it is kept on disk: a byte for each value, and what a byte of 1 stands for.
package struct PackedVector: Hashable, Sendable {
    /// The values as signed bytes.
    package let bytes: [UInt8]
    /// What a byte of 1 stands for.
    package let scale: Float

    /// Takes what was kept.
    package init(bytes: [UInt8], scale: Float) {
        self.bytes = bytes
        self.scale = scale
    }

    /// Packs a vector of any length, made to unit length first.
    ///
    /// - Throws: `MeaningFault.malformed` where the values are no direction.
    package init(_ values: [Float]) throws(MeaningFault) {
        do throws(VectorRefusal) {
            let packed = try QuantizedVector(values)
            bytes = packed.packed
            scale = packed.scale
        } catch {
            throw MeaningFault(
                .malformed, "The encoder gave a vector that cannot be used (\(error)).",
                "Check the model, or set meaning.encoder to off.")
        }
    }

    /// The values. Packing them again gives the same bytes.
    package var values: [Float] { bytes.map { Float(Int8(bitPattern: $0)) * scale } }
}
