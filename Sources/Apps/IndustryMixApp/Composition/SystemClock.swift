import Exchange
import Feeds
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
        }, zones: .system, zoneRules: ZoneRules.installed)
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

extension ZoneRules {
    /// Where systems keep the compiled time-zone database.
    private static let folder = "/usr/share/zoneinfo/"

    /// The rules of a zone from the system's database; nothing where it is not installed or has no such zone.
    static func installed(_ name: String) -> ZoneRules? {
        // A name comes from an event's document: nothing but names of zones may reach the file system.
        let isName = name.utf8.allSatisfy { byte in
            (65...90).contains(byte) || (97...122).contains(byte) || (48...57).contains(byte)
                || [0x2b, 0x2d, 0x2f, 0x5f].contains(byte)
        }
        guard isName, !name.hasPrefix("/"), let bytes = FileManager.default.contents(atPath: folder + name) else {
            return nil
        }
        return ZoneRules(name: name, compiled: Array(bytes))
    }
}
