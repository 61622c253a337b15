import GRDB
import GRDBSQLite

/// SQLite's result codes in the store's words.
enum SQLiteFaults {
    static func current(_ connection: OpaquePointer?, _ code: Int32) -> StoreFault {
        let extended = sqlite3_extended_errcode(connection)
        let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? ""
        // The connection remembers its last error only; a code without one (misuse) speaks for itself.
        return fault(code: extended & 0xFF == code & 0xFF ? extended : code, message: message)
    }

    static func fault(code: Int32, message: String) -> StoreFault {
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy(message)
        case SQLITE_FULL: return .diskFull
        case SQLITE_READONLY, SQLITE_PERM: return .readOnly
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(message)
        case SQLITE_CONSTRAINT: return constraint(code: code, message: message)
        case SQLITE_CANTOPEN:
            return .other(
                code: "SQLITE_CANTOPEN", message: "\(message): does the folder exist and may this user enter it?")
        default: return .other(code: "SQLite \(code)", message: message)
        }
    }

    static func fault(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return fault(code: error.extendedResultCode.rawValue, message: error.message ?? "")
    }

    /// “UNIQUE constraint failed: participant.email” names what PostgreSQL calls `participant__email`; both become
    /// `participant.email`.
    private static func constraint(code: Int32, message: String) -> StoreFault {
        let subject = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
        // Codes of sqlite3.h that are macros Swift does not import: SQLITE_CONSTRAINT | (n << 8).
        switch code >> 8 {
        case 1: return .constraint(.check, name: subject)
        case 3: return .constraint(.foreignKey, name: message == subject ? "" : subject)
        case 5: return .constraint(.notNull, name: subject)
        case 6, 8, 10: return .constraint(.unique, name: uniqueName(subject))
        default: return .constraint(.other, name: message)
        }
    }

    private static func uniqueName(_ subject: String) -> String {
        let columns = subject.split(separator: ",").map { $0.drop { $0 == " " } }
        guard let first = columns.first, let dot = first.firstIndex(of: ".") else { return subject }
        let table = first[..<dot]
        let names = columns.map { column in
            column.firstIndex(of: ".").map { column[column.index(after: $0)...] } ?? column
        }
        return "\(table).\(names.joined(separator: ","))"
    }
}
