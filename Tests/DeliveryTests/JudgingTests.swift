import Delivery
import Testing

private func answered(_ status: Int, _ body: String = "", retryAfter: String? = nil) -> WireOutcome {
    let headers = retryAfter.map { ["retry-after": $0] } ?? [:]
    return WireOutcome(.answered(WireAnswer(status: status, headers: headers, body: Array(body.utf8))))
}

private func judged(_ outcome: WireOutcome, _ platform: DeliveryPlatform, now: Int64 = 0) -> Verdict {
    DeliveryJudge.verdict(on: outcome, from: platform, now: now)
}

@Suite struct `The judge` {
    @Test(arguments: [
        (DeliveryPlatform.slack, 200, "ok", "delivered", "http.200"), (.slack, 200, "", "delivered", "http.200"),
        (.slack, 200, "{\"ok\":true}", "delivered", "http.200"),
        (.slack, 400, "invalid_payload", "dead", "slack.invalid_payload"),
        (.slack, 400, "no_text", "dead", "slack.no_text"),
        (.slack, 400, "msg_blocks_too_long", "dead", "slack.msg_blocks_too_long"),
        (.slack, 400, "user_not_found", "channelStops", "slack.user_not_found"),
        (.slack, 403, "action_prohibited", "channelStops", "slack.action_prohibited"),
        (.slack, 403, "invalid_token", "channelStops", "slack.invalid_token"),
        (.slack, 404, "no_service", "channelStops", "slack.no_service"),
        (.slack, 404, "no_team\n", "channelStops", "slack.no_team"),
        (.slack, 404, "channel_not_found", "channelStops", "slack.channel_not_found"),
        (.slack, 410, "channel_is_archived", "channelStops", "slack.channel_is_archived"),
        (.slack, 200, "no_service", "channelStops", "slack.no_service"),
        (.slack, 500, "rollup_error", "retry", "slack.rollup_error"),
        (.slack, 200, "{\"ok\":false,\"error\":\"channel_is_archived\"}", "channelStops", "slack.channel_is_archived"),
        (.slack, 429, "{\"ok\":false,\"error\":\"rate_limited\",\"retry_after\":1}", "retry", "slack.rate_limited"),
        (.slack, 404, "<html>", "channelStops", "http.404"), (.slack, 418, "x", "dead", "http.418"),
        (.mattermost, 200, "ok", "delivered", "http.200"),
        (.mattermost, 400, "{\"id\":\"web.incoming_webhook.parse.app_error\",\"status_code\":400}", "dead", "http.400"),
        (
            .mattermost, 400, "{\"id\":\"web.incoming_webhook.channel.app_error\"}", "channelStops",
            "mattermost.web.incoming_webhook.channel.app_error"
        ),
        (
            .mattermost, 501, "{\"id\":\"web.incoming_webhook.disabled.app_error\"}", "channelStops",
            "mattermost.web.incoming_webhook.disabled.app_error"
        ),
        (.mattermost, 501, "nginx", "retry", "http.501"), (.mattermost, 404, "{}", "channelStops", "http.404"),
        (.generic, 200, "no_service", "delivered", "http.200"), (.generic, 202, "", "delivered", "http.202"),
        (.generic, 204, "", "delivered", "http.204"), (.generic, 301, "", "retry", "http.301"),
        (.generic, 302, "", "retry", "http.302"),
        (.generic, 400, "", "dead", "http.400"), (.generic, 401, "", "channelStops", "http.401"),
        (.generic, 402, "", "dead", "http.402"), (.generic, 403, "", "channelStops", "http.403"),
        (.generic, 404, "", "channelStops", "http.404"), (.generic, 408, "", "retry", "http.408"),
        (.generic, 410, "", "channelStops", "http.410"), (.generic, 413, "", "dead", "http.413"),
        (.generic, 422, "", "dead", "http.422"), (.generic, 425, "", "retry", "http.425"),
        (.generic, 429, "", "retry", "http.429"),
        (.generic, 500, "", "retry", "http.500"), (.generic, 503, "", "retry", "http.503"),
        (.generic, 599, "", "retry", "http.599"),
        (.generic, 700, "", "retry", "http.700"),
    ])
    func `knows each answer`(
        _ platform: DeliveryPlatform, _ status: Int, _ body: String, _ word: String, _ code: String
    ) {
        let verdict = judged(answered(status, body), platform)
        #expect(verdict.word == word)
        #expect(verdict.reason.code == code)
        #expect(verdict.reason.sentence.hasSuffix("."))
    }

    @Test(arguments: DeliveryPlatform.allCases) func `sends again what was not sent`(_ platform: DeliveryPlatform) {
        for reason in NotSentReason.allCases {
            let verdict = judged(WireOutcome(.notSent(reason)), platform)
            #expect(
                verdict
                    == .retry(notBefore: nil, throttled: false, JudgedReason("net.\(reason.rawValue)", reason.sentence))
            )
        }
    }

    @Test(arguments: AmbiguousReason.allCases) func `keeps doubt as doubt`(_ reason: AmbiguousReason) {
        let judgedReason = JudgedReason("doubt.\(reason.rawValue)", reason.sentence)
        let outcome = WireOutcome(.ambiguous(reason))
        #expect(judged(outcome, .slack) == .ambiguous(.resendOnceMarked, judgedReason))
        #expect(judged(outcome, .mattermost) == .ambiguous(.resendOnceMarked, judgedReason))
        #expect(judged(outcome, .generic) == .ambiguous(.resendSameIdentifier, judgedReason))
    }

    @Test func `stops a channel whose address is refused`() {
        let refused = judged(WireOutcome(.refused(.addressNotPublic("10.0.0.1", .privateUse))), .slack)
        #expect(refused.word == "channelStops")
        #expect(refused.reason.sentence.contains("10.0.0.1"))
        #expect(judged(WireOutcome(.refused(.badURL)), .generic).reason.code == "refused.badURL")
    }

    @Test func `takes a success whose body broke off`() {
        let answer = WireAnswer(status: 200, body: Array("o".utf8), bodyState: .broken)
        #expect(judged(WireOutcome(.answered(answer)), .slack).word == "delivered")
    }

    @Test(arguments: [
        (429, "", "7", Int64?.some(7000), true), (429, "", nil, nil, true), (503, "", "120", 120_000, true),
        (503, "", nil, nil, false),
        (500, "", "1", 1000, false), (429, "{\"retry_after\":2.5}", nil, 2500, true),
        (429, "{\"retry_after\":9}", "3", 9000, true),
        (429, "{\"retry_after_ms\":1501}", "1", 1501, true), (429, "{\"retry_after\":\"4\"}", nil, 4000, true),
        (429, "{\"retry_after\":", "2", 2000, true),
    ])
    func `hears how long to wait`(_ status: Int, _ body: String, _ header: String?, _ wait: Int64?, _ throttled: Bool) {
        guard
            case .retry(let notBefore, let isThrottled, _) = judged(
                answered(status, body, retryAfter: header), .generic)
        else {
            Issue.record("expected a retry")
            return
        }
        #expect(notBefore == wait)
        #expect(isThrottled == throttled)
    }
}

@Suite struct `Retry-After` {
    @Test(arguments: [
        ("0", Int64?.some(0)), ("1", 1000), ("3600", 3_600_000), ("1.5", 1500), ("0.0001", 1), (" 5 ", 5000),
        ("99999999999999999999", RetryAfter.longest), ("", nil), ("-1", nil), ("1e3", nil), ("soon", nil), ("1 2", nil),
        (".5", nil),
        ("1.2.3", nil), ("Sun, 06 Nov 1994 08:49:47 GMT", 10_000), ("Sunday, 06-Nov-94 08:49:47 GMT", 10_000),
        ("Sun Nov  6 08:49:47 1994", 10_000), ("Sun, 06 Nov 1994 08:49:00 GMT", 0),
        ("Sun, 31 Feb 1994 08:49:47 GMT", nil),
        ("Sun, 06 Nov 1994 24:49:47 GMT", nil), ("Sun, 06 Foo 1994 08:49:47 GMT", nil),
        ("Fri, 01 Jan 2100 00:00:00 GMT", RetryAfter.longest),
    ])
    func `is read in its three forms`(_ header: String, _ wait: Int64?) {
        let now: Int64 = 784_111_777_000  // Sun, 06 Nov 1994 08:49:37 GMT, RFC 9110's own example
        #expect(RetryAfter.milliseconds(header: header, now: now) == wait)
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (1_795_293_989_000, "2026-11-21T20:46:29.000Z"),
        (Int64.max, "9999-12-31T23:59:59.999Z"), (Int64.min, "0000-01-01T00:00:00.000Z"),
    ])
    func `and other times are of the Gregorian calendar`(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp.text(milliseconds: milliseconds) == text)
    }
}
