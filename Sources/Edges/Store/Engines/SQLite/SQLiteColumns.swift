import GRDBSQLite

/// The current row of a running SQLite statement.
struct SQLiteColumns {
    let statement: OpaquePointer

    var count: Int { Int(sqlite3_column_count(statement)) }

    func isNull(_ index: Int) -> Bool {
        sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL
    }

    func integer(_ index: Int) throws -> Int64 {
        guard sqlite3_column_type(statement, Int32(index)) == SQLITE_INTEGER else {
            throw mismatch(index, "an integer")
        }
        return sqlite3_column_int64(statement, Int32(index))
    }

    func real(_ index: Int) throws -> Double {
        switch sqlite3_column_type(statement, Int32(index)) {
        case SQLITE_FLOAT, SQLITE_INTEGER: return sqlite3_column_double(statement, Int32(index))
        default: throw mismatch(index, "a number")
        }
    }

    func text(_ index: Int) throws -> String {
        guard sqlite3_column_type(statement, Int32(index)) == SQLITE_TEXT,
            let start = sqlite3_column_text(statement, Int32(index))
        else { throw mismatch(index, "a text") }
        let length = Int(sqlite3_column_bytes(statement, Int32(index)))
        return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
    }

    func withBlob<Value>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        guard sqlite3_column_type(statement, Int32(index)) == SQLITE_BLOB else { throw mismatch(index, "bytes") }
        // An empty blob has no address.
        let start = sqlite3_column_blob(statement, Int32(index))
        let length = Int(sqlite3_column_bytes(statement, Int32(index)))
        return try body(UnsafeRawBufferPointer(start: start, count: length))
    }

    func value(_ index: Int) -> SQLValue {
        switch sqlite3_column_type(statement, Int32(index)) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, Int32(index)))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, Int32(index)))
        case SQLITE_TEXT: return (try? text(index)).map(SQLValue.text) ?? .null
        case SQLITE_BLOB: return (try? withBlob(index) { SQLValue.blob([UInt8]($0)) }) ?? .null
        default: return .null
        }
    }

    private func mismatch(_ index: Int, _ expected: String) -> StoreFault {
        let found =
            switch sqlite3_column_type(statement, Int32(index)) {
            case SQLITE_NULL: "nothing"
            case SQLITE_INTEGER: "an integer"
            case SQLITE_FLOAT: "a number"
            case SQLITE_TEXT: "a text"
            default: "bytes"
            }
        let name = sqlite3_column_name(statement, Int32(index)).map { String(cString: $0) } ?? "\(index)"
        return .undecodable("column \(name) holds \(found), expected \(expected)")
    }
}
