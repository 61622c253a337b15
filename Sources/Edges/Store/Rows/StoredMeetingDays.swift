package import Exchange
import Operations

extension StoredTransaction {
    package func meetingDay(of event: Identifier<Event>) throws -> MeetingDay {
        let found = try sql.first(
            "SELECT document, version, updated_at_ms FROM meeting_day WHERE event_id = ?", [SQLValue(event)]
        ) {
            MeetingDay(
                event: event, content: try $0.document(0), version: try $0.int(1), updatedAt: try $0.instant(2))
        }
        return found ?? MeetingDay(event: event, content: MeetingDay.Content(), version: 0, updatedAt: now)
    }

    package func save(_ day: MeetingDay, expecting version: Int) throws {
        let document = try SQLValue(document: day.content)
        let values = [document, SQLValue(day.version), SQLValue(day.updatedAt), SQLValue(day.event)]
        let changed =
            version == 0
            ? try sql.execute(
                """
                INSERT INTO meeting_day (document, version, updated_at_ms, event_id) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, values)
            : try sql.execute(
                """
                UPDATE meeting_day SET document = ?, version = ?, updated_at_ms = ? WHERE event_id = ? AND version = ?
                """, values + [SQLValue(version)])
        guard changed == 1 else {
            throw Refusal.stale(subject: "meeting day", current: try meetingDay(of: day.event).version)
        }
    }

    package func set(_ wish: MeetingWish) throws {
        try sql.execute(
            """
            INSERT INTO meeting_wish (event_id, participant_id, target, degree, note, at_ms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (event_id, participant_id, target) DO UPDATE SET degree = excluded.degree,
                note = excluded.note, at_ms = excluded.at_ms
            """,
            [
                SQLValue(wish.event), SQLValue(wish.from), .text(wish.target.text), SQLValue(wish.degree),
                SQLValue(wish.note), SQLValue(wish.at),
            ])
    }

    package func removeWish(
        of participant: Identifier<Participant>, target: MeetingWish.Target, at event: Identifier<Event>
    ) throws {
        try sql.execute(
            "DELETE FROM meeting_wish WHERE event_id = ? AND participant_id = ? AND target = ?",
            [SQLValue(event), SQLValue(participant), .text(target.text)])
    }

    private static func decodeWish(_ row: borrowing SQLRow) throws -> MeetingWish {
        MeetingWish(
            event: try row.identifier(0), from: try row.identifier(1), target: try MeetingWish.Target(try row.text(2)),
            degree: try row.choice(3), note: try row.textOrNil(4), at: try row.instant(5))
    }

    package func meetingWishes(at event: Identifier<Event>) throws -> [MeetingWish] {
        try sql.query(
            """
            SELECT event_id, participant_id, target, degree, note, at_ms FROM meeting_wish WHERE event_id = ?
            ORDER BY participant_id, target
            """, [SQLValue(event)], Self.decodeWish)
    }

    package func meetingWishes(
        of participant: Identifier<Participant>, at event: Identifier<Event>
    ) throws -> [MeetingWish] {
        try sql.query(
            """
            SELECT event_id, participant_id, target, degree, note, at_ms FROM meeting_wish
            WHERE event_id = ? AND participant_id = ? ORDER BY target
            """, [SQLValue(event), SQLValue(participant)], Self.decodeWish)
    }

    package func set(_ taker: MeetingTaker) throws {
        try sql.execute(
            """
            INSERT INTO meeting_taker (event_id, participant_id, minimum, maximum, table_kind) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (event_id, participant_id) DO UPDATE SET minimum = excluded.minimum,
                maximum = excluded.maximum, table_kind = excluded.table_kind
            """,
            [
                SQLValue(taker.event), SQLValue(taker.participant), SQLValue(taker.minimum), SQLValue(taker.maximum),
                SQLValue(choice: taker.table),
            ])
    }

    package func meetingTakers(at event: Identifier<Event>) throws -> [MeetingTaker] {
        try sql.query(
            """
            SELECT event_id, participant_id, minimum, maximum, table_kind FROM meeting_taker WHERE event_id = ?
            ORDER BY participant_id
            """, [SQLValue(event)]
        ) { row in
            try MeetingTaker(
                event: try row.identifier(0), participant: try row.identifier(1), minimum: try row.intOrNil(2),
                maximum: try row.intOrNil(3), table: row.isNull(4) ? nil : try row.choice(4))
        }
    }
}
