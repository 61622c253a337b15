package import Exchange

/// What an organiser says to a presentation, or its speaker in return.
package enum PresentationMove: Hashable, Sendable {
    case ask(String)
    case answer(String)
    case accept(note: String?)
    case decline(reason: String)
    case withdraw
}

extension Office {
    /// Offers a presentation: members while a call is open, coordinators at any time, also for others.
    ///
    /// - Parameter owner: Whose presentation it is; the actor if left out.
    package func propose(
        _ content: Presentation.Content, at event: Identifier<Event>, for owner: Identifier<Participant>? = nil,
        by actor: Actor
    ) async throws -> Presentation {
        try actor.require(.take)
        let proposer = try actor.proposer(owner)
        var draft = try content.checked()
        if draft.speakers.isEmpty, draft.guests.isEmpty { draft.speakers = [proposer] }
        let checked = draft
        return try await write { tx in
            let found = try tx.requireVisible(event, to: actor)
            try found.requireCall(by: actor, at: tx.now, zones: ambient.zones)
            try tx.requirePeople([proposer], "owner")
            try tx.requirePeople(checked.speakers, "speakers")
            try tx.requireSubject(checked.subject, for: actor)
            let presentation = Presentation(
                id: ambient.identifier(at: tx.now), event: event, owner: proposer, content: checked, createdAt: tx.now,
                updatedAt: tx.now)
            try tx.insert(presentation)
            try tx.append([presentation.happening(.presentationProposed, by: actor.reference, at: tx.now)])
            return presentation
        }
    }

    /// Edits a presentation: its proposer until it is decided, coordinators also after it was accepted.
    package func revisePresentation(
        _ id: Identifier<Presentation>, expecting version: Int? = nil,
        _ edit: @escaping @Sendable (inout Presentation.Content) throws -> Void, by actor: Actor
    ) async throws -> Presentation {
        try actor.require(.take)
        return try await write { tx in
            let old = try tx.requirePresentation(id, by: actor)
            guard actor.coordinates || actor.participant == old.owner else {
                throw Refusal.forbidden("Only whoever proposed it and coordinators edit a presentation.")
            }
            try tx.expect(version, current: old.version, "presentation")
            var content = old.content
            try edit(&content)
            let checked = try content.checked()
            try tx.requirePeople(checked.speakers.filter { !old.content.speakers.contains($0) }, "speakers")
            if checked.subject != old.content.subject { try tx.requireSubject(checked.subject, for: actor) }
            let change = try old.revised(
                checked, coordinates: actor.coordinates, by: actor.reference, at: tx.now)
            guard change.value != old else { return old }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
    }

    /// Asks, answers, accepts, declines or withdraws, and tells the other side.
    package func move(
        _ id: Identifier<Presentation>, _ move: PresentationMove, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Presentation {
        try actor.require(move.permission)
        defer { nudge(.outbox) }
        return try await write { tx in
            let old = try tx.requirePresentation(id, by: actor)
            try tx.expect(version, current: old.version, "presentation")
            guard actor.coordinates || actor.participant == old.owner else {
                throw Refusal.forbidden("Only whoever proposed it and coordinators decide about a presentation.")
            }
            let (reference, now) = (actor.reference, tx.now)
            let change =
                switch move {
                case .ask(let question): try old.ask(question, by: reference, at: now)
                case .answer(let words): try old.answer(words, by: reference, at: now)
                case .accept(let note): try old.accept(note: note, by: reference, at: now)
                case .decline(let reason): try old.decline(because: reason, by: reference, at: now)
                case .withdraw: try old.withdraw(by: reference, at: now)
                }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            try self.tell(of: move, change.value, at: try tx.require(old.event), tx)
            return change.value
        }
    }

    /// One presentation: for its people and coordinators; for everybody once it is in a released programme.
    package func presentation(_ id: Identifier<Presentation>, by actor: Actor) async throws -> Presentation {
        try actor.require(.read)
        return try await store.read { tx in try tx.requirePresentation(id, by: actor) }
    }

    /// Presentations, newest first: all for coordinators, for others those they proposed.
    package func presentations(
        _ filter: PresentationFilter, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<Presentation> {
        try actor.require(.read)
        var restricted = filter
        if !actor.coordinates {
            guard let own = actor.participant else { return Page(items: [], next: nil) }
            restricted.owner = own
        }
        let asked = restricted
        return try await store.read { tx in try tx.presentations(asked, page) }
    }
}

extension PresentationMove {
    fileprivate var permission: Permission {
        switch self {
        case .ask, .accept, .decline: .coordinate
        case .answer, .withdraw: .take
        }
    }
}

extension Actor {
    fileprivate func proposer(_ owner: Identifier<Participant>?) throws(Refusal) -> Identifier<Participant> {
        guard let id = owner ?? participant else {
            throw .invalid("owner", .required, "Say whose presentation it is.")
        }
        guard coordinates || id == participant else {
            throw .forbidden("Only coordinators propose presentations for other people.")
        }
        return id
    }
}

extension Event {
    fileprivate func requireCall(by actor: Actor, at now: Instant, zones: ZoneOffsets) throws(Refusal) {
        switch state {
        case .planned, .announced, .open, .postponed: break
        case .held, .reported, .cancelled:
            throw .conflict(.state(subject: "event", state: state.rawValue, verb: "proposed for"))
        }
        guard !actor.coordinates else { return }
        guard let call = content.call else {
            throw .conflict(.inUse("This event asks for no presentations. Talk to a coordinator."))
        }
        if let closes = call.closesAt, closes <= now {
            throw .conflict(
                .inUse("The call closed on \(zones.text(closes, in: content.zone)). Talk to a coordinator."))
        }
    }
}

extension ExchangeTransaction {
    /// The presentation, or a refusal where the actor may not know of it.
    func requirePresentation(_ id: Identifier<Presentation>, by actor: Actor) throws -> Presentation {
        let missing = Refusal.notFound(subject: "presentation", id: id.text)
        guard let found = try presentation(id) else { throw missing }
        if actor.coordinates { return found }
        if let own = actor.participant, found.people.contains(own) { return found }
        guard let release = try programme(of: found.event).release,
            release.sessions.contains(where: { $0.presentations.contains(id) })
        else { throw missing }
        return found.publicPart
    }

    /// Refuses people who are not there, or have left the exchange.
    func requirePeople(_ ids: [Identifier<Participant>], _ field: String) throws {
        let found = try participants(Set(ids))
        for id in ids {
            guard let person = found[id] else {
                throw Refusal.invalid(field, .unknown, "There is no participant \(id).")
            }
            if person.status == .left {
                throw Refusal.invalid(field, .notAllowed, "\(person.profile.name) has left the exchange.")
            }
        }
    }

    /// Refuses a subject that is nothing of the exchange, or that the actor may not see.
    fileprivate func requireSubject(_ subject: String?, for actor: Actor) throws {
        guard let subject else { return }
        let isKnown: Bool
        switch subject.prefix(while: { $0 != "_" }) {
        case "need", "seed": isKnown = try disclosed(require(Identifier<Posting>(subject)), to: actor) != nil
        case "match": isKnown = (try? requireVisible(Identifier<Match>(subject), by: actor)) != nil
        case "intro": isKnown = try require(Identifier<Introduction>(subject)).disclosed(to: actor) != nil
        case "group": isKnown = try group(Identifier(subject)) != nil
        case "event": isKnown = try requireVisible(Identifier<Event>(subject), to: actor).isPublic || actor.coordinates
        default: isKnown = false
        }
        guard isKnown else {
            throw Refusal.invalid(
                "subject", .unknown,
                "Name a posting, match, introduction, group or event of this exchange by its identifier.")
        }
    }
}

extension Presentation {
    /// Without the review and what the speaker needs: as everybody may see it.
    var publicPart: Presentation {
        var shown = self
        shown.remarks = []
        shown.content.needs = nil
        return shown
    }
}
