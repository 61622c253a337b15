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
        /// Results of one channel wait at most so long for being written together, in milliseconds.
        package var settleMilliseconds: Int64 = 250

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
        // What is due already belongs to channels that are busy, whose end fires the signal: looking again at once
        // would find nothing new.
        guard let next else { return limits.tickMilliseconds }
        let wait = next > now ? next.milliseconds - now.milliseconds : 100
        return min(max(wait, 1), limits.tickMilliseconds)
    }

    private func claim() async throws -> [Batch] {
        let room = limits.channelsAtOnce - busy.count
        guard room > 0 else { return [] }
        let batches = try await office.claim(
            by: holder, limits: limits, schedule: schedule, except: busy, channels: room)
        for batch in batches { busy.insert(batch.channel.id) }
        return batches
    }

    private func serve(_ batch: Batch) async {
        var rest = batch.deliveries[...]
        var ends: [AttemptEnd] = []
        while let claimed = rest.popFirst() {
            // A process that was stopped for a while may find its claims taken over: then nothing more is sent.
            guard holds(claimed.attempt) else {
                rest = batch.deliveries[(rest.startIndex - 1)...]
                break
            }
            let end = await attempt(claimed, to: batch.channel)
            ends.append(end)
            let carriesOn = end.verdict.leavesChannelWell && !Task.isCancelled
            if !carriesOn || rest.isEmpty || isTimeToSettle(ends) {
                let isWritten = await settle(ends, of: batch.channel)
                ends = []
                guard carriesOn, isWritten else { break }
            }
        }
        _ = await settle(ends, of: batch.channel)
        await release(rest, of: batch.channel)
        busy.remove(batch.channel.id)
        signal.fire()
    }

    /// Whether a request sent now would end while the claim surely holds.
    private func holds(_ attempt: DeliveryAttempt) -> Bool {
        // The longest time-out is a mail's.
        let longest = min(65_000, limits.leaseMilliseconds / 2)
        return office.ambient.now().milliseconds + longest < attempt.started + limits.leaseMilliseconds
    }

    /// Sends one. Nothing is written yet.
    private func attempt(_ claimed: ClaimedDelivery, to channel: Channel) async -> AttemptEnd {
        let began = office.ambient.now().milliseconds
        let request: WireRequest
        do {
            request = try office.request(for: claimed, to: channel)
        } catch {
            // Nothing can leave until somebody mends the channel: its notices are kept, and it says why it stopped.
            let reason = JudgedReason("channel.unusable", "No request could be made: \(Self.words(error))")
            return AttemptEnd(
                claimed: claimed, outcome: WireOutcome(.refused(.badURL)), verdict: .channelStops(reason), began: began,
                ended: began)
        }
        let outcome = await sender.send(request)
        let now = office.ambient.now().milliseconds
        // The clock counts whole milliseconds: the present one is not over yet.
        let ended = now + 1
        let verdict = DeliveryJudge.verdict(on: outcome, from: channel.platform.delivery, now: now)
        return AttemptEnd(claimed: claimed, outcome: outcome, verdict: verdict, began: began, ended: ended)
    }

    private func isTimeToSettle(_ ends: [AttemptEnd]) -> Bool {
        guard let first = ends.first else { return false }
        return ends.count >= limits.perChannel
            || office.ambient.now().milliseconds - first.began >= limits.settleMilliseconds
    }

    /// Writes results; whether that succeeded.
    private func settle(_ ends: [AttemptEnd], of channel: Channel) async -> Bool {
        guard let first = ends.first else { return true }
        do {
            try await insist(first.claimed.attempt) {
                try await self.office.settle(ends, of: channel, by: self.holder, schedule: self.schedule)
            }
        } catch {
            report(.fault("\(error)"))
            return false
        }
        for end in ends {
            report(
                .attempted(
                    channel: channel, verdict: end.verdict.word,
                    milliseconds: end.outcome.measure.totalMilliseconds))
        }
        return true
    }

    private func release(_ unsent: ArraySlice<ClaimedDelivery>, of channel: Channel) async {
        guard let attempt = unsent.first?.attempt else { return }
        let unsent = Array(unsent)
        do {
            try await insist(attempt) { try await self.office.release(unsent, of: channel, by: self.holder) }
        } catch {
            report(.fault("\(error)"))
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

/// A claimed delivery that was sent, or could not be, and what that means.
struct AttemptEnd: Sendable {
    let claimed: ClaimedDelivery
    let outcome: WireOutcome
    let verdict: Verdict
    /// In milliseconds UTC.
    let began: Int64
    /// After the answer, in milliseconds UTC.
    let ended: Int64
}

extension Verdict {
    /// Whether the next message of the channel may follow at once: this one arrived, or was refused for its own sake.
    fileprivate var leavesChannelWell: Bool {
        switch self {
        case .delivered, .dead: true
        case .retry, .ambiguous, .channelStops: false
        }
    }
}

/// What the loop tells whoever counts and logs.
package enum DeliveryEvent: Sendable {
    /// An attempt ended; the verdict is its word.
    case attempted(channel: Channel, verdict: String, milliseconds: Double)
    /// The store or a secret failed; the words say how.
    case fault(String)
}
