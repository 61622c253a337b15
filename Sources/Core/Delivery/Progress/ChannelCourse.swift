/// How a channel is doing: its pace, its failures in a row, and the breaker they open.
///
/// It is kept in the store, so that a restart forgets nothing and several processes keep one pace. Times are
/// milliseconds UTC.
package struct ChannelCourse: Sendable, Equatable {
    /// So many failures in a row open the breaker.
    package static let breakerFailures = 5
    /// How long an open breaker rests before one message is let through to probe; doubled by each failed probe.
    package static let shortestBreak: Int64 = 30_000
    /// The longest such rest.
    package static let longestBreak: Int64 = 600_000
    /// A channel whose answers take so long on average is slow.
    package static let slowMilliseconds = 3_000.0

    /// When the token bucket will be full again.
    package private(set) var fullAt: Int64
    /// Nothing is sent before: the bucket is empty, the receiver asked for rest, or the breaker is open.
    package private(set) var restsUntil: Int64
    /// Failures since the last success.
    package private(set) var failures: Int
    /// When the first of these was.
    package private(set) var brokenSince: Int64?
    /// The breaker lets one message through from then on; nil while it is closed.
    package private(set) var openUntil: Int64?
    package private(set) var lastSuccess: Int64?
    package private(set) var lastFailure: Int64?
    /// Why the last failure was.
    package private(set) var reason: JudgedReason?
    /// The moving mean of what an answer takes, in milliseconds.
    package private(set) var meanMilliseconds: Double

    /// A channel to which nothing was sent yet.
    package init() {
        self.init(
            fullAt: 0, restsUntil: 0, failures: 0, brokenSince: nil, openUntil: nil, lastSuccess: nil, lastFailure: nil,
            reason: nil, meanMilliseconds: 0)
    }

    /// As read from the store.
    package init(
        fullAt: Int64, restsUntil: Int64, failures: Int, brokenSince: Int64?, openUntil: Int64?, lastSuccess: Int64?,
        lastFailure: Int64?, reason: JudgedReason?, meanMilliseconds: Double
    ) {
        self.fullAt = fullAt
        self.restsUntil = restsUntil
        self.failures = failures
        self.brokenSince = brokenSince
        self.openUntil = openUntil
        self.lastSuccess = lastSuccess
        self.lastFailure = lastFailure
        self.reason = reason
        self.meanMilliseconds = meanMilliseconds
    }

    /// How many messages may go now, at most `most`. After failures it is one: a probe.
    package func allowance(now: Int64, at rate: SendingRate, most: Int) -> Int {
        guard restsUntil <= now, most > 0 else { return 0 }
        let tokens = TokenBucket(rate, fullAt: fullAt).available(now: now)
        return min(failures > 0 ? 1 : most, Int(clamping: tokens))
    }

    /// Counts messages that are about to go.
    package mutating func took(_ count: Int, now: Int64, at rate: SendingRate) {
        var bucket = TokenBucket(rate, fullAt: fullAt)
        for _ in 0..<count { _ = bucket.take(now: now) }
        fullAt = bucket.fullAt
        restsUntil = max(restsUntil, bucket.nextAllowed(now: now))
    }

    /// Takes back what was counted and not sent.
    package mutating func gaveBack(_ count: Int, now: Int64, at rate: SendingRate) {
        let emptyUntil = TokenBucket(rate, fullAt: fullAt).nextAllowed(now: now)
        fullAt -= Int64(count) * rate.everyMilliseconds
        // A longer rest has another reason.
        guard restsUntil <= emptyUntil else { return }
        restsUntil = TokenBucket(rate, fullAt: fullAt).nextAllowed(now: now)
    }

    /// Counts the pace from the end of an attempt where no two messages may go at once: the receiver's clock may have
    /// seen the last one as late as its answer.
    package mutating func paced(from end: Int64, at rate: SendingRate) {
        guard rate.burst == 1 else { return }
        fullAt = max(fullAt, end + rate.everyMilliseconds)
        restsUntil = max(restsUntil, end + rate.everyMilliseconds)
    }

    /// Learns how an attempt ended that took so long.
    package mutating func learn(_ verdict: Verdict, tookMilliseconds: Double, now: Int64) {
        switch verdict {
        case .delivered:
            failures = 0
            brokenSince = nil
            openUntil = nil
            reason = nil
            lastSuccess = now
            meanMilliseconds =
                meanMilliseconds == 0 ? tookMilliseconds : 0.8 * meanMilliseconds + 0.2 * tookMilliseconds
        case .dead(let why):
            // The other end is well; it was this message that it refused.
            lastFailure = now
            reason = why
        case .retry(let notBefore?, true, let why):
            // Asked to slow down: no failure either.
            restsUntil = max(restsUntil, now + notBefore)
            lastFailure = now
            reason = why
        case .retry(_, true, let why):
            lastFailure = now
            reason = why
        case .retry(let notBefore, false, let why):
            fail(why, notBefore: notBefore, now: now)
        case .ambiguous(_, let why), .channelStops(let why):
            fail(why, notBefore: nil, now: now)
        }
    }

    /// Starts anew after somebody has mended the channel. Its pace is kept.
    package mutating func mended(now: Int64) {
        failures = 0
        brokenSince = nil
        openUntil = nil
        reason = nil
        restsUntil = min(restsUntil, now)
    }

    private mutating func fail(_ why: JudgedReason, notBefore: Int64?, now: Int64) {
        failures += 1
        brokenSince = brokenSince ?? now
        lastFailure = now
        reason = why
        guard failures >= Self.breakerFailures else { return }
        let doublings = min(failures - Self.breakerFailures, 10)
        // A receiver that says when to come again knows best.
        let rest = notBefore ?? min(Self.shortestBreak << Int64(doublings), Self.longestBreak)
        openUntil = now + rest
        restsUntil = max(restsUntil, now + rest)
    }
}

/// How a channel does, in one word for people.
package enum ChannelHealth: Sendable, Equatable {
    /// Nothing was sent yet.
    case unused
    case healthy
    /// It works, but its answers take long.
    case slow
    /// Attempts have failed since that moment; they go on.
    case broken(since: Int64)
    /// It has failed so often since that moment that it rests until another one, and is then probed.
    case resting(since: Int64, until: Int64)

    /// unused, healthy, slow, broken or resting.
    package var word: String {
        switch self {
        case .unused: "unused"
        case .healthy: "healthy"
        case .slow: "slow"
        case .broken: "broken"
        case .resting: "resting"
        }
    }
}

extension ChannelCourse {
    /// How the channel does.
    package var health: ChannelHealth {
        if let brokenSince {
            guard let openUntil else { return .broken(since: brokenSince) }
            return .resting(since: brokenSince, until: openUntil)
        }
        if lastSuccess == nil, lastFailure == nil { return .unused }
        return meanMilliseconds >= Self.slowMilliseconds ? .slow : .healthy
    }
}
