import ArgumentParser
import Exchange
import Foundation
import Operations
import WebCommon

struct WorkspacesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspaces",
        abstract: "Where answers come from: Slack apps and Mattermost commands, and the accounts of people in them.",
        discussion: """
            Slack: make an app, copy the Signing Secret (Basic Information), then

              industrymix workspaces add slack --name 交流広場 --team T012AB3CD --signing-secret-file secret.txt

            and enter the request_url that this prints for the slash command /mix and for Interactivity.
            Mattermost: make a slash command /mix with any request URL, copy its token, then

              industrymix workspaces add mattermost --name 交流広場 --server https://chat.example.jp --token-file token.txt

            and enter the request_url there. A participant links their account once: they make a code (in the console, by
            the API, or you for them by: industrymix workspaces code EMAIL) and type in the chat: /mix link CODE.
            """,
        subcommands: [List.self, Add.self, Revoke.self, Code.self, Accounts.self, Unlink.self],
        defaultSubcommand: List.self)
}

extension View {
    /// A workspace without its secret.
    static func workspace(_ workspace: Workspace, _ publicAddress: String) -> JSONValue {
        [
            "id": .string(workspace.id.text), "name": .string(workspace.name),
            "platform": .string(workspace.platform.rawValue), "realm": .string(workspace.realm),
            "language": .string(workspace.language.rawValue), "request_url": .string(publicAddress + workspace.path),
            "state": .string(workspace.revokedAt == nil ? "open" : "revoked"),
            "created_at": .string(workspace.createdAt.rfc3339),
        ]
    }

    /// A linked account.
    static func account(_ account: ChatAccount) -> JSONValue {
        [
            "account": .string(account.key), "label": .string(account.label),
            "participant": .string(account.participant.text), "linked_at": .string(account.linkedAt.rfc3339),
        ]
    }
}

extension WorkspacesCommand {
    struct List: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List workspaces, oldest first.")

        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let found = try await exchange.office.workspaces(by: actor)
            let address = exchange.office.settings.publicAddress
            func view(_ workspace: Workspace) -> JSONValue { View.workspace(workspace, address) }
            show(
                Page(items: found, next: nil), ["name", "platform", "realm", "state", "request_url", "id"],
                json: view
            ) {
                [
                    $0.name, $0.platform.rawValue, $0.realm, $0.revokedAt == nil ? "open" : "revoked",
                    address + $0.path, $0.id.text,
                ]
            }
        }
    }

    struct Add: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the commands and buttons of a workspace.",
            discussion: """
                The secret is read from a file, or from standard input with "-", so that it stands in no shell history. It
                is kept encrypted. To change it: add the workspace again with the new one, then revoke the older.
                """)

        @Argument(help: "slack or mattermost.") var platform: Workspace.Platform
        @Option(help: "What to call it.") var name: String
        @Option(help: "Slack: the team, such as T012AB3CD.") var team: String?
        @Option(help: "Mattermost: the server's address.") var server: String?
        @Option(help: "Slack: a file with the app's Signing Secret.") var signingSecretFile: String?
        @Option(help: "Mattermost: a file with the token of the slash command or outgoing webhook.")
        var tokenFile: String?
        @Option(help: "The language for people who are not linked yet; the exchange's if left out.")
        var language: Language?
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let realm = platform == .slack ? team : server
            let file = platform == .slack ? signingSecretFile : tokenFile
            guard let realm, let file else {
                throw Failure(
                    .usage, "Something of the workspace is missing.",
                    platform == .slack
                        ? "Give --team and --signing-secret-file." : "Give --server and --token-file.")
            }
            let draft = WorkspaceDraft(
                name: name, platform: platform, realm: realm, secret: try Self.secret(file),
                language: language ?? exchange.configuration.exchange.defaultLanguage)
            let made = try await exchange.office.addWorkspace(draft, by: actor)
            let address = exchange.office.settings.publicAddress
            show(View.workspace(made, address))
            if !common.json {
                Console.note("Enter at \(platform.rawValue): \(address)\(made.path)")
            }
        }

        private static func secret(_ path: String) throws -> String {
            let data =
                path == "-"
                ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
            guard let data, let text = String(data: data, encoding: .utf8) else {
                throw Failure(.usage, "\(path) cannot be read.", "Name a file that holds the secret, and nothing else.")
            }
            return text.trimmed
        }
    }

    struct Revoke: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuse a workspace's requests from now on; linked accounts stay linked.")

        @Argument(help: "The workspace's identifier.") var workspace: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let changed = try await exchange.office.revokeWorkspace(Identifier(workspace), by: actor)
            show(View.workspace(changed, exchange.office.settings.publicAddress))
        }
    }

    struct Code: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a one-time code by which a participant links a chat account: /mix link CODE.",
            discussion: "It holds for ten minutes and once; whoever types it first acts as this person in the chat.")

        @Argument(help: "The participant: identifier, mail address or external identity.") var participant: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let person = try await exchange.person(participant)
            let issued = try await exchange.office.linkCode(for: person.id, by: actor)
            show(.members(["code": .string(issued.code), "expires_at": .string(issued.expiresAt.rfc3339)]))
        }
    }

    struct Accounts: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "List a participant's linked chat accounts.")

        @Argument(help: "The participant.") var participant: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let person = try await exchange.person(participant)
            let found = try await exchange.office.chatAccounts(of: person.id, by: actor)
            show(Page(items: found, next: nil), ["account", "label", "linked_at"], json: View.account) {
                [$0.key, $0.label, $0.linkedAt.rfc3339]
            }
        }
    }

    struct Unlink: ExchangeCommand {
        static let configuration = CommandConfiguration(abstract: "End the link of a chat account.")

        @Argument(help: "The account, such as slack:T012AB3CD:U024BE7LH.") var account: String
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            try await exchange.office.unlinkChat(account, by: actor)
            show(.members(["unlinked": .string(account)]))
        }
    }
}
