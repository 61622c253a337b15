/// Slack's incoming webhooks, and what else takes its form: Block Kit, one message a second and channel, the cause of a
/// failure as a word.
enum SlackPlatform: PlatformForm {
    static func message(for content: NoticeContent) -> PlatformMessage { SlackPayload.message(for: content) }

    /// Slack documents one message a second and channel.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 1000, burst: 1) }

    static func verdict(on answer: WireAnswer) -> Verdict? { SlackAnswers.verdict(on: answer) }

    static func hints(for url: WebhookURL) -> [WebhookURLHint] {
        if url.scope == .privateAllowed { return [] }
        let isDiscord = url.host == "discord.com" || url.host == "discordapp.com"
        if DeliveryPlatform.takesSlackForm(url, of: isDiscord ? .discord : nil) { return [] }
        guard url.host == "hooks.slack.com" || url.host == "hooks.slack-gov.com" else { return [.notSlackHost] }
        let parts = url.steps
        let services = parts.count == 4 && parts[0] == "services" && parts[1].first == "T" && parts[2].first == "B"
        let flow = parts.count >= 3 && (parts[0] == "triggers" || parts[0] == "workflows")
        return services || flow ? [] : [.notSlackPath]
    }
}

/// Mattermost's incoming webhooks: Markdown.
enum MattermostPlatform: PlatformForm {
    static func message(for content: NoticeContent) -> PlatformMessage { MattermostPayload.message(for: content) }

    /// Mattermost's limiter, when switched on, gives ten a second.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 100, burst: 20) }

    static func verdict(on answer: WireAnswer) -> Verdict? { MattermostAnswers.verdict(on: answer) }

    static func hints(for url: WebhookURL) -> [WebhookURLHint] {
        let parts = url.steps
        guard parts.count >= 2, parts[parts.count - 2] == "hooks", let key = parts.last, key.utf8.count == 26 else {
            return [.notMattermostPath]
        }
        return []
    }
}

/// Anything that takes Standard Webhooks: signed JSON, recognised by its identifier however often it comes.
enum GenericPlatform: PlatformForm {
    static func message(for content: NoticeContent) -> PlatformMessage { GenericPayload.message(for: content) }

    static var contentType: String { "application/json" }

    /// Ten a second is a courtesy.
    static var rate: SendingRate { SendingRate(everyMilliseconds: 100, burst: 20) }

    static var ambiguityPolicy: AmbiguityPolicy { .resendSameIdentifier }

    static var signs: Bool { true }
}
