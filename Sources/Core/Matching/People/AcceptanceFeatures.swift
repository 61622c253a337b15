/// What an estimate of a yes rests on.
package enum AcceptanceFeature: String, Sendable, CaseIterable, Codable {
    /// How often people say yes at all: 1.
    case base
    /// Log-odds of the engine's score (0...1), bonus for unlike fields included.
    case fit
    /// Whether meaning and concepts (1) or the words themselves (-1) carried the score.
    case meaning
    /// Distance of the fields: 0, 0.5 or 1.
    case distance
    /// Log-odds of the side's own yes-rate.
    case ownHistory = "own_history"
    /// Log-odds of the partner's yes-rate among others.
    case partnerHistory = "partner_history"
    /// Whether a wish for regions is met (1) or cannot be checked (-1).
    case region
    /// By how many levels the seed is below the stage that the need asks for, negative.
    case stage

    /// Whether answers move its weight. Fit and constraints are rules, not taste: only the balance of words and
    /// meaning, the bonus for unlike fields, histories, and the general readiness to say yes are learnt.
    package var isLearnt: Bool {
        switch self {
        case .base, .meaning, .distance, .ownHistory, .partnerHistory: true
        case .fit, .region, .stage: false
        }
    }

    /// Weight before anything is learnt. Without history and wishes the estimate is then the engine's score itself:
    /// distance and meaning are corrections to what the score already holds.
    package var priorWeight: Double {
        switch self {
        case .fit: 1
        case .ownHistory, .partnerHistory: 0.6
        case .region, .stage: 0.2
        case .base, .meaning, .distance: 0
        }
    }

    /// How sure the prior is, as one over the variance of the weight.
    var priorPrecision: Double {
        switch self {
        case .base: 2
        case .meaning, .distance: 4
        default: 8
        }
    }

    var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The features of one side, in the order of `AcceptanceFeature.allCases`.
package struct AcceptanceFeatures: Sendable, Equatable, Codable {
    /// One value for each feature.
    package private(set) var values: [Double]

    /// Everything 0 but the base.
    package init() {
        values = [Double](repeating: 0, count: AcceptanceFeature.allCases.count)
        self[.base] = 1
    }

    /// The value of a feature.
    package subscript(_ feature: AcceptanceFeature) -> Double {
        get { values[feature.number] }
        set { values[feature.number] = newValue }
    }

    /// The values as one word for the log, such as `1 0.25 0 1 0 0 0 0`.
    package var text: String { values.map { "\(($0 * 10_000).rounded() / 10_000)" }.joined(separator: " ") }

    /// Reads what `text` wrote; nothing for anything else.
    package init?(text: String) {
        let read = text.split(separator: " ").map { Double($0) }
        guard read.count == AcceptanceFeature.allCases.count else { return nil }
        values = []
        for value in read {
            guard let value, value.isFinite else { return nil }
            values.append(value)
        }
    }
}

/// How often somebody, or something, was answered yes and no.
package struct AnswerTally: Sendable, Equatable, Codable {
    /// Answers that were yes.
    package var yes: Int
    /// Answers that were no.
    package var no: Int

    /// Takes both.
    package init(yes: Int = 0, no: Int = 0) {
        self.yes = yes
        self.no = no
    }

    /// Log-odds of the rate with one yes and one no added: 0 without history.
    package var logOdds: Double { naturalLogarithm(Double(yes + 1) / Double(no + 1)) }
}

/// What is known of a pair beyond its texts, as the two sides see it.
package struct PairCircumstances: Sendable, Equatable {
    /// How the need's owner has answered so far.
    package var needOwn = AnswerTally()
    /// How others have answered the need.
    package var needPopularity = AnswerTally()
    /// How the seed's owner has answered so far.
    package var seedOwn = AnswerTally()
    /// How others have answered the seed.
    package var seedPopularity = AnswerTally()
    /// How the need's wish for regions fits the seed.
    package var needRegion = WishFit.none
    /// How the seed's wish for regions fits the need.
    package var seedRegion = WishFit.none
    /// Levels by which the seed is below the stage that the need asks for; 0 if not.
    package var stageGap = 0

    /// Nothing is known.
    package init() {}
}

/// How a wish fits a partner. One that does not fit excludes the partner, so it is no case here.
package enum WishFit: Sendable, Equatable {
    /// Nothing was wished.
    case none
    /// The partner is what was wished.
    case met
    /// The partner does not say.
    case unknown

    var value: Double {
        switch self {
        case .none: 0
        case .met: 1
        case .unknown: -1
        }
    }
}

extension AcceptanceFeatures {
    /// The features of one side of a pair.
    package init(_ score: MatchScore, _ around: PairCircumstances, side: MatchSide) {
        self.init()
        let value = min(max(score.value, 0.001), 0.999)
        self[.fit] = naturalLogarithm(value / (1 - value))
        self[.meaning] = score.balance
        self[.distance] = score.fieldDistance
        self[.ownHistory] = (side == .need ? around.needOwn : around.seedOwn).logOdds
        self[.partnerHistory] = (side == .need ? around.seedPopularity : around.needPopularity).logOdds
        self[.region] = (side == .need ? around.needRegion : around.seedRegion).value
        self[.stage] = side == .need ? -Double(around.stageGap) : 0
    }
}

extension MatchScore {
    /// From -1, words alone, to 1, concepts and meaning alone; 0 where neither says anything.
    var balance: Double {
        let parts = parts
        let words = max(0, parts["lexical"] ?? 0)
        let meaning = max(0, parts["meaning"] ?? 0, parts["concept"] ?? 0)
        return words + meaning > 0 ? (meaning - words) / (meaning + words) : 0
    }
}
