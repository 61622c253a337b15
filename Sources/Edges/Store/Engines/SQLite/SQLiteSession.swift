import GRDB
import GRDBSQLite

/// A transaction on a SQLite connection. Statements come from GRDB's cache of the connection; values and columns pass
/// straight between Swift and SQLite.
final class SQLiteSession: FinishingSession {
    private let database: Database
    private var connection: OpaquePointer? { database.sqliteConnection }
    private var isOver = false
    private(set) var fault: StoreFault?
    let now: Int64
    let engine = EngineKind.sqlite

    init(_ database: Database, now: Int64) {
        self.database = database
        self.now = now
    }

    func end() { isOver = true }

    func finish() throws {
        isOver = true
        if let fault { throw fault }
    }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws -> Int {
        try guarded {
            let statement = try prepare(sql)
            let pointer = statement.sqliteStatement
            defer { reset(pointer) }
            try bind(arguments, to: pointer, sql)
            try run(pointer)
            return Int(sqlite3_changes64(connection))
        }
    }

    func executeMany(_ sql: String, _ rows: [[SQLValue]]) throws -> Int {
        try guarded {
            let statement = try prepare(sql)
            let pointer = statement.sqliteStatement
            defer { reset(pointer) }
            var changes: Int64 = 0
            for arguments in rows {
                try bind(arguments, to: pointer, sql)
                try run(pointer)
                changes += sqlite3_changes64(connection)
                sqlite3_reset(pointer)
            }
            return Int(changes)
        }
    }

    func executeMany(_ sql: String, _ batch: SQLBatch) throws -> Int {
        try guarded {
            guard !batch.holdsNUL else { throw StoreFault.textHoldsNUL }
            let single = try prepare(sql).sqliteStatement
            let wanted = Int(sqlite3_bind_parameter_count(single))
            guard wanted == batch.arity, batch.cells.count.isMultiple(of: wanted) else {
                throw StoreFault.other(
                    code: "arguments", message: "\(batch.cells.count) values in rows of \(wanted) in: \(sql)")
            }
            // Rows that fill whole statements go by many at a time, the rest one by one.
            let rows = SeveralRows(of: sql, arity: wanted, in: batch.rowCount)
            let many = try rows.map { try prepare($0.sql).sqliteStatement }
            let cut = (rows?.covered ?? 0) * wanted
            return try batch.bytes.withUnsafeBytes { bytes in
                // The bindings point into the batch, so they are cleared before it may go.
                defer {
                    reset(single)
                    if let many { reset(many) }
                }
                let first = try many.map { try run($0, batch.cells[..<cut], bytes) } ?? 0
                return try first + run(single, batch.cells[cut...], bytes)
            }
        }
    }

    /// Steps through the rows; the statement reads the texts where they stand.
    private func run(
        _ pointer: OpaquePointer, _ cells: ArraySlice<SQLBatch.Cell>, _ bytes: UnsafeRawBufferPointer
    ) throws -> Int {
        let arity = sqlite3_bind_parameter_count(pointer)
        var changes: Int64 = 0
        var index: Int32 = 0
        for cell in cells {
            index += 1
            let code =
                switch cell.kind {
                case .null: sqlite3_bind_null(pointer, index)
                case .integer: sqlite3_bind_int64(pointer, index, cell.value)
                case .text:
                    sqlite3_bind_text(
                        pointer, index,
                        bytes.baseAddress?.advanced(by: Int(cell.value)).assumingMemoryBound(to: CChar.self),
                        cell.length, nil)
                }
            guard code == SQLITE_OK else { throw SQLiteFaults.current(connection, code) }
            guard index == arity else { continue }
            try run(pointer)
            changes += sqlite3_changes64(connection)
            sqlite3_reset(pointer)
            index = 0
        }
        return Int(changes)
    }

    func forEach(_ sql: String, _ arguments: [SQLValue], _ body: (borrowing SQLRow) throws -> Reading) throws {
        if let refusal = refusal { throw refusal }
        let statement: Statement
        do {
            statement = try prepare(sql)
            try bind(arguments, to: statement.sqliteStatement, sql)
        } catch { throw remember(error) }
        let pointer = statement.sqliteStatement
        defer { reset(pointer) }
        let readsOnly = sqlite3_stmt_readonly(pointer) != 0
        var wanted = Reading.next
        while true {
            let code = sqlite3_step(pointer)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw remember(SQLiteFaults.current(connection, code)) }
            if wanted == .next {
                wanted = try body(SQLRow(source: .sqlite(SQLiteColumns(statement: pointer))))
                // A statement that writes and answers rows is run to its end, so that all of it happens.
                if wanted == .stop, readsOnly { return }
            }
        }
    }

    func script(_ sql: String) throws {
        try guarded {
            let code = sqlite3_exec(connection, sql, nil, nil, nil)
            guard code == SQLITE_OK else { throw SQLiteFaults.current(connection, code) }
        }
    }

    func tableExists(_ name: String) throws -> Bool {
        try exists("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", [.text(name)])
    }

    // MARK: Statements

    private func prepare(_ sql: String) throws -> Statement {
        do {
            let cached = try database.cachedStatement(sql: sql)
            // A statement still running further up in the same closure must not be reset under its reader.
            guard sqlite3_stmt_busy(cached.sqliteStatement) != 0 else { return cached }
            return try database.makeStatement(sql: sql)
        } catch let error as DatabaseError {
            throw SQLiteFaults.fault(code: error.extendedResultCode.rawValue, message: error.message ?? "")
        }
    }

    private func run(_ statement: OpaquePointer) throws {
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW { code = sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw SQLiteFaults.current(connection, code) }
    }

    private func reset(_ statement: OpaquePointer) {
        sqlite3_reset(statement)
        // Large texts and vectors must not stay alive in a cached statement.
        sqlite3_clear_bindings(statement)
    }

    private func bind(_ arguments: [SQLValue], to statement: OpaquePointer, _ sql: String) throws {
        let wanted = Int(sqlite3_bind_parameter_count(statement))
        guard wanted == arguments.count else {
            throw StoreFault.other(code: "arguments", message: "\(arguments.count) values for \(wanted) in: \(sql)")
        }
        var index: Int32 = 0
        for argument in arguments {
            index += 1
            let code =
                switch argument {
                case .null: sqlite3_bind_null(statement, index)
                case .integer(let value): sqlite3_bind_int64(statement, index, value)
                case .real(let value): sqlite3_bind_double(statement, index, value)
                case .text(var value): try bind(&value, to: statement, at: index)
                case .blob(let value): bind(value, to: statement, at: index)
                }
            guard code == SQLITE_OK else { throw SQLiteFaults.current(connection, code) }
        }
    }

    private func bind(_ text: inout String, to statement: OpaquePointer, at index: Int32) throws -> Int32 {
        try text.withUTF8 { bytes in
            guard !bytes.contains(0) else { throw StoreFault.textHoldsNUL }
            // Without an address SQLite would bind NULL instead of an empty text.
            guard let start = bytes.baseAddress else { return sqlite3_bind_text(statement, index, "", 0, copied) }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { characters in
                sqlite3_bind_text(statement, index, characters, Int32(bytes.count), copied)
            }
        }
    }

    private func bind(_ blob: [UInt8], to statement: OpaquePointer, at index: Int32) -> Int32 {
        guard !blob.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
        return blob.withUnsafeBytes { bytes in
            sqlite3_bind_blob64(statement, index, bytes.baseAddress, UInt64(bytes.count), copied)
        }
    }

    // MARK: Faults

    private var refusal: StoreFault? {
        if isOver { return .other(code: "session", message: "a transaction was used after its end") }
        return fault
    }

    private func guarded<Value>(_ body: () throws -> Value) throws -> Value {
        if let refusal = refusal { throw refusal }
        do { return try body() } catch { throw remember(error) }
    }

    private func remember(_ error: any Error) -> any Error {
        if let known = error as? StoreFault { fault = fault ?? known }
        return error
    }
}

/// SQLite copies the bytes before the call returns (`SQLITE_TRANSIENT`, a macro Swift does not import).
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
