/// What kind of encounter a match would be.
package enum MatchKind: String, Sendable, Codable, CaseIterable {
    /// The same field.
    case kindred
    /// Neighbouring fields.
    case adjacent
    /// Unlike fields with enough in common to be above the floor.
    case bridge
    /// A pick beyond what the score alone would show.
    case wildcard
}

/// A score with its parts; all parts are kept, so that what is shown can be traced to the last digit.
package struct MatchScore: Sendable, Equatable, Codable {
    /// Cosine of term vectors within one language, 0...1; 0 across languages.
    package var lexical: Double
    /// Cosine of concept and bridge vectors, 0...1.
    package var concept: Double
    /// Likeness of the words: the two above on one scale, 0...1.
    package var likeness = 0.0
    /// Likeness of meaning, about 0 for any two postings and 1 for the same: of whole and purpose together, corrected
    /// for what is usual between the two languages; nil where a posting has no vectors.
    package var meaning: Double?
    /// Centred cosine of the whole texts.
    package var meaningFull: Double?
    /// Centred cosine of the purposes, where both have one.
    package var meaningPurpose: Double?
    /// Centred cosine of the means, where both have some.
    package var meaningMeans: Double?
    /// What was taken off `meaning` because either posting is near to everything in the other's language.
    package var hub = 0.0
    /// Relevance before the bonus, from likeness and meaning, 0...1.
    package var relevance: Double
    /// What the distance of the fields added.
    package var fieldBonus: Double
    /// Distance of the fields: 0, 0.5 or 1.
    package var fieldDistance: Double
    /// Relevance at which `value` is one half.
    package var half: Double

    /// The sum that decides the order.
    package var total: Double { relevance + fieldBonus }

    /// The score as shown: 0...1, rising with `total`.
    package var value: Double { total <= 0 ? 0 : total / (total + half) }

    /// The parts by name, as they are stored with a match.
    package var parts: [String: Double] {
        var parts = [
            "lexical": lexical, "concept": concept, "likeness": likeness, "relevance": relevance,
            "fieldBonus": fieldBonus, "fieldDistance": fieldDistance,
        ]
        parts["meaning"] = meaning
        parts["meaningFull"] = meaningFull
        parts["meaningPurpose"] = meaningPurpose
        parts["meaningMeans"] = meaningMeans
        if hub != 0 { parts["hub"] = hub }
        return parts
    }

    /// How sure one may sound: from what the texts have in common; a bonus for unlike fields is no evidence.
    package var certainty: Certainty { Certainty(of: relevance <= 0 ? 0 : relevance / (relevance + half)) }
}

/// How sure one may sound about a match: the best systems still order one pair in three wrongly where both look good.
package enum Certainty: String, Sendable, Codable {
    case strong, fair, slight

    init(of value: Double) {
        self = value >= 0.65 ? .strong : value >= 0.45 ? .fair : .slight
    }
}

/// A partner found for a posting.
package struct RankedMatch: Sendable, Equatable {
    /// The partner.
    package var id: String
    /// Score and parts.
    package var score: MatchScore
    /// What kind of encounter it would be.
    package var kind: MatchKind
}
