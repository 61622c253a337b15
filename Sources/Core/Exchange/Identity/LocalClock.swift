/// The clocks of a region: how far they are ahead of UTC, and when that changes (summer time).
///
/// Core sees no time zone database: whoever starts the service reads the changes of its zone once and gives them here.
package struct LocalClock: Hashable, Sendable {
    /// A moment from which clocks are ahead of UTC by another number of minutes.
    package struct Change: Hashable, Sendable {
        package let at: Instant
        package let offsetMinutes: Int

        /// Takes both values.
        package init(at: Instant, offsetMinutes: Int) {
            self.at = at
            self.offsetMinutes = offsetMinutes
        }
    }

    /// Before the first change.
    package let offsetMinutes: Int
    /// Ascending.
    package let changes: [Change]

    /// A region without summer time, such as Japan with 540.
    package init(offsetMinutes: Int, changes: [Change] = []) {
        self.offsetMinutes = offsetMinutes
        self.changes = changes.sorted { $0.at < $1.at }
    }

    /// How far clocks are ahead of UTC at the moment, in minutes.
    package func offset(at moment: Instant) -> Int {
        changes.last { $0.at <= moment }?.offsetMinutes ?? offsetMinutes
    }

    /// What a clock on the wall shows.
    package func reading(at moment: Instant) -> (day: CalendarDay, time: LocalTime) {
        let offset = offset(at: moment)
        let day = CalendarDay(of: moment, offsetMinutes: offset)
        let minute = (moment.milliseconds - day.start(offsetMinutes: offset).milliseconds) / 60_000
        return (day, LocalTime(minuteOfDay: Int(minute)))
    }

    /// The first moment at which a clock on the wall shows the day and the time. A time that summer time leaps over
    /// counts as the moment of the leap; of a time that comes twice, the first is meant.
    package func moment(_ day: CalendarDay, _ time: LocalTime) -> Instant {
        let wall = day.start(offsetMinutes: 0).advanced(byMilliseconds: Int64(time.minuteOfDay) * 60_000)
        func ahead(_ moment: Instant, _ offset: Int) -> Instant {
            moment.advanced(byMilliseconds: Int64(offset) * 60_000)
        }
        var before = offsetMinutes
        for change in changes {
            if ahead(change.at, before) <= wall, wall < ahead(change.at, change.offsetMinutes) { return change.at }
            before = change.offsetMinutes
        }
        let offsets = Set([offsetMinutes] + changes.map(\.offsetMinutes))
        return offsets.map { ($0, ahead(wall, -$0)) }.filter { offset(at: $0.1) == $0.0 }.map(\.1).min()
            ?? ahead(wall, -offsetMinutes)
    }
}

/// A time of day on a clock on the wall, to the minute.
package struct LocalTime: Hashable, Comparable, Sendable {
    /// 0 to 1439.
    package let minuteOfDay: Int

    /// Takes minutes since midnight, held within the day.
    package init(minuteOfDay: Int) {
        self.minuteOfDay = min(max(minuteOfDay, 0), 1439)
    }

    /// Reads `8:30` or `08:30`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.joined().utf8.allSatisfy({ (48...57).contains($0) }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        minuteOfDay = hour * 60 + minute
    }

    /// `08:30`.
    package var text: String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return padded(minuteOfDay / 60) + ":" + padded(minuteOfDay % 60)
    }

    package static func < (left: LocalTime, right: LocalTime) -> Bool { left.minuteOfDay < right.minuteOfDay }
}

/// A day of the week.
package enum Weekday: String, Sendable, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun
}

extension CalendarDay {
    /// The day of the week.
    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday.allCases[((daysSinceEpoch + 3) % 7 + 7) % 7]
    }

    /// So many days later.
    package func advanced(by days: Int) -> CalendarDay { CalendarDay(daysSinceEpoch: daysSinceEpoch + days) }
}
