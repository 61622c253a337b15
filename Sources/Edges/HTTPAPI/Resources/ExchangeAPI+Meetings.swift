import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    private static var drafts: String { "/api/v1/events/{event}/meeting-drafts" }
    private static var draft: String { "/api/v1/meeting-drafts/{draft}" }

    /// Timetables as they are computed.
    var meetingDraftRoutes: [Route] {
        [
            .get(
                Self.drafts, "listMeetingDrafts", Tag.meetings, "Computed timetables, newest first", needs: .coordinate,
                gives: .ok(ListPage.schema(of: DraftForm.schema), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listMeetingDrafts")
                let found = try await office.meetingDrafts(of: request.id("event"), page.request, by: request.actor())
                return page.answer(
                    try found.items.map(DraftForm.json), next: found.next.map { Cursor(position: [$0]) })
            }.paged().taking(.id("event", Event.self)),
            .post(
                Self.drafts, "planMeetings", Tag.meetings, "Computes a timetable", needs: .coordinate,
                gives: Answer(.accepted, "It is computed in the background.", .json(DraftForm.schema))
            ) { request in
                let started = try await planner.start(
                    request.id("event"), DraftForm.order(request.body), by: request.actor())
                return APIResponse(
                    .accepted, .json(try DraftForm.json(started)),
                    headers: [.location: "/api/v1/meeting-drafts/\(started.id)"])
            }.taking(.id("event", Event.self)).refusing(.conflict).optionalBody(.object(DraftForm.order)),
            .get(
                Self.draft, "getMeetingDraft", Tag.meetings, "One timetable", needs: .coordinate,
                gives: .ok(DraftForm.schema, "It.")
            ) { request in
                let found = try await office.meetingDraft(request.id("draft"), by: request.actor())
                return .ok(try DraftForm.json(found), version: found.version)
            }.taking(.id("draft", MeetingDraft.self)).tagged(),
            .post(
                Self.draft + "/stop", "stopMeetingDraft", Tag.meetings, "Ends the computation with what it has",
                needs: .coordinate, gives: .ok(DraftForm.schema, "As it is now.")
            ) { request in
                .ok(try DraftForm.json(try await planner.stop(request.id("draft"), by: request.actor())))
            }.taking(.id("draft", MeetingDraft.self)),
            .post(
                Self.draft + "/publication", "publishMeetings", Tag.meetings, "Tells people the timetable",
                needs: .coordinate, gives: .ok(DraftForm.published, "What it changed.")
            ) { request in
                .ok(
                    DraftForm.json(
                        try await office.publish(
                            request.id("draft"), expecting: request.expectedVersion(), by: request.actor())))
            }.taking(.id("draft", MeetingDraft.self)).checksVersion().refusing(.conflict),
            .post(
                Self.draft + "/discard", "discardMeetingDraft", Tag.meetings, "Puts a timetable aside",
                needs: .coordinate, gives: .ok(DraftForm.schema, "As it is now.")
            ) { request in
                .ok(
                    try DraftForm.json(
                        try await office.discard(
                            request.id("draft"), expecting: request.expectedVersion(), by: request.actor())))
            }.taking(.id("draft", MeetingDraft.self)).checksVersion().refusing(.conflict),
        ]
    }

    /// Meetings that people were told of.
    var meetingRoutes: [Route] {
        [
            .get(
                "/api/v1/events/{event}/meetings", "listMeetings", Tag.meetings, "Meetings by time", needs: .read,
                gives: .ok(.object([.required("meetings", .array(MeetingForm.schema))]), "They.")
            ) { request in
                let found = try await office.meetings(at: request.id("event"), by: request.actor())
                return .ok(["meetings": .array(found.map(MeetingForm.json))])
            }.noting("All of them for coordinators, for others their own.").taking(.id("event", Event.self)),
            .post(
                "/api/v1/events/{event}/meetings", "arrangeMeeting", Tag.meetings, "Puts two people together",
                needs: .take, gives: .created(MeetingForm.state, "Arranged.")
            ) { request in
                let ids = try (request.body.texts("participants") ?? []).map { text throws(Refusal) in
                    try Identifier<Participant>(text)
                }
                let seat = try Self.seat(request.body)
                let made = try await office.arrange(
                    at: request.id("event"), ids[0], ids[1], seat: seat,
                    source: request.body["walk_in"]?.bool == true ? .walkIn : .coordinator, by: request.actor())
                return .created(
                    MeetingForm.head(made), at: "/api/v1/meetings/\(made.id)", version: made.version)
            }.noting("Members note meetings of their own that came about there (walk_in); coordinators any.")
                .taking(.id("event", Event.self)).keyed().refusing(.conflict, .notFound).body(
                    .object(
                        [.required("participants", MeetingForm.couple)] + Self.seatForm
                            + [.optional("walk_in", .boolean)])),
            .get(
                "/api/v1/meetings/{meeting}", "getMeeting", Tag.meetings, "One meeting", needs: .read,
                gives: .ok(MeetingForm.schema, "It.")
            ) { request in
                let shown = try await office.meeting(request.id("meeting"), by: request.actor())
                return .ok(MeetingForm.json(shown), version: shown.meeting.version)
            }.taking(.id("meeting", Meeting.self)).tagged(),
            moving("move", "moveMeeting", "Puts it elsewhere", needs: .coordinate) {
                try await office.move(
                    $0.id("meeting"), to: Self.seat($0.body), expecting: $0.expectedVersion(), by: $0.actor())
            }.body(.object(Self.seatForm)),
            moving("confirmation", "confirmMeeting", "Says that it stands", needs: .take) {
                try await office.confirm($0.id("meeting"), expecting: $0.expectedVersion(), by: $0.actor())
            },
            moving("cancellation", "cancelMeeting", "Calls it off", needs: .take) {
                try await office.cancel(
                    $0.id("meeting"), because: $0.body.text("reason"), expecting: $0.expectedVersion(), by: $0.actor())
            }.optionalBody(.object([.optional("reason", Schema.lines(TextLimits.message).orNull)])),
            moving("kept", "noteMeetingKept", "Notes that they have talked", needs: .take) {
                try await office.noteKept($0.id("meeting"), expecting: $0.expectedVersion(), by: $0.actor())
            },
            moving("missed", "noteMeetingMissed", "Notes who did not come", needs: .take) { request in
                let ids = try (request.body.texts("absent") ?? []).map { text throws(Refusal) in
                    try Identifier<Participant>(text)
                }
                return try await office.noteMissed(
                    request.id("meeting"), absent: ids, expecting: request.expectedVersion(), by: request.actor())
            }.body(.object([.required("absent", .array(.id(Participant.self), 1...2, .unique))])),
            rating,
        ]
    }

    private var rating: Route {
        .post(
            "/api/v1/meetings/{meeting}/feedback", "rateMeeting", Tag.meetings, "Says how it was, in a minute",
            needs: .take, gives: .nothing("Noted.")
        ) { request in
            _ = try await office.rate(
                request.id("meeting"), rating: request.body["rating"]?.integer ?? 0,
                next: request.body.choice("next") ?? .later, reason: request.body.choice("reason"),
                note: request.body.text("note"), for: request.body.id("participant"), by: request.actor())
            return .nothing
        }.noting("Moves the introduction of the two, and teaches the engine.").taking(.id("meeting", Meeting.self))
            .refusing(.conflict).body(
                .object([
                    .required("rating", .integer(1...5)), .required("next", .choice(MeetingFeedback.Next.self)),
                    .optional("reason", Schema.choice(Introduction.RefusalReason.self).orNull),
                    .optional("note", Schema.lines(TextLimits.message).orNull),
                    .optional("participant", Schema.id(Participant.self).orNull, "Whose; for coordinators."),
                ]))
    }

    private static var seatForm: [Property] {
        [
            .required("from", .time), .required("to", .time),
            .optional("table", Schema.line(TextLimits.name).orNull),
            .optional("interpreter", Schema.line(TextLimits.name).orNull),
        ]
    }

    private static func seat(_ body: JSONValue) throws -> Meeting.Seat {
        guard let from = body.time("from"), let to = body.time("to") else {
            throw Refusal.invalid("from", .required, "Say from when to when.")
        }
        return Meeting.Seat(
            span: try TimeSpan(from: from, to: to), table: body.text("table"), interpreter: body.text("interpreter"))
    }

    private func moving(
        _ name: String, _ id: String, _ summary: String, needs permission: Permission,
        _ verb: @escaping @Sendable (APIRequest) async throws -> Meeting
    ) -> Route {
        .post(
            "/api/v1/meetings/{meeting}/\(name)", id, Tag.meetings, summary, needs: permission,
            gives: .ok(MeetingForm.state, "As it is now.")
        ) { request in
            let changed = try await verb(request)
            return .ok(MeetingForm.head(changed), version: changed.version)
        }.taking(.id("meeting", Meeting.self)).checksVersion().refusing(.conflict)
    }
}
