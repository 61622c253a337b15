package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = """
        need_id, seed_id, at_ms, occasion, subject, reason, side, need_revision, seed_revision, seed_stage
        """

    private static func decode(_ row: borrowing SQLRow) throws -> Encounter {
        Encounter(
            need: try row.identifier(0), seed: try row.identifier(1), occasion: try row.choice(3),
            subject: try row.text(4), at: try row.instant(2), reason: try row.isNull(5) ? nil : row.choice(5),
            side: try row.isNull(6) ? nil : row.choice(6), needRevision: try row.int(7),
            seedRevision: try row.int(8), seedStage: try row.isNull(9) ? nil : row.int(9))
    }

    package func remember(_ encounter: Encounter) throws {
        try sql.execute(
            """
            INSERT INTO encounter (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            [
                SQLValue(encounter.need), SQLValue(encounter.seed), SQLValue(encounter.at),
                SQLValue(encounter.occasion), .text(encounter.subject), SQLValue(choice: encounter.reason),
                SQLValue(choice: encounter.side), SQLValue(encounter.needRevision),
                SQLValue(encounter.seedRevision), SQLValue(encounter.seedStage),
            ])
    }

    package func encounters(of posting: Identifier<Posting>, since: Instant) throws -> [Encounter] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM encounter WHERE need_id = ?1
                AND (at_ms >= ?2 OR occasion IN ('refusal', 'meeting'))
            UNION ALL SELECT \(Self.columns) FROM encounter WHERE seed_id = ?1
                AND (at_ms >= ?2 OR occasion IN ('refusal', 'meeting'))
            ORDER BY 1, 2, 3, 4, 5
            """, [SQLValue(posting), SQLValue(since)], Self.decode)
    }

    package func encounters(of pair: PostingPair) throws -> [Encounter] {
        try sql.query(
            """
            SELECT \(Self.columns) FROM encounter WHERE need_id = ? AND seed_id = ? ORDER BY at_ms, occasion, subject
            """, [SQLValue(pair.need), SQLValue(pair.seed)], Self.decode)
    }

    package func encounters(since: Instant) throws -> [Encounter] {
        // Two queries, each by its index: ordered as one, SQLite reads the whole table.
        let recent = try sql.query(
            """
            SELECT \(Self.columns) FROM encounter WHERE at_ms >= ? ORDER BY at_ms, occasion, need_id, seed_id, subject
            """, [SQLValue(since)], Self.decode)
        return recent
            + (try sql.query(
                """
                SELECT \(Self.columns) FROM encounter WHERE occasion IN ('refusal', 'meeting') AND at_ms < ?
                ORDER BY need_id, seed_id, at_ms, occasion, subject
                """, [SQLValue(since)], Self.decode))
    }

    package func exposures(
        of postings: Set<Identifier<Posting>>, from: Instant, to: Instant
    ) throws -> [Identifier<Posting>: Int] {
        var counts: [Identifier<Posting>: Int] = [:]
        try Portions.each(of: postings.map(\.text).sorted()) { placeholders, values in
            for column in ["need_id", "seed_id"] {
                try sql.each(
                    """
                    SELECT \(column), count(*) FROM encounter WHERE \(column) IN (\(placeholders))
                        AND occasion = 'suggestion' AND at_ms >= ? AND at_ms < ?
                    GROUP BY \(column) ORDER BY \(column)
                    """, values + [SQLValue(from), SQLValue(to)]
                ) { counts[try $0.identifier(0)] = try $0.int(1) }
            }
        }
        return counts
    }

    package func exposureTotals(from: Instant, to: Instant) throws -> ExposureTotals {
        let row = try sql.first(
            """
            SELECT count(*), count(DISTINCT need_id), count(DISTINCT seed_id) FROM encounter
            WHERE at_ms >= ? AND at_ms < ? AND occasion = 'suggestion'
            """, [SQLValue(from), SQLValue(to)]
        ) { ExposureTotals(suggestions: try $0.int(0), needs: try $0.int(1), seeds: try $0.int(2)) }
        return row ?? ExposureTotals(suggestions: 0, needs: 0, seeds: 0)
    }

    package func givenAnswers() throws -> [GivenAnswer] {
        try sql.query(
            """
            SELECT need_owner_id, seed_id, NULL AS reason FROM introduction WHERE need_answer = 'interested'
            UNION ALL SELECT seed_owner_id, need_id, NULL FROM introduction WHERE seed_answer = 'interested'
            UNION ALL SELECT n.owner_id, e.seed_id, e.reason FROM encounter e JOIN posting n ON n.id = e.need_id
                WHERE e.occasion = 'refusal' AND e.side = 'need'
            UNION ALL SELECT s.owner_id, e.need_id, e.reason FROM encounter e JOIN posting s ON s.id = e.seed_id
                WHERE e.occasion = 'refusal' AND e.side = 'seed'
            ORDER BY 1, 2
            """
        ) { row in
            GivenAnswer(
                owner: try row.identifier(0), about: try row.identifier(1),
                reason: try row.isNull(2) ? nil : row.choice(2))
        }
    }
}
