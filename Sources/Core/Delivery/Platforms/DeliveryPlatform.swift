/// A kind of receiver. Its `form` decides payload, limits, rate and how answers are judged; all else here asks it.
package enum DeliveryPlatform: String, Sendable, CaseIterable {
    case slack, mattermost, teams, discord
    case googleChat = "google_chat"
    case zulip
    case rocketChat = "rocket_chat"
    case matrix
    case lineWorks = "line_works"
    case chatwork, generic
    /// A mailbox.
    case mail

    /// The one place that tells platforms apart.
    package var form: any PlatformForm.Type {
        switch self {
        case .slack: SlackPlatform.self
        case .mattermost: MattermostPlatform.self
        case .teams: TeamsPlatform.self
        case .discord: DiscordPlatform.self
        case .googleChat: GoogleChatPlatform.self
        case .zulip: ZulipPlatform.self
        case .rocketChat: RocketChatPlatform.self
        case .matrix: MatrixPlatform.self
        case .lineWorks: LineWorksPlatform.self
        case .chatwork: ChatworkPlatform.self
        case .generic: GenericPlatform.self
        case .mail: MailPlatform.self
        }
    }

    /// The body that says `content` on this platform.
    package func payload(for content: NoticeContent) -> [UInt8] { form.message(for: content).bytes }

    /// How fast a single channel may be written to.
    package var rate: SendingRate { form.rate }

    /// What to do when nobody knows whether the receiver acted.
    package var ambiguityPolicy: AmbiguityPolicy { form.ambiguityPolicy }

    /// Whether requests are signed by the Standard Webhooks rule.
    package var signs: Bool { form.signs }

    /// The media type of every request of this platform.
    package var contentType: String { form.contentType }

    /// Checks the secret that the platform needs besides its address; throws what is missing or wrong.
    package func check(credential: String?) throws(CredentialRefusal) {
        if let credential {
            _ = try form.header(for: credential)
        } else if let words = form.credentialWords {
            throw .missing(words)
        }
    }

    /// What looks wrong about `url` for this platform; empty when nothing does.
    package func hints(for url: WebhookURL) -> [WebhookURLHint] {
        if let known = Self.owner(of: url), known != self {
            return self == .generic && known != .slack ? [.otherPlatform] : [known.hintOfOwner]
        }
        return form.hints(for: url)
    }

    /// The platform whose service has this host.
    private static func owner(of url: WebhookURL) -> DeliveryPlatform? {
        let hosts: [(String, DeliveryPlatform)] = [
            ("hooks.slack.com", .slack), ("hooks.slack-gov.com", .slack), ("discord.com", .discord),
            ("discordapp.com", .discord), ("webhook.office.com", .teams), ("logic.azure.com", .teams),
            ("api.powerplatform.com", .teams), ("chat.googleapis.com", .googleChat),
            ("webhook.worksmobile.com", .lineWorks), ("api.chatwork.com", .chatwork), ("zulipchat.com", .zulip),
        ]
        let found = hosts.first { url.host == $0.0 || url.host.hasSuffix("." + $0.0) }?.1
        return takesSlackForm(url, of: found) ? .slack : found
    }

    /// Discord and Zulip also take Slack's form, at addresses of their own.
    static func takesSlackForm(_ url: WebhookURL, of owner: DeliveryPlatform?) -> Bool {
        url.path.hasSuffix("/external/slack_incoming") || (owner == .discord && url.path.hasSuffix("/slack"))
    }

    private var hintOfOwner: WebhookURLHint {
        switch self {
        case .slack: .looksLikeSlack
        case .teams: .looksLikeTeams
        case .discord: .looksLikeDiscord
        case .googleChat: .looksLikeGoogleChat
        case .lineWorks: .looksLikeLineWorks
        case .chatwork: .looksLikeChatwork
        case .zulip: .looksLikeZulip
        case .mattermost, .rocketChat, .matrix, .generic, .mail: .otherPlatform
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
    /// Rocket.Chat's path is `/hooks/ID/TOKEN`.
    case notRocketChatPath
    /// Discord's path is `/api/webhooks/ID/TOKEN`.
    case notDiscordPath
    /// Google Chat's path is `/v1/spaces/ID/messages`, with key and token.
    case notGoogleChatPath
    /// A connector of the kind that Microsoft switched off in 2026.
    case oldTeamsConnector
    /// The address belongs to another platform.
    case looksLikeSlack, looksLikeTeams, looksLikeDiscord, looksLikeGoogleChat, looksLikeLineWorks, looksLikeChatwork
    case looksLikeZulip
    /// A chat service that takes no generic webhooks.
    case otherPlatform

    /// One plain English sentence for a form or a command line.
    package var sentence: String {
        switch self {
        case .notSlackHost: "Slack's webhooks are at hooks.slack.com; is this channel on another platform?"
        case .notSlackPath: "A Slack webhook looks like https://hooks.slack.com/services/T.../B.../...; was it cut?"
        case .notMattermostPath: "A Mattermost webhook ends in /hooks/ and 26 letters and digits; was it cut?"
        case .notRocketChatPath: "A Rocket.Chat webhook ends in /hooks/ID/TOKEN; was it cut?"
        case .notDiscordPath: "A Discord webhook looks like https://discord.com/api/webhooks/ID/TOKEN; was it cut?"
        case .notGoogleChatPath:
            "A Google Chat webhook looks like https://chat.googleapis.com/v1/spaces/ID/messages?key=...&token=...; "
                + "was it cut?"
        case .oldTeamsConnector:
            "Microsoft has switched off connectors at webhook.office.com; make a workflow in Teams (Workflows, "
                + "\"Post to a channel when a webhook request is received\") and enter its address."
        case .looksLikeSlack: "This is a Slack address, or one that takes Slack's form; choose the platform slack."
        case .looksLikeTeams: "This is a Microsoft Teams address; choose the platform teams."
        case .looksLikeDiscord: "This is a Discord address; choose the platform discord."
        case .looksLikeGoogleChat: "This is a Google Chat address; choose the platform google_chat."
        case .looksLikeLineWorks: "This is a LINE WORKS address; choose the platform line_works."
        case .looksLikeChatwork: "This is a Chatwork address; choose the platform chatwork."
        case .looksLikeZulip: "This is a Zulip address; choose the platform zulip."
        case .otherPlatform: "This service expects another message form and may refuse these messages."
        }
    }
}
