/// When an event is: to the day once that is settled, before that as roughly as people know it ("autumn 2020").
package enum EventDate: Hashable, Sendable {
    case year(Int)
    case season(Int, Season)
    /// Year and month, 1...12.
    case month(Int, Int)
    /// First and last day; the same for one day.
    case days(CalendarDay, CalendarDay)

    /// A quarter of a year as people name it; winter begins in December of its year.
    package enum Season: String, Hashable, Sendable, CaseIterable {
        case spring, summer, autumn, winter

        /// Its first month.
        package var firstMonth: Int {
            switch self {
            case .spring: 3
            case .summer: 6
            case .autumn: 9
            case .winter: 12
            }
        }
    }

    /// The most days that one event lasts.
    package static let longest = 31

    /// Reads `2020`, `2020-autumn`, `2020-10`, `2020-10-27` or `2020-10-27/2020-10-28`.
    ///
    /// Throws a refusal that names the field, also when the end comes before the start.
    package init(_ text: String, field: String = "date") throws(Refusal) {
        let plain = text.trimmed
        let parts = plain.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if let first = CalendarDay(iso: parts[0]), parts.count <= 2 {
            guard parts.count == 2 else {
                self = .days(first, first)
                return
            }
            guard let last = CalendarDay(iso: parts[1]) else { throw Self.malformed(text, field) }
            guard first <= last else {
                throw .invalid(field, .outOfRange, "The last day, \(last.iso), comes before the first, \(first.iso).")
            }
            guard last.daysSinceEpoch - first.daysSinceEpoch < Self.longest else {
                throw .invalid(field, .outOfRange, "An event lasts at most \(Self.longest) days.")
            }
            self = .days(first, last)
            return
        }
        let words = plain.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard words[0].utf8.count == 4, words[0].utf8.allSatisfy({ (48...57).contains($0) }), let year = Int(words[0]),
            year >= 1000, words.count <= 2
        else { throw Self.malformed(text, field) }
        if words.count == 1 {
            self = .year(year)
        } else if let season = Season(rawValue: words[1]) {
            self = .season(year, season)
        } else if words[1].utf8.count == 2, CalendarDay(iso: plain + "-01") != nil, let month = Int(words[1]) {
            self = .month(year, month)
        } else {
            throw Self.malformed(text, field)
        }
    }

    private static func malformed(_ text: String, _ field: String) -> Refusal {
        .invalid(
            field, .malformed,
            "\"\(text.prefix(40))\" is no date. Write 2020-10-27, 2020-10-27/2020-10-28, 2020-10, 2020-autumn or 2020.")
    }

    /// As it is read.
    package var text: String {
        switch self {
        case .year(let year): "\(year)"
        case .season(let year, let season): "\(year)-\(season.rawValue)"
        case .month(let year, let month): "\(year)-" + (month < 10 ? "0\(month)" : "\(month)")
        case .days(let first, let last): first == last ? first.iso : "\(first.iso)/\(last.iso)"
        }
    }

    /// The first day it can mean.
    package var first: CalendarDay {
        switch self {
        case .year(let year): Self.day(year, 1)
        case .season(let year, let season): Self.day(year, season.firstMonth)
        case .month(let year, let month): Self.day(year, month)
        case .days(let first, _): first
        }
    }

    /// The last day it can mean.
    package var last: CalendarDay {
        switch self {
        case .year(let year): Self.dayBefore(year + 1, 1)
        case .season(let year, .winter): Self.dayBefore(year + 1, 3)
        case .season(let year, let season): Self.dayBefore(year, season.firstMonth + 3)
        case .month(let year, let month): month == 12 ? Self.dayBefore(year + 1, 1) : Self.dayBefore(year, month + 1)
        case .days(_, let last): last
        }
    }

    /// The days, once they are settled.
    package var days: ClosedRange<CalendarDay>? {
        if case .days(let first, let last) = self { return first...last }
        return nil
    }

    private static func day(_ year: Int, _ month: Int) -> CalendarDay {
        // The year 10000 has no day; nothing that is planned comes near.
        CalendarDay(year: year, month: month, day: 1) ?? CalendarDay(daysSinceEpoch: 2_932_896)
    }

    private static func dayBefore(_ year: Int, _ month: Int) -> CalendarDay {
        CalendarDay(daysSinceEpoch: day(year, month).daysSinceEpoch - 1)
    }
}

extension EventDate: Codable {
    /// Reads the text; throws a refusal for anything else.
    package init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self), field: decoder.fieldName)
    }

    /// Writes the text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// A stretch of time, the end excluded.
package struct TimeSpan: Hashable, Sendable, Codable {
    package let from: Instant
    package let to: Instant

    /// Throws a refusal that names the field unless the end comes after the start.
    package init(from: Instant, to: Instant, field: String = "to") throws(Refusal) {
        guard from < to else { throw .invalid(field, .outOfRange, "The end must come after the start.") }
        self.from = from
        self.to = to
    }

    /// Trusts both: for rows that the store wrote itself.
    package init(stored from: Instant, _ to: Instant) {
        self.from = from
        self.to = to
    }

    private enum CodingKeys: String, CodingKey { case from, to }

    /// Reads both ends; throws a refusal unless the end comes after the start.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            from: try container.decode(Instant.self, forKey: .from),
            to: try container.decode(Instant.self, forKey: .to),
            field: decoder.fieldName)
    }

    /// Whether any moment lies in both.
    package func overlaps(_ other: TimeSpan) -> Bool { from < other.to && other.from < to }

    /// Minutes from start to end.
    package var minutes: Int { Int((to.milliseconds - from.milliseconds) / 60_000) }
}
