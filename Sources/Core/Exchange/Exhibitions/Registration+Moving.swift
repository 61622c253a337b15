/// How many places of one kind there are, and how many are taken.
package struct Occupancy: Hashable, Sendable {
    /// Nothing for no limit.
    package let capacity: Int?
    package let taken: Int

    /// Takes both.
    package init(capacity: Int?, taken: Int) {
        self.capacity = capacity
        self.taken = taken
    }

    /// Places left; nothing for no limit.
    package var free: Int? { capacity.map { max(0, $0 - taken) } }

    /// Whether so many more people find room.
    package func admits(_ seats: Int) -> Bool { free.map { seats <= $0 } ?? true }
}

extension Registration {
    /// Registers. Coordinators' and walk-in registrations need no approval; everybody else waits for it where the
    /// event asks for it, and for a place where there is none.
    package static func register(
        _ attendee: Attendee, _ wishes: Wishes, for event: Event, _ occupancy: Occupancy, source: Source, code: String,
        id: Identifier<Registration>, by actor: ActorReference, at now: Instant
    ) -> Change<Registration> {
        var registration = Registration(
            id: id, event: event.id, attendee: attendee, wishes: wishes, state: .requested, stateSince: now,
            source: source, code: code, createdAt: now, updatedAt: now)
        let needsApproval = source == .own && event.content.registrationRules.approval == .coordinator
        if source == .walkIn {
            registration.state = .confirmed
        } else if !needsApproval {
            registration.state = occupancy.admits(registration.seats) ? .confirmed : .waiting
        }
        return Change(registration, [registration.happening(registration.state.entry, by: actor, at: now)])
    }

    /// Lets the person in, or puts them on the waiting list where no place is left.
    package func approve(
        _ occupancy: Occupancy, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Registration> {
        switch state {
        case .requested, .declined: break
        case .waiting, .confirmed, .cancelled: throw refusal("approved")
        }
        return moved(occupancy.admits(seats) ? .confirmed : .waiting, by: actor, at: now)
    }

    /// Gives the place that has become free, or one beyond the capacity by a coordinator's word.
    package func moveUp(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Registration> {
        guard state == .waiting else { throw refusal("moved up") }
        return changed(.registrationMovedUp, by: actor, at: now) {
            $0.state = .confirmed
            $0.stateSince = now
        }
    }

    /// Lets somebody in at the door, whatever the capacity says.
    package func admitted(by actor: ActorReference, at now: Instant) -> Change<Registration> {
        moved(.confirmed, by: actor, at: now)
    }

    /// Does not let the person in.
    package func decline(
        because reason: String?, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Registration> {
        switch state {
        case .requested, .waiting: break
        case .confirmed, .declined, .cancelled: throw refusal("declined")
        }
        return moved(.declined, because: reason, by: actor, at: now)
    }

    /// Gives the place back.
    package func cancel(
        because reason: String?, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Registration> {
        switch state {
        case .requested, .waiting, .confirmed: break
        case .declined, .cancelled: throw refusal("cancelled")
        }
        guard arrival == nil else { throw .conflict(.inUse("This person has checked in. Undo the check-in first.")) }
        return moved(.cancelled, because: reason, by: actor, at: now)
    }

    /// Registers a cancelled person again, at the end of the line.
    package func renew(
        _ wishes: Wishes, for event: Event, _ occupancy: Occupancy, needsApproval: Bool, by actor: ActorReference,
        at now: Instant
    ) throws(Refusal) -> Change<Registration> {
        guard state == .cancelled else { throw refusal("registered again") }
        let next: State =
            needsApproval ? .requested : occupancy.admits(1 + wishes.companions.count) ? .confirmed : .waiting
        return changed(next.entry, by: actor, at: now) {
            $0.wishes = wishes
            $0.state = next
            $0.stateSince = now
            $0.stateReason = nil
        }
    }

    /// Replaces the wishes; unchanged ones cause nothing. More people than there are places are refused.
    package func revised(
        _ wishes: Wishes, _ occupancy: Occupancy, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Registration> {
        guard wishes != self.wishes else { return Change(self, []) }
        switch state {
        case .requested, .waiting, .confirmed: break
        case .declined, .cancelled: throw refusal("revised")
        }
        let moves = wishes.attendance != self.wishes.attendance
        let more = moves ? 1 + wishes.companions.count : wishes.companions.count - self.wishes.companions.count
        if state == .confirmed, more > 0, !occupancy.admits(more) {
            throw .invalid(
                moves ? "attendance" : "companions", .outOfRange,
                "There is no room: \(occupancy.free ?? 0) places are left.")
        }
        return changed(.registrationRevised, by: actor, at: now) { $0.wishes = wishes }
    }

    /// Replaces what is known of a guest.
    package func renamed(
        _ guest: Guest, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Registration> {
        guard self.guest != nil else {
            throw .invalid("guest", .notAllowed, "This is a participant: edit the person, not the registration.")
        }
        return changed(.registrationRevised, by: actor, at: now) { $0.attendee = .guest(guest) }
    }

    /// Checks the person in at the door.
    package func checkIn(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Registration> {
        guard state == .confirmed else { throw refusal("checked in") }
        guard arrival == nil else {
            throw .conflict(.inUse("This person has checked in already."))
        }
        return changed(.registrationArrived, by: actor, at: now) { $0.arrival = Arrival(at: now, by: actor) }
    }

    /// Takes a check-in back.
    package func undoCheckIn(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Registration> {
        guard arrival != nil else {
            throw .conflict(.inUse("This person has not checked in."))
        }
        return changed(.registrationArrivalUndone, by: actor, at: now) { $0.arrival = nil }
    }

    private func moved(
        _ next: State, because reason: String? = nil, by actor: ActorReference, at now: Instant
    ) -> Change<Registration> {
        changed(next.entry, by: actor, at: now, reason.map { ["reason": $0] } ?? [:]) {
            $0.state = next
            $0.stateSince = now
            $0.stateReason = reason
        }
    }

    private func changed(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:],
        _ edit: (inout Registration) -> Void
    ) -> Change<Registration> {
        var next = self
        edit(&next)
        next.version += 1
        next.updatedAt = now
        return Change(next, [next.happening(kind, by: actor, at: now, details)])
    }

    /// The log entry of something done to the registration; guests' names stay out of the log.
    package func happening(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:]
    ) -> Happening {
        var facts = details
        facts["attendance"] = wishes.attendance.rawValue
        facts["seats"] = "\(seats)"
        return Happening(
            kind, subject: id.text, related: [event.text] + (participant.map { [$0.text] } ?? []), by: actor, at: now,
            details: facts)
    }

    private func refusal(_ verb: String) -> Refusal {
        .conflict(.state(subject: "registration", state: state.rawValue, verb: verb))
    }
}

extension Registration.State {
    /// What the log says when a registration comes into this state.
    package var entry: Happening.Kind {
        switch self {
        case .requested: .registrationRequested
        case .waiting: .registrationWaiting
        case .confirmed: .registrationConfirmed
        case .declined: .registrationDeclined
        case .cancelled: .registrationCancelled
        }
    }
}

extension Registration {
    /// The ten signs of a code from 50 random bits: digits and lower-case letters that nobody mistakes for each other.
    package static func code(_ random: UInt64) -> String {
        String(
            decoding: (0..<10).map { IdentifierAlphabet.digits[Int(random >> UInt64($0 * 5) & 31)] }, as: UTF8.self)
    }

    /// The code in what a scanner read or somebody typed: the link of a QR sign, capitals, spaces, O for 0.
    package static func code(in text: String) -> String {
        let last = text.trimmed.narrowedASCII.split(separator: "/").last.map(String.init) ?? ""
        let plain = last.lowercased().filter { $0 != " " && $0 != "-" }
        return String(plain.map { ["o": "0", "i": "1", "l": "1"][$0] ?? $0 })
    }
}
