import Exchange
import Foundation
import Operations

/// The one place where the application reads the clock and draws chance.
enum SystemClock {
    static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

extension Ambient {
    /// The real world.
    static let system = Ambient(
        now: SystemClock.now,
        random: {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        })
}
