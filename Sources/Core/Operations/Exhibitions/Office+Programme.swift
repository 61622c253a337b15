package import Exchange

/// A programme as coordinators work on it, or as it was released to everybody.
package struct ShownProgramme: Sendable {
    package let event: Event
    package let programme: Programme
    /// Presentations of draft and release.
    package let presentations: [Identifier<Presentation>: Presentation]
    /// Names of everybody who has a part, as far as the reader may know them.
    package let names: [Identifier<Participant>: String]
    /// What a coordinator should look at; empty for others.
    package let warnings: [ProgrammeWarning]
}

/// A session as a coordinator writes it.
package struct SessionDraft: Hashable, Sendable {
    package var kind: ProgrammeSession.Kind
    package var title: String
    /// RFC 3339, or local to the event's zone.
    package var from: String
    package var to: String
    package var place: String?
    package var summary: String?
    package var presentations: [Identifier<Presentation>]
    package var people: [Identifier<Participant>]

    /// Takes every value.
    package init(
        kind: ProgrammeSession.Kind = .presentations, title: String, from: String, to: String, place: String? = nil,
        summary: String? = nil, presentations: [Identifier<Presentation>] = [],
        people: [Identifier<Participant>] = []
    ) {
        self.kind = kind
        self.title = title
        self.from = from
        self.to = to
        self.place = place
        self.summary = summary
        self.presentations = presentations
        self.people = people
    }

    /// The draft of a session as it is.
    package init(_ session: ProgrammeSession) {
        self.init(
            kind: session.kind, title: session.title, from: session.span.from.rfc3339, to: session.span.to.rfc3339,
            place: session.place, summary: session.summary, presentations: session.presentations,
            people: session.people)
    }
}

extension Office {
    /// The programme: draft, release, changes and warnings for coordinators; the release for everybody else.
    package func programme(of event: Identifier<Event>, by actor: Actor) async throws -> ShownProgramme {
        try actor.require(.read)
        return try await store.read { tx in
            try self.shown(try tx.programme(of: event), of: try tx.requireVisible(event, to: actor), to: actor, tx)
        }
    }

    /// Adds a session to the draft.
    package func addSession(
        _ draft: SessionDraft, to event: Identifier<Event>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> (session: ProgrammeSession, programme: ShownProgramme) {
        let id: Identifier<ProgrammeSession> = ambient.identifier(at: ambient.now())
        let shown = try await changeProgramme(of: event, expecting: version, by: actor) { sessions, found, tx in
            guard sessions.count < EventLimits.sessions else {
                throw Refusal.invalid(
                    "title", .tooMany, "A programme holds at most \(EventLimits.sessions) sessions.")
            }
            sessions.append(try self.session(draft, id, at: found, tx))
        }
        guard let made = shown.programme.sessions.first(where: { $0.id == id }) else {
            throw Refusal.notFound(subject: "session", id: id.text)
        }
        return (made, shown)
    }

    /// Edits a session of the draft.
    package func reviseSession(
        _ id: Identifier<ProgrammeSession>, of event: Identifier<Event>, expecting version: Int? = nil,
        _ edit: @escaping @Sendable (inout SessionDraft) throws -> Void, by actor: Actor
    ) async throws -> ShownProgramme {
        try await changeProgramme(of: event, expecting: version, by: actor) { sessions, found, tx in
            guard let place = sessions.firstIndex(where: { $0.id == id }) else {
                throw Refusal.notFound(subject: "session", id: id.text)
            }
            var draft = SessionDraft(sessions[place])
            try edit(&draft)
            sessions[place] = try self.session(draft, id, at: found, tx)
        }
    }

    /// Takes a session out of the draft.
    package func removeSession(
        _ id: Identifier<ProgrammeSession>, of event: Identifier<Event>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> ShownProgramme {
        try await changeProgramme(of: event, expecting: version, by: actor) { sessions, _, _ in
            guard let place = sessions.firstIndex(where: { $0.id == id }) else {
                throw Refusal.notFound(subject: "session", id: id.text)
            }
            sessions.remove(at: place)
        }
    }

    private func changeProgramme(
        of event: Identifier<Event>, expecting version: Int?, by actor: Actor,
        _ edit: @escaping @Sendable (inout [ProgrammeSession], Event, Store.Transaction) throws -> Void
    ) async throws -> ShownProgramme {
        try actor.require(.coordinate)
        return try await write { tx in
            let found = try tx.require(event)
            if found.state == .cancelled || found.state == .reported {
                throw Refusal.conflict(.state(subject: "event", state: found.state.rawValue, verb: "scheduled"))
            }
            let old = try tx.programme(of: event)
            try tx.expect(version, current: old.version, "programme")
            var sessions = old.sessions
            try edit(&sessions, found, tx)
            sessions.sort(by: ProgrammeSession.isEarlier)
            guard sessions != old.sessions else { return try self.shown(old, of: found, to: actor, tx) }
            let next = Programme(event: event, version: old.version + 1, sessions: sessions, release: old.release)
            try tx.save(next, expecting: old.version)
            try tx.append([found.happening(.programmeChanged, by: actor.reference, at: tx.now)])
            return try self.shown(next, of: found, to: actor, tx)
        }
    }

    private func session(
        _ draft: SessionDraft, _ id: Identifier<ProgrammeSession>, at event: Event, _ tx: Store.Transaction
    ) throws -> ProgrammeSession {
        let zone = event.content.zone
        let span = try TimeSpan(
            from: ambient.zones.moment(draft.from, in: zone, field: "from"),
            to: ambient.zones.moment(draft.to, in: zone, field: "to"))
        let session = try ProgrammeSession(
            id: id, kind: draft.kind, title: draft.title, span: span, place: draft.place, summary: draft.summary,
            presentations: draft.presentations, people: draft.people
        ).checked()
        let known = try tx.presentations(Set(session.presentations))
        for id in session.presentations {
            guard let presentation = known[id], presentation.event == event.id else {
                throw Refusal.invalid("presentations", .unknown, "This event has no presentation \(id).")
            }
            guard presentation.state == .accepted else {
                throw Refusal.invalid(
                    "presentations", .notAllowed,
                    "\(presentation.content.title) is \(presentation.state.rawValue). Accept it first.")
            }
        }
        let before = try tx.programme(of: event.id).sessions.first { $0.id == id }?.people ?? []
        try tx.requirePeople(session.people.filter { !before.contains($0) }, "people")
        return session
    }

    /// Takes the draft's sessions along when an event moves from settled days to settled days.
    func moveProgramme(from old: Event, to new: Event, by actor: ActorReference, _ tx: Store.Transaction) throws {
        let before = old.date ?? old.formerDates.last?.date
        guard before != new.date, let days = Event.shift(from: before, to: new.date), days != 0 else { return }
        let programme = try tx.programme(of: new.id)
        guard !programme.sessions.isEmpty else { return }
        let next = Programme(
            event: new.id, version: programme.version + 1,
            sessions: programme.sessions.shifted(days: days, in: new.content.zone, ambient.zones),
            release: programme.release)
        try tx.save(next, expecting: programme.version)
        try tx.append([new.happening(.programmeChanged, by: actor, at: tx.now, ["days": "\(days)"])])
    }

    /// Releases the draft. Everybody hears of the first release; of a later one only people with a part in what
    /// changed.
    package func releaseProgramme(
        of event: Identifier<Event>, note: String?, expecting version: Int? = nil, by actor: Actor
    ) async throws -> ShownProgramme {
        try actor.require(.coordinate)
        var rules = TextRules()
        let words = rules.optionalText(note, "note", limit: TextLimits.note, multiline: true)
        try rules.finish()
        defer { nudge(.outbox) }
        return try await write { tx in
            let found = try tx.require(event)
            switch found.state {
            case .announced, .open, .held: break
            case .planned, .reported, .postponed, .cancelled:
                throw Refusal.conflict(
                    .state(subject: "event", state: found.state.rawValue, verb: "given a released programme"))
            }
            var programme = try tx.programme(of: event)
            try tx.expect(version, current: programme.version, "programme")
            let changes = programme.changes
            guard !changes.entries.isEmpty else {
                throw Refusal.conflict(
                    .inUse(
                        programme.release.map { "Nothing has changed since release \($0.number)." }
                            ?? "The programme is empty. Add sessions first."))
            }
            let release = Programme.Release(
                number: (programme.release?.number ?? 0) + 1, sessions: programme.sessions, note: words,
                by: actor.reference, at: tx.now)
            try tx.insert(release, of: event)
            let concerned = try tx.people(in: changes)
            try tx.append([
                found.happening(
                    .programmeReleased, by: actor.reference, at: tx.now,
                    ["release": "\(release.number)", "changes": "\(changes.entries.count)"])
            ])
            try self.tell(of: release, changes, concerned, at: found, tx)
            programme.release = release
            return try self.shown(programme, of: found, to: actor, tx)
        }
    }

    /// Every release, newest first.
    package func releases(of event: Identifier<Event>, by actor: Actor) async throws -> [Programme.Release] {
        try actor.require(.read)
        return try await store.read { tx in
            _ = try tx.requireVisible(event, to: actor)
            return try tx.releases(of: event)
        }
    }

    private func shown(
        _ programme: Programme, of event: Event, to actor: Actor, _ tx: Store.Transaction
    ) throws -> ShownProgramme {
        var visible = programme
        if !actor.coordinates { visible.sessions = programme.release?.sessions ?? [] }
        let sessions = visible.sessions + (programme.release?.sessions ?? [])
        var presentations = try tx.presentations(Set(sessions.flatMap(\.presentations)))
        if !actor.coordinates { presentations = presentations.mapValues(\.publicPart) }
        let people = try tx.participants(
            Set(sessions.flatMap(\.people)).union(presentations.values.flatMap(\.content.speakers)))
        return ShownProgramme(
            event: event, programme: visible, presentations: presentations,
            names: people.mapValues(\.profile.name),
            warnings: actor.coordinates ? try self.warnings(visible, of: event, tx) : [])
    }
}

extension ExchangeTransaction {
    /// Everybody with a part in what changed, before or after.
    func people(in changes: ProgrammeDifference) throws -> Set<Identifier<Participant>> {
        let presentations = try presentations(changes.presentations)
        return changes.people.union(presentations.values.flatMap(\.people))
    }
}
