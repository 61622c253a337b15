import ArgumentParser
import Delivery
import Exchange
import Operations
import WebCommon

struct ChannelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channels", abstract: "Where alerts go: chat webhooks and signed webhooks.",
        discussion: """
            CHANNEL is an identifier or a name. In Slack: Apps, "Incoming Webhooks", choose a channel, copy the address.
            `channels add --help` says the same for the other platforms.

              industrymix channels add 交流広場 --platform slack --address https://hooks.slack.com/services/...
              industrymix channels add 部会 --platform teams --address https://... --cadence "daily 08:30"
              industrymix channels test 交流広場
              industrymix channels preview 交流広場 --minimum-score 0.7
              industrymix channels deliveries 交流広場 --state dead
            """,
        subcommands: [
            List.self, Show.self, Add.self, Edit.self, Preview.self, Test.self, RotateKey.self, Mute.self, Resume.self,
            Remove.self, Deliveries.self, OneDelivery.self, Replay.self,
        ], defaultSubcommand: List.self)
}

extension ChannelsCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List channels by name.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.office.channels(by: actor)
            show(
                Page(items: found, next: nil), ["name", "platform", "language", "state", "address", "id"],
                json: View.channel
            ) {
                [
                    $0.name, $0.platform.rawValue, $0.language.rawValue, $0.state.word, $0.shownAddress, $0.id.text,
                ]
            }
        }
    }

    struct Show: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Show one channel; its address stays hidden.")

        @Argument(help: "The channel.") var channel: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            show(View.channel(try await exchange.channel(channel, by: actor)))
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a channel.",
            discussion: """
                The address of a chat webhook is a secret: it is kept encrypted and never shown again. For a generic
                webhook a signing key is made and shown this once; the receiver checks the signature by it
                (Standard Webhooks).

                  slack        Apps, "Incoming Webhooks". Also for Zulip's slack_incoming and Discord's /slack addresses
                  mattermost   Integrations, Incoming Webhooks
                  teams        Workflows, "Post to a channel when a webhook request is received"
                  discord      channel settings, Integrations, Webhooks
                  google_chat  space settings, Apps & integrations, Webhooks
                  zulip        https://HOST/api/v1/messages?to=STREAM&topic=TOPIC, --credential BOT-MAIL:API-KEY
                  rocket_chat  Administration, Integrations, Incoming
                  matrix       https://HOST/_matrix/client/v3/rooms/!ROOM:SERVER, --credential ACCESS-TOKEN
                  line_works   app directory, "Incoming Webhook"
                  chatwork     https://api.chatwork.com/v2/rooms/NUMBER/messages, --credential API-TOKEN
                  generic      any address that takes Standard Webhooks

                --credential @FILE reads the secret from a file, so that it stands in no shell history.
                """)

        @Argument(help: "A name for it.") var name: String
        @Option(help: "What listens there.") var platform: Channel.Platform
        @Option(help: "The webhook's address.") var address: String
        @Option(help: "The token or key that zulip, matrix and chatwork need besides; @FILE reads it from a file.")
        var credential: String?
        @Option(help: "The language of its notices; the exchange's if left out.") var language: Language?
        @Option(help: "whsec_...; for a generic webhook, made if left out.") var signingKey: String?
        @Option(help: "The person whose own channel it is.") var owner: String?
        @OptionGroup var rules: ChannelRuleOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var ownerID: Identifier<Participant>?
            if let owner { ownerID = try await exchange.person(owner).id }
            let draft = ChannelDraft(
                name: name, platform: platform, address: address, signingKey: signingKey,
                credential: try CredentialArgument.read(credential),
                language: language ?? exchange.configuration.exchange.defaultLanguage,
                rules: try await rules.rules(over: Channel.Rules(backlog: platform.usualBacklog), in: exchange),
                owner: ownerID)
            let added = try await exchange.office.addChannel(draft, by: actor)
            guard case .object(var object) = View.channel(added.channel) else { return }
            object.append("signing_key", .optional(added.signingKey))
            object.append("hints", View.list(added.hints))
            show(.object(object))
            if !common.json { Console.note("Try it: industrymix channels test \"\(name)\"") }
        }
    }

    struct Edit: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Change name, address, language or rules.")

        @Argument(help: "The channel.") var channel: String
        @Option(help: "Another name.") var name: String?
        @Option(help: "Another address.") var address: String?
        @Option(help: "Another token or key; @FILE reads it from a file.") var credential: String?
        @Option(help: "Another language.") var language: Language?
        @Flag(help: "Forget the rules it had: it hears of everything that is not named here.") var resetRules = false
        @OptionGroup var rules: ChannelRuleOptions
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let old = try await exchange.channel(channel, by: actor)
            let none = Channel.Rules(backlog: old.platform.usualBacklog)
            let next = try await rules.rules(over: resetRules ? none : old.rules, in: exchange)
            let (name, language) = (name, language)
            let changed = try await exchange.office.reviseChannel(
                old.id, address: address, credential: try CredentialArgument.read(credential),
                { channel in
                    if let name { channel.name = name }
                    if let language { channel.language = language }
                    channel.rules = next
                }, by: actor)
            show(View.channel(changed))
        }
    }

    struct Test: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a trial message and say whether it arrived.",
            discussion:
                "It goes behind what waits for the channel. Without a running service this command sends itself.")

        @Argument(help: "The channel.") var channel: String
        @Option(help: "Wait so many seconds for the end.") var wait = 30
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.channel(channel, by: actor)
            let queued = try await exchange.office.testChannel(found.id, by: actor)
            let report = try await exchange.carry(queued.id, patience: .seconds(wait), by: actor)
            if common.json { show(View.report(report)) }
            let state = report.delivery.progress.state
            switch state.word {
            case "delivered": if !common.json { Console.out("The trial message arrived at \(found.shownAddress).") }
            case "due", "claimed", "waiting":
                throw Failure(
                    .busy, "The trial message has not arrived yet: \(state.reason?.sentence ?? "it waits its turn").",
                    "It is tried again by the service. See: industrymix channels delivery \(queued.id)")
            default:
                throw Failure(
                    .fault, "The trial message did not arrive: \(state.reason?.sentence ?? state.word)",
                    "Mend the address (industrymix channels edit), then industrymix channels resume \"\(found.name)\".")
            }
        }
    }

    struct Mute: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Keep notices back until a date.")

        @Argument(help: "The channel.") var channel: String
        @Option(help: "2026-09-01, +7d or RFC 3339.") var until: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.channel(channel, by: actor).id
            let end = try exchange.moment(until)
            show(View.channel(try await exchange.office.muteChannel(id, until: end, by: actor)))
        }
    }

    struct Resume: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a muted or stopped channel again; what was kept is sent.")

        @Argument(help: "The channel.") var channel: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let id = try await exchange.channel(channel, by: actor).id
            show(View.channel(try await exchange.office.resumeChannel(id, by: actor)))
        }
    }

    struct Remove: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a channel with its notices.")

        @Argument(help: "The channel.") var channel: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.channel(channel, by: actor)
            try await exchange.office.removeChannel(found.id, by: actor)
            show(.members(["removed": .string(found.id.text), "name": .string(found.name)]))
        }
    }
}
