import Delivery
import Exchange
import Operations
import Store
import Synchronization
import Testing

extension World {
    fileprivate func course(of channel: Channel) async throws -> ChannelCourse {
        try await office.store.read { try $0.courses([channel.id])[channel.id] } ?? ChannelCourse()
    }

    fileprivate func tests(_ count: Int, of channel: Channel) async throws -> [Identifier<OutboxDelivery>] {
        var ids: [Identifier<OutboxDelivery>] = []
        for _ in 0..<count { ids.append(try await office.testChannel(channel.id, by: desk).id) }
        return ids
    }

    fileprivate func attempts(of channel: Channel) async throws -> Int {
        try await office.store.read { tx in
            var filter = DeliveryFilter()
            filter.channel = channel.id
            return try tx.deliveries(filter, PageRequest(limit: 200)).items
                .reduce(0) { try $0 + tx.attempts(of: $1.id).count }
        }
    }
}

@Suite struct `The breaker of a channel` {
    @Test func `opens after failures in a row, outlives a restart, and lets one message probe`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        _ = try await world.tests(12, of: channel)
        let wire = ScriptedWire(Array(repeating: status(503), count: ChannelCourse.breakerFailures))
        for _ in 0..<ChannelCourse.breakerFailures {
            try await world.loop(wire).drain()
            world.pass(milliseconds: 8 * 3_600_000)
        }
        // The last failure was 8 hours ago; fail once more to see the rest itself.
        let again = ScriptedWire([status(503)])
        try await world.loop(again).drain()
        #expect(again.seen.count == 1)
        let course = try await world.course(of: channel)
        guard case .resting(_, let until) = course.health else {
            Issue.record("\(course.health)")
            return
        }
        #expect(until == world.now.milliseconds + 2 * ChannelCourse.shortestBreak)

        // A person replays it, another process starts: it rests all the same.
        let first = try #require(again.seen.first).id
        _ = try await world.office.replay(Identifier(first), by: world.desk)
        let other = ScriptedWire()
        try await world.loop(other, holder: "another").drain()
        #expect(other.seen.isEmpty)
        world.pass(milliseconds: until - world.now.milliseconds - 1)
        try await world.loop(other, holder: "another").drain()
        #expect(other.seen.isEmpty)
        world.pass(milliseconds: 1)
        let probe = ScriptedWire([status(503)])
        try await world.loop(probe, holder: "third").drain()
        #expect(probe.seen.count == 1, "one probe only, though twelve wait and the pace allows twenty")

        world.pass(days: 1)
        try await world.loop(other, holder: "another").drain()
        #expect(try await world.states(of: channel) == Array(repeating: "delivered", count: 12))
        #expect(try await world.course(of: channel).health == .healthy)
    }

    @Test func `gives way to a receiver that says when to come again`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        _ = try await world.tests(1, of: channel)
        let wire = ScriptedWire(Array(repeating: status(503, ["retry-after": "3"]), count: 9))
        for _ in 0..<9 {
            try await world.loop(wire).drain()
            world.pass(milliseconds: 3_000)
        }
        #expect(wire.seen.count == 9)
    }

    @Test func `is closed by whoever resumes the channel`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        _ = try await world.tests(2, of: channel)
        let wire = ScriptedWire([status(410)])
        try await world.loop(wire).drain()
        _ = try await world.office.resumeChannel(channel.id, by: world.desk)
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 3)
        #expect(try await world.course(of: channel).health == .healthy)
    }
}

@Suite struct `The pace of a channel` {
    @Test func `is one for all processes and outlives them`() async throws {
        let world = try await World()
        let channel = try await world.channel("chat", .slack)
        _ = try await world.tests(3, of: channel)
        let wire = ScriptedWire()
        try await world.loop(wire, holder: "one").drain()
        try await world.loop(wire, holder: "two").drain()
        #expect(wire.seen.count == 1)
        // A second from the end of the answer, whose millisecond counts whole.
        world.pass(milliseconds: 1_000)
        try await world.loop(wire, holder: "two").drain()
        #expect(wire.seen.count == 1)
        world.pass(milliseconds: 1)
        try await world.loop(wire, holder: "three").drain()
        #expect(wire.seen.count == 2)
    }

    @Test func `does not count what was claimed and not sent`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        let ids = try await world.tests(16, of: channel)
        // Sixteen are claimed; the first fails, so fifteen of the twenty that may go at once come back.
        try await world.loop(ScriptedWire([status(500)])).drain()
        _ = try await world.office.replay(ids[0], by: world.desk)
        let wire = ScriptedWire()
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 16)
    }

    @Test func `holds back the whole channel for as long as it is asked to, across a restart`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        let ids = try await world.tests(2, of: channel)
        try await world.loop(ScriptedWire([status(400), status(429, ["retry-after": "60"])])).drain()
        _ = try await world.office.replay(ids[0], by: world.desk)
        let wire = ScriptedWire()
        world.pass(milliseconds: 59_999)
        try await world.loop(wire, holder: "two").drain()
        #expect(wire.seen.isEmpty)
        world.pass(milliseconds: 1)
        try await world.loop(wire, holder: "two").drain()
        #expect(wire.seen.map(\.id) == ids.map(\.text))
    }
}

@Suite struct `A sender that slept too long` {
    @Test func `sends nothing more of what it had claimed, and its late result changes nothing`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        _ = try await world.tests(3, of: channel)
        let other = ScriptedWire()
        let slept = Mutex(false)
        let wire = ScriptedWire(meanwhile: {
            guard
                slept.withLock({ slept in
                    defer { slept = true }
                    return !slept
                })
            else { return }
            // The first request is on the wire while the machine sleeps past the lease; another process takes over.
            world.pass(milliseconds: 400_000)
            try? await world.loop(other, holder: "other").drain()
            world.pass(days: 1)
            try? await world.loop(other, holder: "other").drain()
        })
        try await world.loop(wire, holder: "slow").drain()
        #expect(wire.seen.count == 1)
        #expect(other.seen.count == 3)
        #expect(try await world.states(of: channel) == Array(repeating: "delivered", count: 3))
        // The three that were written ahead for the slow process, and three of the other.
        #expect(try await world.attempts(of: channel) == 6)
    }
}

@Suite struct `A channel that stopped` {
    private static let post = MailPost.forTests

    @Test func `is told of by letter to its owner`() async throws {
        let world = try await World(mail: Self.post)
        let owner = try await world.join("Hana")
        let channel = try await world.office.addChannel(
            ChannelDraft(
                name: "mine", platform: .slack, address: "http://127.0.0.1:9/x", language: .en, rules: Channel.Rules(),
                owner: owner.person.id), by: world.desk
        ).channel
        try await world.loop(ScriptedWire()).drain()
        _ = try await world.tests(2, of: channel)
        let wire = ScriptedWire([status(410)])
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 2)
        let letter = try #require(wire.seen.last)
        #expect(letter.mail?.to.address == owner.person.profile.email.text)
        #expect(String(decoding: letter.body, as: UTF8.self).contains("2 notices are kept"))
        #expect(try await world.states(of: channel) == ["held", "due"])
    }

    @Test func `is told of in another channel where there is no mail`() async throws {
        let world = try await World()
        let channel = try await world.channel("bad")
        let other = try await world.channel("good")
        _ = try await world.tests(1, of: channel)
        let wire = ScriptedWire([status(404)])
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 2)
        #expect(wire.seen.last?.url.hasSuffix("/hooks/good") == true)
        #expect(try await world.states(of: other) == ["delivered"])
        let happening = try await world.office.happenings(HappeningFilter(), PageRequest(), by: world.desk).items
            .first { $0.happening.kind == .channelStopped }
        #expect(happening?.happening.subject == channel.id.text)
    }

    @Test func `that is a mailbox is not told of through itself`() async throws {
        let world = try await World(mail: Self.post)
        let coordinator = try await world.join("Ken", .coordinator)
        let owner = try await world.join("Hana")
        let channel = try await world.office.addChannel(
            ChannelDraft(
                name: "box", platform: .mail, address: owner.person.profile.email.text, language: .en,
                rules: Channel.Rules(), owner: owner.person.id), by: owner.actor
        ).channel
        try await world.loop(ScriptedWire()).drain()
        _ = try await world.tests(1, of: channel)
        let gone = WireResult.answered(WireAnswer(status: 550, body: Array("5.1.1 unknown".utf8)))
        let wire = ScriptedWire([gone])
        try await world.loop(wire).drain()
        #expect(
            wire.seen.compactMap { $0.mail?.to.address } == [
                owner.person.profile.email.text, coordinator.person.profile.email.text,
            ])
    }
}

@Suite struct `A replay of a range` {
    @Test func `sends every one of them again, in their order, and again the next time`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        var ids: [Identifier<OutboxDelivery>] = []
        for _ in 0..<6 {
            ids += try await world.tests(1, of: channel)
            world.pass(milliseconds: 1_000)
        }
        try await world.loop(ScriptedWire([status(400), status(200), status(400), status(400)])).drain()
        var range = ReplayRange(channel: channel.id)
        range.since = World.start.advanced(byMilliseconds: 1_000)
        range.until = World.start.advanced(byMilliseconds: 4_000)
        #expect(try await world.office.replay(range, by: world.desk).replayed == 2, "of the three that were given up")
        let wire = ScriptedWire()
        try await world.loop(wire).drain()
        #expect(wire.seen.map(\.id) == [ids[2].text, ids[3].text])

        range.states = ReplayRange.states
        for _ in 0..<2 {
            // The platform's pace lets a few through at once.
            world.pass(milliseconds: 60_000)
            #expect(try await world.office.replay(range, by: world.desk).replayed == 3)
            try await world.loop(wire).drain()
        }
        #expect(wire.seen.dropFirst(2).map(\.id) == (ids[1...3] + ids[1...3]).map(\.text))
    }

    @Test func `says how many have lost their text, and refuses strangers and odd states`() async throws {
        let world = try await World()
        let channel = try await world.channel("office")
        _ = try await world.tests(2, of: channel)
        try await world.loop(ScriptedWire([status(400), status(200)])).drain()
        world.pass(days: 1)
        let now = world.now
        #expect(try await world.office.store.write { try $0.purgeBodies(deliveredBefore: now, limit: 9) } == 2)
        var range = ReplayRange(channel: channel.id)
        range.states = ReplayRange.states
        let report = try await world.office.replay(range, by: world.desk)
        #expect(report.replayed == 0 && report.withoutText == 2)
        let member = try await world.join("Hana")
        _ = try await refusal { try await world.office.replay(range, by: member.actor) }
        range.states = ["due"]
        #expect(try await refusal { try await world.office.replay(range, by: world.desk) }.fields == ["states"])
    }
}

@Suite struct `Any course of events` {
    /// A seed that is printed, so that a failing run can be repeated.
    private static let seed = UInt64.random(in: 0..<1_000_000)

    /// Draws what receivers do; the same from the same seed.
    private final class Fate: WireSender {
        let state: Mutex<(seed: UInt64, seen: [WireRequest], loss: Int)>

        init(_ seed: UInt64) { state = Mutex((seed, [], 0)) }

        func send(_ request: WireRequest) async -> WireOutcome {
            await Task.yield()
            return state.withLock { state in
                state.seen.append(request)
                state.seed = state.seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                switch (state.seed >> 33) % 10 {
                case 0: return WireOutcome(.answered(WireAnswer(status: 503)))
                case 1: return WireOutcome(.answered(WireAnswer(status: 429, headers: ["retry-after": "7"])))
                case 2: return WireOutcome(.ambiguous(.timedOut))
                case 3: return WireOutcome(.notSent(.connectionFailed))
                case 4: return WireOutcome(.answered(WireAnswer(status: 400)))
                default: return WireOutcome(.answered(WireAnswer(status: 200)))
                }
            }
        }
    }

    @Test func `keeps each channel's order, and has an attempt on record for every send`() async throws {
        print("engine seed \(Self.seed)")
        let world = try await World()
        var channels: [Channel] = []
        for number in 0..<12 {
            channels.append(try await world.channel("c\(number)", number % 3 == 0 ? .slack : .generic))
        }
        for _ in 0..<12 { for channel in channels { _ = try await world.tests(1, of: channel) } }
        let fate = Fate(Self.seed)
        for step in 0..<400 {
            let counts = try await world.office.store.read { try $0.deliveryCounts() }
            if ["due", "waiting", "claimed"].allSatisfy({ counts[$0] == nil }) { break }
            async let one: Void = DeliveryLoop(
                office: world.office, sender: fate, signal: Signal(), holder: "one\(step)"
            ).drain()
            async let two: Void = DeliveryLoop(
                office: world.office, sender: fate, signal: Signal(), holder: "two\(step)"
            ).drain()
            _ = try await (one, two)
            world.pass(milliseconds: Int64(step % 5 == 0 ? 4 * 3_600_000 : 7_001))
        }
        let seen = fate.state.withLock { $0.seen.map(\.id) }
        var attempts = 0
        for channel in channels {
            var filter = DeliveryFilter()
            filter.channel = channel.id
            let wanted = filter
            let all = try await world.office.store.read { try $0.deliveries(wanted, PageRequest(limit: 200)).items }
                .sorted { $0.sequence < $1.sequence }
            #expect(all.allSatisfy { ["delivered", "dead", "ambiguous"].contains($0.progress.state.word) })
            // Each was sent for the first time only after the one before it was sent for the last time.
            let sends = seen.filter { id in all.contains { $0.id.text == id } }
            let positions = sends.compactMap { id in all.firstIndex { $0.id.text == id } }
            #expect(positions == positions.sorted(), "channel \(channel.name)")
            #expect(Set(positions).count == 12)
            attempts += try await world.attempts(of: channel)
        }
        #expect(attempts == seen.count)
    }
}
