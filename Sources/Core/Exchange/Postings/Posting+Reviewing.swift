extension Posting {
    /// Writes a new draft.
    package static func draft(
        _ content: PostingContent, kind: Kind, owner: Participant, id: Identifier<Posting>, by actor: ActorReference,
        at now: Instant
    ) -> Change<Posting> {
        let posting = Posting(
            id: id, kind: kind, owner: owner.id, organization: owner.organization, content: content, state: .draft,
            version: 1, revision: 1, createdAt: now, updatedAt: now)
        return Change(posting, [posting.happening(.postingDrafted, by: actor, at: now)])
    }

    /// Replaces the content; an unchanged content causes nothing.
    ///
    /// Unless a coordinator edits, what was reviewed goes back to review: also while it is paused, and as a draft once
    /// it has expired, for `resume` and `renew` publish without anybody reading it again.
    package func revise(
        _ content: PostingContent, keepsPublished: Bool, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Posting> {
        guard content != self.content else { return Change(self, []) }
        if case .closed = state { throw refusal("revised") }
        let next = changed(.postingRevised, by: actor, at: now) {
            $0.content = content
            $0.revision += 1
        }
        guard !keepsPublished else { return next }
        switch state {
        case .draft, .inReview, .closed: return next
        case .expired:
            var redrafted = next.value
            redrafted.state = .draft
            return Change(redrafted, next.happenings)
        case .published, .paused:
            let resubmitted = next.value.changed(.postingSubmitted, by: actor, at: now) {
                $0.state = .inReview(since: now)
            }
            return Change(resubmitted.value, next.happenings + resubmitted.happenings)
        }
    }

    /// Asks for review.
    package func submit(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Posting> {
        guard state == .draft else { throw refusal("submitted") }
        return changed(.postingSubmitted, by: actor, at: now) { $0.state = .inReview(since: now) }
    }

    /// Publishes what was reviewed; the reviewer's reason for passing over give-aways is kept.
    package func publish(
        passingOver giveAways: [GiveAway] = [], because reason: String? = nil, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Posting> {
        switch state {
        case .draft, .inReview: break
        case .published, .paused, .expired, .closed: throw refusal("published")
        }
        try expectUnexpired(at: now)
        if !giveAways.isEmpty, reason == nil {
            throw .invalid(
                giveAways.map { FieldProblem($0.field, .giveAway, $0.words) })
        }
        var details: [String: String] = [:]
        if !giveAways.isEmpty { details = ["passed_over": "\(giveAways.count)", "reason": reason ?? ""] }
        return changed(.postingPublished, by: actor, at: now, details) { $0.state = .published(since: now) }
    }

    /// Gives it back to its owner with the reason.
    package func giveBack(
        because reason: String, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Posting> {
        guard case .inReview = state else { throw refusal("returned") }
        return changed(.postingReturned, by: actor, at: now, ["reason": reason]) { $0.state = .draft }
    }

    /// Takes it out of matching for a while.
    package func pause(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Posting> {
        guard case .published = state else { throw refusal("paused") }
        return changed(.postingPaused, by: actor, at: now) { $0.state = .paused(since: now) }
    }

    /// Puts it back into matching.
    package func resume(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Posting> {
        guard case .paused = state else { throw refusal("resumed") }
        try expectUnexpired(at: now)
        return changed(.postingResumed, by: actor, at: now) { $0.state = .published(since: now) }
    }

    /// Sets a later expiry; an expired posting is published again.
    package func renew(
        until: Instant, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Posting> {
        guard until > now else { throw .invalid("expires_at", .outOfRange, "The new expiry must be in the future.") }
        if case .closed = state { throw refusal("renewed") }
        return changed(.postingRenewed, by: actor, at: now, ["until": until.rfc3339]) {
            $0.content.expiresAt = until
            $0.revision += 1
            if case .expired = $0.state { $0.state = .published(since: now) }
        }
    }

    /// Notes that its time has passed; nothing happens before that. What nobody has reviewed yet is a draft again, so
    /// that a renewal cannot publish it.
    package func expire(at now: Instant) -> Change<Posting> {
        guard let end = content.expiresAt, end <= now else { return Change(self, []) }
        switch state {
        case .published, .paused:
            return changed(.postingExpired, by: .system("clock"), at: now) { $0.state = .expired(since: now) }
        case .inReview:
            return changed(.postingExpired, by: .system("clock"), at: now) { $0.state = .draft }
        case .draft, .expired, .closed: return Change(self, [])
        }
    }

    /// Ends it for good, with what came of it.
    package func close(
        _ outcome: Closure.Outcome, note: String?, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Posting> {
        if case .closed = state { throw refusal("closed") }
        return changed(.postingClosed, by: actor, at: now, ["outcome": outcome.rawValue]) {
            $0.state = .closed(Closure(outcome: outcome, note: note, by: actor, at: now))
        }
    }

    private func expectUnexpired(at now: Instant) throws(Refusal) {
        if let end = content.expiresAt, end <= now {
            throw .invalid("expires_at", .outOfRange, "The expiry has passed. Renew the posting first.")
        }
    }

    private func changed(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:],
        _ edit: (inout Posting) -> Void
    ) -> Change<Posting> {
        var next = self
        edit(&next)
        next.version += 1
        next.updatedAt = now
        return Change(next, [next.happening(kind, by: actor, at: now, details)])
    }

    private func happening(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:]
    ) -> Happening {
        Happening(
            kind, subject: id.text, related: [owner.text, organization.text], by: actor, at: now, details: details)
    }

    private func refusal(_ verb: String) -> Refusal {
        .conflict(.state(subject: "posting", state: state.word, verb: verb))
    }
}
