package import Exchange

/// What to list of events.
package struct EventFilter: Hashable, Sendable {
    package var kind: Event.Kind?
    package var series: Identifier<EventSeries>?
    /// Empty means every state.
    package var states: [Event.State] = []
    /// Only events that end on this day or later, and those without a date.
    package var from: CalendarDay?
    /// Only events that begin on this day or earlier.
    package var to: CalendarDay?
    /// Part of the title.
    package var text: String?

    /// No restriction.
    package init() {}
}

/// Events and series in the store.
package protocol EventRows {
    func insert(_ series: EventSeries) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func update(_ series: EventSeries, expecting version: Int) throws
    func remove(_ series: Identifier<EventSeries>) throws
    func eventSeries(_ id: Identifier<EventSeries>) throws -> EventSeries?
    /// Newest first.
    func eventSeries(_ page: PageRequest) throws -> Page<EventSeries>

    /// Throws `Refusal.conflict(.duplicate)` when the series already has the edition.
    func insert(_ event: Event) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one, and
    /// `Refusal.conflict(.duplicate)` when the series already has the edition.
    func update(_ event: Event, expecting version: Int) throws
    /// Removes the event with its programme, presentations and registrations.
    func remove(_ event: Identifier<Event>) throws
    func event(_ id: Identifier<Event>) throws -> Event?
    func events(_ ids: Set<Identifier<Event>>) throws -> [Identifier<Event>: Event]
    /// The latest date first, those without a date before all others.
    func events(_ filter: EventFilter, _ page: PageRequest) throws -> Page<Event>
    /// All of them in the order of the series (`Event.isEarlier`).
    func events(of series: Identifier<EventSeries>) throws -> [Event]
    /// Held events whose last possible day was this one or earlier and whose people were not reminded yet, oldest
    /// first.
    func eventsToFollowUp(endedBy day: CalendarDay, limit: Int) throws -> [Event]
}

/// What to list of registrations.
package struct RegistrationFilter: Hashable, Sendable {
    package var event: Identifier<Event>?
    package var participant: Identifier<Participant>?
    /// Empty means every state.
    package var states: [Registration.State] = []
    package var attendance: Registration.Attendance?
    /// Only those who have checked in, or have not.
    package var presence: Presence?
    /// Part of the name, organization or mail address of the person.
    package var text: String?

    /// Whether somebody is there.
    package enum Presence: String, Sendable, CaseIterable {
        case arrived, absent
    }

    /// No restriction.
    package init() {}
}

/// How many registrations of an event there are of one kind.
package struct RegistrationCount: Hashable, Sendable {
    package let state: Registration.State
    package let attendance: Registration.Attendance
    /// Registrations.
    package let registrations: Int
    /// People: companions count.
    package let seats: Int
    /// Registrations that have checked in.
    package let arrived: Int
    /// People who came with them, themselves included.
    package let arrivedSeats: Int

    /// Takes every value.
    package init(
        state: Registration.State, attendance: Registration.Attendance, registrations: Int, seats: Int, arrived: Int,
        arrivedSeats: Int
    ) {
        self.state = state
        self.attendance = attendance
        self.registrations = registrations
        self.seats = seats
        self.arrived = arrived
        self.arrivedSeats = arrivedSeats
    }
}

/// Registrations in the store. A person, and a guest's mail address, has at most one at an event.
package protocol RegistrationRows {
    /// Throws `Refusal.conflict(.duplicate)` when the person is registered already.
    func insert(_ registration: Registration) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func update(_ registration: Registration, expecting version: Int) throws
    func registration(_ id: Identifier<Registration>) throws -> Registration?
    func registration(of participant: Identifier<Participant>, at event: Identifier<Event>) throws -> Registration?
    func registration(guest email: EmailAddress, at event: Identifier<Event>) throws -> Registration?
    /// The one whose QR sign says this.
    func registration(code: String) throws -> Registration?
    /// Newest first.
    func registrations(_ filter: RegistrationFilter, _ page: PageRequest) throws -> Page<Registration>
    /// Everybody who has a place, by identifier: for badges, programmes and timetables.
    func confirmedRegistrations(at event: Identifier<Event>) throws -> [Registration]
    /// The waiting list of one kind of place, who waits longest first.
    func waitingList(
        of event: Identifier<Event>, _ attendance: Registration.Attendance, limit: Int
    ) throws -> [Registration]
    /// Counts by state and attendance; kinds without any are missing.
    func registrationCounts(of event: Identifier<Event>) throws -> [RegistrationCount]
    /// Requested, waiting and confirmed registrations of a person at events that are still to come.
    func openRegistrations(of participant: Identifier<Participant>) throws -> [Registration]
}

/// What to list of presentations.
package struct PresentationFilter: Hashable, Sendable {
    package var event: Identifier<Event>?
    package var owner: Identifier<Participant>?
    /// Empty means every state.
    package var states: [Presentation.State] = []

    /// No restriction.
    package init() {}
}

/// Presentations and programmes in the store.
package protocol ProgrammeRows {
    func insert(_ presentation: Presentation) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func update(_ presentation: Presentation, expecting version: Int) throws
    func presentation(_ id: Identifier<Presentation>) throws -> Presentation?
    func presentations(_ ids: Set<Identifier<Presentation>>) throws -> [Identifier<Presentation>: Presentation]
    /// Newest first.
    func presentations(_ filter: PresentationFilter, _ page: PageRequest) throws -> Page<Presentation>

    /// The programme with its draft and last release; an empty one at version 0 if nobody has begun it.
    func programme(of event: Identifier<Event>) throws -> Programme
    /// Writes the draft's sessions over version `expecting`; throws `Refusal.stale` if that is no longer the current
    /// one. Releases are written by themselves.
    func save(_ programme: Programme, expecting version: Int) throws
    func insert(_ release: Programme.Release, of event: Identifier<Event>) throws
    /// The number of the last release, nothing before the first.
    func releaseNumber(of event: Identifier<Event>) throws -> Int?
    /// Newest first.
    func releases(of event: Identifier<Event>) throws -> [Programme.Release]
}

/// What was done in a stretch of time, for reports.
package protocol ActivityRows {
    /// How many entries of the log there are of each kind in the stretch of time.
    func happeningCounts(in span: TimeSpan) throws -> [Happening.Kind: Int]
    /// Postings that came from something, such as an event, oldest first.
    func postings(origin: String) throws -> [Posting]
    /// Pairs that an event put before each other.
    func encounters(atExhibition event: Identifier<Event>) throws -> [Encounter]
    /// Introductions of any of the pairs that began in the stretch of time.
    func introductions(of pairs: Set<PostingPair>, since: Instant) throws -> [Introduction]
}
