package import Delivery
package import Exchange

/// Carries due deliveries to their channels: claims in batches, sends, settles; for ever, until told to stop.
///
/// Several loops on several machines may run over one store: a claim is a lease in the row, and a result is written
/// only by whoever still holds it. Every send has its attempt written before the first byte leaves.
package actor DeliveryLoop<Store: ExchangeStore, Sender: WireSender> {
    /// Limits of one loop.
    package struct Limits: Sendable {
        /// Channels served at once.
        package var channelsAtOnce = 64
        /// Deliveries of one channel claimed together, where its platform sets no slow pace.
        package var perChannel = 16
        /// How long a claim holds, in milliseconds; longer than any batch can take.
        package var leaseMilliseconds: Int64 = 300_000
        /// The longest sleep between two looks, in milliseconds: other processes enqueue without a nudge.
        package var tickMilliseconds: Int64 = 1_000

        /// The shipped limits.
        package init() {}
    }

    let office: Office<Store>
    let sender: Sender
    let limits: Limits
    let schedule: RetrySchedule
    /// This loop's name in claims, unlike any other's.
    let holder: String
    let signal: Signal
    private let report: @Sendable (DeliveryEvent) -> Void
    private var pace: [Identifier<Channel>: TokenBucket] = [:]
    private var busy: Set<Identifier<Channel>> = []

    /// Takes its collaborators. `signal` is fired by whoever enqueues; `report` hears of every end of an attempt.
    package init(
        office: Office<Store>, sender: Sender, signal: Signal, holder: String, limits: Limits = Limits(),
        schedule: RetrySchedule = .standard, report: @escaping @Sendable (DeliveryEvent) -> Void = { _ in }
    ) {
        self.office = office
        self.sender = sender
        self.signal = signal
        self.holder = holder
        self.limits = limits
        self.schedule = schedule
        self.report = report
    }

    /// Works until the task is cancelled; then finishes what it has begun.
    package func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let wait: Int64
                do {
                    let batches = try await claim()
                    for batch in batches {
                        group.addTask { await self.serve(batch) }
                    }
                    wait = batches.isEmpty ? try await pause() : 0
                } catch {
                    report(.fault("\(error)"))
                    wait = limits.tickMilliseconds
                }
                if wait > 0 { await signal.wait(milliseconds: wait) }
            }
        }
    }

    /// Sends everything that is due now and returns when nothing more can be sent at the moment: for tests and
    /// commands.
    package func drain() async throws {
        while true {
            let batches = try await claim()
            if batches.isEmpty { return }
            await withDiscardingTaskGroup { group in
                for batch in batches { group.addTask { await self.serve(batch) } }
            }
        }
    }

    private func pause() async throws -> Int64 {
        let now = office.ambient.now()
        let next = try await office.store.read { tx in try tx.nextLook(at: now) }
        let paced = pace.filter { !busy.contains($0.key) }.map { $0.value.nextAllowed(now: now.milliseconds) }
            .filter { $0 > now.milliseconds }.min()
        // What is due already belongs to channels that are busy (their end fires the signal) or rest (their pace is
        // known): looking again at once would find nothing new.
        let upcoming = next.map { $0 > now ? $0.milliseconds : now.milliseconds + 100 }
        let earliest = [upcoming, paced].compactMap { $0 }.min() ?? Int64.max
        let wait = earliest == Int64.max ? limits.tickMilliseconds : earliest - now.milliseconds
        return min(max(wait, 5), limits.tickMilliseconds)
    }

    private func claim() async throws -> [Batch] {
        let room = limits.channelsAtOnce - busy.count
        guard room > 0 else { return [] }
        let now = office.ambient.now().milliseconds
        let resting = busy.union(pace.filter { $0.value.nextAllowed(now: now) > now }.keys)
        let batches = try await office.claim(
            by: holder, limits: limits, schedule: schedule, except: resting, channels: room)
        for batch in batches {
            busy.insert(batch.channel.id)
            _ = takeToken(batch.channel)
        }
        return batches
    }

    /// Whether the channel's pace allows one more send now; if so, it is counted.
    private func takeToken(_ channel: Channel) -> Bool {
        pace[channel.id, default: TokenBucket(channel.platform.delivery.rate)].take(
            now: office.ambient.now().milliseconds)
    }

    private func serve(_ batch: Batch) async {
        var rest = batch.deliveries[...]
        while let claimed = rest.popFirst() {
            let carriesOn = await send(claimed, to: batch.channel)
            guard carriesOn, !Task.isCancelled, rest.isEmpty || takeToken(batch.channel) else { break }
        }
        if let attempt = rest.first?.attempt {
            let unsent = Array(rest)
            do {
                try await insist(attempt) { try await self.office.release(unsent, by: self.holder) }
            } catch {
                report(.fault("\(error)"))
            }
        }
        busy.remove(batch.channel.id)
        signal.fire()
    }

    /// Sends one; whether the next of the channel may follow at once.
    private func send(_ claimed: ClaimedDelivery, to channel: Channel) async -> Bool {
        do {
            let request: WireRequest
            do {
                request = try office.request(for: claimed, to: channel)
            } catch {
                // Nothing can leave until somebody mends the channel: its notices are kept, and it says why it stopped.
                let reason = JudgedReason("channel.unusable", "No request could be made: \(Self.words(error))")
                try await settle(claimed, WireOutcome(.refused(.badURL)), .channelStops(reason), of: channel)
                report(.attempted(channel: channel, verdict: "channelStops", milliseconds: 0))
                return false
            }
            let outcome = await sender.send(request)
            let now = office.ambient.now().milliseconds
            let verdict = DeliveryJudge.verdict(on: outcome, from: channel.platform.delivery, now: now)
            if case .retry(let moment?, true, _) = verdict {
                pace[channel.id, default: TokenBucket(channel.platform.delivery.rate)].rest(until: now + moment)
            }
            try await settle(claimed, outcome, verdict, of: channel)
            report(.attempted(channel: channel, verdict: verdict.word, milliseconds: outcome.measure.totalMilliseconds))
            if case .delivered = verdict { return true }
            return false
        } catch {
            report(.fault("\(error)"))
            return false
        }
    }

    private func settle(
        _ claimed: ClaimedDelivery, _ outcome: WireOutcome, _ verdict: Verdict, of channel: Channel
    ) async throws {
        try await insist(claimed.attempt) {
            try await self.office.settle(
                claimed, outcome, verdict, of: channel, by: self.holder, schedule: self.schedule)
        }
    }

    /// Repeats a write that the store refuses, as long as the claim of `attempt` holds: a result that is not written
    /// means that the message is sent again. Harmless after a commit nobody heard of: the claim is over then.
    private func insist(_ attempt: DeliveryAttempt, _ write: @Sendable () async throws -> Void) async throws {
        let end = attempt.started + limits.leaseMilliseconds
        var wait: Int64 = 100
        while true {
            do {
                return try await write()
            } catch {
                guard !(error is DeliveryTransitionRefusal), !Task.isCancelled,
                    office.ambient.now().milliseconds + wait < end
                else { throw error }
                report(.fault("\(error)"))
            }
            // Cut short at shutdown: then one more try is made.
            await Signal().wait(milliseconds: wait)
            wait = min(wait * 2, 10_000)
        }
    }
}

extension DeliveryLoop {
    /// What went wrong, without the address: it may be a secret.
    private static func words(_ error: any Error) -> String {
        (error as? WebhookURLRefusal)?.sentence ?? "\(error)"
    }
}

/// Deliveries of one channel claimed together, in order.
struct Batch: Sendable {
    let channel: Channel
    let deliveries: [ClaimedDelivery]
}

/// A claimed delivery with its text and the attempt that was written ahead.
struct ClaimedDelivery: Sendable {
    let delivery: OutboxDelivery
    let notice: Notice
    let attempt: DeliveryAttempt
}

/// What the loop tells whoever counts and logs.
package enum DeliveryEvent: Sendable {
    /// An attempt ended; the verdict is its word.
    case attempted(channel: Channel, verdict: String, milliseconds: Double)
    /// The store or a secret failed; the words say how.
    case fault(String)
}
