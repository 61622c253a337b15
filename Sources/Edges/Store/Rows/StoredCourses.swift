package import Delivery
package import Exchange
package import Operations

extension StoredTransaction {
    package func courses(_ channels: Set<Identifier<Channel>>) throws -> [Identifier<Channel>: ChannelCourse] {
        var found: [Identifier<Channel>: ChannelCourse] = [:]
        try Portions.each(of: channels.map(\.text)) { placeholders, values in
            let query = """
                SELECT channel_id, full_at_ms, rests_until_ms, failures, broken_since_ms, open_until_ms,
                    last_success_ms, last_failure_ms, reason_code, reason_sentence, mean_ms
                FROM channel_course WHERE channel_id IN (\(placeholders)) ORDER BY channel_id
                """
            try sql.each(query, values) { row in
                let (code, sentence) = (try row.textOrNil(8), try row.textOrNil(9))
                let reason = code.map { JudgedReason($0, sentence ?? "") }
                found[try row.identifier(0)] = ChannelCourse(
                    fullAt: try row.int64(1), restsUntil: try row.int64(2), failures: try row.int(3),
                    brokenSince: try row.int64OrNil(4), openUntil: try row.int64OrNil(5),
                    lastSuccess: try row.int64OrNil(6), lastFailure: try row.int64OrNil(7), reason: reason,
                    meanMilliseconds: try row.double(10))
            }
        }
        return found
    }

    package func save(_ course: ChannelCourse, of channel: Identifier<Channel>) throws {
        func moment(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
        try sql.execute(
            """
            INSERT INTO channel_course (channel_id, full_at_ms, rests_until_ms, failures, broken_since_ms,
                open_until_ms, last_success_ms, last_failure_ms, reason_code, reason_sentence, mean_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (channel_id) DO UPDATE SET full_at_ms = excluded.full_at_ms,
                rests_until_ms = excluded.rests_until_ms, failures = excluded.failures,
                broken_since_ms = excluded.broken_since_ms, open_until_ms = excluded.open_until_ms,
                last_success_ms = excluded.last_success_ms, last_failure_ms = excluded.last_failure_ms,
                reason_code = excluded.reason_code, reason_sentence = excluded.reason_sentence,
                mean_ms = excluded.mean_ms
            """,
            [
                SQLValue(channel), .integer(course.fullAt), .integer(course.restsUntil), SQLValue(course.failures),
                moment(course.brokenSince), moment(course.openUntil), moment(course.lastSuccess),
                moment(course.lastFailure), SQLValue(course.reason?.code), SQLValue(course.reason?.sentence),
                .real(course.meanMilliseconds),
            ])
    }

    package func outboxPulse(by moment: Instant) throws -> OutboxPulse {
        let heads = try sql.query(
            """
            SELECT d.moment_ms, d.state, c.state, coalesce(c.state_at_ms, 0), coalesce(s.rests_until_ms, 0), c.id
            FROM channel c CROSS JOIN delivery d LEFT JOIN channel_course s ON s.channel_id = c.id
            WHERE d.channel_id = c.id AND d.sequence = (
                SELECT min(o.sequence) FROM delivery o
                WHERE o.channel_id = c.id AND o.state IN ('due', 'waiting', 'claimed', 'held'))
            ORDER BY c.id
            """
        ) { row in
            (
                moment: try row.int64(0), state: try row.text(1), channelState: try row.text(2),
                channelMoment: try row.int64(3), rests: try row.int64(4),
                channel: try row.identifier(5, of: Channel.self)
            )
        }
        var oldest: Int64?
        var overdue = 0
        var behind: [Identifier<Channel>: Int] = [:]
        for head in heads {
            if head.channelState == "stopped" {
                behind[head.channel] = Int(
                    try sql.number(
                        """
                        SELECT count(*) FROM delivery d
                        WHERE d.channel_id = ? AND d.state IN ('due', 'waiting', 'claimed', 'held')
                        """, [SQLValue(head.channel)]))
                continue
            }
            guard head.state == "due" || head.state == "waiting" else { continue }
            // What could be sent since then, and was not.
            let since = max(head.moment, head.rests, head.channelState == "muted" ? head.channelMoment : 0)
            guard since <= sql.now else { continue }
            oldest = min(oldest ?? since, since)
            if since < moment.milliseconds { overdue += 1 }
        }
        let lapsed = try sql.number(
            """
            SELECT count(*) FROM delivery d WHERE d.state = 'claimed' AND d.body_purged = 0 AND d.moment_ms < ?
            """, [SQLValue(moment)])
        return OutboxPulse(
            counts: try deliveryCounts(), oldestDue: oldest.map(Instant.init(milliseconds:)), overdue: overdue,
            lapsed: Int(lapsed), behindStopped: behind)
    }
}
