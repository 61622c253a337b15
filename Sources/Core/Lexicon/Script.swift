import CUnicode

/// What kind of character a scalar is, as far as segmentation cares.
enum Script: UInt8 {
    case other, letter, digit, han, katakana, hiragana, hangul

    /// The script of any scalar; of a text that is normalised, `NormalizedText.script(_:)` knows it already.
    static func of(_ scalar: UInt32) -> Script {
        guard scalar < 0x10000 else { return derived(scalar) }
        return Script(trait: CharacterTable.shared.traits[Int(scalar)])
    }

    /// The script in a trait of `CharacterTable`.
    @inline(__always)
    init(trait: UInt8) {
        switch trait & CharacterTable.script {
        case 1: self = .letter
        case 2: self = .digit
        case 3: self = .han
        case 4: self = .katakana
        case 5: self = .hiragana
        case 6: self = .hangul
        default: self = .other
        }
    }

    /// The script by block and Unicode property.
    static func derived(_ scalar: UInt32) -> Script {
        if scalar < 0x80 {
            if scalar >= 0x30 && scalar <= 0x39 { return .digit }
            let lower = scalar | 0x20
            return lower >= 0x61 && lower <= 0x7A ? .letter : .other
        }
        switch scalar {
        case 0x4E00...0x9FFF, 0x3005, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x3FFFF: return .han
        case 0x30A1...0x30FA, 0x30FC...0x30FE: return .katakana
        case 0x3041...0x3096, 0x309D...0x309F: return .hiragana
        case 0xAC00...0xD7A3: return .hangul
        case 0x3000...0x3040, 0x30FB, 0x3099...0x309C, 0xFF00...0xFFEF: return .other
        default: return im_unorm_is_letter(Int32(scalar)) != 0 ? .letter : .other
        }
    }

    /// Whether it is written without spaces between words: ideographs and kana.
    @inline(__always)
    var isSolid: Bool { self == .han || self == .katakana || self == .hiragana }
}
