import ArgumentParser
import Exchange
import Operations
import WebCommon

extension PostingsCommand {
    struct Submit: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Ask for review.")

        @Argument(help: "need_... or seed_...") var posting: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.posting(try await exchange.office.submit(try Identifier(posting), by: actor)))
        }
    }

    struct Publish: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish one or several, after reading them.",
            discussion: "An anonymous posting whose text tells who owns it is refused, unless you say why it may stay.")

        @Argument(help: "need_... or seed_...") var posting: [String]
        @Option(help: ArgumentHelp("Why words that give the owner away may stay.", valueName: "reason"))
        var despiteGiveAways: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            for text in posting {
                let made = try await exchange.office.publish(
                    try Identifier(text), passingOverGiveAwaysBecause: despiteGiveAways, by: actor)
                show(View.posting(made))
            }
        }
    }

    struct Return: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Give it back to its owner with what to mend.")

        @Argument(help: "need_... or seed_...") var posting: String
        @Option(help: "What to mend.") var because: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.posting(try await exchange.office.giveBack(try Identifier(posting), because: because, by: actor)))
        }
    }

    struct Pause: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Take it out of matching for a while.")

        @Argument(help: "need_... or seed_...") var posting: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.posting(try await exchange.office.pause(try Identifier<Posting>(posting), by: actor)))
        }
    }

    struct Resume: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Put it back into matching.")

        @Argument(help: "need_... or seed_...") var posting: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.posting(try await exchange.office.resume(try Identifier<Posting>(posting), by: actor)))
        }
    }

    struct Renew: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set a later expiry; an expired posting is published again.")

        @Argument(help: "need_... or seed_...") var posting: String
        @Option(help: "2027-03-31 or +90d; the usual life of a posting if left out.") var until: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let end = try until.map { try exchange.moment($0) }
            show(View.posting(try await exchange.office.renew(try Identifier(posting), until: end, by: actor)))
        }
    }

    struct Close: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "End it for good and say how it ended.")

        @Argument(help: "need_... or seed_...") var posting: String
        @Option(help: "How it ended.") var outcome: Posting.Closure.Outcome
        @Option(help: "A note.") var note: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.posting(try await exchange.office.close(try Identifier(posting), outcome, note: note, by: actor)))
        }
    }
}
