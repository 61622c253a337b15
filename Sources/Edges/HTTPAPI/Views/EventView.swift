package import Exchange
package import Operations
package import WebCommon

/// Events and what belongs to them as JSON: the same members in the API and in the commands' output.
package enum EventView {
    /// An event with how full it is.
    package static func json(_ shown: ShownEvent) throws -> JSONValue {
        let event = shown.event
        var result = try JSONValue(document: event.content).object ?? JSONObject()
        let places = event.attendances.compactMap { attendance in
            shown.occupancy[attendance].map { occupancy -> JSONValue in
                [
                    "attendance": .string(attendance.rawValue), "capacity": .optional(occupancy.capacity),
                    "taken": .integer(occupancy.taken), "free": .optional(occupancy.free),
                ]
            }
        }
        let members: [(String, JSONValue)] = [
            ("id", .string(event.id.text)), ("kind", .string(event.kind.rawValue)),
            ("state", .string(event.state.rawValue)), ("state_since", moment(event.stateSince)),
            ("state_reason", .optional(event.stateReason)), ("series", identifier(event.series)),
            ("edition", .optional(event.edition)), ("date", .optional(event.date?.text)),
            ("former_dates", try JSONValue(document: event.formerDates)), ("places", .array(places)),
            ("waiting", .integer(shown.waiting)), ("own_registration", identifier(shown.own?.id)),
            ("programme_release", .optional(shown.release)), ("followed_up_at", moment(event.followedUpAt)),
            ("version", .integer(event.version)), ("created_at", moment(event.createdAt)),
            ("updated_at", moment(event.updatedAt)),
        ]
        for (name, value) in members { result[name] = value }
        return .object(result)
    }

    /// A series.
    package static func json(_ series: EventSeries) throws -> JSONValue {
        var result = try JSONValue(document: series.content).object ?? JSONObject()
        result["id"] = .string(series.id.text)
        result["kind"] = .string(series.kind.rawValue)
        result["version"] = .integer(series.version)
        result["created_at"] = moment(series.createdAt)
        result["updated_at"] = moment(series.updatedAt)
        return .object(result)
    }

    /// A series with its history and whose turn it is.
    package static func json(_ shown: ShownSeries) throws -> JSONValue {
        let events = try shown.events.map { event -> JSONValue in
            [
                "event": .string(event.id.text), "edition": .optional(event.edition),
                "title": .string(event.content.title), "state": .string(event.state.rawValue),
                "date": .optional(event.date?.text), "host_region": .optional(event.content.hostRegion?.text),
                "former_dates": try JSONValue(document: event.formerDates),
            ]
        }
        return [
            "series": try json(shown.series), "events": .array(events),
            "next": [
                "host_region": .optional(shown.next.hostRegion?.text), "edition": .integer(shown.next.edition),
                "after": identifier(shown.next.after),
            ],
        ]
    }

    /// A registration with whoever it is.
    package static func json(_ shown: ShownRegistration) throws -> JSONValue {
        let registration = shown.registration
        var result = try JSONValue(document: registration.wishes).object ?? JSONObject()
        let members: [(String, JSONValue)] = [
            ("id", .string(registration.id.text)), ("event", .string(registration.event.text)),
            ("participant", identifier(registration.participant)), ("name", .string(shown.name)),
            ("organization", .optional(shown.organizationName)), ("email", .optional(shown.email)),
            ("language", .string(shown.language.rawValue)), ("state", .string(registration.state.rawValue)),
            ("state_since", moment(registration.stateSince)), ("state_reason", .optional(registration.stateReason)),
            ("source", .string(registration.source.rawValue)), ("seats", .integer(registration.seats)),
            ("place_in_line", .optional(shown.place)), ("code", .string(registration.code)),
            ("arrived_at", moment(registration.arrival?.at)), ("version", .integer(registration.version)),
            ("created_at", moment(registration.createdAt)), ("updated_at", moment(registration.updatedAt)),
        ]
        for (name, value) in members { result[name] = value }
        return .object(result)
    }

    /// Everything that is kept of a person.
    package static func json(_ own: OwnEvents) throws -> JSONValue {
        func part(_ event: Event) -> JSONValue {
            [
                "event": .string(event.id.text), "title": .string(event.content.title),
                "date": .optional(event.date?.text), "state": .string(event.state.rawValue),
            ]
        }
        return [
            "registrations": .array(
                try own.registrations.map {
                    ["at": part($0.event), "registration": try json($0.registration)]
                }),
            "presentations": .array(
                try own.presentations.map {
                    ["at": part($0.event), "presentation": try json($0.presentation)]
                }),
        ]
    }

    static func moment(_ instant: Instant?) -> JSONValue { .optional(instant?.rfc3339) }
    static func identifier<Owner>(_ id: Identifier<Owner>?) -> JSONValue { .optional(id?.text) }
    static func words(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}
