import Exchange
import Matching

/// What stands behind the words of a match: for those who ask why.
package struct MatchNumbers: Hashable, Sendable {
    /// How sure one may be: strong, fair or slight.
    package let certainty: String
    /// What both texts share, strongest first.
    package let shared: [Shared]
    /// The sentence of the need that comes nearest to the seed, as written.
    package let needSentence: String?
    /// The sentence of the seed that comes nearest to the need, as written.
    package let seedSentence: String?
    /// Everything that does not fit or has to be asked first, in words.
    package let checks: [String]

    /// A concept or a run of words that stands in both texts.
    package struct Shared: Hashable, Sendable {
        /// concept or words.
        package let kind: String
        /// The concept's name in the reader's language, or the words.
        package let name: String
        /// As the need writes it.
        package let need: String
        /// As the seed writes it.
        package let seed: String
        /// Share in all that is shared, 0...1.
        package let share: Double
    }

    init(_ reason: MatchReason, in language: Language, _ taxonomy: FieldTaxonomy, _ reading: PostingReading) {
        let spoken = MatchLanguage(rawValue: language.rawValue) ?? .ja
        certainty = reason.score.certainty.rawValue
        let concepts = reason.concepts.map {
            Shared(
                kind: "concept", name: reading.conceptName($0.id, in: spoken), need: $0.need, seed: $0.seed,
                share: $0.share)
        }
        let words = reason.words.map {
            Shared(kind: "words", name: $0.need, need: $0.need, seed: $0.seed, share: $0.share)
        }
        shared = (concepts + words).sorted { ($1.share, $0.name) < ($0.share, $1.name) }
        needSentence = reason.sentences?.need
        seedSentence = reason.sentences?.seed
        checks = reason.checks(in: spoken, names: ReasonNames(in: language, taxonomy, reading))
    }
}

extension ReasonNames {
    /// Names in a language.
    init(in language: Language, _ taxonomy: FieldTaxonomy, _ reading: PostingReading) {
        let spoken = MatchLanguage(rawValue: language.rawValue) ?? .ja
        self.init(
            field: { taxonomy.label(FieldCode($0), in: language) },
            concept: { reading.conceptName($0, in: spoken) },
            region: { RegionNames.label(RegionCode(stored: $0), in: language) })
    }
}
