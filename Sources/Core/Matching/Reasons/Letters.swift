/// Kinds of letters, as far as reasons need them to tell where a word begins and ends.
enum LetterKind {
    case han, katakana, hiragana, hangul, latin, other

    init(_ scalar: UInt32) {
        switch scalar {
        case 0x3041...0x309F: self = .hiragana
        case 0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: self = .katakana
        case 0x3005, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFD: self = .han
        case 0xAC00...0xD7A3: self = .hangul
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
            self = .latin
        default: self = .other
        }
    }
}

extension MatchText {
    /// The kind of letter at a place of the text as shown; `other` beyond its ends.
    func kind(at place: Int) -> LetterKind { shown.indices.contains(place) ? LetterKind(shown[place]) : .other }

    /// How many letters of the same kind stand right before a place.
    func run(before place: Int) -> Int {
        var length = 0
        let kind = kind(at: place)
        while place - length > 0, self.kind(at: place - length - 1) == kind { length += 1 }
        return length
    }

    /// How many letters of the same kind as the last one stand right after a range that ends (exclusive) there.
    func run(after end: Int) -> Int {
        var length = 0
        let kind = kind(at: end - 1)
        while self.kind(at: end + length) == kind { length += 1 }
        return length
    }
}
