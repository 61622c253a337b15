/// What somebody says of a new event.
package struct EventDraft: Hashable, Sendable {
    package var kind: Event.Kind
    package var series: Identifier<EventSeries>?
    package var edition: Int?
    package var content: EventContent
    package var date: EventDate?
    /// Dates that did not hold, of an event whose history is entered.
    package var formerDates: [FormerDateDraft] = []

    /// A draft without series, number and date.
    package init(kind: Event.Kind, content: EventContent) {
        self.kind = kind
        self.content = content
    }

    /// A date that did not hold, as history has it.
    package struct FormerDateDraft: Hashable, Sendable, Codable {
        package var date: EventDate
        package var reason: String?
        package var hostRegion: RegionCode?

        /// Takes every value.
        package init(date: EventDate, reason: String? = nil, hostRegion: RegionCode? = nil) {
            self.date = date
            self.reason = reason
            self.hostRegion = hostRegion
        }
    }
}

extension Event {
    /// Enters an event, planned. The draft's content is checked before.
    package static func add(
        _ draft: EventDraft, id: Identifier<Event>, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Event> {
        var rules = TextRules()
        rules.checkEdition(draft.edition, series: draft.series)
        let former = rules.list(draft.formerDates, "former_dates", limit: EventLimits.formerDates) {
            $0.reason = $1.optionalText($0.reason, "former_dates", limit: TextLimits.note, multiline: true)
        }
        try rules.finish()
        let event = Event(
            id: id, kind: draft.kind, series: draft.series, edition: draft.edition, content: draft.content,
            date: draft.date, stateSince: now,
            formerDates: former.map {
                FormerDate(date: $0.date, reason: $0.reason, hostRegion: $0.hostRegion, by: actor, at: now)
            }, createdAt: now, updatedAt: now)
        return Change(event, [event.happening(.eventAdded, by: actor, at: now)])
    }

    /// Replaces what organisers wrote; an unchanged event causes nothing. A date that people were told moves by
    /// `postpone` only, so that it is kept.
    package func revised(
        _ content: EventContent, date: EventDate?, series: Identifier<EventSeries>?, edition: Int?,
        by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Event> {
        if state == .cancelled { throw refusal("revised") }
        if date != self.date, state == .announced || state == .open || state == .postponed {
            throw .invalid(
                "date", .notAllowed,
                "People were told this date. Postpone the event instead, so that the former date and the reason are kept."
            )
        }
        var rules = TextRules()
        rules.checkEdition(edition, series: series)
        try rules.finish()
        var next = self
        next.content = content
        next.date = date
        next.series = series
        next.edition = edition
        guard next != self else { return Change(self, []) }
        return changed(.eventRevised, by: actor, at: now) { $0 = next }
    }

    /// Tells people of it.
    package func announce(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Event> {
        guard state == .planned else { throw refusal("announced") }
        guard date != nil else {
            throw .invalid("date", .required, "Say when it is, if only the year, before it is announced.")
        }
        return moved(.announced, .eventAnnounced, by: actor, at: now)
    }

    /// Takes registrations from now on.
    package func open(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Event> {
        guard state == .planned || state == .announced else { throw refusal("opened") }
        guard date?.days != nil else {
            throw .invalid("date", .required, "Settle the day, as 2027-10-27, before people register.")
        }
        return moved(.open, .eventOpened, by: actor, at: now)
    }

    /// Takes no more registrations.
    package func closeRegistration(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Event> {
        guard state == .open else { throw refusal("closed for registration") }
        return moved(.announced, .eventClosed, by: actor, at: now)
    }

    /// Notes that it took place.
    ///
    /// - Parameter today: The day it is where the event is.
    package func hold(today: CalendarDay, by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Event> {
        switch state {
        case .planned, .announced, .open: break
        case .held, .reported, .postponed, .cancelled: throw refusal("marked as held")
        }
        guard let date else {
            throw .invalid("date", .required, "Say when it was held, if only the year.")
        }
        guard date.first <= today else {
            throw .invalid("date", .outOfRange, "It begins on \(date.first.iso); that is still to come.")
        }
        return moved(.held, .eventHeld, by: actor, at: now)
    }

    /// Notes that what came of it is written up.
    package func report(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Event> {
        guard state == .held else { throw refusal("reported") }
        return moved(.reported, .eventReported, by: actor, at: now)
    }

    /// Puts it off, to another date or until one is found. The former date is kept with the reason. People registered
    /// stay so; registration opens again by hand, once everybody has been told.
    package func postpone(
        to next: EventDate?, because reason: String, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Event> {
        switch state {
        case .planned, .announced, .open: break
        case .held, .reported, .postponed, .cancelled: throw refusal("postponed")
        }
        guard let date else {
            throw .invalid("date", .required, "It has no date yet that could be put off. Give it one with an edit.")
        }
        guard next != date else {
            throw .invalid("date", .notAllowed, "\(date.text) is the date it has already.")
        }
        guard formerDates.count < EventLimits.formerDates else {
            throw .invalid("date", .tooMany, "It was put off \(EventLimits.formerDates) times; cancel it.")
        }
        var rules = TextRules()
        let words = rules.text(reason, "reason", limit: TextLimits.note, required: true, multiline: true)
        try rules.finish()
        var details = ["from": date.text, "reason": words]
        details["to"] = next?.text
        return changed(.eventPostponed, by: actor, at: now, details) { event in
            event.formerDates.append(
                FormerDate(date: date, reason: words, hostRegion: content.hostRegion, by: actor, at: now))
            event.move(to: next)
            event.state = next == nil ? .postponed : state == .planned ? .planned : .announced
            event.stateSince = now
            event.stateReason = words
        }
    }

    /// Gives a postponed event its new date. It is planned again, and announced again when it is ripe.
    package func replan(
        to next: EventDate, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Event> {
        guard state == .postponed else { throw refusal("replanned") }
        return changed(.eventReplanned, by: actor, at: now, ["to": next.text]) { event in
            event.move(to: next)
            event.state = .planned
            event.stateSince = now
            event.stateReason = nil
        }
    }

    /// Calls it off for good.
    package func cancel(
        because reason: String, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Event> {
        switch state {
        case .planned, .announced, .open, .postponed: break
        case .held, .reported, .cancelled: throw refusal("cancelled")
        }
        var rules = TextRules()
        let words = rules.text(reason, "reason", limit: TextLimits.note, required: true, multiline: true)
        try rules.finish()
        return changed(.eventCancelled, by: actor, at: now, ["reason": words]) {
            $0.state = .cancelled
            $0.stateSince = now
            $0.stateReason = words
        }
    }

    /// Notes that people were reminded of what they began there; once only.
    package func followUp(at now: Instant) -> Change<Event> {
        guard followedUpAt == nil, state == .held || state == .reported else { return Change(self, []) }
        return changed(.eventFollowUpDue, by: .system("clock"), at: now) { $0.followedUpAt = now }
    }

    /// How many days later the same hours are held; nothing unless both dates are settled to the day.
    package static func shift(from old: EventDate?, to new: EventDate?) -> Int? {
        guard let old = old?.days, let new = new?.days else { return nil }
        return new.lowerBound.daysSinceEpoch - old.lowerBound.daysSinceEpoch
    }

    /// Takes the new date; opening hours and site visits keep their places in it as far as there is such a day.
    private mutating func move(to next: EventDate?) {
        let shift = Self.shift(from: formerDates.last?.date, to: next)
        if let shift, let days = next?.days {
            content.days = content.days.map { day in
                var day = day
                day.day = CalendarDay(daysSinceEpoch: day.day.daysSinceEpoch + shift)
                return day
            }.filter { days.contains($0.day) }
            for place in content.siteVisits.indices {
                content.siteVisits[place].day = content.siteVisits[place].day.map {
                    CalendarDay(daysSinceEpoch: $0.daysSinceEpoch + shift)
                }
            }
        } else if let settled = next?.days {
            content.days = content.days.filter { settled.contains($0.day) }
        }
        date = next
    }

    private func moved(
        _ next: State, _ kind: Happening.Kind, by actor: ActorReference, at now: Instant
    ) -> Change<Event> {
        changed(kind, by: actor, at: now) {
            $0.state = next
            $0.stateSince = now
            $0.stateReason = nil
        }
    }

    private func changed(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:],
        _ edit: (inout Event) -> Void
    ) -> Change<Event> {
        var next = self
        edit(&next)
        next.version = version + 1
        next.updatedAt = now
        return Change(next, [next.happening(kind, by: actor, at: now, details)])
    }

    /// The log entry of something done to the event.
    package func happening(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:]
    ) -> Happening {
        var facts = details
        facts["title"] = content.title
        facts["date"] = date?.text
        return Happening(
            kind, subject: id.text, related: series.map { [$0.text] } ?? [], by: actor, at: now, details: facts)
    }

    private func refusal(_ verb: String) -> Refusal {
        .conflict(.state(subject: "event", state: state.rawValue, verb: verb))
    }
}

extension TextRules {
    fileprivate mutating func checkEdition(_ edition: Int?, series: Identifier<EventSeries>?) {
        guard let edition else { return }
        if !(1...EventLimits.editions).contains(edition) {
            add(FieldProblem("edition", .outOfRange, "Editions count from 1 to \(EventLimits.editions)."))
        }
        if series == nil {
            add(FieldProblem("edition", .notAllowed, "An edition is its number in a series. Name the series as well."))
        }
    }
}
