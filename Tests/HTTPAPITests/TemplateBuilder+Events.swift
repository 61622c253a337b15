import Exchange
import Operations
import Testing

extension TemplateBuilder {
    private var desk: Actor { Actor.system("test") }
    private var office: Office<some ExchangeStore> { rooms.office }

    private func person(_ name: String) throws -> Identifier<Participant> {
        try Identifier<Participant>(#require(names[name]))
    }

    /// A series with a held event, an open event with registrations and a programme, and plans.
    mutating func events() async throws {
        var content = EventSeries.Content(title: "Forum of three regions")
        content.rotation = ["KR-42", "CN-22", "JP-31"].map(RegionCode.init(stored:))
        let series = try await office.addSeries(.forum, content, by: desk).id
        names["series"] = series.text
        names["emptySeries"] = try await office.addSeries(
            .seminar, EventSeries.Content(title: "Nothing yet"), by: desk
        ).id.text
        let past = try await add("past", "KR-42", "2026-05-20", in: series, edition: 1)
        let shown = try await office.register(for: past, .participant(try person("owner")), .init(), by: desk)
        names["arrived"] = shown.registration.id.text
        _ = try await office.moveEvent(past, .announce, by: desk)
        _ = try await office.checkIn(shown.registration.id, by: desk)
        _ = try await office.moveEvent(past, .hold, by: desk)
        _ = try await add("plan", "CN-22", "2027-10-28", in: series, edition: 2)
        _ = try await add("older", nil, "2026-06")
        let late = try await add("late", nil, "2026-12-01")
        _ = try await office.moveEvent(late, .postpone(to: nil, reason: "snow"), by: desk)
        try await seminar()
        try await exhibition()
    }

    private mutating func add(
        _ name: String, _ region: String?, _ date: String, in series: Identifier<EventSeries>? = nil,
        edition: Int? = nil, _ edit: (inout EventContent) throws -> Void = { _ in }
    ) async throws -> Identifier<Event> {
        var content = EventContent(title: "Event \(name)", format: .hybrid, zone: "Asia/Tokyo")
        content.hostRegion = region.map(RegionCode.init(stored:))
        try edit(&content)
        var draft = EventDraft(kind: series == nil ? .exhibition : .forum, content: content)
        draft.date = try EventDate(date)
        draft.series = series
        draft.edition = edition
        let made = try await office.addEvent(draft, by: desk)
        names[name] = made.id.text
        return made.id
    }

    private mutating func seminar() async throws {
        let event = try await add("seminar", nil, "2026-11-05") {
            $0.registration = EventContent.RegistrationRules(approval: .coordinator)
        }
        _ = try await office.moveEvent(event, .open, by: desk)
        let owner = try await office.authenticate(names["owner.token"] ?? "").actor
        names["requested"] = try await office.register(for: event, nil, .init(), by: owner).registration.id.text
        let gone = Participant.Profile(name: "Gone", email: try EmailAddress("gone@mail.example"), language: .en)
        let home = try Identifier<Organization>(#require(names["Hiraki Works"]))
        let invited = try await office.invite(gone, of: home, as: .member, by: desk)
        names["gone"] = try await office.leave(invited.participant.id, by: desk).id.text
    }

    private mutating func exhibition() async throws {
        let event = try await add("event", "JP-31", "2026-10-27") {
            $0.capacity = EventContent.Capacity(onSite: 1)
            $0.onlineAddress = "https://meet.example/room"
            $0.call = EventContent.PresentationCall(words: "What came of it?")
            $0.venue = EventContent.Venue(name: "Hall", halls: [EventContent.Hall(name: "Hall A")])
            $0.budget = [
                EventContent.BudgetLine(fiscalYear: 2026, purpose: "hall", source: "prefecture", asked: 528_000)
            ]
            $0.days = [
                EventContent.Day(
                    day: try #require(CalendarDay(iso: "2026-10-27")), opens: try #require(ClockTime("09:00")),
                    closes: try #require(ClockTime("17:00")))
            ]
        }
        _ = try await office.moveEvent(event, .open, by: desk)
        var wishes = Registration.Wishes()
        wishes.accessibility = "a ramp"
        let own = try await office.register(for: event, .participant(try person("owner")), wishes, by: desk)
        names["registration"] = own.registration.id.text
        names["code"] = own.registration.code
        let waits = try await office.register(for: event, .participant(try person("other")), .init(), by: desk)
        names["waiting"] = waits.registration.id.text
        try await programme(of: event)
    }

    private mutating func programme(of event: Identifier<Event>) async throws {
        let owner = try person("owner")
        func propose(_ title: String) async throws -> Identifier<Presentation> {
            let content = Presentation.Content(title: title, language: .en)
            return try await office.propose(content, at: event, for: owner, by: desk).id
        }
        names["talk"] = try await propose("Talk of gears").text
        let asked = try await propose("Talk of lamps")
        _ = try await office.move(asked, .ask("How bright?"), by: desk)
        names["asked"] = asked.text
        let accepted = try await propose("Talk of paper")
        _ = try await office.move(accepted, .accept(note: "well written"), by: desk)
        names["accepted"] = accepted.text
        let first = SessionDraft(
            title: "Presentations", from: "2026-10-27T10:00", to: "2026-10-27T11:00", place: "Hall A",
            presentations: [accepted])
        names["programmeSession"] = try await office.addSession(first, to: event, by: desk).session.id.text
        _ = try await office.releaseProgramme(of: event, note: nil, by: desk)
        let second = SessionDraft(kind: .reception, title: "Party", from: "2026-10-27T18:00", to: "2026-10-27T20:00")
        names["laterSession"] = try await office.addSession(second, to: event, by: desk).session.id.text
    }
}
