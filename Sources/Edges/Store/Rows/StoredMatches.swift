package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        id, need_id, seed_id, score, parts, kind, reason, state, round, version, created_at_ms, updated_at_ms
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Match {
        Match(
            id: try row.identifier(0), need: try row.identifier(1), seed: try row.identifier(2),
            score: try row.double(3), parts: try JSONText.numbers(from: try row.text(4)), kind: try row.choice(5),
            reason: try row.text(6), state: try row.choice(7), round: try row.textOrNil(8), version: try row.int(9),
            createdAt: try row.instant(10), updatedAt: try row.instant(11))
    }

    package func insert(_ match: Match) throws -> Bool {
        let changed = try sql.execute(
            """
            INSERT INTO match (id, reference, need_id, seed_id, need_organization_id, seed_organization_id, score,
                parts, kind, reason, state, round, version, created_at_ms, updated_at_ms)
            VALUES (?1, ?13, ?2, ?3, (SELECT organization_id FROM posting WHERE id = ?2),
                (SELECT organization_id FROM posting WHERE id = ?3), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            ON CONFLICT (need_id, seed_id) DO NOTHING
            """,
            [
                SQLValue(match.id), SQLValue(match.need), SQLValue(match.seed), .real(match.score),
                .text(JSONText.dictionary(match.parts)), SQLValue(match.kind), .text(match.reason),
                SQLValue(match.state), SQLValue(match.round), SQLValue(match.version), SQLValue(match.createdAt),
                SQLValue(match.updatedAt), .text(String(match.id.text.suffix(Self.referenceLength))),
            ])
        return changed == 1
    }

    package func update(_ match: Match, expecting version: Int) throws {
        let changed = try sql.execute(
            "UPDATE match SET state = ?, version = ?, updated_at_ms = ? WHERE id = ? AND version = ?",
            [
                SQLValue(match.state), SQLValue(match.version), SQLValue(match.updatedAt), SQLValue(match.id),
                SQLValue(version),
            ])
        guard changed == 1 else { try refuseStale("match", "match", match.id.text) }
    }

    package func renew(_ match: Match, expecting version: Int) throws {
        let changed = try sql.execute(
            """
            UPDATE match SET score = ?, parts = ?, kind = ?, reason = ?, state = ?, round = ?, version = ?,
                created_at_ms = ?, updated_at_ms = ?
            WHERE id = ? AND version = ?
            """,
            [
                .real(match.score), .text(JSONText.dictionary(match.parts)), SQLValue(match.kind), .text(match.reason),
                SQLValue(match.state), SQLValue(match.round), SQLValue(match.version), SQLValue(match.createdAt),
                SQLValue(match.updatedAt), SQLValue(match.id), SQLValue(version),
            ])
        guard changed == 1 else { try refuseStale("match", "match", match.id.text) }
    }

    package func match(_ id: Identifier<Match>) throws -> Match? {
        try sql.first("SELECT \(Self.columns) FROM match WHERE id = ?", [SQLValue(id)], Self.decode)
    }

    package func match(_ pair: PostingPair) throws -> Match? {
        try sql.first(
            "SELECT \(Self.columns) FROM match WHERE need_id = ? AND seed_id = ?",
            [SQLValue(pair.need), SQLValue(pair.seed)], Self.decode)
    }

    /// How many characters people read out.
    private static let referenceLength = 8

    package func matches(endingWith reference: String) throws -> [Match] {
        let wanted = reference.lowercased()
        guard !wanted.isEmpty, wanted.utf8.allSatisfy({ (48...57).contains($0) || (97...122).contains($0) }) else {
            return []
        }
        var conditions = Conditions()
        if wanted.count >= Self.referenceLength {
            conditions.add("reference = ?", .text(String(wanted.suffix(Self.referenceLength))))
        }
        conditions.add("id LIKE ?", .text("%" + wanted))
        return try sql.query(
            "SELECT \(Self.columns) FROM match\(conditions.whereClause) ORDER BY id DESC LIMIT 2", conditions.values,
            Self.decode)
    }

    package func matches(_ filter: MatchListFilter, _ page: PageRequest) throws -> Page<Match> {
        var conditions = Conditions()
        conditions.add("state", in: filter.states.map(\.rawValue))
        if let kind = filter.kind { conditions.add("kind = ?", SQLValue(kind)) }
        if let least = filter.minimumScore { conditions.add("score >= ?", .real(least)) }
        let rows: [Match]
        if let posting = filter.posting {
            if let organization = filter.organization {
                conditions.add(
                    "need_organization_id = ? OR seed_organization_id = ?", SQLValue(organization),
                    SQLValue(organization))
            }
            try addCursor(page.after, to: &conditions)
            rows = try either("need_id", "seed_id", SQLValue(posting), conditions, "score DESC, id DESC", page)
        } else {
            if let after = page.after { conditions.add("id < ?", .text(after)) }
            if let organization = filter.organization {
                rows = try either(
                    "need_organization_id", "seed_organization_id", SQLValue(organization), conditions, "id DESC", page)
            } else {
                rows = try sql.query(
                    "SELECT \(Self.columns) FROM match\(conditions.whereClause) ORDER BY id DESC LIMIT ?",
                    conditions.values + [SQLValue(page.limit + 1)], Self.decode)
            }
        }
        return self.page(rows, page) { $0.id.text }
    }

    /// Rows that have the value in one of two columns, each found through its own index, best or newest first.
    private func either(
        _ left: String, _ right: String, _ value: SQLValue, _ conditions: Conditions, _ order: String,
        _ page: PageRequest
    ) throws -> [Match] {
        func side(_ column: String) -> String {
            """
            SELECT \(Self.columns) FROM (SELECT \(Self.columns) FROM match WHERE \(column) = ? AND \(conditions.joined)
            ORDER BY \(order) LIMIT ?) AS \(column)_side
            """
        }
        let values = [value] + conditions.values + [SQLValue(page.limit + 1)]
        return try sql.query(
            "\(side(left)) UNION \(side(right)) ORDER BY \(order) LIMIT ?",
            values + values + [SQLValue(page.limit + 1)], Self.decode)
    }

    /// Goes on behind a match in a list ordered by score.
    private func addCursor(_ after: String?, to conditions: inout Conditions) throws {
        guard let after else { return }
        let score = try sql.first("SELECT score FROM match WHERE id = ?", [.text(after)]) { try $0.double(0) }
        guard let score else {
            throw Refusal.invalid("after", .unknown, "This place in the list is gone. Begin again at the first page.")
        }
        conditions.add("score < ? OR (score = ? AND id < ?)", .real(score), .real(score), .text(after))
    }

    /// Put aside by hand, not by a refusal, or taken.
    private static let settled = """
        state = 'taken' OR (state = 'dismissed' AND NOT EXISTS (
            SELECT 1 FROM introduction i
            WHERE i.need_id = match.need_id AND i.seed_id = match.seed_id AND i.state = 'refused'))
        """

    package func settledPairs(of posting: Identifier<Posting>) throws -> [PostingPair] {
        try pairs(
            """
            SELECT need_id, seed_id FROM match WHERE need_id = ?1 AND (\(Self.settled))
            UNION SELECT need_id, seed_id FROM match WHERE seed_id = ?1 AND (\(Self.settled))
            UNION SELECT need_id, seed_id FROM introduction WHERE need_id = ?1 AND state <> 'refused'
            UNION SELECT need_id, seed_id FROM introduction WHERE seed_id = ?1 AND state <> 'refused'
            """, [SQLValue(posting)])
    }

    package func settledPairs() throws -> [PostingPair] {
        try pairs(
            """
            SELECT need_id, seed_id FROM match WHERE state IN ('dismissed', 'taken') AND (\(Self.settled))
            UNION SELECT need_id, seed_id FROM introduction WHERE state <> 'refused'
            """, [])
    }

    private func pairs(_ query: String, _ values: [SQLValue]) throws -> [PostingPair] {
        try sql.query(query + " ORDER BY 1, 2", values) { row in
            PostingPair(need: try row.identifier(0), seed: try row.identifier(1))
        }
    }

    package func matches(ofRound round: String) throws -> [Match] {
        try sql.query(
            "SELECT \(Self.columns) FROM match WHERE round = ? ORDER BY need_id, score DESC, id", [.text(round)],
            Self.decode)
    }

    package func withdrawProposals(of posting: Identifier<Posting>) throws -> Int {
        try sql.execute(
            """
            DELETE FROM match WHERE (need_id = ?1 OR seed_id = ?1) AND state = 'proposed' AND NOT EXISTS (
                SELECT 1 FROM introduction i WHERE i.need_id = match.need_id AND i.seed_id = match.seed_id)
            """, [SQLValue(posting)])
    }

    package func matchCounts() throws -> [MatchCount] {
        try sql.query("SELECT kind, state, count(*) FROM match GROUP BY kind, state ORDER BY kind, state") { row in
            MatchCount(kind: try row.choice(0), state: try row.choice(1), count: try row.int(2))
        }
    }
}
