/// A seed (what a participant can offer) or a need (what a participant lacks).
package struct Posting: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["need", "seed"]

    /// Which of the two it is; also the prefix of its identifier.
    package enum Kind: String, Sendable, CaseIterable {
        case seed, need

        /// The kind that it is matched with.
        package var counterpart: Kind { self == .seed ? .need : .seed }
    }

    package let id: Identifier<Posting>
    package let kind: Kind
    package let owner: Identifier<Participant>
    package let organization: Identifier<Organization>
    package var content: PostingContent
    package var state: State
    /// Counts up with every change of content or state; the ETag of the API.
    package var version: Int
    /// Counts up with every change of content; the newest revision.
    package var revision: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Posting>, kind: Kind, owner: Identifier<Participant>,
        organization: Identifier<Organization>, content: PostingContent, state: State, version: Int, revision: Int,
        createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.kind = kind
        self.owner = owner
        self.organization = organization
        self.content = content
        self.state = state
        self.version = version
        self.revision = revision
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether the posting is matched and shown at the moment.
    package func isLive(at now: Instant) -> Bool {
        guard case .published = state else { return false }
        return content.expiresAt.map { now < $0 } ?? true
    }
}

extension Posting {
    /// Where a posting stands, with what belongs to that state.
    package enum State: Hashable, Sendable {
        case draft
        case inReview(since: Instant)
        case published(since: Instant)
        case paused(since: Instant)
        case expired(since: Instant)
        case closed(Closure)

        /// The word in the store and the API.
        package var word: String {
            switch self {
            case .draft: "draft"
            case .inReview: "in_review"
            case .published: "published"
            case .paused: "paused"
            case .expired: "expired"
            case .closed: "closed"
            }
        }

        /// Every word, in the order of a posting's life.
        package static let words = ["draft", "in_review", "published", "paused", "expired", "closed"]

        /// When the posting came into this state, if it ever left being a draft.
        package var since: Instant? {
            switch self {
            case .draft: nil
            case .inReview(let at), .published(let at), .paused(let at), .expired(let at): at
            case .closed(let closure): closure.at
            }
        }
    }

    /// Why a posting was closed, by whom, when.
    package struct Closure: Hashable, Sendable {
        /// What came of it.
        package enum Outcome: String, Sendable, CaseIterable {
            case solvedHere = "solved_here", solvedElsewhere = "solved_elsewhere", givenUp = "given_up"
            case outdated, withdrawn, ownerLeft = "owner_left"
        }

        package let outcome: Outcome
        package let note: String?
        package let by: ActorReference
        package let at: Instant

        /// Takes every value.
        package init(outcome: Outcome, note: String?, by: ActorReference, at: Instant) {
            self.outcome = outcome
            self.note = note
            self.by = by
            self.at = at
        }
    }
}

/// The content of a posting as it was after one edit.
package struct PostingRevision: Hashable, Sendable {
    package let posting: Identifier<Posting>
    /// From 1.
    package let number: Int
    package let content: PostingContent
    package let by: ActorReference
    package let at: Instant

    /// Takes every value.
    package init(
        posting: Identifier<Posting>, number: Int, content: PostingContent, by: ActorReference, at: Instant
    ) {
        self.posting = posting
        self.number = number
        self.content = content
        self.by = by
        self.at = at
    }
}
