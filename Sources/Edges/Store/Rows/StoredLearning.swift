import Exchange
package import Operations

extension StoredTransaction {
    private static let columns = "version, sequence, at_ms, model, evidence"

    private static func decode(_ row: borrowing SQLRow) throws -> LearningStep {
        LearningStep(
            version: try row.int(0), sequence: try row.int64(1), at: try row.instant(2), model: try row.text(3),
            evidence: try row.text(4))
    }

    package func insert(_ step: LearningStep) throws {
        try sql.execute(
            "INSERT INTO learning_step (\(Self.columns)) VALUES (?, ?, ?, ?, ?)",
            [
                SQLValue(step.version), .integer(step.sequence), SQLValue(step.at), .text(step.model),
                .text(step.evidence),
            ])
    }

    package func latestStep() throws -> LearningStep? {
        try sql.first("SELECT \(Self.columns) FROM learning_step ORDER BY version DESC LIMIT 1", [], Self.decode)
    }

    package func step(_ version: Int) throws -> LearningStep? {
        try sql.first(
            "SELECT \(Self.columns) FROM learning_step WHERE version = ?", [SQLValue(version)], Self.decode)
    }

    package func steps(_ page: PageRequest) throws -> Page<LearningStep> {
        var conditions = Conditions()
        if let after = page.after { conditions.add("version < ?", SQLValue(Int(after) ?? 0)) }
        let rows = try sql.query(
            "SELECT \(Self.columns) FROM learning_step\(conditions.whereClause) ORDER BY version DESC LIMIT ?",
            conditions.values + [SQLValue(page.limit + 1)], Self.decode)
        return self.page(rows, page) { "\($0.version)" }
    }

    package func steps(after version: Int, limit: Int) throws -> [LearningStep] {
        try sql.query(
            "SELECT \(Self.columns) FROM learning_step WHERE version > ? ORDER BY version LIMIT ?",
            [SQLValue(version), SQLValue(limit)], Self.decode)
    }
}
