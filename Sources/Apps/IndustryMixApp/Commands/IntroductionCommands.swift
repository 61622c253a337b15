import ArgumentParser
import Exchange
import Operations
import WebCommon

struct IntroductionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "introductions", abstract: "What follows interest: mediation, meeting, outcome.",
        discussion: "An introduction goes interested -> mutual -> introduced -> met -> concluded, or is refused.",
        subcommands: [List.self, Show.self, Introduce.self, Met.self, Conclude.self], defaultSubcommand: List.self)
}

extension IntroductionsCommand {
    enum State: String, WordArgument {
        case interested, refused, mutual, introduced, met, concluded
    }

    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List introductions, newest first.")

        @Option(help: "Only this state; may be repeated.") var state: [State] = []
        @Option(help: "Only those of this organization.") var organization: String?
        @Option(help: "Only those of this posting.") var posting: String?
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = IntroductionFilter()
            filter.states = state.map(\.rawValue)
            if let organization { filter.organization = try await exchange.organization(organization).id }
            filter.posting = try posting.map { try Identifier($0) }
            let asked = filter
            let found = try await page.read { try await exchange.office.introductions(asked, $0, by: actor) }
            show(found, ["id", "state", "need", "seed", "changed"], json: View.introduction) { item in
                let it = item.introduction
                return [
                    it.id.text, it.state.word, it.needSide.posting.text, it.seedSide.posting.text, it.updatedAt.rfc3339,
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show one introduction.")

        @Argument(help: "intro_...") var introduction: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Introduction>(introduction)
            show(View.introduction(try await exchange.office.introduction(id, by: actor)))
        }
    }

    struct Introduce: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Tell each side who the other is.")

        @Argument(help: "intro_...") var introduction: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.introduction(try await exchange.office.introduce(try Identifier(introduction), by: actor)))
        }
    }

    struct Met: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Note that they have talked.")

        @Argument(help: "intro_...") var introduction: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.introduction(try await exchange.office.recordMeeting(try Identifier(introduction), by: actor)))
        }
    }

    struct Conclude: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "End it with what came of it.")

        @Argument(help: "intro_...") var introduction: String
        @Option(help: "What came of it.") var outcome: Introduction.Conclusion.Outcome
        @Option(help: "A note.") var note: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<Introduction>(introduction)
            show(View.introduction(try await exchange.office.conclude(id, outcome, note: note, by: actor)))
        }
    }
}

struct VetoesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vetoes", abstract: "Organizations that are never brought together.",
        subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)
}

extension VetoesCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List vetoes, newest first.")

        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await page.read { try await exchange.office.vetoes($0, by: actor) }
            let names = try await exchange.names(of: Set(found.items.flatMap { [$0.first, $0.second] }))
            show(found, ["id", "one", "other", "reason"], json: View.veto) { item in
                [item.id.text, names[item.first] ?? "", names[item.second] ?? "", item.reason ?? ""]
            }
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Keep two organizations apart.")

        @Argument(help: "One organization.") var one: String
        @Argument(help: "The other.") var other: String
        @Option(help: "Why; only coordinators see it.") var because: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let first = try await exchange.organization(one).id
            let second = try await exchange.organization(other).id
            let veto = try await exchange.office.placeVeto(between: first, and: second, reason: because, by: actor)
            show(View.veto(veto))
        }
    }

    struct Remove: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Lift a veto.")

        @Argument(help: "veto_...") var veto: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            try await exchange.office.liftVeto(try Identifier(veto), by: actor)
            show(.members(["removed": .string(veto)]))
        }
    }
}
