extension Introduction {
    /// Opens with one side's answer, which may be a no: then it is on record, and nobody is asked.
    package static func open(
        match: Identifier<Match>?, needSide: Party, seedSide: Party, side: Side, answer: Answer,
        id: Identifier<Introduction>, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Introduction> {
        guard needSide.organization != seedSide.organization else {
            throw .conflict(.pair("Both postings belong to one organization; there is nobody to introduce."))
        }
        let opened = Introduction(
            id: id, match: match, needSide: needSide, seedSide: seedSide, state: .interested, version: 0,
            createdAt: now, updatedAt: now)
        return try opened.answered(side, answer, by: actor, at: now)
    }

    /// Takes a side's answer. A second yes makes it mutual; a no ends it; a changed mind is possible until it is
    /// disclosed.
    package func answered(
        _ side: Side, _ answer: Answer, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Introduction> {
        switch state {
        case .interested, .mutual, .refused: break
        case .introduced, .met, .concluded: throw refusal("answered")
        }
        var next = self
        if side == .need { next.needSide.answer = answer } else { next.seedSide.answer = answer }
        next.version += 1
        next.updatedAt = now
        let answers = [next.needSide.answer, next.seedSide.answer].compactMap { $0 }
        let refusals = answers.filter { if case .refused = $0 { true } else { false } }
        next.state = !refusals.isEmpty ? .refused : answers.count == 2 ? .mutual : .interested
        var happenings: [Happening] = []
        switch answer {
        case .interested:
            happenings.append(next.happening(.interestExpressed, by: actor, at: now, ["side": side.rawValue]))
        case .refused(let reason, _, _, _):
            happenings.append(
                next.happening(
                    .interestRefused, by: actor, at: now, ["side": side.rawValue, "reason": reason.rawValue]))
        }
        if next.state == .mutual && state != .mutual {
            happenings.append(next.happening(.interestMutual, by: actor, at: now))
        }
        return Change(next, happenings)
    }

    /// A coordinator tells each side who the other is. Both must have said yes.
    package func introduce(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Introduction> {
        guard state == .mutual else { throw refusal("introduced") }
        return moved(to: .introduced(by: actor, at: now), .introductionMade, by: actor, at: now)
    }

    /// Notes that they have talked.
    package func meet(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Introduction> {
        guard case .introduced = state else { throw refusal("recorded as met") }
        return moved(to: .met(at: now), .introductionMet, by: actor, at: now)
    }

    /// Ends it with what came of it.
    package func conclude(
        _ outcome: Conclusion.Outcome, note: String?, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Introduction> {
        switch state {
        case .introduced, .met: break
        case .interested, .refused, .mutual, .concluded: throw refusal("concluded")
        }
        return moved(
            to: .concluded(Conclusion(outcome: outcome, note: note, at: now)), .introductionConcluded, by: actor,
            at: now, ["outcome": outcome.rawValue])
    }

    private func moved(
        to next: State, _ kind: Happening.Kind, by actor: ActorReference, at now: Instant,
        _ details: [String: String] = [:]
    ) -> Change<Introduction> {
        var changed = self
        changed.state = next
        changed.version += 1
        changed.updatedAt = now
        return Change(changed, [changed.happening(kind, by: actor, at: now, details)])
    }

    private func happening(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:]
    ) -> Happening {
        Happening(
            kind, subject: id.text, related: [needSide.posting.text, seedSide.posting.text], by: actor, at: now,
            details: details)
    }

    private func refusal(_ verb: String) -> Refusal {
        .conflict(.state(subject: "introduction", state: state.word, verb: verb))
    }
}

/// Two organizations that are never to be brought together. Who placed it stays between them and the coordinators.
package struct Veto: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["veto"]

    package let id: Identifier<Veto>
    /// The smaller identifier of the two, so that a pair has one form.
    package let first: Identifier<Organization>
    /// The greater identifier of the two.
    package let second: Identifier<Organization>
    /// The organization that asked for it; nothing when a coordinator placed it.
    package let placedBy: Identifier<Organization>?
    package let reason: String?
    package let at: Instant

    /// Puts the two in order; refuses an organization against itself.
    package init(
        id: Identifier<Veto>, between one: Identifier<Organization>, and another: Identifier<Organization>,
        placedBy: Identifier<Organization>?, reason: String?, at: Instant
    ) throws(Refusal) {
        guard one != another else {
            throw .invalid("organization", .notAllowed, "An organization cannot be kept apart from itself.")
        }
        self.id = id
        first = min(one, another)
        second = max(one, another)
        self.placedBy = placedBy
        self.reason = reason
        self.at = at
    }
}
