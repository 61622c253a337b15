/// Three postings of three fields around one need, proposed as a study group.
package struct GroupProposal: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["group"]

    /// What became of the proposal.
    package enum State: String, Sendable, CaseIterable {
        case proposed, accepted, declined
    }

    package let id: Identifier<GroupProposal>
    /// The need whose purpose is the theme.
    package let need: Identifier<Posting>
    /// The seeds, sorted.
    package let seeds: [Identifier<Posting>]
    /// Share of the need's purpose that the seeds cover together, 0...1.
    package let coverage: Double
    /// The weakest pair's estimate that both sides say yes, 0...1.
    package let weakest: Double
    /// What each seed brings, as words of the need.
    package let brings: [Identifier<Posting>: [String]]
    package var state: State
    /// What the coordinator said of the decision.
    package var note: String?
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<GroupProposal>, need: Identifier<Posting>, seeds: [Identifier<Posting>], coverage: Double,
        weakest: Double, brings: [Identifier<Posting>: [String]], state: State = .proposed, note: String? = nil,
        version: Int = 1, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.need = need
        self.seeds = seeds
        self.coverage = coverage
        self.weakest = weakest
        self.brings = brings
        self.state = state
        self.note = note
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// All members, the need first.
    package var members: [Identifier<Posting>] { [need] + seeds }

    /// The log entry of the proposal.
    package func proposed(by actor: ActorReference) -> Happening {
        Happening(.groupProposed, subject: id.text, related: members.map(\.text), by: actor, at: createdAt)
    }

    /// A coordinator takes it up, or declines it.
    package func decided(
        _ next: State, note: String?, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<GroupProposal> {
        guard state == .proposed, next != .proposed else {
            throw .conflict(.state(subject: "group", state: state.rawValue, verb: next.rawValue))
        }
        var changed = self
        changed.state = next
        changed.note = note
        changed.version += 1
        changed.updatedAt = now
        let happening = Happening(
            next == .accepted ? .groupAccepted : .groupDeclined, subject: id.text, related: members.map(\.text),
            by: actor, at: now, details: note.map { ["note": $0] } ?? [:])
        return Change(changed, [happening])
    }
}
