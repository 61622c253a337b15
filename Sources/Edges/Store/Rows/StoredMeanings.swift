package import Exchange
package import Operations

extension StoredTransaction {
    package func setMeanings(_ meanings: [PostingMeaning], of posting: Identifier<Posting>) throws {
        try sql.execute("DELETE FROM posting_meaning WHERE posting_id = ?", [SQLValue(posting)])
        guard !meanings.isEmpty else { return }
        try sql.executeMany(
            """
            INSERT INTO posting_meaning (posting_id, facet, model, text_key, scale, vector, is_matched, made_at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            meanings.map { meaning in
                [
                    SQLValue(posting), SQLValue(meaning.facet), .text(meaning.model), .text(meaning.textKey),
                    .real(Double(meaning.vector.scale)), .blob(meaning.vector.bytes), SQLValue(meaning.isMatched),
                    SQLValue(now),
                ]
            })
    }

    package func meanings(
        of postings: Set<Identifier<Posting>>
    ) throws -> [Identifier<Posting>: [PostingMeaning]] {
        var found: [Identifier<Posting>: [PostingMeaning]] = [:]
        try Portions.each(of: postings.map(\.text).sorted()) { placeholders, values in
            try sql.each(
                """
                SELECT posting_id, facet, model, text_key, scale, vector, is_matched FROM posting_meaning
                WHERE posting_id IN (\(placeholders)) ORDER BY posting_id, facet
                """, values
            ) { row in
                found[try row.identifier(0), default: []].append(
                    PostingMeaning(
                        facet: try row.choice(1), model: try row.text(2), textKey: try row.text(3),
                        vector: PackedVector(bytes: try row.blob(5), scale: Float(try row.double(4))),
                        isMatched: try row.bool(6)))
            }
        }
        return found
    }

    package func markMeaningsMatched(_ postings: [Identifier<Posting>]) throws {
        guard !postings.isEmpty else { return }
        try sql.executeMany(
            "UPDATE posting_meaning SET is_matched = 1 WHERE posting_id = ?", postings.map { [SQLValue($0)] })
    }

    package func meaningCounts() throws -> [String: Int] {
        let rows = try sql.query(
            "SELECT model, count(*) FROM posting_meaning WHERE facet = 'full' GROUP BY model ORDER BY model"
        ) { (try $0.text(0), try $0.int(1)) }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    package func pruneMeanings(limit: Int) throws -> Int {
        let gone = try sql.query(
            """
            SELECT m.posting_id FROM posting_meaning m JOIN posting p ON p.id = m.posting_id
            WHERE m.facet = 'full' AND p.state IN ('closed', 'expired') ORDER BY m.posting_id LIMIT ?
            """, [SQLValue(limit)]
        ) { try $0.text(0) }
        guard !gone.isEmpty else { return 0 }
        try sql.executeMany("DELETE FROM posting_meaning WHERE posting_id = ?", gone.map { [.text($0)] })
        return gone.count
    }
}
