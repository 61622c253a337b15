import Exchange
import Foundation
import Operations
import Store
import Testing

@Suite struct `The schema` {
    @Test(arguments: TestEngines.available)
    func `is built from nothing, once`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            let store = StoredExchange(engine: engine)
            let before = try await store.schemaVersion()
            #expect(before == (0, SchemaMigrations.all.count))
            let names = SchemaMigrations.all.map(\.name)
            #expect(Array(names.prefix(4)) == ["spine", "meaning", "people", "inbound"])
            let first = try await store.migrate()
            #expect(first == Migrator.Report(from: 0, to: names.count, applied: names))
            let second = try await store.migrate()
            #expect(second == Migrator.Report(from: names.count, to: names.count, applied: []))
        }
    }

    @Test(arguments: TestEngines.available)
    func `goes on from where a database stands, all steps or none`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            let one = Migration(version: 1, name: "one", sql: "CREATE TABLE a (id {{int}} PRIMARY KEY) {{strict}};")
            let two = Migration(version: 2, name: "two", sql: "CREATE TABLE b (id {{int}} PRIMARY KEY) {{strict}};")
            let broken = Migration(version: 3, name: "three", sql: "CREATE TABLE c (id {{int}} PRIMARY KEY, nonsense;")
            _ = try await Migrator([one]).migrate(engine)
            await #expect(throws: StoreFault.self) { try await Migrator([one, two, broken]).migrate(engine) }
            let version = try await Migrator([one, two]).version(of: engine)
            #expect(version == 1)
            let report = try await Migrator([one, two]).migrate(engine)
            #expect(report == Migrator.Report(from: 1, to: 2, applied: ["two"]))
        }
    }

    @Test(arguments: TestEngines.available)
    func `of a newer program is refused, and so is an altered step`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            let one = Migration(version: 1, name: "one", sql: "CREATE TABLE a (id {{int}} PRIMARY KEY) {{strict}};")
            let two = Migration(version: 2, name: "two", sql: "CREATE TABLE b (id {{int}} PRIMARY KEY) {{strict}};")
            _ = try await Migrator([one, two]).migrate(engine)
            await #expect(throws: StoreFault.newerSchema(found: 2, known: 1)) {
                try await Migrator([one]).migrate(engine)
            }
            let altered = Migration(version: 2, name: "two", sql: two.sql + " -- changed later")
            await #expect(throws: StoreFault.changedMigration(version: 2, name: "two")) {
                try await Migrator([one, altered]).migrate(engine)
            }
        }
    }

    /// The committed dump is what operators and other programs rely on: a difference must be wanted and seen in review.
    @Test func `is the one in the committed dump`() async throws {
        let found = try await TestEngines.withExchange(.sqlite) { store in
            try await store.engine.read { session in
                try session.query(
                    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name"
                ) { try $0.text(0) + ";" }
            }.joined(separator: "\n\n") + "\n"
        }
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "schema-v1.sql")
        if ProcessInfo.processInfo.environment["INDUSTRYMIX_RECORD_SCHEMA"] != nil {
            try found.write(to: path, atomically: true, encoding: .utf8)
        }
        #expect(found == (try String(contentsOf: path, encoding: .utf8)))
    }

    @Test(.enabled(if: TestEngines.postgresURL != nil, "INDUSTRYMIX_TEST_POSTGRES is not set"))
    func `has the same tables, columns, keys and indexes on both engines`() async throws {
        @Sendable func describe(_ session: any SQLSession) throws -> (SchemaCatalogue, [String]) {
            let indexes =
                switch session.engine {
                case .sqlite: "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
                case .postgres:
                    """
                    SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexname NOT LIKE '%_pkey'
                    ORDER BY indexname
                    """
                }
            return (try SchemaCatalogue.read(session), try session.query(indexes) { try $0.text(0) })
        }
        let sqlite = try await TestEngines.withExchange(.sqlite) { try await $0.engine.read(.long, describe) }
        let postgres = try await TestEngines.withExchange(.postgres) { try await $0.engine.read(.long, describe) }
        #expect(sqlite.0 == postgres.0)
        #expect(sqlite.1 == postgres.1)
    }
}

@Suite struct `A database that cannot be written` {
    @Test func `is read, and says so when written to`() async throws {
        try await TestEngines.withFolder { folder in
            let path = folder + "/exchange.db"
            let organization = Sample.organization()
            let writable = StoredExchange(engine: try SQLiteEngine(path: path) { TestEngines.noon })
            try await writable.migrate()
            try await writable.write { try $0.insert(organization) }
            let engine = try SQLiteEngine(path: path, access: .readOnly) { TestEngines.noon }
            let store = StoredExchange(engine: engine)
            #expect(try await store.migrate().applied == [])
            #expect(try await store.read { try $0.organization(organization.id) } == organization)
            await #expect(throws: StoreFault.readOnly) {
                try await store.write { try $0.insert(Sample.organization()) }
            }
            await store.close()
            await writable.close()
        }
    }

    @Test(.enabled(if: TestEngines.postgresURL != nil, "INDUSTRYMIX_TEST_POSTGRES is not set"))
    func `is refused by a server that only reads`() async throws {
        try await TestEngines.withSchema { settings in
            let writable = StoredExchange(engine: try PostgresEngine(settings) { TestEngines.noon })
            try await writable.migrate()
            var readOnly = settings
            readOnly.url +=
                (settings.url.contains("?") ? "&" : "?")
                + "options=-c%20default_transaction_read_only%3Don"
            let store = StoredExchange(engine: try PostgresEngine(readOnly) { TestEngines.noon })
            #expect(try await store.read { try $0.lastSequence() } == 0)
            await #expect(throws: StoreFault.readOnly) {
                try await store.write { try $0.insert(Sample.organization()) }
            }
            await store.close()
            await writable.close()
        }
    }

    @Test func `because its disk is full stores nothing and recovers when there is room`() async throws {
        try await TestEngines.withFolder { folder in
            let engine = try SQLiteEngine(path: folder + "/exchange.db") { TestEngines.noon }
            let store = StoredExchange(engine: engine)
            try await store.migrate()
            try await engine.write { session in
                let used = try session.number("SELECT page_count FROM pragma_page_count")
                // A quota stands for the disk.
                try session.script("PRAGMA max_page_count = \(used + 4)")
            }
            let outcomes = await withTaskGroup(of: Bool.self, returning: [Bool].self) { group in
                for number in 0..<60 {
                    group.addTask {
                        do {
                            try await store.write { tx in
                                try tx.setStanding("fact \(number)", String(repeating: "x", count: 1_000))
                            }
                            return true
                        } catch {
                            return error as? StoreFault == .diskFull ? false : true
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let stored = try await store.engine.read { try $0.number("SELECT count(*) FROM standing") }
            #expect(outcomes.contains(false))
            // What was acknowledged is there, and nothing else.
            #expect(stored == outcomes.count { $0 })
            try await engine.write { try $0.script("PRAGMA max_page_count = 1000000") }
            try await store.write { try $0.setStanding("after", "room") }
            #expect(try await store.read { try $0.standing("after") } == "room")
            await store.close()
        }
    }
}
