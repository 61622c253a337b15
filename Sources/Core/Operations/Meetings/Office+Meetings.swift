package import Exchange

/// A meeting with the people in it, as one reader sees it.
package struct ShownMeeting: Sendable {
    package let meeting: Meeting
    package let people: [Participant]
    package let organizations: [Identifier<Organization>: Organization]
    /// What the reader's partner wants to talk about, or what both do for coordinators.
    package let notes: [String]
}

extension Office {
    /// The meetings of an event by time: all for coordinators, one's own for others.
    package func meetings(at event: Identifier<Event>, by actor: Actor) async throws -> [ShownMeeting] {
        try actor.require(.read)
        return try await store.read { tx in
            _ = try tx.requireVisible(event, by: actor)
            let all = try tx.meetings(at: event).filter {
                actor.coordinates || $0.partner(of: actor.participant) != nil
            }
            return try shown(all, actor, tx)
        }
    }

    /// One meeting: for coordinators and the two.
    package func meeting(_ id: Identifier<Meeting>, by actor: Actor) async throws -> ShownMeeting {
        try actor.require(.read)
        return try await store.read { tx in
            guard let found = try shown([try tx.requireVisible(id, by: actor)], actor, tx).first else {
                throw Refusal.notFound(subject: "meeting", id: id.text)
            }
            return found
        }
    }

    private func shown(_ meetings: [Meeting], _ actor: Actor, _ tx: Store.Transaction) throws -> [ShownMeeting] {
        let people = try tx.participants(Set(meetings.flatMap(\.people)))
        let organizations = try tx.organizations(Set(people.values.map(\.organization)))
        var notes: [Identifier<Event>: [MeetingWish]] = [:]
        for event in Set(meetings.map(\.event)) { notes[event] = try tx.meetingWishes(at: event) }
        return meetings.map { meeting in
            let asked = (notes[meeting.event] ?? []).filter { wish in
                guard let partner = meeting.partner(of: wish.from), wish.degree != .noThanks else { return false }
                let isTarget =
                    wish.target == .participant(partner)
                    || people[partner].map { wish.target == .organization($0.organization) } ?? false
                return isTarget && (actor.coordinates || partner == actor.participant)
            }
            return ShownMeeting(
                meeting: meeting, people: meeting.people.compactMap { people[$0] }, organizations: organizations,
                notes: asked.compactMap(\.note))
        }
    }

    /// Puts two people together by hand: a coordinator at any time, or people who meet at the event (`walkIn`). A veto
    /// beats it; what else stands in the way is told as a refusal that names it.
    package func arrange(
        at event: Identifier<Event>, _ one: Identifier<Participant>, _ other: Identifier<Participant>,
        seat: Meeting.Seat, source: Meeting.Source, by actor: Actor
    ) async throws -> Meeting {
        try actor.require(source == .walkIn ? .take : .coordinate)
        guard actor.coordinates || actor.participant == one || actor.participant == other else {
            throw Refusal.forbidden("Note meetings of your own.")
        }
        let (ambient, taxonomy) = (ambient, taxonomy)
        let composer = MeetingNotices(settings: settings, zones: ambient.zones)
        defer { nudge(.outbox) }
        return try await write { tx in
            let found = try tx.requireVisible(event, by: actor)
            for person in [one, other] { try tx.requirePlace(of: person, at: event) }
            try tx.expectAllowed(one, other, at: event)
            try tx.expectFree([one, other], seat, at: event, besides: nil)
            let change = try Meeting.arranged(
                ambient.identifier(at: tx.now), at: event, one, other,
                ground: try tx.ground(one, other, at: event), seat: seat, source: source, by: actor.reference,
                at: tx.now)
            try tx.insert(change.value)
            try tx.append(change.happenings)
            try tx.tell([change.value], of: found, composer, besides: actor, taxonomy, ambient)
            return change.value
        }
    }

    /// Moves a meeting by hand.
    package func move(
        _ id: Identifier<Meeting>, to seat: Meeting.Seat, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Meeting {
        try actor.require(.coordinate)
        return try await change(id, expecting: version, by: actor) { tx, old in
            try tx.expectFree(old.people, seat, at: old.event, besides: old.id)
            return try old.moved(to: seat, by: actor.reference, at: tx.now)
        }
    }

    /// Says that a meeting stands: planning again leaves it where it is.
    package func confirm(
        _ id: Identifier<Meeting>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Meeting {
        try actor.require(.take)
        return try await change(id, expecting: version, by: actor) { tx, old in
            try old.confirmed(by: actor.reference, at: tx.now)
        }
    }

    /// Calls a meeting off.
    package func cancel(
        _ id: Identifier<Meeting>, because reason: String? = nil, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Meeting {
        try actor.require(.take)
        var rules = TextRules()
        let words = rules.optionalText(reason, "reason", limit: TextLimits.message, multiline: true)
        try rules.finish()
        return try await change(id, expecting: version, by: actor) { tx, old in
            try old.cancelled(because: words, by: actor.reference, at: tx.now)
        }
    }

    /// Notes that somebody did not come.
    package func noteMissed(
        _ id: Identifier<Meeting>, absent: [Identifier<Participant>], expecting version: Int? = nil, by actor: Actor
    ) async throws -> Meeting {
        try actor.require(.take)
        return try await change(id, expecting: version, by: actor) { tx, old in
            try old.missed(by: absent, noted: actor.reference, at: tx.now)
        }
    }

    /// Notes that two have talked: the pair is remembered, and an introduction of theirs moves on.
    package func noteKept(
        _ id: Identifier<Meeting>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Meeting {
        try actor.require(.take)
        return try await change(id, expecting: version, by: actor) { tx, old in
            let change = try old.kept(by: actor.reference, at: tx.now)
            if old.state != .kept { try tx.rememberTalk(of: old, by: actor) }
            return change
        }
    }

    private func change(
        _ id: Identifier<Meeting>, expecting version: Int?, by actor: Actor,
        _ verb: @escaping @Sendable (Store.Transaction, Meeting) throws -> Change<Meeting>
    ) async throws -> Meeting {
        let (ambient, taxonomy) = (ambient, taxonomy)
        let composer = MeetingNotices(settings: settings, zones: ambient.zones)
        defer { nudge(.outbox) }
        return try await write { tx in
            let old = try tx.requireVisible(id, by: actor)
            try tx.expect(version, current: old.version, "meeting")
            let change = try verb(tx, old)
            if change.value == old { return old }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            if change.value.sequence != old.sequence, let event = try tx.event(old.event) {
                try tx.tell([change.value], of: event, composer, besides: actor, taxonomy, ambient)
            }
            return change.value
        }
    }
}

extension ExchangeTransaction {
    /// The meeting if the actor may see it: coordinators all, others their own.
    func requireVisible(_ id: Identifier<Meeting>, by actor: Actor) throws -> Meeting {
        guard let found = try meeting(id), actor.coordinates || found.partner(of: actor.participant) != nil else {
            throw Refusal.notFound(subject: "meeting", id: id.text)
        }
        return found
    }

    /// Refuses two people of whom one does not want to, or whose organizations are kept apart, without saying who.
    func expectAllowed(
        _ one: Identifier<Participant>, _ other: Identifier<Participant>, at event: Identifier<Event>
    ) throws {
        let first = try require(one)
        let second = try require(other)
        let isUnwanted = try meetingWishes(at: event).contains { wish in
            guard wish.degree == .noThanks else { return false }
            let partner = wish.from == one ? second : wish.from == other ? first : nil
            return partner.map {
                wish.target == .participant($0.id) || wish.target == .organization($0.organization)
            } ?? false
        }
        if try isUnwanted || isApart(first.organization, second.organization) {
            throw Refusal.conflict(.pair("These two are not to be brought together."))
        }
    }

    /// Refuses if one of the people, the table or the interpreter has another meeting at that time.
    func expectFree(
        _ people: [Identifier<Participant>], _ seat: Meeting.Seat, at event: Identifier<Event>,
        besides id: Identifier<Meeting>?
    ) throws {
        for other in try meetings(at: event)
        where other.isStanding && other.id != id && other.seat.span.overlaps(seat.span) {
            if other.people.contains(where: people.contains) {
                throw Refusal.conflict(.inUse("One of the two has another meeting at that time (\(other.id.text))."))
            }
            if let table = seat.table, table == other.seat.table {
                throw Refusal.conflict(.inUse("The table \(table) is taken at that time (\(other.id.text))."))
            }
            if let interpreter = seat.interpreter, interpreter == other.seat.interpreter {
                throw Refusal.conflict(.inUse("\(interpreter) interprets another meeting at that time."))
            }
        }
    }

    /// The best match between two people's postings at an event, if there is one.
    func ground(
        _ one: Identifier<Participant>, _ other: Identifier<Participant>, at event: Identifier<Event>
    ) throws -> Meeting.Ground {
        let found = try matches(amongGuestsOf: event, limit: 200_000).first { match in
            Set([match.needOwner, match.seedOwner]) == Set([one, other])
        }
        return Meeting.Ground(need: found?.match.need, seed: found?.match.seed, match: found?.match.id)
    }
}
