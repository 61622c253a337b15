import ArgumentParser
import Delivery
import Exchange
import Operations
import WebCommon

extension ChannelsCommand {
    struct Deliveries: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "List deliveries, newest first: of one channel, or of all.")

        enum State: String, WordArgument {
            case due, claimed, waiting, ambiguous, held, delivered, dead
        }

        @Argument(help: "The channel; all if left out.") var channel: String?
        @Option(help: "Only this state; may be repeated.") var state: [State] = []
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = DeliveryFilter()
            filter.states = state.map(\.rawValue)
            if let channel { filter.channel = try await exchange.channel(channel, by: actor).id }
            let asked = filter
            let names = Dictionary(
                uniqueKeysWithValues: try await exchange.office.channels(by: actor).map { ($0.id, $0.name) })
            let found = try await page.read { try await exchange.office.deliveries(asked, $0, by: actor) }
            show(found, ["id", "channel", "state", "tries", "made", "reason"], json: View.delivery) {
                [
                    $0.id.text, names[$0.channel] ?? "", $0.progress.state.word, "\($0.progress.tries)",
                    $0.createdAt.rfc3339, $0.progress.state.reason?.sentence ?? "",
                ]
            }
        }
    }

    struct OneDelivery: ExchangeCommand {
        static let configuration = CommandConfiguration(
            commandName: "delivery", abstract: "Show one delivery with every attempt.")

        @Argument(help: "delivery_...") var delivery: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<OutboxDelivery>(delivery)
            show(View.report(try await exchange.office.delivery(id, by: actor)))
        }
    }

    struct Replay: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a delivery once more, whatever became of it; the service sends it.")

        @Argument(help: "delivery_...") var delivery: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try Identifier<OutboxDelivery>(delivery)
            show(View.delivery(try await exchange.office.replay(id, by: actor)))
        }
    }
}

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Access tokens for the API.",
        discussion: """
            A token acts as its person, no further than its scopes. It is shown once and kept as a hash.

              industrymix token issue hana@example.jp --name phone --scope read --scope take_part --days 90
            """, subcommands: [Issue.self, List.self, Revoke.self])
}

extension TokenCommand {
    struct Issue: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Issue a token and print it, this once.")

        @Argument(help: "The person.") var person: String
        @Option(help: "What it is for.") var name = "cli"
        @Option(help: "What it may do; everything the person may do if left out; may be repeated.")
        var scope: [AccessToken.Scope] = []
        @Option(help: "How many days it holds; for ever if left out.") var days: Int?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let person = try await exchange.person(person)
            let scopes = scope.isEmpty ? person.role.everyScope : Set(scope)
            let issued = try await exchange.office.issueToken(
                name, scopes: scopes, days: days, for: person.id, by: actor)
            if common.json {
                show(View.issued(issued))
            } else {
                Console.note("For \(person.profile.name), shown this once:")
                Console.out(issued.secret)
            }
        }
    }

    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List somebody's tokens, newest first.")

        @Argument(help: "The person.") var person: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.office.tokens(of: try await exchange.person(person).id, by: actor)
            show(Page(items: found, next: nil), ["id", "name", "scopes", "made", "until", "revoked"], json: View.token)
            {
                [
                    $0.id.text, $0.name, $0.scopes.map(\.rawValue).sorted().joined(separator: " "),
                    $0.createdAt.rfc3339, $0.expiresAt?.rfc3339 ?? "", $0.revokedAt?.rfc3339 ?? "",
                ]
            }
        }
    }

    struct Revoke: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "End a token.")

        @Argument(help: "token_...") var token: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.token(try await exchange.office.revokeToken(try Identifier(token), by: actor)))
        }
    }
}
