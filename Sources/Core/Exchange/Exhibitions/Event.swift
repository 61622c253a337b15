/// A day, or several, on which people meet: an exhibition, a presentation of results, a forum, a seminar, a meeting of
/// a study group.
package struct Event: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["event"]

    /// What is held.
    package enum Kind: String, Sendable, CaseIterable, Codable {
        case exhibition, jointResults = "joint_results", forum, seminar, studyGroupMeeting = "study_group_meeting"
    }

    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        case planned, announced
        /// Takes registrations.
        case open
        case held
        /// Held, and what came of it is written up.
        case reported
        /// Put off with no new date yet.
        case postponed
        case cancelled
    }

    /// A date that did not hold, and why.
    package struct FormerDate: Hashable, Sendable, Codable {
        package let date: EventDate
        /// Nothing where nobody wrote it down.
        package let reason: String?
        /// Where it was to be held, if that was elsewhere.
        package let hostRegion: RegionCode?
        /// Who put it off: an actor's reference.
        package let by: String
        package let at: Instant

        /// Takes every value.
        package init(date: EventDate, reason: String?, hostRegion: RegionCode? = nil, by: ActorReference, at: Instant) {
            self.date = date
            self.reason = reason
            self.hostRegion = hostRegion
            self.by = by.text
            self.at = at
        }
    }

    package let id: Identifier<Event>
    package let kind: Kind
    package var series: Identifier<EventSeries>?
    /// Its number in the series, from 1.
    package var edition: Int?
    package var content: EventContent
    /// Nothing while no date is known.
    package var date: EventDate?
    package var state: State
    /// When it came into this state.
    package var stateSince: Instant
    /// Why it was postponed or cancelled.
    package var stateReason: String?
    /// Every date that did not hold, the earliest first.
    package var formerDates: [FormerDate]
    /// When people were reminded of what they began there.
    package var followedUpAt: Instant?
    /// Counts up with every change; the ETag of the API.
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Event>, kind: Kind, series: Identifier<EventSeries>? = nil, edition: Int? = nil,
        content: EventContent, date: EventDate? = nil, state: State = .planned, stateSince: Instant,
        stateReason: String? = nil, formerDates: [FormerDate] = [], followedUpAt: Instant? = nil, version: Int = 1,
        createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.kind = kind
        self.series = series
        self.edition = edition
        self.content = content
        self.date = date
        self.state = state
        self.stateSince = stateSince
        self.stateReason = stateReason
        self.formerDates = formerDates
        self.followedUpAt = followedUpAt
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether members see it: plans are for coordinators.
    package var isPublic: Bool { state != .planned }

    /// When the event begins and ends in its zone: its opening hours where they are known, else its whole days; nothing
    /// while its days are not settled.
    package func span(_ zones: ZoneOffsets) -> TimeSpan? {
        guard let days = date?.days else { return nil }
        let hours = content.days.sorted { $0.day < $1.day }
        let first = hours.first.map { ($0.day, $0.opens.minutes) } ?? (days.lowerBound, 0)
        let last = hours.last.map { ($0.day, $0.closes.minutes) } ?? (days.upperBound, 1440)
        guard let from = moment(first.0, first.1, zones), let to = moment(last.0, last.1, zones), from < to else {
            return nil
        }
        return TimeSpan(stored: from, to)
    }

    /// Opening hours as stretches of time, day by day; whole days where no hours are given.
    package func openings(_ zones: ZoneOffsets) -> [TimeSpan] {
        guard let days = date?.days else { return [] }
        let hours =
            content.days.isEmpty
            ? (days.lowerBound.daysSinceEpoch...days.upperBound.daysSinceEpoch).map {
                (CalendarDay(daysSinceEpoch: $0), 0, 1440)
            } : content.days.sorted { $0.day < $1.day }.map { ($0.day, $0.opens.minutes, $0.closes.minutes) }
        return hours.compactMap { day, opens, closes in
            guard let from = moment(day, opens, zones), let to = moment(day, closes, zones), from < to else {
                return nil
            }
            return TimeSpan(stored: from, to)
        }
    }

    private func moment(_ day: CalendarDay, _ minutes: Int, _ zones: ZoneOffsets) -> Instant? {
        switch zones.meaning(of: day, minutes: minutes, in: content.zone) {
        case .once(let instant)?, .twice(let instant, _)?: instant
        case .never?: moment(day, minutes + 60, zones)
        case nil: nil
        }
    }
}
