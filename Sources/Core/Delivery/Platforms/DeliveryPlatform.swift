/// A kind of receiver. One value per platform decides payload, limits, rate and how answers are judged.
package enum DeliveryPlatform: String, Sendable, CaseIterable {
    case slack, mattermost, generic
    /// A mailbox.
    case mail

    /// The JSON body that says `content` on this platform.
    package func payload(for content: NoticeContent) -> [UInt8] {
        switch self {
        case .slack: SlackPayload.bytes(for: content)
        case .mattermost: MattermostPayload.bytes(for: content)
        case .generic: GenericPayload.bytes(for: content)
        case .mail: Letter(content).stored
        }
    }

    /// How fast a single channel may be written to.
    ///
    /// Slack documents one message a second and channel; Mattermost's limiter, when switched on, gives ten a second;
    /// for other receivers ten a second is a courtesy.
    package var rate: SendingRate {
        switch self {
        case .slack: SendingRate(everyMilliseconds: 1000, burst: 1)
        case .mattermost: SendingRate(everyMilliseconds: 100, burst: 20)
        case .generic: SendingRate(everyMilliseconds: 100, burst: 20)
        case .mail: SendingRate(everyMilliseconds: 1000, burst: 5)
        }
    }

    /// What to do when nobody knows whether the receiver acted.
    package var ambiguityPolicy: AmbiguityPolicy {
        switch self {
        case .slack, .mattermost: .resendOnceMarked
        // A mail that arrives twice has one Message-ID.
        case .generic, .mail: .resendSameIdentifier
        }
    }

    /// Whether requests are signed by the Standard Webhooks rule.
    package var signs: Bool { self == .generic }

    /// The headers every request of this platform carries, besides signatures.
    package var contentType: String {
        switch self {
        case .slack, .mattermost: "application/json; charset=utf-8"
        case .generic: "application/json"
        case .mail: "message/rfc822"
        }
    }
}

/// Something about an address that makes a mistake likely; the address is accepted all the same.
package enum WebhookURLHint: String, Sendable, CaseIterable {
    /// The host is not hooks.slack.com (or the US government's slack-gov.com).
    case notSlackHost
    /// Slack's path is `/services/T.../B.../...` or `/triggers/...`.
    case notSlackPath
    /// Mattermost's path ends in `/hooks/` and 26 letters and digits.
    case notMattermostPath
    /// A Slack address on a channel of another platform.
    case looksLikeSlack
    /// Discord, Teams and Google Chat take other payloads.
    case otherPlatform

    /// One plain English sentence for a form or a command line.
    package var sentence: String {
        switch self {
        case .notSlackHost: "Slack's webhooks are at hooks.slack.com; is this channel on another platform?"
        case .notSlackPath: "A Slack webhook looks like https://hooks.slack.com/services/T.../B.../...; was it cut?"
        case .notMattermostPath: "A Mattermost webhook ends in /hooks/ and 26 letters and digits; was it cut?"
        case .looksLikeSlack: "This is a Slack address; choose the platform slack."
        case .otherPlatform: "This service expects another message form and may refuse these messages."
        }
    }
}

extension DeliveryPlatform {
    /// What looks wrong about `url` for this platform; empty when nothing does.
    package func hints(for url: WebhookURL) -> [WebhookURLHint] {
        let others = ["discord.com", "discordapp.com", "webhook.office.com", "logic.azure.com", "chat.googleapis.com"]
        if others.contains(where: { url.host == $0 || url.host.hasSuffix("." + $0) }) { return [.otherPlatform] }
        let isSlack = url.host == "hooks.slack.com" || url.host == "hooks.slack-gov.com"
        let parts = url.target.split(separator: "?")[0].split(separator: "/")
        switch self {
        case .slack:
            if url.scope == .privateAllowed { return [] }
            guard isSlack else { return [.notSlackHost] }
            let services = parts.count == 4 && parts[0] == "services" && parts[1].first == "T" && parts[2].first == "B"
            let flow = parts.count >= 3 && (parts[0] == "triggers" || parts[0] == "workflows")
            return services || flow ? [] : [.notSlackPath]
        case .mattermost:
            if isSlack { return [.looksLikeSlack] }
            guard parts.count >= 2, parts[parts.count - 2] == "hooks", let key = parts.last, key.utf8.count == 26 else {
                return [.notMattermostPath]
            }
            return []
        case .generic:
            return isSlack ? [.looksLikeSlack] : []
        case .mail:
            return []
        }
    }
}
