/// What the time zones of the world say: how far clocks were ahead of UTC. The core has no table of its own; the
/// application brings one.
package struct ZoneOffsets: Sendable {
    private let find: @Sendable (_ zone: String, _ at: Instant) -> Int?

    /// Takes the look-up: minutes ahead of UTC in an IANA zone at an instant, nothing for an unknown zone.
    package init(_ find: @escaping @Sendable (_ zone: String, _ at: Instant) -> Int?) {
        self.find = find
    }

    /// Zones of the region that know no daylight saving, for where no table is at hand.
    package static let constant = ZoneOffsets { zone, _ in
        ["UTC": 0, "Asia/Tokyo": 540, "Asia/Seoul": 540, "Asia/Shanghai": 480][zone]
    }

    /// Minutes ahead of UTC; nothing for an unknown zone.
    package func minutes(_ zone: String, at instant: Instant) -> Int? { find(zone, instant) }

    /// Whether there is such a zone.
    package func knows(_ zone: String) -> Bool { find(zone, Instant(milliseconds: 0)) != nil }

    /// What a local time can mean.
    package enum Meaning: Hashable, Sendable {
        /// The usual case.
        case once(Instant)
        /// Clocks were put back: both moments show that time.
        case twice(Instant, Instant)
        /// Clocks were put forward over it.
        case never
    }

    /// The moment at which clocks of the zone show so many minutes after midnight of the day; nothing for an unknown
    /// zone.
    package func meaning(of day: CalendarDay, minutes: Int, in zone: String) -> Meaning? {
        let plain = day.start(offsetMinutes: 0).advanced(byMilliseconds: Int64(minutes) * 60_000)
        // No zone is further than a day from UTC, and none changes twice within two days.
        guard let before = find(zone, plain.advanced(byDays: -1)), let after = find(zone, plain.advanced(byDays: 1))
        else { return nil }
        var moments: [Instant] = []
        for offset in Set([before, after]) {
            let candidate = plain.advanced(byMilliseconds: Int64(-offset) * 60_000)
            if find(zone, candidate) == offset { moments.append(candidate) }
        }
        moments.sort()
        return switch moments.count {
        case 0: .never
        case 1: .once(moments[0])
        default: .twice(moments[0], moments[1])
        }
    }

    /// The day and the minutes after midnight that clocks of the zone show; UTC for an unknown zone.
    package func local(_ instant: Instant, in zone: String) -> (day: CalendarDay, minutes: Int) {
        let offset = find(zone, instant) ?? 0
        let day = CalendarDay(of: instant, offsetMinutes: offset)
        let rest = instant.milliseconds - day.start(offsetMinutes: offset).milliseconds
        return (day, Int(rest / 60_000))
    }

    /// The local time as people write it: `2027-10-27T13:00`.
    package func text(_ instant: Instant, in zone: String) -> String {
        let (day, minutes) = local(instant, in: zone)
        return "\(day.iso)T\(ClockTime(minutes: minutes)?.text ?? "00:00")"
    }

    /// Reads a moment: RFC 3339, or a local time of the zone such as `2027-10-27T13:00`.
    ///
    /// Throws a refusal that names the field for anything else, and for local times that a change of clocks skips or
    /// doubles.
    package func moment(_ text: String, in zone: String, field: String) throws(Refusal) -> Instant {
        let plain = text.trimmed
        if let instant = Instant(rfc3339: plain) { return instant }
        let parts = plain.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = CalendarDay(iso: String(parts[0])),
            let time = ClockTime(String(parts[1].prefix(5))), ["", ":00"].contains(parts[1].dropFirst(5))
        else {
            throw .invalid(
                field, .malformed,
                "\"\(text.prefix(40))\" is no time. Write 2027-10-27T13:00 (in the event's zone) or add the offset, "
                    + "as in 2027-10-27T13:00:00+09:00.")
        }
        switch meaning(of: day, minutes: time.minutes, in: zone) {
        case .once(let instant)?: return instant
        case .twice(let first, let second)?:
            throw .invalid(
                field, .outOfRange,
                "Clocks in \(zone) show \(plain) twice that day. Write which: \(first.rfc3339) or \(second.rfc3339).")
        case .never?:
            throw .invalid(
                field, .outOfRange, "Clocks in \(zone) are put forward over \(plain): there is no such time that day.")
        case nil: throw .invalid("zone", .unknown, Self.unknown(zone))
        }
    }

    /// What to say of a zone that nobody knows.
    package static func unknown(_ zone: String) -> String {
        "There is no time zone \"\(zone.prefix(60))\". Write an IANA name such as Asia/Tokyo or Europe/Berlin."
    }
}

/// A time of day in minutes after midnight, 0...1440 (`24:00` ends a day).
package struct ClockTime: Hashable, Comparable, Sendable {
    package let minutes: Int

    /// Nothing outside 0...1440.
    package init?(minutes: Int) {
        guard (0...1440).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    /// Reads `HH:MM`.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60
        else { return nil }
        self.init(minutes: hours * 60 + minutes)
    }

    /// `HH:MM`.
    package var text: String {
        let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
        return (hours < 10 ? "0\(hours)" : "\(hours)") + (rest < 10 ? ":0\(rest)" : ":\(rest)")
    }

    package static func < (left: ClockTime, right: ClockTime) -> Bool { left.minutes < right.minutes }
}

extension ClockTime: Codable {
    /// Reads `HH:MM`; throws a refusal for anything else.
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let time = ClockTime(text) else {
            throw Refusal.invalid(decoder.fieldName, .malformed, "Write a time of day as 09:30, at most 24:00.")
        }
        self = time
    }

    /// Writes `HH:MM`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
