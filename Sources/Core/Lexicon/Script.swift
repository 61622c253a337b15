import CUnicode

/// What kind of character a scalar is, as far as segmentation cares.
enum Script: UInt8 {
    case other, letter, digit, han, katakana, hiragana, hangul

    @inline(__always)
    static func of(_ scalar: UInt32) -> Script {
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
}
