/// Quick looks at the bytes of a text, which answer for most texts what else would take a look at every character.
enum TextScan {
    /// Whether a byte occurs with which a character could begin that `TextRules` forbids: then each is to be looked at.
    ///
    /// Line breaks and tabs are not among them where a text has lines.
    static func needsScrutiny(_ text: String, multiline: Bool) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            var at = 0
            while true {
                at = passPlain(raw, from: at)
                guard at < raw.count else { return false }
                switch raw[at] {
                case 0x09, 0x0a, 0x0d:
                    if !multiline { return true }
                    at += 1
                // Controls; C1 controls (C2); U+061C (D8); general punctuation (E2); U+FDD0, U+FEFF, U+FFF9 (EF); the
                // planes from 1 on.
                case 0...0x1f, 0x7f, 0xc2, 0xd8, 0xe2, 0xef, 0xf0...0xff: return true
                case 0xe0...0xee: at += 3
                default: at += 1
                }
            }
        }
    }

    /// Whether a text is made of kana, kanji and hangul only, which the folding of identities leaves as they are: they
    /// have no case, no narrow form that it narrows to, and none is punctuation.
    static func isUnfolded(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var at = 0
            while at + 2 < bytes.count {
                switch (bytes[at], bytes[at + 1]) {
                // U+3041 to U+30FF without the marks U+3097...U+30A0 and the middle dot U+30FB.
                case (0xe3, 0x81): break
                case (0xe3, 0x82): if (0x97...0xa0).contains(bytes[at + 2]) { return false }
                case (0xe3, 0x83): if bytes[at + 2] == 0xbb { return false }
                // U+4E00 to U+9FFF.
                case (0xe4, 0xb8...), (0xe5...0xe9, _): break
                // U+AC00 to U+D7A3, the syllables; those after them are unassigned or parts of syllables.
                case (0xea, 0xb0...), (0xeb...0xec, _), (0xed, ..<0x9e): break
                default: return false
                }
                at += 3
            }
            return at == bytes.count
        }
    }

    /// Skips ASCII without controls, eight bytes a step; stops at anything else.
    private static func passPlain(_ raw: UnsafeRawBufferPointer, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var at = start
        while at + 8 <= raw.count {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let delete = word ^ (ones &* 0x7f)
            // The high bit of each byte that is not ASCII, a control or DEL; the lowest is exact, and that suffices.
            let stops = (word | (word &- ones &* 0x20) & ~word | (delete &- ones) & ~delete) & (ones &* 0x80)
            if stops != 0 { return at + stops.trailingZeroBitCount >> 3 }
            at += 8
        }
        while at < raw.count, raw[at] >= 0x20, raw[at] < 0x7f { at += 1 }
        return at
    }
}
