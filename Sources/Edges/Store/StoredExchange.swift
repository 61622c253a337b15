package import Exchange
import Operations

/// The exchange in a database: what the application hands to the operations.
package struct StoredExchange: ExchangeStore {
    package let engine: any StoreEngine
    private let migrator = Migrator(SchemaMigrations.all)

    /// Takes an engine as it is, without looking at its schema.
    package init(engine: any StoreEngine) { self.engine = engine }

    /// Opens the database and brings it to the schema of this program.
    ///
    /// - Throws: ``StoreFault`` with what to do about it: a newer schema, no permission, a full disk, no connection.
    package static func open(
        _ location: StoreLocation, limits: EngineLimits = EngineLimits(),
        clock: @escaping @Sendable () -> Instant
    ) async throws -> StoredExchange {
        let engine = try location.engine(limits: limits) { clock().milliseconds }
        let store = StoredExchange(engine: engine)
        do {
            _ = try await store.migrate()
            return store
        } catch {
            await engine.close()
            throw error
        }
    }

    /// Applies the migrations that are missing.
    @discardableResult
    package func migrate() async throws -> Migrator.Report { try await migrator.migrate(engine) }

    /// The schema version of the database, and the one this program knows.
    package func schemaVersion() async throws -> (found: Int, known: Int) {
        (try await migrator.version(of: engine), migrator.known)
    }

    package func write<Value: Sendable>(
        _ work: @escaping @Sendable (StoredTransaction) throws -> Value
    ) async throws -> Value {
        try await telling { try await engine.write { try work(StoredTransaction($0)) } }
    }

    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (StoredTransaction) throws -> Value
    ) async throws -> Value {
        try await telling { try await engine.read { try work(StoredTransaction($0)) } }
    }

    /// What passes by itself is a refusal to come back later; all else is a fault.
    private func telling<Value>(_ work: () async throws -> Value) async throws -> Value {
        do { return try await work() } catch let fault as StoreFault where fault.isTransient {
            throw Refusal.busy(fault.description, retryAfterSeconds: 1)
        }
    }

    /// Lets what is queued finish and closes every connection.
    package func close() async { await engine.close() }

    /// How safely commits are kept, for the operator's check-up.
    package func durability() async throws -> DurabilityReport { try await engine.durability() }

    /// Writes a checked copy of everything to a new file, while the store is in use.
    ///
    /// - Parameter form: `.native` is SQLite's own file (for SQLite only); `.portable` any engine can take in.
    package func backup(to path: String, _ form: BackupForm) async throws -> BackupReport {
        switch (form, engine) {
        case (.native, let sqlite as SQLiteEngine): try await sqlite.backup(to: path)
        case (.native, _):
            throw StoreFault.backup("Only SQLite has a file of its own to copy; ask for a portable backup.")
        case (.portable, _): try await LogicalDump(migrations: SchemaMigrations.all).write(engine, to: path)
        }
    }

    /// Fills a database from a backup of either form, all of it or nothing. No service may use the database meanwhile.
    package static func restore(
        from path: String, into location: StoreLocation, replacing: SQLiteBackup.Replacing = .nothing,
        clock: @escaping @Sendable () -> Instant
    ) async throws -> BackupReport {
        if case .sqlite(let target) = location, SQLiteBackup.isDatabase(path) {
            return try SQLiteBackup.restore(
                from: path, to: target, known: Migrator(SchemaMigrations.all).known, replacing: replacing)
        }
        let engine = try location.engine(limits: EngineLimits()) { clock().milliseconds }
        do {
            let report = try await LogicalDump(migrations: SchemaMigrations.all)
                .restore(from: path, into: engine, replacing: replacing)
            await engine.close()
            return report
        } catch {
            await engine.close()
            throw error
        }
    }
}

/// The forms of a backup.
package enum BackupForm: String, Sendable, CaseIterable {
    case native
    case portable
}

/// Where the exchange's database is.
package enum StoreLocation: Sendable, Equatable {
    /// A file; created if it is missing, its folder must exist.
    case sqlite(path: String)
    /// A libpq URL or keyword string, and the schema to use; nil leaves the server's search path.
    case postgres(url: String, schema: String?)

    /// `postgres://…` and `postgresql://…` are servers; everything else is the path of a file.
    package init(_ text: String, schema: String? = nil) {
        let isServer = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
        self = isServer ? .postgres(url: text, schema: schema) : .sqlite(path: text)
    }

    func engine(limits: EngineLimits, clock: @escaping @Sendable () -> Int64) throws -> any StoreEngine {
        switch self {
        case .sqlite(let path): try SQLiteEngine(path: path, limits: limits, clock: clock)
        case .postgres(let url, let schema):
            try PostgresEngine(PostgresSettings(url: url, schema: schema, limits: limits), clock: clock)
        }
    }
}
