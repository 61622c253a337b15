import Exchange
import HTTPTypes
import Operations
import WebCommon

/// Workspaces on the wire: their secrets are never shown.
enum WorkspaceForm {
    static let schema = Schema.named(
        "Workspace",
        .object([
            .required("id", .id(Workspace.self)), .required("name", .stored),
            .required("platform", .choice(Workspace.Platform.self)),
            .required("realm", .stored, "Slack's team, or the host of the Mattermost server."),
            .required("language", .choice(Language.self)),
            .required("request_url", .stored, "What the platform calls for commands and, on Slack, for buttons."),
            .required("state", .oneOf(["open", "revoked"])), .required("created_at", .time),
            .required("revoked_at", Schema.time.orNull),
        ]))

    static func json(_ workspace: Workspace, _ publicAddress: String) -> JSONValue {
        [
            "id": .string(workspace.id.text), "name": .string(workspace.name),
            "platform": .string(workspace.platform.rawValue), "realm": .string(workspace.realm),
            "language": .string(workspace.language.rawValue),
            "request_url": .string(publicAddress + workspace.path),
            "state": .string(workspace.revokedAt == nil ? "open" : "revoked"),
            "created_at": .time(workspace.createdAt), "revoked_at": .time(workspace.revokedAt),
        ]
    }
}

/// Linked chat accounts on the wire.
enum ChatAccountForm {
    static let schema = Schema.named(
        "ChatAccount",
        .object([
            .required("account", .stored, "Platform, team and user, such as slack:T012AB3CD:U024BE7LH."),
            .required("label", .stored, "The name that the platform shows."),
            .required("participant", .id(Participant.self)), .required("workspace", .id(Workspace.self)),
            .required("linked_at", .time),
        ]))

    static func json(_ account: ChatAccount) -> JSONValue {
        [
            "account": .string(account.key), "label": .string(account.label),
            "participant": .string(account.participant.text), "workspace": .string(account.workspace.text),
            "linked_at": .time(account.linkedAt),
        ]
    }
}

extension ExchangeAPI {
    var workspaceRoutes: [Route] {
        let path = "/api/v1/workspaces"
        let address = office.settings.publicAddress
        return [
            .get(
                path, "listWorkspaces", Tag.inbound, "Workspaces whose commands are taken, oldest first",
                needs: .coordinate,
                gives: .ok(.object([.required("items", .array(WorkspaceForm.schema))]), "Revoked ones included.")
            ) { request in
                let found = try await office.workspaces(by: request.actor())
                return .ok(["items": .array(found.map { WorkspaceForm.json($0, address) })])
            },
            .post(
                path, "addWorkspace", Tag.inbound, "Takes the commands and buttons of a workspace",
                needs: .coordinate, gives: .created(WorkspaceForm.schema, "Enter its request_url at the platform.")
            ) { request in
                let body = request.body
                let draft = WorkspaceDraft(
                    name: body.text("name") ?? "", platform: body.choice("platform") ?? .slack,
                    realm: body.text("realm") ?? "", secret: body.text("secret") ?? "",
                    language: body.choice("language") ?? office.settings.defaultLanguage)
                let made = try await office.addWorkspace(draft, by: request.actor())
                return .created(WorkspaceForm.json(made, address), at: "\(path)/\(made.id)")
            }.noting(
                "A second one for the same team takes over while a secret is changed: revoke the older afterwards."
            )
            .refusing(.conflict).body(Self.workspaceInput),
            .get(
                path + "/{workspace}", "getWorkspace", Tag.inbound, "One workspace", needs: .coordinate,
                gives: .ok(WorkspaceForm.schema, "It.")
            ) { request in
                let found = try await office.workspace(request.id("workspace"), by: request.actor())
                return .ok(WorkspaceForm.json(found, address))
            }.taking(.id("workspace", Workspace.self)),
            .post(
                path + "/{workspace}/revocation", "revokeWorkspace", Tag.inbound, "Refuses its requests from now on",
                needs: .coordinate, gives: .ok(WorkspaceForm.schema, "As it is now.")
            ) { request in
                let found = try await office.revokeWorkspace(request.id("workspace"), by: request.actor())
                return .ok(WorkspaceForm.json(found, address))
            }.noting("Linked accounts stay linked.").taking(.id("workspace", Workspace.self)),
        ]
    }

    private static var workspaceInput: Schema {
        .named(
            "WorkspaceInput",
            .object([
                .required("name", .name(TextLimits.name, example: "Nanbu Slack")),
                .required("platform", .choice(Workspace.Platform.self)),
                .required(
                    "realm", .name(200, example: "T012AB3CD"),
                    "Slack's team, or the address of the Mattermost server."),
                .required(
                    "secret", .name(200),
                    "Slack's signing secret, or the token of Mattermost's command; kept encrypted."),
                .optional("language", .choice(Language.self), "For people who are not linked yet."),
            ]))
    }

    var chatAccountRoutes: [Route] {
        let path = "/api/v1/chat-accounts"
        let code = Schema.object([
            .required("code", .stored, "To be typed behind /mix link; shown this once."),
            .required("expires_at", .time),
        ])
        return [
            .get(
                path, "listChatAccounts", Tag.inbound, "Somebody's linked chat accounts, oldest first", needs: .read,
                gives: .ok(.object([.required("items", .array(ChatAccountForm.schema))]), "The accounts.")
            ) { request in
                let actor = try request.actor()
                guard let id = try request.filters.id("participant") ?? actor.participant else {
                    throw Problem(.notFound)
                }
                let found = try await office.chatAccounts(of: id, by: actor)
                return .ok(["items": .array(found.map(ChatAccountForm.json))])
            }.noting("One's own when nobody is named; others' for coordinators.").refusing(.notFound).taking(
                .query("participant", .id(Participant.self), "Whose.")),
            .post(
                path + "/code", "makeLinkCode", Tag.inbound, "Makes a one-time code for /mix link", needs: .read,
                gives: .created(code, "It holds for ten minutes and once; an older code of the person ends.")
            ) { request in
                let issued = try await office.linkCode(for: request.body.id("participant"), by: request.actor())
                let json: JSONValue = ["code": .string(issued.code), "expires_at": .time(issued.expiresAt)]
                return .created(json, at: path)
            }.noting("For oneself when nobody is named; for others as an administrator.")
                .refusing(.conflict, .notFound).optionalBody(
                    .object([.optional("participant", Schema.id(Participant.self).orNull)])),
            .delete(
                path, "unlinkChatAccount", Tag.inbound, "Ends a link", needs: .read, gives: .nothing("It is ended.")
            ) { request in
                try await office.unlinkChat(request.filters.text("account") ?? "", by: request.actor())
                return .nothing
            }.noting("One's own; others' for coordinators.").refusing(.notFound).taking(
                .query("account", .name(500), "As the list names it.", .required)),
        ]
    }
}
