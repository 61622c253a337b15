package import Exchange

extension Office {
    /// Checks somebody in at the door by what the QR sign on the badge says, or by the code typed from it.
    package func checkIn(
        code text: String, at event: Identifier<Event>, by actor: Actor
    ) async throws -> ShownRegistration {
        try actor.require(.coordinate)
        let code = Registration.code(in: text)
        return try await write { tx in
            let found = try tx.require(event)
            guard let registration = try tx.registration(code: code) else {
                throw Refusal.notFound(subject: "registration with the code", id: String(text.trimmed.prefix(60)))
            }
            guard registration.event == event else {
                let other = try tx.require(registration.event)
                throw Refusal.conflict(
                    .inUse("This badge is for another event: \(other.content.title) (\(other.date?.text ?? "-"))."))
            }
            return try self.checkIn(registration, at: found, by: actor, tx)
        }
    }

    /// Checks somebody in who has no badge at hand.
    package func checkIn(
        _ id: Identifier<Registration>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> ShownRegistration {
        try actor.require(.coordinate)
        return try await write { tx in
            let registration = try tx.requireRegistration(id, by: actor)
            try tx.expect(version, current: registration.version, "registration")
            return try self.checkIn(registration, at: try tx.require(registration.event), by: actor, tx)
        }
    }

    private func checkIn(
        _ registration: Registration, at event: Event, by actor: Actor, _ tx: Store.Transaction
    ) throws -> ShownRegistration {
        try event.requireDoorOpen()
        if let arrival = registration.arrival {
            let time = ambient.zones.text(arrival.at, in: event.content.zone)
            throw Refusal.conflict(.inUse("This person checked in already, at \(time)."))
        }
        let change = try registration.checkIn(by: actor.reference, at: tx.now)
        try tx.update(change.value, expecting: registration.version)
        try tx.append(change.happenings)
        return try tx.shown(change.value, at: event)
    }

    /// Takes a check-in back.
    package func undoCheckIn(
        _ id: Identifier<Registration>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> ShownRegistration {
        try actor.require(.coordinate)
        return try await write { tx in
            let registration = try tx.requireRegistration(id, by: actor)
            try tx.expect(version, current: registration.version, "registration")
            let change = try registration.undoCheckIn(by: actor.reference, at: tx.now)
            try tx.update(change.value, expecting: registration.version)
            try tx.append(change.happenings)
            return try tx.shown(change.value, at: try tx.require(registration.event))
        }
    }

    /// Lets somebody in who stands at the door without a registration, whatever the capacity says, and checks them in.
    /// Whoever waits, was declined or had cancelled comes in the same way.
    package func walkIn(
        at event: Identifier<Event>, _ attendee: Registration.Attendee, _ wishes: Registration.Wishes, by actor: Actor
    ) async throws -> ShownRegistration {
        try actor.require(.coordinate)
        let checked = try actor.attendee(attendee)
        return try await write { tx in
            let found = try tx.require(event)
            try found.requireDoorOpen()
            let wishes = try wishes.checked(for: found.content)
            var registration: Registration
            if let old = try tx.registration(of: checked, at: event), old.state != .cancelled {
                registration = old
                if old.state != .confirmed {
                    let change = old.admitted(by: actor.reference, at: tx.now)
                    try tx.update(change.value, expecting: old.version)
                    try tx.append(change.happenings)
                    registration = change.value
                }
            } else {
                registration = try self.enter(checked, wishes, at: found, source: .walkIn, by: actor, tx)
                if registration.state != .confirmed {
                    let change = registration.admitted(by: actor.reference, at: tx.now)
                    try tx.update(change.value, expecting: registration.version)
                    try tx.append(change.happenings)
                    registration = change.value
                }
            }
            return try self.checkIn(registration, at: found, by: actor, tx)
        }
    }
}

extension Event {
    /// Refuses check-ins at events that do not take place.
    fileprivate func requireDoorOpen() throws(Refusal) {
        switch state {
        case .announced, .open, .held: return
        case .planned, .reported, .postponed, .cancelled:
            throw .conflict(.state(subject: "event", state: state.rawValue, verb: "entered"))
        }
    }
}
