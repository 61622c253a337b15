/// Where notices go: a chat webhook with rules.
package struct Channel: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["channel"]

    /// What listens at the other end.
    package enum Platform: String, Sendable, CaseIterable {
        case slack, mattermost, teams, discord
        case googleChat = "google_chat"
        case zulip
        case rocketChat = "rocket_chat"
        case matrix
        case lineWorks = "line_works"
        case chatwork
        /// Anything that takes Standard Webhooks.
        case generic
        /// A mailbox.
        case mail
    }

    /// Whether notices flow.
    package enum State: Hashable, Sendable {
        case active
        /// Notices are kept back until the instant.
        case muted(until: Instant)
        /// The other end has refused for good; notices are kept until someone mends it.
        case stopped(reason: String, at: Instant)

        /// The word in the store and the API.
        package var word: String {
            switch self {
            case .active: "active"
            case .muted: "muted"
            case .stopped: "stopped"
            }
        }
    }

    /// What comes this way.
    package enum Purpose: String, Sendable, CaseIterable {
        /// Notices by the channel's rules: a channel that somebody added.
        case notices
        /// Letters to one mail address, such as invitations: made by the software, in no list of channels.
        case letters
        /// The same for a reader who wants no letters but those that cannot be done without.
        case neededLetters = "needed_letters"
    }

    /// A signing key that will soon be gone.
    package struct RetiringKey: Hashable, Sendable {
        /// The key, encrypted.
        package let sealed: String
        /// It signs until then.
        package let until: Instant

        /// Takes both values.
        package init(sealed: String, until: Instant) {
            self.sealed = sealed
            self.until = until
        }
    }

    package let id: Identifier<Channel>
    /// Unique among all channels; commands call a channel by it.
    package var name: String
    package var platform: Platform
    /// The address, encrypted: for a chat platform it is itself the secret.
    package var sealedAddress: String
    /// The address with its secret part hidden, for people to recognise.
    package var shownAddress: String
    /// The signing key of a generic webhook, encrypted.
    package var sealedSigningKey: String?
    /// The signing key before the present one, which signs as well for a while, so that receivers can change over.
    package var retiringKey: RetiringKey?
    /// What some platforms need besides an address (a token, a bot's key), encrypted.
    package var sealedCredential: String?
    package var language: Language
    package var rules: Rules
    package var state: State
    /// The person whose own channel it is; nothing for a channel of the whole exchange.
    package var owner: Identifier<Participant>?
    package var purpose: Purpose
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Channel>, name: String, platform: Platform, sealedAddress: String, shownAddress: String,
        sealedSigningKey: String?, retiringKey: RetiringKey? = nil, sealedCredential: String? = nil,
        language: Language, rules: Rules, state: State, owner: Identifier<Participant>?, purpose: Purpose = .notices,
        version: Int, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.name = name
        self.platform = platform
        self.sealedAddress = sealedAddress
        self.shownAddress = shownAddress
        self.sealedSigningKey = sealedSigningKey
        self.retiringKey = retiringKey
        self.sealedCredential = sealedCredential
        self.language = language
        self.rules = rules
        self.state = state
        self.owner = owner
        self.purpose = purpose
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

extension Channel {
    /// Whether notices may be sent at the moment.
    package func isOpen(at now: Instant) -> Bool {
        switch state {
        case .active: true
        case .muted(let until): until <= now
        case .stopped: false
        }
    }

    /// The log entry of something done to the channel.
    package func happening(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, details: [String: String] = [:]
    ) -> Happening {
        Happening(
            kind, subject: id.text, related: owner.map { [$0.text] } ?? [], by: actor, at: now,
            details: details.merging(["name": name]) { first, _ in first })
    }
}
