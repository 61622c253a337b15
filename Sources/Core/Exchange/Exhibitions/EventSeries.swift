/// Events that follow each other under one name, often with hosts that take turns.
package struct EventSeries: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["series"]

    /// What organisers write of it.
    package struct Content: Hashable, Sendable, Codable {
        package var title: String
        package var summary: String?
        /// Regions in the order in which they host; empty where nobody takes turns.
        package var rotation: [RegionCode] = []
        /// Everybody who carries it.
        package var hosts: [EventContent.Host] = []
        /// What it is mostly about.
        package var fields: [FieldCode] = []
        /// Agreements that came of the series and belong to no single event.
        package var agreements: [EventContent.SignedAgreement] = []

        /// A series with a title; everything else can follow.
        package init(title: String) {
            self.title = title
        }

        /// The content with texts trimmed, or every problem in it.
        package func checked(against taxonomy: FieldTaxonomy) throws(Refusal) -> Content {
            var rules = TextRules()
            var result = self
            result.title = rules.text(title, "title", limit: TextLimits.title, required: true)
            result.summary = rules.optionalText(summary, "summary", limit: TextLimits.detail, multiline: true)
            result.hosts = rules.list(hosts, "hosts", limit: EventLimits.hosts) {
                $0.name = $1.text($0.name, "hosts", limit: TextLimits.name, required: true)
            }
            if rotation.count > TextLimits.regions {
                rules.add(FieldProblem("rotation", .tooMany, "At most \(TextLimits.regions) regions take turns."))
            }
            if Set(rotation).count != rotation.count {
                rules.add(FieldProblem("rotation", .duplicate, "A region stands twice in the rotation."))
            }
            taxonomy.check(fields, "fields", &rules)
            result.agreements = EventContent.SignedAgreement.checked(agreements, taxonomy, &rules)
            try rules.finish()
            return result
        }
    }

    package let id: Identifier<EventSeries>
    package let kind: Event.Kind
    package var content: Content
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<EventSeries>, kind: Event.Kind, content: Content, version: Int = 1, createdAt: Instant,
        updatedAt: Instant
    ) {
        self.id = id
        self.kind = kind
        self.content = content
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The log entry of something done to the series.
    package func happening(_ kind: Happening.Kind, by actor: ActorReference, at now: Instant) -> Happening {
        Happening(kind, subject: id.text, by: actor, at: now, details: ["title": content.title])
    }

    /// Replaces what organisers wrote; an unchanged series causes nothing.
    package func revised(_ content: Content, by actor: ActorReference, at now: Instant) -> Change<EventSeries> {
        guard content != self.content else { return Change(self, []) }
        var next = self
        next.content = content
        next.version += 1
        next.updatedAt = now
        return Change(next, [next.happening(.seriesRevised, by: actor, at: now)])
    }
}

extension EventSeries {
    /// Whose turn it is, and from which event that follows.
    package struct Turn: Hashable, Sendable {
        /// Nothing where nobody takes turns.
        package let hostRegion: RegionCode?
        /// The number of the next event.
        package let edition: Int
        /// The last event that counts, nothing before the first.
        package let after: Identifier<Event>?

        /// Takes every value.
        package init(hostRegion: RegionCode?, edition: Int, after: Identifier<Event>?) {
            self.hostRegion = hostRegion
            self.edition = edition
            self.after = after
        }
    }

    /// Whose turn it is after the events of the series: the region that follows the latest one's host in the rotation.
    /// Cancelled events do not count, postponed ones keep their turn. A host from outside the rotation leaves the turn
    /// where it was.
    package func nextTurn(after events: [Event]) -> Turn {
        let counting = events.filter { $0.state != .cancelled }.sorted(by: Event.isEarlier)
        let edition = max(counting.compactMap(\.edition).max() ?? 0, counting.count) + 1
        let turns = counting.compactMap { event in
            event.content.hostRegion.flatMap { content.rotation.firstIndex(of: $0) }
        }
        let next = content.rotation.isEmpty ? nil : turns.last.map { ($0 + 1) % content.rotation.count } ?? 0
        return Turn(hostRegion: next.map { content.rotation[$0] }, edition: edition, after: counting.last?.id)
    }
}

extension Event {
    /// The order of a series: by number where both have one, else by date, events without a date last.
    package static func isEarlier(_ left: Event, _ right: Event) -> Bool {
        if let first = left.edition, let second = right.edition, first != second { return first < second }
        let far = CalendarDay(daysSinceEpoch: Int.max / 2)
        let days = (left.date?.first ?? far, right.date?.first ?? far)
        return days.0 == days.1 ? left.id < right.id : days.0 < days.1
    }
}
