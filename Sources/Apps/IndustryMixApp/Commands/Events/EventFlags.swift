import ArgumentParser
import Exchange
import Foundation
import Operations
import WebCommon

extension Event.Kind: WordArgument {}
extension Event.State: WordArgument {}
extension EventContent.Format: WordArgument {}
extension EventContent.RegistrationRules.Approval: WordArgument {}
extension Registration.State: WordArgument {}
extension Registration.Attendance: WordArgument {}
extension RegistrationFilter.Presence: WordArgument {}
extension Presentation.State: WordArgument {}
extension ProgrammeSession.Kind: WordArgument {}

extension ExchangeCommand {
    /// Shows a list whose documents are made beforehand.
    func show<Item: Sendable>(
        _ page: Page<Item>, _ header: [String], documents: [JSON], cells: (Item) -> [String]
    ) {
        let rows = Page(items: Array(zip(page.items, documents)), next: page.next)
        show(rows, header, json: Self.document) { cells($0.0) }
    }

    private static func document<Item>(_ row: (Item, JSON)) -> JSON { row.1 }
}

/// What `events add` and `events edit` take of an event's content.
struct EventFlags: ParsableArguments {
    @Option(help: "2020, 2020-autumn, 2020-10, 2020-10-27 or 2020-10-27/2020-10-28.") var date: String?
    @Option(help: "on_site, online or hybrid.") var format: EventContent.Format?
    @Option(help: "What it is about.") var summary: String?
    @Option(help: "Where it is held: a region by name or code, such as 鳥取県 or KR-42.") var hostRegion: String?
    @Option(help: "Who hosts it, an organization's name; may be repeated.") var host: [String] = []
    @Option(help: "Who hosts it with them; may be repeated.") var coHost: [String] = []
    @Option(help: "A council that carries it; may be repeated.") var council: [String] = []
    @Option(help: "Fields by code or label, with commas.") var fields: [String] = []
    @Option(help: "Languages spoken there; may be repeated.") var language: [Language] = []
    @Option(help: "IANA time zone, such as Asia/Tokyo.") var zone: String?
    @Option(help: ArgumentHelp("Opening hours of a day; may be repeated.", valueName: "2027-10-27=09:30-17:00"))
    var hours: [String] = []
    @Option(help: "The name of the venue.") var venue: String?
    @Option(help: ArgumentHelp("A hall and its rooms; may be repeated.", valueName: "Hall A=Room 1,Room 2"))
    var hall: [String] = []
    @Option(help: "Where people who take part from afar go.") var onlineAddress: String?
    @Option(help: "Places on site; \"none\" for no limit.") var capacity: String?
    @Option(help: "Places from afar; \"none\" for no limit.") var remoteCapacity: String?
    @Option(help: "Who lets people in: automatic or coordinator.")
    var approval: EventContent.RegistrationRules.Approval?
    @Option(help: "Registration closes then, in the event's zone.") var closes: String?
    @Option(help: "The most companions of one person.") var companions: Int?
    @Option(help: "Call for presentations: what is wished for.") var call: String?
    @Option(help: "The call closes then, in the event's zone.") var callCloses: String?
    @Option(help: "Days after the event until people are reminded.") var followUpDays: Int?
    @Option(
        help: ArgumentHelp(
            "Everything else as JSON in the form of the API (budget, delegations, site_visits, agreements); - for stdin.",
            valueName: "file"))
    var document: String?

    /// Puts what was given over the content.
    func apply(to content: inout EventContent, in exchange: OpenExchange) throws {
        if let document { content = try Self.document(document, over: content) }
        if let format { content.format = format }
        if let summary { content.summary = summary.isEmpty ? nil : summary }
        if let hostRegion { content.hostRegion = try Self.region(hostRegion, "host_region") }
        if !host.isEmpty || !coHost.isEmpty || !council.isEmpty {
            content.hosts =
                host.map { EventContent.Host(part: .host, name: $0) }
                + coHost.map { EventContent.Host(part: .coHost, name: $0) }
                + council.map { EventContent.Host(part: .council, name: $0) }
        }
        if !fields.isEmpty { content.fields = try exchange.fields(fields) }
        if !language.isEmpty { content.languages = language }
        if let zone { content.zone = zone }
        if !hours.isEmpty { content.days = try hours.map(Self.day) }
        if let venue { content.venue = EventContent.Venue(name: venue, halls: content.venue?.halls ?? []) }
        if !hall.isEmpty {
            var place = content.venue ?? EventContent.Venue(name: content.title)
            place.halls = hall.map(Self.hall)
            content.venue = place
        }
        if let onlineAddress { content.onlineAddress = onlineAddress.isEmpty ? nil : onlineAddress }
        if let followUpDays { content.followUpDays = followUpDays }
        try applyRules(to: &content)
    }

    private func applyRules(to content: inout EventContent) throws {
        var places = content.capacity ?? EventContent.Capacity()
        if let capacity { places.onSite = try Self.places(capacity, "capacity") }
        if let remoteCapacity { places.remote = try Self.places(remoteCapacity, "remote-capacity") }
        content.capacity = places == EventContent.Capacity() ? nil : places
        if approval != nil || closes != nil || companions != nil {
            var rules = content.registrationRules
            if let approval { rules.approval = approval }
            if let closes {
                rules.closesAt = try ZoneOffsets.system.moment(closes, in: content.zone, field: "closes")
            }
            if let companions { rules.companions = companions }
            content.registration = rules
        }
        if call != nil || callCloses != nil {
            var sought = content.call ?? EventContent.PresentationCall()
            if let call { sought.words = call.isEmpty ? nil : call }
            if let callCloses {
                sought.closesAt = try ZoneOffsets.system.moment(callCloses, in: content.zone, field: "call-closes")
            }
            content.call = sought
        }
    }

    /// A region by name or code.
    static func region(_ text: String, _ field: String) throws -> RegionCode {
        if let named = RegionNames.code(of: text) { return named }
        return try RegionCode(text, field: field)
    }

    private static func places(_ text: String, _ field: String) throws -> Int? {
        if text == "none" { return nil }
        guard let number = Int(text) else {
            throw Refusal.invalid(field, .malformed, "Write a number, or none for no limit.")
        }
        return number
    }

    private static func day(_ text: String) throws -> EventContent.Day {
        let parts = text.split(separator: "=").map(String.init)
        let times = parts.last?.split(separator: "-").map(String.init) ?? []
        guard parts.count == 2, times.count == 2, let day = CalendarDay(iso: parts[0]),
            let opens = ClockTime(times[0]), let closes = ClockTime(times[1])
        else { throw Refusal.invalid("hours", .malformed, "Write 2027-10-27=09:30-17:00.") }
        return EventContent.Day(day: day, opens: opens, closes: closes)
    }

    private static func hall(_ text: String) -> EventContent.Hall {
        let parts = text.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
        let rooms = parts.count > 1 ? parts[1].split(separator: ",").map { String($0).trimmed } : []
        return EventContent.Hall(name: parts.first ?? "", rooms: rooms.map { EventContent.Room(name: $0) })
    }

    /// A document in a file over what is there.
    static func document<Content: Codable>(_ path: String, over content: Content) throws -> Content {
        let data =
            path == "-"
            ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else {
            throw Failure(.notFound, "The file \(path) cannot be read.", "Check its name and its permissions.")
        }
        let read: JSON
        do { read = try JSONParser.parse([UInt8](data)) } catch {
            throw Failure(.refused, "\(path): \(error.message)", "Mend the JSON and repeat.")
        }
        guard read.object != nil else {
            throw Failure(.refused, "\(path) holds no JSON object.", "Begin it with { as in the API's reference.")
        }
        return try JSON(document: content).overlaid(with: read).document()
    }
}
