import Delivery
import Exchange

/// Puts changes of meetings into words for the person whom they concern, in the language of their channel.
struct MeetingNotices: Sendable {
    /// The most lines of one notice.
    private static let longest = 20

    let settings: ExchangeSettings
    let zones: ZoneOffsets

    /// The meetings of one person that changed.
    func changed(
        _ meetings: [Meeting], of person: Identifier<Participant>, _ names: [Identifier<Participant>: String],
        at event: Event, for channel: Channel, now: Instant
    ) -> NoticeContent {
        let texts = NoticeTexts(channel.language)
        let items = meetings.sorted { $0.seat.span.from < $1.seat.span.from }.prefix(Self.longest).map { meeting in
            let partner = meeting.partner(of: person).flatMap { names[$0] } ?? ""
            let place = [meeting.seat.table, meeting.seat.interpreter].compactMap { $0 }.joined(separator: ", ")
            let when = time(meeting.seat.span, event.content.zone)
            let line =
                meeting.state == .cancelled
                ? texts.meetingCancelled(when, partner) : texts.meetingStands(when, partner)
            return NoticeItem(line, detail: meeting.state == .cancelled || place.isEmpty ? nil : place)
        }
        return NoticeContent(
            kind: .meetingChanged, language: texts.notice, title: texts.meetingsTitle(event.content.title),
            items: items, reference: String(event.id.text.suffix(8)), source: settings.name,
            happenedAt: now.milliseconds)
    }

    private func time(_ span: TimeSpan, _ zone: String) -> String {
        func clock(_ instant: Instant) -> String {
            let minutes = zones.local(instant, in: zone).minutes
            func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            return two(minutes / 60) + ":" + two(minutes % 60)
        }
        let day = zones.local(span.from, in: zone).day.civil
        return "\(day.month)/\(day.day) \(clock(span.from))–\(clock(span.to))"
    }
}

extension ExchangeTransaction {
    /// Tells each person whose meetings changed, in their own channels only: whom somebody meets is no one else's
    /// business.
    func tell(
        _ meetings: [Meeting], of event: Event, _ composer: MeetingNotices, besides actor: Actor?,
        _ taxonomy: FieldTaxonomy, _ ambient: Ambient
    ) throws {
        let concerned = Set(meetings.flatMap(\.people))
        let channels = try listeningChannels().filter { $0.owner.map(concerned.contains) ?? false }
        if channels.isEmpty { return }
        let names = try participants(concerned).mapValues(\.profile.name)
        let moment = now
        for channel in channels {
            guard let owner = channel.owner, owner != actor?.participant else { continue }
            let occasion = Channel.Occasion(topic: .meetings, concerned: [owner])
            guard channel.wants(occasion, in: taxonomy) else { continue }
            let own = meetings.filter { $0.partner(of: owner) != nil }
            try post(
                composer.changed(own, of: owner, names, at: event, for: channel, now: moment), to: channel,
                topic: .meetings, subject: event.id.text, ambient)
        }
    }
}

extension NoticeTexts {
    func meetingsTitle(_ event: String) -> String {
        say(
            "「\(event)」の個別面談の予定が変わりました", "Your 1:1 meetings at “\(event)” have changed",
            "'\(event)'의 개별 면담 일정이 바뀌었습니다", "“\(event)”的个别面谈安排有变更")
    }

    func meetingStands(_ when: String, _ partner: String) -> String {
        say("\(when) \(partner)様", "\(when) with \(partner)", "\(when) \(partner) 님", "\(when) \(partner)")
    }

    func meetingCancelled(_ when: String, _ partner: String) -> String {
        say(
            "取り消し:\(when) \(partner)様", "Cancelled: \(when) with \(partner)", "취소: \(when) \(partner) 님",
            "取消:\(when) \(partner)")
    }
}
