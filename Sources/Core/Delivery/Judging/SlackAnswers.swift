/// Slack's incoming webhooks name the cause as the body's only word, sometimes as `{"ok":false,"error":"..."}`.
enum SlackAnswers {
    private enum Meaning {
        case dead, stop, retry
    }

    private static let meanings: [String: (Meaning, String)] = [
        "invalid_payload": (.dead, "Slack could not read this message."),
        "invalid_blocks": (.dead, "Slack found the message's layout invalid."),
        "invalid_attachments": (.dead, "Slack found the message's attachments invalid."),
        "too_many_attachments": (.dead, "Slack found too many attachments in this message."),
        "msg_blocks_too_long": (.dead, "Slack found this message too long."),
        "msg_too_long": (.dead, "Slack found this message too long."),
        "no_text": (.dead, "Slack found no text in this message."),
        "user_not_found": (.stop, "The Slack user this webhook writes to does not exist."),
        "channel_not_found": (.stop, "The Slack channel this webhook writes to does not exist."),
        "channel_is_archived": (.stop, "The Slack channel was archived; restore it or choose another."),
        "action_prohibited": (.stop, "A Slack administrator restricted this channel or webhook."),
        "posting_to_general_channel_denied": (.stop, "A Slack administrator restricted posting to #general."),
        "invalid_token": (.stop, "Slack does not accept this webhook any more; create a new one."),
        "token_revoked": (.stop, "Slack does not accept this webhook any more; create a new one."),
        "account_inactive": (.stop, "The Slack account that made this webhook was closed; create a new one."),
        "no_service": (.stop, "This Slack webhook was removed or disabled; create a new one."),
        "no_service_id": (.stop, "The Slack webhook's address is incomplete; enter it again."),
        "no_team": (.stop, "The Slack workspace does not exist any more."),
        "team_disabled": (.stop, "The Slack workspace was disabled."),
        "rollup_error": (.retry, "Slack had an internal error."),
        "rate_limited": (.retry, "Slack asked to slow down."),
        "ratelimited": (.retry, "Slack asked to slow down."),
        "internal_error": (.retry, "Slack had an internal error."),
        "fatal_error": (.retry, "Slack had an internal error."),
        "service_unavailable": (.retry, "Slack is not available."),
    ]

    /// The verdict when the body names a known cause; nil leaves it to the status.
    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard let word = word(in: answer.body), let (meaning, sentence) = meanings[word] else { return nil }
        let reason = JudgedReason("slack.\(word)", sentence)
        switch meaning {
        case .dead: return .dead(reason)
        case .stop: return .channelStops(reason)
        case .retry:
            let throttled = answer.status == 429 || word == "rate_limited" || word == "ratelimited"
            return .retry(notBefore: nil, throttled: throttled, reason)
        }
    }

    private static func word(in body: [UInt8]) -> String? {
        guard body.count <= 2048 else { return nil }
        if let document = JSONReading.value(of: body) {
            if case .bool(true) = document["ok"] { return nil }
            return document["error"]?.text
        }
        let text = String(decoding: body, as: UTF8.self)
        return text.split(whereSeparator: { $0.isWhitespace }).first.map { $0.lowercased() }
    }
}

/// Mattermost answers JSON `{id, message, request_id, status_code}` on failure.
enum MattermostAnswers {
    /// The verdict when the answer is one of Mattermost's own; nil leaves it to the status.
    static func verdict(on answer: WireAnswer) -> Verdict? {
        guard answer.status >= 400, let id = JSONReading.value(of: answer.body)?["id"]?.text else { return nil }
        let code = "mattermost." + String(id.unicodeScalars.filter { $0.isASCII && $0.value > 0x20 }.prefix(80))
        switch answer.status {
        case 501 where id.contains("disabled"):
            return .channelStops(JudgedReason(code, "Incoming webhooks are switched off on this Mattermost server."))
        case 400 where id.contains(".channel") || id.contains(".invalid") || id.contains(".user"):
            return .channelStops(
                JudgedReason(code, "Mattermost does not know this webhook or its channel; create a new one."))
        case 400 where id.contains("permissions") || id.contains("restricted"):
            return .channelStops(JudgedReason(code, "Mattermost does not let this webhook post to its channel."))
        default:
            return nil
        }
    }
}
