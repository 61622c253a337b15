package import Delivery
package import Exchange
package import Operations

extension StoredTransaction {
    private static func values(_ ending: DeliveryAttemptEnding?) -> [SQLValue] {
        guard let ending else { return Array(repeating: .null, count: 7) }
        return [
            .integer(ending.ended), SQLValue(ending.status), .text(ending.outcome), .text(ending.verdict),
            .text(ending.reason.code), .text(ending.reason.sentence), SQLValue(ending.requestBytes),
        ]
    }

    package func insert(_ attempt: DeliveryAttempt, of delivery: Identifier<OutboxDelivery>) throws {
        try sql.execute(
            """
            INSERT INTO delivery_attempt (ended_ms, status, outcome, verdict, reason_code, reason_sentence,
                request_bytes, delivery_id, number, started_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            Self.values(attempt.ending) + [SQLValue(delivery), SQLValue(attempt.number), .integer(attempt.started)])
    }

    package func update(_ attempt: DeliveryAttempt, of delivery: Identifier<OutboxDelivery>) throws {
        let changed = try sql.execute(
            """
            UPDATE delivery_attempt SET ended_ms = ?, status = ?, outcome = ?, verdict = ?, reason_code = ?,
                reason_sentence = ?, request_bytes = ?
            WHERE delivery_id = ? AND number = ?
            """, Self.values(attempt.ending) + [SQLValue(delivery), SQLValue(attempt.number)])
        guard changed == 1 else { throw Refusal.notFound(subject: "attempt", id: "\(delivery.text) \(attempt.number)") }
    }

    package func remove(attempt number: Int, of delivery: Identifier<OutboxDelivery>) throws {
        try sql.execute(
            "DELETE FROM delivery_attempt WHERE delivery_id = ? AND number = ?", [SQLValue(delivery), SQLValue(number)])
    }

    package func lastAttempts(
        of deliveries: Set<Identifier<OutboxDelivery>>
    ) throws -> [Identifier<OutboxDelivery>: Int] {
        var found: [Identifier<OutboxDelivery>: Int] = [:]
        try Portions.each(of: deliveries.map(\.text)) { placeholders, values in
            let query = """
                SELECT delivery_id, max(number) FROM delivery_attempt WHERE delivery_id IN (\(placeholders))
                GROUP BY delivery_id ORDER BY delivery_id
                """
            try sql.each(query, values) { found[try $0.identifier(0)] = try $0.int(1) }
        }
        return found
    }

    package func attempts(of delivery: Identifier<OutboxDelivery>) throws -> [DeliveryAttempt] {
        try sql.query(
            """
            SELECT number, started_ms, ended_ms, status, outcome, verdict, reason_code, reason_sentence, request_bytes
            FROM delivery_attempt WHERE delivery_id = ? ORDER BY number
            """, [SQLValue(delivery)]
        ) { row in
            var ending: DeliveryAttemptEnding?
            if let ended = try row.int64OrNil(2) {
                ending = DeliveryAttemptEnding(
                    ended: ended, status: try row.intOrNil(3), outcome: try row.text(4), verdict: try row.text(5),
                    reason: JudgedReason(try row.text(6), try row.text(7)), requestBytes: try row.int(8))
            }
            return DeliveryAttempt(number: try row.int(0), started: try row.int64(1), ending: ending)
        }
    }
}
