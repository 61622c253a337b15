import CPostgres

/// A transaction on a PostgreSQL connection.
final class PostgresSession: FinishingSession {
    private let connection: PostgresConnection
    private var isOver = false
    private(set) var fault: StoreFault?
    let now: Int64
    let engine = EngineKind.postgres

    /// Rows sent before answers are read. Small enough that the answers fit the socket's buffer, so that neither side
    /// waits for the other.
    private static let rowsPerTrip = 256

    init(_ connection: PostgresConnection, now: Int64) {
        self.connection = connection
        self.now = now
    }

    func end() { isOver = true }

    func finish() throws {
        isOver = true
        if let fault { throw fault }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try guarded { try connection.withResult(sql, arguments) { PostgresConnection.changes($0) } }
    }

    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws -> Int {
        try guarded {
            var changes = 0
            for start in stride(from: 0, to: rows.count, by: PostgresSession.rowsPerTrip) {
                changes += try connection.pipeline(
                    sql, rows[start..<min(start + PostgresSession.rowsPerTrip, rows.count)])
            }
            return changes
        }
    }

    func executeMany(_ sql: String, _ batch: SQLBatch) throws -> Int {
        try guarded {
            var changes = 0
            for start in stride(from: 0, to: batch.rowCount, by: PostgresSession.rowsPerTrip) {
                let rows = (start..<min(start + PostgresSession.rowsPerTrip, batch.rowCount)).map(batch.values)
                changes += try connection.pipeline(sql, rows[...])
            }
            return changes
        }
    }

    func forEach(_ sql: String, _ arguments: [SQLValue], _ body: (borrowing SQLRow) throws -> Reading) throws {
        if let refusal { throw refusal }
        // Errors of `body` are its own and leave the transaction usable; only the statement's are remembered.
        var bodyError: (any Error)?
        do {
            try connection.withResult(sql, arguments) { result in
                for row in 0..<PQntuples(result) {
                    do {
                        let columns = PostgresColumns(result: result, row: row)
                        if try body(SQLRow(source: .postgres(columns))) == .stop { break }
                    } catch {
                        bodyError = error
                        break
                    }
                }
            }
        } catch { throw remember(error) }
        if let bodyError { throw bodyError }
    }

    func script(_ sql: String) throws {
        try guarded { _ = try connection.run(sql) }
    }

    func tableExists(_ name: String) throws -> Bool {
        try exists("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?", [.text(name)])
    }

    private var refusal: StoreFault? {
        if isOver { return .other(code: "session", message: "a transaction was used after its end") }
        return fault
    }

    private func guarded<Value>(_ body: () throws -> Value) throws -> Value {
        if let refusal { throw refusal }
        do { return try body() } catch { throw remember(error) }
    }

    private func remember(_ error: any Error) -> any Error {
        if let known = error as? StoreFault { fault = fault ?? known }
        return error
    }
}
