package import Exchange

/// An event as the actor may see it, with how full it is.
package struct ShownEvent: Sendable {
    package let event: Event
    /// Places on site and from afar, for the kinds that the event has.
    package let occupancy: [Registration.Attendance: Occupancy]
    /// How many people wait for a place.
    package let waiting: Int
    /// The actor's own registration.
    package let own: Registration?
    /// The number of the last released programme.
    package let release: Int?
}

/// A step in the life of an event.
package enum EventMove: Hashable, Sendable {
    case announce, open, closeRegistration, hold, report
    case postpone(to: EventDate?, reason: String)
    case replan(to: EventDate)
    case cancel(reason: String)
}

/// How a new event takes its place in a series.
package enum EventTurn: Sendable {
    /// As the draft says.
    case asWritten
    /// Where the draft says nothing, the region whose turn it is and the next number.
    case next
}

extension Office {
    /// Enters an event, planned.
    package func addEvent(
        _ draft: EventDraft, turn: EventTurn = .asWritten, by actor: Actor
    ) async throws -> Event {
        try actor.require(.coordinate)
        return try await write { tx in
            var draft = draft
            if let id = draft.series {
                let series = try tx.require(id)
                if turn == .next {
                    let next = series.nextTurn(after: try tx.events(of: id))
                    draft.content.hostRegion = draft.content.hostRegion ?? next.hostRegion
                    draft.edition = draft.edition ?? next.edition
                }
            }
            draft.content = try draft.content.checked(against: taxonomy, zones: ambient.zones, date: draft.date)
            try tx.requireHosts(draft.content.hosts)
            let change = try Event.add(draft, id: ambient.identifier(at: tx.now), by: actor.reference, at: tx.now)
            try tx.insert(change.value)
            try tx.append(change.happenings)
            return change.value
        }
    }

    /// Edits what organisers wrote. More places move the waiting list up.
    package func reviseEvent(
        _ id: Identifier<Event>, expecting version: Int? = nil,
        _ edit: @escaping @Sendable (inout Event) throws -> Void, by actor: Actor
    ) async throws -> Event {
        try actor.require(.coordinate)
        defer { nudge(.outbox) }
        return try await write { tx in
            let old = try tx.require(id)
            try tx.expect(version, current: old.version, "event")
            var draft = old
            try edit(&draft)
            let content = try draft.content.checked(against: taxonomy, zones: ambient.zones, date: draft.date)
            try tx.requireHosts(content.hosts)
            if let series = draft.series { _ = try tx.require(series) }
            let change = try old.revised(
                content, date: draft.date, series: draft.series, edition: draft.edition, by: actor.reference,
                at: tx.now)
            guard change.value != old else { return old }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            if content.capacity != old.content.capacity { try self.fillPlaces(of: change.value, tx) }
            return change.value
        }
    }

    /// Takes a step, and tells whom it concerns.
    package func moveEvent(
        _ id: Identifier<Event>, _ move: EventMove, expecting version: Int? = nil, by actor: Actor
    ) async throws -> Event {
        try actor.require(.coordinate)
        defer { nudge(.outbox) }
        return try await write { tx in
            let old = try tx.require(id)
            try tx.expect(version, current: old.version, "event")
            let change = try self.moved(old, move, by: actor.reference, at: tx.now)
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            try self.moveProgramme(from: old, to: change.value, by: actor.reference, tx)
            try self.tell(of: move, change.value, formerly: old.date, tx)
            return change.value
        }
    }

    private func moved(
        _ event: Event, _ move: EventMove, by actor: ActorReference, at now: Instant
    ) throws -> Change<Event> {
        switch move {
        case .announce: return try event.announce(by: actor, at: now)
        case .open: return try event.open(by: actor, at: now)
        case .closeRegistration: return try event.closeRegistration(by: actor, at: now)
        case .hold:
            let today = ambient.zones.local(now, in: event.content.zone).day
            return try event.hold(today: today, by: actor, at: now)
        case .report: return try event.report(by: actor, at: now)
        case .postpone(let next, let reason):
            return try event.postpone(to: next, because: reason, by: actor, at: now)
        case .replan(let next): return try event.replan(to: next, by: actor, at: now)
        case .cancel(let reason): return try event.cancel(because: reason, by: actor, at: now)
        }
    }

    /// Takes away an event that was entered by mistake. What people took part in is kept.
    package func removeEvent(_ id: Identifier<Event>, expecting version: Int? = nil, by actor: Actor) async throws {
        try actor.require(.coordinate)
        try await write { tx in
            let old = try tx.require(id)
            try tx.expect(version, current: old.version, "event")
            let registrations = try tx.registrationCounts(of: id).map(\.registrations).reduce(0, +)
            var filter = PresentationFilter()
            filter.event = id
            let presentations = try tx.presentations(filter, PageRequest(limit: 1)).items.count
            let releases = try tx.releases(of: id).count
            guard registrations + presentations + releases == 0 else {
                throw Refusal.conflict(
                    .inUse(
                        "This event has registrations, presentations or a released programme, which are kept. Cancel it "
                            + "instead: people are told, and its history stays."))
            }
            try tx.remove(id)
            try tx.append([old.happening(.eventRemoved, by: actor.reference, at: tx.now)])
        }
    }

    /// One event.
    package func event(_ id: Identifier<Event>, by actor: Actor) async throws -> ShownEvent {
        try actor.require(.read)
        return try await store.read { tx in try tx.shown(try tx.requireVisible(id, to: actor), to: actor) }
    }

    /// Events, the latest first; members see no plans.
    package func events(_ filter: EventFilter, _ page: PageRequest, by actor: Actor) async throws -> Page<ShownEvent> {
        try actor.require(.read)
        var restricted = filter
        if !actor.coordinates {
            let seen = Event.State.allCases.filter { $0 != .planned }
            restricted.states = filter.states.isEmpty ? seen : filter.states.filter { seen.contains($0) }
            if restricted.states.isEmpty { return Page(items: [], next: nil) }
        }
        let asked = restricted
        return try await store.read { tx in try tx.events(asked, page).map { try tx.shown($0, to: actor) } }
    }
}

extension ExchangeTransaction {
    /// The event with its counts as the actor may see it.
    func shown(_ event: Event, to actor: Actor) throws -> ShownEvent {
        let own = try actor.participant.flatMap { try registration(of: $0, at: event.id) }
        let counts = try registrationCounts(of: event.id)
        return ShownEvent(
            event: event.shown(to: actor, own: own) ?? event, occupancy: event.occupancies(counts),
            waiting: counts.filter { $0.state == .waiting }.map(\.seats).reduce(0, +), own: own,
            release: try releaseNumber(of: event.id))
    }
}

extension Event {
    /// The kinds of places that the format has.
    package var attendances: [Registration.Attendance] {
        switch content.format {
        case .onSite: [.onSite]
        case .online: [.remote]
        case .hybrid: [.onSite, .remote]
        }
    }

    /// How many places of one kind there are.
    func capacity(_ attendance: Registration.Attendance) -> Int? {
        switch attendance {
        case .onSite: content.capacity?.onSite
        case .remote: content.capacity?.remote
        }
    }

    /// How full it is.
    func occupancies(_ counts: [RegistrationCount]) -> [Registration.Attendance: Occupancy] {
        Dictionary(uniqueKeysWithValues: attendances.map { ($0, occupancy($0, counts)) })
    }

    /// How full one kind of places is.
    func occupancy(_ attendance: Registration.Attendance, _ counts: [RegistrationCount]) -> Occupancy {
        Occupancy(
            capacity: capacity(attendance),
            taken: counts.filter { $0.state == .confirmed && $0.attendance == attendance }.map(\.seats).reduce(0, +))
    }
}
