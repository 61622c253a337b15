package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, event_id, owner_id, document, state, remarks, version, created_at_ms, updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Presentation {
        Presentation(
            id: try row.identifier(0), event: try row.identifier(1), owner: try row.identifier(2),
            content: try row.document(3), state: try row.choice(4), remarks: try row.document(5),
            version: try row.int(6), createdAt: try row.instant(7), updatedAt: try row.instant(8))
    }

    package func insert(_ presentation: Presentation) throws {
        try sql.execute(
            "INSERT INTO presentation (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                SQLValue(presentation.id), SQLValue(presentation.event), SQLValue(presentation.owner),
                SQLValue(document: presentation.content), SQLValue(presentation.state),
                SQLValue(document: presentation.remarks), SQLValue(presentation.version),
                SQLValue(presentation.createdAt), SQLValue(presentation.updatedAt),
            ])
    }

    package func update(_ presentation: Presentation, expecting version: Int) throws {
        let changed = try sql.execute(
            """
            UPDATE presentation SET document = ?, state = ?, remarks = ?, version = ?, updated_at_ms = ?
            WHERE id = ? AND version = ?
            """,
            [
                SQLValue(document: presentation.content), SQLValue(presentation.state),
                SQLValue(document: presentation.remarks), SQLValue(presentation.version),
                SQLValue(presentation.updatedAt), SQLValue(presentation.id), SQLValue(version),
            ])
        guard changed == 1 else { try refuseStale("presentation", "presentation", presentation.id.text) }
    }

    package func presentation(_ id: Identifier<Presentation>) throws -> Presentation? {
        try sql.first("SELECT \(Self.columns) FROM presentation WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func presentations(
        _ ids: Set<Identifier<Presentation>>
    ) throws -> [Identifier<Presentation>: Presentation] {
        var found: [Identifier<Presentation>: Presentation] = [:]
        try Portions.each(of: ids.map(\.text).sorted()) { placeholders, values in
            try sql.each("SELECT \(Self.columns) FROM presentation WHERE id IN (\(placeholders)) ORDER BY id", values) {
                let presentation = try Self.decode($0)
                found[presentation.id] = presentation
            }
        }
        return found
    }

    package func presentations(_ filter: PresentationFilter, _ page: PageRequest) throws -> Page<Presentation> {
        var conditions = Conditions()
        if let event = filter.event { conditions.add("event_id = ?", SQLValue(event)) }
        if let owner = filter.owner { conditions.add("owner_id = ?", SQLValue(owner)) }
        conditions.add("state", in: filter.states.map(\.rawValue))
        if let after = page.after { conditions.add("id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM presentation\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }
}

extension StoredTransaction {
    package func programme(of event: Identifier<Event>) throws -> Programme {
        let version = try sql.first(
            "SELECT version FROM event_programme WHERE event_id = ?", [SQLValue(event)]
        ) { try $0.int(0) }
        let sessions: [ProgrammeSession] = try sql.query(
            "SELECT document FROM event_session WHERE event_id = ? ORDER BY from_ms, id", [SQLValue(event)]
        ) { try $0.document(0) }
        return Programme(
            event: event, version: version ?? 0, sessions: sessions.sorted(by: ProgrammeSession.isEarlier),
            release: try releases(of: event, limit: 1).first)
    }

    package func save(_ programme: Programme, expecting version: Int) throws {
        let changed =
            version == 0
            ? try sql.execute(
                """
                INSERT INTO event_programme (event_id, version, updated_at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                """, [SQLValue(programme.event), SQLValue(programme.version), SQLValue(now)])
            : try sql.execute(
                "UPDATE event_programme SET version = ?, updated_at_ms = ? WHERE event_id = ? AND version = ?",
                [SQLValue(programme.version), SQLValue(now), SQLValue(programme.event), SQLValue(version)])
        guard changed == 1 else {
            let current = try sql.number(
                "SELECT version FROM event_programme WHERE event_id = ?", [SQLValue(programme.event)])
            throw Refusal.stale(subject: "programme", current: Int(current))
        }
        try sql.execute("DELETE FROM event_session WHERE event_id = ?", [SQLValue(programme.event)])
        try sql.executeMany(
            "INSERT INTO event_session (id, event_id, from_ms, to_ms, document) VALUES (?, ?, ?, ?, ?)",
            programme.sessions.map {
                [
                    SQLValue($0.id), SQLValue(programme.event), SQLValue($0.span.from), SQLValue($0.span.to),
                    try SQLValue(document: $0),
                ]
            })
    }

    package func insert(_ release: Programme.Release, of event: Identifier<Event>) throws {
        try sql.execute(
            """
            INSERT INTO event_release (event_id, number, sessions, note, released_by, released_at_ms)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                SQLValue(event), SQLValue(release.number), SQLValue(document: release.sessions),
                SQLValue(release.note), .text(release.by.text), SQLValue(release.at),
            ])
    }

    package func releaseNumber(of event: Identifier<Event>) throws -> Int? {
        try sql.first(
            "SELECT number FROM event_release WHERE event_id = ? ORDER BY number DESC LIMIT 1", [SQLValue(event)]
        ) { try $0.int(0) }
    }

    package func releases(of event: Identifier<Event>) throws -> [Programme.Release] {
        try releases(of: event, limit: 1_000)
    }

    private func releases(of event: Identifier<Event>, limit: Int) throws -> [Programme.Release] {
        try sql.query(
            """
            SELECT number, sessions, note, released_by, released_at_ms FROM event_release WHERE event_id = ?
            ORDER BY number DESC LIMIT ?
            """, [SQLValue(event), SQLValue(limit)]
        ) {
            Programme.Release(
                number: try $0.int(0), sessions: try $0.document(1), note: try $0.textOrNil(2),
                by: ActorReference(stored: try $0.text(3)), at: try $0.instant(4))
        }
    }
}
