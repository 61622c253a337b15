/// The stem of one folded ASCII word, cut in place: plural, past and progressive endings and common derivations go,
/// British spellings become American. A key for comparing, not for showing.
struct EnglishStem {
    private(set) var letters = InlineArray<32, UInt8>(repeating: 0)
    private(set) var count = 0

    /// The longest word that is stemmed.
    static let longest = 31

    /// Stems a word; nil if it is no ASCII word of at most `longest` letters.
    @inline(__always)
    init?(_ word: ArraySlice<UInt32>) {
        guard word.count <= Self.longest else { return nil }
        for unit in word {
            guard unit >= 0x61 && unit <= 0x7A else { return nil }
            letters[count] = UInt8(truncatingIfNeeded: unit)
            count += 1
        }
        guard count > 3 else { return }
        stripPlural()
        stripVerbEnding()
        replaceSuffix()
        if count > 4, last == UInt8(ascii: "e") { count -= 1 }
        if count > 2, last == UInt8(ascii: "y") { letters[count - 1] = UInt8(ascii: "i") }
    }

    /// The stem, after the letter of a bridge's kind if one is given.
    @inline(__always)
    func key(kind: UInt8? = nil) -> String {
        String(unsafeUninitializedCapacity: Self.longest + 1) { buffer in
            var length = 0
            if let kind {
                buffer[0] = kind
                length = 1
            }
            for index in 0..<count { buffer[length + index] = letters[index] }
            return length + count
        }
    }

    /// The hash of the stem.
    @inline(__always)
    var hash: UInt64 {
        var hash = RunningHash()
        for index in 0..<count { hash.add(UInt32(letters[index])) }
        return hash.value
    }

    @inline(__always)
    private var last: UInt8 { letters[count - 1] }

    private mutating func stripPlural() {
        if last == UInt8(ascii: "s") {
            if ends("sses") {
                count -= 2
            } else if ends("ies"), count > 4 {
                count -= 2
            } else if ends("xes") || ends("ches") || ends("shes") {
                count -= 2
            } else if !ends("ss"), !ends("us"), !ends("is") {
                count -= 1
            }
        }
        if last == UInt8(ascii: "i"), count > 3 { letters[count - 1] = UInt8(ascii: "y") }
    }

    private mutating func stripVerbEnding() {
        let cut: Int
        if last == UInt8(ascii: "g"), ends("ing") {
            cut = 3
        } else if last == UInt8(ascii: "d"), ends("ed"), !ends("eed") {
            // feed, seed and speed are no past forms.
            cut = 2
        } else {
            return
        }
        let rest = count - cut
        guard rest >= 3 || (rest == 2 && cut == 2), hasVowel(rest) else { return }
        count = rest
        // British spelling: standardised is standardized.
        if ends("is"), count > 5 { letters[count - 1] = UInt8(ascii: "z") }
        if count > 3, letters[count - 2] == last, last != UInt8(ascii: "l"), last != UInt8(ascii: "s"),
            last != UInt8(ascii: "z")
        {
            count -= 1
        }
    }

    private mutating func replaceSuffix() {
        let endings: [(StaticString, StaticString)]
        switch last {
        case UInt8(ascii: "l"):
            endings = [("isational", "iz"), ("izational", "iz"), ("ational", "at"), ("ical", "ic")]
        case UInt8(ascii: "n"):
            endings = [
                ("isation", "iz"), ("ization", "iz"), ("ation", "at"), ("ition", "it"), ("ction", "ct"),
                ("ssion", "ss"),
            ]
        case UInt8(ascii: "s"): endings = [("fulness", "ful"), ("iveness", "iv"), ("ness", "")]
        case UInt8(ascii: "y"):
            endings = [
                ("ability", "abl"), ("ibility", "ibl"), ("ically", "ic"), ("ally", "al"), ("ably", "abl"), ("ely", ""),
                ("ly", ""),
            ]
        case UInt8(ascii: "r"): endings = [("ator", "at"), ("iser", "iz"), ("izer", "iz"), ("our", "or")]
        case UInt8(ascii: "g"): endings = [("ising", "iz")]
        case UInt8(ascii: "t"): endings = [("ment", "")]
        case UInt8(ascii: "e"):
            endings = [
                ("ance", ""), ("ence", ""), ("yse", "yz"), ("ise", "iz"), ("ize", "iz"), ("ate", "at"), ("tre", "ter"),
            ]
        default: return
        }
        // Longest first; the first that fits is applied.
        for (ending, replacement) in endings where ends(ending) {
            let length = ending.utf8CodeUnitCount
            // "pigment" is not made of pig.
            guard count - length >= (last == UInt8(ascii: "t") ? 4 : 3) else { return }
            count -= length
            replacement.withUTF8Buffer { buffer in
                for letter in buffer {
                    letters[count] = letter
                    count += 1
                }
            }
            return
        }
    }

    /// Whether the word is longer than an ending and ends with it.
    @inline(__always)
    private func ends(_ ending: StaticString) -> Bool {
        let length = ending.utf8CodeUnitCount
        guard count > length else { return false }
        return ending.withUTF8Buffer { buffer in
            for index in 0..<length where letters[count - length + index] != buffer[index] { return false }
            return true
        }
    }

    private func hasVowel(_ end: Int) -> Bool {
        for index in 0..<end {
            switch letters[index] {
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
                UInt8(ascii: "y"):
                return true
            default: continue
            }
        }
        return false
    }
}
