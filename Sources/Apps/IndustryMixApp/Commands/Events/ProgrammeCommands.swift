import ArgumentParser
import Exchange
import HTTPAPI
import Operations
import WebCommon

extension EventsCommand {
    struct ProgrammeCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "programme", abstract: "Sessions, rooms and times: a draft, and what was released of it.",
            discussion: """
                  industrymix events programme add event_... "開会" --from 2027-10-27T10:00 --to 2027-10-27T10:20 --kind opening
                  industrymix events programme show event_...
                  industrymix events programme release event_... --note 初版

                Clashes (a person or a room twice, an absence, a speaker who is not registered) are warnings.
                """,
            subcommands: [
                Show.self, Add.self, Edit.self, Remove.self, Changes.self, Release.self, Releases.self,
            ], defaultSubcommand: Show.self)
    }
}

/// Shows a programme with its warnings and changes.
struct ProgrammeSheet {
    let shown: ShownProgramme
    let language: Language

    func write(asJSON: Bool) {
        if asJSON { return Console.out(EventView.json(shown, in: language, .system)) }
        let zone = shown.event.content.zone
        Console.out("\(shown.event.content.title) (\(zone), draft version \(shown.programme.version))")
        var table = TextTable(["from", "to", "place", "kind", "title", "people", "id"], limit: 40)
        for session in shown.programme.sessions {
            let speakers = session.presentations.compactMap { shown.presentations[$0] }.flatMap(\.content.speakers)
            let names = (session.people + speakers).compactMap { shown.names[$0] }
            let from = ZoneOffsets.system.text(session.span.from, in: zone).replacing("T", with: " ")
            table.add([
                from, String(ZoneOffsets.system.text(session.span.to, in: zone).suffix(5)), session.place ?? "",
                session.kind.rawValue, session.title, names.joined(separator: ", "), session.id.text,
            ])
            for presentation in session.presentations.compactMap({ shown.presentations[$0] }) {
                table.add(["", "", "", "", "  " + presentation.content.title, "", presentation.id.text])
            }
        }
        if table.isEmpty { Console.note("No sessions yet.") } else { Console.out(table.text) }
        for warning in shown.warnings { Console.note("! " + warning.words(in: language)) }
        let changes = shown.programme.changes.entries.count
        if let release = shown.programme.release {
            Console.note("Released: \(release.number) (\(release.at.rfc3339)); \(changes) changes since.")
        } else if changes > 0 {
            Console.note("Not released yet.")
        }
    }
}

extension EventsCommand.ProgrammeCommand {
    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "The draft with what to look at.")
        @Argument(help: "event_...") var event: String
        @Option(help: "The language of warnings; the exchange's if left out.") var language: Language?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let shown = try await exchange.office.programme(of: Identifier(event), by: actor)
            ProgrammeSheet(shown: shown, language: language ?? exchange.configuration.exchange.defaultLanguage)
                .write(asJSON: common.json)
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Add a session to the draft.")
        @Argument(help: "event_...") var event: String
        @Argument(help: "The title.") var title: String
        @Option(help: "2027-10-27T10:00 in the event's zone, or RFC 3339.") var from: String
        @Option(help: "Its end.") var to: String
        @OptionGroup var flags: SessionFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var draft = SessionDraft(title: title, from: from, to: to)
            try await flags.apply(to: &draft, in: exchange)
            let made = try await exchange.office.addSession(
                draft, to: Identifier(event), expecting: flags.version, by: actor)
            ProgrammeSheet(shown: made.programme, language: exchange.configuration.exchange.defaultLanguage)
                .write(asJSON: common.json)
        }
    }

    struct Edit: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Change a session; what is not given stays.")
        @Argument(help: "event_...") var event: String
        @Argument(help: "session_...") var session: String
        @Option(help: "The new title.") var title: String?
        @Option(help: "The new start.") var from: String?
        @Option(help: "The new end.") var to: String?
        @OptionGroup var flags: SessionFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var given = SessionDraft(title: title ?? "", from: from ?? "", to: to ?? "")
            try await flags.apply(to: &given, in: exchange)
            let (read, flags, title, from, to) = (given, flags, title, from, to)
            let shown = try await exchange.office.reviseSession(
                Identifier(session), of: Identifier(event), expecting: flags.version,
                { draft in
                    if title != nil { draft.title = read.title }
                    if from != nil { draft.from = read.from }
                    if to != nil { draft.to = read.to }
                    flags.take(from: read, into: &draft)
                }, by: actor)
            ProgrammeSheet(shown: shown, language: exchange.configuration.exchange.defaultLanguage)
                .write(asJSON: common.json)
        }
    }

    struct Remove: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Take a session out of the draft.")
        @Argument(help: "event_...") var event: String
        @Argument(help: "session_...") var session: String
        @Option(help: "Only if the draft is still this version.") var version: Int?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let shown = try await exchange.office.removeSession(
                Identifier(session), of: Identifier(event), expecting: version, by: actor)
            ProgrammeSheet(shown: shown, language: exchange.configuration.exchange.defaultLanguage)
                .write(asJSON: common.json)
        }
    }

    struct Changes: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "What the draft changes against the last release.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let shown = try await exchange.office.programme(of: Identifier(event), by: actor)
            let document = EventView.json(shown, in: exchange.configuration.exchange.defaultLanguage, .system)
            show(.members(["event": .string(event), "changes": document["changes"] ?? .array([])]))
        }
    }

    struct Release: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Release the draft.",
            discussion: "Everybody hears of the first release; of a later one only people with a part in a change.")
        @Argument(help: "event_...") var event: String
        @Option(help: "A word to it.") var note: String?
        @Option(help: "Only if the draft is still this version.") var version: Int?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let shown = try await exchange.office.releaseProgramme(
                of: Identifier(event), note: note, expecting: version, by: actor)
            ProgrammeSheet(shown: shown, language: exchange.configuration.exchange.defaultLanguage)
                .write(asJSON: common.json)
        }
    }

    struct Releases: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Every release, newest first.")
        @Argument(help: "event_...") var event: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.office.releases(of: Identifier(event), by: actor)
            let page = Page(items: found, next: nil)
            show(page, ["no.", "released at", "sessions", "note"], documents: found.map { EventView.json($0) }) {
                ["\($0.number)", $0.at.rfc3339, "\($0.sessions.count)", $0.note ?? ""]
            }
        }
    }
}

/// What `programme add` and `programme edit` take.
struct SessionFlags: ParsableArguments {
    @Option(help: "opening, keynote, presentations, panel, booths, meetings, visit, break, reception or other.")
    var kind: ProgrammeSession.Kind?
    @Option(help: "A hall, or a room as \"Hall A/Room 2\".") var place: String?
    @Option(help: "What happens in it.") var summary: String?
    @Option(help: "An accepted presentation; repeat in their order.") var presentation: [String] = []
    @Option(help: "Somebody else with a part, by mail address or identifier; may be repeated.") var person: [String] =
        []
    @Option(help: "Only if the draft is still this version.") var version: Int?

    func apply(to draft: inout SessionDraft, in exchange: OpenExchange) async throws {
        if let kind { draft.kind = kind }
        draft.place = place
        draft.summary = summary
        draft.presentations = try presentation.map { try Identifier($0) }
        for text in person { draft.people.append(try await exchange.person(text).id) }
    }

    /// Puts what was given into another draft.
    func take(from given: SessionDraft, into draft: inout SessionDraft) {
        if kind != nil { draft.kind = given.kind }
        if place != nil { draft.place = given.place }
        if summary != nil { draft.summary = given.summary }
        if !presentation.isEmpty { draft.presentations = given.presentations }
        if !person.isEmpty { draft.people = given.people }
    }
}
