import ArgumentParser
import Exchange
import Operations
import WebCommon

struct ParticipantsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "participants", abstract: "The people of the exchange.",
        discussion: """
            PERSON is an identifier, a mail address or an external identity.

              industrymix participants add --email hana@example.jp --name 鈴木花 --organization 株式会社例
              industrymix participants pause hana@example.jp --until 2026-09-01
            """,
        subcommands: [
            List.self, Show.self, Add.self, Invite.self, Accept.self, Pause.self, Resume.self, Leave.self, Role.self,
            Link.self, Sessions.self, SignOut.self,
        ], defaultSubcommand: List.self)
}

extension ParticipantsCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List participants, newest first.")

        enum Status: String, WordArgument {
            case invited, active, paused, left
        }

        @Option(help: "Only those whose name, reading or mail address holds this text.") var text: String?
        @Option(help: "Only those of this organization.") var organization: String?
        @Option(help: "Only this role.") var role: Participant.Role?
        @Option(help: "Only this status.") var status: Status?
        @OptionGroup var page: PageOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var filter = ParticipantFilter()
            filter.text = text
            if let organization { filter.organization = try await exchange.organization(organization).id }
            filter.role = role
            filter.status = status?.rawValue
            let asked = filter
            let found = try await page.read { try await exchange.office.participants(asked, $0, by: actor) }
            let names = try await exchange.names(of: Set(found.items.map(\.organization)))
            show(found, ["id", "name", "organization", "email", "role", "status"], json: View.participant) { item in
                [
                    item.id.text, item.profile.name, names[item.organization] ?? "", item.profile.email.text,
                    item.role.rawValue, item.status.word,
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show one participant.")

        @Argument(help: "The person.") var person: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            show(View.participant(try await exchange.office.participant(id, by: actor)))
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Invite somebody and print the invitation, which is shown this once.",
            discussion: "Give the invitation to the person: `participants accept` or the API takes it.")

        @Option(help: "Their mail address.") var email: String
        @Option(help: "Their name.") var name: String
        @Option(help: "How the name is read.") var kana: String?
        @Option(help: "Their organization: identifier, name, corporate number or external identity.")
        var organization: String
        @Option(help: "What they may do.") var role = Participant.Role.member
        @Option(help: "Their language; that of the exchange if left out.") var language: Language?
        @Option(help: "Their telephone number.") var phone: String?
        @Option(help: "Their identity in another system.") var externalID: String?
        @Option(help: "A note that only coordinators see.") var note: String?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let profile = Participant.Profile(
                name: name, nameKana: kana, email: try EmailAddress(email), phone: phone,
                language: language ?? exchange.configuration.exchange.defaultLanguage, externalID: externalID,
                note: note)
            let home = try await exchange.organization(organization).id
            show(View.invitation(try await exchange.office.invite(profile, of: home, as: role, by: actor)))
        }
    }

    struct Invite: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new invitation for somebody who was invited; the older one ends.")

        @Argument(help: "The person.") var person: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            show(View.invitation(try await exchange.office.inviteAgain(id, by: actor)))
        }
    }

    struct Accept: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Join with an invitation and print a token, which is shown this once.")

        @Argument(help: "The invitation, imx_invite_...") var invitation: String
        @Flag(inversion: .prefixedNo, help: "Agree to stand in the list of participants.") var listed = false
        @Flag(inversion: .prefixedNo, help: "Agree to be contacted by other participants.") var contacted = false
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let (person, issued) = try await exchange.office.accept(
                invitation: invitation, listed: listed, contacted: contacted)
            show(
                .members([
                    "participant": View.participant(person), "token": View.token(issued.token),
                    "secret": .string(issued.secret),
                ]))
        }
    }

    struct Pause: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take no part until a date: nothing of theirs is suggested meanwhile.")

        @Argument(help: "The person.") var person: String
        @Option(help: "2026-09-01, +30d or RFC 3339.") var until: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            show(View.participant(try await exchange.office.pause(id, until: try exchange.moment(until), by: actor)))
        }
    }

    struct Resume: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Take part again.")

        @Argument(help: "The person.") var person: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            show(View.participant(try await exchange.office.resume(id, by: actor)))
        }
    }

    struct Leave: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a participation: closes their postings and revokes their tokens.")

        @Argument(help: "The person.") var person: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            show(View.participant(try await exchange.office.leave(id, by: actor)))
        }
    }

    struct Role: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Give somebody another role.")

        @Argument(help: "The person.") var person: String
        @Argument(help: "The role.") var role: Participant.Role
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.person(person).id
            show(View.participant(try await exchange.office.assign(role, to: id, by: actor)))
        }
    }
}
