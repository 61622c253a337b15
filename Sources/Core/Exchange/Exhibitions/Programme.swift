/// What happens when and where at an event: a draft that coordinators work on, and what was last released of it.
package struct Programme: Hashable, Sendable {
    package let event: Identifier<Event>
    /// Counts up with every change of any session; the ETag of the API, so that two coordinators do not undo each
    /// other's work.
    package var version: Int
    /// In the order of their beginning.
    package var sessions: [ProgrammeSession]
    /// What was released last.
    package var release: Release?

    /// Takes every value; a new programme is empty.
    package init(
        event: Identifier<Event>, version: Int = 0, sessions: [ProgrammeSession] = [], release: Release? = nil
    ) {
        self.event = event
        self.version = version
        self.sessions = sessions
        self.release = release
    }

    /// A state of the programme that people were told.
    package struct Release: Hashable, Sendable {
        /// From 1.
        package let number: Int
        package let sessions: [ProgrammeSession]
        package let note: String?
        package let by: ActorReference
        package let at: Instant

        /// Takes every value.
        package init(number: Int, sessions: [ProgrammeSession], note: String?, by: ActorReference, at: Instant) {
            self.number = number
            self.sessions = sessions
            self.note = note
            self.by = by
            self.at = at
        }
    }

    /// What the draft changes against the last release.
    package var changes: ProgrammeDifference {
        ProgrammeDifference(from: release?.sessions ?? [], to: sessions)
    }
}

/// One item of a programme.
package struct ProgrammeSession: Hashable, Sendable, Identified, Codable {
    package static let identifierPrefixes = ["session"]

    /// What happens in it.
    package enum Kind: String, Sendable, CaseIterable, Codable {
        case opening, keynote, presentations, panel, booths, meetings, visit, pause = "break", reception, other
    }

    package let id: Identifier<ProgrammeSession>
    package var kind: Kind
    package var title: String
    package var span: TimeSpan
    /// A hall, or a room as `Hall A/Room 2`; nothing where it is online or not settled.
    package var place: String?
    package var summary: String?
    /// Accepted presentations in their order.
    package var presentations: [Identifier<Presentation>] = []
    /// Everybody else who has a part: chairs, panellists, hosts.
    package var people: [Identifier<Participant>] = []

    /// Takes what every session has.
    package init(
        id: Identifier<ProgrammeSession>, kind: Kind = .presentations, title: String, span: TimeSpan,
        place: String? = nil, summary: String? = nil, presentations: [Identifier<Presentation>] = [],
        people: [Identifier<Participant>] = []
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.span = span
        self.place = place
        self.summary = summary
        self.presentations = presentations
        self.people = people
    }

    /// The session with texts trimmed, or every problem in it.
    package func checked() throws(Refusal) -> ProgrammeSession {
        var rules = TextRules()
        var result = self
        result.title = rules.text(title, "title", limit: TextLimits.title, required: true)
        result.place = rules.optionalText(place, "place", limit: TextLimits.name)
        result.summary = rules.optionalText(summary, "summary", limit: TextLimits.summary, multiline: true)
        if Set(presentations).count != presentations.count {
            rules.add(FieldProblem("presentations", .duplicate, "A presentation stands twice."))
        }
        if Set(people).count != people.count {
            rules.add(FieldProblem("people", .duplicate, "A person stands twice."))
        }
        if presentations.count > EventLimits.people || people.count > EventLimits.people {
            rules.add(
                FieldProblem("people", .tooMany, "At most \(EventLimits.people) presentations or people stand in one."))
        }
        if span.minutes > 24 * 60 {
            rules.add(FieldProblem("to", .outOfRange, "A session lasts at most a day. Write one for each day."))
        }
        try rules.finish()
        return result
    }

    /// The order of a programme.
    package static func isEarlier(_ left: ProgrammeSession, _ right: ProgrammeSession) -> Bool {
        (left.span.from, left.span.to, left.id) < (right.span.from, right.span.to, right.id)
    }
}

extension Array where Element == ProgrammeSession {
    /// Every session so many days later at the same local time, as far as the zone has that time then.
    package func shifted(days: Int, in zone: String, _ zones: ZoneOffsets) -> [ProgrammeSession] {
        map { session in
            func moved(_ instant: Instant) -> Instant {
                let (day, minutes) = zones.local(instant, in: zone)
                let target = CalendarDay(daysSinceEpoch: day.daysSinceEpoch + days)
                switch zones.meaning(of: target, minutes: minutes, in: zone) {
                case .once(let found)?, .twice(let found, _)?: return found
                case .never?, nil: return instant.advanced(byDays: days)
                }
            }
            let from = moved(session.span.from)
            var result = session
            result.span = TimeSpan(
                stored: from, Swift.max(moved(session.span.to), from.advanced(byMilliseconds: 60_000)))
            return result
        }
    }
}

/// What changed from one state of a programme to another.
package struct ProgrammeDifference: Hashable, Sendable {
    /// One session that changed.
    package struct Entry: Hashable, Sendable {
        /// What of it.
        package enum Aspect: String, Sendable, CaseIterable {
            case added, removed, time, place, title, presentations, people, summary, kind
        }

        /// Nothing for a session that was added.
        package let before: ProgrammeSession?
        /// Nothing for a session that was removed.
        package let after: ProgrammeSession?
        package let aspects: [Aspect]

        /// Whoever the entry is about: the session as it is now, or was.
        package var session: ProgrammeSession? { after ?? before }
    }

    /// In the order of the programme.
    package let entries: [Entry]

    /// Compares sessions by their identifiers.
    package init(from old: [ProgrammeSession], to new: [ProgrammeSession]) {
        let before = Dictionary(old.map { ($0.id, $0) }) { first, _ in first }
        let after = Dictionary(new.map { ($0.id, $0) }) { first, _ in first }
        let ids = Set(before.keys).union(after.keys)
        let entries = ids.compactMap { id -> Entry? in
            let (left, right) = (before[id], after[id])
            let aspects = Self.aspects(left, right)
            return aspects.isEmpty ? nil : Entry(before: left, after: right, aspects: aspects)
        }
        self.entries = entries.sorted { left, right in
            guard let first = left.session, let second = right.session else { return false }
            return ProgrammeSession.isEarlier(first, second)
        }
    }

    private static func aspects(_ old: ProgrammeSession?, _ new: ProgrammeSession?) -> [Entry.Aspect] {
        guard let old else { return new == nil ? [] : [.added] }
        guard let new else { return [.removed] }
        var aspects: [Entry.Aspect] = []
        if old.span != new.span { aspects.append(.time) }
        if old.place != new.place { aspects.append(.place) }
        if old.title != new.title { aspects.append(.title) }
        if old.presentations != new.presentations { aspects.append(.presentations) }
        if old.people != new.people { aspects.append(.people) }
        if old.summary != new.summary { aspects.append(.summary) }
        if old.kind != new.kind { aspects.append(.kind) }
        return aspects
    }

    /// Presentations in any session that changed, before or after.
    package var presentations: Set<Identifier<Presentation>> {
        Set(entries.flatMap { ($0.before?.presentations ?? []) + ($0.after?.presentations ?? []) })
    }

    /// People with a part in any session that changed, before or after; speakers come with their presentations.
    package var people: Set<Identifier<Participant>> {
        Set(entries.flatMap { ($0.before?.people ?? []) + ($0.after?.people ?? []) })
    }
}
