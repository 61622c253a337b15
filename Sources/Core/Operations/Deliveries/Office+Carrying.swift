import Delivery
import Exchange

extension Office {
    /// Claims what is due, with an attempt written ahead for each, and clears up after senders that died.
    func claim(
        by holder: String, limits: DeliveryLoop<Store, some WireSender>.Limits, schedule: RetrySchedule,
        except resting: Set<Identifier<Channel>>, channels room: Int
    ) async throws -> [Batch] {
        let due = try await store.read { tx in
            try !tx.lapsedClaims(at: tx.now, limit: 1).isEmpty
                || !tx.claimable(at: tx.now, perChannel: 1, limit: room + resting.count)
                    .allSatisfy { resting.contains($0.channel) }
        }
        guard due else { return [] }
        let perChannel = limits.perChannel
        let lease = limits.leaseMilliseconds
        let random = ambient.random
        return try await store.write { tx in
            try tx.clearLapsed(schedule: schedule, random: random)
            let found = try tx.claimable(
                at: tx.now, perChannel: perChannel, limit: (room + resting.count) * perChannel)
            let known = try tx.channels(Set(found.map(\.channel)))
            var order: [Identifier<Channel>] = []
            var claimed: [Identifier<Channel>: [ClaimedDelivery]] = [:]
            let texts = try tx.notices(Set(found.map(\.notice)))
            for var delivery in found where !resting.contains(delivery.channel) {
                guard let channel = known[delivery.channel], let notice = texts[delivery.notice] else { continue }
                let most = channel.platform.delivery.signs ? perChannel : 1
                let taken = claimed[channel.id]?.count ?? 0
                guard taken < most, taken > 0 || order.count < room else { continue }
                if taken == 0 { order.append(channel.id) }
                delivery.progress = try delivery.progress.claimed(
                    by: holder, now: tx.now.milliseconds, leaseMilliseconds: lease)
                guard try tx.update(delivery, ifHeldBy: nil) else { continue }
                let attempt = DeliveryAttempt(
                    number: try tx.attempts(of: delivery.id).count + 1, started: tx.now.milliseconds)
                try tx.insert(attempt, of: delivery.id)
                claimed[channel.id, default: []].append(
                    ClaimedDelivery(delivery: delivery, notice: notice, attempt: attempt))
            }
            return order.compactMap { id in
                known[id].map { Batch(channel: $0, deliveries: claimed[id] ?? []) }
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

    /// Writes what became of an attempt, unless the claim was lost meanwhile. A verdict that would stop the channel
    /// does not if its owner has entered another address since: then the delivery is tried again there.
    func settle(
        _ claimed: ClaimedDelivery, _ outcome: WireOutcome, _ verdict: Verdict, of channel: Channel,
        by holder: String, schedule: RetrySchedule
    ) async throws {
        let random = ambient.random()
        try await store.write { tx in
            var verdict = verdict
            if case .channelStops(let reason) = verdict, let current = try tx.channel(channel.id),
                current.sealedAddress != channel.sealedAddress
            {
                verdict = .retry(notBefore: nil, throttled: false, reason)
            }
            var delivery = claimed.delivery
            delivery.progress = try delivery.progress.settled(
                verdict, by: holder, now: tx.now.milliseconds, schedule: schedule, random: random)
            guard try tx.update(delivery, ifHeldBy: holder) else { return }
            try tx.update(
                claimed.attempt.ended(outcome, judged: verdict, at: tx.now.milliseconds), of: delivery.id)
            if case .dead(_, let reason) = delivery.progress.state {
                try tx.append([
                    Happening(
                        .deliveryDead, subject: delivery.id.text, related: [channel.id.text], by: .system("sender"),
                        at: tx.now, details: ["reason": reason.sentence])
                ])
            }
            if case .channelStops(let reason) = verdict { try tx.stop(channel.id, because: reason.sentence) }
        }
    }

    /// Gives claimed deliveries back that were not begun, with the attempts written ahead for them.
    func release(_ unsent: [ClaimedDelivery], by holder: String) async throws {
        try await store.write { tx in
            for claimed in unsent {
                var delivery = claimed.delivery
                delivery.progress = try delivery.progress.released(by: holder, now: tx.now.milliseconds)
                guard try tx.update(delivery, ifHeldBy: holder) else { continue }
                try tx.remove(attempt: claimed.attempt.number, of: delivery.id)
            }
        }
    }
}

extension ExchangeTransaction {
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

    /// Stops a channel whose other end has refused for good; its notices stay.
    func stop(_ id: Identifier<Channel>, because reason: String) throws {
        guard var channel = try channel(id) else { return }
        if case .stopped = channel.state { return }
        let version = channel.version
        channel.state = .stopped(reason: reason, at: now)
        channel.version += 1
        channel.updatedAt = now
        try update(channel, expecting: version)
        try append([channel.happening(.channelStopped, by: .system("sender"), at: now, details: ["reason": reason])])
    }
}
