/// A need and a seed that the engine holds to fit, with the reasons.
package struct Match: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["match"]

    /// What kind of encounter it would be.
    package enum Class: String, Sendable, CaseIterable {
        /// The same field: people who could have found each other.
        case kindred
        /// Neighbouring fields.
        case adjacent
        /// Unlike fields with a shared purpose: the prize.
        case bridge
        /// A chance pick beyond what the scores alone would show.
        case wildcard
    }

    /// What became of the suggestion.
    package enum State: String, Sendable, CaseIterable {
        /// Shown to both sides.
        case proposed
        /// A coordinator keeps it back.
        case held
        /// A coordinator or a refusal put it aside; the pair is not suggested again within the repeat window.
        case dismissed
        /// An introduction grew from it.
        case taken
    }

    package let id: Identifier<Match>
    package let need: Identifier<Posting>
    package let seed: Identifier<Posting>
    /// 0...1.
    package let score: Double
    /// What the score is made of, by part, as the engine named them.
    package let parts: [String: Double]
    package let kind: Class
    /// Why, as the engine's own record in JSON; turned into words by Matching.
    package let reason: String
    package var state: State
    /// The round that found it; nothing when found right after a posting.
    package let round: String?
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Match>, need: Identifier<Posting>, seed: Identifier<Posting>, score: Double,
        parts: [String: Double], kind: Class, reason: String, state: State, round: String?, version: Int,
        createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.need = need
        self.seed = seed
        self.score = score
        self.parts = parts
        self.kind = kind
        self.reason = reason
        self.state = state
        self.round = round
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

extension Match {
    /// The same with only those parts of the score.
    package func keeping(_ isKept: (String) -> Bool) -> Match {
        Match(
            id: id, need: need, seed: seed, score: score, parts: parts.filter { isKept($0.key) }, kind: kind,
            reason: reason, state: state, round: round, version: version, createdAt: createdAt, updatedAt: updatedAt)
    }

    /// The log entry of its discovery.
    package func found(by actor: ActorReference) -> Happening {
        Happening(.matchFound, subject: id.text, related: [need.text, seed.text], by: actor, at: createdAt)
    }

    /// Keeps it back until released.
    package func hold(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Match> {
        try moved(to: .held, from: [.proposed], "held", .matchHeld, by: actor, at: now)
    }

    /// Shows it again.
    package func release(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Match> {
        try moved(to: .proposed, from: [.held, .dismissed], "released", .matchReleased, by: actor, at: now)
    }

    /// Puts it aside.
    package func dismiss(
        because reason: String?, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Match> {
        try moved(
            to: .dismissed, from: [.proposed, .held], "dismissed", .matchDismissed, by: actor, at: now,
            reason.map { ["reason": $0] } ?? [:])
    }

    /// Notes that an introduction grew from it.
    package func taken(at now: Instant) -> Match {
        var next = self
        next.state = .taken
        next.version += 1
        next.updatedAt = now
        return next
    }

    private func moved(
        to next: State, from allowed: [State], _ verb: String, _ kind: Happening.Kind, by actor: ActorReference,
        at now: Instant, _ details: [String: String] = [:]
    ) throws(Refusal) -> Change<Match> {
        guard allowed.contains(state) else {
            throw .conflict(.state(subject: "match", state: state.rawValue, verb: verb))
        }
        var changed = self
        changed.state = next
        changed.version += 1
        changed.updatedAt = now
        let happening = Happening(
            kind, subject: id.text, related: [need.text, seed.text], by: actor, at: now, details: details)
        return Change(changed, [happening])
    }
}
