import Delivery
package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        d.id, d.notice_id, d.channel_id, d.sequence, d.state, d.moment_ms, d.holder, d.reason_code, d.reason_sentence,
        d.first_due_ms, d.tries, d.doubts, d.created_at_ms
        """

    /// Deliveries that those behind them wait for. Word for word the condition of the index `delivery_open`.
    private static let isOpen = "d.state IN ('due', 'waiting', 'claimed', 'held')"

    /// Each channel that has open deliveries, with the sequence of the first: one index probe a channel, however long
    /// the lines are and however many channels have none. (CROSS JOINs after it keep the planner from beginning with
    /// all that is due.)
    private static let lines = """
        WITH RECURSIVE busy (channel_id) AS (
            SELECT min(d.channel_id) FROM delivery d WHERE \(isOpen)
            UNION ALL
            SELECT (SELECT min(d.channel_id) FROM delivery d WHERE d.channel_id > busy.channel_id AND \(isOpen))
            FROM busy WHERE busy.channel_id IS NOT NULL
        ), line (channel_id, sequence) AS (
            SELECT busy.channel_id,
                (SELECT min(d.sequence) FROM delivery d WHERE d.channel_id = busy.channel_id AND \(isOpen))
            FROM busy WHERE busy.channel_id IS NOT NULL
        )
        """

    private static func decode(_ row: borrowing SQLRow) throws -> OutboxDelivery {
        let stored = StoredDeliveryState(
            word: try row.text(4), moment: try row.int64(5), holder: try row.textOrNil(6),
            reasonCode: try row.textOrNil(7), reasonSentence: try row.textOrNil(8))
        guard let state = DeliveryState(stored) else {
            throw StoreFault.undecodable("the state “\(stored.word)” of a delivery does not fit its other columns")
        }
        return OutboxDelivery(
            id: try row.identifier(0), notice: try row.identifier(1), channel: try row.identifier(2),
            sequence: try row.int64(3),
            progress: DeliveryProgress(
                state: state, firstDue: try row.int64(9), tries: try row.int(10), doubts: try row.int(11)),
            createdAt: try row.instant(12))
    }

    private static func values(_ progress: DeliveryProgress) -> [SQLValue] {
        let stored = progress.state.stored
        return [
            .text(stored.word), .integer(stored.moment), SQLValue(stored.holder), SQLValue(stored.reasonCode),
            SQLValue(stored.reasonSentence), .integer(progress.firstDue), SQLValue(progress.tries),
            SQLValue(progress.doubts),
        ]
    }

    package func enqueue(_ notice: Notice, delivery: Identifier<OutboxDelivery>) throws {
        try sql.execute(
            """
            INSERT INTO notice (id, channel_id, topic, subject, body, marked_body, custody, created_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                SQLValue(notice.id), SQLValue(notice.channel), SQLValue(notice.topic), .text(notice.subject),
                .text(notice.body), SQLValue(notice.markedBody), SQLValue(notice.custody),
                SQLValue(notice.createdAt),
            ])
        try sql.execute(
            """
            INSERT INTO delivery (state, moment_ms, holder, reason_code, reason_sentence, first_due_ms, tries, doubts,
                id, notice_id, channel_id, sequence, body_purged, created_at_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
                (SELECT coalesce(max(sequence), 0) + 1 FROM delivery WHERE channel_id = ?11), 0, ?12)
            """,
            Self.values(DeliveryProgress(due: sql.now)) + [
                SQLValue(delivery), SQLValue(notice.id), SQLValue(notice.channel), SQLValue(notice.createdAt),
            ])
    }

    package func claimable(at now: Instant, perChannel: Int, limit: Int) throws -> [OutboxDelivery] {
        let channels = try sql.query(
            """
            \(Self.lines)
            SELECT c.id FROM line l CROSS JOIN channel c CROSS JOIN delivery d
                LEFT JOIN channel_course s ON s.channel_id = c.id
            WHERE c.id = l.channel_id AND d.channel_id = c.id AND d.sequence = l.sequence
                AND (c.state = 'active' OR (c.state = 'muted' AND c.state_at_ms <= ?1))
                AND d.state IN ('due', 'waiting') AND d.moment_ms <= ?1
                AND coalesce(s.rests_until_ms, 0) <= ?1
            ORDER BY d.moment_ms, c.id LIMIT ?2
            """, [SQLValue(now), SQLValue(limit)]
        ) { try $0.text(0) }
        var claimable: [OutboxDelivery] = []
        for channel in channels where claimable.count < limit {
            let most = min(perChannel, limit - claimable.count)
            let open = try openDeliveries(of: Identifier(stored: channel), limit: most)
            claimable += open.prefix { $0.progress.state.isDue(at: now) }
        }
        return claimable
    }

    package func lapsedClaims(at now: Instant, limit: Int) throws -> [OutboxDelivery] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM delivery d
            WHERE d.state = 'claimed' AND d.body_purged = 0 AND d.moment_ms <= ?
            ORDER BY d.moment_ms, d.id LIMIT ?
            """, [SQLValue(now), SQLValue(limit)], Self.decode)
    }

    package func openDeliveries(of channel: Identifier<Channel>, limit: Int) throws -> [OutboxDelivery] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM delivery d WHERE d.channel_id = ? AND \(Self.isOpen)
            ORDER BY d.sequence LIMIT ?
            """, [SQLValue(channel), SQLValue(limit)], Self.decode)
    }

    package func update(_ delivery: OutboxDelivery, ifHeldBy holder: String?) throws -> Bool {
        let changed = try sql.execute(
            """
            UPDATE delivery SET state = ?, moment_ms = ?, holder = ?, reason_code = ?, reason_sentence = ?,
                first_due_ms = ?, tries = ?, doubts = ?
            WHERE id = ? AND holder IS NOT DISTINCT FROM ?
            """, Self.values(delivery.progress) + [SQLValue(delivery.id), SQLValue(holder)])
        return changed == 1
    }

    /// The first open delivery of each channel that is not stopped, when its channel is open again at the latest; and
    /// the end of every lease, so that the deliveries of a sender that died are found whatever became of their channel.
    package func nextLook(at now: Instant) throws -> Instant? {
        let moments = try sql.query(
            """
            \(Self.lines)
            SELECT min(CASE WHEN c.state = 'muted' AND c.state_at_ms > d.moment_ms AND c.state_at_ms > ?1
                    AND c.state_at_ms > coalesce(s.rests_until_ms, 0) THEN c.state_at_ms
                WHEN s.rests_until_ms > d.moment_ms AND d.state <> 'claimed' THEN s.rests_until_ms
                ELSE d.moment_ms END)
            FROM line l CROSS JOIN channel c CROSS JOIN delivery d
                LEFT JOIN channel_course s ON s.channel_id = c.id
            WHERE c.id = l.channel_id AND d.channel_id = c.id AND d.sequence = l.sequence
                AND c.state <> 'stopped' AND d.state <> 'held'
            UNION ALL SELECT min(d.moment_ms) FROM delivery d WHERE d.state = 'claimed' AND d.body_purged = 0
            """, [SQLValue(now)]
        ) { try $0.instantOrNil(0) }
        return moments.compactMap { $0 }.min()
    }

    package func delivery(_ id: Identifier<OutboxDelivery>) throws -> OutboxDelivery? {
        try sql.first("SELECT \(Self.columns) FROM delivery d WHERE d.id = ?", [SQLValue(id)], Self.decode)
    }

    package func notices(_ ids: Set<Identifier<Notice>>) throws -> [Identifier<Notice>: Notice] {
        var found: [Identifier<Notice>: Notice] = [:]
        try Portions.each(of: ids.map(\.text)) { placeholders, values in
            let query = """
                SELECT id, channel_id, topic, subject, body, marked_body, custody, created_at_ms FROM notice
                WHERE id IN (\(placeholders)) ORDER BY id
                """
            try sql.each(query, values) { row in
                let notice = Notice(
                    id: try row.identifier(0), channel: try row.identifier(1), topic: try row.choice(2),
                    subject: try row.text(3), body: try row.text(4), markedBody: try row.textOrNil(5),
                    custody: try row.choice(6), createdAt: try row.instant(7))
                found[notice.id] = notice
            }
        }
        return found
    }

    package func deliveries(_ filter: DeliveryFilter, _ page: PageRequest) throws -> Page<OutboxDelivery> {
        var conditions = Conditions()
        if let channel = filter.channel { conditions.add("d.channel_id = ?", SQLValue(channel)) }
        conditions.add("d.state", in: filter.states)
        if let since = filter.since { conditions.add("d.created_at_ms >= ?", SQLValue(since)) }
        if let until = filter.until { conditions.add("d.created_at_ms < ?", SQLValue(until)) }
        if let after = page.after { conditions.add("d.id < ?", .text(after)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM delivery d\(conditions.whereClause) ORDER BY d.id DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { $0.id.text }
    }

    package func deliveryCounts() throws -> [String: Int] {
        let counts = try sql.query("SELECT state, count(*) FROM delivery GROUP BY state ORDER BY state") {
            (try $0.text(0), try $0.int(1))
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    package func purgeBodies(deliveredBefore: Instant, limit: Int) throws -> Int {
        var rows: [(SQLValue, SQLValue)] = []
        for state in ["delivered", "dead", "ambiguous"] where rows.count < limit {
            rows += try sql.query(
                """
                SELECT d.id, d.notice_id FROM delivery d
                WHERE d.state = ? AND d.body_purged = 0 AND d.moment_ms < ? ORDER BY d.moment_ms, d.id LIMIT ?
                """, [.text(state), SQLValue(deliveredBefore), SQLValue(limit - rows.count)]
            ) { (SQLValue.text(try $0.text(0)), SQLValue.text(try $0.text(1))) }
        }
        try sql.executeMany("UPDATE notice SET body = '', marked_body = NULL WHERE id = ?", rows.map { [$0.1] })
        return try sql.executeMany("UPDATE delivery SET body_purged = 1 WHERE id = ?", rows.map { [$0.0] })
    }
}

extension DeliveryState {
    fileprivate func isDue(at now: Instant) -> Bool {
        switch self {
        case .due(let moment), .waiting(let moment, _): moment <= now.milliseconds
        case .claimed, .ambiguous, .held, .delivered, .dead: false
        }
    }
}
