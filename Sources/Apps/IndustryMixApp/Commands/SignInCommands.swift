import ArgumentParser
import Exchange
import Operations
import WebCommon

extension ParticipantsCommand {
    struct Link: ExchangeCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign-in-link", abstract: "Print a link by which somebody signs in to the console once.",
            discussion: """
                For the first administrator, and for whoever has neither mail nor a password at hand. The link is shown
                this once; give it to nobody else.

                  industrymix participants sign-in-link hana@example.jp --hours 2
                """)

        @Argument(help: "The person.") var person: String
        @Option(help: "How many hours it holds, 1 to 336.") var hours = 72
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func validate() throws {
            guard (1...336).contains(hours) else { throw ValidationError("--hours takes 1 to 336.") }
        }

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            let made = try await exchange.office.makeSignInLink(for: id, minutes: hours * 60, by: actor)
            let url = SignInAddress.of(made, in: exchange)
            if common.json {
                Console.out(
                    .members([
                        "participant": .string(id.text), "url": .string(url), "expires_at": View.time(made.expiresAt),
                    ]))
            } else {
                Console.out(url)
            }
        }
    }

    struct Sessions: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List the browsers in which somebody is signed in.")

        @Argument(help: "The person.") var person: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            let found = try await exchange.office.sessions(of: id, by: actor)
            show(Page(items: found, next: nil), ["id", "device", "means", "seen"]) { session in
                .members([
                    "id": .string(session.id.text), "device": .string(session.device),
                    "means": .string(session.means.rawValue), "created_at": View.time(session.createdAt),
                    "seen_at": View.time(session.seenAt),
                ])
            } cells: { session in
                [session.id.text, session.device, session.means.rawValue, session.seenAt.rfc3339]
            }
        }
    }

    struct SignOut: ExchangeCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign-out", abstract: "Sign somebody out of every browser.")

        @Argument(help: "The person.") var person: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            try await exchange.office.endSessions(of: id, except: nil, by: actor)
            show(View.participant(try await exchange.office.participant(id, by: actor)))
        }
    }
}

/// Where a sign-in link leads.
enum SignInAddress {
    static func of(_ made: MadeSignInLink, in exchange: OpenExchange) -> String {
        "\(exchange.configuration.exchange.publicAddress)/sign-in/\(made.secret)"
    }
}
