import Delivery
import Exchange
import HTTPTypes
import Operations
import WebCommon

extension HTTPField.Name {
    // Proof that these cannot trap: each is a constant made of token characters only.
    // swift-format-ignore: NeverForceUnwrap
    static let slackTimestamp = Self("X-Slack-Request-Timestamp")!
    // swift-format-ignore: NeverForceUnwrap
    static let slackSignature = Self("X-Slack-Signature")!
}

/// Where chat platforms send what people type and press: proven on the raw body, written down, acknowledged. What is
/// asked is done afterwards.
extension ExchangeAPI {
    private static var form: String { "application/x-www-form-urlencoded" }
    /// Slack's payloads hold the message that was pressed; Mattermost's posts have at most 16,383 characters.
    private static var inboundBytes: Int { 262_144 }
    /// How long a person who pressed a button waits for the words, where the platform takes none later.
    private static var patience: Int64 { 1_500 }

    var inboundRoutes: [Route] {
        [
            inbound(
                "slack", "", "takeFromSlack", "Slash commands and buttons of Slack", [Self.form],
                gives: Answer(.ok, "Taken: the answer goes to the response_url.", .nothing)),
            inbound(
                "mattermost", "", "takeFromMattermost", "Slash commands and outgoing webhooks of Mattermost",
                [Self.form, "application/json"], gives: .ok(.map(.anything), "Taken.")),
            inbound(
                "mattermost", "/presses", "takePressFromMattermost", "Buttons and menus of Mattermost",
                ["application/json"], gives: .ok(.map(.anything), "What the person is told.")),
        ]
    }

    private func inbound(
        _ platform: String, _ suffix: String, _ id: String, _ summary: String, _ mediaTypes: [String],
        gives answer: Answer
    ) -> Route {
        Route(
            .post, "/inbound/\(platform)/{workspace}\(suffix)", id, tag: Tag.inbound, summary, access: .proven,
            answers: [answer]
        ) { request in
            let asked = InboundRequest(
                workspace: try request.id("workspace"), platform: platform == "slack" ? .slack : .mattermost,
                isPress: !suffix.isEmpty, body: request.bytes,
                isJSON: MediaRange.essence(request.headers[.contentType] ?? "") == "application/json",
                timestamp: request.headers[.slackTimestamp], signature: request.headers[.slackSignature],
                authorization: request.headers[.authorization])
            do {
                return await acknowledgement(of: try await office.receive(asked), to: asked)
            } catch let refusal as InboundRefusal {
                throw Self.problem(refusal)
            }
        }.with { route in
            route.about =
                "Called by the platform, not by people: the address is shown when a workspace is added. Proven by "
                + (platform == "slack"
                    ? "the signature v0 over the raw body, five minutes either way."
                    : suffix.isEmpty
                        ? "the command's token in the body and, where sent, in the Authorization header."
                        : "the token that the button carries.")
            route.body = .bytes(mediaTypes, limit: Self.inboundBytes, about: "As the platform sends it.")
        }.taking(.id("workspace", Workspace.self)).refusing(.wrongSignature, .forbidden, .conflict, .notFound)
    }

    /// Slack takes an empty answer, and Mattermost an empty object; where nothing can be said later, it is said here.
    private func acknowledgement(of receipt: InboundReceipt, to request: InboundRequest) async -> APIResponse {
        guard request.platform == .mattermost else { return APIResponse(.ok, .nothing) }
        guard case .taken(let id, isAnsweredLater: false, let language) = receipt else {
            return .ok(.object(JSONObject([])))
        }
        let form: InboundMessage.Form = request.isPress ? .press : .post
        let body = await waiters.body(of: id, within: Self.patience) ?? office.takenBody(form, in: language)
        return APIResponse(.ok, .bytes(Array(body.utf8), mediaType: "application/json"))
    }

    private static func problem(_ refusal: InboundRefusal) -> Problem {
        switch refusal {
        case .unknownWorkspace:
            Problem(.notFound, "No workspace is taken at this address. Was it revoked?")
        case .unproven(.missing):
            Problem(.wrongSignature, "The request carries no signature or token of the platform's form.")
        case .unproven(.stale):
            Problem(.wrongSignature, "The request is older or newer than five minutes, or its button is out of date.")
        case .unproven(.wrong):
            Problem(.wrongSignature, "The signature or token does not fit the secret of this workspace.")
        case .otherTeam: Problem(.forbidden, "The request comes from another team than this workspace.")
        case .repeated: Problem(.conflict, "The same request was taken before.")
        case .malformed: Problem(.malformed, "The request is signed, but not of the platform's form.")
        }
    }
}
