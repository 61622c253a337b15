package import Exchange

/// Somebody to meet, as the engine suggests it.
package struct MeetingSuggestion: Sendable {
    package let participant: Participant
    package let organization: Organization?
    package let match: Match
    /// What the person wished already.
    package let wish: MeetingWish.Degree?
    /// Whether the two have talked before.
    package let isAcquainted: Bool
}

extension Office {
    /// The most suggestions for one person.
    private static var mostSuggestions: Int { 50 }

    /// How the meetings of an event are held, as everybody who sees the event may know it.
    package func meetingDay(of event: Identifier<Event>, by actor: Actor) async throws -> MeetingDay {
        try actor.require(.read)
        return try await store.read { tx in
            _ = try tx.requireVisible(event, by: actor)
            return try tx.meetingDay(of: event)
        }
    }

    /// Writes how the meetings are held.
    package func reviseMeetingDay(
        of event: Identifier<Event>, _ content: MeetingDay.Content, expecting version: Int? = nil, by actor: Actor
    ) async throws -> MeetingDay {
        try actor.require(.coordinate)
        return try await write { tx in
            let found = try tx.requireVisible(event, by: actor)
            let checked = try content.checked(for: found.content)
            let old = try tx.meetingDay(of: event)
            try tx.expect(version, current: old.version, "meeting day")
            if old.content == checked, old.version > 0 { return old }
            let next = MeetingDay(event: event, content: checked, version: old.version + 1, updatedAt: tx.now)
            try tx.save(next, expecting: old.version)
            try tx.append([
                Happening(
                    .meetingDayRevised, subject: event.text, by: actor.reference, at: tx.now,
                    details: ["slots": "\(checked.slots.count)", "tables": "\(checked.tables.count)"])
            ])
            return next
        }
    }

    /// Says whom one wants to meet, or not; nothing takes it back. Coordinators may say it for anybody.
    package func wish(
        _ target: MeetingWish.Target, _ degree: MeetingWish.Degree?, note: String? = nil,
        at event: Identifier<Event>, for person: Identifier<Participant>? = nil, by actor: Actor
    ) async throws {
        let own = try self.person(person, actor)
        var rules = TextRules()
        let words = rules.optionalText(note, "note", limit: TextLimits.message, multiline: true)
        try rules.finish()
        try await write { tx in
            _ = try tx.requireVisible(event, by: actor)
            try tx.requirePlace(of: own, at: event)
            if case .participant(own) = target {
                throw Refusal.invalid("target", .notAllowed, "Nobody meets themselves. Name somebody else.")
            }
            switch target {
            case .participant(let id): _ = try tx.require(id)
            case .organization(let id): _ = try tx.require(id)
            }
            if let end = try tx.meetingDay(of: event).content.wishesCloseAt, end <= tx.now, !actor.coordinates {
                throw Refusal.conflict(.state(subject: "list of wishes", state: "closed", verb: "changed"))
            }
            if let degree {
                try tx.set(
                    MeetingWish(event: event, from: own, target: target, degree: degree, note: words, at: tx.now))
            } else {
                try tx.removeWish(of: own, target: target, at: event)
            }
            // Whom it is about stays out of the log: a no is nobody's business.
            try tx.append([
                Happening(
                    .meetingWished, subject: event.text, related: [own.text], by: actor.reference, at: tx.now)
            ])
        }
    }

    /// One's own wishes at an event.
    package func meetingWishes(
        at event: Identifier<Event>, for person: Identifier<Participant>? = nil, by actor: Actor
    ) async throws -> [MeetingWish] {
        let own = try self.person(person, actor)
        return try await store.read { tx in
            _ = try tx.requireVisible(event, by: actor)
            return try tx.meetingWishes(of: own, at: event)
        }
    }

    /// Says how many meetings one takes, and at which kind of table.
    package func takeMeetings(
        at event: Identifier<Event>, minimum: Int?, maximum: Int?, table: MeetingDay.TableKind?,
        for person: Identifier<Participant>? = nil, by actor: Actor
    ) async throws {
        let own = try self.person(person, actor)
        let taker = try MeetingTaker(
            event: event, participant: own, minimum: minimum, maximum: maximum, table: table)
        try await write { tx in
            _ = try tx.requireVisible(event, by: actor)
            try tx.requirePlace(of: own, at: event)
            try tx.set(taker)
        }
    }

    /// Whom the engine would have the person meet, the best first: people at the event with a match between their
    /// postings and the person's, none that either side or their organizations do not want.
    package func meetingSuggestions(
        at event: Identifier<Event>, for person: Identifier<Participant>? = nil, by actor: Actor
    ) async throws -> [MeetingSuggestion] {
        let own = try self.person(person, actor)
        return try await store.read { tx in
            _ = try tx.requireVisible(event, by: actor)
            try tx.requirePlace(of: own, at: event)
            let material = try MeetingMaterial(event, tx)
            let wants = MeetingWants(material)
            guard let place = wants.place(of: own) else { return [] }
            let wished = Dictionary(
                material.wishes.filter { $0.from == own }.map { ($0.target.text, $0.degree) },
                uniquingKeysWith: { first, _ in first })
            var best: [Identifier<Participant>: Match] = [:]
            for found in material.matches where found.needOwner == own || found.seedOwner == own {
                let other = found.needOwner == own ? found.seedOwner : found.needOwner
                guard let target = wants.place(of: other),
                    !wants.vetoed.contains([min(place, target), max(place, target)])
                else { continue }
                if (best[other]?.score ?? -1) < found.match.score { best[other] = found.match }
            }
            let known = Set(
                material.acquaintances.filter { $0.one == own || $0.other == own }.flatMap { [$0.one, $0.other] })
            let order = best.sorted { ($0.value.score, $1.key) > ($1.value.score, $0.key) }
            let organizations = try tx.organizations(Set(order.compactMap { material.people[$0.key]?.organization }))
            return order.prefix(Self.mostSuggestions).compactMap { entry in
                material.people[entry.key].map {
                    MeetingSuggestion(
                        participant: $0, organization: organizations[$0.organization], match: entry.value,
                        wish: wished[entry.key.text], isAcquainted: known.contains(entry.key))
                }
            }
        }
    }

    /// Whom the actor speaks for: themselves, or as a coordinator anybody.
    func person(_ asked: Identifier<Participant>?, _ actor: Actor) throws -> Identifier<Participant> {
        try actor.require(.take)
        if let asked, asked != actor.participant {
            try actor.require(.coordinate)
            return asked
        }
        guard let own = asked ?? actor.participant else {
            throw Refusal.invalid("participant", .required, "Say for whom.")
        }
        return own
    }
}

extension ExchangeTransaction {
    /// The event if the actor may see it: plans are for coordinators.
    func requireVisible(_ id: Identifier<Event>, by actor: Actor) throws -> Event {
        guard let found = try event(id), found.isPublic || actor.coordinates else {
            throw Refusal.notFound(subject: "event", id: id.text)
        }
        return found
    }

    /// Refuses unless the person has a place at the event, or waits for one.
    func requirePlace(of person: Identifier<Participant>, at event: Identifier<Event>) throws {
        let state = try registration(of: person, at: event)?.state
        guard state == .confirmed || state == .requested || state == .waiting else {
            throw Refusal.invalid("participant", .notAllowed, "Register for the event first.")
        }
    }
}
