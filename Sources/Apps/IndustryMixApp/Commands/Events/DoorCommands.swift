import ArgumentParser
import Exchange
import HTTPAPI
import Operations
import WebCommon

extension EventsCommand {
    struct CheckInCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check-in", abstract: "The door: badges, people without one, walk-ins.",
            discussion: """
                  industrymix events check-in code event_... 4x7k2m9v8a
                  industrymix events check-in walk-in event_... --guest 山田太郎
                """, subcommands: [Code.self, Person.self, Undo.self, WalkIn.self])
    }
}

extension EventsCommand.CheckInCommand {
    struct Code: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Check in by what the badge's QR sign says.")
        @Argument(help: "event_...") var event: String
        @Argument(help: "The code, or the whole link of the sign.") var code: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(
                try EventView.json(
                    try await exchange.office.checkIn(code: code, at: Identifier(event), by: actor)))
        }
    }

    struct Person: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Check in somebody who has no badge at hand.")
        @Argument(help: "registration_...") var registration: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(try EventView.json(try await exchange.office.checkIn(Identifier(registration), by: actor)))
        }
    }

    struct Undo: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Take a check-in back.")
        @Argument(help: "registration_...") var registration: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(try EventView.json(try await exchange.office.undoCheckIn(Identifier(registration), by: actor)))
        }
    }

    struct WalkIn: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody in who is not registered.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var whom: AttendeeFlags
        @OptionGroup var wishes: WishFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            guard let attendee = try await whom.attendee(in: exchange) else {
                throw Refusal.invalid("guest", .required, "Say who it is: --participant or --guest.")
            }
            let id = try Identifier<Event>(event)
            let found = try await exchange.office.event(id, by: actor).event
            var wanted = Registration.Wishes(attendance: found.content.format == .online ? .remote : .onSite)
            try wishes.apply(to: &wanted, zone: found.content.zone)
            show(try EventView.json(try await exchange.office.walkIn(at: id, attendee, wanted, by: actor)))
        }
    }
}

extension EventsCommand {
    struct ResultsCommand: ExchangeCommand {
        static let configuration = CommandConfiguration(
            commandName: "results", abstract: "What came of an event, counted.",
            discussion: """
                Online activity since the event before it in the series, the day itself, and what became of the pairs it
                brought together.

                  industrymix events results event_... --csv --output 成果報告.csv
                """)
        @Argument(help: "event_...") var event: String
        @Flag(help: "Write CSV, one figure a row.") var csv = false
        @OptionGroup var flags: TableFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            guard csv || flags.output != nil else {
                return show(try EventView.json(try await exchange.office.eventReport(id, by: actor)))
            }
            try await flags.write(in: exchange, asJSON: common.json) { language, encoding in
                try await exchange.office.eventReportTable(id, in: language, encoding: encoding, by: actor)
            }
        }
    }
}
