package import Exchange

extension Actor {
    /// Whoever is to be registered: the actor, or for coordinators anybody, checked.
    func attendee(_ wanted: Registration.Attendee?) throws(Refusal) -> Registration.Attendee {
        switch wanted {
        case nil:
            guard let participant else {
                throw .invalid("participant", .required, "Say who registers: a participant or a guest.")
            }
            return .participant(participant)
        case .participant(let id)?:
            guard coordinates || id == participant else {
                throw .forbidden("Only coordinators register other people.")
            }
            return .participant(id)
        case .guest(let guest)?:
            guard coordinates else { throw .forbidden("Only coordinators register guests.") }
            return .guest(try guest.checked())
        }
    }
}

extension Event {
    /// Refuses unless the actor may register somebody now: members while registration is open, coordinators until the
    /// event was held.
    func requireRegistrable(by actor: Actor, at now: Instant, zones: ZoneOffsets) throws(Refusal) {
        if actor.coordinates {
            switch state {
            case .planned, .announced, .open: return
            case .held, .reported, .postponed, .cancelled:
                throw .conflict(.state(subject: "event", state: state.rawValue, verb: "registered for"))
            }
        }
        guard state == .open else {
            throw .conflict(.state(subject: "event", state: state.rawValue, verb: "registered for"))
        }
        let rules = content.registrationRules
        if let opens = rules.opensAt, now < opens {
            throw .conflict(.inUse("Registration opens on \(zones.text(opens, in: content.zone)) (\(content.zone))."))
        }
        if let closes = rules.closesAt, closes <= now {
            throw .conflict(
                .inUse(
                    "Registration closed on \(zones.text(closes, in: content.zone)) (\(content.zone)). Ask a coordinator."
                ))
        }
    }

    /// Refuses changes of registrations by members once the event is over.
    func requireToCome(by actor: Actor) throws(Refusal) {
        switch state {
        case .planned, .announced, .open, .postponed: return
        case .held, .reported, .cancelled:
            guard actor.coordinates else {
                throw .conflict(.state(subject: "event", state: state.rawValue, verb: "registered for"))
            }
        }
    }
}

extension ExchangeTransaction {
    /// The registration, or a refusal: members know only of their own.
    func requireRegistration(_ id: Identifier<Registration>, by actor: Actor) throws -> Registration {
        guard let found = try registration(id),
            actor.coordinates || (found.participant != nil && found.participant == actor.participant)
        else { throw Refusal.notFound(subject: "registration", id: id.text) }
        return found
    }

    /// Refuses somebody who is not there, or has left the exchange.
    func requirePresent(_ attendee: Registration.Attendee) throws {
        guard case .participant(let id) = attendee else { return }
        if try require(id).status == .left {
            throw Refusal.invalid("participant", .notAllowed, "This person has left the exchange.")
        }
    }

    /// The registration that the person already has at the event.
    func registration(of attendee: Registration.Attendee, at event: Identifier<Event>) throws -> Registration? {
        switch attendee {
        case .participant(let id): try registration(of: id, at: event)
        case .guest(let guest): try guest.email.flatMap { try registration(guest: $0, at: event) }
        }
    }

    /// The registration with whoever it is.
    func shown(_ registration: Registration, at event: Event) throws -> ShownRegistration {
        try shown([registration])[0]
    }

    /// Registrations with whoever they are.
    func shown(_ registrations: [Registration]) throws -> [ShownRegistration] {
        let people = try participants(Set(registrations.compactMap(\.participant)))
        let homes = try organizations(Set(people.values.map(\.organization)))
        var lines: [String: [Identifier<Registration>]] = [:]
        return try registrations.map { registration in
            let person = registration.participant.flatMap { people[$0] }
            var place: Int?
            if registration.state == .waiting {
                let key = registration.event.text + registration.wishes.attendance.rawValue
                let line =
                    try lines[key]
                    ?? waitingList(of: registration.event, registration.wishes.attendance, limit: 10_000).map(\.id)
                lines[key] = line
                place = line.firstIndex(of: registration.id).map { $0 + 1 }
            }
            return ShownRegistration(
                registration: registration, person: person, organization: person.flatMap { homes[$0.organization] },
                place: place)
        }
    }
}

extension Office {
    /// One registration: the person's own, any for coordinators.
    package func registration(_ id: Identifier<Registration>, by actor: Actor) async throws -> ShownRegistration {
        try actor.require(.read)
        return try await store.read { tx in try tx.shown([try tx.requireRegistration(id, by: actor)])[0] }
    }

    /// Registrations, newest first: all of an event for coordinators, for others their own.
    package func registrations(
        _ filter: RegistrationFilter, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<ShownRegistration> {
        try actor.require(.read)
        var restricted = filter
        if !actor.coordinates {
            guard let own = actor.participant else { return Page(items: [], next: nil) }
            restricted.participant = own
        }
        let asked = restricted
        return try await store.read { tx in
            let found = try tx.registrations(asked, page)
            return Page(items: try tx.shown(found.items), next: found.next)
        }
    }
}
