import Delivery
import Exchange

/// What is said of an event, in one language.
struct EventNews {
    var title: String
    var lines: [String]
    var reason: String?
    var request: String?
    var items: [NoticeItem] = []
}

/// Who hears of something.
struct EventAudience {
    /// Channels of the whole exchange, or only those of the people.
    let channels: Channel.Occasion.Audience
    /// Who gets a letter, and hears of it in channels of their own.
    var people: Set<Identifier<Participant>> = []
    var guests: [Registration.Guest] = []
}

extension Office {
    /// Says something of an event in channels and letters, in the language of each reader.
    private func say(
        of event: Event, subject: String, to audience: EventAudience, _ tx: Store.Transaction,
        _ news: (NoticeTexts) -> EventNews
    ) throws {
        let composer = NoticeComposer(settings: settings, taxonomy: taxonomy)
        let now = tx.now
        let occasion = Channel.Occasion(
            topic: .events, fields: event.content.fields, concerned: audience.people.sorted(),
            audience: audience.channels)
        try tx.notify(occasion, subject: subject, in: taxonomy, ambient) { channel in
            let texts = NoticeTexts(channel.language)
            return composer.news(event, news(texts), texts, at: now)
        }
        guard sendsMail else { return }
        func letter(_ language: Language) -> Letter {
            let texts = NoticeTexts(language)
            return Letter(composer.news(event, news(texts), texts, at: now), as: .notice)
        }
        let people = try tx.participants(audience.people)
        for person in people.values.sorted(by: { $0.id < $1.id }) where person.status != .left {
            try queueMail(letter(person.profile.language), to: person, subject: subject, in: tx)
        }
        for guest in audience.guests {
            guard let email = guest.email else { continue }
            try queueMail(letter(guest.language), to: email, language: guest.language, subject: subject, in: tx)
        }
    }

    /// Tells every channel of an event; of a change also everybody registered for it and everybody who presents.
    func tell(of move: EventMove, _ event: Event, formerly: EventDate?, _ tx: Store.Transaction) throws {
        guard event.isPublic else { return }
        var audience = EventAudience(channels: .everybody)
        let reason: String?
        switch move {
        case .closeRegistration, .hold, .report: return
        case .announce, .open: reason = nil
        case .replan, .postpone, .cancel:
            reason = if case .replan = move { nil } else { event.stateReason }
            let registered = try tx.involved(in: event.id)
            audience.people = registered.people
            audience.guests = registered.guests
        }
        try say(of: event, subject: event.id.text, to: audience, tx) { texts in
            var lines = [event.content.title, texts.place(event)]
            switch move {
            case .postpone, .replan:
                if let former = event.formerDates.last { lines.append(texts.formerly(former.date)) }
            default: break
            }
            return EventNews(
                title: texts.eventTitle(move), lines: lines, reason: reason, request: texts.eventRequest(move))
        }
    }

    /// Tells a person where their registration stands.
    func tell(of registration: Registration, at event: Event, _ tx: Store.Transaction) throws {
        let audience = EventAudience(
            channels: .concerned, people: Set([registration.participant].compactMap { $0 }),
            guests: [registration.guest].compactMap { $0 })
        try say(of: event, subject: registration.id.text, to: audience, tx) { texts in
            var lines = [event.content.title, texts.place(event)]
            if registration.state == .confirmed {
                lines.append(texts.code(registration.code))
                if registration.wishes.attendance == .remote, let address = event.content.onlineAddress {
                    lines.append(texts.online(address))
                }
            }
            return EventNews(
                title: texts.registrationTitle(registration.state), lines: lines,
                reason: registration.state == .declined ? registration.stateReason : nil,
                request: texts.registrationRequest(registration.state))
        }
    }

    /// Tells the people of a presentation what was decided.
    func tell(
        of move: PresentationMove, _ presentation: Presentation, at event: Event, _ tx: Store.Transaction
    ) throws {
        let words: String?
        switch move {
        case .ask(let text), .decline(let text): words = text.trimmed
        case .accept(let note): words = note?.trimmed
        case .answer, .withdraw: return
        }
        let audience = EventAudience(channels: .concerned, people: presentation.people)
        try say(of: event, subject: presentation.id.text, to: audience, tx) { texts in
            EventNews(
                title: texts.presentationTitle(move), lines: [presentation.content.title, event.content.title],
                request: words.flatMap { $0.isEmpty ? nil : $0 })
        }
    }

    /// Tells of a released programme: everybody of the first one, of later ones only people with a part in a change.
    func tell(
        of release: Programme.Release, _ changes: ProgrammeDifference, _ concerned: Set<Identifier<Participant>>,
        at event: Event, _ tx: Store.Transaction
    ) throws {
        let audience = EventAudience(channels: release.number == 1 ? .everybody : .concerned, people: concerned)
        let (zones, zone) = (ambient.zones, event.content.zone)
        try say(of: event, subject: event.id.text, to: audience, tx) { texts in
            let items = changes.entries.prefix(NoticeComposer.longestList).compactMap { entry -> NoticeItem? in
                entry.session.map { session in
                    let what = entry.aspects.map(texts.aspect).joined(separator: texts.say("・", ", ", ", ", "、"))
                    let time = zones.text(session.span.from, in: zone).replacing("T", with: " ")
                    let parts = [time, session.place, release.number == 1 ? nil : what].compactMap { $0 }
                    return NoticeItem(session.title, detail: parts.joined(separator: " · "))
                }
            }
            return EventNews(
                title: texts.programmeTitle(release.number), lines: [event.content.title, texts.place(event)],
                reason: release.note, items: Array(items))
        }
    }

    /// Reminds people of what they began at an event.
    func tellToFollowUp(
        _ event: Event, _ people: Set<Identifier<Participant>>, _ guests: [Registration.Guest], _ tx: Store.Transaction
    ) throws {
        let audience = EventAudience(channels: .everybody, people: people, guests: guests)
        try say(of: event, subject: event.id.text, to: audience, tx) { texts in
            EventNews(
                title: texts.followUpTitle, lines: [event.content.title, texts.place(event)],
                request: texts.followUpRequest(event.content.title))
        }
    }
}

extension ExchangeTransaction {
    /// Everybody who registered for an event and did not take it back, and everybody who presents.
    func involved(
        in event: Identifier<Event>
    ) throws -> (people: Set<Identifier<Participant>>, guests: [Registration.Guest]) {
        var registered = RegistrationFilter()
        registered.event = event
        registered.states = [.requested, .waiting, .confirmed]
        let registrations = try everything { try self.registrations(registered, $0) }
        var presented = PresentationFilter()
        presented.event = event
        presented.states = [.proposed, .asked, .accepted]
        let presentations = try everything { try self.presentations(presented, $0) }
        return (
            Set(registrations.compactMap(\.participant)).union(presentations.flatMap(\.people)),
            registrations.compactMap(\.guest)
        )
    }
}

extension NoticeComposer {
    /// News of an event.
    func news(_ event: Event, _ news: EventNews, _ texts: NoticeTexts, at now: Instant) -> NoticeContent {
        NoticeContent(
            kind: .event, language: texts.notice, title: news.title,
            sentences: news.lines + (news.reason.map { [texts.reason($0)] } ?? []), request: news.request,
            items: news.items,
            actions: (try? NoticeLink(settings.publicAddress + "/events/\(event.id)")).map {
                [NoticeAction(texts.see, $0, .primary)]
            } ?? [], reference: String(event.id.text.suffix(8)), source: settings.name,
            happenedAt: now.milliseconds)
    }
}
