import FoundationEssentials

/// Why two postings were matched: the record from which the words are made, stored with the match.
package struct MatchReason: Sendable, Equatable, Codable {
    /// The score this reason explains, with its parts.
    package var score: MatchScore
    /// What kind of encounter it would be.
    package var kind: MatchKind
    /// Words that both texts have, as the need writes them, strongest first, at most five.
    package var words: [SharedWords]
    /// Concepts that both texts mention, strongest first, at most five.
    package var concepts: [SharedConcept]
    /// The sentence of each text in which what they share stands closest together, if any.
    package var sentences: Sentences?
    /// The need's field of the nearest pair of fields, if the need names any.
    package var needField: String?
    /// The seed's field.
    package var seedField: String?
    /// What does not fit, or has to be asked first, the most serious first.
    package var misfits: [Misfit]

    /// A run of words or characters that stands in both texts.
    package struct SharedWords: Sendable, Equatable, Codable {
        /// As the need writes it.
        package var need: String
        /// As the seed writes it.
        package var seed: String
        /// Share in all that is shared, 0...1.
        package var share: Double
    }

    /// A concept that both texts mention, each in its own words.
    package struct SharedConcept: Sendable, Equatable, Codable {
        /// Identifier in the concept lexicon.
        package var id: String
        /// The need's own word for it.
        package var need: String
        /// The seed's own word for it.
        package var seed: String
        /// Share in all that is shared, 0...1.
        package var share: Double
    }

    /// A sentence of each text as it was written, cut where it is long.
    package struct Sentences: Sendable, Equatable, Codable {
        /// From the need.
        package var need: String
        /// From the seed.
        package var seed: String
    }

    /// What does not fit.
    package enum Misfit: Sendable, Equatable, Codable {
        /// The need wants something that can be had today; the seed is at this technology readiness level.
        case unready(level: Int)
        /// The seed is far from the market: its technology readiness level, 1 to 4.
        case earlyStage(level: Int)
        /// Amounts per time, as the two write them, that are far apart.
        case scale(need: String, seed: String)
        /// The kinds of cooperation that the two seek, none in common.
        case cooperation(need: [MatchConditions.Cooperation], seed: [MatchConditions.Cooperation])
        /// One side wishes for partners from these regions, the other is elsewhere.
        case regionWish(by: MatchSide, wished: [String], actual: String)
        /// Rights in the seed that have to be asked about first.
        case rights(MatchConditions.Rights)
        /// The two are in different countries.
        case otherRegion(need: String, seed: String)
        /// The two write in different languages.
        case otherLanguage(need: MatchLanguage, seed: MatchLanguage)
    }

    /// The record as JSON with sorted keys: the same reason gives the same text.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(self) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// Reads what `json` wrote; throws a `DecodingError` for anything else.
    package init(json: String) throws {
        self = try JSONDecoder().decode(MatchReason.self, from: Data(json.utf8))
    }

    init(score: MatchScore, kind: MatchKind) {
        self.score = score
        self.kind = kind
        words = []
        concepts = []
        misfits = []
    }
}
