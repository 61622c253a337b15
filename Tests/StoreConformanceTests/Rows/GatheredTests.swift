import Delivery
import Exchange
import Operations
import Store
import Testing

@Suite struct `Gathered notices in every store` {
    private static func notice(
        _ title: String, to channel: Channel, at moment: Instant = Sample.noon
    ) -> GatheredNotice {
        GatheredNotice(
            id: Sample.id(), channel: channel.id, topic: .matches, subject: "match_1",
            content: NoticeContent(
                kind: .matchFound, language: .ja, title: title, brief: "A ⇄ B", sentences: ["一", "二"],
                reason: "\"理由\"\n", bridge: NoticeBridge(from: "食品", to: "医療"), closeness: .bridge, reference: "r",
                source: "s", happenedAt: 1), notBefore: moment, createdAt: Sample.noon)
    }

    @Test(arguments: TestEngines.available)
    func `wait for their time and are taken once, oldest first`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let channel = Sample.channel()
            let other = Sample.channel("other")
            let later = Sample.noon.advanced(byMilliseconds: 5)
            let notices = [
                Self.notice("1", to: channel), Self.notice("2", to: channel), Self.notice("3", to: channel, at: later),
                Self.notice("4", to: other, at: later),
            ]
            try await store.write { tx in
                try tx.insert(channel)
                try tx.insert(other)
                for notice in notices { try tx.gather(notice) }
            }
            let count = try await store.read { try $0.gatheredCount(of: channel.id) }
            #expect(count == GatheredCount(count: 3, next: Sample.noon))
            let before = Sample.noon.advanced(byMilliseconds: -1)
            #expect(try await store.read { try $0.channelsToRelease(at: before, limit: 9) } == [])
            #expect(try await store.read { try $0.channelsToRelease(at: Sample.noon, limit: 9) } == [channel.id])
            #expect(try await store.read { try $0.channelsToRelease(at: later, limit: 9) } == [channel.id, other.id])
            #expect(try await store.read { try $0.nextRelease(after: Sample.noon) } == later)
            let first = try await store.write { try $0.takeGathered(of: channel.id, at: Sample.noon, limit: 1) }
            #expect(first == [notices[0]])
            let second = try await store.write { try $0.takeGathered(of: channel.id, at: Sample.noon, limit: 9) }
            #expect(second == [notices[1]])
            #expect(try await store.write { try $0.takeGathered(of: channel.id, at: Sample.noon, limit: 9) } == [])
            try await store.write { try $0.hastenGathered(of: channel.id, to: Sample.noon) }
            #expect(
                try await store.read { try $0.gatheredCount(of: channel.id) }
                    == GatheredCount(count: 1, next: Sample.noon))
            // Nothing is made to wait longer.
            try await store.write { try $0.hastenGathered(of: channel.id, to: later) }
            #expect(try await store.read { try $0.gatheredCount(of: channel.id).next } == Sample.noon)
            try await store.write { try $0.remove(channel.id) }
            #expect(try await store.read { try $0.gatheredCount(of: channel.id) } == GatheredCount(count: 0, next: nil))
        }
    }

    @Test(arguments: TestEngines.available)
    func `are not released to a channel that is not open`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let until = Sample.noon.advanced(byMilliseconds: 100)
            let muted = Sample.channel("muted", state: .muted(until: until))
            let stopped = Sample.channel("stopped", state: .stopped(reason: "gone", at: Sample.noon))
            try await store.write { tx in
                for channel in [muted, stopped] {
                    try tx.insert(channel)
                    try tx.gather(Self.notice("1", to: channel))
                }
            }
            #expect(try await store.read { try $0.channelsToRelease(at: Sample.noon, limit: 9) } == [])
            #expect(try await store.read { try $0.channelsToRelease(at: until, limit: 9) } == [muted.id])
        }
    }

    @Test(arguments: TestEngines.available)
    func `go to one of many that take them at once`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let channel = Sample.channel()
            try await store.write { tx in
                try tx.insert(channel)
                for number in 0..<30 { try tx.gather(Self.notice("\(number)", to: channel)) }
            }
            let taken = try await withThrowingTaskGroup(of: [Identifier<Notice>].self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await store.write {
                            try $0.takeGathered(of: channel.id, at: Sample.noon, limit: 20).map(\.id)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.count == 30)
            #expect(Set(taken).count == 30)
        }
    }

    @Test(arguments: TestEngines.available)
    func `know how long their channel's line is`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let channel = Sample.channel()
            try await store.write { tx in
                try tx.insert(channel)
                for _ in 0..<7 { try tx.enqueue(Sample.notice(to: channel), delivery: Sample.id()) }
            }
            #expect(try await store.read { try $0.openDeliveryCount(of: channel.id, upTo: 99) } == 7)
            #expect(try await store.read { try $0.openDeliveryCount(of: channel.id, upTo: 3) } == 3)
        }
    }
}

@Suite struct `The rules and secrets of channels in every store` {
    @Test(arguments: TestEngines.available)
    func `come back as they were written`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            var channels = ["a", "b", "c"].map { Sample.channel($0) }
            channels[0].platform = .googleChat
            channels[0].rules = Channel.Rules()
            channels[1].sealedCredential = "v1.sealed"
            channels[1].retiringKey = Channel.RetiringKey(sealed: "v1.old", until: Sample.noon)
            channels[1].rules = Channel.Rules(
                topics: [.groups], fields: [FieldCode("casting")], regions: [RegionCode(stored: "JP-31")],
                languages: [.zh], classes: [.wildcard], minimumScore: 0.5, anonymity: .named,
                follow: [.organization(Identifier(stored: "org_01jd3w7k2m9v8x4t6r5q1p0nzb")), .field(FieldCode("x"))],
                mute: [.posting(Identifier(stored: "seed_01jd3w7k2m9v8x4t6r5q1p0nzb"))],
                cadence: .weekly(.fri, LocalTime(minuteOfDay: 510)),
                quietHours: Channel.QuietHours("22:00-07:00 sat sun"), backlog: .merged)
            channels[2].platform = .lineWorks
            channels[2].rules.cadence = .hourly
            channels[2].rules.quietHours = Channel.QuietHours("sun")
            try await store.write { [channels] tx in for channel in channels { try tx.insert(channel) } }
            #expect(try await store.read { try $0.channels() } == channels)
            channels[1].retiringKey = nil
            channels[1].rules = Channel.Rules(cadence: .daily(LocalTime(minuteOfDay: 0)))
            channels[1].version = 2
            try await store.write { [channels] in try $0.update(channels[1], expecting: 1) }
            #expect(try await store.read { try $0.channels() } == channels)
        }
    }
}
