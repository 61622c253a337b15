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
        }, zones: .system)
}

extension ZoneOffsets {
    /// The IANA table that Foundation brings.
    static let system = ZoneOffsets { zone, instant in
        TimeZone(identifier: zone).map {
            $0.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)) / 60
        }
    }
}
