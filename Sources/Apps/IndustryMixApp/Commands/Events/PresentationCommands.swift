import ArgumentParser
import Exchange
import HTTPAPI
import Operations
import WebCommon

extension EventsCommand {
    struct PresentationsCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "presentations", abstract: "What people offer to present, and its review.",
            discussion: """
                  industrymix events presentations propose event_... "氷温で眠らせる" --owner sato@example.jp --subject seed_...
                  industrymix events presentations accept presentation_...
                """,
            subcommands: [
                List.self, Show.self, Propose.self, Edit.self, Ask.self, Answer.self, Accept.self, Decline.self,
                Withdraw.self,
            ], defaultSubcommand: List.self)
    }
}

/// What a speaker writes.
struct PresentationFlags: ParsableArguments {
    @Option(help: "What it is about.") var abstract: String?
    @Option(help: "What it grew from: a posting, match, introduction, group or event, by its identifier.")
    var subject: String?
    @Option(help: "The language it is given in.") var language: Language?
    @Option(help: "Minutes wished for.") var minutes: Int?
    @Option(help: "Who speaks, by mail address or identifier; may be repeated.") var speaker: [String] = []
    @Option(help: "A speaker from outside, by name; may be repeated.") var guest: [String] = []
    @Option(help: "A table, power, a screen.") var needs: String?

    func apply(to content: inout Presentation.Content, in exchange: OpenExchange) async throws {
        if let abstract { content.abstract = abstract }
        if let subject { content.subject = subject }
        if let language { content.language = language }
        if let minutes { content.minutes = minutes }
        if !speaker.isEmpty {
            content.speakers = []
            for text in speaker { content.speakers.append(try await exchange.person(text).id) }
        }
        if !guest.isEmpty { content.guests = guest }
        if let needs { content.needs = needs }
    }
}

extension EventsCommand.PresentationsCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Presentations of an event, newest first.")
        @Argument(help: "event_...") var event: String
        @Option(help: "Only in this state; may be repeated.") var state: [Presentation.State] = []
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = PresentationFilter()
            filter.event = try Identifier(event)
            filter.states = state
            let asked = filter
            let found = try await page.read { try await exchange.office.presentations(asked, $0, by: actor) }
            let documents = try found.items.map { try EventView.json($0) }
            show(found, ["id", "state", "minutes", "subject", "title"], documents: documents) { presentation in
                [
                    presentation.id.text, presentation.state.rawValue,
                    presentation.content.minutes.map(String.init) ?? "", presentation.content.subject ?? "",
                    presentation.content.title,
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show one presentation with its review.")
        @Argument(help: "presentation_...") var presentation: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(try EventView.json(try await exchange.office.presentation(Identifier(presentation), by: actor)))
        }
    }

    struct Propose: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Offer a presentation.")
        @Argument(help: "event_...") var event: String
        @Argument(help: "The title.") var title: String
        @Option(help: "Whose it is, by mail address or identifier; the one who acts if left out.") var owner: String?
        @OptionGroup var flags: PresentationFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var content = Presentation.Content(
                title: title, language: exchange.configuration.exchange.defaultLanguage)
            try await flags.apply(to: &content, in: exchange)
            var person: Identifier<Participant>?
            if let owner { person = try await exchange.person(owner).id }
            let made = try await exchange.office.propose(content, at: Identifier(event), for: person, by: actor)
            show(try EventView.json(made))
        }
    }

    struct Edit: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Change what is given; the rest stays.")
        @Argument(help: "presentation_...") var presentation: String
        @Option(help: "The new title.") var title: String?
        @OptionGroup var flags: PresentationFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Presentation>(presentation)
            let old = try await exchange.office.presentation(id, by: actor)
            var content = old.content
            if let title { content.title = title }
            try await flags.apply(to: &content, in: exchange)
            let next = content
            show(
                try EventView.json(
                    try await exchange.office.revisePresentation(
                        id, expecting: old.version, { $0 = next }, by: actor)))
        }
    }
}

/// A command that says something to a presentation.
protocol ReviewCommand: ExchangeCommand {
    var presentation: String { get }
    var move: PresentationMove { get }
}

extension ReviewCommand {
    func run(in exchange: OpenExchange, by actor: Actor) async throws {
        show(try EventView.json(try await exchange.office.move(Identifier(presentation), move, by: actor)))
    }
}

extension EventsCommand.PresentationsCommand {
    struct Ask: ReviewCommand {
        static let configuration = CommandConfiguration(abstract: "Ask something before it is decided.")
        @Argument(help: "presentation_...") var presentation: String
        @Argument(help: "The question.") var question: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        var move: PresentationMove { .ask(question) }
    }

    struct Answer: ReviewCommand {
        static let configuration = CommandConfiguration(abstract: "Answer the organisers' question.")
        @Argument(help: "presentation_...") var presentation: String
        @Argument(help: "The answer.") var words: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        var move: PresentationMove { .answer(words) }
    }

    struct Accept: ReviewCommand {
        static let configuration = CommandConfiguration(abstract: "Take it into the programme.")
        @Argument(help: "presentation_...") var presentation: String
        @Option(help: "A word to the speaker.") var note: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        var move: PresentationMove { .accept(note: note) }
    }

    struct Decline: ReviewCommand {
        static let configuration = CommandConfiguration(abstract: "Do not take it.")
        @Argument(help: "presentation_...") var presentation: String
        @Option(help: "Why; the speaker is told.") var reason: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        var move: PresentationMove { .decline(reason: reason) }
    }

    struct Withdraw: ReviewCommand {
        static let configuration = CommandConfiguration(abstract: "Take one's offer back.")
        @Argument(help: "presentation_...") var presentation: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        var move: PresentationMove { .withdraw }
    }
}
