import ArgumentParser
import Exchange
import HTTPAPI
import Operations
import WebCommon

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Exhibitions, forums, seminars: planned, held, reported.",
        discussion: """
            From a plan to its results:

              industrymix events add exhibition "成果発表展示会 2027" --date 2027-10-27 --capacity 120
              industrymix events open event_...
              industrymix events register event_... --participant sato@example.jp
              industrymix events programme show event_...
              industrymix events hold event_...
              industrymix events results event_...

            A date that did not hold is kept with its reason:

              industrymix events postpone event_... --to 2028-02-10 --reason 台風のため

            Times are those of the event's zone.
            """,
        subcommands: [
            List.self, Show.self, Add.self, Edit.self, Remove.self, Announce.self, Open.self, Close.self, Hold.self,
            Report.self, Postpone.self, Replan.self, Cancel.self, SeriesCommand.self, RegisterCommand.self,
            RegistrationsCommand.self, CheckInCommand.self, PresentationsCommand.self, ProgrammeCommand.self,
            ResultsCommand.self, MeetingsCommand.self, HallCommand.self, FeedCommand.self,
        ], defaultSubcommand: List.self)
}

extension EventsCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Events, the latest first.")

        @Option(help: "Only of this kind.") var kind: Event.Kind?
        @Option(help: "Only in this state; may be repeated.") var state: [Event.State] = []
        @Option(help: "Only of this series.") var series: String?
        @Option(help: "Only those that are not over before.") var from: String?
        @Option(help: "Only those that begin by then.") var to: String?
        @Option(help: "Part of the title.") var search: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = EventFilter()
            filter.kind = kind
            filter.states = state
            filter.series = try series.map { try Identifier($0) }
            filter.from = try from.map { try EventDate($0, field: "from").first }
            filter.to = try to.map { try EventDate($0, field: "to").last }
            filter.text = search
            let asked = filter
            let found = try await page.read { try await exchange.office.events(asked, $0, by: actor) }
            let documents = try found.items.map(EventView.json)
            show(found, ["id", "date", "state", "kind", "host", "taken", "title"], documents: documents) { shown in
                let event = shown.event
                return [
                    event.id.text, event.date?.text ?? "-", event.state.rawValue, event.kind.rawValue,
                    event.content.hostRegion?.text ?? "", "\(shown.occupancy.values.map(\.taken).reduce(0, +))",
                    event.content.title,
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one event with every former date, its money and its agreements.")

        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(try EventView.json(try await exchange.office.event(Identifier(event), by: actor)))
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enter an event, planned.",
            discussion: """
                In a series, --next-turn fills in the host whose turn it is and the next number. The history of an older
                event is entered with --former, once for each date that did not hold:

                  industrymix events add forum "第2回フォーラム" --series series_... --edition 2 --date 2011-07 \\
                    --host-region 吉林省 --former "2009|鳥インフルエンザ" --former 2010-10-27
                """)

        @Argument(help: "exhibition, joint_results, forum, seminar or study_group_meeting.") var kind: Event.Kind
        @Argument(help: "The title.") var title: String
        @Option(help: "series_...") var series: String?
        @Option(help: "Its number in the series.") var edition: Int?
        @Flag(help: "Take the series' next host and number where they are not given.") var nextTurn = false
        @Option(help: ArgumentHelp("A date that did not hold; may be repeated.", valueName: "date|reason|region"))
        var former: [String] = []
        @OptionGroup var flags: EventFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var content = EventContent(title: title, zone: exchange.configuration.exchange.eventZone)
            try flags.apply(to: &content, in: exchange)
            var draft = EventDraft(kind: kind, content: content)
            draft.series = try series.map { try Identifier($0) }
            draft.edition = edition
            draft.date = try flags.date.map { try EventDate($0) }
            draft.formerDates = try former.map(Self.formerDate)
            let made = try await exchange.office.addEvent(draft, turn: nextTurn ? .next : .asWritten, by: actor)
            show(try EventView.json(try await exchange.office.event(made.id, by: actor)))
        }

        private static func formerDate(_ text: String) throws -> EventDraft.FormerDateDraft {
            let parts = text.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmed }
            let date = try EventDate(parts[0], field: "former")
            let region = try parts.count > 2 && !parts[2].isEmpty ? EventFlags.region(parts[2], "former") : nil
            return EventDraft.FormerDateDraft(
                date: date, reason: parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil, hostRegion: region)
        }
    }

    struct Edit: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change what is given; the rest stays. More places move the waiting list up.")

        @Argument(help: "event_...") var event: String
        @Option(help: "The new title.") var title: String?
        @Option(help: "series_..., or none.") var series: String?
        @Option(help: "Its number in the series.") var edition: Int?
        @Option(help: "Only if it is still this version.") var version: Int?
        @OptionGroup var flags: EventFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Event>(event)
            let (flags, title, series, edition) = (flags, title, series, edition)
            let changed = try await exchange.office.reviseEvent(
                id, expecting: version,
                { event in
                    if let title { event.content.title = title }
                    if let series { event.series = series == "none" ? nil : try Identifier(series) }
                    if series == "none" { event.edition = nil }
                    if let edition { event.edition = edition }
                    if let date = flags.date { event.date = try EventDate(date) }
                    try flags.apply(to: &event.content, in: exchange)
                }, by: actor)
            show(try EventView.json(try await exchange.office.event(changed.id, by: actor)))
        }
    }

    struct Remove: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take away an event entered by mistake; one that people took part in is kept.")

        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            try await exchange.office.removeEvent(Identifier(event), by: actor)
            if common.json { Console.out(.members(["removed": .string(event)])) } else { Console.note("Removed.") }
        }
    }
}

/// A command that takes an event one step on.
protocol EventMoveCommand: ExchangeCommand {
    var event: String { get }
    func move() throws -> EventMove
}

extension EventMoveCommand {
    func run(in exchange: OpenExchange, by actor: Actor) async throws {
        let changed = try await exchange.office.moveEvent(Identifier(event), try move(), by: actor)
        show(try EventView.json(try await exchange.office.event(changed.id, by: actor)))
    }
}

extension EventsCommand {
    struct Announce: EventMoveCommand {
        static let configuration = CommandConfiguration(abstract: "Tell people of it.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func move() -> EventMove { .announce }
    }

    struct Open: EventMoveCommand {
        static let configuration = CommandConfiguration(abstract: "Take registrations from now on.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func move() -> EventMove { .open }
    }

    struct Close: EventMoveCommand {
        static let configuration = CommandConfiguration(abstract: "Take no more registrations.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func move() -> EventMove { .closeRegistration }
    }

    struct Hold: EventMoveCommand {
        static let configuration = CommandConfiguration(abstract: "Note that it took place.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func move() -> EventMove { .hold }
    }

    struct Report: EventMoveCommand {
        static let configuration = CommandConfiguration(
            abstract: "Note that its results are written up; see them with \"results\".")
        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func move() -> EventMove { .report }
    }

    struct Postpone: EventMoveCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put it off; the former date and the reason are kept.",
            discussion: """
                With --to its hours, site visits and programme move along. Without, it waits for "replan". Everybody
                registered is told and stays registered.
                """)
        @Argument(help: "event_...") var event: String
        @Option(help: "Why.") var reason: String
        @Option(help: "The new date.") var to: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func move() throws -> EventMove { .postpone(to: try to.map { try EventDate($0, field: "to") }, reason: reason) }
    }

    struct Replan: EventMoveCommand {
        static let configuration = CommandConfiguration(abstract: "Give a postponed event its new date.")
        @Argument(help: "event_...") var event: String
        @Option(help: "The new date.") var to: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func move() throws -> EventMove { .replan(to: try EventDate(to, field: "to")) }
    }

    struct Cancel: EventMoveCommand {
        static let configuration = CommandConfiguration(abstract: "Call it off for good; everybody registered is told.")
        @Argument(help: "event_...") var event: String
        @Option(help: "Why.") var reason: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func move() -> EventMove { .cancel(reason: reason) }
    }
}
