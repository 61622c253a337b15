import Delivery
import Exchange
import Operations
import Store
import Testing

@Suite struct `Channels in every store` {
    @Test(arguments: TestEngines.available)
    func `come back as they were written, in every state`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let states: [Channel.State] = [
                .active, .muted(until: Sample.noon), .stopped(reason: "no_service", at: Sample.noon),
            ]
            var channels = zip(["b", "a", "c"], states).map { Sample.channel($0, state: $1, owner: owner.id) }
            channels[0].rules = Channel.Rules()
            try await store.write { [channels] tx in for channel in channels { try tx.insert(channel) } }
            let found = try await store.read { tx in
                (try tx.channels(), try tx.channel(name: "c"), try tx.channel(name: "d"))
            }
            #expect(found.0 == [channels[1], channels[0], channels[2]])
            #expect(found.1 == channels[2])
            #expect(found.2 == nil)
            var renamed = channels[0]
            renamed.name = "a"
            await #expect(
                throws: Refusal.conflict(.duplicate(what: "The channel name a", existing: channels[1].id.text))
            ) { try await store.write { [renamed] in try $0.update(renamed, expecting: 1) } }
        }
    }
}

@Suite struct `The outbox of every store` {
    private static let noon = Sample.noon.milliseconds
    private static let reason = JudgedReason("http.429", "The receiver asks to slow down.")

    /// A channel with deliveries in order.
    private func enqueue(
        _ count: Int, to channel: Channel, in store: StoredExchange
    ) async throws -> [Identifier<OutboxDelivery>] {
        try await store.write { tx in
            if try tx.channel(channel.id) == nil { try tx.insert(channel) }
            return try (0..<count).map { _ in
                let id: Identifier<OutboxDelivery> = Sample.id()
                try tx.enqueue(Sample.notice(to: channel), delivery: id)
                return id
            }
        }
    }

    private func claimable(
        _ store: StoredExchange, at moment: Int64 = noon, perChannel: Int = 10, limit: Int = 100
    ) async throws -> [Identifier<OutboxDelivery>] {
        try await store.read { tx in
            try tx.claimable(at: Instant(milliseconds: moment), perChannel: perChannel, limit: limit).map(\.id)
        }
    }

    private func set(
        _ id: Identifier<OutboxDelivery>, _ state: DeliveryState, in store: StoredExchange
    ) async throws {
        try await store.write { tx in
            var delivery = try #require(try tx.delivery(id))
            let holder = delivery.holder
            delivery.progress = DeliveryProgress(state: state, firstDue: Self.noon, tries: 1, doubts: 0)
            #expect(try tx.update(delivery, ifHeldBy: holder))
        }
    }

    @Test(arguments: TestEngines.available)
    func `hands out each channel's deliveries in order, up to the first that must wait`(_ kind: EngineKind) async throws
    {
        try await TestEngines.withExchange(kind) { store in
            let one = Sample.channel("one")
            let two = Sample.channel("two")
            let first = try await enqueue(4, to: one, in: store)
            let second = try await enqueue(2, to: two, in: store)
            let sequences = try await store.read { tx in try first.map { try tx.delivery($0)?.sequence } }
            #expect(sequences == [1, 2, 3, 4])
            #expect(Set(try await claimable(store)) == Set(first + second))
            #expect(try await claimable(store, at: Self.noon - 1) == [])
            #expect(try await claimable(store, perChannel: 1).count == 2)
            #expect(try await claimable(store, limit: 3).count == 3)

            try await set(first[2], .waiting(until: Self.noon + 5, Self.reason), in: store)
            try await set(second[0], .claimed(DeliveryLease(holder: "w", until: Self.noon + 9)), in: store)
            #expect(try await claimable(store) == [first[0], first[1]])
            #expect(try await claimable(store, at: Self.noon + 5) == first)

            // Settled ones no longer stand in the way, held ones do.
            try await set(first[0], .delivered(at: Self.noon), in: store)
            try await set(first[1], .ambiguous(since: Self.noon, Self.reason), in: store)
            try await set(first[2], .held(since: Self.noon, Self.reason), in: store)
            try await set(second[0], .dead(at: Self.noon, Self.reason), in: store)
            #expect(try await claimable(store, at: Self.noon + 5) == [second[1]])
            #expect(
                try await store.read { try $0.openDeliveries(of: one.id, limit: 10).map(\.id) } == [first[2], first[3]])
            #expect(
                try await store.read { try $0.deliveryCounts() }
                    == ["delivered": 1, "ambiguous": 1, "held": 1, "dead": 1, "due": 2])
        }
    }

    @Test(arguments: TestEngines.available)
    func `passes over channels that are not open`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let until = Sample.noon.advanced(byMilliseconds: 100)
            let muted = Sample.channel("muted", state: .muted(until: until))
            let stopped = Sample.channel("stopped", state: .stopped(reason: "gone", at: Sample.noon))
            let ids = try await enqueue(1, to: muted, in: store)
            _ = try await enqueue(1, to: stopped, in: store)
            #expect(try await claimable(store) == [])
            #expect(try await claimable(store, at: Self.noon + 100) == ids)
            #expect(try await store.read { try $0.nextLook(at: Sample.noon) } == until)
        }
    }

    @Test(arguments: TestEngines.available)
    func `serves the channel that has waited longest first`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let late = try await enqueue(1, to: Sample.channel("late"), in: store)
            let early = try await enqueue(1, to: Sample.channel("early"), in: store)
            try await set(early[0], .due(at: Self.noon - 50), in: store)
            #expect(try await claimable(store) == early + late)
            #expect(try await claimable(store, limit: 1) == early)
        }
    }

    @Test(arguments: TestEngines.available)
    func `lets only the holder of a claim write its result`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let id = try await enqueue(1, to: Sample.channel(), in: store)[0]
            let due = try #require(try await store.read { try $0.delivery(id) })
            #expect(due.progress == DeliveryProgress(due: Self.noon))
            var claimed = due
            claimed.progress = try due.progress.claimed(by: "one", now: Self.noon, leaseMilliseconds: 1_000)
            let taken = try await store.write { [claimed] in try $0.update(claimed, ifHeldBy: nil) }
            #expect(taken)
            // A second claim finds it taken.
            let takenAgain = try await store.write { [claimed] in try $0.update(claimed, ifHeldBy: nil) }
            #expect(!takenAgain)
            #expect(try await store.write { try $0.update(due, ifHeldBy: "two") } == false)
            #expect(try await store.read { try $0.delivery(id) } == claimed)
            #expect(
                try await store.read { try $0.lapsedClaims(at: Instant(milliseconds: Self.noon + 999), limit: 9) } == []
            )
            let end = Instant(milliseconds: Self.noon + 1_000)
            #expect(try await store.read { try $0.lapsedClaims(at: end, limit: 9) } == [claimed])
            #expect(try await store.read { try $0.nextLook(at: Sample.noon) } == end)
            #expect(try await store.write { try $0.update(due, ifHeldBy: "one") })
            #expect(try await store.read { try $0.nextLook(at: Sample.noon) } == Sample.noon)
        }
    }

    @Test(arguments: TestEngines.available)
    func `gives a delivery to one of many that claim at once`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            _ = try await enqueue(40, to: Sample.channel(), in: store)
            let claims = try await withThrowingTaskGroup(of: [Identifier<OutboxDelivery>].self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        try await store.write { tx in
                            try tx.claimable(at: Sample.noon, perChannel: 5, limit: 5).compactMap { found in
                                var delivery = found
                                delivery.progress = try found.progress.claimed(
                                    by: "w\(worker)", now: Self.noon, leaseMilliseconds: 1_000)
                                return try tx.update(delivery, ifHeldBy: nil) ? found.id : nil
                            }
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            // While the first of a channel is claimed, nobody else gets its later ones.
            #expect(claims.count == 5)
            #expect(Set(claims).count == 5)
        }
    }

    @Test(arguments: TestEngines.available)
    func `keeps attempts and forgets texts after their time`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let channel = Sample.channel()
            let ids = try await enqueue(2, to: channel, in: store)
            let begun = DeliveryAttempt(number: 1, started: Self.noon)
            let ended = DeliveryAttempt(
                number: 1, started: Self.noon,
                ending: DeliveryAttemptEnding(
                    ended: Self.noon + 20, status: 429, outcome: "answered", verdict: "retry", reason: Self.reason,
                    requestBytes: 512))
            let second = DeliveryAttempt(number: 2, started: Self.noon + 30)
            try await store.write { tx in
                try tx.insert(begun, of: ids[0])
                try tx.update(ended, of: ids[0])
                try tx.insert(second, of: ids[0])
                try tx.insert(DeliveryAttempt(number: 3, started: Self.noon), of: ids[0])
                try tx.remove(attempt: 3, of: ids[0])
            }
            #expect(try await store.read { try $0.attempts(of: ids[0]) } == [ended, second])
            try await set(ids[0], .delivered(at: Self.noon), in: store)
            let later = Sample.noon.advanced(byMilliseconds: 1)
            #expect(try await store.write { try $0.purgeBodies(deliveredBefore: Sample.noon, limit: 9) } == 0)
            #expect(try await store.write { try $0.purgeBodies(deliveredBefore: later, limit: 9) } == 1)
            #expect(try await store.write { try $0.purgeBodies(deliveredBefore: later, limit: 9) } == 0)
            let notices = try await store.read { tx in
                try tx.notices(Set(try ids.compactMap { try tx.delivery($0)?.notice }))
            }
            #expect(notices.values.map(\.body).sorted() == ["", "{\"text\":\"マッチ\"}"])
            #expect(try await store.read { try $0.attempts(of: ids[0]) } == [ended, second])
            var due = DeliveryFilter()
            due.states = ["due"]
            due.channel = channel.id
            let waiting = try await store.read { [due] in try $0.deliveries(due, PageRequest()).items.map(\.id) }
            #expect(waiting == [ids[1]])
            #expect(try await store.all(by: 1) { try $0.deliveries(DeliveryFilter(), $1) }.map(\.id) == ids.reversed())

            // With the channel goes all that was to be said to it.
            try await store.write { try $0.remove(channel.id) }
            #expect(try await store.read { try $0.deliveryCounts() } == [:])
            #expect(try await store.read { try $0.attempts(of: ids[0]) } == [])
            #expect(try await store.read { try $0.nextLook(at: Sample.noon) } == nil)
        }
    }

    @Test(arguments: TestEngines.available)
    func `keeps how channels are doing, and leaves those alone that rest`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let channel = Sample.channel("one")
            let ids = try await enqueue(2, to: channel, in: store)
            #expect(try await store.read { try $0.courses([channel.id]) } == [:])
            var course = ChannelCourse()
            course.took(1, now: Self.noon, at: SendingRate(everyMilliseconds: 1_000, burst: 1))
            for _ in 0..<3 {
                course.learn(.retry(notBefore: nil, throttled: false, Self.reason), tookMilliseconds: 5, now: Self.noon)
            }
            let first = course
            try await store.write { try $0.save(first, of: channel.id) }
            #expect(try await store.read { try $0.courses([channel.id, Sample.id()]) } == [channel.id: first])
            #expect(try await claimable(store, at: Self.noon + 999) == [])
            #expect(try await store.read { try $0.nextLook(at: Sample.noon) }?.milliseconds == Self.noon + 1_000)
            #expect(try await claimable(store, at: Self.noon + 1_000) == ids)
            course.learn(.delivered(Self.reason), tookMilliseconds: 12.5, now: Self.noon + 7)
            let second = course
            try await store.write { try $0.save(second, of: channel.id) }
            #expect(try await store.read { try $0.courses([channel.id]) } == [channel.id: second])
            try await store.write { try $0.remove(channel.id) }
            #expect(try await store.read { try $0.courses([channel.id]) } == [:])
        }
    }

    @Test(arguments: TestEngines.available)
    func `tells what should have been sent by now`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let stopped = Sample.channel("stopped", state: .stopped(reason: "gone", at: Sample.noon))
            let (late, muted) = (
                Sample.channel("late"),
                Sample.channel("muted", state: .muted(until: Instant(milliseconds: Self.noon + 9)))
            )
            let overdue = try await enqueue(2, to: late, in: store)
            _ = try await enqueue(3, to: stopped, in: store)
            _ = try await enqueue(1, to: muted, in: store)
            let taken = try await enqueue(1, to: Sample.channel("taken"), in: store)
            try await set(overdue[0], .due(at: Self.noon - 5_000), in: store)
            try await set(taken[0], .claimed(DeliveryLease(holder: "w", until: Self.noon - 4_000)), in: store)
            let before = Instant(milliseconds: Self.noon - 2_000)
            let pulse = try await store.read { try $0.outboxPulse(by: before) }
            #expect(
                pulse
                    == OutboxPulse(
                        counts: ["due": 6, "claimed": 1], oldestDue: Instant(milliseconds: Self.noon - 5_000),
                        overdue: 1, lapsed: 1, behindStopped: [stopped.id: 3]))
        }
    }

    @Test(arguments: TestEngines.available)
    func `keeps channels that carry letters out of the list of channels`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            var lane = Sample.channel("mailto:a@b.jp")
            lane.purpose = .letters
            let channel = Sample.channel("one")
            let both = [lane, channel]
            try await store.write { tx in for channel in both { try tx.insert(channel) } }
            #expect(try await store.read { try $0.channels() } == [channel])
            let found = try await store.read { try $0.channels(Set(both.map(\.id))) }
            #expect(found == [lane.id: lane, channel.id: channel])
            var notice = Sample.notice(to: lane)
            notice = Notice(
                id: notice.id, channel: lane.id, topic: .letter, subject: "s", body: "v1.00", markedBody: nil,
                custody: .sealed, createdAt: notice.createdAt)
            let sealed = notice
            try await store.write { try $0.enqueue(sealed, delivery: Sample.id()) }
            #expect(try await store.read { try $0.notices([sealed.id]) } == [sealed.id: sealed])
            lane.purpose = .neededLetters
            lane.version = 2
            let quieter = lane
            try await store.write { try $0.update(quieter, expecting: 1) }
            #expect(try await store.read { try $0.channel(quieter.id) } == quieter)
        }
    }
}
