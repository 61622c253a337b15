/// The WHERE clause of a filtered list, grown condition by condition.
struct Conditions {
    private var clauses: [String] = []
    private(set) var values: [SQLValue] = []

    /// Adds a condition with a `?` for each value.
    mutating func add(_ clause: String, _ values: SQLValue...) {
        clauses.append(clause)
        self.values += values
    }

    /// Adds `column IN (…)`; an empty list restricts nothing.
    mutating func add(_ column: String, in words: some Collection<String>) {
        guard !words.isEmpty else { return }
        clauses.append("\(column) IN (\(words.map { _ in "?" }.joined(separator: ", ")))")
        values += words.map(SQLValue.text)
    }

    /// ` WHERE …`, or nothing.
    var whereClause: String { clauses.isEmpty ? "" : " WHERE " + joined }

    /// All conditions joined; true if there is none.
    var joined: String { clauses.isEmpty ? "1 = 1" : clauses.map { "(\($0))" }.joined(separator: " AND ") }
}

/// Identifiers in portions of few different sizes, so that only few different statements are prepared.
enum Portions {
    private static let sizes = [1, 4, 16, 64, 256]

    /// Hands out the placeholders and values of one portion after the other.
    static func each(of ids: [String], _ body: (_ placeholders: String, _ values: [SQLValue]) throws -> Void) rethrows {
        var rest = ids[...]
        while !rest.isEmpty {
            let size = sizes.first { $0 >= rest.count } ?? sizes[sizes.count - 1]
            let portion = rest.prefix(size)
            rest = rest.dropFirst(size)
            // A portion is filled up by repeating one identifier, which finds nothing more.
            let filled = portion + Array(repeating: portion[portion.startIndex], count: size - portion.count)
            try body(Array(repeating: "?", count: size).joined(separator: ", "), filled.map(SQLValue.text))
        }
    }
}
