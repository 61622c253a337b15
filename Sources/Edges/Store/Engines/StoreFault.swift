/// What the world did to the store, each with what to do about it. The caller's own mistakes are refusals of the domain
/// and never come from here.
package enum StoreFault: Error, Hashable, Sendable {
    /// Too much is waiting, or another process holds the database. Worth trying again.
    case busy(String)
    case diskFull
    case readOnly
    case corrupt(String)
    /// A newer program wrote this database.
    case newerSchema(found: Int, known: Int)
    /// A shipped migration was altered, so the program and the database no longer agree on its meaning.
    case changedMigration(version: Int, name: String)
    case connectionLost(Outcome, String)
    case constraint(Constraint, name: String)
    /// Another transaction won; the engine repeats such work by itself before this is shown.
    case serialization(String)
    /// The database holds a value this version cannot read.
    case undecodable(String)
    /// The database would not keep its promise to survive a power cut.
    case notDurable(String)
    /// A backup does not hold what it should, or a target is not empty.
    case backup(String)
    case closed
    case other(code: String, message: String)

    /// What is known of the transaction under way when a connection broke.
    package enum Outcome: String, Hashable, Sendable {
        case rolledBack
        case unknown
    }

    package enum Constraint: String, Hashable, Sendable {
        case unique
        case foreignKey
        case check
        case notNull
        case other
    }

    /// PostgreSQL cannot hold U+0000 in a text, so neither engine takes it.
    static let textHoldsNUL = StoreFault.other(code: "text", message: "a text holds the character U+0000")

    /// Whether the same work may succeed a moment later without anybody doing anything.
    package var isTransient: Bool {
        switch self {
        case .busy, .serialization, .connectionLost(.rolledBack, _): true
        default: false
        }
    }
}

extension StoreFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .busy(let detail): "The database is busy: \(detail). Try again in a moment."
        case .diskFull: "The disk of the database is full. Nothing was stored; free some space and repeat."
        case .readOnly:
            "The database cannot be written. Check the owner and the permissions of the file and its folder, "
                + "whether the disk is mounted read-only, or whether the server is a standby."
        case .corrupt(let detail):
            "The database is damaged (\(detail)). Stop the service and restore the last backup; keep the damaged file."
        case .newerSchema(let found, let known):
            "The database has schema version \(found), this program knows \(known). "
                + "Run the newer program, or restore a backup made before the upgrade."
        case .changedMigration(let version, let name):
            "Migration \(version) (\(name)) is not the one this database was made with. "
                + "Use the program that made it; a shipped migration must not be edited."
        case .connectionLost(.rolledBack, let detail):
            "The connection to the database broke (\(detail)). Nothing was stored; it is safe to repeat."
        case .connectionLost(.unknown, let detail):
            "The connection to the database broke during the commit (\(detail)). "
                + "Look whether the change is there before repeating it."
        case .constraint(let kind, let name): "The database refused a value (\(kind.rawValue) rule on \(name))."
        case .serialization(let detail): "Another transaction was faster (\(detail)). Repeat the change."
        case .undecodable(let detail):
            "The database holds something this program cannot read (\(detail)). "
                + "Was it edited by hand or by another version?"
        case .notDurable(let detail): "The database does not promise to keep what it commits: \(detail)."
        case .backup(let detail): "\(detail)"
        case .closed: "The store is closed."
        case .other(let code, let message): "The database reported \(code): \(message)."
        }
    }
}
