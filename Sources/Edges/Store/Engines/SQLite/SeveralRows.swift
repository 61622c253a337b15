/// An `INSERT ... VALUES (?, ...)` written for several rows at a time, so that SQLite starts and ends a statement less
/// often.
struct SeveralRows {
    /// Values in one statement: long enough that starting it does not count, short enough to stay in the processor's
    /// cache, and far below SQLite's own limit of 32,766 (https://www.sqlite.org/limits.html).
    private static let valuesOfStatement = 480

    /// The statement for `each` rows.
    let sql: String
    /// Rows in one statement.
    let each: Int
    /// Rows of the batch that fill whole statements.
    let covered: Int

    /// Nothing when the statement does not end in one row of plain placeholders, or when there are too few rows.
    init?(of sql: String, arity: Int, in count: Int) {
        let row = "(" + Array(repeating: "?", count: arity).joined(separator: ", ") + ")"
        let each = Self.valuesOfStatement / max(arity, 1)
        guard each > 1, count >= each, let place = sql.firstRange(of: "VALUES " + row) else { return nil }
        self.sql = sql.replacingCharacters(
            place, with: "VALUES " + Array(repeating: row, count: each).joined(separator: ", "))
        self.each = each
        covered = count / each * each
    }
}

extension String {
    fileprivate func replacingCharacters(_ place: Range<Index>, with text: String) -> String {
        String(self[..<place.lowerBound]) + text + String(self[place.upperBound...])
    }
}
