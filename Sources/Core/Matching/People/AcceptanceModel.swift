/// The estimate that a side says yes: a logistic model of its features, learnt one answer at a time.
///
/// A Bayesian online logistic regression with a diagonal normal posterior (Laplace's approximation after each answer):
/// weights start at the recipe's with a stated sureness, so that few answers move them a little and many move them
/// far. The same answers in the same order give the same weights.
package struct AcceptanceModel: Sendable, Equatable, Codable {
    /// Weights in the order of `AcceptanceFeature.allCases`.
    package private(set) var weights: [Double]
    /// Sureness of each weight: one over its variance.
    package private(set) var precisions: [Double]
    /// How many answers have been learnt from.
    package private(set) var answers: Int

    /// The recipe's weights, nothing learnt.
    package init() {
        weights = AcceptanceFeature.allCases.map(\.priorWeight)
        precisions = AcceptanceFeature.allCases.map(\.priorPrecision)
        answers = 0
    }

    /// The weight of a feature.
    package subscript(_ feature: AcceptanceFeature) -> Double { weights[feature.number] }

    /// The probability that the side says yes, 0...1.
    package func probability(_ features: AcceptanceFeatures) -> Double {
        var sum = 0.0
        for (weight, value) in zip(weights, features.values) { sum += weight * value }
        return 1 / (1 + exponential(-sum))
    }

    /// Takes an answer: the posterior after it is the prior for the next.
    ///
    /// - Parameter weight: How many answers it counts for: a joint project says more than a click.
    package mutating func learn(_ features: AcceptanceFeatures, isYes: Bool, weight: Double = 1) {
        let expected = probability(features)
        let surprise = (isYes ? 1.0 : 0) - expected
        let curvature = expected * (1 - expected)
        for feature in AcceptanceFeature.allCases where feature.isLearnt {
            let place = feature.number
            let value = features.values[place]
            precisions[place] += weight * curvature * value * value
            let moved = weights[place] + weight * surprise * value / precisions[place]
            weights[place] = min(max(moved, feature.priorWeight - Self.reach), feature.priorWeight + Self.reach)
        }
        answers += 1
    }

    /// A weight never leaves the prior's by more: a campaign of one-sided answers must not silence a field for good.
    package static let reach = 2.0
}

/// What both sides are expected to say, and the estimate that both say yes.
package struct MutualEstimate: Sendable, Equatable {
    /// Probability that the need's side says yes.
    package let needYes: Double
    /// Probability that the seed's side says yes.
    package let seedYes: Double
    /// What the need's side rests on.
    package let need: AcceptanceFeatures
    /// What the seed's side rests on.
    package let seed: AcceptanceFeatures

    /// Estimates both sides.
    package init(_ score: MatchScore, _ around: PairCircumstances, model: AcceptanceModel) {
        need = AcceptanceFeatures(score, around, side: .need)
        seed = AcceptanceFeatures(score, around, side: .seed)
        needYes = model.probability(need)
        seedYes = model.probability(seed)
    }

    /// The harmonic mean of both: a pair is worth as much as the less willing side makes it (RECON, Pizzato et al.
    /// 2010).
    package var mutual: Double { harmonicMean(needYes, seedYes) }

    /// Estimates and features by name, as they are stored with a match: `need_yes`, `need.distance` and so on.
    package var parts: [String: Double] {
        var parts = ["need_yes": needYes, "seed_yes": seedYes, "mutual": mutual]
        for feature in AcceptanceFeature.allCases where feature != .base {
            parts["need." + feature.rawValue] = need[feature]
            parts["seed." + feature.rawValue] = seed[feature]
        }
        return parts
    }

    /// Whether a part of a stored match tells of people's answers: such are for coordinators only.
    package static func isAboutPeople(_ part: String) -> Bool {
        part == "need_yes" || part == "seed_yes" || part == "mutual" || part.hasSuffix("_history")
    }
}

/// 2pq/(p+q); 0 if one of them is.
package func harmonicMean(_ p: Double, _ q: Double) -> Double { p > 0 && q > 0 ? 2 * p * q / (p + q) : 0 }
