/// What a full-text search looks for.
extension Lexicon {
    /// Terms of a search, all of which a text must have: stems, codes, and of every run of ideographs, kana or hangul
    /// all character pairs (so that the run is found as it stands). `isPrefix` asks for terms that begin so: Latin
    /// words of three letters or more, and runs of a single character.
    package func searchTerms(_ query: String) -> [(key: String, isPrefix: Bool)] {
        var segmenter = Segmenter(NormalizedText(query, limit: Self.longestSearch), language: .en, isShort: false)
        segmenter.run()
        var seen: Set<String> = []
        var terms: [(key: String, isPrefix: Bool)] = []
        for index in 0..<segmenter.terms.count {
            let key = segmenter.terms.keys[index]
            guard seen.insert(key).inserted else { continue }
            guard let first = key.unicodeScalars.first else { continue }
            let isLatin = Script.of(first.value) == .letter
            let length = key.unicodeScalars.count
            if isLatin {
                terms.append((key, length >= 3))
            } else if Script.of(first.value) != .katakana || length <= 2 {
                // A whole katakana word is left to its pairs: レーザ finds レーザー.
                terms.append((key, length == 1))
            }
        }
        return terms
    }

    /// Characters of a search that are read.
    private static let longestSearch = 500
}
