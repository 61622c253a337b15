/// When to try again.
package enum RetryStep: Sendable, Equatable {
    /// Not before this moment, in milliseconds UTC.
    case at(Int64)
    /// The delivery is too old, or the receiver wants to be left alone for longer than it may live.
    case giveUp
}

/// Retries over three days with full jitter: the wait is drawn evenly between a floor and a cap that grows with each
/// try,
/// so that many deliveries to a receiver that came back do not arrive together (AWS Architecture Blog, 2015).
package struct RetrySchedule: Sendable, Equatable {
    /// The caps in milliseconds, one per try; the last holds for all further tries.
    package let caps: [Int64]
    /// No wait is shorter, in milliseconds.
    package let floor: Int64
    /// No try later than this after the first moment the delivery was due, in milliseconds.
    package let longestAge: Int64

    /// Caps 10 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h, then 8 h; three days in all.
    package static let standard = RetrySchedule(
        caps: [10, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800].map { $0 * 1000 }, floor: 500,
        longestAge: 3 * 86_400_000)

    /// Caps below the floor count as the floor; an empty list means the floor alone.
    package init(caps: [Int64], floor: Int64, longestAge: Int64) {
        self.floor = max(floor, 1)
        self.caps = caps.isEmpty ? [self.floor] : caps.map { max($0, floor) }
        self.longestAge = longestAge
    }

    /// The step after try number `tries` (from 1) failed at `now`. `firstDue` and `now` in milliseconds UTC, `random`
    /// even
    /// over all 64 bits. `notBefore` is the receiver's wish in milliseconds from now: it is kept exactly, instead of
    /// the draw.
    ///
    /// The last try is made at the very end of the delivery's life.
    package func step(
        afterTries tries: Int, firstDue: Int64, now: Int64, notBefore: Int64?, random: UInt64
    ) -> RetryStep {
        let end = firstDue + longestAge
        guard now < end else { return .giveUp }
        if let notBefore {
            let moment = now + max(min(notBefore, RetryAfter.longest), floor)
            return moment <= end ? .at(moment) : .giveUp
        }
        let cap = caps[min(max(tries, 1), caps.count) - 1]
        let span = UInt64(cap - floor) + 1
        let wait = floor + Int64(random.multipliedFullWidth(by: span).high)
        return .at(min(now + wait, end))
    }
}
