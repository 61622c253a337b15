/// Why a transition was refused; the stored state must then be read again.
package enum DeliveryTransitionRefusal: Error, Equatable, Sendable {
    /// Not due yet; it is at this moment (milliseconds UTC).
    case notDue(Int64)
    /// Another worker holds it, or its lease ran out.
    case notHeldBy(String)
    /// The lease has not run out yet; it does at this moment.
    case leaseRuns(Int64)
    /// This transition does not start from this state.
    case wrongState(String)
}

/// One delivery's way: its state and what was tried so far. Every change is a function that returns the next value.
package struct DeliveryProgress: Sendable, Equatable {
    /// How often a doubtful delivery is sent again where receivers cannot recognise repeats.
    package static let markedResends = 1
    /// How often a delivery is tried before its age may end it: it may have grown old in a muted channel, or while the
    /// service was down.
    package static let leastTries = 5

    /// Where it stands.
    package let state: DeliveryState
    /// When it was first due, in milliseconds UTC; its age counts from here.
    package let firstDue: Int64
    /// Tries begun in all.
    package let tries: Int
    /// Tries that ended in doubt since it was last replayed.
    package let doubts: Int

    /// As read from the store.
    package init(state: DeliveryState, firstDue: Int64, tries: Int, doubts: Int) {
        self.state = state
        self.firstDue = firstDue
        self.tries = tries
        self.doubts = doubts
    }

    /// A new delivery.
    package init(due: Int64) {
        self.init(state: .due(at: due), firstDue: due, tries: 0, doubts: 0)
    }

    /// Whether the next message may reach the reader for the second time.
    package var occasion: NoticeOccasion { doubts > 0 ? .possiblyRepeated : .first }

    /// A worker takes it for `leaseMilliseconds`, and a try begins: the attempt's row must be written with this state.
    package func claimed(
        by holder: String, now: Int64, leaseMilliseconds: Int64
    ) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        switch state {
        case .due(let moment), .waiting(let moment, _):
            guard moment <= now else { throw .notDue(moment) }
            let lease = DeliveryLease(holder: holder, until: now + max(leaseMilliseconds, 1))
            return with(.claimed(lease), tries: tries + 1)
        case .claimed, .ambiguous, .held, .delivered, .dead:
            throw .wrongState(state.word)
        }
    }

    /// Settles the try by its verdict. `random` must be even over all 64 bits; it draws the wait.
    package func settled(
        _ verdict: Verdict, by holder: String, now: Int64, schedule: RetrySchedule, random: UInt64
    ) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        guard case .claimed(let lease) = state else { throw .wrongState(state.word) }
        guard lease.holder == holder else { throw .notHeldBy(holder) }
        return after(verdict, now: now, schedule: schedule, random: random)
    }

    /// Gives an unsent claim back, as at shutdown before the request was handed over. The try does not count.
    package func released(by holder: String, now: Int64) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        guard case .claimed(let lease) = state else { throw .wrongState(state.word) }
        guard lease.holder == holder else { throw .notHeldBy(holder) }
        return with(.due(at: now), tries: max(tries - 1, 0))
    }

    /// Takes a claim away whose worker did not settle it in time: it may have been sent, so it is in doubt.
    package func lapsed(
        now: Int64, policy: AmbiguityPolicy, schedule: RetrySchedule, random: UInt64
    ) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        guard case .claimed(let lease) = state else { throw .wrongState(state.word) }
        guard lease.until <= now else { throw .leaseRuns(lease.until) }
        return after(.ambiguous(policy, Self.workerLost), now: now, schedule: schedule, random: random)
    }

    /// Ends the claim of a worker that is known to be gone, before its lease runs out. The fault was not the
    /// receiver's, so the try does not count and the next one need not wait; whether this one arrived is in doubt all
    /// the same.
    package func orphaned(now: Int64, policy: AmbiguityPolicy) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        guard case .claimed = state else { throw .wrongState(state.word) }
        if policy == .resendOnceMarked, doubts >= Self.markedResends {
            return with(.ambiguous(since: now, Self.workerLost), doubts: doubts + 1)
        }
        return with(.due(at: now), tries: max(0, tries - 1), doubts: doubts + 1)
    }

    private static let workerLost = JudgedReason(
        "doubt.workerLost", "The service stopped while this was being sent; it may or may not have arrived.")

    /// Holds it because its channel stopped for another delivery's sake.
    package func held(because reason: JudgedReason, now: Int64) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        switch state {
        case .due, .waiting: with(.held(since: now, reason))
        case .claimed, .ambiguous, .held, .delivered, .dead: throw .wrongState(state.word)
        }
    }

    /// Goes on when its channel was mended; its age counts anew.
    package func resumed(now: Int64) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        guard case .held = state else { throw .wrongState(state.word) }
        return DeliveryProgress(state: .due(at: now), firstDue: now, tries: tries, doubts: doubts)
    }

    /// Gives it up because nobody wants it any more.
    package func ended(because reason: JudgedReason, now: Int64) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        switch state {
        case .due, .waiting, .held: with(.dead(at: now, reason))
        case .claimed, .ambiguous, .delivered, .dead: throw .wrongState(state.word)
        }
    }

    /// A person sends it again, whatever became of it; never swallowed. Only a running claim refuses.
    package func replayed(now: Int64) throws(DeliveryTransitionRefusal) -> DeliveryProgress {
        if case .claimed(let lease) = state { throw .leaseRuns(lease.until) }
        return DeliveryProgress(state: .due(at: now), firstDue: now, tries: tries, doubts: 0)
    }

    private func after(_ verdict: Verdict, now: Int64, schedule: RetrySchedule, random: UInt64) -> DeliveryProgress {
        switch verdict {
        case .delivered:
            return with(.delivered(at: now))
        case .dead(let reason):
            return with(.dead(at: now, reason))
        case .channelStops(let reason):
            return with(.held(since: now, reason))
        case .retry(let notBefore, _, let reason):
            return waiting(reason, now: now, notBefore: notBefore, schedule: schedule, random: random, doubts: doubts)
        case .ambiguous(let policy, let reason):
            if policy == .resendOnceMarked, doubts >= Self.markedResends {
                return with(.ambiguous(since: now, reason), doubts: doubts + 1)
            }
            return waiting(
                reason, now: now, notBefore: nil, schedule: schedule, random: random, doubts: doubts + 1)
        }
    }

    private func waiting(
        _ reason: JudgedReason, now: Int64, notBefore: Int64?, schedule: RetrySchedule, random: UInt64, doubts: Int
    ) -> DeliveryProgress {
        let begins = tries < Self.leastTries ? max(firstDue, now - schedule.longestAge / 2) : firstDue
        switch schedule.step(
            afterTries: tries, firstDue: begins, now: now, notBefore: notBefore, random: random)
        {
        case .at(let moment):
            return with(.waiting(until: moment, reason), doubts: doubts)
        case .giveUp:
            let words = "Given up after \(tries) tries; the last one: \(reason.sentence)"
            return with(.dead(at: now, JudgedReason("expired." + reason.code, words)), doubts: doubts)
        }
    }

    private func with(_ state: DeliveryState, tries: Int? = nil, doubts: Int? = nil) -> DeliveryProgress {
        DeliveryProgress(
            state: state, firstDue: firstDue, tries: tries ?? self.tries, doubts: doubts ?? self.doubts)
    }
}
