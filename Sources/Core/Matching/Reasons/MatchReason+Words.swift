/// The reason in words: at most three short sentences that sound no surer than the score is.
extension MatchReason {
    /// Sentences for a reader of `language`: what both have in common and how much that says, how far apart the
    /// fields are, what to check first. `fieldLabel` and `conceptName` name a code or identifier in that language.
    package func words(
        in language: MatchLanguage, fieldLabel: (String) -> String, conceptName: (String) -> String
    ) -> [String] {
        let phrases = ReasonPhrases(language)
        var sentences = [phrases.common(topics(phrases, conceptName), score.certainty)]
        if let fields = phrases.fields(kind, needField.map(fieldLabel), seedField.map(fieldLabel)) {
            sentences.append(fields)
        }
        if !misfits.isEmpty { sentences.append(phrases.check(misfits)) }
        return sentences
    }

    /// Topics to name in one sentence: concepts and words by weight, three at most; a concept that the two sides write
    /// differently is followed by both ways of writing it.
    private func topics(_ phrases: ReasonPhrases, _ conceptName: (String) -> String) -> [String] {
        var topics: [(share: Double, text: String, plain: String)] = concepts.map { concept in
            let name = conceptName(concept.id)
            let ways = [concept.need, concept.seed].filter { $0 != name }
            let isForeign = concept.need != concept.seed && !ways.isEmpty
            let text = phrases.quote(name) + (isForeign ? phrases.ways(concept.need, concept.seed) : "")
            return (concept.share, text, name)
        }
        // A single character or a quantity that both texts hold says nothing to a reader.
        for word in words where word.need.count > 1 && !Self.isQuantity(word.need) {
            let isKnown = concepts.contains { $0.need == word.need || $0.seed == word.seed }
            if isKnown { continue }
            let isOneWay = word.need.lowercased() == word.seed.lowercased()
            let text = isOneWay ? word.need : word.need + " / " + word.seed
            topics.append((word.share, phrases.quote(text), word.need))
        }
        topics.sort { $0.share != $1.share ? $0.share > $1.share : $0.plain < $1.plain }
        var seen: Set<String> = []
        return topics.filter { seen.insert($0.plain).inserted }.prefix(3).map(\.text)
    }

    private static func isQuantity(_ word: String) -> Bool {
        word.first.map { $0.isNumber || "約数十百千万億".contains($0) && word.dropFirst().contains(where: \.isASCII) } ?? true
    }
}
