package import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = "sequence, kind, subject, related, actor, happened_at_ms, details"

    private static func decode(_ row: borrowing SQLRow) throws -> RecordedHappening {
        RecordedHappening(
            sequence: try row.int64(0),
            happening: Happening(
                try row.choice(1), subject: try row.text(2), related: try row.list(3),
                by: ActorReference(stored: try row.text(4)), at: try row.instant(5),
                details: try JSONText.texts(from: try row.text(6))))
    }

    /// Numbers continue from the highest one. Only one transaction writes at a time on either engine, and a number
    /// that was rolled back is given again, so there are no gaps and no number appears before a smaller one.
    package func append(_ happenings: [Happening]) throws {
        guard !happenings.isEmpty else { return }
        var rows = HappeningBatch(after: try lastSequence(), expecting: happenings.count)
        for happening in happenings { rows.append(happening) }
        try append(rows)
    }

    func append(_ rows: HappeningBatch) throws {
        try sql.executeMany(
            """
            INSERT INTO happening (sequence, kind, subject, related, actor, happened_at_ms, details)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, rows.happenings)
        try sql.executeMany("INSERT INTO happening_related (subject, sequence) VALUES (?, ?)", rows.related)
    }

    package func happenings(after sequence: Int64, limit: Int) throws -> [RecordedHappening] {
        try sql.query(
            "SELECT \(Self.columns) FROM happening WHERE sequence > ? ORDER BY sequence LIMIT ?",
            [.integer(sequence), SQLValue(limit)], Self.decode)
    }

    package func happenings(_ filter: HappeningFilter, _ page: PageRequest) throws -> Page<RecordedHappening> {
        let before = page.after.flatMap(Int64.init) ?? Int64.max
        var conditions = Conditions()
        conditions.add("sequence < ?", .integer(before))
        if let kind = filter.kind { conditions.add("kind = ?", SQLValue(kind)) }
        if let subject = filter.subject {
            conditions.add(
                """
                sequence IN (SELECT sequence FROM happening WHERE subject = ?
                    UNION SELECT sequence FROM happening_related WHERE subject = ?)
                """, .text(subject), .text(subject))
        }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM happening\(conditions.whereClause) ORDER BY sequence DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { String($0.sequence) }
    }

    package func happeningCount(_ kind: Happening.Kind, after: Int64, through: Int64) throws -> Int {
        Int(
            try sql.number(
                "SELECT count(*) FROM happening WHERE kind = ? AND sequence > ? AND sequence <= ?",
                [SQLValue(kind), .integer(after), .integer(through)]))
    }

    package func lastSequence() throws -> Int64 {
        try sql.number("SELECT max(sequence) FROM happening")
    }
}

/// Entries of the log with their numbers, ready to be written.
struct HappeningBatch: Sendable {
    private(set) var lastSequence: Int64
    private(set) var happenings: SQLBatch
    private(set) var related: SQLBatch

    /// Continues after a number.
    init(after sequence: Int64, expecting count: Int) {
        lastSequence = sequence
        happenings = SQLBatch(arity: 7, rows: count, bytesPerRow: 200)
        related = SQLBatch(arity: 2, rows: count * 2, bytesPerRow: 40)
    }

    mutating func append(_ happening: Happening) {
        lastSequence += 1
        happenings.append(lastSequence)
        happenings.append(happening.kind.rawValue)
        happenings.append(happening.subject)
        happenings.append { JSONText.append(list: happening.related, to: &$0) }
        happenings.append(happening.actor.text)
        happenings.append(happening.at.milliseconds)
        happenings.append(JSONText.dictionary(happening.details))
        for (place, other) in happening.related.enumerated()
        where other != happening.subject && !happening.related[..<place].contains(other) {
            related.append(other)
            related.append(lastSequence)
        }
    }
}
