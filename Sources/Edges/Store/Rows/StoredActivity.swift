package import Exchange
package import Operations

extension StoredTransaction {
    package func happeningCounts(in span: TimeSpan) throws -> [Happening.Kind: Int] {
        let first = try firstSequence(from: span.from)
        let end = try firstSequence(from: span.to)
        let counts: [(Happening.Kind, Int)] = try sql.query(
            """
            SELECT kind, count(*) FROM happening WHERE sequence >= ? AND sequence < ? GROUP BY kind ORDER BY kind
            """, [.integer(first), .integer(end)]
        ) { (try $0.choice(0), try $0.int(1)) }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    /// The first number of the log at the moment or later, by halving: numbers have no gaps and times rise with them,
    /// so no index on times has to be kept up with every write.
    private func firstSequence(from moment: Instant) throws -> Int64 {
        var low: Int64 = 1
        var high = try lastSequence() + 1
        while low < high {
            let middle = (low + high) / 2
            let time = try sql.first("SELECT happened_at_ms FROM happening WHERE sequence = ?", [.integer(middle)]) {
                try $0.int64(0)
            }
            if let time, time < moment.milliseconds { low = middle + 1 } else { high = middle }
        }
        return low
    }

    package func postings(origin: String) throws -> [Posting] {
        let ids: [Identifier<Posting>] = try sql.query(
            "SELECT id FROM posting WHERE origin = ? ORDER BY id", [.text(origin)]
        ) { try $0.identifier(0) }
        let found = try postings(Set(ids))
        return ids.compactMap { found[$0] }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    package func encounters(atExhibition event: Identifier<Event>) throws -> [Encounter] {
        try sql.query(
            """
            SELECT need_id, seed_id, at_ms, subject, need_revision, seed_revision, seed_stage FROM encounter
            WHERE occasion = 'exhibition' AND subject = ? ORDER BY at_ms, need_id, seed_id
            """, [SQLValue(event)]
        ) {
            Encounter(
                need: try $0.identifier(0), seed: try $0.identifier(1), occasion: .exhibition,
                subject: try $0.text(3), at: try $0.instant(2), needRevision: try $0.int(4),
                seedRevision: try $0.int(5), seedStage: try $0.intOrNil(6))
        }
    }

    package func introductions(of pairs: Set<PostingPair>, since moment: Instant) throws -> [Introduction] {
        try pairs.compactMap { try introduction($0) }.filter { $0.createdAt >= moment }.sorted { $0.id < $1.id }
    }
}
