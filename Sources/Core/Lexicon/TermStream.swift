/// Terms of one text in reading order, each with the place where it stands, as parallel arrays.
package struct TermStream: Sendable, Equatable {
    /// What is compared: a stem, a code, a character bigram (folded).
    package private(set) var keys: [String] = []
    /// Where the term begins in `TextAnalysis.shown`.
    package private(set) var starts: [Int32] = []
    /// Where it ends (exclusive).
    package private(set) var ends: [Int32] = []

    /// No terms.
    package init() {}

    /// The number of terms.
    package var count: Int { keys.count }

    mutating func reserve(_ count: Int) {
        keys.reserveCapacity(count)
        starts.reserveCapacity(count)
        ends.reserveCapacity(count)
    }

    @inline(__always)
    mutating func append(_ key: String, _ start: Int, _ end: Int) {
        keys.append(key)
        starts.append(Int32(truncatingIfNeeded: start))
        ends.append(Int32(truncatingIfNeeded: end))
    }
}

/// Latin words of one text in reading order, by the hash of their stem.
struct WordStream {
    private(set) var hashes: [UInt32] = []
    private(set) var starts: [Int32] = []
    private(set) var ends: [Int32] = []

    @inline(__always)
    mutating func append(_ hash: UInt64, _ start: Int, _ end: Int) {
        hashes.append(UInt32(truncatingIfNeeded: hash >> 32))
        starts.append(Int32(truncatingIfNeeded: start))
        ends.append(Int32(truncatingIfNeeded: end))
    }
}

/// What the lexicon read in one text.
package struct TextAnalysis: Sendable, Equatable {
    /// The language found, or the one declared.
    package var language: TextLanguage
    /// The text as shown, scalar by scalar: term ranges point here.
    package var shown: [UInt32]
    /// Terms that compare within one language (codes and Latin words in any).
    package var terms: TermStream
    /// Terms that compare across languages. The first letter of a key tells the kind: `c` concept, `l` code or
    /// acronym, `g` English word (written, or given by a dictionary), `w` Latin word of a text that is not English, `h`
    /// ideograph pair, `s` Sino-Korean syllable pair.
    package var bridges: TermStream

    /// What stands in a range of the text as shown.
    package func surface(_ range: Range<Int>) -> String { string(shown[range.clamped(to: shown.indices)]) }
}
