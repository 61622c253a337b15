import ArgumentParser
import Exchange
import Feeds
import Operations
import WebCommon

/// What other programs read of an event.
enum FeedArgument: String, CaseIterable, Sendable, WordArgument {
    case calendar, changes
    case linkedData = "linked-data"
}

extension EventsCommand {
    struct FeedCommand: ExchangeCommand {
        static let configuration = CommandConfiguration(
            commandName: "feed", abstract: "An event for other programs: iCalendar, Atom or JSON-LD.",
            discussion: """
                  industrymix events feed event_... > event.ics
                  industrymix events feed event_... changes > changes.atom
                  industrymix events feed event_... linked-data > event.jsonld

                Only what everybody may see. The service gives the same at /api/v1/events/event_.../calendar and so on.
                """)
        @Argument(help: "event_...") var event: String
        @Argument(help: "calendar, changes or linked-data.") var form: FeedArgument = .calendar
        @Option(help: "The language of changes; the exchange's if left out.") var language: Language?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            let text =
                switch form {
                case .calendar: try await exchange.office.calendar(of: id).text
                case .changes:
                    try await exchange.office.changes(
                        of: id, in: language ?? exchange.configuration.exchange.defaultLanguage
                    ).text
                case .linkedData: try await exchange.office.linkedData(of: id)
                }
            if common.json { return Console.out(.members(["text": .string(text)])) }
            Console.out([UInt8](text.utf8))
        }
    }
}
