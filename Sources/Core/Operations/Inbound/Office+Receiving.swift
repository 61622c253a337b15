import Crypto
package import Delivery
package import Exchange

/// A request of a chat platform as it came in.
package struct InboundRequest: Sendable {
    /// The workspace that the address names.
    package let workspace: Identifier<Workspace>
    package let platform: Workspace.Platform
    /// Whether the address is the one for Mattermost's buttons.
    package let isPress: Bool
    /// The bytes that were signed.
    package let body: [UInt8]
    package let isJSON: Bool
    /// `X-Slack-Request-Timestamp`.
    package let timestamp: String?
    /// `X-Slack-Signature`.
    package let signature: String?
    /// `Authorization`.
    package let authorization: String?

    /// Takes every value.
    package init(
        workspace: Identifier<Workspace>, platform: Workspace.Platform, isPress: Bool, body: [UInt8], isJSON: Bool,
        timestamp: String?, signature: String?, authorization: String?
    ) {
        self.workspace = workspace
        self.platform = platform
        self.isPress = isPress
        self.body = body
        self.isJSON = isJSON
        self.timestamp = timestamp
        self.signature = signature
        self.authorization = authorization
    }
}

/// What became of a request.
package enum InboundReceipt: Sendable, Equatable {
    /// It is written down, and will be done. `isAnsweredLater`: to an address that the platform gave; otherwise what
    /// is to be said has to be said in the response.
    case taken(Identifier<InboundMessage>, isAnsweredLater: Bool, Language)
    /// Nothing for us: acknowledged.
    case ignored
}

/// Why a request of a chat platform is refused.
package enum InboundRefusal: Error, Equatable, Sendable {
    /// There is no such workspace, or it was revoked.
    case unknownWorkspace
    case unproven(InboundProofRefusal)
    /// It comes from another team than the workspace.
    case otherTeam
    /// The same request came before.
    case repeated
    /// Believed, but not of the platform's form.
    case malformed
}

extension Office {
    /// Checks a request on its raw body and writes it down; what it asks is done afterwards by the `InboundLoop`.
    package func receive(_ request: InboundRequest) async throws -> InboundReceipt {
        let found = try await store.read { tx in try tx.workspace(request.workspace) }
        guard let workspace = found, workspace.revokedAt == nil, workspace.platform == request.platform else {
            throw InboundRefusal.unknownWorkspace
        }
        let now = ambient.now()
        let content: InboundContent
        let form: InboundMessage.Form
        switch try read(request, for: workspace, at: now) {
        case .nothing: return .ignored
        case .malformed: throw InboundRefusal.malformed
        case .content(let read, let isPost):
            content = read
            if case .press = read.ask { form = .press } else { form = isPost ? .post : .command }
        }
        if workspace.platform == .slack, content.team != workspace.realm { throw InboundRefusal.otherTeam }
        let realm = content.userTeam ?? workspace.realm
        guard let account = ChatAccount.key(workspace.platform, realm: realm, user: content.user) else {
            throw InboundRefusal.malformed
        }
        let key = try Self.requestKey(request, content)
        let id: Identifier<InboundMessage> = ambient.identifier(at: now)
        let message = InboundMessage(
            id: id, workspace: workspace.id, form: form, requestKey: key, account: account,
            sealedContent: try sealer.seal(content.text, for: id.text + ".content"), createdAt: now)
        guard try await store.write({ tx in try tx.insert(message) }) else { throw InboundRefusal.repeated }
        nudge(.inbound)
        return .taken(id, isAnsweredLater: content.answerURL != nil, workspace.language)
    }

    /// Proof first: nothing of a request is read before it is believed, but where the proof stands inside.
    private func read(
        _ request: InboundRequest, for workspace: Workspace, at now: Instant
    ) throws -> InboundReading {
        let secret = try sealer.open(workspace.sealedSecret, for: workspace.id.text + ".secret")
        do throws(InboundProofRefusal) {
            switch workspace.platform {
            case .slack:
                try SlackProof.check(
                    body: request.body, timestamp: request.timestamp, signature: request.signature, secret: secret,
                    now: now.milliseconds / 1000)
                return .slack(request.body)
            case .mattermost where request.isPress:
                let reading = InboundReading.mattermostPress(request.body)
                guard case .content(let content, _) = reading else { throw .missing }
                try check(press: content, at: now)
                return reading
            case .mattermost:
                let reading = InboundReading.mattermost(request.body, isJSON: request.isJSON)
                guard case .content(let content, _) = reading else { throw .missing }
                try MattermostProof.check(field: content.token, authorization: request.authorization, secret: secret)
                return reading
            }
        } catch {
            throw InboundRefusal.unproven(error)
        }
    }

    /// A button of Mattermost proves itself by the token that we gave it, for this match.
    private func check(press content: InboundContent, at now: Instant) throws(InboundProofRefusal) {
        let token: AnswerToken
        do throws(AnswerTokenRefusal) {
            token = try answerKey.token(in: content.token ?? "", for: .button, now: now.milliseconds / 1000)
        } catch {
            throw error == .expired ? .stale : .wrong
        }
        guard case .press(let press) = content.ask, press.match == token.match else { throw .wrong }
    }

    /// What makes this request one: what the platform counts by, and for Slack what it signed.
    private static func requestKey(_ request: InboundRequest, _ content: InboundContent) throws -> String {
        var bytes = Array(request.workspace.text.utf8) + [0, request.isPress ? 1 : 0]
        switch request.platform {
        case .slack: bytes += Array((request.timestamp ?? "").utf8) + [0] + request.body
        case .mattermost:
            guard let unique = content.unique, !unique.isEmpty else { throw InboundRefusal.malformed }
            bytes += Array(unique.utf8)
        }
        return Hexadecimal.encode(SHA256.hash(data: bytes))
    }
}
