import Exchange

/// The clock of the tests.
let noon = Instant(milliseconds: 1_800_000_000_000)
/// Whoever acts where it does not matter who.
let clerk = ActorReference.system("test")

/// The n-th identifier of a kind.
func id<Owner: Identified>(_ number: UInt64, _ prefix: String? = nil) -> Identifier<Owner> {
    .make(prefix: prefix, at: noon, random: (0, number))
}

func field(
    _ code: String, in parent: String? = nil, near neighbours: [String] = [], _ labels: [Language: String]? = nil
) -> Field {
    Field(
        code: FieldCode(code), parent: parent.map { FieldCode($0) },
        labels: labels ?? Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, "\(code) \($0.rawValue)") }),
        neighbours: Set(neighbours.map { FieldCode($0) }))
}

/// Two classes: food (fermentation, cold-chain), machines (robots, pumps); pumps and cold-chain are neighbours.
func taxonomy() throws -> FieldTaxonomy {
    try FieldTaxonomy([
        field("food", [.ja: "食品", .en: "Food", .ko: "식품", .zh: "食品工业"]),
        field("fermentation", in: "food", [.ja: "発酵・醸造", .en: "Fermentation", .ko: "발효", .zh: "发酵"]),
        field("cold-chain", in: "food", near: ["pumps"]),
        field("machines"), field("robots", in: "machines"), field("pumps", in: "machines", near: ["cold-chain"]),
    ])
}

func organization(_ number: UInt64, _ name: String = "山陰みらい精機株式会社", kana: String? = nil) -> Organization {
    Organization(
        id: id(number), profile: Organization.Profile(name: name, nameKana: kana, kind: .company), version: 1,
        createdAt: noon, updatedAt: noon)
}

func person(
    _ number: UInt64, _ name: String = "田淵 千鶴", kana: String? = nil, of organization: UInt64 = 1,
    status: Participant.Status = .active, as role: Participant.Role = .member
) throws -> Participant {
    Participant(
        id: id(number), organization: id(organization),
        profile: Participant.Profile(
            name: name, nameKana: kana, email: try EmailAddress("p\(number)@example.jp"), language: .ja),
        role: role, status: status, consent: Participant.Consent(), version: 1, createdAt: noon, updatedAt: noon,
        joinedAt: noon)
}

func posting(
    _ state: Posting.State, _ visibility: PostingContent.Visibility = .named, expiresAt: Instant? = nil,
    owner: UInt64 = 1, organization: UInt64 = 1
) -> Posting {
    let content = PostingContent(
        title: "薄肉鋳物の欠陥を減らしたい", summary: "湯流れを見たい", detail: "当社の主力品 A-12 で起こる", purpose: "不良率を半分に",
        means: "高速度撮影", fields: [FieldCode("pumps")], keywords: ["鋳造"], stage: 4, ipr: .patented,
        language: .ja, visibility: visibility, expiresAt: expiresAt, externalID: "N-17", origin: "intro_x")
    return Posting(
        id: id(7, "need"), kind: .need, owner: id(owner), organization: id(organization), content: content,
        state: state, version: 3, revision: 2, createdAt: noon, updatedAt: noon)
}

func actor(
    _ role: Participant.Role, person: UInt64 = 90, of organization: UInt64 = 9,
    scopes: Set<AccessToken.Scope> = Set(AccessToken.Scope.allCases)
) -> Actor {
    Actor(reference: .participant(id(person)), organization: id(organization), role: role, scopes: scopes)
}

/// The problems of a refusal as "field code", or the refusal's words.
func problems<Value>(_ work: () throws -> Value) -> [String] {
    do {
        _ = try work()
        return []
    } catch {
        guard case .invalid(let problems) = error as? Refusal else { return ["\(error)"] }
        return problems.map { "\($0.field) \($0.code.rawValue)" }
    }
}

/// The words of the refusal, or nothing if there was none.
func refusal<Value>(_ work: () throws -> Value) -> String? {
    do {
        _ = try work()
        return nil
    } catch {
        return (error as? Refusal)?.words ?? "\(error)"
    }
}
