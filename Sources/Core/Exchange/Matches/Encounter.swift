/// An occasion on which a need and a seed were put before each other: what is remembered, so that nobody is shown the
/// same again too soon.
package struct Encounter: Hashable, Sendable {
    /// What brought them together.
    package enum Occasion: String, Sendable, CaseIterable {
        /// A match was shown to both sides, in a round or after a posting.
        case suggestion
        /// A side refused.
        case refusal
        /// They were put at one table, or asked to, at an exhibition.
        case exhibition
        /// They have talked.
        case meeting
    }

    package let need: Identifier<Posting>
    package let seed: Identifier<Posting>
    package let occasion: Occasion
    /// The round, match, introduction or exhibition that it was.
    package let subject: String
    package let at: Instant
    /// Why a side refused.
    package let reason: Introduction.RefusalReason?
    /// The side that refused.
    package let side: Introduction.Side?
    /// The need's revision at the time.
    package let needRevision: Int
    /// The seed's revision at the time.
    package let seedRevision: Int
    /// The seed's stage at the time.
    package let seedStage: Int?

    /// Takes every value.
    package init(
        need: Identifier<Posting>, seed: Identifier<Posting>, occasion: Occasion, subject: String, at: Instant,
        reason: Introduction.RefusalReason? = nil, side: Introduction.Side? = nil, needRevision: Int, seedRevision: Int,
        seedStage: Int? = nil
    ) {
        self.need = need
        self.seed = seed
        self.occasion = occasion
        self.subject = subject
        self.at = at
        self.reason = reason
        self.side = side
        self.needRevision = needRevision
        self.seedRevision = seedRevision
        self.seedStage = seedStage
    }

    /// Of two postings as they are now.
    package init(
        _ occasion: Occasion, need: Posting, seed: Posting, subject: String, at: Instant,
        reason: Introduction.RefusalReason? = nil, side: Introduction.Side? = nil
    ) {
        self.init(
            need: need.id, seed: seed.id, occasion: occasion, subject: subject, at: at, reason: reason, side: side,
            needRevision: need.revision, seedRevision: seed.revision, seedStage: seed.content.stage)
    }
}

extension Encounter {
    /// Whether it keeps the pair from being suggested at the moment.
    ///
    /// Shown pairs rest for the repeat window, people who have talked need no suggestion, and a refusal holds as long
    /// as its reason: knowing each other and conflicts for good, a stage until it has moved on, a text until it is
    /// rewritten, lack of time until the window has passed.
    package func forbids(_ present: PairRevisions, at now: Instant, repeatDays: Int) -> Bool {
        let isRecent = at >= now.advanced(byDays: -repeatDays)
        switch occasion {
        case .suggestion, .exhibition: return isRecent
        case .meeting: return true
        case .refusal: break
        }
        switch reason?.memory ?? .forGood {
        case .forGood: return true
        case .untilLater: return isRecent
        case .untilStageMoves:
            guard let stage = present.seedStage else { return isRecent }
            return seedStage.map { stage <= $0 } ?? isRecent
        case .untilRewritten:
            return side == .need ? present.seed <= seedRevision : present.need <= needRevision
        case .untilRewrittenAndLater:
            return isRecent || (present.need <= needRevision && present.seed <= seedRevision)
        }
    }
}

/// How far the two postings of a pair have come.
package struct PairRevisions: Hashable, Sendable {
    /// Revision of the need.
    package let need: Int
    /// Revision of the seed.
    package let seed: Int
    /// Stage of the seed.
    package let seedStage: Int?

    /// Takes every value.
    package init(need: Int, seed: Int, seedStage: Int?) {
        self.need = need
        self.seed = seed
        self.seedStage = seedStage
    }
}

extension Introduction.RefusalReason {
    /// How long a refusal is remembered.
    package enum Memory: Sendable, Equatable {
        case forGood
        /// For the repeat window.
        case untilLater
        /// Until the seed has reached a further stage.
        case untilStageMoves
        /// Until the refused posting was rewritten.
        case untilRewritten
        /// Until either posting was rewritten and the repeat window has passed.
        case untilRewrittenAndLater
    }

    /// How long it is remembered.
    package var memory: Memory {
        switch self {
        case .alreadyKnown, .conflictOfInterest, .notOurField, .other: .forGood
        case .tooEarly: .untilStageMoves
        case .noCapacity: .untilLater
        case .unclearText: .untilRewritten
        case .noClearAdvantage: .untilRewrittenAndLater
        }
    }

    /// What a refusal tells beyond the pair itself.
    package enum Lesson: String, Sendable, CaseIterable {
        /// The engine's taste was wrong: the weights learn from it.
        case taste
        /// About this pair alone: remembered, learnt from nowhere.
        case pair
        /// About the time or the person's other work: counts for how readily the person says yes, not for taste.
        case circumstance
        /// About the other posting's text: counts for how that posting is received, not for taste.
        case text
    }

    /// What it tells.
    package var lesson: Lesson {
        switch self {
        case .notOurField, .noClearAdvantage: .taste
        case .alreadyKnown, .conflictOfInterest: .pair
        case .tooEarly, .noCapacity: .circumstance
        case .unclearText: .text
        case .other: .circumstance
        }
    }
}

extension PostingContent {
    /// Whether the wish for regions leaves a partner of that region out: it names regions, and the partner's is known
    /// and in none of them.
    package func excludes(region: RegionCode?) -> Bool {
        guard let region, !regionWishes.isEmpty else { return false }
        return !regionWishes.contains { $0.covers(region) }
    }

    /// The least stage of a seed that this need takes, if it states one: two levels below its own where it looks for
    /// joint work or a trial, or leaves the kind of cooperation open; its own where it wants to buy or license.
    package var leastStage: Int? {
        let open: Set<Cooperation> = [.jointResearch, .jointDevelopment, .testUse, .technicalAdvice]
        let tolerance = cooperation.isEmpty || cooperation.contains(where: open.contains) ? 2 : 0
        return stage.map { $0 - tolerance }
    }
}
