import CUnicode

/// Text in the form that the lexicon reads: as shown (compatibility forms folded, NFKC) and as compared (case and
/// written form of ideographs folded as well), scalar by scalar.
package struct NormalizedText: Sendable, Equatable {
    /// Scalars as shown: half-width kana and full-width Latin are ordinary, `㎜` is `mm`, letters keep their case.
    package private(set) var shown: [UInt32]
    /// Scalars as compared, one for each of `shown`: `氣`, `気` and `气` are one, `A` is `a`.
    package private(set) var folded: [UInt32]

    /// Normalises a text, of which it reads at most `limit` scalars; control and format characters (bidi marks, zero
    /// width joiners) become spaces or go.
    package init(_ text: String, limit: Int = .max) {
        let table = KanjiVariants.table
        let scalars = Self.compatible(text).prefix(limit)
        shown = []
        folded = []
        shown.reserveCapacity(scalars.count)
        folded.reserveCapacity(scalars.count)
        for scalar in scalars {
            if scalar < 0x80 {
                let upper = scalar >= 0x41 && scalar <= 0x5A
                shown.append(scalar < 0x20 || scalar == 0x7F ? 0x20 : scalar)
                folded.append(upper ? scalar | 0x20 : (scalar < 0x20 || scalar == 0x7F ? 0x20 : scalar))
            } else if scalar >= 0x3040 && scalar < 0xD7A4 {
                shown.append(scalar)
                folded.append(KanjiVariants.representative(of: scalar, in: table))
            } else if im_unorm_is_invisible(Int32(scalar)) != 0 {
                continue
            } else {
                shown.append(scalar)
                folded.append(UInt32(im_unorm_fold(Int32(scalar))))
            }
        }
    }

    /// The scalars of a text after NFKC.
    private static func compatible(_ text: String) -> [UInt32] {
        var isASCII = true
        for byte in text.utf8 where byte >= 0x80 {
            isASCII = false
            break
        }
        if isASCII { return text.utf8.map { UInt32($0) } }
        let units = Array(text.utf16)
        // Most texts keep their length; a compatibility character grows to at most 18 units.
        for capacity in [units.count + units.count / 2 + 16, units.count * 18 + 16] {
            var needed: Int32 = 0
            let out = [UInt16](unsafeUninitializedCapacity: capacity) { buffer, count in
                needed = im_unorm_nfkc(units, Int32(units.count), buffer.baseAddress, Int32(capacity))
                count = needed < 0 || needed > capacity ? 0 : Int(needed)
            }
            if needed >= 0 && needed <= capacity { return scalars(of: out) }
        }
        // ICU without its data: compare the text as it stands rather than not at all.
        return text.unicodeScalars.map(\.value)
    }

    private static func scalars(of units: [UInt16]) -> [UInt32] {
        var out: [UInt32] = []
        out.reserveCapacity(units.count)
        var index = 0
        while index < units.count {
            let unit = UInt32(units[index])
            if unit & 0xFC00 == 0xD800, index + 1 < units.count, units[index + 1] & 0xFC00 == 0xDC00 {
                out.append(0x10000 + ((unit & 0x3FF) << 10) + UInt32(units[index + 1] & 0x3FF))
                index += 2
            } else {
                out.append(unit & 0xF800 == 0xD800 ? 0xFFFD : unit)
                index += 1
            }
        }
        return out
    }
}

/// A string from scalars; at most 15 bytes of UTF-8 need no allocation.
@inline(__always)
func string(_ scalars: ArraySlice<UInt32>) -> String {
    String(unsafeUninitializedCapacity: scalars.count * 4) { buffer in
        var count = 0
        for scalar in scalars { count = append(scalar, to: buffer, at: count) }
        return count
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
