import Delivery
import Exchange
import HTTPTypes

extension HTTPField.Name {
    // Proof that these cannot trap: each is a constant made of token characters only.
    // swift-format-ignore: NeverForceUnwrap
    static let slackTime = Self("X-Slack-Request-Timestamp")!
    // swift-format-ignore: NeverForceUnwrap
    static let slackProof = Self("X-Slack-Signature")!
}

/// Answers from chats: whoever brings a proven request is answered alike, whatever token comes with it.
extension Scenario {
    /// The secret of the workspaces of the template.
    static let platformSecret = "8f742231b10e8888abcd99yyyzzz85a5"
    /// The present of the exchanges that scenarios run on, in seconds.
    private static let now = Rooms.start.milliseconds / 1000 + 600
    private static let form = "application/x-www-form-urlencoded"

    static let inbound = workspaces + accounts + requests

    private static let workspaces = [
        Scenario("listWorkspaces", .get, "/api/v1/workspaces", "401 403 403 403 200 200 403")
            .shows("{slackWorkspace}", "T012AB3CD").hides(platformSecret, from: .coordinator, .administrator),
        Scenario(
            "addWorkspace", .post, "/api/v1/workspaces", "401 403 403 403 201 201 403",
            #"{"name":"New","platform":"mattermost","realm":"https://chat.example.jp/","secret":"xr3j5x3p4pfk7kk6ck7b4e6ghh"}"#
        ).causes("workspace.added").shows("/inbound/mattermost/workspace_", "\"chat.example.jp\"")
            .hides("xr3j5x3p4pfk7kk6ck7b4e6ghh", from: .coordinator, .administrator),
        Scenario(
            "addWorkspace", .post, "/api/v1/workspaces", "401 403 403 403 422 422 403",
            #"{"name":"New","platform":"slack","realm":"not a team","secret":"short"}"#),
        Scenario("getWorkspace", .get, "/api/v1/workspaces/{slackWorkspace}", "401 403 403 403 200 200 403")
            .shows("/inbound/slack/{slackWorkspace}").hides(platformSecret, from: .coordinator, .administrator),
        Scenario(
            "revokeWorkspace", .post, "/api/v1/workspaces/{slackWorkspace}/revocation", "401 403 403 403 200 200 403"
        ).causes("workspace.revoked").shows("\"revoked\""),
    ]

    private static let accounts = [
        Scenario("listChatAccounts", .get, "/api/v1/chat-accounts", "401 200 200 200 200 200 200")
            .shows("slack:T012AB3CD:U1", to: .owner).hides("U1", from: .observer, .other, .narrow),
        Scenario("listChatAccounts", .get, "/api/v1/chat-accounts?participant={owner}", "401 403 200 403 200 200 403")
            .shows("slack:T012AB3CD:U1"),
        Scenario("makeLinkCode", .post, "/api/v1/chat-accounts/code", "401 201 201 201 201 201 201").shows("-"),
        Scenario(
            "makeLinkCode", .post, "/api/v1/chat-accounts/code", "401 403 201 403 403 201 403",
            #"{"participant":"{owner}"}"#),
        Scenario(
            "unlinkChatAccount", .delete, "/api/v1/chat-accounts?account=slack:T012AB3CD:U1",
            "401 404 204 404 204 204 404"
        ).causes("participant.chat_unlinked"),
    ]

    private static func slack(_ statuses: String, _ body: String, secret: String = platformSecret) -> Scenario {
        let time = String(now)
        let signature = SlackProof.signature(body: Array(body.utf8), timestamp: time, secret: secret)
        var scenario = Scenario("takeFromSlack", .post, "/inbound/slack/{slackWorkspace}", statuses, body)
            .header(.slackTime, time).header(.slackProof, signature)
        scenario.contentType = form
        return scenario
    }

    private static let command =
        "command=%2Fmix&team_id=T012AB3CD&user_id=U1&user_name=hanako&text=matches&trigger_id=t1"
        + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1%2F2%2F3"

    private static func mattermost(_ statuses: String, _ path: String, _ body: String, _ type: String) -> Scenario {
        let id = path.isEmpty ? "takeFromMattermost" : "takePressFromMattermost"
        var scenario = Scenario(id, .post, "/inbound/mattermost/{mattermostWorkspace}" + path, statuses, body)
        scenario.contentType = type
        return scenario
    }

    private static let slash =
        "team_id=t&user_id=u1&user_name=hana&command=%2Fmix&text=help&trigger_id=x"
        + "&response_url=https%3A%2F%2Fchat.example.jp%2Fhooks%2Fcommands%2Fy"

    private static let requests = [
        slack("200", command), slack("401", command, secret: "another secret"),
        slack("403", command.replacing("T012AB3CD", with: "T9")), slack("400", "hello=world"),
        Scenario("takeFromSlack", .post, "/inbound/slack/{slackWorkspace}", "415", "{}"),
        mattermost("200", "", slash + "&token=\(platformSecret)", form).shows("{}"),
        mattermost("401", "", slash + "&token=other", form), mattermost("401", "", slash, form),
        mattermost("401", "", "[]", "application/json"),
        mattermost(
            "200", "",
            #"{"token":"\#(platformSecret)","user_id":"u1","text":"mix help","trigger_word":"mix","post_id":"p"}"#,
            "application/json"
        ).shows("\"text\""),
        mattermost(
            "200", "/presses",
            #"{"user_id":"u1","trigger_id":"z","context":{"token":"{pressToken}","press":"interested.{match}"}}"#,
            "application/json"
        ).shows("ephemeral_text"),
        mattermost(
            "401", "/presses", #"{"user_id":"u1","trigger_id":"z","context":{"token":"x","press":"interested.m"}}"#,
            "application/json"),
    ]
}
