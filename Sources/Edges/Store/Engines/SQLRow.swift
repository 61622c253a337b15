/// One row of a result. It is not copyable and is only lent to the closure that reads it, because it points into the
/// engine's own buffers: reading a column makes no copy of the row.
package struct SQLRow: ~Copyable {
    enum Source {
        case sqlite(SQLiteColumns)
        case postgres(PostgresColumns)
    }

    let source: Source

    /// Columns of the result.
    package var count: Int {
        switch source {
        case .sqlite(let columns): columns.count
        case .postgres(let columns): columns.count
        }
    }

    package func isNull(_ index: Int) -> Bool {
        switch source {
        case .sqlite(let columns): columns.isNull(index)
        case .postgres(let columns): columns.isNull(index)
        }
    }

    package func int64(_ index: Int) throws -> Int64 {
        switch source {
        case .sqlite(let columns): try columns.integer(index)
        case .postgres(let columns): try columns.integer(index)
        }
    }

    package func double(_ index: Int) throws -> Double {
        switch source {
        case .sqlite(let columns): try columns.real(index)
        case .postgres(let columns): try columns.real(index)
        }
    }

    package func text(_ index: Int) throws -> String {
        switch source {
        case .sqlite(let columns): try columns.text(index)
        case .postgres(let columns): try columns.text(index)
        }
    }

    /// Lends the bytes of a blob without copying them; they are gone when `body` returns.
    package func withBlob<Value>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        switch source {
        case .sqlite(let columns): try columns.withBlob(index, body)
        case .postgres(let columns): try columns.withBlob(index, body)
        }
    }

    /// The column as it is stored, whatever its kind.
    package func value(_ index: Int) throws -> SQLValue {
        switch source {
        case .sqlite(let columns): columns.value(index)
        case .postgres(let columns): try columns.value(index)
        }
    }
}

extension SQLRow {
    package func int(_ index: Int) throws -> Int { Int(try int64(index)) }

    package func bool(_ index: Int) throws -> Bool {
        switch try int64(index) {
        case 0: return false
        case 1: return true
        case let other: throw StoreFault.undecodable("column \(index) holds \(other), expected 0 or 1")
        }
    }

    package func blob(_ index: Int) throws -> [UInt8] { try withBlob(index) { [UInt8]($0) } }

    package func int64OrNil(_ index: Int) throws -> Int64? { isNull(index) ? nil : try int64(index) }
    package func intOrNil(_ index: Int) throws -> Int? { isNull(index) ? nil : try int(index) }
    package func textOrNil(_ index: Int) throws -> String? { isNull(index) ? nil : try text(index) }

    /// A closed set stored by its raw text. A word this version does not know is a fault, never a default.
    package func choice<Choice: RawRepresentable>(_ index: Int, of _: Choice.Type = Choice.self) throws -> Choice
    where Choice.RawValue == String {
        let raw = try text(index)
        guard let choice = Choice(rawValue: raw) else {
            throw StoreFault.undecodable("column \(index) holds “\(raw)”, which is no \(Choice.self)")
        }
        return choice
    }

    package func choiceOrNil<Choice: RawRepresentable>(_ index: Int, of _: Choice.Type = Choice.self) throws -> Choice?
    where Choice.RawValue == String {
        isNull(index) ? nil : try choice(index, of: Choice.self)
    }
}
