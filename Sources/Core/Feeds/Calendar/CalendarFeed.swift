package import Exchange

/// A calendar that programs subscribe to or people open: iCalendar (RFC 5545, with the names of RFC 7986).
package struct CalendarFeed: Sendable {
    /// What a calendar is sent for (RFC 5546).
    package enum Method: String, Sendable {
        case publish = "PUBLISH"
        case request = "REQUEST"
        case cancel = "CANCEL"
    }

    /// One thing in a calendar.
    package struct Entry: Sendable, Equatable {
        /// The same for ever, whatever changes.
        package var uid: String
        /// Counts up with every change that people must notice.
        package var sequence: Int
        package var status: Status
        package var time: Time
        package var summary: String
        /// When this was last changed.
        package var modified: Instant
        package var details = ""
        package var location = ""
        package var url: String?
        package var organizer: Organizer?
        package var categories: [String] = []
        /// Minutes before the start at which to remind; nil for no reminder.
        package var reminder: Int?

        /// Takes what every entry has.
        package init(
            uid: String, sequence: Int, status: Status, time: Time, summary: String, modified: Instant
        ) {
            self.uid = uid
            self.sequence = sequence
            self.status = status
            self.time = time
            self.summary = summary
            self.modified = modified
        }
    }

    /// Whether an entry takes place.
    package enum Status: String, Sendable {
        case tentative = "TENTATIVE"
        case confirmed = "CONFIRMED"
        case cancelled = "CANCELLED"
    }

    /// When an entry is.
    package enum Time: Sendable, Equatable {
        /// From one moment to another, shown in the calendar's zone.
        case hours(Instant, Instant)
        /// Whole days, the last included.
        case days(CalendarDay, CalendarDay)
    }

    /// Who calls people together.
    package struct Organizer: Sendable, Equatable {
        package let name: String
        package let email: String

        /// Takes both.
        package init(name: String, email: String) {
            self.name = name
            self.email = email
        }
    }

    /// What the calendar is called where it is shown.
    package var name: String
    package var zone: ZoneRules
    package var method: Method = .publish
    package var entries: [Entry]
    /// How often programs should look again, in minutes.
    package var refresh = 15

    /// A calendar of these entries.
    package init(name: String, zone: ZoneRules, method: Method = .publish, entries: [Entry]) {
        self.name = name
        self.zone = zone
        self.method = method
        self.entries = entries
    }

    /// The text, UTF-8, lines ended as the standard has it.
    package var text: String {
        var lines = [
            ContentLine("BEGIN", "VCALENDAR"),
            ContentLine("VERSION", "2.0"),
            ContentLine("PRODID", "-//Industry Mix//Exhibitions//EN"),
            ContentLine("CALSCALE", "GREGORIAN"),
            ContentLine("METHOD", method.rawValue),
        ]
        if method == .publish {
            lines += [
                ContentLine("NAME", text: name),
                ContentLine("X-WR-CALNAME", text: name),
                ContentLine("X-WR-TIMEZONE", text: zone.name),
                ContentLine("REFRESH-INTERVAL", "PT\(refresh)M", [("VALUE", "DURATION")]),
                ContentLine("X-PUBLISHED-TTL", "PT\(refresh)M"),
            ]
        }
        let moments = entries.flatMap { entry -> [Instant] in
            if case .hours(let start, let end) = entry.time { return [start, end] }
            return []
        }
        if let first = moments.min(), let last = moments.max() { lines += zone.component(from: first, to: last) }
        for entry in entries { lines += entry.lines(zone, isCancelled: method == .cancel) }
        lines.append(ContentLine("END", "VCALENDAR"))
        return lines.map(\.written).joined()
    }
}

extension CalendarFeed.Entry {
    fileprivate func lines(_ zone: ZoneRules, isCancelled: Bool) -> [ContentLine] {
        var lines = [
            ContentLine("BEGIN", "VEVENT"),
            ContentLine("UID", text: uid),
            ContentLine("DTSTAMP", modified.universal),
            ContentLine("LAST-MODIFIED", modified.universal),
            ContentLine("SEQUENCE", String(max(0, sequence))),
            ContentLine("STATUS", isCancelled ? CalendarFeed.Status.cancelled.rawValue : status.rawValue),
        ]
        switch time {
        case .hours(let start, let end):
            let parameter = [(name: "TZID", value: zone.name)]
            lines.append(ContentLine("DTSTART", zone.local(start), parameter))
            lines.append(ContentLine("DTEND", zone.local(max(start, end)), parameter))
        case .days(let first, let last):
            // The end is the day after.
            let next = CalendarDay(daysSinceEpoch: max(first, last).daysSinceEpoch + 1)
            lines.append(ContentLine("DTSTART", first.compact, [("VALUE", "DATE")]))
            lines.append(ContentLine("DTEND", next.compact, [("VALUE", "DATE")]))
            lines.append(ContentLine("TRANSP", "TRANSPARENT"))
        }
        lines.append(ContentLine("SUMMARY", text: summary))
        if !details.isEmpty { lines.append(ContentLine("DESCRIPTION", text: details)) }
        if !location.isEmpty { lines.append(ContentLine("LOCATION", text: location)) }
        if let url { lines.append(ContentLine("URL", url)) }
        if let organizer {
            lines.append(ContentLine("ORGANIZER", "mailto:" + organizer.email, [("CN", organizer.name)]))
        }
        if !categories.isEmpty {
            lines.append(ContentLine("CATEGORIES", categories.map(ContentLine.escaped).joined(separator: ",")))
        }
        if let reminder, status != .cancelled, !isCancelled {
            lines += [
                ContentLine("BEGIN", "VALARM"),
                ContentLine("ACTION", "DISPLAY"),
                ContentLine("TRIGGER", "-PT\(max(0, reminder))M"),
                ContentLine("DESCRIPTION", text: summary),
                ContentLine("END", "VALARM"),
            ]
        }
        return lines + [ContentLine("END", "VEVENT")]
    }
}

extension Instant {
    /// `20261121T030405Z`.
    var universal: String { moved(by: 0) + "Z" }

    /// `20261121T030405` where clocks are so many seconds ahead of UTC.
    func moved(by offset: Int) -> String {
        let local = Instant(milliseconds: (wholeSeconds + Int64(offset)) * 1000)
        let day = CalendarDay(of: local, offsetMinutes: 0)
        let rest = Int(local.wholeSeconds - Int64(day.daysSinceEpoch) * 86_400)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return day.compact + "T" + two(rest / 3600) + two(rest / 60 % 60) + two(rest % 60)
    }
}

extension CalendarDay {
    /// `20261121`.
    var compact: String { iso.filter { $0 != "-" } }
}
