/// How fast a channel may be written to.
package struct SendingRate: Sendable, Equatable {
    /// The sustained distance between two messages, in milliseconds.
    package let everyMilliseconds: Int64
    /// How many may go at once after a rest; at least 1.
    package let burst: Int64

    /// Values below 1 count as 1.
    package init(everyMilliseconds: Int64, burst: Int64) {
        self.everyMilliseconds = max(everyMilliseconds, 1)
        self.burst = max(burst, 1)
    }
}

/// A token bucket as one number: the generic cell rate algorithm, exact in whole milliseconds.
///
/// `fullAt` is when the bucket will be full again; it is all that must be stored to go on after a restart.
package struct TokenBucket: Sendable, Equatable {
    /// How fast it fills and how much it holds.
    package let rate: SendingRate
    /// In milliseconds UTC; a moment in the past means full.
    package private(set) var fullAt: Int64
    /// The channel rests until this moment (milliseconds UTC) because the receiver asked for it.
    package private(set) var restsUntil: Int64

    /// A full bucket, or one continued from stored numbers.
    package init(_ rate: SendingRate, fullAt: Int64 = 0, restsUntil: Int64 = 0) {
        self.rate = rate
        self.fullAt = fullAt
        self.restsUntil = restsUntil
    }

    /// The first moment at or after `now` at which a message may go.
    package func nextAllowed(now: Int64) -> Int64 {
        max(now, sane(now: now).fullAt - rate.everyMilliseconds * (rate.burst - 1), restsUntil)
    }

    /// How many messages may go at `now`, one after the other.
    package func available(now: Int64) -> Int64 {
        guard restsUntil <= now else { return 0 }
        let missing = max(sane(now: now).fullAt - now, 0)
        return max(rate.burst - (missing + rate.everyMilliseconds - 1) / rate.everyMilliseconds, 0)
    }

    /// Takes one token; false (and nothing changed) when it is too early.
    package mutating func take(now: Int64) -> Bool {
        guard nextAllowed(now: now) <= now else { return false }
        fullAt = max(sane(now: now).fullAt, now) + rate.everyMilliseconds
        return true
    }

    /// Rests until `moment`; an earlier wish never shortens a longer one.
    package mutating func rest(until moment: Int64) {
        restsUntil = max(restsUntil, moment)
    }

    /// After a clock that jumped back, the bucket would stay empty for the whole jump. It can never be emptier than
    /// empty,
    /// so such a number is read as one free token.
    private func sane(now: Int64) -> TokenBucket {
        guard fullAt > now + rate.everyMilliseconds * rate.burst else { return self }
        return TokenBucket(rate, fullAt: now + rate.everyMilliseconds * (rate.burst - 1), restsUntil: restsUntil)
    }
}
