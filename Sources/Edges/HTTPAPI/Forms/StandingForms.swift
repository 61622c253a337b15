import Exchange
import Operations
import WebCommon

/// Entries of the log on the wire.
enum HappeningForm {
    static let schema = Schema.named(
        "Happening",
        .object([
            .required("sequence", .integer(0...Int.max)), .required("kind", .choice(Happening.Kind.self)),
            .required("subject", .stored), .required("related", .array(.stored)), .required("actor", .stored),
            .required("at", .time), .required("details", .map(.stored)),
        ]))

    static func json(_ entry: RecordedHappening) -> JSONValue {
        let happening = entry.happening
        let details = happening.details.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        return [
            "sequence": .integer(Int(entry.sequence)), "kind": .string(happening.kind.rawValue),
            "subject": .string(happening.subject), "related": .list(happening.related),
            "actor": .string(happening.actor.text), "at": .time(happening.at), "details": .object(JSONObject(details)),
        ]
    }
}

/// Tokens on the wire: never their secrets, but for the one answer that makes them.
enum TokenForm {
    static let schema = Schema.named(
        "Token",
        .object([
            .required("id", .id(AccessToken.self)), .required("participant", .id(Participant.self)),
            .required("name", .stored), .required("scopes", .array(.choice(AccessToken.Scope.self))),
            .required("created_at", .time), .required("expires_at", Schema.time.orNull),
            .required("revoked_at", Schema.time.orNull),
        ]))

    static let issued = Schema.named(
        "IssuedToken",
        .object([
            .required("token", schema), .required("secret", .stored, "Shown this once. Keep it like a password."),
        ]))

    static func json(_ token: AccessToken) -> JSONValue {
        [
            "id": .string(token.id.text), "participant": .string(token.participant.text), "name": .string(token.name),
            "scopes": .list(token.scopes.map(\.rawValue).sorted()), "created_at": .time(token.createdAt),
            "expires_at": .time(token.expiresAt), "revoked_at": .time(token.revokedAt),
        ]
    }

    static func json(_ issued: IssuedToken) -> JSONValue {
        ["token": json(issued.token), "secret": .string(issued.secret)]
    }
}

/// The taxonomy of fields on the wire.
enum FieldForm {
    /// The schema of a code: one of those that there are.
    static func code(_ taxonomy: FieldTaxonomy) -> Schema {
        .named("FieldCode", .oneOf(taxonomy.fields.map(\.code.text)))
    }

    static func schema(_ code: Schema) -> Schema {
        let leaf: [Property] = [
            .required("code", code), .required("labels", .map(.stored), "By language."),
            .required("neighbours", .array(code)),
        ]
        let field = Schema.named("Field", .object(leaf))
        return .named("FieldClass", .object(leaf + [.required("fields", .array(field))]))
    }

    /// The classes with their fields, in the order of the taxonomy.
    static func json(_ taxonomy: FieldTaxonomy) -> JSONValue {
        .array(
            taxonomy.fields.filter { $0.parent == nil }.map { top in
                let children = taxonomy.fields.filter { $0.parent == top.code }.map { JSONValue.object(object($0)) }
                var members = object(top)
                members["fields"] = .array(children)
                return .object(members)
            })
    }

    private static func object(_ field: Field) -> JSONObject {
        let labels = field.labels.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { ($0.key.rawValue, JSONValue.string($0.value)) }
        return JSONObject([
            ("code", .string(field.code.text)), ("labels", .object(JSONObject(labels))),
            ("neighbours", .list(field.neighbours.sorted().map(\.text))),
        ])
    }
}

/// The counts on the wire.
enum OverviewForm {
    private static let counts = Schema.map(.integer(0...Int.max))

    static let schema = Schema.named(
        "Overview",
        .object([
            .required("participants", counts, "By status."), .required("participant_target", .integer(0...Int.max)),
            .required("needs", counts, "By state."), .required("seeds", counts, "By state."),
            .required("matches_by_class", counts), .required("matches_by_state", counts),
            .required("introductions", counts, "By state."), .required("deliveries", counts, "By state."),
            .required("last_sequence", .integer(0...Int.max)),
            .required("meaning", meaning, "How far the meaning vectors of published postings are."),
        ]))

    private static let meaning = Schema.object([
        .required("model", Schema.stored.orNull, "Null where matching goes by words and concepts alone."),
        .required("ready", .integer(0...Int.max), "Postings that have vectors."),
        .required("waiting", .integer(0...Int.max), "Postings that wait for theirs."),
        .required("given_up", .integer(0...Int.max), "Postings whose text the encoder could not read."),
        .required("fault", Schema.stored.orNull, "Why no vectors are made at the moment."),
    ])

    static func json(_ overview: Overview, _ progress: MeaningProgress) -> JSONValue {
        func postings(_ kind: Posting.Kind) -> JSONValue {
            sums(overview.postings.filter { $0.kind == kind }.map { ($0.state, $0.count) })
        }
        return [
            "participants": sums(overview.participants.map { ($0.key, $0.value) }),
            "participant_target": .integer(overview.participantTarget), "needs": postings(.need),
            "seeds": postings(.seed), "matches_by_class": sums(overview.matches.map { ($0.kind.rawValue, $0.count) }),
            "matches_by_state": sums(overview.matches.map { ($0.state.rawValue, $0.count) }),
            "introductions": sums(overview.introductions.map { ($0.key, $0.value) }),
            "deliveries": sums(overview.deliveries.map { ($0.key, $0.value) }),
            "last_sequence": .integer(Int(overview.lastSequence)),
            "meaning": [
                "model": .optional(progress.model), "ready": .integer(progress.ready),
                "waiting": .integer(progress.waiting), "given_up": .integer(progress.givenUp),
                "fault": .optional(progress.fault?.what),
            ],
        ]
    }

    private static func sums(_ counts: [(String, Int)]) -> JSONValue {
        let added = Dictionary(counts, uniquingKeysWith: +)
        return .object(JSONObject(added.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) }))
    }
}
