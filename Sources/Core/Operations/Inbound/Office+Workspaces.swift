package import Exchange

/// What somebody says of a new workspace.
package struct WorkspaceDraft: Sendable {
    package var name: String
    package var platform: Workspace.Platform
    /// Slack's team identifier, or the address of the Mattermost server.
    package var realm: String
    /// Slack's signing secret, or the token that Mattermost shows for the slash command or the outgoing webhook.
    package var secret: String
    package var language: Language

    /// Takes every value.
    package init(name: String, platform: Workspace.Platform, realm: String, secret: String, language: Language) {
        self.name = name
        self.platform = platform
        self.realm = realm
        self.secret = secret
        self.language = language
    }
}

extension Office {
    /// The most workspaces that are open at a time.
    package static var mostWorkspaces: Int { 50 }

    /// Lets a workspace send commands and buttons; a second one with the same realm takes over while a secret changes.
    package func addWorkspace(_ draft: WorkspaceDraft, by actor: Actor) async throws -> Workspace {
        try actor.require(.coordinate)
        var rules = TextRules()
        let name = rules.text(draft.name, "name", limit: TextLimits.name, required: true)
        let secret = rules.text(draft.secret, "secret", limit: 200, required: true)
        if !secret.isEmpty, secret.utf8.count < 16 || !secret.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) {
            rules.add(
                FieldProblem(
                    "secret", .malformed,
                    draft.platform == .slack
                        ? "Copy the Signing Secret from the app's Basic Information; it has 32 letters and digits."
                        : "Copy the token that Mattermost shows for the slash command; it has 26 letters and digits."))
        }
        let realm = Self.realm(draft, &rules)
        try rules.finish()
        return try await write { tx in
            guard try tx.workspaces().count(where: { $0.revokedAt == nil }) < Self.mostWorkspaces else {
                throw Refusal.conflict(.inUse("There are \(Self.mostWorkspaces) workspaces. Revoke one first."))
            }
            let id: Identifier<Workspace> = ambient.identifier(at: tx.now)
            let workspace = Workspace(
                id: id, name: name, platform: draft.platform, realm: realm,
                sealedSecret: try sealer.seal(secret, for: id.text + ".secret"), language: draft.language,
                addedBy: actor.reference, createdAt: tx.now)
            try tx.insert(workspace)
            try tx.append([
                Happening(
                    .workspaceAdded, subject: id.text, by: actor.reference, at: tx.now,
                    details: ["name": name, "platform": draft.platform.rawValue, "realm": realm])
            ])
            return workspace
        }
    }

    /// Refuses the workspace's requests from now on. Linked accounts stay linked.
    package func revokeWorkspace(_ id: Identifier<Workspace>, by actor: Actor) async throws -> Workspace {
        try actor.require(.coordinate)
        return try await write { tx in
            guard var workspace = try tx.workspace(id) else {
                throw Refusal.notFound(subject: "workspace", id: id.text)
            }
            guard workspace.revokedAt == nil else { return workspace }
            workspace.revokedAt = tx.now
            try tx.update(workspace)
            try tx.append([
                Happening(
                    .workspaceRevoked, subject: id.text, by: actor.reference, at: tx.now,
                    details: ["name": workspace.name])
            ])
            return workspace
        }
    }

    /// Every workspace, oldest first, revoked ones included.
    package func workspaces(by actor: Actor) async throws -> [Workspace] {
        try actor.require(.coordinate)
        return try await store.read { tx in try tx.workspaces() }
    }

    /// One workspace.
    package func workspace(_ id: Identifier<Workspace>, by actor: Actor) async throws -> Workspace {
        try actor.require(.coordinate)
        return try await store.read { tx in
            guard let found = try tx.workspace(id) else { throw Refusal.notFound(subject: "workspace", id: id.text) }
            return found
        }
    }

    /// Slack's team as it is; of a Mattermost address the host with its port.
    private static func realm(_ draft: WorkspaceDraft, _ rules: inout TextRules) -> String {
        let text = draft.realm.trimmed
        switch draft.platform {
        case .slack:
            let isTeam =
                (2...30).contains(text.utf8.count) && (text.hasPrefix("T") || text.hasPrefix("E"))
                && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) }
            if !isTeam {
                rules.add(
                    FieldProblem(
                        "realm", .malformed,
                        "Name the Slack team, such as T012AB3CD: it stands in the address of the workspace's webhooks."
                    ))
            }
            return text
        case .mattermost:
            var host = Substring(text.lowercased())
            if let mark = host.firstRange(of: "://") { host = host[mark.upperBound...] }
            host = host.prefix { $0 != "/" }
            let isHost =
                (1...200).contains(host.utf8.count)
                && host.utf8.allSatisfy { byte in
                    (0x30...0x3a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x2d || byte == 0x2e
                }
            if !isHost {
                rules.add(
                    FieldProblem(
                        "realm", .malformed,
                        "Name the address of the Mattermost server, such as https://chat.example.jp."
                    ))
            }
            return String(host)
        }
    }
}
