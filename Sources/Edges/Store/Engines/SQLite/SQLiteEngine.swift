import CSQLite
import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// The embedded engine: one file in WAL mode, one writing connection, several reading ones.
package final class SQLiteEngine: StoreEngine {
    package let kind = EngineKind.sqlite
    package let path: String
    let pool: DatabasePool
    private let commits: GroupCommit
    private let limits: EngineLimits
    private let clock: @Sendable () -> Int64
    private let readersInUse = Atomic(0)
    private let presence: FileLock?

    /// Opens or creates the database at `path`.
    ///
    /// - Parameters:
    ///   - clock: milliseconds since 1970 UTC.
    ///   - access: `.readOnly` for looking at a database that must not be touched.
    package init(
        path: String, limits: EngineLimits = EngineLimits(), access: Access = .readWrite,
        clock: @escaping @Sendable () -> Int64
    ) throws {
        self.path = path
        self.limits = limits
        self.clock = clock
        SQLiteEngine.libraryIsSet
        do {
            // A restore asks for this lock alone, so that it never replaces a file under a running service.
            presence = access == .readWrite ? try FileLock(path: path + ".lock", .shared) : nil
            pool = try DatabasePool(path: path, configuration: SQLiteEngine.settings(limits, access))
            if access == .readWrite { try SQLiteEngine.insistOnDurability(pool) }
        } catch { throw SQLiteFaults.fault(error) }
        let queue = DispatchQueue(label: "store.sqlite.commits")
        let pool = pool
        commits = GroupCommit(limits: limits) { commits in
            queue.async {
                pool.writeWithoutTransaction { database in
                    commits.drain(on: SQLiteWriter(database: database, clock: clock))
                }
            }
        }
    }

    /// Done once, before the first connection of the process.
    private static let libraryIsSet: Void = im_sqlite_stop_counting_memory()

    package enum Access: Sendable {
        case readWrite
        case readOnly
    }

    private static func settings(_ limits: EngineLimits, _ access: Access) -> Configuration {
        var settings = Configuration()
        settings.label = "store"
        settings.readonly = access == .readOnly
        settings.foreignKeysEnabled = true
        settings.maximumReaderCount = limits.readers
        settings.busyMode = .timeout(Double(limits.lockWaitMilliseconds) / 1_000)
        settings.persistentReadOnlyConnections = true
        settings.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -32768")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA mmap_size = 268435456")
            try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
        }
        return settings
    }

    /// A pool sets `synchronous = NORMAL` after it has prepared its connections, which may forget acknowledged commits
    /// at a power cut; so FULL is set here, and looked at.
    private static func insistOnDurability(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            let level = try Int.fetchOne(database, sql: "PRAGMA synchronous")
            guard level == 2 else { throw StoreFault.notDurable("PRAGMA synchronous is \(level ?? -1), not 2 (FULL)") }
            let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode")
            guard journal == "wal" else {
                throw StoreFault.notDurable("journal_mode is \(journal ?? "unknown"), not wal")
            }
        }
    }

    package func write<Value: Sendable>(
        _ manner: WriteManner, _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await commits.write(manner, work)
    }

    package func read<Value: Sendable>(
        _ length: ReadLength, _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        let inUse = readersInUse.add(1, ordering: .relaxed).newValue
        defer { readersInUse.subtract(1, ordering: .relaxed) }
        guard inUse <= limits.waitingReads + limits.readers else {
            throw StoreFault.busy("\(limits.waitingReads) reads are waiting already")
        }
        // While a reader is free, a look-up takes less time than moving it to another thread would.
        if length == .brief, inUse <= limits.readers { return try readHere(work) }
        let clock = clock
        do {
            return try await pool.unsafeRead { database in try SQLiteEngine.snapshot(database, clock, work) }
        } catch { throw SQLiteFaults.fault(error) }
    }

    private func readHere<Value>(_ work: (any SQLSession) throws -> Value) throws -> Value {
        do {
            return try pool.unsafeRead { database in try SQLiteEngine.snapshot(database, clock, work) }
        } catch { throw SQLiteFaults.fault(error) }
    }

    private static func snapshot<Value>(
        _ database: Database, _ clock: () -> Int64, _ work: (any SQLSession) throws -> Value
    ) throws -> Value {
        let session = SQLiteSession(database, now: clock())
        try session.script("BEGIN DEFERRED")
        // COMMIT ends a transaction that only read, whatever happened in it.
        defer {
            session.end()
            sqlite3_exec(database.sqliteConnection, "COMMIT", nil, nil, nil)
        }
        return try work(session)
    }

    package func close() async {
        await commits.close()
        do { try pool.close() } catch {
            // A reader was still busy: its connection closes itself when that reader ends.
        }
        presence?.unlock()
    }

    package func durability() async throws -> DurabilityReport {
        try await pool.writeWithoutTransaction { database in
            var settings: [(name: String, value: String)] = []
            for name in ["journal_mode", "synchronous", "foreign_keys", "busy_timeout", "page_size", "page_count"] {
                let value = try DatabaseValue.fetchOne(database, sql: "PRAGMA \(name)") ?? .null
                settings.append((name, "\(value)"))
            }
            let version = String(cString: sqlite3_libversion())
            let level = try Int.fetchOne(database, sql: "PRAGMA synchronous")
            let warnings = level == 2 ? [] : ["synchronous is not FULL: commits may be lost at a power cut"]
            return DurabilityReport(engine: .sqlite, version: version, settings: settings, warnings: warnings)
        }
    }
}

/// The writing connection, while the writer's thread holds it.
private struct SQLiteWriter: WritingConnection {
    let database: Database
    let clock: @Sendable () -> Int64

    func begin() throws { try execute("BEGIN IMMEDIATE") }

    func commit() throws {
        guard !lostTransaction else { return }
        try execute("COMMIT")
    }

    func rollback() {
        guard !lostTransaction else { return }
        sqlite3_exec(database.sqliteConnection, "ROLLBACK", nil, nil, nil)
    }

    func execute(_ sql: String) throws {
        guard let connection = database.sqliteConnection else { throw StoreFault.closed }
        let code = sqlite3_exec(connection, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteFaults.current(connection, code) }
    }

    var lostTransaction: Bool { sqlite3_get_autocommit(database.sqliteConnection) != 0 }

    func session() -> any FinishingSession { SQLiteSession(database, now: clock()) }
}
