import Synchronization

/// A token bucket per caller. Every caller may spend `burst` requests at once and gets `perSecond` back each second.
package final class RateLimiter: Sendable {
    package struct Allowance: Sendable, Equatable {
        package let perSecond: Double
        package let burst: Int

        package init(perSecond: Double, burst: Int) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    /// What is left after a request was counted.
    package struct Verdict: Sendable, Equatable {
        package let limit: Int
        package let remaining: Int
        /// Seconds until the bucket is full again.
        package let reset: Int
        /// Seconds to wait, when the request is refused.
        package let retryAfter: Int?
    }

    private struct Bucket {
        var tokens: Double
        var seen: Duration
    }

    /// Callers remembered at a time. Beyond that those with the fullest buckets are forgotten, who lose nothing by it.
    package static let mostCallers = 20_000

    private let buckets = Mutex<[String: Bucket]>([:])
    private let clock: @Sendable () -> Duration

    /// - Parameter clock: A time that never goes back.
    package init(clock: @escaping @Sendable () -> Duration = RateLimiter.uptime) { self.clock = clock }

    private static let start = ContinuousClock.now

    /// Time since the first use in this process.
    package static let uptime: @Sendable () -> Duration = { start.duration(to: .now) }

    /// Counts one request of the caller.
    package func spend(_ caller: String, _ allowance: Allowance) -> Verdict {
        let now = clock()
        return buckets.withLock { buckets in
            if buckets.count >= Self.mostCallers, buckets[caller] == nil { Self.forgetSome(&buckets, now, allowance) }
            var bucket = buckets[caller] ?? Bucket(tokens: Double(allowance.burst), seen: now)
            bucket.tokens = Self.refilled(bucket, now, allowance)
            bucket.seen = now
            let allowed = bucket.tokens >= 1
            if allowed { bucket.tokens -= 1 }
            buckets[caller] = bucket
            let missing = Double(allowance.burst) - bucket.tokens
            let wait = allowed ? nil : max(1, Int(((1 - bucket.tokens) / allowance.perSecond).rounded(.up)))
            return Verdict(
                limit: allowance.burst, remaining: Int(bucket.tokens),
                reset: Int((missing / allowance.perSecond).rounded(.up)), retryAfter: wait)
        }
    }

    private static func refilled(_ bucket: Bucket, _ now: Duration, _ allowance: Allowance) -> Double {
        min(Double(allowance.burst), bucket.tokens + (now - bucket.seen) / .seconds(1) * allowance.perSecond)
    }

    private static func forgetSome(_ buckets: inout [String: Bucket], _ now: Duration, _ allowance: Allowance) {
        let fullest = buckets.mapValues { refilled($0, now, allowance) }.sorted { $0.value > $1.value }
        for (caller, _) in fullest.prefix(mostCallers / 4) { buckets[caller] = nil }
    }
}
