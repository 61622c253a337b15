import Exchange
import Operations
import WebCommon

/// Postings on the wire.
enum PostingForm {
    static func schema(_ fields: Schema) -> Schema {
        .named(
            "Posting",
            .object(
                [
                    .required("id", .id(Posting.self)), .required("kind", .choice(Posting.Kind.self)),
                    .required(
                        "disclosure", .oneOf(["full", "named", "anonymous"]),
                        "How much this reader is shown: all, all but what is for coordinators, or nothing of the owner."
                    ),
                    .required(
                        "owner", Schema.id(Participant.self).orNull, "Null when the posting is anonymous to the reader."
                    ),
                    .required("organization", Schema.id(Organization.self).orNull),
                    .required("state", .oneOf(Posting.State.words)), .required("state_since", Schema.time.orNull),
                    .required("closure", closure.orNull), .required("revision", .version),
                    .required("version", .version),
                    .required("created_at", .time), .required("updated_at", .time),
                ] + stored(fields)))
    }

    private static let closure = Schema.object([
        .required("outcome", .choice(Posting.Closure.Outcome.self)), .required("note", Schema.stored.orNull),
    ])

    /// The content as it is answered.
    static func stored(_ fields: Schema) -> [Property] {
        [
            .required("title", .stored), .required("summary", .stored), .required("detail", .stored),
            .required("purpose", Schema.stored.orNull), .required("means", Schema.stored.orNull),
            .required("fields", .array(fields)), .required("keywords", .array(.stored)),
            .required("stage", Schema.integer(1...9).orNull, "Technology readiness level."),
            .required("ipr", Schema.choice(PostingContent.IPRStatus.self).orNull),
            .required("cooperation", .array(.choice(PostingContent.Cooperation.self))),
            .required("region_wishes", .array(.stored)), .required("language", .choice(Language.self)),
            .required("visibility", .choice(PostingContent.Visibility.self)),
            .required("expires_at", Schema.time.orNull),
            .required("external_id", Schema.stored.orNull), .required("origin", Schema.stored.orNull),
        ]
    }

    static func json(_ shown: DisclosedPosting) -> JSONValue {
        let posting = shown.posting
        var object = JSONObject([
            ("id", .string(posting.id.text)), ("kind", .string(posting.kind.rawValue)),
            ("disclosure", .string(shown.degree.rawValue)), ("owner", .id(shown.owner)),
            ("organization", .id(shown.organization)), ("state", .string(posting.state.word)),
            ("state_since", .time(posting.state.since)), ("closure", .null),
            ("revision", .integer(posting.revision)), ("version", .integer(posting.version)),
            ("created_at", .time(posting.createdAt)), ("updated_at", .time(posting.updatedAt)),
        ])
        if case .closed(let closure) = posting.state {
            object["closure"] = ["outcome": .string(closure.outcome.rawValue), "note": .optional(closure.note)]
        }
        for member in json(posting.content) { object.append(member.0, member.1) }
        return .object(object)
    }

    static func json(_ content: PostingContent) -> [(String, JSONValue)] {
        [
            ("title", .string(content.title)), ("summary", .string(content.summary)),
            ("detail", .string(content.detail)),
            ("purpose", .optional(content.purpose)), ("means", .optional(content.means)),
            ("fields", .list(content.fields.map(\.text))), ("keywords", .list(content.keywords)),
            ("stage", .optional(content.stage)), ("ipr", .optional(content.ipr?.rawValue)),
            ("cooperation", .list(content.cooperation.map(\.rawValue))),
            ("region_wishes", .list(content.regionWishes.map(\.text))),
            ("language", .string(content.language.rawValue)),
            ("visibility", .string(content.visibility.rawValue)), ("expires_at", .time(content.expiresAt)),
            ("external_id", .optional(content.externalID)), ("origin", .optional(content.origin)),
        ]
    }

    /// The content of a new posting (`title` and `language` are needed) or of a change (nothing is).
    static func properties(_ fields: Schema, needed: Property.Presence) -> [Property] {
        [
            Property(
                name: "title", schema: .name(TextLimits.title, example: "Drying fruit peel with waste heat"),
                presence: needed),
            .optional("summary", .lines(TextLimits.summary), "May be shown without naming the owner."),
            .optional("detail", .lines(TextLimits.detail), "Shown to those who may know the owner."),
            .optional("purpose", Schema.lines(TextLimits.detail).orNull, "What it is for."),
            .optional("means", Schema.lines(TextLimits.detail).orNull, "How it is done, or may be done."),
            .optional("fields", .array(fields, 0...TextLimits.fields, .unique)),
            .optional("keywords", .array(.name(TextLimits.keyword, example: "drying"), 0...TextLimits.keywords)),
            .optional("stage", Schema.integer(1...9).orNull, "Technology readiness level."),
            .optional("ipr", Schema.choice(PostingContent.IPRStatus.self).orNull),
            .optional("cooperation", .array(.choice(PostingContent.Cooperation.self), 0...8, .unique)),
            .optional("region_wishes", .array(.string(.region), 0...TextLimits.regions, .unique)),
            Property(name: "language", schema: .choice(Language.self), presence: needed),
            .optional("visibility", .choice(PostingContent.Visibility.self), "named when not given."),
            .optional("expires_at", Schema.time.orNull),
            .optional(
                "external_id", Schema.line(TextLimits.externalID).orNull, "Your own key, unique in the organization."),
        ]
    }

    static func content(_ body: JSONValue) throws(Refusal) -> PostingContent {
        var content = PostingContent(title: body.text("title") ?? "", language: body.choice("language") ?? .ja)
        try apply(body, to: &content)
        return content
    }

    /// Changes what the body names.
    static func apply(_ body: JSONValue, to content: inout PostingContent) throws(Refusal) {
        body.change("title", &content.title)
        body.change("summary", &content.summary)
        body.change("detail", &content.detail)
        body.change("purpose", &content.purpose)
        body.change("means", &content.means)
        if let fields = body.texts("fields") { content.fields = fields.map(FieldCode.init) }
        if let keywords = body.texts("keywords") { content.keywords = keywords }
        if let stage = body["stage"] { content.stage = stage.integer }
        if body["ipr"] != nil { content.ipr = body.choice("ipr") }
        if let cooperation = body.choices("cooperation", PostingContent.Cooperation.self) {
            content.cooperation = cooperation
        }
        if let wishes = body.texts("region_wishes") {
            content.regionWishes = try wishes.map { text throws(Refusal) in
                try RegionCode(text, field: "region_wishes")
            }
        }
        body.change("language", &content.language)
        body.change("visibility", &content.visibility)
        if body["expires_at"] != nil { content.expiresAt = body.time("expires_at") }
        body.change("external_id", &content.externalID)
    }
}

/// Revisions and give-aways on the wire.
enum RevisionForm {
    static func schema(_ fields: Schema) -> Schema {
        .named(
            "Revision",
            .object(
                [.required("number", .version), .required("by", .stored), .required("at", .time)]
                    + PostingForm.stored(fields)))
    }

    static func json(_ revision: PostingRevision) -> JSONValue {
        let head: [(String, JSONValue)] = [
            ("number", .integer(revision.number)), ("by", .string(revision.by.text)), ("at", .time(revision.at)),
        ]
        return .object(JSONObject(head + PostingForm.json(revision.content)))
    }

    static let giveAway = Schema.named(
        "GiveAway",
        .object([
            .required("kind", .choice(GiveAway.Kind.self)), .required("field", .stored), .required("excerpt", .stored),
            .required("words", .stored, "What is wrong and what to do."),
        ]))

    static func json(_ found: GiveAway) -> JSONValue {
        [
            "kind": .string(found.kind.rawValue), "field": .string(found.field), "excerpt": .string(found.excerpt),
            "words": .string(found.words),
        ]
    }
}
