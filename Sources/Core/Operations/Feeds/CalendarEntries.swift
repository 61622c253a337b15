import Exchange
import Feeds

/// Events, sessions and meetings as entries of calendars and as linked data.
struct CalendarEntries {
    /// Minutes before a meeting at which calendars remind.
    private static let reminder = 10

    private let settings: ExchangeSettings
    private let ambient: Ambient

    init(_ settings: ExchangeSettings, _ ambient: Ambient) {
        self.settings = settings
        self.ambient = ambient
    }

    /// The part after @ of identifiers: the host, without its port.
    private var host: String {
        let rest = settings.publicAddress.split(separator: "/").dropFirst().first ?? "industrymix"
        return String(rest.split(separator: ":").first ?? "industrymix")
    }

    private func address(_ event: Event) -> String { settings.publicAddress + "/events/" + event.id.text }

    func zone(of event: Event) -> ZoneRules {
        zone(named: event.content.zone, near: event.span(ambient.zones)?.from ?? event.updatedAt)
    }

    /// The rules of the database; where there is none, the turns of clocks within five years as they are found.
    func zone(named name: String, near moment: Instant) -> ZoneRules {
        if let rules = ambient.zoneRules(name) { return rules }
        let zones = ambient.zones
        func clock(_ instant: Instant) -> Int { (zones.minutes(name, at: instant) ?? 0) * 60 }
        let start = moment.advanced(byDays: -2 * 366)
        let least = stride(from: 0, to: 366, by: 7).map { clock(start.advanced(byDays: $0)) }.min() ?? 0
        func shown(_ offset: Int) -> ZoneRules.Clock {
            let hours = abs(offset) / 3600
            let sign = offset < 0 ? "-" : "+"
            return .init(
                offset: offset, season: offset > least ? .daylight : .standard,
                abbreviation: sign + (hours < 10 ? "0" : "") + "\(hours)")
        }
        var turns: [ZoneRules.Turn] = []
        for day in 0..<(5 * 366) {
            var low = start.advanced(byDays: day)
            var high = low.advanced(byDays: 1)
            if clock(low) == clock(high) { continue }
            while high.milliseconds - low.milliseconds > 1000 {
                let middle = Instant(milliseconds: (low.milliseconds + high.milliseconds) / 2)
                if clock(middle) == clock(low) { low = middle } else { high = middle }
            }
            turns.append(.init(at: high.milliseconds / 1000, clock: shown(clock(high))))
        }
        return ZoneRules(name: name, first: shown(clock(start)), turns: turns)
    }

    /// The event itself; nothing while its days are not settled.
    func event(_ event: Event) -> [CalendarFeed.Entry] {
        let time: CalendarFeed.Time
        if !event.content.days.isEmpty, let span = event.span(ambient.zones) {
            time = .hours(span.from, span.to)
        } else if let days = event.date?.days {
            time = .days(days.lowerBound, days.upperBound)
        } else {
            return []
        }
        var entry = CalendarFeed.Entry(
            uid: event.id.text + "@" + host, sequence: event.version - 1, status: status(event), time: time,
            summary: event.content.title, modified: event.updatedAt)
        entry.details = event.content.summary ?? ""
        entry.location = [event.content.venue?.name, event.content.venue?.address].compactMap { $0 }
            .joined(separator: ", ")
        entry.url = address(event)
        return [entry]
    }

    private func status(_ event: Event) -> CalendarFeed.Status {
        switch event.state {
        case .cancelled, .postponed: .cancelled
        case .planned: .tentative
        case .announced, .open, .held, .reported: .confirmed
        }
    }

    /// The sessions that were released.
    func sessions(of event: Event, _ programme: Programme) -> [CalendarFeed.Entry] {
        guard let release = programme.release else { return [] }
        return release.sessions.map { session in
            var entry = CalendarFeed.Entry(
                uid: session.id.text + "@" + host, sequence: release.number, status: status(event),
                time: .hours(session.span.from, session.span.to), summary: session.title, modified: release.at)
            entry.details = session.summary ?? ""
            entry.location = session.place ?? ""
            entry.url = address(event)
            entry.categories = [session.kind.rawValue]
            return entry
        }
    }

    /// A meeting as one of the two sees it.
    func meeting(
        _ meeting: Meeting, at event: Event, _ partner: Participant?, _ organization: Organization?,
        _ language: Language
    ) -> CalendarFeed.Entry {
        let texts = NoticeTexts(language)
        let name = [partner?.profile.name, organization?.profile.name].compactMap { $0 }.joined(separator: " / ")
        var entry = CalendarFeed.Entry(
            uid: meeting.id.text + "@" + host, sequence: meeting.sequence,
            status: meeting.state == .cancelled ? .cancelled : .confirmed,
            time: .hours(meeting.seat.span.from, meeting.seat.span.to), summary: texts.meetingWith(name),
            modified: meeting.updatedAt)
        entry.details = [event.content.title, meeting.seat.interpreter].compactMap { $0 }.joined(separator: "\n")
        entry.location = [meeting.seat.table, event.content.venue?.name].compactMap { $0 }.joined(separator: ", ")
        entry.url = address(event)
        entry.reminder = Self.reminder
        return entry
    }

    func linked(_ event: Event, _ programme: Programme) -> LinkedData.Event {
        let zone = zone(of: event)
        let status: LinkedData.EventStatus =
            switch event.state {
            case .cancelled: .cancelled
            case .postponed: .postponed
            default: event.formerDates.isEmpty ? .scheduled : .rescheduled
            }
        var linked = LinkedData.Event(id: address(event), name: event.content.title, status: status, zone: zone)
        let span = event.span(ambient.zones)
        linked.start = span?.from
        linked.end = span?.to
        linked.formerStarts = event.formerDates.reversed().compactMap { former in
            former.date.days.map { zone.start(of: $0.lowerBound) }
        }
        linked.attendance =
            switch event.content.format {
            case .onSite: .onSite
            case .online: .online
            case .hybrid: .hybrid
            }
        linked.details = event.content.summary ?? ""
        linked.url = address(event)
        linked.venue = event.content.venue?.name ?? ""
        linked.address = event.content.venue?.address ?? ""
        if event.content.format != .onSite { linked.onlineURL = address(event) }
        linked.organizers = event.content.hosts.map(\.name)
        linked.capacity = event.content.capacity?.onSite
        linked.language = event.content.languages.first
        linked.parts = (programme.release?.sessions ?? []).map { session in
            var part = LinkedData.Event(
                id: address(event) + "#" + session.id.text, name: session.title, status: status, zone: zone)
            part.start = session.span.from
            part.end = session.span.to
            part.details = session.summary ?? ""
            part.venue = session.place ?? ""
            return part
        }
        return linked
    }
}

extension ZoneRules {
    /// Midnight of a day here.
    fileprivate func start(of day: CalendarDay) -> Instant {
        let plain = day.start(offsetMinutes: 0)
        return plain.advanced(byMilliseconds: -Int64(clock(at: plain).offset) * 1000)
    }
}

extension NoticeTexts {
    fileprivate func meetingWith(_ name: String) -> String {
        say("個別面談:\(name)", "1:1 meeting: \(name)", "개별 면담: \(name)", "个别面谈:\(name)")
    }
}
