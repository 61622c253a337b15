/// Brings a database to the schema this program knows.
package struct Migrator: Sendable {
    private let migrations: [Migration]

    /// - Precondition: versions ascend from 1 without gaps.
    package init(_ migrations: [Migration]) {
        precondition(migrations.map(\.version) == Array(1..<(migrations.count + 1)))
        self.migrations = migrations
    }

    /// The version this program knows.
    package var known: Int { migrations.last?.version ?? 0 }

    package struct Report: Sendable, Equatable {
        package let from: Int
        package let to: Int
        /// Names of the steps that were applied now.
        package let applied: [String]

        package init(from: Int, to: Int, applied: [String]) {
            self.from = from
            self.to = to
            self.applied = applied
        }
    }

    private static let bookkeeping = """
        CREATE TABLE IF NOT EXISTS schema_migration (
            version {{int}} PRIMARY KEY,
            name {{text}} NOT NULL,
            checksum {{text}} NOT NULL,
            applied_at_ms {{int}} NOT NULL
        ) {{strict}};
        """

    /// The version of a database; 0 if it is empty.
    ///
    /// - Throws: ``StoreFault/newerSchema(found:known:)`` and ``StoreFault/changedMigration(version:name:)``.
    package func version(of engine: some StoreEngine) async throws -> Int {
        try await engine.read { session in try version(in: session) }
    }

    func version(in session: any SQLSession) throws -> Int {
        guard try session.tableExists("schema_migration") else { return 0 }
        let applied = try session.query(
            "SELECT version, name, checksum FROM schema_migration ORDER BY version"
        ) { (version: try $0.int(0), name: try $0.text(1), checksum: try $0.text(2)) }
        let found = applied.last?.version ?? 0
        guard found <= known else { throw StoreFault.newerSchema(found: found, known: known) }
        for (step, migration) in zip(applied, migrations)
        where step.checksum != migration.checksum || step.version != migration.version {
            throw StoreFault.changedMigration(version: step.version, name: step.name)
        }
        return found
    }

    /// Applies what is missing, all of it in one transaction, and nothing if nothing is missing.
    package func migrate(_ engine: some StoreEngine) async throws -> Report {
        let found = try await version(of: engine)
        guard found < known else { return Report(from: found, to: found, applied: []) }
        return try await engine.write(.alone) { session in
            // Asked again under the write lock: another node may have been faster.
            let found = try version(in: session)
            try session.script(Migration(version: 0, name: "", sql: Migrator.bookkeeping).sql(for: session.engine))
            let missing = migrations.filter { $0.version > found }
            for migration in missing {
                try session.script(migration.sql(for: session.engine))
                try session.execute(
                    "INSERT INTO schema_migration (version, name, checksum, applied_at_ms) VALUES (?, ?, ?, ?)",
                    [
                        SQLValue(migration.version), .text(migration.name), .text(migration.checksum),
                        .integer(session.now),
                    ])
            }
            return Report(from: found, to: known, applied: missing.map(\.name))
        }
    }
}
