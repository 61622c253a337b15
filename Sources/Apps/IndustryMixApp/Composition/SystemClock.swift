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

extension LocalClock {
    /// The clocks of an IANA time zone, with every change of summer time that is known for the years to come.
    init(zone name: String) {
        guard let zone = TimeZone(identifier: name) else {
            self.init(offsetMinutes: 0)
            return
        }
        let start = Date(timeIntervalSince1970: Double(SystemClock.now().milliseconds) / 1000 - 400 * 86_400)
        var changes: [Change] = []
        var moment = start
        // Forty changes are twenty years; a zone without summer time has none.
        while changes.count < 40, let next = zone.nextDaylightSavingTimeTransition(after: moment), next > moment {
            let at = Instant(milliseconds: Int64(next.timeIntervalSince1970 * 1000))
            changes.append(Change(at: at, offsetMinutes: zone.secondsFromGMT(for: next) / 60))
            moment = next
        }
        self.init(offsetMinutes: zone.secondsFromGMT(for: start) / 60, changes: changes)
    }
}
