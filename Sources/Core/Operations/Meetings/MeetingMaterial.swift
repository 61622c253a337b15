import Exchange

/// Everything that planning the meetings of an event looks at, read in one transaction.
struct MeetingMaterial: Sendable {
    /// The most matches of an event's guests that are looked at.
    private static let matches = 200_000

    let event: Event
    let day: MeetingDay.Content
    let now: Instant
    /// Participants who have a place, by identifier.
    let guests: [Registration]
    let people: [Identifier<Participant>: Participant]
    let wishes: [MeetingWish]
    let takers: [Identifier<Participant>: MeetingTaker]
    let vetoes: [Veto]
    let acquaintances: [Acquaintance]
    let matches: [OwnedMatch]
    let sessions: [ProgrammeSession]
    let meetings: [Meeting]

    /// Reads it all; refuses an event that there is not.
    init<Transaction: ExchangeTransaction>(_ id: Identifier<Event>, _ tx: Transaction) throws {
        guard let event = try tx.event(id) else { throw Refusal.notFound(subject: "event", id: id.text) }
        self.event = event
        now = tx.now
        day = try tx.meetingDay(of: id).content
        let confirmed = try tx.confirmedRegistrations(at: id)
        let people = try tx.participants(Set(confirmed.compactMap(\.participant)))
        self.people = people
        guests = confirmed.filter { registration in
            registration.participant.flatMap { people[$0] }.map { $0.status != .left } ?? false
        }.sorted { ($0.participant?.text ?? "") < ($1.participant?.text ?? "") }
        wishes = try tx.meetingWishes(at: id)
        takers = Dictionary(
            try tx.meetingTakers(at: id).map { ($0.participant, $0) }, uniquingKeysWith: { _, last in last })
        vetoes = try tx.vetoedPairs()
        acquaintances = try tx.acquaintedGuests(of: id)
        matches = try tx.matches(amongGuestsOf: id, limit: Self.matches)
        sessions = try tx.programme(of: id).sessions
        meetings = try tx.meetings(at: id)
    }

    /// Languages in which the person can talk.
    func languages(of registration: Registration) -> Set<Language> {
        if !registration.wishes.languages.isEmpty { return Set(registration.wishes.languages) }
        return Set([registration.participant.flatMap { people[$0]?.profile.language } ?? .ja])
    }

    /// Minutes on foot between two halls; 0 where either is unknown.
    func minutes(from one: String?, to other: String?) -> Int {
        guard let one, let other, one != other else { return 0 }
        let halls = event.content.venue?.halls ?? []
        func away(_ place: String) -> Int? {
            let hall = place.split(separator: "/").first.map(String.init) ?? place
            return halls.first { $0.name == hall }.map { $0.minutesAway ?? 0 }
        }
        guard let first = away(one), let second = away(other) else { return 0 }
        return abs(first - second)
    }
}
