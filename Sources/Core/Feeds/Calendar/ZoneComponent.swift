import Exchange

extension ZoneRules {
    /// Clocks are described from so long before the first entry to so long after the last, so that programs that look
    /// round the entries find them too.
    private static let margin = 400

    /// A moment as clocks show it here: `20261121T120405`.
    func local(_ instant: Instant) -> String { instant.moved(by: clock(at: instant).offset) }

    /// The VTIMEZONE that says what clocks show from one moment to another: as yearly rules where the time-zone
    /// database has such for all of that time, else turn by turn.
    func component(from: Instant, to: Instant) -> [ContentLine] {
        let start = from.advanced(byDays: -Self.margin)
        let end = max(from, to).advanced(byDays: Self.margin)
        let seen = turns(from: start, to: end)
        var lines = [ContentLine("BEGIN", "VTIMEZONE"), ContentLine("TZID", text: name)]
        if let yearly = yearlyRules(seen, from: start, to: end) {
            lines += yearly
        } else {
            let known = turns.last { $0.at <= start.wholeSeconds && $0.at >= 0 }
            let first = clock(at: start)
            lines +=
                known.map { observance($0, before: clock(before: $0.at)) }
                ?? observance(first, at: "19700101T000000", from: first.offset)
            for turn in seen { lines += observance(turn, before: clock(before: turn.at)) }
        }
        return lines + [ContentLine("END", "VTIMEZONE")]
    }

    private func yearlyRules(_ seen: [Turn], from start: Instant, to end: Instant) -> [ContentLine]? {
        guard let tail, let daylight = tail.daylight, let begins = tail.begins?.recurrence,
            let ends = tail.ends?.recurrence
        else { return nil }
        let year = CalendarDay(of: start, offsetMinutes: 0).civil.year
        let last = CalendarDay(of: end, offsetMinutes: 0).civil.year
        let range = start.wholeSeconds...end.wholeSeconds
        let ruled = (year...last).flatMap { tail.turns(in: $0) }.filter { range.contains($0.at) }
        guard ruled.map(\.at) == seen.map(\.at), ruled.map(\.clock.offset) == seen.map(\.clock.offset) else {
            return nil
        }
        // From the year before, so that the first moment has a turn before it.
        return tail.turns(in: year - 1).flatMap { turn in
            let isSummer = turn.clock.season == .daylight
            return observance(
                turn, before: isSummer ? tail.standard : daylight, recurrence: isSummer ? begins : ends)
        }
    }

    private func observance(_ turn: Turn, before: Clock, recurrence: String? = nil) -> [ContentLine] {
        let onset = Instant(milliseconds: turn.at * 1000).moved(by: before.offset)
        return observance(turn.clock, at: onset, from: before.offset, recurrence: recurrence)
    }

    private func observance(
        _ clock: Clock, at onset: String, from offset: Int, recurrence: String? = nil
    ) -> [ContentLine] {
        let kind = clock.season == .daylight ? "DAYLIGHT" : "STANDARD"
        var lines = [
            ContentLine("BEGIN", kind),
            ContentLine("DTSTART", onset),
            ContentLine("TZOFFSETFROM", Self.written(offset)),
            ContentLine("TZOFFSETTO", Self.written(clock.offset)),
            ContentLine("TZNAME", text: clock.abbreviation),
        ]
        if let recurrence { lines.append(ContentLine("RRULE", recurrence)) }
        return lines + [ContentLine("END", kind)]
    }

    /// `+0900`; seconds only where there are some.
    private static func written(_ offset: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let size = abs(offset)
        let seconds = size % 60 == 0 ? "" : two(size % 60)
        return (offset < 0 ? "-" : "+") + two(size / 3600) + two(size / 60 % 60) + seconds
    }
}
