import ArgumentParser
import Exchange
import Foundation
import HTTPAPI
import Operations
import Tabular
import WebCommon

/// Whom a registration is for.
struct AttendeeFlags: ParsableArguments {
    @Option(help: "A participant, by mail address or identifier.") var participant: String?
    @Option(help: "The name of a guest who takes no part in the exchange.") var guest: String?
    @Option(help: "The guest's mail address.") var email: String?
    @Option(help: "The guest's organization.") var organization: String?
    @Option(help: "The guest's language.") var guestLanguage: Language = .ja

    func validate() throws {
        if participant != nil, guest != nil { throw ValidationError("Give --participant or --guest, not both.") }
    }

    func attendee(in exchange: OpenExchange) async throws -> Registration.Attendee? {
        if let participant { return .participant(try await exchange.person(participant).id) }
        guard let guest else { return nil }
        return .guest(
            Registration.Guest(
                name: guest, email: try email.map { text throws(Refusal) in try EmailAddress(text) },
                organization: organization, language: guestLanguage))
    }
}

/// What a person wants of an event.
struct WishFlags: ParsableArguments {
    @Option(help: "on_site or remote.") var attendance: Registration.Attendance?
    @Option(help: "Somebody who comes along; may be repeated.") var companion: [String] = []
    @Option(
        help: ArgumentHelp(
            "When the person cannot, in the event's zone; may be repeated.",
            valueName: "2027-10-27T13:00/2027-10-27T14:00"))
    var unavailable: [String] = []
    @Option(help: "A language the person can talk in; may be repeated.") var speaks: [Language] = []
    @Option(help: "A language to have things interpreted into; may be repeated.") var interpret: [Language] = []
    @Option(help: "A ramp, a seat at the front: for organisers' eyes only.") var accessibility: String?
    @Option(help: "A word to the organisers.") var message: String?

    func apply(to wishes: inout Registration.Wishes, zone: String) throws {
        if let attendance { wishes.attendance = attendance }
        if !companion.isEmpty { wishes.companions = companion.map { Registration.Companion(name: $0) } }
        if !unavailable.isEmpty { wishes.unavailable = try unavailable.map { try Self.span($0, zone) } }
        if !speaks.isEmpty { wishes.languages = speaks }
        if !interpret.isEmpty { wishes.interpretation = interpret }
        if let accessibility { wishes.accessibility = accessibility }
        if let message { wishes.message = message }
    }

    private static func span(_ text: String, _ zone: String) throws -> TimeSpan {
        let ends = text.split(separator: "/").map(String.init)
        guard ends.count == 2 else {
            throw Refusal.invalid("unavailable", .malformed, "Write 2027-10-27T13:00/2027-10-27T14:00.")
        }
        return try TimeSpan(
            from: ZoneOffsets.system.moment(ends[0], in: zone, field: "unavailable"),
            to: ZoneOffsets.system.moment(ends[1], in: zone, field: "unavailable"), field: "unavailable")
    }
}

extension EventsCommand {
    struct RegisterCommand: ExchangeCommand {
        static let configuration = CommandConfiguration(
            commandName: "register",
            abstract: "Register somebody for an event; full events put them on the waiting list.",
            discussion: """
                  industrymix events register event_... --participant sato@example.jp --companion 田中
                  industrymix events register event_... --guest 김민수 --email kim@example.kr --guest-language ko
                """)
        @Argument(help: "event_...") var event: String
        @OptionGroup var whom: AttendeeFlags
        @OptionGroup var wishes: WishFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            let found = try await exchange.office.event(id, by: actor).event
            var wanted = Registration.Wishes(attendance: found.content.format == .online ? .remote : .onSite)
            try wishes.apply(to: &wanted, zone: found.content.zone)
            let made = try await exchange.office.register(
                for: id, try await whom.attendee(in: exchange), wanted, by: actor)
            show(try EventView.json(made))
        }
    }

    struct RegistrationsCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "registrations", abstract: "Who comes, who waits, who is in.",
            discussion: """
                  industrymix events registrations list event_... --state waiting
                  industrymix events registrations import event_... 参加者.csv --dry-run
                  industrymix events registrations export event_... --output 参加者一覧.csv
                """,
            subcommands: [
                List.self, Show.self, Edit.self, Approve.self, MoveUp.self, Decline.self, Cancel.self, Import.self,
                Export.self, Mine.self,
            ], defaultSubcommand: List.self)
    }
}

extension EventsCommand.RegistrationsCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Registrations of an event, newest first.")
        @Argument(help: "event_...") var event: String
        @Option(help: "Only in this state; may be repeated.") var state: [Registration.State] = []
        @Option(help: "on_site or remote.") var attendance: Registration.Attendance?
        @Option(help: "Only those who have arrived, or are absent.") var presence: RegistrationFilter.Presence?
        @Option(help: "Part of the name, organization or mail address.") var search: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = RegistrationFilter()
            filter.event = try Identifier(event)
            filter.states = state
            filter.attendance = attendance
            filter.presence = presence
            filter.text = search
            let asked = filter
            let found = try await page.read { try await exchange.office.registrations(asked, $0, by: actor) }
            let documents = try found.items.map { try EventView.json($0) }
            show(found, ["id", "state", "seats", "code", "in", "name", "organization"], documents: documents) { shown in
                let registration = shown.registration
                return [
                    registration.id.text,
                    registration.state.rawValue + (shown.place.map { " \($0)." } ?? ""), "\(registration.seats)",
                    registration.code, registration.arrival == nil ? "" : "yes", shown.name,
                    shown.organizationName ?? "",
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show one registration.")
        @Argument(help: "registration_...") var registration: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(try EventView.json(try await exchange.office.registration(Identifier(registration), by: actor)))
        }
    }

    struct Edit: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Change what is given; the rest stays.")
        @Argument(help: "registration_...") var registration: String
        @OptionGroup var wishes: WishFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Registration>(registration)
            let old = try await exchange.office.registration(id, by: actor).registration
            let zone = try await exchange.office.event(old.event, by: actor).event.content.zone
            let flags = wishes
            show(
                try EventView.json(
                    try await exchange.office.reviseRegistration(
                        id, { try flags.apply(to: &$0.wishes, zone: zone) }, by: actor)))
        }
    }

    struct Approve: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody in; a full event makes them wait.")
        @Argument(help: "registration_...") var registration: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(try EventView.json(try await exchange.office.approve(Identifier(registration), by: actor)))
        }
    }

    struct MoveUp: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give somebody of the waiting list a place, full or not.")
        @Argument(help: "registration_...") var registration: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(try EventView.json(try await exchange.office.moveUp(Identifier(registration), by: actor)))
        }
    }

    struct Decline: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Do not let somebody in.")
        @Argument(help: "registration_...") var registration: String
        @Option(help: "Why; the person is told.") var reason: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(
                try EventView.json(
                    try await exchange.office.decline(Identifier(registration), because: reason, by: actor)))
        }
    }

    struct Cancel: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Give a place back; the waiting list moves up.")
        @Argument(help: "registration_...") var registration: String
        @Option(help: "Why.") var reason: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(
                try EventView.json(
                    try await exchange.office.cancelRegistration(Identifier(registration), because: reason, by: actor)))
        }
    }

    struct Import: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register the people of a CSV file.",
            discussion: """
                Columns: name, email, organization, attendance, companions, languages, interpretation, accessibility,
                message, with headers in Japanese, English, Korean or Chinese. Participants are known by their mail
                address, everybody else comes as a guest. Importing again updates.
                """)
        @Argument(help: "event_...") var event: String
        @OptionGroup var flags: ImportFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let options = flags.options(exchange)
            let id = try Identifier<Event>(event)
            try await ImportRun(flags: flags, asJSON: common.json).run { bytes in
                try await exchange.office.importRegistrations(bytes, for: id, options, by: actor)
            }
        }
    }

    struct Export: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Write the registration list as CSV.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var flags: TableFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            try await flags.write(in: exchange, asJSON: common.json) { language, encoding in
                try await exchange.office.exportRegistrations(of: id, in: language, encoding: encoding, by: actor)
            }
        }
    }

    struct Mine: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Everything that is kept of a person's part in events, as JSON to take along.")
        @Argument(help: "The person, by mail address or identifier.") var person: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            Console.out(try EventView.json(try await exchange.office.ownEvents(of: id, by: actor)))
        }
    }
}

/// Where a CSV file goes, and how it is written.
struct TableFlags: ParsableArguments {
    @Option(name: .shortAndLong, help: "The file to write; stdout if left out.") var output: String?
    @Option(help: "The language of the headers; the exchange's if left out.") var language: Language?
    @Option(help: "UTF-8, CP932, CP949 or GB18030.") var encoding: String?

    func write(
        in exchange: OpenExchange, asJSON: Bool, _ make: (WordsLanguage, TextEncoding) async throws -> [UInt8]
    ) async throws {
        let form = encoding.map { TextEncoding(named: $0) } ?? .utf8BOM
        guard let form else {
            throw Failure(.usage, "There is no encoding \"\(encoding ?? "")\" here.", "Leave it out.")
        }
        let spoken = language ?? exchange.configuration.exchange.defaultLanguage
        let bytes: [UInt8]
        do {
            bytes = try await make(WordsLanguage(rawValue: spoken.rawValue) ?? .ja, form)
        } catch let fault as UnencodableCharacter {
            throw Failure(
                .refused,
                "The character \"\(fault.character)\" in line \(fault.line) cannot be written in \(form.name).",
                "Leave --encoding away: UTF-8 with a byte order mark opens in Excel too.")
        }
        guard let output else { return Console.out(bytes) }
        do { try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic) } catch {
            throw Failure(.fault, "\(output) cannot be written: \(error.localizedDescription)", "Choose another place.")
        }
        if asJSON {
            Console.out(.members(["file": .string(output), "bytes": .integer(bytes.count)]))
        } else {
            Console.note("Wrote \(output), \(bytes.count) bytes.")
        }
    }
}
