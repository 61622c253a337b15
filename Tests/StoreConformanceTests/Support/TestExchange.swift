import Delivery
import Exchange
import Operations
import Store
import Synchronization

extension TestEngines {
    /// An empty exchange with the whole schema.
    static func withExchange<Value>(
        _ kind: EngineKind, limits: EngineLimits = EngineLimits(),
        clock: @escaping @Sendable () -> Int64 = { noon }, _ body: (StoredExchange) async throws -> Value
    ) async throws -> Value {
        try await withEngine(kind, limits: limits, clock: clock) { engine in
            let store = StoredExchange(engine: engine)
            try await store.migrate()
            return try await body(store)
        }
    }
}

/// Makes well-formed things, each unlike the others.
enum Sample {
    static let noon = Instant(milliseconds: TestEngines.noon)
    private static let counter = Counter()

    static func id<Owner>(
        _ prefix: String? = nil, at moment: Instant = noon, of _: Owner.Type = Owner.self
    ) -> Identifier<Owner> {
        .make(prefix: prefix, at: moment, random: (0, UInt64(counter.next())))
    }

    static func organization(
        _ name: String = "Nanbu Castings", fields: [String] = ["casting"], number: String? = nil,
        external: String? = nil, region: String? = nil
    ) -> Organization {
        Organization(
            id: id(),
            profile: Organization.Profile(
                name: name, nameKana: "ナンブチュウゾウ", kind: .farmFishery,
                corporateNumber: number.map(CorporateNumber.init(stored:)),
                region: region.map(RegionCode.init(stored:)), municipality: "盛岡市", website: "https://example.jp",
                fields: fields.map { FieldCode($0) }, externalID: external, note: "a note\nin two lines"),
            version: 1, createdAt: noon, updatedAt: noon)
    }

    static func participant(
        of organization: Identifier<Organization>, name: String = "佐藤 花子", email: String? = nil,
        external: String? = nil, role: Participant.Role = .member, status: Participant.Status = .active
    ) -> Participant {
        let id: Identifier<Participant> = id()
        return Participant(
            id: id, organization: organization,
            profile: Participant.Profile(
                name: name, nameKana: "サトウ ハナコ", email: EmailAddress(stored: email ?? "\(id.text)@example.jp"),
                phone: "019-000-0000", language: .ja, externalID: external, note: nil),
            role: role, status: status, consent: Participant.Consent(listedAt: noon), version: 1, createdAt: noon,
            updatedAt: noon, joinedAt: noon)
    }

    static func posting(
        _ kind: Posting.Kind, by owner: Participant, title: String = "鋳物の表面を滑らかにする", fields: [String] = ["casting"],
        state: Posting.State = .published(since: noon), visibility: PostingContent.Visibility = .named,
        external: String? = nil, expires: Instant? = nil, at moment: Instant = noon
    ) -> Posting {
        Posting(
            id: id(kind.rawValue, at: moment), kind: kind, owner: owner.id, organization: owner.organization,
            content: PostingContent(
                title: title, summary: "要約 \"quoted\" \\ and a tab\t", detail: "詳細\nzweite Zeile 🚀", purpose: "目的",
                means: nil, fields: fields.map { FieldCode($0) }, keywords: ["鋳造", "표면", "surface, finish"], stage: 4,
                ipr: .patentPending, cooperation: [.jointResearch, .testUse],
                regionWishes: [RegionCode(stored: "JP-03")], language: .ja, visibility: visibility, expiresAt: expires,
                externalID: external, origin: "intro_1"),
            state: state, version: 1, revision: 1, createdAt: moment, updatedAt: moment)
    }

    static func match(
        _ need: Posting, _ seed: Posting, score: Double = 0.5, state: Match.State = .proposed,
        kind: Match.Class = .bridge, at moment: Instant = noon
    ) -> Match {
        Match(
            id: id(at: moment), need: need.id, seed: seed.id, score: score, parts: ["lexical": 0.25, "fields": 1],
            kind: kind, reason: "{\"terms\":[\"鋳造\"]}", state: state, round: "round 1", version: 1, createdAt: moment,
            updatedAt: moment)
    }

    static func party(_ posting: Posting, answer: Introduction.Answer? = nil) -> Introduction.Party {
        Introduction.Party(
            posting: posting.id, owner: posting.owner, organization: posting.organization, answer: answer)
    }

    static func introduction(
        _ need: Posting, _ seed: Posting, match: Identifier<Match>? = nil, state: Introduction.State = .interested
    ) -> Introduction {
        Introduction(
            id: id(), match: match,
            needSide: party(need, answer: .interested(message: "話しましょう", by: .participant(need.owner), at: noon)),
            seedSide: party(seed), state: state, version: 1, createdAt: noon, updatedAt: noon)
    }

    static func channel(
        _ name: String = "exchange", state: Channel.State = .active, owner: Identifier<Participant>? = nil
    ) -> Channel {
        Channel(
            id: id(), name: name, platform: .slack, sealedAddress: "sealed", shownAddress: "https://hooks…/***",
            sealedSigningKey: nil, language: .ko,
            rules: Channel.Rules(
                topics: [.matches], fields: [FieldCode("casting")], languages: [.ja], classes: [.bridge],
                minimumScore: 0.25),
            state: state, owner: owner, version: 1, createdAt: noon, updatedAt: noon)
    }

    static func notice(to channel: Channel, body: String = "{\"text\":\"マッチ\"}") -> Notice {
        Notice(
            id: id(), channel: channel.id, topic: .matches, subject: "match_1", body: body, markedBody: "marked",
            createdAt: noon)
    }

    static func happening(
        _ subject: String, related: [String] = [], kind: Happening.Kind = .postingPublished
    ) -> Happening {
        Happening(
            kind, subject: subject, related: related, by: .system("cli"), at: noon,
            details: ["reason": "\"so\"\n", "b": "2"])
    }

    /// Two organizations with a person each, in the store.
    static func twoSides(_ store: StoredExchange) async throws -> (left: Participant, right: Participant) {
        let organizations = [organization("Left"), organization("Right")]
        let people = organizations.map { participant(of: $0.id) }
        try await store.write { tx in
            for organization in organizations { try tx.insert(organization) }
            for person in people { try tx.insert(person) }
        }
        return (people[0], people[1])
    }

    /// A need of the one side and a seed of the other, in the store.
    static func pair(_ store: StoredExchange) async throws -> (need: Posting, seed: Posting) {
        let (left, right) = try await twoSides(store)
        let need = posting(.need, by: left)
        let seed = posting(.seed, by: right)
        try await store.write { tx in
            try tx.insert(need)
            try tx.insert(seed)
        }
        return (need, seed)
    }
}

extension StoredExchange {
    /// Pages through a list to its end, so many at a time.
    func all<Item: Sendable>(
        by limit: Int, _ list: @escaping @Sendable (StoredTransaction, PageRequest) throws -> Page<Item>
    ) async throws -> [Item] {
        var items: [Item] = []
        var after: String?
        repeat {
            let request = PageRequest(limit: limit, after: after)
            let page = try await read { try list($0, request) }
            items += page.items
            after = page.next
        } while after != nil
        return items
    }
}
