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

    mutating func append(_ key: String, _ start: Int, _ end: Int) {
        keys.append(key)
        starts.append(Int32(start))
        ends.append(Int32(end))
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
    /// Terms that compare across languages. The first letter of a key tells the kind: `c` concept, `l` Latin word or
    /// code, `h` ideograph pair, `s` Sino-Korean syllable pair.
    package var bridges: TermStream
}
