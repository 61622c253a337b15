package import Exchange

extension Office {
    /// Writes a draft for its owner: oneself, or as a coordinator anybody who takes part.
    package func draft(
        _ kind: Posting.Kind, _ content: PostingContent, for owner: Identifier<Participant>? = nil, by actor: Actor
    ) async throws -> Posting {
        try actor.require(.take)
        guard let ownerID = owner ?? actor.participant else {
            throw Refusal.invalid("owner", .required, "Name the participant whose posting it is.")
        }
        guard ownerID == actor.participant || actor.coordinates else {
            throw Refusal.forbidden("Only coordinators may write postings for others.")
        }
        let checked = try content.checked(against: taxonomy, forReview: false)
        return try await write { tx in
            let person = try tx.require(ownerID)
            guard person.status != .left else {
                throw Refusal.conflict(.state(subject: "participant", state: "left", verb: "given postings"))
            }
            let change = Posting.draft(
                checked, kind: kind, owner: person, id: ambient.identifier(prefix: kind.rawValue, at: tx.now),
                by: actor.reference, at: tx.now)
            try tx.insertDrafted(change, by: actor.reference)
            return change.value
        }
    }

    /// Edits the content; what is published goes back to review unless a coordinator edits and nothing new in it
    /// gives an anonymous owner away.
    package func revise(
        _ id: Identifier<Posting>, _ edit: @escaping @Sendable (inout PostingContent) throws -> Void,
        expecting version: Int? = nil, by actor: Actor
    ) async throws -> Posting {
        try actor.require(.take)
        return try await write { tx in
            let old = try tx.requireEditable(id, by: actor)
            try tx.expect(version, current: old.version, "posting")
            var next = old
            try edit(&next.content)
            next.content = try next.content.checked(against: taxonomy, forReview: old.state != .draft)
            let isClean = try tx.givesNothingNewAway(next, over: old)
            let change = try old.revise(
                next.content, keepsPublished: actor.coordinates && isClean, by: actor.reference, at: tx.now)
            try tx.save(change, over: old, by: actor.reference)
            return change.value
        }
    }

    /// Asks for review. Everything that a reader needs must be there.
    package func submit(
        _ id: Identifier<Posting>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Posting {
        try await change(id, expecting: version, by: actor) { old, now in
            _ = try old.content.checked(against: taxonomy, forReview: true)
            return try old.submit(by: actor.reference, at: now)
        }
    }

    /// Publishes. Give-aways in an anonymous posting refuse it, unless the coordinator says why they may stay.
    package func publish(
        _ id: Identifier<Posting>, passingOverGiveAwaysBecause reason: String? = nil, expecting version: Int? = nil,
        by actor: Actor
    ) async throws -> Posting {
        try actor.require(.coordinate)
        let settings = settings
        return try await write { tx in
            let old = try tx.require(id)
            try tx.expect(version, current: old.version, "posting")
            var ready = old
            ready.content = try old.content.checked(against: taxonomy, forReview: true)
            if ready.content.expiresAt == nil { ready.content.expiresAt = settings.expiry(from: tx.now) }
            if ready.content != old.content { ready.revision += 1 }
            let change = try ready.publish(
                passingOver: try tx.giveAways(in: ready), because: reason?.trimmed.isEmpty ?? true ? nil : reason,
                by: actor.reference, at: tx.now)
            try tx.save(change, over: old, by: actor.reference)
            try announce(change.value, tx)
            return change.value
        }
    }

    /// Tells the channels that asked to hear of new postings.
    private func announce(_ posting: Posting, _ tx: Store.Transaction) throws {
        guard posting.isToldInChannels else { return }
        let composer = NoticeComposer(settings: settings, taxonomy: taxonomy)
        let occasion = try tx.occasion(.postings, about: [posting])
        let now = tx.now
        try tx.notify(occasion, subject: posting.id.text, in: taxonomy, ambient) { channel in
            composer.published(posting, for: channel, at: now)
        }
    }

    /// Gives it back to its owner with what to mend.
    package func giveBack(
        _ id: Identifier<Posting>, because reason: String, by actor: Actor
    ) async throws -> Posting {
        try actor.require(.coordinate)
        var rules = TextRules()
        let words = rules.text(reason, "reason", limit: TextLimits.message, required: true, multiline: true)
        try rules.finish()
        return try await change(id, by: actor) { old, now in
            try old.giveBack(because: words, by: actor.reference, at: now)
        }
    }

    /// Takes it out of matching for a while.
    package func pause(_ id: Identifier<Posting>, by actor: Actor) async throws -> Posting {
        try await change(id, by: actor) { old, now in try old.pause(by: actor.reference, at: now) }
    }

    /// Puts it back into matching.
    package func resume(_ id: Identifier<Posting>, by actor: Actor) async throws -> Posting {
        try await change(id, by: actor) { old, now in try old.resume(by: actor.reference, at: now) }
    }

    /// Sets a later expiry; an expired posting is published again.
    package func renew(_ id: Identifier<Posting>, until: Instant?, by actor: Actor) async throws -> Posting {
        let settings = settings
        return try await change(id, by: actor) { old, now in
            try old.renew(until: until ?? settings.expiry(from: now), by: actor.reference, at: now)
        }
    }

    /// Ends it for good.
    package func close(
        _ id: Identifier<Posting>, _ outcome: Posting.Closure.Outcome, note: String?, by actor: Actor
    ) async throws -> Posting {
        var rules = TextRules()
        let words = rules.optionalText(note, "note", limit: TextLimits.note, multiline: true)
        try rules.finish()
        return try await change(id, by: actor) { old, now in
            try old.close(outcome, note: words, by: actor.reference, at: now)
        }
    }

    /// Notes the expiry of everything whose time has passed; returns how many.
    package func expireOverdue(limit: Int = 500) async throws -> Int {
        let none = try await store.read { tx in try tx.overduePostings(at: tx.now, limit: 1).isEmpty }
        if none { return 0 }
        return try await write { tx in
            let overdue = try tx.overduePostings(at: tx.now, limit: limit)
            for posting in overdue {
                try tx.save(posting.expire(at: tx.now), over: posting, by: .system("clock"))
            }
            return overdue.count
        }
    }

    private func change(
        _ id: Identifier<Posting>, expecting version: Int? = nil, by actor: Actor,
        _ verb: @escaping @Sendable (Posting, Instant) throws -> Change<Posting>
    ) async throws -> Posting {
        try actor.require(.take)
        return try await write { tx in
            let old = try tx.requireEditable(id, by: actor)
            try tx.expect(version, current: old.version, "posting")
            let change = try verb(old, tx.now)
            try tx.save(change, over: old, by: actor.reference)
            return change.value
        }
    }
}

extension ExchangeTransaction {
    /// The posting if the actor may edit it; not found if they may not even see it.
    func requireEditable(_ id: Identifier<Posting>, by actor: Actor) throws -> Posting {
        let found = try require(id)
        guard found.isEditable(by: actor) else {
            guard try disclosed(found, to: actor) != nil else {
                throw Refusal.notFound(subject: "posting", id: id.text)
            }
            throw Refusal.forbidden("Only its owner and coordinators may change a posting.")
        }
        return found
    }

    /// The posting as the actor may see it.
    func disclosed(_ posting: Posting, to actor: Actor) throws -> DisclosedPosting? {
        let introduced = try actor.organization.map { try isIntroduced($0, to: posting.id) } ?? false
        return posting.disclosed(to: actor, isIntroduced: introduced, at: now)
    }

    /// What would tell who owns an anonymous posting; nothing for others.
    func giveAways(in posting: Posting) throws -> [GiveAway] {
        guard posting.content.visibility != .named else { return [] }
        let scanner = GiveAwayScanner(
            organization: try require(posting.organization), people: try participants(of: posting.organization))
        return scanner.scan(posting.content)
    }

    /// Whether the new text gives nothing away that was not passed over before.
    func givesNothingNewAway(_ next: Posting, over old: Posting) throws -> Bool {
        let known = Set(try giveAways(in: old))
        return try giveAways(in: next).allSatisfy(known.contains)
    }

    /// Writes a new draft with its first revision.
    func insertDrafted(_ change: Change<Posting>, by actor: ActorReference) throws {
        try insert(change.value)
        try insert(
            PostingRevision(
                posting: change.value.id, number: 1, content: change.value.content, by: actor, at: now))
        try append(change.happenings)
    }
}
