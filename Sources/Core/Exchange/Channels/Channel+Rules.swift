extension Channel {
    /// What a channel wants to hear, and when. An empty list restricts nothing, except that single new postings come
    /// only to channels that ask for the topic or follow what they belong to: on a busy day they would drown the rest.
    package struct Rules: Hashable, Sendable {
        package var topics: [Topic]
        package var fields: [FieldCode]
        /// Where the organizations are; those of anonymous postings are not known to channels.
        package var regions: [RegionCode]
        /// Of the postings concerned.
        package var languages: [Language]
        package var classes: [Match.Class]
        /// 0...1; matches below are passed over.
        package var minimumScore: Double
        package var anonymity: Anonymity
        /// Heard of whatever the other rules say, but for the topics.
        package var follow: [Subject]
        /// Never heard of; stronger than everything else.
        package var mute: [Subject]
        package var cadence: Cadence
        package var quietHours: QuietHours?
        package var backlog: Backlog

        /// Takes every value; by default everything is wanted at once, each in a message of its own.
        package init(
            topics: [Topic] = [], fields: [FieldCode] = [], regions: [RegionCode] = [], languages: [Language] = [],
            classes: [Match.Class] = [], minimumScore: Double = 0, anonymity: Anonymity = .any,
            follow: [Subject] = [], mute: [Subject] = [], cadence: Cadence = .immediate,
            quietHours: QuietHours? = nil, backlog: Backlog = .each
        ) {
            self.topics = topics
            self.fields = fields
            self.regions = regions
            self.languages = languages
            self.classes = classes
            self.minimumScore = minimumScore
            self.anonymity = anonymity
            self.follow = follow
            self.mute = mute
            self.cadence = cadence
            self.quietHours = quietHours
            self.backlog = backlog
        }
    }

    /// What notices are about.
    package enum Topic: String, Sendable, CaseIterable {
        case matches, introductions, postings, groups, events
        /// A person's own meetings at an event; only their own channels hear of them.
        case meetings
        /// Asked for by a person who tries the channel; always sent.
        case test
        /// Addressed to the reader, whatever the rules say: invitations, sign-in links, news of the channel itself.
        case letter

        /// Those that rules can name.
        package static let choices: [Topic] = [.matches, .introductions, .postings, .groups, .events, .meetings, .test]
    }

    /// Whether postings without a name are wanted.
    package enum Anonymity: String, Sendable, CaseIterable {
        case any
        /// Only what concerns no anonymous posting.
        case named
        /// Only what concerns an anonymous posting.
        case anonymous
    }

    /// What a channel can follow or mute.
    package enum Subject: Hashable, Sendable {
        case posting(Identifier<Posting>)
        /// With its named postings; which anonymous ones are its own, a channel may not know.
        case organization(Identifier<Organization>)
        /// With its parts.
        case field(FieldCode)

        /// Reads an identifier of a posting or an organization; anything else is a field's code.
        package init(_ text: String) {
            if let posting = try? Identifier<Posting>(text) {
                self = .posting(posting)
            } else if let organization = try? Identifier<Organization>(text) {
                self = .organization(organization)
            } else {
                self = .field(FieldCode(text))
            }
        }

        /// The identifier or the code.
        package var text: String {
            switch self {
            case .posting(let id): id.text
            case .organization(let id): id.text
            case .field(let code): code.text
            }
        }
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
        package let postings: [Identifier<Posting>]
        /// Of its named postings only.
        package let organizations: [Identifier<Organization>]
        /// Where the named organizations are.
        package let regions: [RegionCode]
        /// Whether it concerns an anonymous posting.
        package let isAnonymous: Bool
        package let audience: Audience

        /// Whose channels may hear of it.
        package enum Audience: Sendable {
            case everybody
            /// Only channels of people whom it concerns.
            case concerned
        }

        /// Takes every value.
        package init(
            topic: Topic, fields: [FieldCode] = [], languages: [Language] = [], kind: Match.Class? = nil,
            score: Double? = nil, concerned: [Identifier<Participant>] = [], postings: [Identifier<Posting>] = [],
            organizations: [Identifier<Organization>] = [], regions: [RegionCode] = [], isAnonymous: Bool = false,
            audience: Audience = .everybody
        ) {
            self.topic = topic
            self.fields = fields
            self.languages = languages
            self.kind = kind
            self.score = score
            self.concerned = concerned
            self.postings = postings
            self.organizations = organizations
            self.regions = regions
            self.isAnonymous = isAnonymous
            self.audience = audience
        }

        /// What is to be said about some postings. `regions` knows where organizations are.
        package init(
            _ topic: Topic, about postings: [Posting], kind: Match.Class? = nil, score: Double? = nil,
            regions: [Identifier<Organization>: RegionCode] = [:]
        ) {
            let named = postings.filter { $0.content.visibility == .named }.map(\.organization)
            self.init(
                topic: topic, fields: postings.flatMap(\.content.fields), languages: postings.map(\.content.language),
                kind: kind, score: score, concerned: postings.map(\.owner), postings: postings.map(\.id),
                organizations: named, regions: named.compactMap { regions[$0] },
                isAnonymous: named.count < postings.count)
        }
    }

    /// Whether the channel wants to hear of it. A person's own channel hears only what concerns that person, and what
    /// it follows.
    package func wants(_ occasion: Occasion, in taxonomy: FieldTaxonomy) -> Bool {
        if occasion.topic == .test || occasion.topic == .letter { return true }
        guard purpose == .notices else { return false }
        if occasion.touches(rules.mute, in: taxonomy) { return false }
        if owner == nil, occasion.audience == .concerned || occasion.topic == .meetings { return false }
        let isFollowed = occasion.audience == .everybody && occasion.touches(rules.follow, in: taxonomy)
        if let owner, !occasion.concerned.contains(owner), !isFollowed { return false }
        if rules.topics.isEmpty
            ? occasion.topic == .postings && !isFollowed : !rules.topics.contains(occasion.topic)
        {
            return false
        }
        if isFollowed || occasion.topic == .meetings { return true }
        guard occasion.topic == .events else { return rules.admit(occasion, in: taxonomy) }
        // One's own affairs, and what names no field, concern every field; events have no class, score or language.
        if occasion.audience == .concerned || rules.fields.isEmpty || occasion.fields.isEmpty { return true }
        return occasion.touches(rules.fields.map(Channel.Subject.field), in: taxonomy)
    }
}

extension Channel.Rules {
    /// Whether an occasion of a wanted topic passes every restriction.
    fileprivate func admit(_ occasion: Channel.Occasion, in taxonomy: FieldTaxonomy) -> Bool {
        switch anonymity {
        case .any: break
        case .named: if occasion.isAnonymous { return false }
        case .anonymous: if !occasion.isAnonymous { return false }
        }
        if !languages.isEmpty, Set(languages).isDisjoint(with: occasion.languages) { return false }
        if !classes.isEmpty, let kind = occasion.kind, !classes.contains(kind) { return false }
        if let score = occasion.score, score < minimumScore { return false }
        if !regions.isEmpty, !occasion.regions.contains(where: { place in regions.contains { $0.covers(place) } }) {
            return false
        }
        return fields.isEmpty || occasion.touches(fields.map(Channel.Subject.field), in: taxonomy)
    }
}

extension Channel.Occasion {
    /// Whether it is about one of the subjects; a field stands for its parts as well.
    fileprivate func touches(_ subjects: [Channel.Subject], in taxonomy: FieldTaxonomy) -> Bool {
        subjects.contains { subject in
            switch subject {
            case .posting(let id): postings.contains(id)
            case .organization(let id): organizations.contains(id)
            case .field(let code): fields.contains { $0 == code || taxonomy[$0]?.parent == code }
            }
        }
    }
}
