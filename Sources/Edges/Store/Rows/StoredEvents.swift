package import Exchange
package import Operations

extension StoredTransaction {
    /// Stands for the day of an event that has none: after every other.
    private static let undated = 9_999_999

    private static let seriesColumns = "id, kind, document, version, created_at_ms, updated_at_ms"

    private static func decodeSeries(_ row: borrowing SQLRow) throws -> EventSeries {
        EventSeries(
            id: try row.identifier(0), kind: try row.choice(1), content: try row.document(2), version: try row.int(3),
            createdAt: try row.instant(4), updatedAt: try row.instant(5))
    }

    package func insert(_ series: EventSeries) throws {
        try sql.execute(
            "INSERT INTO event_series (\(Self.seriesColumns), title) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                SQLValue(series.id), SQLValue(series.kind), SQLValue(document: series.content),
                SQLValue(series.version), SQLValue(series.createdAt), SQLValue(series.updatedAt),
                .text(series.content.title),
            ])
    }

    package func update(_ series: EventSeries, expecting version: Int) throws {
        let changed = try sql.execute(
            """
            UPDATE event_series SET title = ?, document = ?, version = ?, updated_at_ms = ? WHERE id = ? AND version = ?
            """,
            [
                .text(series.content.title), SQLValue(document: series.content), SQLValue(series.version),
                SQLValue(series.updatedAt), SQLValue(series.id), SQLValue(version),
            ])
        guard changed == 1 else { try refuseStale("event_series", "series", series.id.text) }
    }

    package func remove(_ series: Identifier<EventSeries>) throws {
        try sql.execute("DELETE FROM event_series WHERE id = ?", [SQLValue(series)])
    }

    package func eventSeries(_ id: Identifier<EventSeries>) throws -> EventSeries? {
        try sql.first(
            "SELECT \(Self.seriesColumns) FROM event_series WHERE id = ?", [SQLValue(id)], Self.decodeSeries)
    }

    package func eventSeries(_ page: PageRequest) throws -> Page<EventSeries> {
        var conditions = Conditions()
        if let after = page.after { conditions.add("id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.seriesColumns) FROM event_series\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decodeSeries)
        return self.page(rows, page) { $0.id.text }
    }
}

extension StoredTransaction {
    private static let columns = """
        id, kind, series_id, edition, document, date, state, state_since_ms, state_reason, former_dates,
        followed_up_at_ms, version, created_at_ms, updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Event {
        Event(
            id: try row.identifier(0), kind: try row.choice(1), series: try row.identifierOrNil(2),
            edition: try row.intOrNil(3), content: try row.document(4),
            date: try row.textOrNil(5).map { try EventDate($0) }, state: try row.choice(6),
            stateSince: try row.instant(7), stateReason: try row.textOrNil(8), formerDates: try row.document(9),
            followedUpAt: try row.instantOrNil(10), version: try row.int(11), createdAt: try row.instant(12),
            updatedAt: try row.instant(13))
    }

    /// The values of the columns that can change, in the order of both statements below.
    private static func values(_ event: Event) throws -> [SQLValue] {
        [
            SQLValue(event.series), SQLValue(event.edition), .text(searchKey(event.content.title)),
            try SQLValue(document: event.content), SQLValue(event.date?.text),
            SQLValue(event.date?.first.daysSinceEpoch ?? undated), SQLValue(event.date?.last.daysSinceEpoch ?? undated),
            try SQLValue(document: event.formerDates), SQLValue(event.state), SQLValue(event.stateSince),
            SQLValue(event.stateReason), SQLValue(event.followedUpAt),
            SQLValue(event.version), SQLValue(event.updatedAt),
        ]
    }

    package func insert(_ event: Event) throws {
        try refuseDoubleEdition(of: event)
        try sql.execute(
            """
            INSERT INTO event (series_id, edition, search_key, document, date, first_day, last_day, former_dates, state,
                state_since_ms, state_reason, followed_up_at_ms, version, updated_at_ms, id, kind,
                created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, Self.values(event) + [SQLValue(event.id), SQLValue(event.kind), SQLValue(event.createdAt)])
    }

    package func update(_ event: Event, expecting version: Int) throws {
        try refuseDoubleEdition(of: event)
        let changed = try sql.execute(
            """
            UPDATE event SET series_id = ?, edition = ?, search_key = ?, document = ?, date = ?, first_day = ?,
                last_day = ?, former_dates = ?, state = ?, state_since_ms = ?, state_reason = ?,
                followed_up_at_ms = ?, version = ?, updated_at_ms = ?
            WHERE id = ? AND version = ?
            """, Self.values(event) + [SQLValue(event.id), SQLValue(version)])
        guard changed == 1 else { try refuseStale("event", "event", event.id.text) }
    }

    private func refuseDoubleEdition(of event: Event) throws {
        guard let series = event.series, let edition = event.edition,
            let other = try identity(
                "SELECT id FROM event WHERE series_id = ? AND edition = ? AND id <> ?", SQLValue(series),
                SQLValue(edition), SQLValue(event.id))
        else { return }
        throw Self.duplicate("Edition \(edition) of this series", other)
    }

    package func remove(_ event: Identifier<Event>) throws {
        try sql.execute("DELETE FROM event WHERE id = ?", [SQLValue(event)])
    }

    package func event(_ id: Identifier<Event>) throws -> Event? {
        try sql.first("SELECT \(Self.columns) FROM event WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func events(_ ids: Set<Identifier<Event>>) throws -> [Identifier<Event>: Event] {
        var found: [Identifier<Event>: Event] = [:]
        try Portions.each(of: ids.map(\.text).sorted()) { placeholders, values in
            try sql.each("SELECT \(Self.columns) FROM event WHERE id IN (\(placeholders)) ORDER BY id", values) {
                let event = try Self.decode($0)
                found[event.id] = event
            }
        }
        return found
    }

    package func events(_ filter: EventFilter, _ page: PageRequest) throws -> Page<Event> {
        var conditions = Conditions()
        if let kind = filter.kind { conditions.add("kind = ?", SQLValue(kind)) }
        if let series = filter.series { conditions.add("series_id = ?", SQLValue(series)) }
        conditions.add("state", in: filter.states.map(\.rawValue))
        if let from = filter.from { conditions.add("last_day >= ?", SQLValue(from.daysSinceEpoch)) }
        if let to = filter.to { conditions.add("first_day <= ?", SQLValue(to.daysSinceEpoch)) }
        if let pattern = Self.pattern(filter.text) { conditions.add("search_key LIKE ?", pattern) }
        let place = page.after?.split(separator: ".").map(String.init) ?? []
        if place.count == 2, let day = Int(place[0]) {
            conditions.add("first_day < ? OR (first_day = ? AND id < ?)", SQLValue(day), SQLValue(day), .text(place[1]))
        }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM event\(conditions.whereClause) ORDER BY first_day DESC, id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { "\($0.date?.first.daysSinceEpoch ?? Self.undated).\($0.id.text)" }
    }

    package func events(of series: Identifier<EventSeries>) throws -> [Event] {
        try sql.query(
            "SELECT \(Self.columns) FROM event WHERE series_id = ? ORDER BY first_day, id", [SQLValue(series)],
            Self.decode
        ).sorted(by: Event.isEarlier)
    }

    package func eventsToFollowUp(endedBy day: CalendarDay, limit: Int) throws -> [Event] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM event WHERE last_day <= ? AND followed_up_at_ms IS NULL
                AND state IN ('held', 'reported')
            ORDER BY last_day, id LIMIT ?
            """, [SQLValue(day.daysSinceEpoch), SQLValue(limit)], Self.decode)
    }
}
