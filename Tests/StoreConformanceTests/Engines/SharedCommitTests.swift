import Store
import Testing

private struct Unwanted: Error, Equatable {}

@Suite struct `A shared commit` {
    private static let table = "CREATE TABLE note (id {{int}} PRIMARY KEY, word {{text}} NOT NULL UNIQUE) {{strict}}"
    private static let insert = "INSERT INTO note (id, word) VALUES (?, ?)"

    private func withNotes(
        _ kind: EngineKind, limits: EngineLimits = EngineLimits(), clock: @escaping @Sendable () -> Int64 = { 0 },
        _ body: (any StoreEngine) async throws -> Void
    ) async throws {
        try await TestEngines.withEngine(kind, limits: limits, clock: clock) { engine in
            let sql = Migration(version: 1, name: "note", sql: Self.table).sql(for: kind)
            try await engine.write(.alone) { try $0.script(sql) }
            try await body(engine)
        }
    }

    @Test(arguments: TestEngines.available)
    func `keeps everything its members wrote`(_ kind: EngineKind) async throws {
        try await withNotes(kind) { engine in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await engine.write { session in
                            _ = try session.execute(Self.insert, [SQLValue(number), .text("word \(number)")])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let count = try await engine.read { try $0.number("SELECT count(*) FROM note") }
            #expect(count == 200)
        }
    }

    @Test(arguments: TestEngines.available)
    func `undoes a member that throws and nobody else`(_ kind: EngineKind) async throws {
        try await withNotes(kind) { engine in
            let outcomes = await withTaskGroup(of: Bool.self, returning: [Bool].self) { group in
                for number in 0..<120 {
                    group.addTask {
                        do {
                            try await engine.write { session in
                                try session.execute(Self.insert, [SQLValue(number), .text("word \(number)")])
                                if number % 3 == 0 { throw Unwanted() }
                            }
                            return number % 3 != 0
                        } catch { return number % 3 == 0 && error is Unwanted }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.allSatisfy { $0 })
            let ids = try await engine.read { session in
                try session.query("SELECT id FROM note ORDER BY id") { try $0.int(0) }
            }
            #expect(ids == (0..<120).filter { $0 % 3 != 0 })
        }
    }

    @Test(arguments: TestEngines.available)
    func `names the rule that a member broke and spares the others`(_ kind: EngineKind) async throws {
        try await withNotes(kind) { engine in
            let faults = await withTaskGroup(of: StoreFault?.self, returning: [StoreFault].self) { group in
                for number in 0..<40 {
                    group.addTask {
                        do {
                            // Each word is wanted twice, so half of them collide.
                            try await engine.write { session in
                                _ = try session.execute(Self.insert, [SQLValue(number), .text("word \(number / 2)")])
                            }
                            return nil
                        } catch { return error as? StoreFault }
                    }
                }
                return await group.reduce(into: []) { faults, fault in if let fault { faults.append(fault) } }
            }
            let expected = StoreFault.constraint(
                .unique, name: kind == .sqlite ? "note.word" : "note_word_key")
            #expect(faults == Array(repeating: expected, count: 20))
            let rows = try await TestEngines.rows("note", engine)
            #expect(rows == 20)
        }
    }

    @Test(arguments: TestEngines.available)
    func `does not let a member swallow a failed statement`(_ kind: EngineKind) async throws {
        try await withNotes(kind) { engine in
            await #expect(throws: StoreFault.self) {
                try await engine.write { session in
                    try session.execute(Self.insert, [1, "one"])
                    _ = try? session.execute(Self.insert, [1, "again"])
                }
            }
            let rows = try await TestEngines.rows("note", engine)
            #expect(rows == 0)
        }
    }

    @Test(arguments: TestEngines.available)
    func `answers only after what it answers for can be read`(_ kind: EngineKind) async throws {
        try await withNotes(kind) { engine in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        try await engine.write { session in
                            _ = try session.execute(Self.insert, [SQLValue(number), .text("word \(number)")])
                        }
                        return try await engine.read { session in
                            try session.exists("SELECT 1 FROM note WHERE id = ?", [SQLValue(number)])
                        }
                    }
                }
                for try await found in group { #expect(found) }
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `refuses writes beyond its line as busy`(_ kind: EngineKind) async throws {
        var limits = EngineLimits()
        limits.waitingWrites = 3
        try await withNotes(kind, limits: limits) { engine in
            let released = Counter()
            let started = Counter()
            await withTaskGroup(of: StoreFault?.self) { group in
                group.addTask {
                    _ = try? await engine.write { _ in
                        started.next()
                        while released.value == 0 {}
                    }
                    return nil
                }
                while started.value == 0 { await Task.yield() }
                let refused = Counter()
                for _ in 0..<10 {
                    group.addTask {
                        do { try await engine.write { _ in } } catch {
                            refused.next()
                            return error as? StoreFault
                        }
                        return nil
                    }
                }
                while refused.value < 7 { await Task.yield() }
                released.next()
                let faults = await group.reduce(into: [StoreFault]()) { faults, fault in
                    if let fault { faults.append(fault) }
                }
                #expect(faults == Array(repeating: .busy("3 writes are waiting already"), count: 7))
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `gives a transaction one instant`(_ kind: EngineKind) async throws {
        let clock = Counter()
        let tick: @Sendable () -> Int64 = { Int64(clock.next()) }
        try await withNotes(kind, clock: tick) { engine in
            let instants = try await engine.write { session in (session.now, session.now) }
            #expect(instants.0 == instants.1)
        }
    }

    @Test(arguments: TestEngines.available)
    func `works the same with sharing switched off`(_ kind: EngineKind) async throws {
        var limits = EngineLimits()
        limits.commits = .off
        try await withNotes(kind, limits: limits) { engine in
            for number in 0..<5 {
                try await engine.write { session in
                    _ = try session.execute(Self.insert, [SQLValue(number), .text("word \(number)")])
                }
            }
            let rows = try await TestEngines.rows("note", engine)
            #expect(rows == 5)
        }
    }

    @Test(arguments: TestEngines.available)
    func `settles what waits when the store closes, and refuses what comes later`(_ kind: EngineKind) async throws {
        try await withNotes(kind) { engine in
            let write = Task {
                try await engine.write { session in _ = try session.execute(Self.insert, [1, "one"]) }
            }
            while (try? await engine.read { try $0.number("SELECT count(*) FROM note") }) == 0 { await Task.yield() }
            await engine.close()
            try await write.value
            await #expect(throws: StoreFault.closed) { try await engine.write { _ in } }
        }
    }
}
