import Exchange
import Operations
import Store
import Testing

private struct Unwanted: Error {}

@Suite struct `The log of every store` {
    @Test(arguments: TestEngines.available)
    func `brings every kind of entry back`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let happenings = Happening.Kind.allCases.map { Sample.happening("need_1", related: ["org_1"], kind: $0) }
            try await store.write { try $0.append(happenings) }
            let found = try await store.read { try $0.happenings(after: 0, limit: 1_000) }
            #expect(found.map(\.happening) == happenings)
            #expect(found.map(\.sequence) == (1...Int64(happenings.count)).map { $0 })
            #expect(try await store.read { try $0.lastSequence() } == Int64(happenings.count))
        }
    }

    @Test(arguments: TestEngines.available)
    func `is counted by kind between two numbers`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let kinds: [Happening.Kind] = [.matchFound, .matchHeld, .matchFound, .matchFound]
            try await store.write { tx in try tx.append(kinds.map { Sample.happening("match_1", kind: $0) }) }
            let counts = try await store.read { tx in
                try [(0, 4), (1, 4), (1, 2), (4, 9)].map {
                    try tx.happeningCount(.matchFound, after: Int64($0.0), through: Int64($0.1))
                }
            }
            #expect(counts == [3, 2, 0, 0])
        }
    }

    @Test(arguments: TestEngines.available)
    func `keeps the fact and its entry together`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let organization = Sample.organization()
            await #expect(throws: Unwanted.self) {
                try await store.write { tx in
                    try tx.insert(organization)
                    try tx.append([Sample.happening(organization.id.text)])
                    throw Unwanted()
                }
            }
            let found = try await store.read { (try $0.organization(organization.id), try $0.lastSequence()) }
            #expect(found == (nil, 0))
        }
    }

    @Test(arguments: TestEngines.available)
    func `has no gaps, whatever is undone beside`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<90 {
                    group.addTask {
                        try? await store.write { tx in
                            try tx.append([Sample.happening("s\(number)"), Sample.happening("t\(number)")])
                            if number % 3 == 0 { throw Unwanted() }
                        }
                    }
                }
            }
            let found = try await store.read { try $0.happenings(after: 0, limit: 1_000) }
            #expect(found.map(\.sequence) == Array(1...120))
        }
    }

    @Test(arguments: TestEngines.available)
    func `is listed newest first, by subject and kind`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let happenings = [
                Sample.happening("need_1", related: ["org_1", "org_1", "need_1"]),
                Sample.happening("org_1", kind: .organizationRevised),
                Sample.happening("seed_1", related: ["org_2"]),
            ]
            try await store.write { tx in for each in happenings { try tx.append([each]) } }
            func list(_ edit: (inout HappeningFilter) -> Void) async throws -> [Int64] {
                var filter = HappeningFilter()
                edit(&filter)
                return try await store.all(by: 1) { [filter] in try $0.happenings(filter, $1) }.map(\.sequence)
            }
            #expect(try await list { _ in } == [3, 2, 1])
            #expect(try await list { $0.subject = "org_1" } == [2, 1])
            #expect(try await list { $0.subject = "need_1" } == [1])
            #expect(
                try await list {
                    $0.subject = "org_1"
                    $0.kind = .organizationRevised
                } == [2])
            #expect(try await list { $0.kind = .postingPublished } == [3, 1])
            #expect(try await list { $0.subject = "org_9" } == [])
            #expect(try await store.read { try $0.happenings(after: 1, limit: 1).map(\.sequence) } == [2])
        }
    }

    /// Several nodes write while a follower reads on by number: whatever it has passed must be complete.
    @Test(.enabled(if: TestEngines.postgresURL != nil, "INDUSTRYMIX_TEST_POSTGRES is not set"))
    func `hides nothing from a follower while several nodes write`() async throws {
        try await TestEngines.withSchema { settings in
            let nodes = try (0..<3).map { _ in try PostgresEngine(settings) { TestEngines.noon } }
            let stores = nodes.map { StoredExchange(engine: $0) }
            // All of them migrate at once: one does it, the others find it done.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for store in stores { group.addTask { try await store.migrate() } }
                try await group.waitForAll()
            }
            let writers = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for store in stores {
                        for _ in 0..<10 {
                            group.addTask {
                                for _ in 0..<10 {
                                    try await store.write {
                                        try $0.append([Sample.happening("s"), Sample.happening("t")])
                                    }
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            var followed: [Int64] = []
            while followed.count < 600 {
                let last = followed.last ?? 0
                followed += try await stores[0].read { try $0.happenings(after: last, limit: 7).map(\.sequence) }
            }
            try await writers.value
            #expect(followed == Array(1...600))
            for node in nodes { await node.close() }
        }
    }
}

@Suite struct `Access and standing facts in every store` {
    @Test(arguments: TestEngines.available)
    func `keep tokens by their hash and let them be revoked`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (person, other) = try await Sample.twoSides(store)
            let tokens = [nil, Sample.noon].map { end in
                AccessToken(
                    id: Sample.id(), participant: person.id, name: "ci", scopes: Set(AccessToken.Scope.allCases),
                    hash: "h\(end?.milliseconds ?? 0)", createdAt: Sample.noon, expiresAt: end, revokedAt: nil)
            }
            try await store.write { tx in for token in tokens { try tx.insert(token) } }
            var revoked = tokens[0]
            revoked.revokedAt = Sample.noon
            let found = try await store.write { [revoked] tx in
                try tx.update(revoked)
                return (
                    try tx.token(hash: "h0"), try tx.token(tokens[1].id), try tx.tokens(of: person.id),
                    try tx.tokens(of: other.id), try tx.token(hash: "none")
                )
            }
            #expect(found == (revoked, tokens[1], [tokens[1], revoked], [], nil))
            await #expect(throws: StoreFault.self) { try await store.write { try $0.insert(tokens[0]) } }
        }
    }

    @Test(arguments: TestEngines.available)
    func `remember answers under the caller's key`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let running = RememberedAnswer(
                fingerprint: "f", status: nil, headers: "", body: "", createdAt: Sample.noon)
            let done = RememberedAnswer(
                fingerprint: "f", status: 201, headers: "{}", body: "本文", createdAt: Sample.noon)
            try await store.write { try $0.remember(running, key: "k", of: "a") }
            #expect(try await store.read { try $0.remembered(key: "k", of: "a") } == running)
            try await store.write { try $0.remember(done, key: "k", of: "a") }
            #expect(try await store.read { try $0.remembered(key: "k", of: "a") } == done)
            #expect(try await store.read { try $0.remembered(key: "k", of: "b") } == nil)
            #expect(try await store.write { try $0.forgetAnswers(before: Sample.noon) } == 0)
            let later = Sample.noon.advanced(byMilliseconds: 1)
            #expect(try await store.write { try $0.forgetAnswers(before: later) } == 1)
            try await store.write { tx in
                try tx.remember(done, key: "k", of: "a")
                try tx.forget(key: "k", of: "a")
            }
            #expect(try await store.read { try $0.remembered(key: "k", of: "a") } == nil)
        }
    }

    @Test(arguments: TestEngines.available)
    func `keep standing facts by name`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let values = try await store.write { tx in
                var values: [String?] = [try tx.standing("matcher")]
                for value in ["1", "2", nil] {
                    try tx.setStanding("matcher", value)
                    values.append(try tx.standing("matcher"))
                }
                return values
            }
            #expect(values == [nil, "1", "2", nil])
        }
    }
}
