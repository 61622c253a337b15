/// One transaction, seen from inside. Synchronous, and bound to the closure it is handed to.
///
/// SQL is written once for both engines: `?` stands for a value (`?2` for the second one), texts are compared by their
/// bytes, and a statement is prepared once per connection and kept.
///
/// After a statement has failed the transaction is lost on both engines: every later call throws the same fault, and so
/// does the write itself, even if the closure swallowed it. Expected collisions are asked for with `ON CONFLICT`, not
/// by catching.
package protocol SQLSession: AnyObject {
    var engine: EngineKind { get }

    /// The instant of this transaction, milliseconds since 1970 UTC; the same for all its statements.
    var now: Int64 { get }

    /// Runs a statement without rows and returns how many rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int

    /// Runs one statement for many rows of arguments, in as few round trips as the engine can, and returns the total of
    /// changed rows.
    @discardableResult
    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws -> Int

    /// The same for rows that are packed.
    @discardableResult
    func executeMany(_ sql: String, _ batch: SQLBatch) throws -> Int

    /// Hands each row of a result to `body`, in order. `body` answers whether it wants the next row.
    func forEach(_ sql: String, _ arguments: [SQLValue], _ body: (borrowing SQLRow) throws -> Reading) throws

    /// Runs several statements separated by semicolons, without values: for migrations.
    func script(_ sql: String) throws

    /// Whether the schema of this store has such a table.
    func tableExists(_ name: String) throws -> Bool
}

/// Whether a reader of rows wants more of them.
package enum Reading {
    case next
    case stop
}

/// The engines under the one SQL.
package enum EngineKind: String, Sendable, CaseIterable {
    case sqlite
    case postgres
}

extension SQLSession {
    @discardableResult
    package func execute(_ sql: String) throws -> Int { try execute(sql, []) }

    /// All rows, decoded one by one.
    package func query<Value>(
        _ sql: String, _ arguments: [SQLValue] = [], _ decode: (borrowing SQLRow) throws -> Value
    ) throws -> [Value] {
        var values: [Value] = []
        try forEach(sql, arguments) { row in
            values.append(try decode(row))
            return .next
        }
        return values
    }

    /// The first row, or nil when there is none.
    package func first<Value>(
        _ sql: String, _ arguments: [SQLValue] = [], _ decode: (borrowing SQLRow) throws -> Value
    ) throws -> Value? {
        var value: Value?
        try forEach(sql, arguments) { row in
            value = try decode(row)
            return .stop
        }
        return value
    }

    /// Every row, without collecting.
    package func each(
        _ sql: String, _ arguments: [SQLValue] = [], _ body: (borrowing SQLRow) throws -> Void
    ) throws {
        try forEach(sql, arguments) { row in
            try body(row)
            return .next
        }
    }

    /// A count or another single number; a missing row is 0.
    package func number(_ sql: String, _ arguments: [SQLValue] = []) throws -> Int64 {
        try first(sql, arguments) { try $0.int64OrNil(0) ?? 0 } ?? 0
    }

    /// Whether the query has any row.
    package func exists(_ sql: String, _ arguments: [SQLValue] = []) throws -> Bool {
        try first(sql, arguments) { _ in true } ?? false
    }
}
