import ArgumentParser
import Exchange
import HTTPAPI
import Operations
import WebCommon

extension EventsCommand {
    struct SeriesCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "series", abstract: "Series of events, with hosts that take turns.",
            discussion: """
                  industrymix events series add forum "北東アジア産業技術フォーラム" --turn 江原道 --turn 吉林省 --turn 鳥取県
                  industrymix events series show series_...
                """, subcommands: [List.self, Show.self, Add.self, Edit.self, Remove.self], defaultSubcommand: List.self
        )
    }
}

/// What `series add` and `series edit` take.
struct SeriesFlags: ParsableArguments {
    @Option(help: "What it is about.") var summary: String?
    @Option(help: "A region whose turn comes then, by name or code; repeat in the order of hosting.")
    var turn: [String] = []
    @Option(help: "Fields by code or label, with commas.") var fields: [String] = []
    @Option(help: "A council that carries it; may be repeated.") var council: [String] = []
    @Option(help: ArgumentHelp("Everything else as JSON in the form of the API; - for stdin.", valueName: "file"))
    var document: String?

    func apply(to content: inout EventSeries.Content, in exchange: OpenExchange) throws {
        if let document { content = try EventFlags.document(document, over: content) }
        if let summary { content.summary = summary.isEmpty ? nil : summary }
        if !turn.isEmpty { content.rotation = try turn.map { try EventFlags.region($0, "turn") } }
        if !fields.isEmpty { content.fields = try exchange.fields(fields) }
        if !council.isEmpty { content.hosts = council.map { EventContent.Host(part: .council, name: $0) } }
    }
}

extension EventsCommand.SeriesCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Series, newest first.")
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await page.read { try await exchange.office.seriesList($0, by: actor) }
            let documents = try found.items.map { try EventView.json($0) }
            show(found, ["id", "kind", "turns", "title"], documents: documents) { series in
                [
                    series.id.text, series.kind.rawValue,
                    series.content.rotation.map(\.text).joined(separator: " > "), series.content.title,
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "A series with its history, every former date, and whose turn it is.")
        @Argument(help: "series_...") var series: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let shown = try await exchange.office.series(Identifier(series), by: actor)
            if common.json { return Console.out(try EventView.json(shown)) }
            Console.out(shown.series.content.title)
            var table = TextTable(["no.", "date", "host", "state", "formerly", "id"], limit: 60)
            for event in shown.events {
                let former = event.formerDates.map { $0.date.text + ($0.reason.map { " (\($0))" } ?? "") }
                table.add([
                    event.edition.map(String.init) ?? "", event.date?.text ?? "-",
                    event.content.hostRegion.map { RegionNames.label($0, in: .ja) } ?? "", event.state.rawValue,
                    former.joined(separator: ", "), event.id.text,
                ])
            }
            if !table.isEmpty { Console.out(table.text) }
            let next = shown.next
            Console.note(
                "Next: no. \(next.edition)"
                    + (next.hostRegion.map { ", \(RegionNames.label($0, in: .ja)) (\($0.text))'s turn" } ?? ""))
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Enter a series.")
        @Argument(help: "What kind of event it consists of.") var kind: Event.Kind
        @Argument(help: "The title.") var title: String
        @OptionGroup var flags: SeriesFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var content = EventSeries.Content(title: title)
            try flags.apply(to: &content, in: exchange)
            show(try EventView.json(try await exchange.office.addSeries(kind, content, by: actor)))
        }
    }

    struct Edit: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Change what is given; the rest stays.")
        @Argument(help: "series_...") var series: String
        @Option(help: "The new title.") var title: String?
        @OptionGroup var flags: SeriesFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let (title, flags) = (title, flags)
            let changed = try await exchange.office.reviseSeries(
                Identifier(series),
                { content in
                    if let title { content.title = title }
                    try flags.apply(to: &content, in: exchange)
                }, by: actor)
            show(try EventView.json(changed))
        }
    }

    struct Remove: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Take away a series without events.")
        @Argument(help: "series_...") var series: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            try await exchange.office.removeSeries(Identifier(series), by: actor)
            if common.json { Console.out(.members(["removed": .string(series)])) } else { Console.note("Removed.") }
        }
    }
}
