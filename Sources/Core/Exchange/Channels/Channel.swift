/// Where notices go: a chat webhook with rules.
package struct Channel: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["channel"]

    /// What listens at the other end.
    package enum Platform: String, Sendable, CaseIterable {
        case slack, mattermost
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
        sealedSigningKey: String?, language: Language, rules: Rules, state: State, owner: Identifier<Participant>?,
        purpose: Purpose = .notices, version: Int, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.name = name
        self.platform = platform
        self.sealedAddress = sealedAddress
        self.shownAddress = shownAddress
        self.sealedSigningKey = sealedSigningKey
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
    /// What a channel wants to hear. An empty list restricts nothing, except that single new postings come only to
    /// channels that ask for the topic: on a busy day they would drown the rest.
    package struct Rules: Hashable, Sendable {
        package var topics: [Topic]
        package var fields: [FieldCode]
        /// Of the postings concerned.
        package var languages: [Language]
        package var classes: [Match.Class]
        /// 0...1; matches below are passed over.
        package var minimumScore: Double

        /// Takes every value; by default everything is wanted.
        package init(
            topics: [Topic] = [], fields: [FieldCode] = [], languages: [Language] = [], classes: [Match.Class] = [],
            minimumScore: Double = 0
        ) {
            self.topics = topics
            self.fields = fields
            self.languages = languages
            self.classes = classes
            self.minimumScore = minimumScore
        }
    }

    /// What notices are about.
    package enum Topic: String, Sendable, CaseIterable {
        case matches, introductions, postings, groups
        /// A person's own meetings at an event; only their own channels hear of them.
        case meetings
        /// Asked for by a person who tries the channel; always sent.
        case test
        /// Addressed to the reader, whatever the rules say: invitations, sign-in links, news of the channel itself.
        case letter
    }

    /// What a notice is about, for the rules to judge.
    package struct Occasion: Sendable {
        package let topic: Topic
        package let fields: [FieldCode]
        package let languages: [Language]
        package let kind: Match.Class?
        package let score: Double?
        /// The people whose postings it concerns.
        package let concerned: [Identifier<Participant>]

        /// Takes every value.
        package init(
            topic: Topic, fields: [FieldCode] = [], languages: [Language] = [], kind: Match.Class? = nil,
            score: Double? = nil, concerned: [Identifier<Participant>] = []
        ) {
            self.topic = topic
            self.fields = fields
            self.languages = languages
            self.kind = kind
            self.score = score
            self.concerned = concerned
        }
    }

    /// Whether the channel wants to hear of it. A person's own channel hears only what concerns that person.
    package func wants(_ occasion: Occasion, in taxonomy: FieldTaxonomy) -> Bool {
        if occasion.topic == .test || occasion.topic == .letter { return true }
        guard purpose == .notices else { return false }
        if let owner, !occasion.concerned.contains(owner) { return false }
        if rules.topics.isEmpty ? occasion.topic == .postings : !rules.topics.contains(occasion.topic) { return false }
        if !rules.languages.isEmpty, Set(rules.languages).isDisjoint(with: occasion.languages) { return false }
        if !rules.classes.isEmpty, let kind = occasion.kind, !rules.classes.contains(kind) { return false }
        if let score = occasion.score, score < rules.minimumScore { return false }
        guard !rules.fields.isEmpty else { return true }
        return occasion.fields.contains { field in
            rules.fields.contains { $0 == field || taxonomy[field]?.parent == $0 }
        }
    }

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
