import Exchange
import Operations
import Store
import Testing

@Suite struct `Answers from chats in every store` {
    private static func workspace(_ name: String = "Nanbu") -> Workspace {
        Workspace(
            id: Sample.id(), name: name, platform: .slack, realm: "T1", sealedSecret: "v1.00", language: .ja,
            addedBy: .system("cli"), createdAt: Sample.noon)
    }

    private static func message(
        _ workspace: Workspace, key: String, account: String = "slack:T1:U1", at moment: Instant = Sample.noon
    ) -> InboundMessage {
        InboundMessage(
            id: Sample.id(at: moment), workspace: workspace.id, form: .command, requestKey: key, account: account,
            sealedContent: "v1.c0ffee", createdAt: moment)
    }

    @Test(arguments: TestEngines.available)
    func `workspaces come back as they were written, and are revoked`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            var one = Self.workspace()
            let other = Self.workspace("東部")
            try await store.write { [one] tx in
                try tx.insert(one)
                try tx.insert(other)
            }
            #expect(try await store.read { try $0.workspaces() } == [one, other])
            one.revokedAt = Sample.noon
            try await store.write { [one] tx in try tx.update(one) }
            let id = one.id
            #expect(try await store.read { try $0.workspace(id) } == one)
            #expect(try await store.read { try $0.workspace(Sample.id()) } == nil)
        }
    }

    @Test(arguments: TestEngines.available)
    func `accounts are linked to one person at a time, and unlinked`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let workspace = Self.workspace()
            func account(_ owner: Participant) -> ChatAccount {
                ChatAccount(
                    key: "slack:T1:U1", participant: owner.id, workspace: workspace.id, label: "花子",
                    linkedAt: Sample.noon)
            }
            let (first, second) = (account(left), account(right))
            try await store.write { tx in
                try tx.insert(workspace)
                try tx.link(first)
            }
            #expect(try await store.read { try $0.chatAccount("slack:T1:U1") } == first)
            try await store.write { try $0.link(second) }
            #expect(try await store.read { try $0.chatAccounts(of: left.id) } == [])
            #expect(try await store.read { try $0.chatAccounts(of: right.id) } == [second])
            try await store.write { try $0.unlink("slack:T1:U1") }
            #expect(try await store.read { try $0.chatAccount("slack:T1:U1") } == nil)
        }
    }

    @Test(arguments: TestEngines.available)
    func `a code is taken once, and a person has one`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            func code(_ hash: String) -> LinkCode {
                LinkCode(
                    hash: hash, participant: owner.id, createdAt: Sample.noon,
                    expiresAt: Sample.noon.advanced(byMilliseconds: 600_000))
            }
            let (old, new) = (code("a"), code("b"))
            try await store.write { tx in
                try tx.setCode(old)
                try tx.setCode(new)
            }
            #expect(try await store.write { try $0.takeCode(hash: "a") } == nil)
            #expect(try await store.write { try $0.takeCode(hash: "b") } == new)
            #expect(try await store.write { try $0.takeCode(hash: "b") } == nil)
            let guesses = WrongGuesses(count: 2, since: Sample.noon)
            try await store.write { try $0.setGuesses(guesses, of: "x") }
            #expect(try await store.read { try $0.guesses(of: "x") } == guesses)
            try await store.write { try $0.setGuesses(nil, of: "x") }
            #expect(try await store.read { try $0.guesses(of: "x") } == nil)
        }
    }

    @Test(arguments: TestEngines.available)
    func `a request is taken once, claimed by one, and ended`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let workspace = Self.workspace()
            let later = Sample.noon.advanced(byMilliseconds: 5)
            let one = Self.message(workspace, key: "k1")
            let two = Self.message(workspace, key: "k2", at: later)
            let again = Self.message(workspace, key: "k1")
            let news = try await store.write { tx in
                try tx.insert(workspace)
                return [try tx.insert(one), try tx.insert(two), try tx.insert(again)]
            }
            #expect(news == [true, true, false])
            #expect(try await store.read { try $0.inbound(one.id) } == one)
            #expect(try await store.read { try $0.nextInbound() } == Sample.noon)
            let until = Sample.noon.advanced(byMilliseconds: 60_000)
            func claim(_ holder: String, at now: Instant) async throws -> [InboundMessage] {
                try await store.write { try $0.claimInbound(by: holder, at: now, until: until, limit: 10) }
            }
            let mine = try await claim("a", at: Sample.noon)
            #expect(mine.map(\.id) == [one.id] && mine.first?.holder == "a")
            #expect(try await claim("b", at: later).map(\.id) == [two.id])
            #expect(try await claim("c", at: later).isEmpty)
            var done = try #require(mine.first)
            done.state = .done
            done.sealedContent = ""
            done.holder = nil
            done.endedAt = later
            done.outcome = "help"
            let ended = done
            #expect(try await store.write { try $0.update(ended, ifHeldBy: "b") } == false)
            #expect(try await store.write { try $0.update(ended, ifHeldBy: "a") } == true)
            #expect(try await store.read { try $0.inbound(one.id) } == ended)
            #expect(try await store.write { try $0.endInboundClaims() } == 1)
            let counts = try await store.read { try $0.inboundCounts() }
            #expect(counts.states == ["done": 1, "waiting": 1] && counts.oldestOpen == later)
            #expect(try await store.write { try $0.pruneInbound(endedBefore: later, limit: 9) } == 0)
            #expect(try await store.write { try $0.pruneInbound(endedBefore: until, limit: 9) } == 1)
        }
    }

    @Test(arguments: TestEngines.available)
    func `an effect is noted once, together with what it does`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let workspace = Self.workspace()
            let message = Self.message(workspace, key: "k")
            try await store.write { tx in
                try tx.insert(workspace)
                _ = try tx.insert(message)
            }
            let effects = EffectStore(store, for: message.id)
            await #expect(throws: Refusal.self) {
                try await effects.write { tx in
                    try tx.setStanding("a", "1")
                    throw Refusal.unauthenticated
                }
            }
            #expect(try await store.read { try $0.inbound(message.id)?.hasEffect } == false)
            try await effects.write { try $0.setStanding("a", "2") }
            #expect(try await store.read { try $0.inbound(message.id)?.hasEffect } == true)
            await #expect(throws: Refusal.self) { try await effects.write { try $0.setStanding("a", "3") } }
            #expect(try await effects.read { try $0.standing("a") } == "2")
        }
    }
}
