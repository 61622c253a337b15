package import Exchange

/// What to list of postings.
package struct PostingFilter: Hashable, Sendable {
    package var kind: Posting.Kind?
    /// Postings that name this field.
    package var field: FieldCode?
    package var language: Language?
    /// State words such as `published`; empty means every state.
    package var states: [String] = []
    package var owner: Identifier<Participant>?
    package var organization: Identifier<Organization>?
    /// Only what this reader may see; nothing restricts by reader.
    package var reader: PostingReader?
    /// Only postings that are shown with their owner's name.
    package var namedOnly = false
    package var updatedSince: Instant?

    /// No restriction.
    package init() {}
}

/// Somebody who is not a coordinator: sees what is published, unexpired and not for coordinators only, besides all of
/// their own and whatever of their organization is not a draft. (`Posting.disclosed` decides in the end; this keeps
/// pages full.)
package struct PostingReader: Hashable, Sendable {
    package let participant: Identifier<Participant>?
    package let organization: Identifier<Organization>?

    /// Takes both; nothing for programs.
    package init(participant: Identifier<Participant>?, organization: Identifier<Organization>?) {
        self.participant = participant
        self.organization = organization
    }
}

/// A posting that the store does not have yet: its content is its first revision.
package struct FreshPosting: Sendable {
    package let posting: Posting
    package let by: ActorReference
    /// What happened to it so far.
    package let happenings: [Happening]

    /// Takes every value.
    package init(posting: Posting, by: ActorReference, happenings: [Happening]) {
        self.posting = posting
        self.by = by
        self.happenings = happenings
    }
}

/// Postings in the store.
package protocol PostingRows {
    /// Throws `Refusal.conflict(.duplicate)` when the organization already has a posting with the external identity.
    func insert(_ posting: Posting) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func update(_ posting: Posting, expecting version: Int) throws
    func posting(_ id: Identifier<Posting>) throws -> Posting?
    func postings(_ ids: Set<Identifier<Posting>>) throws -> [Identifier<Posting>: Posting]
    func posting(externalID: String, of organization: Identifier<Organization>) throws -> Posting?
    /// Those of the organization's postings that have one of the external identities.
    func postings(
        externalIDs: [String], of organization: Identifier<Organization>
    ) throws -> [String: Identifier<Posting>]
    func postings(_ filter: PostingFilter, _ page: PageRequest) throws -> Page<Posting>
    /// Every posting of the owner that is not closed, oldest first.
    func openPostings(of owner: Identifier<Participant>) throws -> [Posting]
    /// Published postings in the order of their identifiers, from after `after`: for building the index.
    func publishedPostings(after: Identifier<Posting>?, limit: Int) throws -> [Posting]
    /// Published, paused or waiting postings whose expiry has passed, the earliest first.
    func overduePostings(at now: Instant, limit: Int) throws -> [Posting]
    /// How many there are by kind and state word, such as `need` and `published`.
    func postingCounts() throws -> [PostingCount]
    func insert(_ revision: PostingRevision) throws
    /// Writes many new postings with their first revisions and their entries in the log, in order.
    ///
    /// `make` answers the posting at a place from 0 on. It may be called for a place again, and on another thread while
    /// earlier ones are written. Throws what `make` throws, and `Refusal.conflict(.duplicate)` as for one posting.
    func insert(_ count: Int, _ make: @escaping @Sendable (Int) throws -> FreshPosting) throws
    /// Newest first.
    func revisions(of posting: Identifier<Posting>) throws -> [PostingRevision]
}

/// How many postings there are of one kind in one state.
package struct PostingCount: Hashable, Sendable {
    package let kind: Posting.Kind
    package let state: String
    package let count: Int

    /// Takes every value.
    package init(kind: Posting.Kind, state: String, count: Int) {
        self.kind = kind
        self.state = state
        self.count = count
    }
}
