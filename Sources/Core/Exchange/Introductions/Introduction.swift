/// What follows interest: one side asks, the other answers, a coordinator introduces, people meet, something comes of
/// it.
package struct Introduction: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["intro"]

    package let id: Identifier<Introduction>
    /// The suggestion it grew from; nothing when a side found the other by itself.
    package let match: Identifier<Match>?
    package var needSide: Party
    package var seedSide: Party
    package var state: State
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Introduction>, match: Identifier<Match>?, needSide: Party, seedSide: Party, state: State,
        version: Int, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.match = match
        self.needSide = needSide
        self.seedSide = seedSide
        self.state = state
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// One of the two.
    package enum Side: String, Sendable, CaseIterable {
        case need, seed

        /// The one opposite.
        package var other: Side { self == .need ? .seed : .need }
    }

    /// A side with its posting, its people and its answer.
    package struct Party: Hashable, Sendable {
        package let posting: Identifier<Posting>
        package let owner: Identifier<Participant>
        package let organization: Identifier<Organization>
        package var answer: Answer?

        /// Takes every value.
        package init(
            posting: Identifier<Posting>, owner: Identifier<Participant>, organization: Identifier<Organization>,
            answer: Answer? = nil
        ) {
            self.posting = posting
            self.owner = owner
            self.organization = organization
            self.answer = answer
        }
    }

    /// What a side said, and when.
    package enum Answer: Hashable, Sendable {
        case interested(message: String?, by: ActorReference, at: Instant)
        case refused(RefusalReason, note: String?, by: ActorReference, at: Instant)
    }

    /// Why a side says no.
    package enum RefusalReason: String, Sendable, CaseIterable {
        case tooEarly = "too_early", noClearAdvantage = "no_clear_advantage", noCapacity = "no_capacity"
        case alreadyKnown = "already_known", notOurField = "not_our_field"
        case conflictOfInterest = "conflict_of_interest", unclearText = "unclear_text", other
    }

    /// Where it stands.
    package enum State: Hashable, Sendable {
        /// One side has said yes.
        case interested
        /// A side has said no.
        case refused
        /// Both have said yes.
        case mutual
        /// A coordinator has told each who the other is.
        case introduced(by: ActorReference, at: Instant)
        /// They have talked.
        case met(at: Instant)
        /// It is over, with what came of it.
        case concluded(Conclusion)

        /// The word in the store and the API.
        package var word: String {
            switch self {
            case .interested: "interested"
            case .refused: "refused"
            case .mutual: "mutual"
            case .introduced: "introduced"
            case .met: "met"
            case .concluded: "concluded"
            }
        }

        /// Every word.
        package static let words = ["interested", "refused", "mutual", "introduced", "met", "concluded"]
    }

    /// How it ended.
    package struct Conclusion: Hashable, Sendable {
        /// What came of it.
        package enum Outcome: String, Sendable, CaseIterable {
            case jointResearch = "joint_research", patentApplication = "patent_application", licence, prototype
            case product, sale, venture, agreement, award, studyGroup = "study_group", continued, nothing
        }

        package let outcome: Outcome
        package let note: String?
        package let at: Instant

        /// Takes every value.
        package init(outcome: Outcome, note: String?, at: Instant) {
            self.outcome = outcome
            self.note = note
            self.at = at
        }
    }
}

extension Introduction {
    /// The side's party.
    package func party(_ side: Side) -> Party { side == .need ? needSide : seedSide }

    /// The side on which the organization stands.
    package func side(of organization: Identifier<Organization>?) -> Side? {
        if organization == needSide.organization { return .need }
        if organization == seedSide.organization { return .seed }
        return nil
    }

    /// Whether both sides know who the other is.
    package var isDisclosed: Bool {
        switch state {
        case .introduced, .met, .concluded: true
        case .interested, .refused, .mutual: false
        }
    }
}
