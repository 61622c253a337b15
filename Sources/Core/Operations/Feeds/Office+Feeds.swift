import Delivery
package import Exchange
package import Feeds

extension Office {
    /// The longest feed of changes.
    private static var longest: Int { 100 }
    /// How far back a personal calendar goes.
    private static var past: Int { 90 }
    /// The bytes of a calendar's secret.
    private static var secretLength: Int { 24 }

    /// A public event with its released programme as a calendar.
    package func calendar(of event: Identifier<Event>) async throws -> CalendarFeed {
        let (settings, ambient) = (settings, ambient)
        return try await store.read { tx in
            let found = try tx.requirePublic(event)
            let programme = try tx.programme(of: event)
            let entries = CalendarEntries(settings, ambient)
            return CalendarFeed(
                name: found.content.title, zone: entries.zone(of: found),
                entries: entries.event(found) + entries.sessions(of: found, programme))
        }
    }

    /// The address of one's own calendar, with a new secret in it; the one before ends.
    package func shareCalendar(by actor: Actor) async throws -> String {
        try actor.require(.take)
        guard let own = actor.participant else { throw Refusal.forbidden("Programs have no calendar.") }
        let secret = ambient.bytes(Self.secretLength).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
        try await write { tx in
            try tx.setCalendarKey(Secret.hash(secret), of: own)
            try tx.append([Happening(.calendarShared, subject: own.text, by: actor.reference, at: tx.now)])
        }
        return settings.publicAddress + "/api/v1/calendars/" + secret
    }

    /// Ends the address of one's own calendar.
    package func hideCalendar(by actor: Actor) async throws {
        try actor.require(.take)
        guard let own = actor.participant else { return }
        try await write { tx in
            try tx.removeCalendarKey(of: own)
            try tx.append([Happening(.calendarHidden, subject: own.text, by: actor.reference, at: tx.now)])
        }
    }

    /// Somebody's own items: events they have a place at, sessions they have a part in, their meetings. Who has the
    /// secret address may read it; a wrong one is as one that never was.
    package func calendar(secret: String) async throws -> CalendarFeed {
        guard secret.utf8.count == Self.secretLength * 2 else {
            throw Refusal.notFound(subject: "calendar", id: "that address")
        }
        let hash = Secret.hash(secret)
        let (settings, ambient) = (settings, ambient)
        return try await store.read { tx in
            guard let id = try tx.participant(calendarKey: hash), let person = try tx.participant(id),
                person.status != .left
            else { throw Refusal.notFound(subject: "calendar", id: "that address") }
            let entries = CalendarEntries(settings, ambient)
            let since = tx.now.advanced(byDays: -Self.past)
            let meetings = try tx.meetings(of: id, since: since)
            let registrations = try tx.registrations(Self.own(id), PageRequest(limit: PageRequest.largest)).items
            let ids = Set(registrations.map(\.event)).union(meetings.map(\.event))
            let events = try tx.events(ids)
            let partners = try tx.participants(Set(meetings.compactMap { $0.partner(of: id) }))
            let organizations = try tx.organizations(Set(partners.values.map(\.organization)))
            var items: [CalendarFeed.Entry] = []
            for registration in registrations {
                guard let event = events[registration.event] else { continue }
                items += entries.event(event)
                let programme = try tx.programme(of: event.id)
                items += entries.sessions(of: event, programme).filter { entry in
                    programme.release?.sessions.contains { entry.uid.hasPrefix($0.id.text) && $0.people.contains(id) }
                        ?? false
                }
            }
            for meeting in meetings {
                guard let event = events[meeting.event] else { continue }
                let partner = meeting.partner(of: id).flatMap { partners[$0] }
                items.append(
                    entries.meeting(
                        meeting, at: event, partner, partner.flatMap { organizations[$0.organization] },
                        person.profile.language))
            }
            let zone = events.values.sorted { $0.id > $1.id }.first.map { entries.zone(of: $0) }
            return CalendarFeed(
                name: settings.name + " – " + person.profile.name,
                zone: zone ?? entries.zone(named: "Asia/Tokyo", near: tx.now), entries: items)
        }
    }

    private static func own(_ person: Identifier<Participant>) -> RegistrationFilter {
        var filter = RegistrationFilter()
        filter.participant = person
        filter.states = [.confirmed]
        return filter
    }

    /// What changed of a public event, the newest first.
    package func changes(of event: Identifier<Event>, in language: Language) async throws -> ChangeFeed {
        let settings = settings
        return try await store.read { tx in
            let found = try tx.requirePublic(event)
            let texts = NoticeTexts(language)
            var filter = HappeningFilter()
            filter.subject = event.text
            let log = try tx.happenings(filter, PageRequest(limit: Self.longest)).items
            let entries = log.compactMap { entry -> ChangeFeed.Entry? in
                guard let words = texts.change(entry.happening) else { return nil }
                return ChangeFeed.Entry(
                    id: "urn:industrymix:\(event.text):\(entry.sequence)", title: words, at: entry.happening.at,
                    link: settings.publicAddress + "/events/" + event.text,
                    categories: [entry.happening.kind.rawValue])
            }
            return ChangeFeed(
                id: "urn:industrymix:" + event.text, title: found.content.title,
                address: settings.publicAddress + "/api/v1/events/\(event)/changes",
                page: settings.publicAddress + "/events/" + event.text, author: settings.name, language: language,
                began: found.createdAt, entries: entries)
        }
    }

    /// A public event with its released programme as linked data.
    package func linkedData(of event: Identifier<Event>) async throws -> String {
        let (settings, ambient) = (settings, ambient)
        return try await store.read { tx in
            let found = try tx.requirePublic(event)
            let programme = try tx.programme(of: event)
            let entries = CalendarEntries(settings, ambient)
            return String(
                decoding: LinkedData.document(entries.linked(found, programme)).bytes, as: UTF8.self)
        }
    }
}

extension ExchangeTransaction {
    /// The event if everybody may know of it.
    func requirePublic(_ id: Identifier<Event>) throws -> Event {
        guard let found = try event(id), found.isPublic else { throw Refusal.notFound(subject: "event", id: id.text) }
        return found
    }
}

extension NoticeTexts {
    /// A change that everybody may know of; nothing for the rest of the log.
    fileprivate func change(_ happening: Happening) -> String? {
        switch happening.kind {
        case .eventAnnounced: say("開催が発表されました", "Announced", "개최가 발표되었습니다", "已公布举办")
        case .eventOpened: say("申し込みを受け付けています", "Registration is open", "신청을 받고 있습니다", "已开放报名")
        case .eventClosed: say("申し込みを締め切りました", "Registration is closed", "신청을 마감했습니다", "报名已截止")
        case .eventPostponed: say("延期されました", "Postponed", "연기되었습니다", "已延期")
        case .eventReplanned: say("新しい日程が決まりました", "A new date is set", "새 일정이 정해졌습니다", "已确定新日期")
        case .eventCancelled: say("中止されました", "Cancelled", "취소되었습니다", "已取消")
        case .eventHeld: say("開催されました", "Held", "개최되었습니다", "已举办")
        case .eventReported: say("結果が報告されました", "Results are reported", "결과가 보고되었습니다", "已发布结果报告")
        case .programmeReleased: say("プログラムが公開されました", "The programme was released", "프로그램이 공개되었습니다", "日程已发布")
        default: nil
        }
    }
}
