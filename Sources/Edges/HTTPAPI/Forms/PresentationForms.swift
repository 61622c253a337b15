import Exchange
import Operations
import WebCommon

/// Presentations on the wire.
enum PresentationForm {
    /// What a speaker writes: a new presentation needs title and language.
    static func input(needed: Property.Presence) -> [Property] {
        [
            Property(name: "title", schema: .name(TextLimits.title), presence: needed),
            Property(name: "language", schema: .choice(Language.self), presence: needed),
            .optional("abstract", .lines(TextLimits.detail)),
            .optional(
                "subject", Schema.line(60).orNull,
                "What it grew from: a posting, match, introduction, group or event, by its identifier."),
            .optional("minutes", Schema.integer(1...600).orNull, "Wished for."),
            .optional(
                "speakers", .array(.id(Participant.self), 0...EventLimits.people, .unique),
                "Whoever proposes it when nobody is named."),
            .optional("guests", .array(.name(TextLimits.name), 0...EventLimits.people), "Speakers from outside."),
            .optional("needs", Schema.lines(TextLimits.note).orNull, "A table, power, a screen."),
        ]
    }

    static let schema = Schema.named(
        "Presentation",
        .object(
            [
                .required("id", .id(Presentation.self)), .required("event", .id(Event.self)),
                .required("owner", .id(Participant.self)), .required("state", .choice(Presentation.State.self)),
                .required(
                    "remarks",
                    .array(
                        .object([
                            .required("kind", .choice(Presentation.Remark.Kind.self)), .optional("text", .stored),
                            .required("by", .stored), .required("at", .time),
                        ])), "The review, oldest first; for its people and coordinators."),
                .required("version", .version), .required("created_at", .time), .required("updated_at", .time),
            ] + input(needed: .required)))

    static func content(_ body: JSONValue, over old: Presentation.Content) throws -> Presentation.Content {
        var members = body.object ?? JSONObject()
        members["owner"] = nil
        return try JSONValue(document: old).overlaid(with: .object(members)).document()
    }
}

/// Programmes on the wire.
enum ProgrammeForm {
    private static let moment = Schema(
        .string(StringRule(length: 10...40, form: .line)), example: "2027-10-27T13:00")

    /// What a coordinator writes of a session: a new one needs title and times.
    static func input(needed: Property.Presence) -> [Property] {
        [
            Property(name: "title", schema: .name(TextLimits.title), presence: needed),
            Property(name: "from", schema: moment.about("RFC 3339, or local to the event's zone."), presence: needed),
            Property(name: "to", schema: moment, presence: needed),
            .optional("kind", .choice(ProgrammeSession.Kind.self)),
            .optional("place", Schema.line(TextLimits.name).orNull, "A hall, or a room as Hall A/Room 2."),
            .optional("summary", Schema.lines(TextLimits.summary).orNull),
            .optional(
                "presentations", .array(.id(Presentation.self), 0...EventLimits.people, .unique),
                "Accepted ones, in their order."),
            .optional(
                "people", .array(.id(Participant.self), 0...EventLimits.people, .unique),
                "Everybody else with a part: chairs, panellists."),
        ]
    }

    private static let person = Schema.object([
        .required("id", .id(Participant.self)), .required("name", .stored),
    ])

    static let session = Schema.named(
        "ProgrammeSession",
        .object([
            .required("id", .id(ProgrammeSession.self)), .required("kind", .choice(ProgrammeSession.Kind.self)),
            .required("title", .stored), .required("from", .time), .required("to", .time),
            .required("local_from", .stored, "In the event's zone."), .required("local_to", .stored),
            .required("place", Schema.stored.orNull), .required("summary", Schema.stored.orNull),
            .required(
                "presentations",
                .array(
                    .object([
                        .required("id", .id(Presentation.self)), .required("title", .stored),
                        .required("speakers", .array(person)), .required("guests", .array(.stored)),
                    ]))),
            .required("people", .array(person)),
        ]))

    private static let change = Schema.object([
        .required("session", .id(ProgrammeSession.self)), .required("title", .stored),
        .required("what", .array(.choice(ProgrammeDifference.Entry.Aspect.self))),
        .required("before", Schema.stored.orNull, "Local time and place as they were."),
        .required("after", Schema.stored.orNull),
    ])

    private static let warning = Schema.object([
        .required("kind", .choice(ProgrammeWarning.Kind.self)), .required("words", .stored),
        .required("items", .array(.stored), "Sessions and meetings, by their identifiers."),
        .required("people", .array(.id(Participant.self))),
    ])

    static let release = Schema.object([
        .required("number", .integer(1...1_000_000)), .required("released_at", .time),
        .required("note", Schema.stored.orNull), .required("sessions", .integer(0...EventLimits.sessions)),
    ])

    static let schema = Schema.named(
        "Programme",
        .object([
            .required("event", .id(Event.self)), .required("zone", .stored),
            .required("version", .version, "Of the draft."),
            .required("sessions", .array(session), "The draft for coordinators, the release for others."),
            .required("release", release.orNull, "What was released last."),
            .required("changes", .array(change), "Of the draft against the release; for coordinators."),
            .required("warnings", .array(warning), "What to look at; for coordinators."),
        ]))

    /// Changes what the body names.
    static func apply(_ body: JSONValue, to draft: inout SessionDraft) throws(Refusal) {
        body.change("title", &draft.title)
        body.change("from", &draft.from)
        body.change("to", &draft.to)
        body.change("kind", &draft.kind)
        body.change("place", &draft.place)
        body.change("summary", &draft.summary)
        if let ids = body.texts("presentations") {
            draft.presentations = try ids.map { id throws(Refusal) in try Identifier(id) }
        }
        if let ids = body.texts("people") { draft.people = try ids.map { id throws(Refusal) in try Identifier(id) } }
    }
}
