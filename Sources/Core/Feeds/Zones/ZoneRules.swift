package import Exchange

/// When the clocks of a place change, by the time-zone database.
package struct ZoneRules: Sendable, Equatable {
    /// What clocks show.
    package struct Clock: Sendable, Equatable {
        /// Seconds ahead of UTC.
        package let offset: Int
        package let season: Season
        /// As people write it: `JST`, `CEST`.
        package let abbreviation: String

        /// Takes every value.
        package init(offset: Int, season: Season, abbreviation: String) {
            self.offset = offset
            self.season = season
            self.abbreviation = abbreviation
        }
    }

    /// Whether clocks are put forward for the summer.
    package enum Season: Sendable, Equatable {
        case standard
        case daylight
    }

    /// A moment from which clocks show something else.
    package struct Turn: Sendable, Equatable {
        /// Seconds since 1970-01-01T00:00:00Z.
        package let at: Int64
        package let clock: Clock

        /// Takes every value.
        package init(at: Int64, clock: Clock) {
            self.at = at
            self.clock = clock
        }
    }

    /// The name in the database: `Asia/Tokyo`.
    package let name: String
    /// What clocks showed before the first turn.
    package let first: Clock
    /// In the order of time.
    package let turns: [Turn]
    /// What goes on after the last turn.
    package let tail: YearlyTurns?

    /// Takes turns in any order.
    package init(name: String, first: Clock, turns: [Turn], tail: YearlyTurns? = nil) {
        self.name = name
        self.first = first
        self.turns = turns.sorted { $0.at < $1.at }
        self.tail = tail
    }

    /// A zone whose clocks never change.
    package static func fixed(_ name: String, offset: Int, abbreviation: String) -> ZoneRules {
        ZoneRules(
            name: name, first: Clock(offset: offset, season: .standard, abbreviation: abbreviation), turns: [])
    }

    /// What clocks show at a moment.
    package func clock(at instant: Instant) -> Clock {
        let second = instant.wholeSeconds
        let known = turns.last { $0.at <= second }
        guard let tail, second >= turns.last?.at ?? .min else { return known?.clock ?? first }
        let year = CalendarDay(of: instant, offsetMinutes: 0).civil.year
        let yearly = (year - 1...year + 1).flatMap { tail.turns(in: $0) }.last { $0.at <= second }
        return yearly?.clock ?? known?.clock ?? first
    }

    /// The turns from one moment to another.
    func turns(from start: Instant, to end: Instant) -> [Turn] {
        let range = start.wholeSeconds...max(start.wholeSeconds, end.wholeSeconds)
        var found = turns.filter { range.contains($0.at) }
        if let tail {
            let last = turns.last?.at ?? .min
            let years =
                CalendarDay(of: start, offsetMinutes: 0).civil.year...CalendarDay(of: end, offsetMinutes: 0).civil.year
            found += years.flatMap { tail.turns(in: $0) }.filter { range.contains($0.at) && $0.at > last }
        }
        return found
    }

    /// What clocks showed until a moment.
    func clock(before second: Int64) -> Clock {
        clock(at: Instant(milliseconds: second * 1000 - 1000))
    }
}

extension Instant {
    /// Whole seconds since 1970, rounded down.
    var wholeSeconds: Int64 { (milliseconds >= 0 ? milliseconds : milliseconds - 999) / 1000 }
}
