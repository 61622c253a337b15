package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, event_id, asked, state, progress, result, failure, holder, started_by, started_at_ms, updated_at_ms, version
        """

    private static func decode(_ row: borrowing SQLRow) throws -> MeetingDraft {
        MeetingDraft(
            id: try row.identifier(0), event: try row.identifier(1), order: try row.document(2),
            state: try row.choice(3), progress: try row.double(4), result: try row.document(5),
            failure: try row.textOrNil(6), holder: try row.text(7), startedBy: ActorReference(stored: try row.text(8)),
            startedAt: try row.instant(9), updatedAt: try row.instant(10), version: try row.int(11))
    }

    package func insert(_ draft: MeetingDraft) throws {
        let changed = try sql.execute(
            """
            INSERT INTO meeting_draft (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                SQLValue(draft.id), SQLValue(draft.event), try SQLValue(document: draft.order), SQLValue(draft.state),
                .real(draft.progress), try SQLValue(document: draft.result), SQLValue(draft.failure),
                .text(draft.holder), .text(draft.startedBy.text), SQLValue(draft.startedAt),
                SQLValue(draft.updatedAt), SQLValue(draft.version),
            ])
        guard changed == 1 else {
            let other = try identity(
                "SELECT id FROM meeting_draft WHERE event_id = ? AND state = 'computing'", SQLValue(draft.event))
            throw Self.duplicate("A timetable that is being computed", other ?? draft.id.text)
        }
    }

    package func update(_ draft: MeetingDraft, expecting version: Int) throws {
        let changed = try sql.execute(
            """
            UPDATE meeting_draft SET state = ?, progress = ?, result = ?, failure = ?, holder = ?, updated_at_ms = ?,
                version = ?
            WHERE id = ? AND version = ?
            """,
            [
                SQLValue(draft.state), .real(draft.progress), try SQLValue(document: draft.result),
                SQLValue(draft.failure), .text(draft.holder), SQLValue(draft.updatedAt), SQLValue(draft.version),
                SQLValue(draft.id), SQLValue(version),
            ])
        guard changed == 1 else { try refuseStale("meeting_draft", "draft", draft.id.text) }
    }

    package func note(
        _ progress: Double, of draft: Identifier<MeetingDraft>, by holder: String, at now: Instant
    ) throws -> Bool {
        try sql.execute(
            """
            UPDATE meeting_draft SET progress = ?, updated_at_ms = ? WHERE id = ? AND holder = ? AND state = 'computing'
            """, [.real(progress), SQLValue(now), SQLValue(draft), .text(holder)]) == 1
    }

    package func meetingDraft(_ id: Identifier<MeetingDraft>) throws -> MeetingDraft? {
        try sql.first("SELECT \(Self.columns) FROM meeting_draft WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func meetingDrafts(of event: Identifier<Event>, _ page: PageRequest) throws -> Page<MeetingDraft> {
        var conditions = Conditions()
        conditions.add("event_id = ?", SQLValue(event))
        if let after = page.after { conditions.add("id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM meeting_draft\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }
}
