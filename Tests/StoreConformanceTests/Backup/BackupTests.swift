import Exchange
import Foundation
import Operations
import Store
import Testing

@Suite struct `A backup` {
    /// Something in most tables, with texts that are hard to carry.
    private func fill(_ store: StoredExchange) async throws -> (postings: [Posting], rows: Int64) {
        let (left, right) = try await Sample.twoSides(store)
        let postings =
            (0..<50).map { Sample.posting(.need, by: left, title: "題 \($0) \"\\\u{7F}\u{1F}") }
            + (0..<50).map { _ in Sample.posting(.seed, by: right, expires: Sample.noon) }
        try await store.write { tx in
            for posting in postings {
                try tx.insert(posting)
                try tx.insert(
                    PostingRevision(
                        posting: posting.id, number: 1, content: posting.content, by: .system("import"), at: Sample.noon
                    ))
            }
            _ = try tx.insert(Sample.match(postings[0], postings[50], score: 1.0 / 3))
            try tx.insert(Sample.introduction(postings[0], postings[50]))
            let channel = Sample.channel()
            try tx.insert(channel)
            try tx.enqueue(Sample.notice(to: channel), delivery: Sample.id())
            try tx.append(postings.map { Sample.happening($0.id.text, related: [left.id.text]) })
        }
        return (postings, Int64(postings.count))
    }

    private func holds(_ store: StoredExchange, _ postings: [Posting]) async throws -> Bool {
        let found = try await store.read { tx in
            (
                try tx.postings(Set(postings.map(\.id))), try tx.revisions(of: postings[0].id).count,
                try tx.lastSequence(), try tx.matches(MatchListFilter(), PageRequest()).items.map(\.score)
            )
        }
        return found.0 == Dictionary(uniqueKeysWithValues: postings.map { ($0.id, $0) }) && found.1 == 1
            && found.2 == Int64(postings.count) && found.3 == [1.0 / 3]
    }

    @Test func `in SQLite's own form is made in use, checked, and restored over nothing or on demand`() async throws {
        try await TestEngines.withFolder { folder in
            let copy = folder + "/copy.db"
            let postings = try await TestEngines.withExchange(.sqlite) { store in
                let (postings, count) = try await fill(store)
                let writer = Task {
                    for number in 0..<50 { try await store.write { try $0.setStanding("n\(number)", "x") } }
                }
                let report = try await store.backup(to: copy, .native)
                try await writer.value
                #expect(report.rows["posting"] == Int(count))
                #expect(report.schemaVersion == SchemaMigrations.all.count)
                await #expect(throws: StoreFault.self) { try await store.backup(to: copy, .native) }
                return postings
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files == ["copy.db"])
            let target = StoreLocation.sqlite(path: folder + "/restored.db")
            _ = try await StoredExchange.restore(from: copy, into: target) { Sample.noon }
            let restored = try await StoredExchange.open(target) { Sample.noon }
            #expect(try await holds(restored, postings))
            // A running service keeps its database.
            await #expect(throws: StoreFault.self) {
                try await StoredExchange.restore(from: copy, into: target, replacing: .existingData) { Sample.noon }
            }
            try await restored.write { try $0.setStanding("later", "x") }
            await restored.close()
            await #expect(throws: StoreFault.self) {
                try await StoredExchange.restore(from: copy, into: target) { Sample.noon }
            }
            _ = try await StoredExchange.restore(from: copy, into: target, replacing: .existingData) { Sample.noon }
            let again = try await StoredExchange.open(target) { Sample.noon }
            #expect(try await again.read { try $0.standing("later") } == nil)
            #expect(try await holds(again, postings))
            await again.close()
        }
    }

    @Test func `that is damaged or something else is refused and the target left alone`() async throws {
        try await TestEngines.withFolder { folder in
            let copy = folder + "/copy.db"
            try await TestEngines.withExchange(.sqlite) { store in
                _ = try await fill(store)
                _ = try await store.backup(to: copy, .native)
            }
            var bytes = [UInt8](try Data(contentsOf: URL(filePath: copy)))
            for index in stride(from: 8_192, to: bytes.count, by: 512) { bytes[index] ^= 0x55 }
            try Data(bytes).write(to: URL(filePath: folder + "/damaged.db"))
            try Data("not a database at all".utf8).write(to: URL(filePath: folder + "/text.db"))
            let target = StoreLocation.sqlite(path: folder + "/target.db")
            for source in ["damaged.db", "text.db", "missing.db"] {
                await #expect(throws: StoreFault.self) {
                    try await StoredExchange.restore(from: folder + "/" + source, into: target) { Sample.noon }
                }
            }
            await #expect(throws: StoreFault.newerSchema(found: SchemaMigrations.all.count, known: 0)) {
                try SQLiteBackup.restore(from: copy, to: folder + "/old.db", known: 0)
            }
        }
    }

    @Test(arguments: TestEngines.available, TestEngines.available)
    func `in the portable form moves a store to either engine`(_ from: EngineKind, _ to: EngineKind) async throws {
        try await TestEngines.withFolder { folder in
            let dump = folder + "/store.dump"
            let postings = try await TestEngines.withExchange(from) { store in
                let (postings, count) = try await fill(store)
                let report = try await store.backup(to: dump, .portable)
                #expect(report.rows["posting_revision"] == Int(count))
                return postings
            }
            try await TestEngines.withEngine(to) { engine in
                let portable = LogicalDump(migrations: SchemaMigrations.all)
                let report = try await portable.restore(from: dump, into: engine)
                #expect(report.rows["posting"] == postings.count)
                let store = StoredExchange(engine: engine)
                #expect(try await holds(store, postings))
                await #expect(throws: StoreFault.self) { try await portable.restore(from: dump, into: engine) }
                try await store.write { try $0.setStanding("later", "x") }
                _ = try await portable.restore(from: dump, into: engine, replacing: .existingData)
                #expect(try await store.read { try $0.standing("later") } == nil)
                // The same rows make the same dump, whatever engine holds them.
                _ = try await portable.write(engine, to: folder + "/again.dump")
                let tables = try [dump, folder + "/again.dump"].map { path in
                    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst().dropLast()
                }
                #expect(tables[0] == tables[1])
            }
        }
    }

    @Test(arguments: ["truncated", "changed", "no end", "a row less"])
    func `in the portable form that is not whole is refused before anything is touched`(_ harm: String) async throws {
        try await TestEngines.withFolder { folder in
            let dump = folder + "/store.dump"
            try await TestEngines.withExchange(.sqlite) { store in
                _ = try await fill(store)
                _ = try await store.backup(to: dump, .portable)
            }
            var lines = try String(contentsOfFile: dump, encoding: .utf8).split(separator: "\n").map(String.init)
            switch harm {
            case "truncated": lines = Array(lines.prefix(40))
            case "changed": lines[20] = lines[20].replacing("a", with: "b")
            case "no end": lines.removeLast()
            default: lines.remove(at: 20)
            }
            try (lines.joined(separator: "\n") + "\n").write(toFile: dump, atomically: true, encoding: .utf8)
            try await TestEngines.withEngine(.sqlite) { engine in
                await #expect(throws: StoreFault.self) {
                    try await LogicalDump(migrations: SchemaMigrations.all).restore(from: dump, into: engine)
                }
                let isTouched = try await engine.read { try $0.tableExists("posting") }
                #expect(!isTouched)
            }
        }
    }
}
