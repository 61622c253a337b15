package import Exchange
package import Operations
package import WebCommon

extension EventView {
    /// A presentation with its review.
    package static func json(_ presentation: Presentation) throws -> JSONValue {
        var result = try JSONValue(document: presentation.content).object ?? JSONObject()
        let members: [(String, JSONValue)] = [
            ("id", .string(presentation.id.text)), ("event", .string(presentation.event.text)),
            ("owner", .string(presentation.owner.text)), ("state", .string(presentation.state.rawValue)),
            ("remarks", try JSONValue(document: presentation.remarks)), ("version", .integer(presentation.version)),
            ("created_at", moment(presentation.createdAt)), ("updated_at", moment(presentation.updatedAt)),
        ]
        for (name, value) in members { result[name] = value }
        return .object(result)
    }

    /// A programme with its changes and warnings, in the reader's language.
    package static func json(
        _ shown: ShownProgramme, in language: Language, _ zones: ZoneOffsets
    ) -> JSONValue {
        let zone = shown.event.content.zone
        let changes = shown.programme.changes.entries
        return [
            "event": .string(shown.event.id.text), "zone": .string(zone),
            "version": .integer(shown.programme.version),
            "sessions": .array(shown.programme.sessions.map { json($0, shown, zones) }),
            "release": shown.programme.release.map(json) ?? .null,
            "changes": .array(
                changes.map { entry in
                    [
                        "session": .string(entry.session?.id.text ?? ""),
                        "title": .string(entry.session?.title ?? ""),
                        "what": words(entry.aspects.map(\.rawValue)),
                        "before": .optional(entry.before.map { place($0, zone, zones) }),
                        "after": .optional(entry.after.map { place($0, zone, zones) }),
                    ]
                }),
            "warnings": .array(
                shown.warnings.map { warning in
                    [
                        "kind": .string(warning.kind.rawValue), "words": .string(warning.words(in: language)),
                        "items": words(warning.items), "people": words(warning.people.map(\.text)),
                    ]
                }),
        ]
    }

    /// Local time and place in a few words.
    private static func place(_ session: ProgrammeSession, _ zone: String, _ zones: ZoneOffsets) -> String {
        let from = zones.text(session.span.from, in: zone).replacing("T", with: " ")
        let to = zones.text(session.span.to, in: zone).suffix(5)
        return "\(from)-\(to)" + (session.place.map { " · " + $0 } ?? "")
    }

    /// A release, without its sessions.
    package static func json(_ release: Programme.Release) -> JSONValue {
        [
            "number": .integer(release.number), "released_at": moment(release.at), "note": .optional(release.note),
            "sessions": .integer(release.sessions.count),
        ]
    }

    /// A session of a programme.
    package static func json(_ session: ProgrammeSession, _ shown: ShownProgramme, _ zones: ZoneOffsets) -> JSONValue {
        let zone = shown.event.content.zone
        func people(_ ids: [Identifier<Participant>]) -> JSONValue {
            .array(ids.map { ["id": .string($0.text), "name": .string(shown.names[$0] ?? "")] })
        }
        let presentations = session.presentations.compactMap { id -> JSONValue? in
            shown.presentations[id].map { presentation in
                [
                    "id": .string(id.text), "title": .string(presentation.content.title),
                    "speakers": people(presentation.content.speakers), "guests": words(presentation.content.guests),
                ]
            }
        }
        return [
            "id": .string(session.id.text), "kind": .string(session.kind.rawValue), "title": .string(session.title),
            "from": moment(session.span.from), "to": moment(session.span.to),
            "local_from": .string(zones.text(session.span.from, in: zone)),
            "local_to": .string(zones.text(session.span.to, in: zone)), "place": .optional(session.place),
            "summary": .optional(session.summary), "presentations": .array(presentations),
            "people": people(session.people),
        ]
    }

    /// What came of an event.
    package static func json(_ report: EventReport) throws -> JSONValue {
        let (activity, attendance) = (report.activity, report.attendance)
        let (programme, encounters) = (report.programme, report.encounters)
        return [
            "event": .string(report.event.id.text), "title": .string(report.event.content.title),
            "state": .string(report.event.state.rawValue), "previous": identifier(report.previous?.id),
            "online": ["from": moment(report.online.from), "to": moment(report.online.to)],
            "activity": [
                "joined": .integer(activity.joined), "published": .integer(activity.published),
                "matches": .integer(activity.matches), "interests": .integer(activity.interests),
                "mutual": .integer(activity.mutual), "introduced": .integer(activity.introduced),
                "met": .integer(activity.met), "concluded": .integer(activity.concluded),
            ],
            "attendance": [
                "registrations": .integer(attendance.registrations), "confirmed": .integer(attendance.confirmed),
                "arrived": .integer(attendance.arrived), "remote": .integer(attendance.remote),
                "waiting": .integer(attendance.waiting), "cancelled": .integer(attendance.cancelled),
                "organizations": .integer(attendance.organizations), "regions": .integer(attendance.regions),
            ],
            "programme": [
                "proposed": .integer(programme.proposed), "accepted": .integer(programme.accepted),
                "sessions": .integer(programme.sessions), "releases": .integer(programme.releases),
                "site_visits": .integer(programme.siteVisits), "delegations": .integer(programme.delegations),
                "agreements": .integer(programme.agreements),
            ],
            "since": ["from": moment(report.since.from), "to": moment(report.since.to)],
            "encounters": [
                "pairs": .integer(encounters.pairs), "interested": .integer(encounters.interested),
                "introduced": .integer(encounters.introduced), "met": .integer(encounters.met),
                "concluded": .integer(encounters.concluded),
            ],
            "born": .array(
                report.born.map {
                    [
                        "posting": .string($0.id.text), "kind": .string($0.kind.rawValue),
                        "title": .string($0.content.title), "state": .string($0.state.word),
                    ]
                }),
            "budget": try JSONValue(document: report.budget),
        ]
    }
}
