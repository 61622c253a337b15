import Foundation
import Store
import Testing

@Suite struct `Durability of SQLite` {
    @Test func `is FULL although GRDB's pool opens with NORMAL`() async throws {
        try await TestEngines.withFolder { folder in
            let engine = try SQLiteEngine(path: folder + "/exchange.db") { 0 }
            let report = try await engine.durability()
            #expect(report.settings.first { $0.name == "synchronous" }?.value == "2")
            #expect(report.settings.first { $0.name == "journal_mode" }?.value == "\"wal\"")
            #expect(report.warnings.isEmpty)
            // What the writer itself says, inside a transaction.
            let level = try await engine.write { session in
                try session.first("SELECT synchronous FROM pragma_synchronous") { try $0.int(0) }
            }
            #expect(level == 2)
            await engine.close()
        }
    }
}

@Suite(.enabled(if: TestEngines.postgresURL != nil, "INDUSTRYMIX_TEST_POSTGRES is not set"))
struct `Durability of PostgreSQL` {
    @Test func `has synchronous commits even if the role's default is off`() async throws {
        try await TestEngines.withSchema { settings in
            var settings = settings
            settings.url += (settings.url.contains("?") ? "&" : "?") + "options=-c%20synchronous_commit%3Doff"
            let engine = try PostgresEngine(settings) { 0 }
            let report = try await engine.durability()
            #expect(report.settings.first { $0.name == "synchronous_commit" }?.value == "on")
            await engine.close()
        }
    }

    @Test func `survives the loss of its connections`() async throws {
        try await TestEngines.withSchema { settings in
            let engine = try PostgresEngine(settings) { 0 }
            try await engine.write(.alone) { try $0.script("CREATE TABLE note (id BIGINT PRIMARY KEY)") }
            let killer = try PostgresEngine(settings) { 0 }
            for round in 0..<3 {
                let own = try await engine.write { session in try session.number("SELECT pg_backend_pid()") }
                let reader = try await engine.read { session in try session.number("SELECT pg_backend_pid()") }
                try await killer.write { session in
                    for victim in [own, reader] {
                        _ = try session.number(
                            "SELECT CAST(pg_terminate_backend(CAST(? AS INTEGER)) AS INTEGER)", [.integer(victim)])
                    }
                }
                try await engine.write { session in
                    _ = try session.execute("INSERT INTO note (id) VALUES (?)", [SQLValue(round)])
                }
                let rows = try await TestEngines.rows("note", engine)
                #expect(rows == round + 1)
            }
            await killer.close()
            await engine.close()
        }
    }

    @Test func `repeats a transaction whose connection broke before its commit`() async throws {
        try await TestEngines.withSchema { settings in
            let engine = try PostgresEngine(settings) { 0 }
            let killer = try PostgresEngine(PostgresSettings(url: settings.url)) { 0 }
            try await engine.write(.alone) { try $0.script("CREATE TABLE note (id BIGINT PRIMARY KEY)") }
            let runs = Counter()
            let rows = try await engine.write { session in
                try session.execute("INSERT INTO note (id) VALUES (1)")
                if runs.next() == 1 {
                    // The server drops the connection in the middle of the work.
                    _ = try session.number("SELECT CAST(pg_terminate_backend(pg_backend_pid()) AS INTEGER)")
                }
                return try session.number("SELECT count(*) FROM note")
            }
            #expect(rows == 1)
            #expect(runs.value == 2)
            await killer.close()
            await engine.close()
        }
    }
}

@Suite struct `One SQL on both engines` {
    @Test(arguments: TestEngines.available)
    func `brings every kind of value back as it was`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            let table = Migration(
                version: 1, name: "",
                sql: """
                    CREATE TABLE thing (id {{int}} PRIMARY KEY, word {{text}}, amount {{real}}, bytes {{blob}})
                    {{strict}}
                    """)
            let rows: [[SQLValue]] = [
                [1, .null, .null, .null],
                [.integer(.max), .text(""), .real(-0.1), .blob([])],
                [.integer(.min), .text("シーズ 니즈 需求 '?' \u{1F680}\n"), .real(1e300), .blob([0, 255, 7])],
                [2, .text("ends in space "), .real(0), .blob(Array(repeating: 9, count: 3_000))],
            ]
            try await engine.write(.alone) { session in
                try session.script(table.sql(for: kind))
                let changed = try session.executeMany(
                    "INSERT INTO thing (id, word, amount, bytes) VALUES (?, ?, ?, ?)", rows)
                #expect(changed == 4)
            }
            for row in rows {
                let found = try await engine.read { session in
                    try session.first("SELECT id, word, amount, bytes FROM thing WHERE id = ?", [row[0]]) { found in
                        try (0..<4).map { try found.value($0) }
                    }
                }
                #expect(found == row)
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `brings packed rows back as they were, and takes none that cannot be kept`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            let table = Migration(
                version: 1, name: "", sql: "CREATE TABLE thing (id {{int}} PRIMARY KEY, word {{text}}) {{strict}}")
            let insert = "INSERT INTO thing (id, word) VALUES (?, ?)"
            let words = [nil, "", "シーズ 🚀\n", String(repeating: "ü", count: 70_000)]
            try await engine.write(.alone) { session in
                try session.script(table.sql(for: kind))
                #expect(try session.executeMany(insert, SQLBatch(arity: 2)) == 0)
                var batch = SQLBatch(arity: 2)
                for number in 0..<1_000 {
                    batch.append(number == 7 ? Int64.min : Int64(number))
                    batch.append(words[number % 4])
                }
                #expect(try session.executeMany(insert, batch) == 1_000)
            }
            let found = try await engine.read { session in
                try session.query("SELECT id, word FROM thing ORDER BY id LIMIT 5") {
                    (try $0.int64(0), try $0.textOrNil(1))
                }
            }
            #expect(found.map(\.0) == [.min, 0, 1, 2, 3])
            #expect(found.map(\.1) == [words[3], words[0], words[1], words[2], words[3]])
            await #expect(throws: StoreFault.self) {
                try await engine.write { session in
                    var batch = SQLBatch(arity: 2)
                    batch.append(2_000)
                    batch.append("a\u{0}b")
                    try session.executeMany(insert, batch)
                }
            }
            await #expect(throws: StoreFault.self) {
                try await engine.write { session in
                    var batch = SQLBatch(arity: 1)
                    batch.append(2_000)
                    try session.executeMany(insert, batch)
                }
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `keeps question marks in texts and comments apart from placeholders`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            let answer = try await engine.read { session in
                try session.first(
                    """
                    SELECT '?' || 'it''s ?' || CAST(? AS TEXT), -- what about this ?
                        CAST(?1 AS TEXT)
                    """, ["!"]
                ) { [try $0.text(0), try $0.text(1)] }
            }
            #expect(answer == ["?it's ?!", "!"])
        }
    }

    @Test(arguments: TestEngines.available)
    func `orders texts by their bytes`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            let table = Migration(version: 1, name: "", sql: "CREATE TABLE w (t {{text}} PRIMARY KEY) {{strict}}")
            let words = ["Z", "a", "B", "あ", "ア", "亜", "é", "e", "_", "가"]
            let found = try await engine.write(.alone) { session in
                try session.script(table.sql(for: kind))
                try session.executeMany("INSERT INTO w (t) VALUES (?)", words.map { [.text($0)] })
                return try session.query("SELECT t FROM w ORDER BY t") { try $0.text(0) }
            }
            #expect(found == words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        }
    }

    @Test(arguments: TestEngines.available)
    func `lets a query run inside the reading of the same query`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            let sql = "SELECT n FROM (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3) AS x ORDER BY n"
            let pairs = try await engine.read { session in
                var pairs: [Int64] = []
                try session.each(sql) { outer in
                    let left = try outer.int64(0)
                    try session.each(sql) { inner in pairs.append(left * 10 + (try inner.int64(0))) }
                }
                return pairs
            }
            #expect(pairs == [11, 12, 13, 21, 22, 23, 31, 32, 33])
        }
    }

    @Test(arguments: TestEngines.available)
    func `refuses a text with U+0000 and a wrong number of values`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            await #expect(throws: StoreFault.other(code: "text", message: "a text holds the character U+0000")) {
                try await engine.read { try $0.number("SELECT length(CAST(? AS TEXT))", ["a\u{0}b"]) }
            }
            await #expect(throws: StoreFault.self) { try await engine.read { try $0.number("SELECT 1", [1]) } }
        }
    }

    @Test(arguments: TestEngines.available)
    func `reads from one snapshot while others write`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            try await engine.write(.alone) { session in
                try session.script("CREATE TABLE note (id INTEGER PRIMARY KEY)")
            }
            let entered = Counter()
            let written = Counter()
            async let counts = engine.read(.long) { session in
                let before = try session.number("SELECT count(*) FROM note")
                entered.next()
                while written.value == 0 {}
                return (before, try session.number("SELECT count(*) FROM note"))
            }
            while entered.value == 0 { await Task.yield() }
            try await engine.write { session in _ = try session.execute("INSERT INTO note (id) VALUES (1)") }
            written.next()
            let (before, after) = try await counts
            #expect(before == 0)
            #expect(after == 0)
            let rows = try await TestEngines.rows("note", engine)
            #expect(rows == 1)
        }
    }

    @Test(arguments: TestEngines.available)
    func `cannot write through a read`(_ kind: EngineKind) async throws {
        try await TestEngines.withEngine(kind) { engine in
            try await engine.write(.alone) { try $0.script("CREATE TABLE note (id INTEGER PRIMARY KEY)") }
            await #expect(throws: StoreFault.readOnly) {
                try await engine.read { try $0.execute("INSERT INTO note (id) VALUES (1)") }
            }
        }
    }
}

@Suite struct `Faults of PostgreSQL` {
    @Test(arguments: [
        ("53100", StoreFault.diskFull), ("25006", .readOnly), ("40001", .serialization("m")),
        ("40P01", .serialization("m")), ("57P01", .connectionLost(.rolledBack, "m")),
        ("08006", .connectionLost(.rolledBack, "m")), ("53300", .busy("m")), ("55P03", .busy("m")),
        ("XX001", .corrupt("m")), ("42P01", .other(code: "SQLSTATE 42P01", message: "m")),
    ])
    func `are named by their SQLSTATE`(_ state: String, _ fault: StoreFault) {
        #expect(PostgresFaults.fault(state: state, message: "m") == fault)
    }
}
