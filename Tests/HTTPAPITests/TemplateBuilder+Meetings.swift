import Exchange
import Operations
import Store
import Testing

extension TemplateBuilder {
    /// A fair tomorrow with a day of meetings, one meeting of owner and other, a timetable, and a hall.
    mutating func meetings() async throws {
        let office = rooms.office
        let desk = Actor.system("test")
        func person(_ name: String) throws -> Identifier<Participant> { Identifier(stored: try #require(names[name])) }
        let start = Rooms.start.advanced(byDays: 1)
        let day = CalendarDay(of: start, offsetMinutes: 540)
        let fair = Event(
            id: office.ambient.identifier(at: Rooms.start), kind: .exhibition,
            content: EventContent(title: "Fair of chances", zone: "Asia/Tokyo"), date: .days(day, day), state: .open,
            stateSince: Rooms.start, createdAt: Rooms.start, updatedAt: Rooms.start)
        names["fair"] = fair.id.text
        let guests = try ["owner", "other"].map { try person($0) }
        try await rooms.store.write { tx in
            try tx.insert(fair)
            for guest in guests {
                try tx.insert(
                    Registration(
                        id: Identifier(stored: "registration_" + guest.text.suffix(26)), event: fair.id,
                        attendee: .participant(guest), wishes: Registration.Wishes(), state: .confirmed,
                        stateSince: Rooms.start, source: .own, code: String(guest.text.suffix(10)),
                        createdAt: Rooms.start, updatedAt: Rooms.start))
            }
        }
        var content = MeetingDay.Content()
        content.slots = (0..<4).map { number in
            let from = start.advanced(byMilliseconds: Int64(number) * 1_800_000)
            return TimeSpan(stored: from, from.advanced(byMilliseconds: 1_200_000))
        }
        content.tables = [.init(name: "1"), .init(name: "2", kind: .quiet)]
        _ = try await office.reviseMeetingDay(of: fair.id, content, by: desk)
        try await office.wish(
            .participant(guests[1]), .mustMeet, note: "about ice", at: fair.id, for: guests[0], by: desk)
        let meeting = try await office.arrange(
            at: fair.id, guests[0], guests[1], seat: .init(span: content.slots[0], table: "1"), source: .coordinator,
            by: desk)
        names["meeting"] = meeting.id.text
        var draft = MeetingDraft(
            id: office.ambient.identifier(at: Rooms.start), event: fair.id, order: .init(mode: .fresh), state: .ready,
            progress: 1, holder: "test", startedBy: .system("test"), startedAt: Rooms.start, updatedAt: Rooms.start)
        draft.result.entries = [
            .init(
                first: guests[0], second: guests[1], seat: .init(span: content.slots[1], table: "2"),
                ground: Meeting.Ground(), worth: 60, isRequired: false)
        ]
        draft.result.score = 60
        draft.result.bound = 60
        let ready = draft
        try await rooms.store.write { try $0.insert(ready) }
        names["timetable"] = ready.id.text
        try await hall(of: fair.id)
        let owner = try await office.authenticate(names["owner.token"] ?? "").actor
        names["calendar"] = (try await office.shareCalendar(by: owner)).split(separator: "/").last.map(String.init)
    }

    /// Three stands and two exhibitors.
    private func hall(of event: Identifier<Event>) async throws {
        var hall = BoothSheet.Content()
        hall.stands = (0..<3).map {
            .init(
                name: "A\($0 + 1)", x: Double($0) * 3, y: 0, width: 3, height: 3, power: 1500, supplies: [],
                zone: "ordinary")
        }
        hall.exhibitors = try ["Hiraki Works", "Sunrise Fisheries"].map {
            .init(organization: Identifier(stored: try #require(names[$0])))
        }
        _ = try await rooms.office.reviseBooths(of: event, hall, by: .system("test"))
    }
}
