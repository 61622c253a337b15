import Delivery
import Exchange
import Operations
import Store
import Synchronization
import Testing

/// A real store whose writes can be made to fail for a while, as when a server is restarted.
private final class ShakyStore: ExchangeStore {
    private let store: StoredExchange
    private let failures = Mutex(0)

    init(_ store: StoredExchange) { self.store = store }

    func failNextWrites(_ count: Int) { failures.withLock { $0 = count } }

    func write<Value: Sendable>(
        _ work: @escaping @Sendable (StoredExchange.Transaction) throws -> Value
    ) async throws -> Value {
        let fails = failures.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        if fails { throw StoreFault.connectionLost(.rolledBack, "the server is restarted") }
        return try await store.write(work)
    }

    func read<Value: Sendable>(
        _ work: @escaping @Sendable (StoredExchange.Transaction) throws -> Value
    ) async throws -> Value {
        try await store.read(work)
    }
}

@Suite struct `The delivery loop` {
    @Test func `sends what is due in order, each with an attempt on record`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        var ids: [Identifier<OutboxDelivery>] = []
        for _ in 0..<5 { ids.append(try await world.office.testChannel(channel.id, by: world.desk).id) }
        let wire = ScriptedWire()
        try await world.loop(wire).drain()
        #expect(wire.seen.map(\.id) == ids.map(\.text))
        #expect(try await world.states(of: channel) == Array(repeating: "delivered", count: 5))
        let report = try await world.office.delivery(ids[0], by: world.desk)
        #expect(report.attempts.map(\.number) == [1])
        #expect(report.attempts.first?.ending?.status == 200)
    }

    @Test func `keeps the order when the first fails, and tries again after the time that was asked for`() async throws
    {
        let world = try await World()
        let channel = try await world.channel("office")
        for _ in 0..<3 { _ = try await world.office.testChannel(channel.id, by: world.desk) }
        let wire = ScriptedWire([status(429, ["retry-after": "30"])])
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 1)
        #expect(try await world.states(of: channel) == ["waiting", "due", "due"])
        world.pass(milliseconds: 29_000)
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 1)
        world.pass(milliseconds: 3_600_000)
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 4)
        #expect(try await world.states(of: channel) == ["delivered", "delivered", "delivered"])
    }

    @Test func `rests for the time that was asked for, even if somebody replays the message meanwhile`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        let id = try await world.office.testChannel(channel.id, by: world.desk).id
        let wire = ScriptedWire([status(429, ["retry-after": "30"])])
        let loop = world.loop(wire)
        try await loop.drain()
        _ = try await world.office.replay(id, by: world.desk)
        try await loop.drain()
        #expect(wire.seen.count == 1)
        world.pass(milliseconds: 31_000)
        try await loop.drain()
        #expect(wire.seen.count == 2)
        #expect(try await world.states(of: channel) == ["delivered"])
    }

    @Test func `writes a result again that the store refused, so that nothing is sent twice`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        for _ in 0..<2 { _ = try await world.office.testChannel(channel.id, by: world.desk) }
        let store = ShakyStore(world.office.store)
        let office = Office(
            store: store, ambient: world.office.ambient, settings: world.office.settings,
            taxonomy: world.office.taxonomy, sealer: try #require(Sealer(key: [UInt8](repeating: 7, count: 32))),
            allowance: HostAllowance(["127.0.0.1"]))
        let wire = ScriptedWire(meanwhile: { store.failNextWrites(2) })
        let faults = Mutex(0)
        let loop = DeliveryLoop(office: office, sender: wire, signal: Signal(), holder: "one") { event in
            if case .fault = event { faults.withLock { $0 += 1 } }
        }
        try await loop.drain()
        #expect(try await world.states(of: channel) == ["delivered", "delivered"])
        world.pass(days: 1)
        try await loop.drain()
        #expect(wire.seen.count == 2)
        // Both results are written together.
        #expect(faults.withLock { $0 } == 2)
    }

    @Test func `does not stop a channel for what its old address answered`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        _ = try await world.office.testChannel(channel.id, by: world.desk)
        let wire = ScriptedWire(
            [status(410)],
            meanwhile: {
                _ = try? await world.office.reviseChannel(
                    channel.id, address: "http://127.0.0.1:9/new", { _ in }, by: world.desk)
            })
        try await world.loop(wire).drain()
        #expect(try await world.office.channel(channel.id, by: world.desk).state.word == "active")
        #expect(try await world.states(of: channel) == ["waiting"])
        world.pass(days: 1)
        try await world.loop(wire).drain()
        #expect(try await world.states(of: channel) == ["delivered"])
        #expect(wire.seen.last?.url.hasSuffix("/new") == true)
    }

    @Test(arguments: [410, 401, 403]) func `stops a channel whose other end has gone, and keeps its notices`(
        _ code: Int
    ) async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        for _ in 0..<2 { _ = try await world.office.testChannel(channel.id, by: world.desk) }
        let wire = ScriptedWire([status(code)])
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 1)
        #expect(try await world.office.channel(channel.id, by: world.desk).state.word == "stopped")
        _ = try await world.office.resumeChannel(channel.id, by: world.desk)
        try await world.loop(wire).drain()
        #expect(try await world.states(of: channel) == ["delivered", "delivered"])
    }

    @Test func `leaves other channels alone when one does not answer`() async throws {
        let world = try await World()
        let bad = try await world.channel("bad")
        let good = try await world.channel("good")
        _ = try await world.office.testChannel(bad.id, by: world.desk)
        _ = try await world.office.testChannel(good.id, by: world.desk)
        let wire = ScriptedWire([status(503), status(200)])
        try await world.loop(wire).drain()
        #expect(try await Set(world.states(of: bad) + world.states(of: good)) == ["waiting", "delivered"])
    }

    @Test func `marks a repetition after an outcome that nobody knows, and repeats only once`() async throws {
        let world = try await World()
        let channel = try await world.channel("chat", .slack)
        _ = try await world.office.testChannel(channel.id, by: world.desk)
        let doubt = WireResult.ambiguous(.closedWithoutAnswer)
        let wire = ScriptedWire([doubt, doubt])
        for _ in 0..<3 {
            try await world.loop(wire).drain()
            world.pass(days: 1)
        }
        #expect(wire.seen.count == 2)
        #expect(wire.seen[0].body != wire.seen[1].body)
        #expect(try await world.states(of: channel) == ["ambiguous"])
    }

    @Test func `signs generic webhooks so that the receiver can tell`() async throws {
        let world = try await World()
        let added = try await world.office.addChannel(
            ChannelDraft(
                name: "signed", platform: .generic, address: "http://127.0.0.1:9/x", language: .en,
                rules: Channel.Rules()), by: world.desk)
        _ = try await world.office.testChannel(added.channel.id, by: world.desk)
        let wire = ScriptedWire()
        try await world.loop(wire).drain()
        let headers = Dictionary(
            uniqueKeysWithValues: try #require(wire.seen.first).headers.map { ($0.name, $0.value) })
        let secret = try WebhookSecret(try #require(added.signingKey))
        let expected = StandardSignature.signature(
            id: try #require(headers["webhook-id"]), seconds: world.now.milliseconds / 1000, body: wire.seen[0].body,
            secret: secret)
        #expect(headers["webhook-signature"] == expected)
    }

    @Test func `never sends twice when two of them run at once`() async throws {
        let world = try await World()
        for number in 0..<8 {
            let channel = try await world.channel("office\(number)")
            for _ in 0..<4 { _ = try await world.office.testChannel(channel.id, by: world.desk) }
        }
        let wire = ScriptedWire()
        async let first: Void = world.loop(wire, holder: "one").drain()
        async let second: Void = world.loop(wire, holder: "two").drain()
        _ = try await (first, second)
        #expect(wire.seen.count == 32)
        #expect(Set(wire.seen.map(\.id)).count == 32)
    }

    @Test func `replays what was given up`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        let id = try await world.office.testChannel(channel.id, by: world.desk).id
        let wire = ScriptedWire([status(400)])
        try await world.loop(wire).drain()
        #expect(try await world.states(of: channel) == ["dead"])
        _ = try await world.office.replay(id, by: world.desk)
        try await world.loop(wire).drain()
        #expect(try await world.states(of: channel) == ["delivered"])
    }
}

@Suite struct `A channel whose host is no longer allowed` {
    @Test func `stops with the reason, keeps its notices, and sends nothing`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        _ = try await world.office.testChannel(channel.id, by: world.desk)
        let strict = Office(
            store: world.office.store, ambient: world.office.ambient, settings: world.office.settings,
            taxonomy: world.office.taxonomy, sealer: try #require(Sealer(key: [UInt8](repeating: 7, count: 32))))
        let wire = ScriptedWire()
        try await DeliveryLoop(office: strict, sender: wire, signal: Signal(), holder: "one").drain()
        #expect(wire.seen.isEmpty)
        #expect(try await world.office.channel(channel.id, by: world.desk).state.word == "stopped")
        #expect(try await world.states(of: channel) == ["held"])
    }
}
