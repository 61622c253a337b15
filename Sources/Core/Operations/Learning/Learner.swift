package import Exchange
package import Matching

/// What one entry of the log teaches.
package struct LearningEvidence: Sendable, Equatable, Codable {
    /// The kind of the entry: `introduction.refused` and so on, or `learning.reset`.
    package var kind: String
    /// The introduction.
    package var subject: String
    /// The need's and the seed's posting.
    package var postings: [String]
    /// Why a side refused.
    package var reason: String?
    /// What came of it.
    package var outcome: String?
    /// Each side's lesson.
    package var lessons: [Lesson]

    /// One side's answer as the model takes it.
    package struct Lesson: Sendable, Equatable, Codable {
        /// The side.
        package var side: String
        /// Yes or no.
        package var isYes: Bool
        /// How many answers it counts for.
        package var weight: Double
        /// The features at the time of the suggestion.
        package var features: AcceptanceFeatures
        /// What the model had expected, 0...1.
        package var expected: Double
    }
}

/// Turns the log into a model: the same log gives the same weights, whenever and in whatever portions it is read.
///
/// Interest and refusals by taste teach one side, meetings and joint work both; refusals for circumstances, texts or
/// because of the pair itself teach nothing, and neither do chance picks (their entries carry no features).
package struct Learner: Sendable {
    /// The model so far.
    package private(set) var model = AcceptanceModel()
    /// Steps so far.
    package private(set) var version = 0

    /// Nothing learnt.
    package init() {}

    /// Goes on from a step.
    package init(after step: LearningStep) {
        model = step.decodedModel ?? AcceptanceModel()
        version = step.version
    }

    /// Takes an entry; the step it makes, if it teaches anything.
    package mutating func take(_ entry: RecordedHappening) -> LearningStep? {
        let happening = entry.happening
        var evidence = LearningEvidence(
            kind: happening.kind.rawValue, subject: happening.subject, postings: happening.related,
            reason: happening.details["reason"], outcome: happening.details["outcome"], lessons: [])
        if happening.kind == .learningReset {
            model = AcceptanceModel()
        } else {
            evidence.lessons = Self.lessons(happening)
            if evidence.lessons.isEmpty { return nil }
            for index in evidence.lessons.indices {
                let lesson = evidence.lessons[index]
                evidence.lessons[index].expected = model.probability(lesson.features)
                model.learn(lesson.features, isYes: lesson.isYes, weight: lesson.weight)
            }
        }
        version += 1
        return LearningStep(
            version: version, sequence: entry.sequence, at: happening.at, model: JSONForm.text(model),
            evidence: JSONForm.text(evidence))
    }

    private static func lessons(_ happening: Happening) -> [LearningEvidence.Lesson] {
        func lesson(_ side: String, isYes: Bool, weight: Double) -> LearningEvidence.Lesson? {
            happening.details[featuresKey(side)].flatMap { AcceptanceFeatures(text: $0) }.map {
                LearningEvidence.Lesson(side: side, isYes: isYes, weight: weight, features: $0, expected: 0)
            }
        }
        let sides = [Introduction.Side.need, .seed].map(\.rawValue)
        let own = happening.details["side"] ?? ""
        switch happening.kind {
        case .interestExpressed: return [lesson(own, isYes: true, weight: 1)].compactMap { $0 }
        case .interestRefused:
            let reason = Introduction.RefusalReason(rawValue: happening.details["reason"] ?? "")
            return reason?.lesson == .taste ? [lesson(own, isYes: false, weight: 1)].compactMap { $0 } : []
        case .introductionMet: return sides.compactMap { lesson($0, isYes: true, weight: 1) }
        case .introductionConcluded:
            let outcome = Introduction.Conclusion.Outcome(rawValue: happening.details["outcome"] ?? "")
            guard let outcome, outcome != .nothing, outcome != .continued else { return [] }
            return sides.compactMap { lesson($0, isYes: true, weight: 2) }
        default: return []
        }
    }

    /// The name under which an entry carries a side's features.
    static func featuresKey(_ side: String) -> String { side + "_features" }
}

extension LearningStep {
    /// The model after the step; nothing if a newer program wrote it.
    package var decodedModel: AcceptanceModel? {
        JSONForm.value(from: model)
    }

    /// What taught it; nothing if a newer program wrote it.
    package var decodedEvidence: LearningEvidence? {
        JSONForm.value(from: evidence)
    }
}

extension Match {
    /// The features under which a side was expected to answer, from the parts; nothing for chance picks, from which
    /// nobody's taste is learnt, and for matches of an older program.
    func features(_ side: Introduction.Side) -> AcceptanceFeatures? {
        guard kind != .wildcard else { return nil }
        var features = AcceptanceFeatures()
        for feature in AcceptanceFeature.allCases where feature != .base {
            guard let value = parts["\(side.rawValue).\(feature.rawValue)"] else { return nil }
            features[feature] = value
        }
        return features
    }
}

extension Happening {
    /// The entry with the features of the sides that it teaches, so that the log alone holds what was learnt.
    func teaching(from match: Match?) -> Happening {
        guard let match, kind.concernsLearning else { return self }
        let sides = details["side"].flatMap(Introduction.Side.init(rawValue:)).map { [$0] } ?? [.need, .seed]
        var facts = details
        for side in sides {
            if let features = match.features(side) { facts[Learner.featuresKey(side.rawValue)] = features.text }
        }
        return Happening(kind, subject: subject, related: related, by: actor, at: at, details: facts)
    }
}
