import CUnicode

/// Text in the form that the lexicon reads: as shown (compatibility forms folded, NFKC) and as compared (case and
/// written form of ideographs folded as well), scalar by scalar.
package struct NormalizedText: Sendable, Equatable {
    /// Scalars as shown: half-width kana and full-width Latin are ordinary, `㎜` is `mm`, letters keep their case.
    package private(set) var shown: [UInt32] = []
    /// Scalars as compared, one for each of `shown`: `氣`, `気` and `气` are one, `A` is `a`, `々` is what it repeats.
    package private(set) var folded: [UInt32] = []
    /// The script of each scalar, as `Script.rawValue`.
    private(set) var scripts: [UInt8] = []
    /// Whether any scalar is an ideograph, kana or hangul.
    private(set) var isEastern = false
    /// Whether any scalar is hangul.
    private(set) var hasHangul = false

    /// Normalises a text, of which it reads at most `limit` scalars; control and format characters (bidi marks, zero
    /// width joiners) become spaces or go.
    package init(_ text: String, limit: Int = .max) {
        let table = CharacterTable.shared
        let bytes = text.utf8.count
        if read(text, bytes: bytes, limit, table) { return }
        shown.removeAll(keepingCapacity: true)
        folded.removeAll(keepingCapacity: true)
        scripts.removeAll(keepingCapacity: true)
        for scalar in Self.compatible(text).prefix(limit) { take(scalar, table) }
    }

    /// The script of the scalar at an index.
    @inline(__always)
    func script(_ index: Int) -> Script { Script(trait: scripts[index]) }

    /// Reads a text that NFKC leaves as it is, but for full-width letters and spaces; false if it met anything else.
    private mutating func read(_ text: String, bytes: Int, _ limit: Int, _ table: CharacterTable) -> Bool {
        // Three bytes make one ideograph; one byte makes one letter.
        let capacity = min(limit, text.utf8.first.map { $0 < 0x80 } ?? true ? bytes : bytes / 3 + 16)
        shown.reserveCapacity(capacity)
        folded.reserveCapacity(capacity)
        scripts.reserveCapacity(capacity)
        for scalar in text.unicodeScalars {
            var value = scalar.value
            if value < 0x80 {
                takeASCII(value, table)
            } else {
                if value >= 0xFF01 && value <= 0xFF5E {
                    value -= 0xFEE0
                } else if value == 0x3000 || value == 0xA0 {
                    value = 0x20
                } else if value > 0xFFFF || table.traits[Int(value)] & CharacterTable.unsettled != 0 {
                    return false
                }
                take(value, table)
            }
            if shown.count >= limit { break }
        }
        return true
    }

    @inline(__always)
    private mutating func takeASCII(_ scalar: UInt32, _ table: CharacterTable) {
        let visible = scalar < 0x20 || scalar == 0x7F ? 0x20 : scalar
        shown.append(visible)
        folded.append(visible >= 0x41 && visible <= 0x5A ? visible | 0x20 : visible)
        scripts.append(table.traits[Int(visible)] & CharacterTable.script)
    }

    @inline(__always)
    private mutating func take(_ scalar: UInt32, _ table: CharacterTable) {
        if scalar < 0x80 {
            takeASCII(scalar, table)
        } else if scalar < 0x10000 {
            let trait = table.traits[Int(scalar)]
            if trait & CharacterTable.invisible != 0 { return }
            let script = trait & CharacterTable.script
            if script >= Script.han.rawValue {
                isEastern = true
                if script == Script.hangul.rawValue { hasHangul = true }
            }
            let isRepeated = scalar == Self.iterationMark && scripts.last == Script.han.rawValue
            folded.append(isRepeated ? folded[folded.count - 1] : UInt32(table.folded[Int(scalar)]))
            shown.append(scalar)
            scripts.append(script)
        } else if im_unorm_is_invisible(Int32(scalar)) == 0 {
            let script = Script.derived(scalar)
            if script == .han { isEastern = true }
            shown.append(scalar)
            folded.append(UInt32(im_unorm_fold(Int32(scalar))))
            scripts.append(script.rawValue)
        }
    }

    /// `々`, which says the ideograph before it again.
    private static let iterationMark: UInt32 = 0x3005

    /// The scalars of a text after NFKC.
    private static func compatible(_ text: String) -> [UInt32] {
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
