/// A string from scalars; at most 15 bytes of UTF-8 need no allocation.
@inline(__always)
func string(_ scalars: ArraySlice<UInt32>) -> String {
    String(unsafeUninitializedCapacity: scalars.count * 4) { buffer in
        var count = 0
        for scalar in scalars { count = append(scalar, to: buffer, at: count) }
        return count
    }
}

/// The key of a bridge: the letter of its kind, then scalars.
@inline(__always)
func string(kind: UInt8, _ scalars: ArraySlice<UInt32>) -> String {
    String(unsafeUninitializedCapacity: scalars.count * 4 + 1) { buffer in
        buffer[0] = kind
        var count = 1
        for scalar in scalars { count = append(scalar, to: buffer, at: count) }
        return count
    }
}

/// The key of a term of two scalars.
@inline(__always)
func string(_ first: UInt32, _ second: UInt32) -> String {
    String(unsafeUninitializedCapacity: 8) { buffer in
        append(second, to: buffer, at: append(first, to: buffer, at: 0))
    }
}

/// The key of a bridge of two scalars.
@inline(__always)
func string(kind: UInt8, _ first: UInt32, _ second: UInt32) -> String {
    String(unsafeUninitializedCapacity: 9) { buffer in
        buffer[0] = kind
        return append(second, to: buffer, at: append(first, to: buffer, at: 1))
    }
}

/// Writes one scalar as UTF-8 and returns the new length.
@inline(__always)
func append(_ scalar: UInt32, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
    switch scalar {
    case 0..<0x80:
        buffer[start] = UInt8(scalar)
        return start + 1
    case 0x80..<0x800:
        buffer[start] = UInt8(0xC0 | (scalar >> 6))
        buffer[start + 1] = UInt8(0x80 | (scalar & 0x3F))
        return start + 2
    case 0x800..<0x10000:
        buffer[start] = UInt8(0xE0 | (scalar >> 12))
        buffer[start + 1] = UInt8(0x80 | ((scalar >> 6) & 0x3F))
        buffer[start + 2] = UInt8(0x80 | (scalar & 0x3F))
        return start + 3
    default:
        buffer[start] = UInt8(0xF0 | (scalar >> 18))
        buffer[start + 1] = UInt8(0x80 | ((scalar >> 12) & 0x3F))
        buffer[start + 2] = UInt8(0x80 | ((scalar >> 6) & 0x3F))
        buffer[start + 3] = UInt8(0x80 | (scalar & 0x3F))
        return start + 4
    }
}

/// A hash that grows with what it has seen: of words by their letters, of phrases by their words.
struct RunningHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    mutating func add(_ unit: UInt32) {
        value = (value ^ UInt64(unit)) &* 0x9E37_79B9_7F4A_7C15
        value ^= value >> 32
    }

    /// The hash of all units at once.
    @inline(__always)
    static func of(_ units: ArraySlice<UInt32>) -> UInt64 {
        var hash = RunningHash()
        for unit in units { hash.add(unit) }
        return hash.value
    }
}
