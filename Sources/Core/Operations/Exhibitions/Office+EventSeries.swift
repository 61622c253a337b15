package import Exchange

/// A series with its events as the actor may see them, and whose turn it is.
package struct ShownSeries: Sendable {
    package let series: EventSeries
    /// In the order of the series.
    package let events: [Event]
    package let next: EventSeries.Turn
}

extension Office {
    /// Enters a series.
    package func addSeries(
        _ kind: Event.Kind, _ content: EventSeries.Content, by actor: Actor
    ) async throws -> EventSeries {
        try actor.require(.coordinate)
        let checked = try content.checked(against: taxonomy)
        return try await write { tx in
            try tx.requireHosts(checked.hosts)
            let series = EventSeries(
                id: ambient.identifier(at: tx.now), kind: kind, content: checked, createdAt: tx.now, updatedAt: tx.now)
            try tx.insert(series)
            try tx.append([series.happening(.seriesAdded, by: actor.reference, at: tx.now)])
            return series
        }
    }

    /// Edits a series.
    package func reviseSeries(
        _ id: Identifier<EventSeries>, expecting version: Int? = nil,
        _ edit: @escaping @Sendable (inout EventSeries.Content) throws -> Void, by actor: Actor
    ) async throws -> EventSeries {
        try actor.require(.coordinate)
        return try await write { tx in
            let old = try tx.require(id)
            try tx.expect(version, current: old.version, "series")
            var content = old.content
            try edit(&content)
            try tx.requireHosts(content.hosts)
            let change = old.revised(try content.checked(against: taxonomy), by: actor.reference, at: tx.now)
            guard change.value != old else { return old }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
    }

    /// Takes away a series that has no events.
    package func removeSeries(
        _ id: Identifier<EventSeries>, expecting version: Int? = nil, by actor: Actor
    ) async throws {
        try actor.require(.coordinate)
        try await write { tx in
            let old = try tx.require(id)
            try tx.expect(version, current: old.version, "series")
            let events = try tx.events(of: id)
            guard events.isEmpty else {
                throw Refusal.conflict(
                    .inUse("This series has \(events.count) events. Take them out of it, or remove them, first."))
            }
            try tx.remove(id)
            try tx.append([old.happening(.seriesRemoved, by: actor.reference, at: tx.now)])
        }
    }

    /// One series with its whole history and whose turn it is.
    package func series(_ id: Identifier<EventSeries>, by actor: Actor) async throws -> ShownSeries {
        try actor.require(.read)
        return try await store.read { tx in
            let series = try tx.require(id)
            let events = try tx.events(of: id)
            let shown = events.compactMap { $0.shown(to: actor) }
            let turn = series.nextTurn(after: events)
            // An event that is only planned is nobody's business yet: the turn does not name it.
            let after = turn.after.flatMap { last in shown.contains { $0.id == last } ? last : nil }
            return ShownSeries(
                series: series, events: shown,
                next: EventSeries.Turn(hostRegion: turn.hostRegion, edition: turn.edition, after: after))
        }
    }

    /// Series, newest first.
    package func seriesList(_ page: PageRequest, by actor: Actor) async throws -> Page<EventSeries> {
        try actor.require(.read)
        return try await store.read { tx in try tx.eventSeries(page) }
    }
}

extension ExchangeTransaction {
    /// The series, or a refusal.
    func require(_ id: Identifier<EventSeries>) throws -> EventSeries {
        guard let found = try eventSeries(id) else { throw Refusal.notFound(subject: "series", id: id.text) }
        return found
    }

    /// The event, or a refusal.
    package func require(_ id: Identifier<Event>) throws -> Event {
        guard let found = try event(id) else { throw Refusal.notFound(subject: "event", id: id.text) }
        return found
    }

    /// The event, or a refusal, also where the actor may not know that there is one.
    package func requireVisible(_ id: Identifier<Event>, to actor: Actor) throws -> Event {
        let found = try require(id)
        guard found.isPublic || actor.coordinates else { throw Refusal.notFound(subject: "event", id: id.text) }
        return found
    }

    /// Refuses hosts that name an organization that is not there.
    func requireHosts(_ hosts: [EventContent.Host]) throws {
        let named = Set(hosts.compactMap(\.organization))
        let known = try organizations(named)
        if let missing = named.sorted().first(where: { known[$0] == nil }) {
            throw Refusal.invalid("hosts", .unknown, "There is no organization \(missing).")
        }
    }
}

extension Event {
    /// What the actor may see: members no plans and no money, and the address of the online part only once they have a
    /// place.
    func shown(to actor: Actor, own: Registration? = nil) -> Event? {
        if actor.coordinates { return self }
        guard isPublic else { return nil }
        var shown = self
        shown.content.budget = []
        if own?.state != .confirmed { shown.content.onlineAddress = nil }
        return shown
    }
}
