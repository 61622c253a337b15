import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, state, holder, started_by, started_at_ms, updated_at_ms, ended_at_ms, done, needs, pairs, new_matches
        """

    private static func decode(_ row: borrowing SQLRow) throws -> StoredRound {
        StoredRound(
            id: try row.text(0), state: try row.choice(1), holder: try row.text(2),
            startedBy: ActorReference(stored: try row.text(3)), startedAt: try row.instant(4),
            updatedAt: try row.instant(5), endedAt: try row.instantOrNil(6), done: try row.int(7),
            all: try row.int(8), pairs: try row.int(9), newMatches: try row.int(10))
    }

    package func insert(_ round: StoredRound) throws {
        let changed = try sql.execute(
            """
            INSERT INTO matching_round (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            [
                .text(round.id), SQLValue(round.state), .text(round.holder), .text(round.startedBy.text),
                SQLValue(round.startedAt), SQLValue(round.updatedAt), SQLValue(round.endedAt), SQLValue(round.done),
                SQLValue(round.all), SQLValue(round.pairs), SQLValue(round.newMatches),
            ])
        guard changed == 1 else {
            let other = try identity("SELECT id FROM matching_round WHERE state = 'running'")
            throw Self.duplicate("A round that runs", other ?? round.id)
        }
    }

    package func update(_ round: StoredRound, ifStill state: StoredRound.State, of holder: String) throws -> Bool {
        let changed = try sql.execute(
            """
            UPDATE matching_round SET state = ?, holder = ?, updated_at_ms = ?, ended_at_ms = ?, done = ?, needs = ?,
                pairs = ?, new_matches = ?
            WHERE id = ? AND state = ? AND holder = ?
            """,
            [
                SQLValue(round.state), .text(round.holder), SQLValue(round.updatedAt), SQLValue(round.endedAt),
                SQLValue(round.done), SQLValue(round.all), SQLValue(round.pairs), SQLValue(round.newMatches),
                .text(round.id), SQLValue(state), .text(holder),
            ])
        return changed == 1
    }

    package func round(_ id: String) throws -> StoredRound? {
        try sql.first("SELECT \(Self.columns) FROM matching_round WHERE id = ?", [.text(id)], Self.decode)
    }

    package func latestRound() throws -> StoredRound? {
        try sql.first(
            "SELECT \(Self.columns) FROM matching_round ORDER BY started_at_ms DESC, id DESC LIMIT 1", [], Self.decode)
    }

    package func insert(rows: [(need: String, candidates: String)], of round: String) throws {
        guard !rows.isEmpty else { return }
        _ = try sql.executeMany(
            """
            INSERT INTO matching_round_row (round_id, need_id, candidates) VALUES (?, ?, ?)
            ON CONFLICT (round_id, need_id) DO NOTHING
            """, rows.map { [.text(round), .text($0.need), .text($0.candidates)] })
    }

    package func rows(
        of round: String, after need: String, limit: Int
    ) throws -> [(need: String, candidates: String)] {
        try sql.query(
            """
            SELECT need_id, candidates FROM matching_round_row WHERE round_id = ? AND need_id > ?
            ORDER BY need_id LIMIT ?
            """, [.text(round), .text(need), SQLValue(limit)]
        ) { (need: try $0.text(0), candidates: try $0.text(1)) }
    }

    package func removeRows(of round: String) throws {
        try sql.execute("DELETE FROM matching_round_row WHERE round_id = ?", [.text(round)])
    }
}
