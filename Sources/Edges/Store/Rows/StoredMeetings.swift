package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        m.id, m.event_id, m.first_id, m.second_id, m.ground, m.from_ms, m.to_ms, m.seat_table, m.interpreter, m.state,
        m.state_since_ms, m.state_reason, m.source, m.sequence, m.version, m.created_at_ms, m.updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Meeting {
        Meeting(
            id: try row.identifier(0), event: try row.identifier(1), first: try row.identifier(2),
            second: try row.identifier(3), ground: try row.document(4),
            seat: Meeting.Seat(
                span: TimeSpan(stored: try row.instant(5), try row.instant(6)), table: try row.textOrNil(7),
                interpreter: try row.textOrNil(8)),
            state: try row.choice(9), stateSince: try row.instant(10), stateReason: try row.textOrNil(11),
            source: try row.choice(12), sequence: try row.int(13), version: try row.int(14),
            createdAt: try row.instant(15), updatedAt: try row.instant(16))
    }

    /// The values of the columns that can change, in the order of both statements below.
    private static func values(_ meeting: Meeting) throws -> [SQLValue] {
        [
            try SQLValue(document: meeting.ground), SQLValue(meeting.seat.span.from), SQLValue(meeting.seat.span.to),
            SQLValue(meeting.seat.table), SQLValue(meeting.seat.interpreter), SQLValue(meeting.state),
            SQLValue(meeting.stateSince), SQLValue(meeting.stateReason), SQLValue(meeting.sequence),
            SQLValue(meeting.version), SQLValue(meeting.updatedAt),
        ]
    }

    package func insert(_ meeting: Meeting) throws {
        try sql.execute(
            """
            INSERT INTO meeting (ground, from_ms, to_ms, seat_table, interpreter, state, state_since_ms, state_reason,
                sequence, version, updated_at_ms, id, event_id, first_id, second_id, source, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            Self.values(meeting) + [
                SQLValue(meeting.id), SQLValue(meeting.event), SQLValue(meeting.first), SQLValue(meeting.second),
                SQLValue(meeting.source), SQLValue(meeting.createdAt),
            ])
    }

    package func update(_ meeting: Meeting, expecting version: Int) throws {
        let changed = try sql.execute(
            """
            UPDATE meeting SET ground = ?, from_ms = ?, to_ms = ?, seat_table = ?, interpreter = ?, state = ?,
                state_since_ms = ?, state_reason = ?, sequence = ?, version = ?, updated_at_ms = ?
            WHERE id = ? AND version = ?
            """, Self.values(meeting) + [SQLValue(meeting.id), SQLValue(version)])
        guard changed == 1 else { try refuseStale("meeting", "meeting", meeting.id.text) }
    }

    package func meeting(_ id: Identifier<Meeting>) throws -> Meeting? {
        try sql.first("SELECT \(Self.columns) FROM meeting m WHERE m.id = ?", [SQLValue(id)], Self.decode)
    }

    package func meetings(at event: Identifier<Event>) throws -> [Meeting] {
        try sql.query(
            "SELECT \(Self.columns) FROM meeting m WHERE m.event_id = ? ORDER BY m.from_ms, m.id", [SQLValue(event)],
            Self.decode)
    }

    package func meetings(of participant: Identifier<Participant>, since: Instant) throws -> [Meeting] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM meeting m WHERE m.first_id = ?1 AND m.from_ms >= ?2
            UNION ALL
            SELECT \(Self.columns) FROM meeting m WHERE m.second_id = ?1 AND m.from_ms >= ?2
            ORDER BY 6, 1
            """, [SQLValue(participant), SQLValue(since)], Self.decode)
    }

    package func set(_ feedback: MeetingFeedback) throws {
        try sql.execute(
            """
            INSERT INTO meeting_feedback (meeting_id, participant_id, rating, next, reason, note, at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (meeting_id, participant_id) DO UPDATE SET rating = excluded.rating, next = excluded.next,
                reason = excluded.reason, note = excluded.note, at_ms = excluded.at_ms
            """,
            [
                SQLValue(feedback.meeting), SQLValue(feedback.by), SQLValue(feedback.rating), SQLValue(feedback.next),
                SQLValue(choice: feedback.reason), SQLValue(feedback.note), SQLValue(feedback.at),
            ])
    }

    private static let feedbackColumns = "f.meeting_id, f.participant_id, f.rating, f.next, f.reason, f.note, f.at_ms"

    private static func decodeFeedback(_ row: borrowing SQLRow) throws -> MeetingFeedback {
        try MeetingFeedback(
            meeting: try row.identifier(0), by: try row.identifier(1), rating: try row.int(2),
            next: try row.choice(3), reason: row.isNull(4) ? nil : try row.choice(4), note: try row.textOrNil(5),
            at: try row.instant(6))
    }

    package func feedback(on meeting: Identifier<Meeting>) throws -> [MeetingFeedback] {
        try sql.query(
            """
            SELECT \(Self.feedbackColumns) FROM meeting_feedback f WHERE f.meeting_id = ? ORDER BY f.participant_id
            """, [SQLValue(meeting)], Self.decodeFeedback)
    }

    package func meetingFeedback(at event: Identifier<Event>) throws -> [MeetingFeedback] {
        try sql.query(
            """
            SELECT \(Self.feedbackColumns) FROM meeting m JOIN meeting_feedback f ON f.meeting_id = m.id
            WHERE m.event_id = ? ORDER BY f.meeting_id, f.participant_id
            """, [SQLValue(event)], Self.decodeFeedback)
    }

    package func matches(amongGuestsOf event: Identifier<Event>, limit: Int) throws -> [OwnedMatch] {
        try sql.query(
            """
            SELECT m.id, m.need_id, m.seed_id, m.score, m.parts, m.kind, m.reason, m.state, m.round, m.version,
                m.created_at_ms, m.updated_at_ms, n.owner_id, s.owner_id
            FROM registration r JOIN posting n ON n.owner_id = r.participant_id
                JOIN match m ON m.need_id = n.id JOIN posting s ON s.id = m.seed_id
                JOIN registration g ON g.participant_id = s.owner_id AND g.event_id = r.event_id
            WHERE r.event_id = ? AND r.state = 'confirmed' AND g.state = 'confirmed' AND n.state = 'published'
                AND s.state = 'published' AND m.state IN ('proposed', 'taken') AND n.owner_id <> s.owner_id
            ORDER BY m.score DESC, m.id DESC LIMIT ?
            """, [SQLValue(event), SQLValue(limit)]
        ) { row in
            OwnedMatch(
                match: Match(
                    id: try row.identifier(0), need: try row.identifier(1), seed: try row.identifier(2),
                    score: try row.double(3), parts: try JSONText.numbers(from: try row.text(4)),
                    kind: try row.choice(5), reason: try row.text(6), state: try row.choice(7),
                    round: try row.textOrNil(8), version: try row.int(9), createdAt: try row.instant(10),
                    updatedAt: try row.instant(11)),
                needOwner: try row.identifier(12), seedOwner: try row.identifier(13))
        }
    }

    package func acquaintedGuests(of event: Identifier<Event>) throws -> [Acquaintance] {
        try sql.query(
            """
            SELECT m.first_id, m.second_id FROM registration r JOIN meeting m ON m.first_id = r.participant_id
                JOIN registration g ON g.participant_id = m.second_id AND g.event_id = r.event_id
            WHERE r.event_id = ?1 AND r.state = 'confirmed' AND g.state = 'confirmed' AND m.state = 'kept'
            UNION
            SELECT n.owner_id, s.owner_id FROM registration r JOIN posting n ON n.owner_id = r.participant_id
                JOIN encounter e ON e.need_id = n.id JOIN posting s ON s.id = e.seed_id
                JOIN registration g ON g.participant_id = s.owner_id AND g.event_id = r.event_id
            WHERE r.event_id = ?1 AND r.state = 'confirmed' AND g.state = 'confirmed' AND e.occasion = 'meeting'
            ORDER BY 1, 2
            """, [SQLValue(event)]
        ) { Acquaintance(try $0.identifier(0), try $0.identifier(1)) }
    }
}
