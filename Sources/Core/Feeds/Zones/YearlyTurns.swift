import Exchange

/// Clocks that change on the same rule each year, or never: the last line of a file of the time-zone database, in the
/// form of POSIX (IEEE 1003.1, 8.3, as RFC 9636 widens it), such as `CET-1CEST,M3.5.0,M10.5.0/3`.
package struct YearlyTurns: Sendable, Equatable {
    /// A day of each year and a time of that day, which may lie on another day.
    struct Rule: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// Month 1...12, week 1...5 (5 is the last), weekday 0...6 (0 is Sunday).
            case weekday(month: Int, week: Int, weekday: Int)
            /// From 1; 29 February is never counted.
            case ofYearWithoutLeapDay(Int)
            /// From 0; 29 February is counted.
            case ofYear(Int)
        }

        let day: Day
        /// Seconds after midnight, by the clock that ends.
        let time: Int
    }

    let standard: ZoneRules.Clock
    let daylight: ZoneRules.Clock?
    let begins: Rule?
    let ends: Rule?

    /// Reads the line; nil if it is none.
    package init?(posix text: String) {
        var reader = PosixReader(text)
        guard let name = reader.name(), let offset = reader.time() else { return nil }
        standard = .init(offset: -offset, season: .standard, abbreviation: name)
        if reader.isAtEnd {
            daylight = nil
            begins = nil
            ends = nil
            return
        }
        guard let summer = reader.name() else { return nil }
        let ahead = reader.isAtComma || reader.isAtEnd ? offset - 3600 : reader.time()
        guard let ahead, let begins = reader.rule(), let ends = reader.rule(), reader.isAtEnd else { return nil }
        daylight = .init(offset: -ahead, season: .daylight, abbreviation: summer)
        self.begins = begins
        self.ends = ends
    }

    /// The two changes of a year in the order of time; none if the clocks never change.
    func turns(in year: Int) -> [ZoneRules.Turn] {
        guard let daylight, let begins, let ends, let start = begins.moment(in: year, offset: standard.offset),
            let end = ends.moment(in: year, offset: daylight.offset)
        else { return [] }
        let turns = [ZoneRules.Turn(at: start, clock: daylight), ZoneRules.Turn(at: end, clock: standard)]
        return start <= end ? turns : turns.reversed()
    }
}

extension YearlyTurns.Rule {
    /// Seconds since 1970 of the moment in a year; nil outside of the calendar.
    func moment(in year: Int, offset: Int) -> Int64? {
        guard let day = day(in: year) else { return nil }
        return Int64(day.daysSinceEpoch) * 86_400 + Int64(time) - Int64(offset)
    }

    private func day(in year: Int) -> CalendarDay? {
        guard let newYear = CalendarDay(year: year, month: 1, day: 1) else { return nil }
        switch day {
        case .ofYear(let number):
            return CalendarDay(daysSinceEpoch: newYear.daysSinceEpoch + number)
        case .ofYearWithoutLeapDay(let number):
            let isLeap = CalendarDay(year: year, month: 2, day: 29) != nil
            return CalendarDay(daysSinceEpoch: newYear.daysSinceEpoch + number - 1 + (isLeap && number > 59 ? 1 : 0))
        case .weekday(let month, let week, let weekday):
            guard let first = CalendarDay(year: year, month: month, day: 1) else { return nil }
            // 1 January 1970 was a Thursday.
            let ahead = (weekday - (first.daysSinceEpoch + 4) % 7 + 14) % 7
            var day = CalendarDay(daysSinceEpoch: first.daysSinceEpoch + ahead + 7 * (week - 1))
            while day.civil.month != month { day = CalendarDay(daysSinceEpoch: day.daysSinceEpoch - 7) }
            return day
        }
    }

    /// The rule as an iCalendar recurrence; nil where the day of the change depends on its hour.
    var recurrence: String? {
        guard case .weekday(let month, let week, let weekday) = day, (0..<86_400).contains(time) else { return nil }
        let days = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"]
        return "FREQ=YEARLY;BYMONTH=\(month);BYDAY=\(week == 5 ? -1 : week)\(days[weekday])"
    }
}

/// Reads the parts of a POSIX zone from left to right.
private struct PosixReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }
    var isAtComma: Bool { rest.first == UInt8(ascii: ",") }

    private mutating func take(_ byte: Character) -> Bool {
        guard let first = rest.first, first == byte.asciiValue else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Letters, or anything between < and >.
    mutating func name() -> String? {
        if take("<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
            let name = String(Substring(rest[..<end]))
            rest = rest[rest.index(after: end)...]
            return name
        }
        let letters = rest.prefix { (65...90).contains($0) || (97...122).contains($0) }
        rest = rest.dropFirst(letters.count)
        return letters.count >= 3 ? String(Substring(letters)) : nil
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { (48...57).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits.count <= 3 ? Int(Substring(digits)) : nil
    }

    /// `[+-]h[:mm[:ss]]` in seconds.
    mutating func time() -> Int? {
        let sign = take("-") ? -1 : 1
        if sign == 1 { _ = take("+") }
        guard var total = number().map({ $0 * 3600 }) else { return nil }
        for unit in [60, 1] {
            guard take(":") else { break }
            guard let part = number() else { return nil }
            total += part * unit
        }
        return sign * total
    }

    mutating func rule() -> YearlyTurns.Rule? {
        guard take(","), let day = day() else { return nil }
        guard take("/") else { return .init(day: day, time: 7200) }
        return time().map { .init(day: day, time: $0) }
    }

    private mutating func day() -> YearlyTurns.Rule.Day? {
        if take("J") { return number().map { .ofYearWithoutLeapDay($0) } }
        guard take("M") else { return number().map { .ofYear($0) } }
        guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
            (1...12).contains(month), (1...5).contains(week), (0...6).contains(weekday)
        else { return nil }
        return .weekday(month: month, week: week, weekday: weekday)
    }
}
