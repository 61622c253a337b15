package import Exchange

/// What was put before whom, in the store: rounds, exhibitions and answers write into it.
package protocol MemoryRows {
    /// Writes it; an encounter of the same pair, moment and occasion is left as it is.
    func remember(_ encounter: Encounter) throws
    /// Encounters of the posting that may still matter: since the instant, or refusals and meetings of any time.
    func encounters(of posting: Identifier<Posting>, since: Instant) throws -> [Encounter]
    /// Encounters of the pair, of any time.
    func encounters(of pair: PostingPair) throws -> [Encounter]
    /// The same over all postings.
    func encounters(since: Instant) throws -> [Encounter]
    /// How often each of the postings was suggested to somebody in the stretch of time (end excluded); those never
    /// shown are missing.
    func exposures(
        of postings: Set<Identifier<Posting>>, from: Instant, to: Instant
    ) throws -> [Identifier<Posting>: Int]
    /// How many suggestions there were in the stretch of time, and how many different postings of each kind they
    /// showed.
    func exposureTotals(from: Instant, to: Instant) throws -> ExposureTotals
    /// Every answer that is on record, for the rates at which people say yes.
    func givenAnswers() throws -> [GivenAnswer]
}

/// Sums over a stretch of time.
package struct ExposureTotals: Hashable, Sendable {
    /// Pairs shown.
    package let suggestions: Int
    /// Different needs among them.
    package let needs: Int
    /// Different seeds among them.
    package let seeds: Int

    /// Takes every value.
    package init(suggestions: Int, needs: Int, seeds: Int) {
        self.suggestions = suggestions
        self.needs = needs
        self.seeds = seeds
    }
}

/// Somebody's yes or no to a posting.
package struct GivenAnswer: Hashable, Sendable {
    /// Who answered (the owner of the answering side's posting).
    package let owner: Identifier<Participant>
    /// The posting that was answered.
    package let about: Identifier<Posting>
    /// Nothing for a yes.
    package let reason: Introduction.RefusalReason?

    /// Takes every value.
    package init(
        owner: Identifier<Participant>, about: Identifier<Posting>, reason: Introduction.RefusalReason?
    ) {
        self.owner = owner
        self.about = about
        self.reason = reason
    }
}

/// A round over everything, as the store keeps it.
package struct StoredRound: Hashable, Sendable {
    /// Where a round stands.
    package enum State: String, Sendable, CaseIterable {
        /// Somebody works on it, or did until the process ended.
        case running
        /// Stopped by a person; can be resumed.
        case stopped
        case finished, failed
        /// Given up by a person.
        case cancelled
    }

    package let id: String
    package var state: State
    /// Who works on it: one process, by a word of its own.
    package var holder: String
    package let startedBy: ActorReference
    package let startedAt: Instant
    /// The last sign of life.
    package var updatedAt: Instant
    package var endedAt: Instant?
    /// Needs that are read.
    package var done: Int
    /// Needs in all.
    package var all: Int
    /// Pairs picked.
    package var pairs: Int
    /// Pairs that had no match before.
    package var newMatches: Int

    /// Takes every value.
    package init(
        id: String, state: State = .running, holder: String, startedBy: ActorReference, startedAt: Instant,
        updatedAt: Instant, endedAt: Instant? = nil, done: Int = 0, all: Int = 0, pairs: Int = 0, newMatches: Int = 0
    ) {
        self.id = id
        self.state = state
        self.holder = holder
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.updatedAt = updatedAt
        self.endedAt = endedAt
        self.done = done
        self.all = all
        self.pairs = pairs
        self.newMatches = newMatches
    }
}

/// Rounds in the store: at most one runs.
package protocol RoundRows {
    /// Throws `Refusal.conflict(.duplicate)` while another one runs.
    func insert(_ round: StoredRound) throws
    /// Writes state, holder, times and counts if the round still has the state and holder; says whether it had.
    func update(_ round: StoredRound, ifStill state: StoredRound.State, of holder: String) throws -> Bool
    func round(_ id: String) throws -> StoredRound?
    func latestRound() throws -> StoredRound?
    /// Keeps the candidates of needs that are read: JSON by need.
    func insert(rows: [(need: String, candidates: String)], of round: String) throws
    /// The kept rows after a need, in the order of needs.
    func rows(of round: String, after need: String, limit: Int) throws -> [(need: String, candidates: String)]
    /// Drops the kept rows.
    func removeRows(of round: String) throws
}

/// One step of learning: the model after it, and what taught it.
package struct LearningStep: Hashable, Sendable {
    /// Counts up from 1; a reset counts as well.
    package let version: Int
    /// The place in the log of the answer, or of the reset.
    package let sequence: Int64
    package let at: Instant
    /// The model after the step, as JSON.
    package let model: String
    /// What taught it, as JSON.
    package let evidence: String

    /// Takes every value.
    package init(version: Int, sequence: Int64, at: Instant, model: String, evidence: String) {
        self.version = version
        self.sequence = sequence
        self.at = at
        self.model = model
        self.evidence = evidence
    }
}

/// What the matcher has learnt, in the store.
package protocol LearningRows {
    func insert(_ step: LearningStep) throws
    func latestStep() throws -> LearningStep?
    func step(_ version: Int) throws -> LearningStep?
    /// Newest first; `page.after` is a version.
    func steps(_ page: PageRequest) throws -> Page<LearningStep>
    /// Steps after a version, oldest first.
    func steps(after version: Int, limit: Int) throws -> [LearningStep]
}

/// Proposed study groups in the store.
package protocol GroupRows {
    /// Returns whether it was new: the same three postings are proposed once.
    func insert(_ group: GroupProposal) throws -> Bool
    func update(_ group: GroupProposal, expecting version: Int) throws
    func group(_ id: Identifier<GroupProposal>) throws -> GroupProposal?
    /// Newest first; empty states mean every state.
    func groups(_ states: [GroupProposal.State], _ page: PageRequest) throws -> Page<GroupProposal>
    /// Postings that stand in a proposal that is open or accepted.
    func groupedPostings() throws -> Set<Identifier<Posting>>
}
