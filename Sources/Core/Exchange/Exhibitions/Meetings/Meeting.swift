/// A 1:1 meeting that people were told of: who, when, at which table, and what came of it.
package struct Meeting: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["meeting"]

    /// Where it stands.
    package enum State: String, Sendable, CaseIterable, Codable {
        /// Published.
        case arranged
        /// One of the two, or a coordinator, has said that it stands: planning again leaves it where it is.
        case confirmed
        case cancelled
        /// They have talked.
        case kept
        /// Somebody did not come.
        case missed
    }

    /// How it came about.
    package enum Source: String, Sendable, CaseIterable {
        case plan, coordinator
        case walkIn = "walk_in"
    }

    /// What the two have to talk about.
    package struct Ground: Hashable, Sendable, Codable {
        package var need: Identifier<Posting>?
        package var seed: Identifier<Posting>?
        package var match: Identifier<Match>?

        /// Takes every value; nothing where they only wished to meet.
        package init(
            need: Identifier<Posting>? = nil, seed: Identifier<Posting>? = nil, match: Identifier<Match>? = nil
        ) {
            self.need = need
            self.seed = seed
            self.match = match
        }
    }

    /// When and where.
    package struct Seat: Hashable, Sendable, Codable {
        package var span: TimeSpan
        package var table: String?
        package var interpreter: String?

        /// Takes every value.
        package init(span: TimeSpan, table: String? = nil, interpreter: String? = nil) {
            self.span = span
            self.table = table
            self.interpreter = interpreter
        }
    }

    package let id: Identifier<Meeting>
    package let event: Identifier<Event>
    /// The two, in the order of their identifiers.
    package let first: Identifier<Participant>
    package let second: Identifier<Participant>
    package var ground: Ground
    package var seat: Seat
    package var state: State
    package var stateSince: Instant
    /// Why it was cancelled, or who did not come.
    package var stateReason: String?
    package let source: Source
    /// Counts up whenever calendars must notice a change.
    package var sequence: Int
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Meeting>, event: Identifier<Event>, first: Identifier<Participant>,
        second: Identifier<Participant>, ground: Ground, seat: Seat, state: State, stateSince: Instant,
        stateReason: String?, source: Source, sequence: Int, version: Int, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.event = event
        self.first = first
        self.second = second
        self.ground = ground
        self.seat = seat
        self.state = state
        self.stateSince = stateSince
        self.stateReason = stateReason
        self.source = source
        self.sequence = sequence
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The two.
    package var people: [Identifier<Participant>] { [first, second] }

    /// The one whom the person meets; nothing if the person has no part in it.
    package func partner(of person: Identifier<Participant>?) -> Identifier<Participant>? {
        person == first ? second : person == second ? first : nil
    }

    /// Whether it takes time and a table.
    package var isStanding: Bool { state != .cancelled }

    /// Whether planning again may move it.
    package var isMovable: Bool { state == .arranged }
}

extension Meeting {
    /// A new meeting. Throws a refusal if both are one person.
    package static func arranged(
        _ id: Identifier<Meeting>, at event: Identifier<Event>, _ one: Identifier<Participant>,
        _ other: Identifier<Participant>, ground: Ground, seat: Seat, source: Source, by actor: ActorReference,
        at now: Instant
    ) throws(Refusal) -> Change<Meeting> {
        guard one != other else { throw .conflict(.pair("Nobody meets themselves.")) }
        let meeting = Meeting(
            id: id, event: event, first: min(one, other), second: max(one, other), ground: ground, seat: seat,
            state: source == .walkIn ? .confirmed : .arranged, stateSince: now, stateReason: nil, source: source,
            sequence: 0, version: 1, createdAt: now, updatedAt: now)
        return Change(meeting, [meeting.happening(.meetingArranged, by: actor, at: now)])
    }

    /// Puts it elsewhere; nothing changes if it stands there already.
    package func moved(
        to next: Seat, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Meeting> {
        guard state == .arranged || state == .confirmed else { throw refusal("moved") }
        if next == seat { return Change(self, []) }
        var changed = touched(at: now)
        changed.seat = next
        changed.sequence += 1
        return Change(changed, [changed.happening(.meetingMoved, by: actor, at: now)])
    }

    /// One of the two, or a coordinator, says that it stands.
    package func confirmed(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Meeting> {
        if state == .confirmed { return Change(self, []) }
        guard state == .arranged else { throw refusal("confirmed") }
        return entered(.confirmed, nil, .meetingConfirmed, by: actor, at: now)
    }

    /// Calls it off; calendars strike it out.
    package func cancelled(
        because reason: String?, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Meeting> {
        guard state == .arranged || state == .confirmed else { throw refusal("cancelled") }
        var change = entered(.cancelled, reason, .meetingCancelled, by: actor, at: now)
        var value = change.value
        value.sequence += 1
        change = Change(value, change.happenings)
        return change
    }

    /// They have talked; a note that somebody was missing is taken back by it.
    package func kept(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Meeting> {
        if state == .kept { return Change(self, []) }
        guard state != .cancelled else { throw refusal("recorded as kept") }
        return entered(.kept, nil, .meetingKept, by: actor, at: now)
    }

    /// Somebody did not come.
    package func missed(
        by absent: [Identifier<Participant>], noted actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Meeting> {
        guard state == .arranged || state == .confirmed || state == .missed else { throw refusal("recorded as missed") }
        guard !absent.isEmpty, absent.allSatisfy(people.contains) else {
            throw .invalid("absent", .unknown, "Name one or both of the two who were to meet.")
        }
        let words = Set(absent).sorted().map(\.text).joined(separator: " ")
        return entered(.missed, words, .meetingMissed, by: actor, at: now)
    }

    private func entered(
        _ next: State, _ reason: String?, _ kind: Happening.Kind, by actor: ActorReference, at now: Instant
    ) -> Change<Meeting> {
        var changed = touched(at: now)
        changed.state = next
        changed.stateSince = now
        changed.stateReason = reason
        return Change(changed, [changed.happening(kind, by: actor, at: now)])
    }

    private func touched(at now: Instant) -> Meeting {
        var changed = self
        changed.version += 1
        changed.updatedAt = now
        return changed
    }

    private func refusal(_ verb: String) -> Refusal {
        .conflict(.state(subject: "meeting", state: state.rawValue, verb: verb))
    }

    private func happening(_ kind: Happening.Kind, by actor: ActorReference, at now: Instant) -> Happening {
        var details = ["from": seat.span.from.rfc3339, "to": seat.span.to.rfc3339]
        if let table = seat.table { details["table"] = table }
        return Happening(
            kind, subject: id.text, related: [event.text, first.text, second.text], by: actor, at: now,
            details: details)
    }
}

/// What one of the two says after a meeting, in a minute.
package struct MeetingFeedback: Hashable, Sendable {
    /// What is to follow.
    package enum Next: String, Sendable, CaseIterable, Codable {
        /// They want to go on.
        case goOn = "go_on"
        /// Not now, but not never.
        case later
        case no
    }

    package let meeting: Identifier<Meeting>
    package let by: Identifier<Participant>
    /// 1 (a waste of time) ... 5 (just what was needed).
    package let rating: Int
    package let next: Next
    /// Why not, for `no` and `later`: teaches the engine.
    package let reason: Introduction.RefusalReason?
    package let note: String?
    package let at: Instant

    /// Throws a refusal for a rating out of range.
    package init(
        meeting: Identifier<Meeting>, by: Identifier<Participant>, rating: Int, next: Next,
        reason: Introduction.RefusalReason?, note: String?, at: Instant
    ) throws(Refusal) {
        guard (1...5).contains(rating) else { throw .invalid("rating", .outOfRange, "Give 1 to 5.") }
        self.meeting = meeting
        self.by = by
        self.rating = rating
        self.next = next
        self.reason = next == .goOn ? nil : reason
        self.note = note
        self.at = at
    }
}
