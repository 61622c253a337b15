/// How the names behind codes and identifiers read in the reader's language.
package struct ReasonNames {
    /// The label of a field by its code.
    package var field: (String) -> String
    /// The name of a concept by its identifier.
    package var concept: (String) -> String
    /// The name of a region by its code.
    package var region: (String) -> String

    /// Takes every value; what is left out is shown as it is.
    package init(
        field: @escaping (String) -> String = { $0 }, concept: @escaping (String) -> String = { $0 },
        region: @escaping (String) -> String = { $0 }
    ) {
        self.field = field
        self.concept = concept
        self.region = region
    }
}

/// The reason in words: at most three short sentences that sound no surer than the score is.
extension MatchReason {
    /// Most misfits that are said in words; all of them stand in the record.
    private static let mostChecks = 2
    /// Longest quoted sentence, in characters of Latin letters; of East Asian ones half as many.
    private static let longestQuote = 80

    /// Sentences for a reader of `language`: what bridges the two, how far apart the fields are and how sure that is,
    /// what to check first.
    package func words(in language: MatchLanguage, names: ReasonNames) -> [String] {
        let phrases = ReasonPhrases(language)
        var spoken = [bridging(phrases, names)]
        spoken.append(phrases.placing(kind, needField.map(names.field), seedField.map(names.field), score.certainty))
        let checks = misfits.prefix(Self.mostChecks).map { phrases.name($0, names.region) }
        if !checks.isEmpty { spoken.append(phrases.check(checks)) }
        return spoken
    }

    /// Everything that does not fit or has to be asked first, each in words.
    package func checks(in language: MatchLanguage, names: ReasonNames) -> [String] {
        misfits.map { ReasonPhrases(language).name($0, names.region) }
    }

    private func bridging(_ phrases: ReasonPhrases, _ names: ReasonNames) -> String {
        let topics = topics(phrases, names.concept)
        if !topics.isEmpty { return phrases.common(topics) }
        guard let sentences else { return phrases.nothingCommon }
        return phrases.passages(Self.quoted(sentences.need), Self.quoted(sentences.seed))
    }

    private static func quoted(_ text: String) -> String {
        let isWide = text.unicodeScalars.contains { $0.value >= 0x1100 }
        return SentencePair.clipped(text, to: isWide ? longestQuote / 2 : longestQuote)
    }

    /// One thing that both deal with, ready to be named.
    private struct Topic {
        var weight: Double
        var text: String
        /// Its bare name, by which doubles are found.
        var plain: String
        /// Whether `text` also tells how the two sides write it.
        var hasWays: Bool
    }

    /// Topics to name in one sentence: concepts before words of the same weight, three at most, two where a concept
    /// that the two sides write differently is followed by both ways of writing it.
    private func topics(_ phrases: ReasonPhrases, _ conceptName: (String) -> String) -> [String] {
        var topics = concepts.compactMap { topic($0, phrases, conceptName) }
        for word in words where !concepts.contains(where: { $0.need == word.need || $0.seed == word.seed }) {
            let isOneWay = word.need.lowercased() == word.seed.lowercased()
            let text = isOneWay ? word.need : "\(word.need) / \(word.seed)"
            // A word that the reader may not be able to read comes after what can be named in their language.
            let weight = word.share * (phrases.reads(word.need) ? 1 : 0.4)
            topics.append(Topic(weight: weight, text: phrases.quote(text), plain: word.need, hasWays: false))
        }
        topics.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.plain < $1.plain }
        var seen: [String] = []
        var named: [String] = []
        var hasWays = false
        for topic in topics {
            // 「木材」 says it all beside 「木」, whichever came first.
            let plain = topic.plain.lowercased()
            if seen.contains(where: { $0.contains(plain) || plain.contains($0) }) { continue }
            if topic.hasWays, hasWays || named.count == 2 {
                named.append(phrases.quote(topic.plain))
            } else {
                named.append(topic.text)
                hasWays = hasWays || topic.hasWays
            }
            seen.append(plain)
            if named.count >= (hasWays ? 2 : 3) { break }
        }
        return named
    }

    private func topic(
        _ concept: SharedConcept, _ phrases: ReasonPhrases, _ conceptName: (String) -> String
    ) -> Topic? {
        let name = conceptName(concept.id)
        if GenericWords.isGeneric(name) { return nil }
        // What both wrote themselves says more than the name of the concept.
        if concept.need.lowercased() == concept.seed.lowercased(), phrases.reads(concept.need) {
            if GenericWords.isGeneric(concept.need) { return nil }
            return Topic(
                weight: concept.share * 1.5, text: phrases.quote(concept.need), plain: concept.need, hasWays: false)
        }
        let ways = phrases.ways(name, concept.need, concept.seed)
        return Topic(
            weight: concept.share * 1.5, text: phrases.quote(name) + ways, plain: name, hasWays: !ways.isEmpty)
    }
}
