extension Channel {
    /// How often a channel is written to. Everything but `immediate` gathers what comes and says it in one message.
    package enum Cadence: Hashable, Sendable {
        case immediate
        /// At every full hour.
        case hourly
        case daily(LocalTime)
        case weekly(Weekday, LocalTime)

        /// Reads `immediate`, `hourly`, `daily 08:30` or `weekly mon 08:30`.
        package init?(_ text: String) {
            let words = text.lowercased().split(separator: " ")
            switch (words.first, words.count) {
            case ("immediate", 1): self = .immediate
            case ("hourly", 1): self = .hourly
            case ("daily", 2):
                guard let time = LocalTime(words[1]) else { return nil }
                self = .daily(time)
            case ("weekly", 3):
                guard let day = Weekday(rawValue: String(words[1])), let time = LocalTime(words[2]) else { return nil }
                self = .weekly(day, time)
            default: return nil
            }
        }

        /// As it is written in the store and everywhere else.
        package var text: String {
            switch self {
            case .immediate: "immediate"
            case .hourly: "hourly"
            case .daily(let time): "daily \(time.text)"
            case .weekly(let day, let time): "weekly \(day.rawValue) \(time.text)"
            }
        }

        /// The next moment of this cadence after `now`; nothing for `immediate`.
        package func next(after now: Instant, _ clock: LocalClock) -> Instant? {
            let (today, time) = clock.reading(at: now)
            switch self {
            case .immediate:
                return nil
            case .hourly:
                let offset = Int64(clock.offset(at: now)) * 60_000
                let hours = ((now.milliseconds + offset) / 3_600_000) + 1
                return Instant(milliseconds: hours * 3_600_000 - offset)
            case .daily(let at):
                return (time < at ? 0...2 : 1...2).lazy.map { clock.moment(today.advanced(by: $0), at) }
                    .first { $0 > now }
            case .weekly(let weekday, let at):
                return (0...14).lazy.map { today.advanced(by: $0) }.filter { $0.weekday == weekday }
                    .map { clock.moment($0, at) }.first { $0 > now }
            }
        }
    }

    /// When a channel is not to be written to, on the exchange's clocks.
    package struct QuietHours: Hashable, Sendable {
        /// From the first time until the second, over midnight if that is the earlier; nothing when only whole days are
        /// quiet.
        package let hours: Hours?
        /// Days of the week that are quiet from midnight to midnight.
        package let days: Set<Weekday>

        /// A stretch of every day.
        package struct Hours: Hashable, Sendable {
            package let from: LocalTime
            package let until: LocalTime
        }

        /// Nothing when no time is quiet, or all of it is.
        package init?(from: LocalTime?, until: LocalTime?, days: Set<Weekday>) {
            switch (from, until) {
            case (let from?, let until?):
                guard from != until else { return nil }
                hours = Hours(from: from, until: until)
            case (nil, nil): hours = nil
            default: return nil
            }
            guard days.count < Weekday.allCases.count, hours != nil || !days.isEmpty else { return nil }
            self.days = days
        }

        /// Reads `22:00-07:00`, `sat sun` or `22:00-07:00 sat sun`.
        package init?(_ text: String) {
            var days: Set<Weekday> = []
            var from: LocalTime?
            var until: LocalTime?
            for word in text.lowercased().split(whereSeparator: { $0 == " " || $0 == "," }) {
                if let day = Weekday(rawValue: String(word)) {
                    days.insert(day)
                    continue
                }
                let ends = word.split(separator: "-", omittingEmptySubsequences: false)
                guard from == nil, ends.count == 2, let first = LocalTime(ends[0]), let last = LocalTime(ends[1]) else {
                    return nil
                }
                (from, until) = (first, last)
            }
            self.init(from: from, until: until, days: days)
        }

        /// As it is written in the store and everywhere else.
        package var text: String {
            let stretch = hours.map { ["\($0.from.text)-\($0.until.text)"] } ?? []
            return (stretch + Weekday.allCases.filter(days.contains).map(\.rawValue)).joined(separator: " ")
        }

        /// The first moment from `moment` on that is not quiet.
        package func end(from moment: Instant, _ clock: LocalClock) -> Instant {
            var moment = moment
            // Each pass leaves one quiet stretch; at most six days and seven nights can follow one another.
            for _ in 0..<16 {
                let (day, time) = clock.reading(at: moment)
                if days.contains(day.weekday) {
                    moment = clock.moment(day.advanced(by: 1), LocalTime(minuteOfDay: 0))
                } else if let hours, hours.from < hours.until, hours.from <= time, time < hours.until {
                    moment = clock.moment(day, hours.until)
                } else if let hours, hours.from > hours.until, time < hours.until {
                    moment = clock.moment(day, hours.until)
                } else if let hours, hours.from > hours.until, hours.from <= time {
                    moment = clock.moment(day.advanced(by: 1), hours.until)
                } else {
                    return moment
                }
            }
            return moment
        }
    }

    /// What becomes of notices that pile up: in quiet hours, while the channel is muted or stopped, or because more
    /// come than the platform takes.
    package enum Backlog: String, Sendable, CaseIterable {
        /// They are said in one message.
        case merged
        /// Each is a message of its own, as programs want it.
        case each
    }
}

extension Channel.Rules {
    /// When a notice that comes up now may be sent; nothing if right away.
    package func notBefore(_ now: Instant, _ clock: LocalClock) -> Instant? {
        let due = cadence.next(after: now, clock)
        let moment = quietHours?.end(from: due ?? now, clock) ?? due ?? now
        return due == nil && moment <= now ? nil : moment
    }

    /// Whether notices that wait together are said in one message.
    package var merges: Bool { cadence != .immediate || backlog == .merged }
}
