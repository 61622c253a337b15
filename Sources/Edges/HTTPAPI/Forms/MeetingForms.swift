package import Exchange
package import Operations
package import WebCommon

/// 1:1 meetings on the wire: the same members in the API and in the commands' output.
package enum MeetingForm {
    private static let span: [Property] = [.required("from", .time), .required("to", .time)]

    private static let table = Schema.object([
        .required("name", .name(TextLimits.name, example: "3")),
        .required("kind", .choice(MeetingDay.TableKind.self), "What it is good for."),
        .optional("hall", Schema.line(TextLimits.name).orNull, "A hall of the venue."),
    ])

    private static let languages = Schema.array(.choice(Language.self), 2...4, .unique)
        .about("Between which this person interprets.", example: ["ja", "ko"])

    private static let interpreter = Schema.object([
        .required("name", .name(TextLimits.name)),
        .required("languages", languages),
        .optional("unavailable", .array(.object(span), 0...40)),
    ])

    /// Two people.
    static let couple = Schema.array(.id(Participant.self), 2...2, .unique).about(
        "The two.", example: ["person_01k2w0000000000000000000a0", "person_01k2w0000000000000000000a1"])

    /// What coordinators write of a day.
    static let dayContent: [Property] = [
        .optional("slots", .array(.object(span), 0...MeetingDay.Limit.slots), "The times at which people meet."),
        .optional("tables", .array(table, 0...MeetingDay.Limit.tables)),
        .optional("interpreters", .array(interpreter, 0...MeetingDay.Limit.interpreters)),
        .optional("maximum", Schema.integer(0...MeetingDay.Limit.meetings).orNull, "The most meetings of one person."),
        .optional("minimum", .integer(0...MeetingDay.Limit.meetings), "So many each should have."),
        .optional("filling", .choice(MeetingDay.Filling.self), "What fills what wishes leave free."),
        .optional("wishes_close_at", Schema.time.orNull),
    ]

    static let day = Schema.named(
        "MeetingDay",
        .object(
            dayContent + [
                .required("event", .id(Event.self)), .required("version", .version), .required("updated_at", .time),
            ]))

    /// How meetings are held.
    package static func json(_ day: MeetingDay) throws -> JSONValue {
        var result = try JSONValue(document: day.content).object ?? JSONObject()
        result["event"] = .string(day.event.text)
        result["version"] = .integer(day.version)
        result["updated_at"] = .time(day.updatedAt)
        return .object(result)
    }

    static let wish = Schema.named(
        "MeetingWish",
        .object([
            .required("participant", .id(Participant.self)),
            .required("target", .stored, "A person or an organization."),
            .required("degree", .choice(MeetingWish.Degree.self)), .required("note", Schema.stored.orNull),
            .required("at", .time),
        ]))

    /// Whom somebody wants to meet, or not.
    package static func json(_ wish: MeetingWish) -> JSONValue {
        [
            "participant": .string(wish.from.text), "target": .string(wish.target.text),
            "degree": .string(wish.degree.rawValue), "note": .optional(wish.note), "at": .time(wish.at),
        ]
    }

    static let suggestion = Schema.object([
        .required("participant", .id(Participant.self)), .required("name", .stored),
        .required("organization", Schema.stored.orNull), .required("match", .id(Match.self)),
        .required("score", .number(0...1)), .required("kind", .choice(Match.Class.self)),
        .required("wish", Schema.choice(MeetingWish.Degree.self).orNull),
        .required("met_before", .boolean),
    ])

    /// Whom the engine would have somebody meet.
    package static func json(_ suggestion: MeetingSuggestion) -> JSONValue {
        [
            "participant": .string(suggestion.participant.id.text),
            "name": .string(suggestion.participant.profile.name),
            "organization": .optional(suggestion.organization?.profile.name),
            "match": .string(suggestion.match.id.text), "score": .number(suggestion.match.score),
            "kind": .string(suggestion.match.kind.rawValue), "wish": .optional(suggestion.wish?.rawValue),
            "met_before": .bool(suggestion.isAcquainted),
        ]
    }

    private static let common: [Property] = [
        .required("id", .id(Meeting.self)), .required("event", .id(Event.self)), .required("from", .time),
        .required("to", .time), .required("table", Schema.stored.orNull),
        .required("interpreter", Schema.stored.orNull), .required("state", .choice(Meeting.State.self)),
        .required("state_reason", Schema.stored.orNull), .required("source", .choice(Meeting.Source.self)),
        .required("need", Schema.id(Posting.self).orNull), .required("seed", Schema.id(Posting.self).orNull),
        .required("match", Schema.id(Match.self).orNull), .required("version", .version),
        .required("updated_at", .time),
    ]

    /// A meeting as changes answer.
    static let state = Schema.named(
        "MeetingState", .object(common + [.required("participants", .array(.id(Participant.self), 2...2))]))

    static let schema = Schema.named(
        "Meeting",
        .object(
            common + [
                .required(
                    "people",
                    .array(
                        .object([
                            .required("id", .id(Participant.self)), .required("name", .stored),
                            .required("organization", Schema.stored.orNull),
                        ]), 0...2)),
                .required("notes", .array(.stored), "What the other wants to talk about."),
            ]))

    private static func members(_ meeting: Meeting) -> [(String, JSONValue)] {
        [
            ("id", .string(meeting.id.text)), ("event", .string(meeting.event.text)),
            ("from", .time(meeting.seat.span.from)), ("to", .time(meeting.seat.span.to)),
            ("table", .optional(meeting.seat.table)), ("interpreter", .optional(meeting.seat.interpreter)),
            ("state", .string(meeting.state.rawValue)), ("state_reason", .optional(meeting.stateReason)),
            ("source", .string(meeting.source.rawValue)), ("need", .id(meeting.ground.need)),
            ("seed", .id(meeting.ground.seed)), ("match", .id(meeting.ground.match)),
            ("version", .integer(meeting.version)), ("updated_at", .time(meeting.updatedAt)),
        ]
    }

    /// A meeting as changes answer, its people by their identifiers.
    package static func head(_ meeting: Meeting) -> JSONValue {
        .object(JSONObject(members(meeting) + [("participants", .list(meeting.people.map(\.text)))]))
    }

    /// A meeting with its people.
    package static func json(_ shown: ShownMeeting) -> JSONValue {
        let people = shown.people.map { person -> JSONValue in
            [
                "id": .string(person.id.text), "name": .string(person.profile.name),
                "organization": .optional(shown.organizations[person.organization]?.profile.name),
            ]
        }
        return .object(
            JSONObject(members(shown.meeting) + [("people", .array(people)), ("notes", .list(shown.notes))]))
    }
}

/// Computed timetables on the wire: the same members in the API and in the commands' output.
package enum DraftForm {
    static let order: [Property] = [
        .optional("mode", .choice(MeetingDraft.Order.Mode.self), "nearby keeps what people know as far as can be."),
        .optional("seconds", .number(0.1...600)), .optional("threads", .integer(1...16)),
        .optional("seed", .integer(0...1_000_000_000)),
        .optional("moves", .number(0...1), "The share of known meetings that may move."),
    ]

    static func order(_ body: JSONValue) -> MeetingDraft.Order {
        MeetingDraft.Order(
            mode: body.choice("mode") ?? .fresh, seconds: body["seconds"]?.double ?? 5,
            threads: body["threads"]?.integer ?? 1, seed: body["seed"]?.integer ?? 1,
            moves: body["moves"]?.double ?? 0.02)
    }

    static let schema = Schema.named(
        "MeetingDraft",
        .object([
            .required("id", .id(MeetingDraft.self)), .required("event", .id(Event.self)),
            .required("state", .choice(MeetingDraft.State.self)), .required("progress", .number(0...1)),
            .required("failure", Schema.stored.orNull), .required("order", .object(order)),
            .required("meetings", .integer(0...1_000_000)),
            .required("score", .number(0...1e12)), .required("bound", .number(0...1e12), "No timetable scores more."),
            .required("gap", .number(0...1), "How far below the bound; 0 is a proof."),
            .required("result", .anything, "Entries, unmet wishes with their causes, and what would free them."),
            .required("version", .version), .required("started_at", .time), .required("updated_at", .time),
        ]))

    /// A timetable with its proof and its reasons.
    package static func json(_ draft: MeetingDraft) throws -> JSONValue {
        [
            "id": .string(draft.id.text), "event": .string(draft.event.text), "state": .string(draft.state.rawValue),
            "progress": .number(draft.progress), "failure": .optional(draft.failure),
            "order": try JSONValue(document: draft.order), "meetings": .integer(draft.result.entries.count),
            "score": .number(draft.result.score), "bound": .number(draft.result.bound),
            "gap": .number(draft.result.gap), "result": try JSONValue(document: draft.result),
            "version": .integer(draft.version), "started_at": .time(draft.startedAt),
            "updated_at": .time(draft.updatedAt),
        ]
    }

    static let published = Schema.object([
        .required("draft", .id(MeetingDraft.self)), .required("arranged", .integer(0...1_000_000)),
        .required("moved", .integer(0...1_000_000)), .required("cancelled", .integer(0...1_000_000)),
        .required("unchanged", .integer(0...1_000_000)),
    ])

    /// What a publication changed.
    package static func json(_ published: PublishedMeetings) -> JSONValue {
        [
            "draft": .string(published.draft.id.text), "arranged": .integer(published.arranged),
            "moved": .integer(published.moved), "cancelled": .integer(published.cancelled),
            "unchanged": .integer(published.unchanged),
        ]
    }
}
