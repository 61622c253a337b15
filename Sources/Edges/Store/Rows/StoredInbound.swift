package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, workspace_id, form, request_key, account, sealed_content, sealed_answer, state, has_effect, tries, moment_ms,
        holder, outcome, created_at_ms, ended_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> InboundMessage {
        InboundMessage(
            id: try row.identifier(0), workspace: try row.identifier(1), form: try row.choice(2),
            requestKey: try row.text(3), account: try row.text(4), sealedContent: try row.text(5),
            sealedAnswer: try row.text(6), state: try row.choice(7), hasEffect: try row.bool(8), tries: try row.int(9),
            moment: try row.instant(10), holder: try row.textOrNil(11), outcome: try row.textOrNil(12),
            createdAt: try row.instant(13), endedAt: try row.instantOrNil(14))
    }

    package func insert(_ message: InboundMessage) throws -> Bool {
        try sql.execute(
            """
            INSERT INTO inbound (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (request_key) DO NOTHING
            """,
            [
                SQLValue(message.id), SQLValue(message.workspace), SQLValue(message.form), .text(message.requestKey),
                .text(message.account), .text(message.sealedContent), .text(message.sealedAnswer),
                SQLValue(message.state), SQLValue(message.hasEffect), SQLValue(message.tries),
                SQLValue(message.moment), SQLValue(message.holder), SQLValue(message.outcome),
                SQLValue(message.createdAt), SQLValue(message.endedAt),
            ]) == 1
    }

    package func inbound(_ id: Identifier<InboundMessage>) throws -> InboundMessage? {
        try sql.first("SELECT \(Self.columns) FROM inbound WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func claimInbound(
        by holder: String, at now: Instant, until: Instant, limit: Int
    ) throws -> [InboundMessage] {
        let due = try sql.query(
            """
            SELECT \(Self.columns) FROM inbound
            WHERE state IN ('waiting', 'answering') AND moment_ms <= ? ORDER BY moment_ms, id LIMIT ?
            """, [SQLValue(now), SQLValue(limit)], Self.decode)
        return try due.compactMap { message in
            // Another process that claimed it meanwhile has moved its moment: then this changes nothing.
            let changed = try sql.execute(
                """
                UPDATE inbound SET holder = ?, moment_ms = ?
                WHERE id = ? AND state IN ('waiting', 'answering') AND moment_ms <= ?
                """, [.text(holder), SQLValue(until), SQLValue(message.id), SQLValue(now)])
            guard changed == 1 else { return nil }
            var claimed = message
            claimed.holder = holder
            claimed.moment = until
            return claimed
        }.sorted { $0.id < $1.id }
    }

    package func update(_ message: InboundMessage, ifHeldBy holder: String) throws -> Bool {
        // `has_effect` is written by the effect itself and never taken back.
        try sql.execute(
            """
            UPDATE inbound SET sealed_content = ?, sealed_answer = ?, state = ?, tries = ?, moment_ms = ?, holder = ?,
                outcome = ?, ended_at_ms = ?
            WHERE id = ? AND holder = ?
            """,
            [
                .text(message.sealedContent), .text(message.sealedAnswer), SQLValue(message.state),
                SQLValue(message.tries), SQLValue(message.moment), SQLValue(message.holder),
                SQLValue(message.outcome), SQLValue(message.endedAt), SQLValue(message.id), .text(holder),
            ]) == 1
    }

    package func markEffect(of message: Identifier<InboundMessage>) throws {
        let changed = try sql.execute(
            "UPDATE inbound SET has_effect = 1 WHERE id = ? AND has_effect = 0 AND state = 'waiting'",
            [SQLValue(message)])
        guard changed == 1 else {
            throw Refusal.conflict(.state(subject: "inbound", state: "done", verb: "carried out"))
        }
    }

    package func endInboundClaims() throws -> Int {
        try sql.execute(
            """
            UPDATE inbound SET holder = NULL, moment_ms = ? WHERE state IN ('waiting', 'answering') AND holder IS NOT NULL
            """, [SQLValue(now)])
    }

    package func nextInbound() throws -> Instant? {
        try sql.first(
            """
            SELECT moment_ms FROM inbound WHERE state IN ('waiting', 'answering') ORDER BY moment_ms, id LIMIT 1
            """, []
        ) { try $0.instant(0) }
    }

    package func inboundCounts() throws -> (states: [String: Int], oldestOpen: Instant?) {
        let rows = try sql.query("SELECT state, count(*) FROM inbound GROUP BY state ORDER BY state") {
            (try $0.text(0), try $0.int(1))
        }
        let oldest = try sql.first(
            "SELECT min(created_at_ms) FROM inbound WHERE state IN ('waiting', 'answering')", []
        ) { try $0.instantOrNil(0) }
        return (Dictionary(rows, uniquingKeysWith: { $1 }), oldest ?? nil)
    }

    package func pruneInbound(endedBefore: Instant, limit: Int) throws -> Int {
        let gone = try sql.query(
            """
            SELECT id FROM inbound WHERE ended_at_ms IS NOT NULL AND ended_at_ms < ? ORDER BY ended_at_ms, id LIMIT ?
            """, [SQLValue(endedBefore), SQLValue(limit)]
        ) { try $0.text(0) }
        guard !gone.isEmpty else { return 0 }
        return try sql.executeMany("DELETE FROM inbound WHERE id = ?", gone.map { [.text($0)] })
    }
}
