import Delivery
import Testing

private func verdict(
    _ platform: DeliveryPlatform, _ status: Int, _ body: String, _ headers: [String: String] = [:], now: Int64 = 0
) -> Verdict {
    let answer = WireAnswer(status: status, headers: headers, body: Array(body.utf8))
    return DeliveryJudge.verdict(on: WireOutcome(.answered(answer)), from: platform, now: now)
}

@Suite struct `Every platform's answers` {
    /// What ends a channel, what ends only a message, what is tried again.
    @Test(arguments: [
        // Slack
        (DeliveryPlatform.slack, 410, "channel_is_archived", "channelStops", "slack.channel_is_archived"),
        (.slack, 404, "no_service", "channelStops", "slack.no_service"),
        (.slack, 200, "no_service", "channelStops", "slack.no_service"),
        // Teams: accepted is not posted; connectors said 200 and meant something else
        (.teams, 202, "", "delivered", "teams.accepted"), (.teams, 200, "1", "delivered", "http.200"),
        (
            .teams, 200,
            "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 with ContextId",
            "retry", "teams.http.429"
        ),
        (.teams, 200, "Microsoft Teams endpoint returned HTTP error 404", "channelStops", "teams.http.404"),
        (.teams, 200, "Microsoft Teams endpoint returned HTTP error 413", "dead", "teams.http.413"),
        (.teams, 200, "Microsoft Teams endpoint returned HTTP error 500", "retry", "teams.http.500"),
        (
            .teams, 400, #"{"error":{"code":"WorkflowTriggerIsNotEnabled","message":"off"}}"#, "channelStops",
            "teams.WorkflowTriggerIsNotEnabled"
        ),
        (.teams, 404, #"{"error":{"code":"WorkflowNotFound"}}"#, "channelStops", "teams.WorkflowNotFound"),
        (
            .teams, 401, #"{"error":{"code":"DirectApiAuthorizationRequired"}}"#, "channelStops",
            "teams.DirectApiAuthorizationRequired"
        ),
        (.teams, 400, #"{"error":{"code":"TriggerInputSchemaMismatch"}}"#, "dead", "teams.TriggerInputSchemaMismatch"),
        (.teams, 429, #"{"error":{"code":"Unknown"}}"#, "retry", "http.429"), (.teams, 502, "", "retry", "http.502"),
        // Discord
        (.discord, 204, "", "delivered", "http.204"), (.discord, 200, #"{"id":"1"}"#, "delivered", "http.200"),
        (.discord, 404, #"{"message":"Unknown Webhook","code":10015}"#, "channelStops", "discord.10015"),
        (.discord, 404, "", "channelStops", "http.404"),
        (.discord, 401, #"{"message":"Invalid Webhook Token","code":50027}"#, "channelStops", "discord.50027"),
        (.discord, 403, #"{"message":"Missing Permissions","code":50013}"#, "channelStops", "discord.50013"),
        (.discord, 400, #"{"code":50035,"errors":{},"message":"Invalid Form Body"}"#, "dead", "discord.50035"),
        (.discord, 400, #"{"code":220001,"message":"forum"}"#, "channelStops", "discord.220001"),
        (.discord, 429, #"{"message":"limited","retry_after":0.65,"global":false}"#, "retry", "http.429"),
        (.discord, 500, "", "retry", "http.500"),
        // Google Chat
        (.googleChat, 200, #"{"name":"spaces/A/messages/B"}"#, "delivered", "http.200"),
        (.googleChat, 404, #"{"error":{"code":404,"status":"NOT_FOUND"}}"#, "channelStops", "google_chat.NOT_FOUND"),
        (
            .googleChat, 403, #"{"error":{"code":403,"status":"PERMISSION_DENIED"}}"#, "channelStops",
            "google_chat.PERMISSION_DENIED"
        ),
        (.googleChat, 400, #"{"error":{"status":"INVALID_ARGUMENT"}}"#, "dead", "google_chat.INVALID_ARGUMENT"),
        (
            .googleChat, 400,
            #"{"error":{"status":"INVALID_ARGUMENT","message":"API key not valid. Pass a valid one."}}"#,
            "channelStops", "google_chat.API_KEY_INVALID"
        ),
        (.googleChat, 429, #"{"error":{"status":"RESOURCE_EXHAUSTED"}}"#, "retry", "google_chat.RESOURCE_EXHAUSTED"),
        (.googleChat, 503, #"{"error":{"status":"UNAVAILABLE"}}"#, "retry", "google_chat.UNAVAILABLE"),
        // Zulip
        (.zulip, 200, #"{"result":"success","msg":"","id":1}"#, "delivered", "http.200"),
        (
            .zulip, 401, #"{"result":"error","msg":"no","code":"INVALID_API_KEY"}"#, "channelStops",
            "zulip.INVALID_API_KEY"
        ),
        (
            .zulip, 400, #"{"result":"error","code":"STREAM_DOES_NOT_EXIST","stream":"x"}"#, "channelStops",
            "zulip.STREAM_DOES_NOT_EXIST"
        ),
        (
            .zulip, 400, #"{"result":"error","code":"BAD_REQUEST","msg":"Not authorized to send to channel 'x'"}"#,
            "channelStops", "zulip.not_authorized"
        ),
        (
            .zulip, 400, #"{"result":"error","code":"BAD_REQUEST","msg":"Message too long"}"#, "dead",
            "zulip.BAD_REQUEST"
        ),
        (.zulip, 200, #"{"result":"error","code":"BAD_REQUEST","msg":"no"}"#, "dead", "zulip.BAD_REQUEST"),
        (
            .zulip, 429, #"{"result":"error","code":"RATE_LIMIT_HIT","retry-after":28.7}"#, "retry",
            "zulip.RATE_LIMIT_HIT"
        ),
        (.zulip, 403, #"{"result":"error","code":"REALM_DEACTIVATED"}"#, "channelStops", "zulip.REALM_DEACTIVATED"),
        // Rocket.Chat
        (.rocketChat, 200, #"{"success":true}"#, "delivered", "http.200"),
        (
            .rocketChat, 400, #"{"success":false,"error":"Invalid integration id or token provided."}"#, "channelStops",
            "rocket_chat.Invalid_integration_id_or_token"
        ),
        (.rocketChat, 200, #"{"success":false}"#, "dead", "rocket_chat.unsuccessful"),
        (
            .rocketChat, 400, #"{"success":false,"error":"error-message-size-exceeded"}"#, "dead",
            "rocket_chat.error-message-size-exceeded"
        ),
        (
            .rocketChat, 400, #"{"success":false,"error":"invalid-channel"}"#, "channelStops",
            "rocket_chat.invalid-channel"
        ),
        (
            .rocketChat, 429, #"{"success":false,"error":"Error, too many requests [error-too-many-requests]"}"#,
            "retry",
            "rocket_chat.error-too-many-requests"
        ),
        // Matrix
        (.matrix, 200, #"{"event_id":"$1"}"#, "delivered", "http.200"),
        (.matrix, 429, #"{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":3500}"#, "retry", "matrix.M_LIMIT_EXCEEDED"),
        (.matrix, 403, #"{"errcode":"M_FORBIDDEN","error":"not in room"}"#, "channelStops", "matrix.M_FORBIDDEN"),
        (.matrix, 401, #"{"errcode":"M_UNKNOWN_TOKEN"}"#, "channelStops", "matrix.M_UNKNOWN_TOKEN"),
        (.matrix, 404, #"{"errcode":"M_UNRECOGNIZED"}"#, "channelStops", "matrix.M_UNRECOGNIZED"),
        (.matrix, 413, #"{"errcode":"M_TOO_LARGE"}"#, "dead", "matrix.M_TOO_LARGE"),
        (.matrix, 400, #"{"errcode":"M_BAD_JSON"}"#, "dead", "matrix.M_BAD_JSON"),
        (.matrix, 403, #"{"errcode":"M_RESOURCE_LIMIT_EXCEEDED"}"#, "retry", "matrix.M_RESOURCE_LIMIT_EXCEEDED"),
        // LINE WORKS
        (.lineWorks, 200, "", "delivered", "http.200"),
        (.lineWorks, 429, #"{"code":"TOO_MANY_REQUESTS","description":"x"}"#, "retry", "line_works.TOO_MANY_REQUESTS"),
        (.lineWorks, 404, #"{"code":"NOT_FOUND","description":"x"}"#, "channelStops", "line_works.NOT_FOUND"),
        (.lineWorks, 400, #"{"code":"INVALID_PARAMETER","description":"x"}"#, "dead", "line_works.INVALID_PARAMETER"),
        (.lineWorks, 200, #"{"code":"UNAUTHORIZED","description":"x"}"#, "channelStops", "line_works.UNAUTHORIZED"),
        // Chatwork
        (.chatwork, 200, #"{"message_id":"12"}"#, "delivered", "http.200"),
        (.chatwork, 401, #"{"errors":["Invalid API Token"]}"#, "channelStops", "chatwork.unauthorized"),
        (.chatwork, 403, #"{"errors":["You don't have permission"]}"#, "channelStops", "chatwork.room"),
        (.chatwork, 404, #"{"errors":["Not found"]}"#, "channelStops", "chatwork.room"),
        (.chatwork, 400, #"{"errors":["Parameter \"body\" is too long"]}"#, "dead", "chatwork.bad_request"),
        (.chatwork, 429, #"{"errors":["Rate limit exceeded"]}"#, "retry", "chatwork.rate_limit"),
        (.chatwork, 500, "", "retry", "http.500"),
    ])
    func `mean what their service means by them`(
        _ platform: DeliveryPlatform, _ status: Int, _ body: String, _ word: String, _ code: String
    ) {
        let found = verdict(platform, status, body)
        #expect(found.word == word)
        #expect(found.reason.code == code)
        #expect(found.reason.sentence.hasSuffix("."))
    }

    @Test(arguments: DeliveryPlatform.allCases.filter { $0 != .mail })
    func `that say nothing of their own are judged by status`(_ platform: DeliveryPlatform) {
        for body in ["", "<html>", "[1]", "{}", "null", "{\"error\":7}", "\u{0}", String(repeating: "[", count: 99)] {
            for status in [401, 403, 404, 410] { #expect(verdict(platform, status, body).word == "channelStops") }
            for status in [400, 413, 422] { #expect(verdict(platform, status, body).word == "dead") }
            for status in [408, 425, 429, 500, 503] { #expect(verdict(platform, status, body).word == "retry") }
            #expect(verdict(platform, 200, body).word == "delivered")
        }
    }

    @Test(arguments: DeliveryPlatform.allCases)
    func `that did not come leave the doubt that their platform allows`(_ platform: DeliveryPlatform) {
        let doubt = DeliveryJudge.verdict(on: WireOutcome(.ambiguous(.timedOut)), from: platform, now: 0)
        let recognises: Set<DeliveryPlatform> = [.matrix, .generic, .mail]
        guard case .ambiguous(let policy, _) = doubt else {
            Issue.record("no doubt")
            return
        }
        #expect(policy == (recognises.contains(platform) ? .resendSameIdentifier : .resendOnceMarked))
    }
}

@Suite struct `A wish to be left alone` {
    private static let now: Int64 = 784_111_777_000  // Sun, 06 Nov 1994 08:49:37 GMT

    @Test(arguments: [
        (
            DeliveryPlatform.zulip, #"{"result":"error","code":"RATE_LIMIT_HIT","retry-after":28.706}"#, [:],
            Int64?.some(28_706)
        ),
        (.discord, #"{"retry_after":0.65,"global":true}"#, ["retry-after": "1"], 1000),
        (.discord, #"{"retry_after":64.57}"#, ["retry-after": "65", "x-ratelimit-reset-after": "64.57"], 65_000),
        (.discord, "", ["x-ratelimit-reset-after": "1.234"], 1234),
        (.matrix, #"{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":3501}"#, ["retry-after": "4"], 4000),
        (.chatwork, "", ["x-ratelimit-reset": "784111807"], 30_000),
        (
            .chatwork, "", ["x-ratelimit-reset": "784111807", "date": "Sun, 06 Nov 1994 08:49:57 GMT"], 10_000
        ),
        (.rocketChat, "", ["x-ratelimit-reset": "784111779500"], 2500),
        (.lineWorks, "", ["ratelimit-reset": "12"], 12_000), (.lineWorks, "", ["ratelimit-reset": "soon"], nil),
        (.teams, "", ["retry-after": "Sun, 06 Nov 1994 08:49:47 GMT"], 10_000), (.teams, "", [:], nil),
        (.chatwork, "", ["x-ratelimit-reset": "784111000"], 0),
    ])
    func `is heard in all its shapes`(
        _ platform: DeliveryPlatform, _ body: String, _ headers: [String: String], _ wait: Int64?
    ) {
        guard case .retry(let notBefore, true, _) = verdict(platform, 429, body, headers, now: Self.now) else {
            Issue.record("expected to be slowed down")
            return
        }
        #expect(notBefore == wait)
    }

    @Test(arguments: [
        (200, ["x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1.5"], Int64?.some(1500)),
        (204, ["x-ratelimit-remaining": "0", "x-ratelimit-reset": "784111787"], 10_000),
        (200, ["ratelimit-remaining": "0", "ratelimit-reset": "3"], 3000),
        (200, ["x-ratelimit-remaining": "1", "x-ratelimit-reset-after": "1.5"], nil),
        (200, ["x-ratelimit-remaining": "0"], nil), (200, [:], nil),
        (429, ["x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1.5"], nil),
    ])
    func `is heard before the limit is broken`(_ status: Int, _ headers: [String: String], _ rest: Int64?) {
        let outcome = WireOutcome(.answered(WireAnswer(status: status, headers: headers)))
        #expect(DeliveryJudge.rest(after: outcome, now: Self.now) == rest)
        #expect(DeliveryJudge.rest(after: WireOutcome(.notSent(.nameNotFound)), now: Self.now) == nil)
    }
}

@Suite struct `A request` {
    private static let body = Array("body=x".utf8)
    private static let token = String(repeating: "t", count: 32)

    private func made(
        _ platform: DeliveryPlatform, _ address: String, _ credential: String? = nil
    ) throws -> WireRequest {
        try platform.request(
            id: "delivery_1", to: try WebhookURL(address), payload: Self.body, credential: credential, seconds: 5)
    }

    @Test func `to Matrix names the delivery as its transaction`() throws {
        let room = "https://m.example.org/_matrix/client/v3/rooms/!abc:example.org"
        for address in [room, room + "/", room + "/send/m.room.message", room + "?x=1"] {
            let request = try made(.matrix, address, Self.token)
            #expect(request.method == .put)
            #expect(request.url == room + "/send/m.room.message/delivery_1")
            #expect(request.headers.contains { $0.name == "Authorization" && $0.value == "Bearer \(Self.token)" })
        }
    }

    @Test func `to Zulip carries stream and topic in its form`() throws {
        let key = "bot@a.zulipchat.com:" + Self.token
        let request = try made(
            .zulip, "https://a.zulipchat.com/api/v1/messages?to=%E7%94%A3%E6%A5%AD&topic=New%20ones", key)
        #expect(request.url == "https://a.zulipchat.com/api/v1/messages")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "body=x&type=stream&to=%E7%94%A3%E6%A5%AD&topic=New%20ones")
        #expect(request.headers.contains { $0.value == "application/x-www-form-urlencoded" })
        #expect(request.headers.contains { $0.value.hasPrefix("Basic ") })
    }

    @Test func `to Chatwork, Discord and Google Chat goes where it should`() throws {
        let chatwork = try made(.chatwork, "https://api.chatwork.com/v2/rooms/42", Self.token)
        #expect(chatwork.url == "https://api.chatwork.com/v2/rooms/42/messages")
        #expect(chatwork.headers.contains { $0.name == "x-chatworktoken" && $0.value == Self.token })
        let discord = "https://discord.com/api/webhooks/1/x"
        #expect(try made(.discord, discord).url == discord + "?wait=true")
        #expect(try made(.discord, discord + "?thread_id=7").url == discord + "?thread_id=7&wait=true")
        #expect(try made(.discord, discord + "?wait=true").url == discord + "?wait=true")
        let google = "https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t"
        #expect(
            try made(.googleChat, google).url
                == google + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD")
    }

    @Test(arguments: [
        (DeliveryPlatform.matrix, "https://m.example.org/_matrix/client/v3/rooms/", "internal"),
        (.matrix, "https://m.example.org/_matrix/client/v3/rooms/lobby", "internal"),
        (.zulip, "https://a.zulipchat.com/api/v1/messages", "?to=STREAM"),
        (.zulip, "https://a.zulipchat.com/api/v1/messages?to=x", "&topic=TOPIC"),
        (.zulip, "https://a.zulipchat.com/", "looks like"),
        (.chatwork, "https://api.chatwork.com/v2/me", "looks like"),
    ])
    func `is not made of an address that lacks something, and says what`(
        _ platform: DeliveryPlatform, _ address: String, _ words: String
    ) throws {
        let url = try WebhookURL(address)
        do throws(RequestRefusal) {
            _ = try platform.request(id: "d", to: url, payload: [], credential: Self.token, seconds: 1)
            Issue.record("a request was made")
        } catch {
            guard case .address = error else {
                Issue.record("\(error)")
                return
            }
            #expect("\(error)".contains(words))
        }
    }

    @Test(arguments: [DeliveryPlatform.matrix, .zulip, .chatwork])
    func `is not made without the secret that its platform needs`(_ platform: DeliveryPlatform) {
        for text in [nil, "", "x", "a b", "a\r\nHost: evil", String(repeating: "a", count: 5000)] {
            #expect(throws: CredentialRefusal.self) { try platform.check(credential: text) }
        }
        do throws(CredentialRefusal) {
            try platform.check(credential: nil)
        } catch {
            #expect(error.sentence.contains("needs"))
        }
        #expect(throws: CredentialRefusal.notWanted) { try DeliveryPlatform.slack.check(credential: Self.token) }
        #expect(throws: Never.self) { try DeliveryPlatform.slack.check(credential: nil) }
    }

    @Test func `is signed by both keys while they are exchanged`() throws {
        let old = try WebhookSecret(bytes: [UInt8](repeating: 1, count: 32))
        let new = try WebhookSecret(bytes: [UInt8](repeating: 2, count: 32))
        let request = try DeliveryPlatform.generic.request(
            id: "d", to: try WebhookURL("https://example.com/x"), payload: Self.body, secrets: [new, old], seconds: 5)
        let signatures = try #require(request.headers.first { $0.name == "webhook-signature" }?.value)
        #expect(signatures.split(separator: " ").count == 2)
        for secret in [old, new] {
            try StandardSignature.verify(
                id: "d", timestamp: "5", signatures: signatures, body: Self.body, secrets: [secret], nowSeconds: 5)
        }
    }
}
