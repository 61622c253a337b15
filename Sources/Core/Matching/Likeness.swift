/// How nearly two texts say the same in the same words, by overlapping runs of letters; for finding doubles. Needs no
/// index and no lexicon.
package struct Likeness: Sendable {
    private let title: Set<UInt64>
    private let whole: Set<UInt64>

    /// Letters of a text that are read.
    private static let longestText = 6_000
    /// A part shorter than this, in runs, may stand in any text.
    private static let leastPart = 24
    /// With fewer runs than this besides its title, a text is judged by its title.
    private static let shortBody = 12

    /// Reads a text under its title.
    package init(title: String, body: String) {
        let heading = Self.letters(title)
        self.title = Self.runs(heading)
        whole = Self.runs(heading).union(Self.runs(Self.letters(body)))
    }

    /// From 0 for nothing in common to 1 for the same words. A text that is part of a longer one is like it: so is one
    /// that is still being typed, and one of which only the beginning is shown. The measure is the cosine of the sets
    /// of runs, or nine tenths of the share of either text that stands in the other.
    package func similarity(to other: Likeness) -> Double {
        let whole = Self.cosine(whole, other.whole)
        var best = whole
        let part = min(self.whole.count, other.whole.count)
        if part >= Self.leastPart {
            best = max(best, 0.9 * Double(self.whole.intersection(other.whole).count) / Double(part))
        }
        // Somebody who has written only the title so far.
        if self.whole.count - title.count < Self.shortBody, title.count >= 4 {
            best = max(best, 0.9 * Self.cosine(title, other.title))
        }
        return best
    }

    private static func cosine(_ one: Set<UInt64>, _ other: Set<UInt64>) -> Double {
        if one.isEmpty || other.isEmpty { return 0 }
        let shared = Double(one.intersection(other).count)
        return shared / (Double(one.count) * Double(other.count)).squareRoot()
    }

    /// Letters and digits in small and narrow form; everything else is left out.
    private static func letters(_ text: String) -> [UInt32] {
        var letters: [UInt32] = []
        for scalar in text.unicodeScalars.prefix(longestText) {
            var value = scalar.value
            if (0xFF10...0xFF5A).contains(value) { value -= 0xFEE0 }
            if (0x41...0x5A).contains(value) { value += 0x20 }
            if LetterKind(value) != .other { letters.append(value) }
        }
        return letters
    }

    /// Runs of three East Asian letters or of five others, hashed; a shorter text is one run.
    private static func runs(_ letters: [UInt32]) -> Set<UInt64> {
        guard let first = letters.first else { return [] }
        var runs = Set<UInt64>(minimumCapacity: letters.count)
        let least = LetterKind(first) == .latin ? 5 : 3
        if letters.count < least { return [hash(letters[...])] }
        for start in letters.indices {
            let length = LetterKind(letters[start]) == .latin ? 5 : 3
            if start + length <= letters.count { runs.insert(hash(letters[start..<(start + length)])) }
        }
        return runs
    }

    /// FNV-1a over code points.
    private static func hash(_ run: ArraySlice<UInt32>) -> UInt64 {
        run.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
