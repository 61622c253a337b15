import Delivery
import Exchange

extension Office {
    /// Claims what is due, with an attempt written ahead for each, and clears up after senders that died.
    func claim(
        by holder: String, limits: DeliveryLoop<Store, some WireSender>.Limits, schedule: RetrySchedule,
        except busy: Set<Identifier<Channel>>, channels room: Int
    ) async throws -> [Batch] {
        let due = try await store.read { tx in
            try !tx.lapsedClaims(at: tx.now, limit: 1).isEmpty
                || !tx.claimable(at: tx.now, perChannel: 1, limit: room + busy.count)
                    .allSatisfy { busy.contains($0.channel) }
        }
        guard due else { return [] }
        let perChannel = limits.perChannel
        let lease = limits.leaseMilliseconds
        let random = ambient.random
        return try await store.write { tx in
            try tx.clearLapsed(schedule: schedule, random: random)
            let found = try tx.claimable(at: tx.now, perChannel: perChannel, limit: (room + busy.count) * perChannel)
            var lines: [Identifier<Channel>: [OutboxDelivery]] = [:]
            var order: [Identifier<Channel>] = []
            for delivery in found where !busy.contains(delivery.channel) {
                if lines[delivery.channel] == nil {
                    guard order.count < room else { continue }
                    order.append(delivery.channel)
                }
                lines[delivery.channel, default: []].append(delivery)
            }
            let channels = try tx.channels(Set(order))
            let courses = try tx.courses(Set(order))
            return try order.compactMap { id in
                guard let channel = channels[id], let line = lines[id] else { return nil }
                return try tx.claim(
                    line, of: channel, courses[id] ?? ChannelCourse(), by: holder, leaseMilliseconds: lease)
            }
        }
    }

    /// Ends every claim there is: for a process that knows itself to be the only sender, when it starts. After a crash
    /// this spares the channels the wait for the leases of the process that died. Returns how many there were.
    package func endOrphanedClaims() async throws -> Int {
        try await store.write { tx in
            let claimed = try tx.lapsedClaims(at: Instant(milliseconds: Int64.max), limit: Int(Int32.max))
            for var delivery in claimed {
                guard let holder = delivery.holder, let channel = try tx.channel(delivery.channel) else { continue }
                delivery.progress = try delivery.progress.orphaned(
                    now: tx.now.milliseconds, policy: channel.platform.delivery.ambiguityPolicy)
                _ = try tx.update(delivery, ifHeldBy: holder)
            }
            return claimed.count
        }
    }

    /// The request that carries a delivery: address and key decrypted, generic webhooks signed for this very attempt,
    /// letters made into mails.
    func request(for claimed: ClaimedDelivery, to channel: Channel) throws -> WireRequest {
        if channel.platform == .mail { return try mailRequest(for: claimed, to: channel) }
        let address = try WebhookURL(
            try sealer.open(channel.sealedAddress, for: channel.id.text + ".address"), allowing: allowance)
        let text =
            claimed.delivery.progress.occasion == .possiblyRepeated
            ? claimed.notice.markedBody ?? claimed.notice.body : claimed.notice.body
        let now = ambient.now()
        return try channel.platform.delivery.request(
            id: claimed.delivery.id.text, message: claimed.notice.id.text, to: address, payload: Array(text.utf8),
            secrets: try signingKeys(of: channel, at: now), credential: try credential(of: channel),
            seconds: now.milliseconds / 1000)
    }

    /// Writes what became of attempts of one channel, unless the claim was lost meanwhile.
    func settle(_ ends: [AttemptEnd], of channel: Channel, by holder: String, schedule: RetrySchedule) async throws {
        let drawn = ends.map { ($0, ambient.random()) }
        try await store.write { tx in
            var course = try tx.courses([channel.id])[channel.id] ?? ChannelCourse()
            for (end, random) in drawn {
                try settle(end, of: channel, by: holder, schedule: schedule, random: random, &course, in: tx)
            }
            if try tx.channel(channel.id) != nil { try tx.save(course, of: channel.id) }
        }
    }

    /// A verdict that would stop the channel does not if its owner has entered another address since: then the delivery
    /// is tried again there.
    private func settle(
        _ end: AttemptEnd, of channel: Channel, by holder: String, schedule: RetrySchedule, random: UInt64,
        _ course: inout ChannelCourse, in tx: Store.Transaction
    ) throws {
        var verdict = end.verdict
        if case .channelStops(let reason) = verdict, let current = try tx.channel(channel.id),
            current.sealedAddress != channel.sealedAddress
        {
            verdict = .retry(notBefore: nil, throttled: false, reason)
        }
        var delivery = end.claimed.delivery
        delivery.progress = try delivery.progress.settled(
            verdict, by: holder, now: tx.now.milliseconds, schedule: schedule, random: random)
        guard try tx.update(delivery, ifHeldBy: holder) else { return }
        try tx.update(
            end.claimed.attempt.ended(end.outcome, judged: verdict, at: tx.now.milliseconds), of: delivery.id)
        course.learn(verdict, tookMilliseconds: end.outcome.measure.totalMilliseconds, now: tx.now.milliseconds)
        course.paced(from: end.ended, at: channel.platform.delivery.rate)
        if case .dead(_, let reason) = delivery.progress.state {
            try tx.append([
                Happening(
                    .deliveryDead, subject: delivery.id.text, related: [channel.id.text], by: .system("sender"),
                    at: tx.now, details: ["reason": reason.sentence])
            ])
        }
        if case .channelStops(let reason) = verdict, let stopped = try tx.stop(channel.id, because: reason.sentence) {
            try tellOfStop(stopped, reason, in: tx)
        }
    }

    /// Gives claimed deliveries back that were not begun, with the attempts written ahead for them and their part of
    /// the channel's pace.
    func release(_ unsent: [ClaimedDelivery], of channel: Channel, by holder: String) async throws {
        try await store.write { tx in
            var released = 0
            for claimed in unsent {
                var delivery = claimed.delivery
                delivery.progress = try delivery.progress.released(by: holder, now: tx.now.milliseconds)
                guard try tx.update(delivery, ifHeldBy: holder) else { continue }
                try tx.remove(attempt: claimed.attempt.number, of: delivery.id)
                released += 1
            }
            guard released > 0, var course = try tx.courses([channel.id])[channel.id] else { return }
            course.gaveBack(released, now: tx.now.milliseconds, at: channel.platform.delivery.rate)
            try tx.save(course, of: channel.id)
        }
    }
}

extension ExchangeTransaction {
    /// Claims the beginning of a channel's line: as many as its pace allows, one where receivers cannot tell repeats.
    fileprivate func claim(
        _ line: [OutboxDelivery], of channel: Channel, _ course: ChannelCourse, by holder: String,
        leaseMilliseconds: Int64
    ) throws -> Batch? {
        let platform = channel.platform.delivery
        let most = platform.ambiguityPolicy == .resendSameIdentifier ? line.count : 1
        let count = course.allowance(now: now.milliseconds, at: platform.rate, most: most)
        guard count > 0 else { return nil }
        let taken = line.prefix(count)
        let texts = try notices(Set(taken.map(\.notice)))
        let numbers = try lastAttempts(of: Set(taken.map(\.id)))
        var claimed: [ClaimedDelivery] = []
        for var delivery in taken {
            guard let notice = texts[delivery.notice] else { continue }
            delivery.progress = try delivery.progress.claimed(
                by: holder, now: now.milliseconds, leaseMilliseconds: leaseMilliseconds)
            // Those behind one that was taken meanwhile must wait for it.
            guard try update(delivery, ifHeldBy: nil) else { break }
            let attempt = DeliveryAttempt(number: (numbers[delivery.id] ?? 0) + 1, started: now.milliseconds)
            try insert(attempt, of: delivery.id)
            claimed.append(ClaimedDelivery(delivery: delivery, notice: notice, attempt: attempt))
        }
        guard !claimed.isEmpty else { return nil }
        var next = course
        next.took(claimed.count, now: now.milliseconds, at: platform.rate)
        try save(next, of: channel.id)
        return Batch(channel: channel, deliveries: claimed)
    }

    /// Ends the claims of senders that died: whether their last send arrived is in doubt.
    func clearLapsed(schedule: RetrySchedule, random: @Sendable () -> UInt64) throws {
        for var delivery in try lapsedClaims(at: now, limit: 200) {
            guard let holder = delivery.holder, let channel = try channel(delivery.channel) else { continue }
            delivery.progress = try delivery.progress.lapsed(
                now: now.milliseconds, policy: channel.platform.delivery.ambiguityPolicy, schedule: schedule,
                random: random())
            _ = try update(delivery, ifHeldBy: holder)
        }
    }

    /// Stops a channel whose other end has refused for good; its notices stay. Returns the channel if it was not
    /// stopped before.
    @discardableResult
    func stop(_ id: Identifier<Channel>, because reason: String) throws -> Channel? {
        guard var channel = try channel(id) else { return nil }
        if case .stopped = channel.state { return nil }
        let version = channel.version
        channel.state = .stopped(reason: reason, at: now)
        channel.version += 1
        channel.updatedAt = now
        try update(channel, expecting: version)
        try append([channel.happening(.channelStopped, by: .system("sender"), at: now, details: ["reason": reason])])
        return channel
    }
}
