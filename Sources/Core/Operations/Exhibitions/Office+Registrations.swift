package import Exchange

/// A registration with whoever it is, for coordinators and the person.
package struct ShownRegistration: Sendable {
    package let registration: Registration
    /// The participant, unless it is a guest.
    package let person: Participant?
    package let organization: Organization?
    /// The place in the waiting list, from 1.
    package let place: Int?

    /// The name to show.
    package var name: String { person?.profile.name ?? registration.guest?.name ?? "" }

    /// The organization's name, if any is known.
    package var organizationName: String? { organization?.profile.name ?? registration.guest?.organization }

    /// Where mail reaches the person.
    package var email: String? { person?.profile.email.text ?? registration.guest?.email?.text }

    /// The language to write in.
    package var language: Language { person?.profile.language ?? registration.guest?.language ?? .ja }
}

extension Office {
    /// Registers for an event: oneself while registration is open, or anybody by a coordinator's hand at any time
    /// before it was held. Whoever had cancelled joins the end of the line.
    ///
    /// - Parameter attendee: Nothing for the actor.
    package func register(
        for event: Identifier<Event>, _ attendee: Registration.Attendee?, _ wishes: Registration.Wishes,
        by actor: Actor
    ) async throws -> ShownRegistration {
        try actor.require(.take)
        let checked = try actor.attendee(attendee)
        let isOwn = checked == actor.participant.map(Registration.Attendee.participant)
        defer { nudge(.outbox) }
        return try await write { tx in
            let found = try tx.requireVisible(event, to: actor)
            try found.requireRegistrable(by: actor, at: tx.now, zones: ambient.zones)
            let source: Registration.Source = isOwn && !actor.coordinates ? .own : .coordinator
            let made = try self.enter(
                checked, try wishes.checked(for: found.content), at: found, source: source, by: actor, tx)
            if made.state != .requested || source == .own { try self.tell(of: made, at: found, tx) }
            return try tx.shown(made, at: found)
        }
    }

    /// Writes a registration, or takes up a cancelled one.
    func enter(
        _ attendee: Registration.Attendee, _ wishes: Registration.Wishes, at event: Event,
        source: Registration.Source, by actor: Actor, _ tx: Store.Transaction
    ) throws -> Registration {
        try tx.requirePresent(attendee)
        let occupancy = event.occupancy(wishes.attendance, try tx.registrationCounts(of: event.id))
        if let old = try tx.registration(of: attendee, at: event.id) {
            guard old.state == .cancelled else {
                throw Refusal.conflict(.duplicate(what: "This person", existing: "\(old.id) (\(old.state.rawValue))"))
            }
            let needsApproval = source == .own && event.content.registrationRules.approval == .coordinator
            let change = try old.renew(
                wishes, for: event, occupancy, needsApproval: needsApproval, by: actor.reference, at: tx.now)
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
        let change = Registration.register(
            attendee, wishes, for: event, occupancy, source: source,
            code: Registration.code(ambient.random()), id: ambient.identifier(at: tx.now), by: actor.reference,
            at: tx.now)
        try tx.insert(change.value)
        try tx.append(change.happenings)
        return change.value
    }

    /// Edits the wishes, or a guest's particulars: the person while the event is to come, or a coordinator.
    package func reviseRegistration(
        _ id: Identifier<Registration>, expecting version: Int? = nil,
        _ edit: @escaping @Sendable (inout Registration) throws -> Void, by actor: Actor
    ) async throws -> ShownRegistration {
        try actor.require(.take)
        defer { nudge(.outbox) }
        return try await write { tx in
            let old = try tx.requireRegistration(id, by: actor)
            try tx.expect(version, current: old.version, "registration")
            let event = try tx.require(old.event)
            try event.requireToCome(by: actor)
            var draft = old
            try edit(&draft)
            let wishes = try draft.wishes.checked(for: event.content)
            let counts = try tx.registrationCounts(of: event.id)
            var change = try old.revised(
                wishes, event.occupancy(wishes.attendance, counts), by: actor.reference, at: tx.now)
            if let guest = draft.guest, guest != old.guest, actor.coordinates {
                change = try change.value.renamed(try guest.checked(), by: actor.reference, at: tx.now)
            }
            guard change.value != old else { return try tx.shown(old, at: event) }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            if old.state == .confirmed { try self.fillPlaces(of: event, tx) }
            return try tx.shown(change.value, at: event)
        }
    }

    /// Lets somebody in, or puts them on the waiting list where no place is left.
    package func approve(
        _ id: Identifier<Registration>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> ShownRegistration {
        try await move(id, expecting: version, by: actor, needs: .coordinate) { old, event, counts, now in
            try old.approve(event.occupancy(old.wishes.attendance, counts), by: actor.reference, at: now)
        }
    }

    /// Gives somebody of the waiting list a place, also beyond the capacity.
    package func moveUp(
        _ id: Identifier<Registration>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> ShownRegistration {
        try await move(id, expecting: version, by: actor, needs: .coordinate) { old, _, _, now in
            try old.moveUp(by: actor.reference, at: now)
        }
    }

    /// Does not let somebody in.
    package func decline(
        _ id: Identifier<Registration>, because reason: String?, expecting version: Int? = nil, by actor: Actor
    ) async throws -> ShownRegistration {
        let words = try Self.checkedReason(reason)
        return try await move(id, expecting: version, by: actor, needs: .coordinate) { old, _, _, now in
            try old.decline(because: words, by: actor.reference, at: now)
        }
    }

    /// Gives the place back; whoever waits longest and fits moves up.
    package func cancelRegistration(
        _ id: Identifier<Registration>, because reason: String?, expecting version: Int? = nil, by actor: Actor
    ) async throws -> ShownRegistration {
        let words = try Self.checkedReason(reason)
        return try await move(id, expecting: version, by: actor, needs: .take) { old, _, _, now in
            try old.cancel(because: words, by: actor.reference, at: now)
        }
    }

    private static func checkedReason(_ reason: String?) throws -> String? {
        var rules = TextRules()
        let words = rules.optionalText(reason, "reason", limit: TextLimits.note, multiline: true)
        try rules.finish()
        return words
    }

    private func move(
        _ id: Identifier<Registration>, expecting version: Int?, by actor: Actor, needs permission: Permission,
        _ verb: @escaping @Sendable (Registration, Event, [RegistrationCount], Instant) throws -> Change<Registration>
    ) async throws -> ShownRegistration {
        try actor.require(permission)
        defer { nudge(.outbox) }
        return try await write { tx in
            let old = try tx.requireRegistration(id, by: actor)
            try tx.expect(version, current: old.version, "registration")
            let event = try tx.require(old.event)
            try event.requireToCome(by: actor)
            let change = try verb(old, event, try tx.registrationCounts(of: event.id), tx.now)
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            try self.tell(of: change.value, at: event, tx)
            if old.state == .confirmed { try self.fillPlaces(of: event, tx) }
            return try tx.shown(change.value, at: event)
        }
    }

    /// Gives free places to the waiting list: whoever waits longest and fits comes first, so that a party of three
    /// does not keep a single place empty.
    func fillPlaces(of event: Event, _ tx: Store.Transaction) throws {
        guard event.state == .open || event.state == .announced else { return }
        for attendance in event.attendances {
            var free = event.occupancy(attendance, try tx.registrationCounts(of: event.id)).free
            for waiting in try tx.waitingList(of: event.id, attendance, limit: 500) {
                if let free, free < 1 { break }
                if let free, waiting.seats > free { continue }
                let change = try waiting.moveUp(by: .system("waiting-list"), at: tx.now)
                try tx.update(change.value, expecting: waiting.version)
                try tx.append(change.happenings)
                try tell(of: change.value, at: event, tx)
                free = free.map { $0 - waiting.seats }
            }
        }
    }

    /// Cancels what a person who leaves is registered for.
    func cancelRegistrations(
        of person: Identifier<Participant>, by actor: ActorReference, _ tx: Store.Transaction
    ) throws {
        for registration in try tx.openRegistrations(of: person) where registration.arrival == nil {
            let change = try registration.cancel(because: "left", by: actor, at: tx.now)
            try tx.update(change.value, expecting: registration.version)
            try tx.append(change.happenings)
            try fillPlaces(of: try tx.require(registration.event), tx)
        }
    }
}
