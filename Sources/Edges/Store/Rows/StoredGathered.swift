import Delivery
package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = "id, channel_id, topic, subject, content, not_before_ms, created_at_ms"

    private static func decode(_ row: borrowing SQLRow) throws -> GatheredNotice {
        guard let content = NoticeContent(json: Array(try row.text(4).utf8)) else {
            throw StoreFault.undecodable("the content of a gathered notice is not what was written")
        }
        return GatheredNotice(
            id: try row.identifier(0), channel: try row.identifier(1), topic: try row.choice(2),
            subject: try row.text(3), content: content, notBefore: try row.instant(5), createdAt: try row.instant(6))
    }

    package func gather(_ notice: GatheredNotice) throws {
        try sql.execute(
            """
            INSERT INTO gathered_notice (\(Self.columns), place)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,
                (SELECT coalesce(max(place), 0) + 1 FROM gathered_notice WHERE channel_id = ?2))
            """,
            [
                SQLValue(notice.id), SQLValue(notice.channel), SQLValue(notice.topic), .text(notice.subject),
                .text(String(decoding: notice.content.json.bytes, as: UTF8.self)), SQLValue(notice.notBefore),
                SQLValue(notice.createdAt),
            ])
    }

    package func gatheredCount(of channel: Identifier<Channel>) throws -> GatheredCount {
        try sql.first(
            "SELECT count(*), min(not_before_ms) FROM gathered_notice WHERE channel_id = ?", [SQLValue(channel)]
        ) { GatheredCount(count: try $0.int(0), next: try $0.instantOrNil(1)) } ?? GatheredCount(count: 0, next: nil)
    }

    package func channelsToRelease(at now: Instant, limit: Int) throws -> [Identifier<Channel>] {
        try sql.query(
            """
            SELECT g.channel_id, min(g.not_before_ms) FROM gathered_notice g CROSS JOIN channel c
            WHERE c.id = g.channel_id AND g.not_before_ms <= ?1
                AND (c.state = 'active' OR (c.state = 'muted' AND c.state_at_ms <= ?1))
            GROUP BY g.channel_id ORDER BY min(g.not_before_ms), g.channel_id LIMIT ?2
            """, [SQLValue(now), SQLValue(limit)]
        ) { try $0.identifier(0) }
    }

    package func takeGathered(
        of channel: Identifier<Channel>, at now: Instant, limit: Int
    ) throws -> [GatheredNotice] {
        try sql.query(
            """
            DELETE FROM gathered_notice WHERE id IN (
                SELECT id FROM gathered_notice WHERE channel_id = ? AND not_before_ms <= ? ORDER BY place, id LIMIT ?)
            RETURNING \(Self.columns), place
            """, [SQLValue(channel), SQLValue(now), SQLValue(limit)]
        ) { (place: try $0.int64(7), notice: try Self.decode($0)) }
        .sorted { ($0.place, $0.notice.id) < ($1.place, $1.notice.id) }.map(\.notice)
    }

    package func hastenGathered(of channel: Identifier<Channel>, to moment: Instant) throws {
        try sql.execute(
            "UPDATE gathered_notice SET not_before_ms = ?1 WHERE channel_id = ?2 AND not_before_ms > ?1",
            [SQLValue(moment), SQLValue(channel)])
    }

    package func nextRelease(after now: Instant) throws -> Instant? {
        try sql.first(
            "SELECT min(not_before_ms) FROM gathered_notice WHERE not_before_ms > ?", [SQLValue(now)]
        ) { try $0.instantOrNil(0) } ?? nil
    }

    package func openDeliveryCount(of channel: Identifier<Channel>, upTo most: Int) throws -> Int {
        try sql.first(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM delivery d
                WHERE d.channel_id = ? AND d.state IN ('due', 'waiting', 'claimed', 'held')
                ORDER BY d.sequence LIMIT ?) AS shown
            """, [SQLValue(channel), SQLValue(most)]
        ) { try $0.int(0) } ?? 0
    }
}
