import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    private static var path: String { "/api/v1/events/{event}" }

    /// How meetings are held, and whom people want to meet.
    var meetingDayRoutes: [Route] {
        [
            .get(
                Self.path + "/meeting-day", "getMeetingDay", Tag.meetings, "How the 1:1 meetings are held",
                needs: .read, gives: .ok(MeetingForm.day, "It.")
            ) { request in
                let day = try await office.meetingDay(of: request.id("event"), by: request.actor())
                return .ok(try MeetingForm.json(day), version: day.version)
            }.taking(.id("event", Event.self)).tagged(),
            .patch(
                Self.path + "/meeting-day", "changeMeetingDay", Tag.meetings, "Says how the meetings are held",
                needs: .coordinate, gives: .ok(MeetingForm.day, "As it is now.")
            ) { request in
                let event: Identifier<Event> = try request.id("event")
                let old = try await office.meetingDay(of: event, by: request.actor())
                let content: MeetingDay.Content = try JSONValue(document: old.content).overlaid(with: request.body)
                    .document()
                let expected = try request.expectedVersion() ?? old.version
                let day = try await office.reviseMeetingDay(
                    of: event, content, expecting: expected, by: request.actor())
                return .ok(try MeetingForm.json(day), version: day.version)
            }.taking(.id("event", Event.self)).checksVersion().body(.object(MeetingForm.dayContent, minimum: 1)),
            .get(
                Self.path + "/meeting-wishes", "listMeetingWishes", Tag.meetings, "Whom one wants to meet, or not",
                needs: .take, gives: .ok(.object([.required("wishes", .array(MeetingForm.wish))]), "They.")
            ) { request in
                let found = try await office.meetingWishes(
                    at: request.id("event"), for: request.filters.id("participant"), by: request.actor())
                return .ok(["wishes": .array(found.map(MeetingForm.json))])
            }.taking(.id("event", Event.self), Self.whose).noting("Nobody but oneself and coordinators sees them."),
            .post(
                Self.path + "/meeting-wishes", "wishMeeting", Tag.meetings, "Says whom one wants to meet, or not",
                needs: .take, gives: .nothing("Noted.")
            ) { request in
                try await office.wish(
                    try MeetingWish.Target(request.body.text("target") ?? ""), request.body.choice("degree"),
                    note: request.body.text("note"), at: request.id("event"), for: request.body.id("participant"),
                    by: request.actor())
                return .nothing
            }.noting("A degree of null takes the wish back. A no beats everything, and nobody hears of it.")
                .taking(.id("event", Event.self)).refusing(.conflict, .notFound).body(
                    .object([
                        .required("target", .line(60), "A person or an organization."),
                        .required("degree", Schema.choice(MeetingWish.Degree.self).orNull),
                        .optional("note", Schema.lines(TextLimits.message).orNull),
                        .optional("participant", Schema.id(Participant.self).orNull, "Whose; for coordinators."),
                    ])),
            .post(
                Self.path + "/meeting-limits", "takeMeetings", Tag.meetings, "Says how many meetings one takes",
                needs: .take, gives: .nothing("Noted.")
            ) { request in
                try await office.takeMeetings(
                    at: request.id("event"), minimum: request.body["minimum"]?.integer,
                    maximum: request.body["maximum"]?.integer, table: request.body.choice("table"),
                    for: request.body.id("participant"), by: request.actor())
                return .nothing
            }.taking(.id("event", Event.self)).body(
                .object([
                    .optional("minimum", Schema.integer(0...MeetingDay.Limit.meetings).orNull),
                    .optional("maximum", Schema.integer(0...MeetingDay.Limit.meetings).orNull),
                    .optional("table", Schema.choice(MeetingDay.TableKind.self).orNull, "The kind of table needed."),
                    .optional("participant", Schema.id(Participant.self).orNull, "Whose; for coordinators."),
                ])),
            .get(
                Self.path + "/meeting-suggestions", "suggestMeetings", Tag.meetings,
                "Whom the engine would have one meet",
                needs: .take, gives: .ok(.object([.required("suggestions", .array(MeetingForm.suggestion))]), "They.")
            ) { request in
                let found = try await office.meetingSuggestions(
                    at: request.id("event"), for: request.filters.id("participant"), by: request.actor())
                return .ok(["suggestions": .array(found.map(MeetingForm.json))])
            }.taking(.id("event", Event.self), Self.whose),
        ]
    }

    private static var whose: Parameter { .query("participant", .id(Participant.self), "Whose; for coordinators.") }
}
