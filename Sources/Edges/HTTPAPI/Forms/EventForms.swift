import Exchange
import Operations
import WebCommon

/// Events and series on the wire: their documents as they are, with what the service adds.
enum EventForm {
    /// Parts of an event's document that a caller may write, each optional.
    static func content(_ fields: Schema) -> [Property] {
        [
            .optional("format", .choice(EventContent.Format.self)),
            .optional("summary", Schema.lines(TextLimits.detail).orNull),
            .optional("host_region", Schema.string(.region).orNull, "Where it is held, as the rotation counts it."),
            .optional("hosts", hosts, "Everybody who carries it: hosts, co-hosts, councils, supporters."),
            .optional("fields", .array(fields, 0...TextLimits.fields, .unique)),
            .optional("languages", .array(.choice(Language.self), 0...4, .unique), "Spoken there."),
            .optional("zone", zone, "IANA time zone in which its times are read and shown."),
            .optional("days", days, "Opening hours."), .optional("venue", venue.orNull),
            .optional(
                "online_address", Schema.line(500).orNull, "Shown to coordinators and people with a place only."),
            .optional("capacity", capacity.orNull, "Null for no limit."),
            .optional("registration", registrationRules.orNull),
            .optional("call", call.orNull, "The call for presentations; null while none is sought."),
            .optional("budget", .array(budgetLine, 0...EventLimits.budgetLines), "For coordinators only."),
            .optional("delegations", .array(delegation, 0...EventLimits.delegations)),
            .optional("site_visits", .array(siteVisit, 0...EventLimits.siteVisits)),
            .optional("agreements", agreements(fields), "Signed there, or come of it."),
            .optional("follow_up_days", Schema.integer(1...365).orNull, "The exchange's rule when not given."),
        ]
    }

    static let zone = Schema(.string(StringRule(length: 1...60, form: .line)), example: "Asia/Tokyo")
    /// As exact as people know it.
    static let date = Schema(
        .string(StringRule(length: 1...21, form: .line)),
        "2020, 2020-autumn, 2020-10, 2020-10-27 or 2020-10-27/2020-10-28.", example: "2020-10-27")
    private static let day = Schema(.string(StringRule(length: 10...10, form: .line)), example: "2027-10-27")
    private static let clock = Schema(.string(StringRule(length: 5...5, form: .line)), example: "09:30")
    private static let name = Schema.name(TextLimits.name)
    private static let note = Schema.lines(TextLimits.note)
    private static let seats = Schema.integer(1...EventLimits.seats)

    private static let hosts = Schema.array(
        .object([
            .required("part", .choice(EventContent.Host.Part.self)), .required("name", name),
            .optional("organization", .id(Organization.self)), .optional("region", .string(.region)),
        ]), 0...EventLimits.hosts)
    private static let days = Schema.array(
        .object([.required("day", day), .required("opens", clock), .required("closes", clock)]), 0...EventDate.longest)
    private static let venue = Schema.object([
        .required("name", name), .optional("address", .line(TextLimits.name)),
        .optional(
            "halls",
            .array(
                .object([
                    .required("name", name), .optional("seats", seats),
                    .optional("minutes_away", .integer(0...600), "On foot from the first hall."),
                    .optional(
                        "rooms", .array(.object([.required("name", name), .optional("seats", seats)]), 0...60)),
                ]), 0...EventLimits.halls)),
    ])
    private static let capacity = Schema.object([.optional("on_site", seats), .optional("remote", seats)])
    private static let registrationRules = Schema.object([
        .required("approval", .choice(EventContent.RegistrationRules.Approval.self)),
        .required("companions", .integer(0...EventLimits.companions), "The most that one person may bring."),
        .optional("opens_at", .time), .optional("closes_at", .time),
    ])
    private static let call = Schema.object([
        .optional("words", .lines(TextLimits.detail)), .optional("closes_at", .time),
    ])
    private static let amount = Schema.integer(0...EventLimits.amount)
    private static let budgetLine = Schema.object([
        .required("fiscal_year", .integer(1900...2999), "The year in which the fiscal year begins."),
        .required("purpose", name), .required("source", name, "Whose money."),
        .required("currency", Schema(.string(StringRule(length: 3...3, form: .line)), example: "JPY")),
        .optional("asked", amount), .optional("granted", amount), .optional("spent", amount),
        .optional("persons", .number(0...1000), "Working time."),
    ])
    private static let delegation = Schema.object([
        .required("name", name), .optional("region", .string(.region)),
        .optional("organization", .id(Organization.self)), .optional("note", note),
        .optional(
            "members",
            .array(
                .object([
                    .required("name", name), .optional("title", .line(TextLimits.name)),
                    .optional("organization", .line(TextLimits.name)),
                    .optional("participant", .id(Participant.self)),
                    .optional("invited", .boolean, "Whether the organisers pay the journey."),
                ]), 0...EventLimits.members)),
    ])
    private static let siteVisit = Schema.object([
        .required("place", name), .optional("day", day), .optional("from", clock), .optional("to", clock),
        .optional("seats", seats), .optional("note", note),
    ])

    static func agreements(_ fields: Schema) -> Schema {
        .array(
            .object([
                .required("title", .name(TextLimits.title)), .optional("date", date),
                .optional("parties", .array(name, 0...EventLimits.parties)),
                .optional("fields", .array(fields, 0...TextLimits.fields)), .optional("note", note),
            ]), 0...EventLimits.agreements)
    }

    static let formerDates = Schema.array(
        .object([
            .required("date", date), .optional("reason", note), .optional("host_region", .string(.region)),
            .optional("by", .stored), .optional("at", .time),
        ]), 0...EventLimits.formerDates)

    /// Members of a new event, or of a change.
    static func input(_ fields: Schema, needed: Property.Presence) -> [Property] {
        [
            Property(name: "title", schema: .name(TextLimits.title), presence: needed),
            .optional("series", Schema.id(EventSeries.self).orNull),
            .optional("edition", Schema.integer(1...EventLimits.editions).orNull, "Its number in the series."),
            .optional("date", date.orNull),
        ] + content(fields)
    }

    private static let occupancy = Schema.object([
        .required("attendance", .choice(Registration.Attendance.self)),
        .required("capacity", Schema.integer(0...EventLimits.seats).orNull),
        .required("taken", .integer(0...Int.max)), .required("free", Schema.integer(0...EventLimits.seats).orNull),
    ])

    static func schema(_ fields: Schema) -> Schema {
        .named(
            "Event",
            .object(
                [
                    .required("id", .id(Event.self)), .required("kind", .choice(Event.Kind.self)),
                    .required("state", .choice(Event.State.self)), .required("state_since", .time),
                    .required("state_reason", Schema.stored.orNull, "Why it was postponed or cancelled."),
                    .required("title", .stored), .required("series", Schema.id(EventSeries.self).orNull),
                    .required("edition", Schema.integer(1...EventLimits.editions).orNull),
                    .required("date", date.orNull),
                    .required("former_dates", formerDates, "Every date that did not hold, the earliest first."),
                    .required("places", .array(occupancy)),
                    .required("waiting", .integer(0...Int.max), "People on the waiting list."),
                    .required("own_registration", Schema.id(Registration.self).orNull),
                    .required("programme_release", Schema.integer(1...1_000_000).orNull),
                    .required("followed_up_at", Schema.time.orNull), .required("version", .version),
                    .required("created_at", .time), .required("updated_at", .time),
                ] + content(fields)))
    }

    /// The document that a body describes over the one that is there.
    static func content(_ body: JSONValue, over old: EventContent) throws -> EventContent {
        var members = body.object ?? JSONObject()
        for name in ["kind", "series", "edition", "date", "former_dates", "next_turn"] { members[name] = nil }
        return try JSONValue(document: old).overlaid(with: .object(members)).document()
    }

    /// The draft of a new event.
    static func draft(_ body: JSONValue, zone: String) throws -> EventDraft {
        let empty = EventContent(title: body.text("title") ?? "", zone: zone)
        var draft = EventDraft(
            kind: body.choice("kind") ?? .exhibition, content: try content(body, over: empty))
        draft.series = try body.id("series")
        draft.edition = body["edition"]?.integer
        draft.date = try body.text("date").map { try EventDate($0) }
        if let former = body["former_dates"] { draft.formerDates = try former.document() }
        return draft
    }

    /// Changes what the body names.
    static func apply(_ body: JSONValue, to event: inout Event) throws {
        event.content = try content(body, over: event.content)
        if body["series"] != nil { event.series = try body.id("series") }
        if let edition = body["edition"] { event.edition = edition.integer }
        if let date = body["date"] { event.date = try date.string.map { try EventDate($0) } }
    }
}

/// Series on the wire.
enum SeriesForm {
    static func input(_ fields: Schema, needed: Property.Presence) -> [Property] {
        [
            Property(name: "title", schema: .name(TextLimits.title), presence: needed),
            .optional("summary", Schema.lines(TextLimits.detail).orNull),
            .optional(
                "rotation", .array(.string(.region), 0...TextLimits.regions, .unique),
                "Regions in the order in which they host."),
            .optional(
                "hosts",
                .array(
                    .object([
                        .required("part", .choice(EventContent.Host.Part.self)),
                        .required("name", .name(TextLimits.name)), .optional("organization", .id(Organization.self)),
                        .optional("region", .string(.region)),
                    ]), 0...EventLimits.hosts)),
            .optional("fields", .array(fields, 0...TextLimits.fields, .unique)),
            .optional("agreements", EventForm.agreements(fields)),
        ]
    }

    static func schema(_ fields: Schema) -> Schema {
        .named("EventSeries", .object(properties(fields)))
    }

    static func history(_ fields: Schema) -> Schema {
        let entry = Schema.object([
            .required("event", .id(Event.self)), .required("edition", Schema.integer(1...EventLimits.editions).orNull),
            .required("title", .stored), .required("state", .choice(Event.State.self)),
            .required("date", EventForm.date.orNull), .required("host_region", Schema.stored.orNull),
            .required("former_dates", EventForm.formerDates),
        ])
        return .named(
            "EventSeriesHistory",
            .object([
                .required("series", schema(fields)), .required("events", .array(entry), "In their order."),
                .required(
                    "next",
                    .object([
                        .required("host_region", Schema.stored.orNull, "Whose turn it is."),
                        .required("edition", .integer(1...EventLimits.editions + 1)),
                        .required("after", Schema.id(Event.self).orNull),
                    ])),
            ]))
    }

    private static func properties(_ fields: Schema) -> [Property] {
        [
            .required("id", .id(EventSeries.self)), .required("kind", .choice(Event.Kind.self)),
            .required("version", .version), .required("created_at", .time), .required("updated_at", .time),
        ] + input(fields, needed: .required)
    }

    static func content(_ body: JSONValue, over old: EventSeries.Content) throws -> EventSeries.Content {
        var members = body.object ?? JSONObject()
        members["kind"] = nil
        return try JSONValue(document: old).overlaid(with: .object(members)).document()
    }
}
