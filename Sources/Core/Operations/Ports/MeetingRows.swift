package import Exchange

/// Meetings of an event, what people wish, and timetables that were computed, in the store.
package protocol MeetingRows {
    /// How the meetings of the event are held; an empty day at version 0 if nobody has written it.
    func meetingDay(of event: Identifier<Event>) throws -> MeetingDay
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func save(_ day: MeetingDay, expecting version: Int) throws

    /// Writes it over what the person said of the same target before.
    func set(_ wish: MeetingWish) throws
    func removeWish(
        of participant: Identifier<Participant>, target: MeetingWish.Target, at event: Identifier<Event>
    ) throws
    /// Everybody's wishes, by person and target.
    func meetingWishes(at event: Identifier<Event>) throws -> [MeetingWish]
    func meetingWishes(of participant: Identifier<Participant>, at event: Identifier<Event>) throws -> [MeetingWish]
    /// Writes it over what the person said before.
    func set(_ taker: MeetingTaker) throws
    func meetingTakers(at event: Identifier<Event>) throws -> [MeetingTaker]

    func insert(_ meeting: Meeting) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func update(_ meeting: Meeting, expecting version: Int) throws
    func meeting(_ id: Identifier<Meeting>) throws -> Meeting?
    /// All of the event, cancelled ones too, by time.
    func meetings(at event: Identifier<Event>) throws -> [Meeting]
    /// All of the person from the instant on, cancelled ones too, by time.
    func meetings(of participant: Identifier<Participant>, since: Instant) throws -> [Meeting]

    /// Writes it over what the person said of the meeting before.
    func set(_ feedback: MeetingFeedback) throws
    /// What both said.
    func feedback(on meeting: Identifier<Meeting>) throws -> [MeetingFeedback]
    func meetingFeedback(at event: Identifier<Event>) throws -> [MeetingFeedback]

    /// Throws `Refusal.conflict(.duplicate)` while another one of the event is being computed.
    func insert(_ draft: MeetingDraft) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func update(_ draft: MeetingDraft, expecting version: Int) throws
    /// Writes progress and time of a draft that is still being computed by its holder; says whether it is.
    func note(_ progress: Double, of draft: Identifier<MeetingDraft>, by holder: String, at now: Instant) throws -> Bool
    func meetingDraft(_ id: Identifier<MeetingDraft>) throws -> MeetingDraft?
    /// Newest first.
    func meetingDrafts(of event: Identifier<Event>, _ page: PageRequest) throws -> Page<MeetingDraft>

    /// Open matches between published postings of any two people who have a place at the event, the best first.
    func matches(amongGuestsOf event: Identifier<Event>, limit: Int) throws -> [OwnedMatch]
    /// The pairs of people with a place at the event who have talked before: a meeting was kept at any event, or their
    /// postings met.
    func acquaintedGuests(of event: Identifier<Event>) throws -> [Acquaintance]
}

/// Two people who know each other.
package struct Acquaintance: Hashable, Sendable {
    package let one: Identifier<Participant>
    package let other: Identifier<Participant>

    /// Takes both.
    package init(_ one: Identifier<Participant>, _ other: Identifier<Participant>) {
        self.one = one
        self.other = other
    }
}

/// A match with the people who own its two postings.
package struct OwnedMatch: Hashable, Sendable {
    package let match: Match
    package let needOwner: Identifier<Participant>
    package let seedOwner: Identifier<Participant>

    /// Takes every value.
    package init(match: Match, needOwner: Identifier<Participant>, seedOwner: Identifier<Participant>) {
        self.match = match
        self.needOwner = needOwner
        self.seedOwner = seedOwner
    }
}

/// Booths and calendar addresses in the store.
package protocol BoothRows {
    /// The hall of the event; an empty one at version 0 if nobody has written it.
    func boothSheet(of event: Identifier<Event>) throws -> BoothSheet
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func save(_ sheet: BoothSheet, expecting version: Int) throws
    /// Matches between postings of any two of these organizations, the best first.
    func matches(between organizations: Set<Identifier<Organization>>, limit: Int) throws -> [OrganizationMatch]
}

/// A match with the organizations of its two postings.
package struct OrganizationMatch: Hashable, Sendable {
    package let match: Match
    package let needSide: Identifier<Organization>
    package let seedSide: Identifier<Organization>

    /// Takes every value.
    package init(match: Match, needSide: Identifier<Organization>, seedSide: Identifier<Organization>) {
        self.match = match
        self.needSide = needSide
        self.seedSide = seedSide
    }
}

/// Secret addresses of personal calendars, in the store.
package protocol CalendarKeyRows {
    /// Keeps the hash of a person's secret; the one before ends.
    func setCalendarKey(_ hash: String, of participant: Identifier<Participant>) throws
    func removeCalendarKey(of participant: Identifier<Participant>) throws
    /// Whose calendar the secret with this hash opens.
    func participant(calendarKey hash: String) throws -> Identifier<Participant>?
}
