import HTTPTypes

extension Scenario {
    private static let fair = "/api/v1/events/{fair}"
    private static let times = #""from":"2026-12-01T01:00:00Z","to":"2026-12-01T01:20:00Z""#

    /// 1:1 meetings, booths and feeds.
    static let meetings = days + drafts + held + halls + feeds

    private static let days = [
        Scenario("getMeetingDay", .get, fair + "/meeting-day", "401 200 200 200 200 200 200").shows("quiet"),
        Scenario(
            "changeMeetingDay", .patch, fair + "/meeting-day", "401 403 403 403 200 200 403", #"{"minimum":1}"#
        ).causes("meeting_day.revised"),
        Scenario("listMeetingWishes", .get, fair + "/meeting-wishes", "401 403 200 200 200 200 403")
            .shows("about ice", to: .owner).hides("about ice", from: .other),
        Scenario(
            "wishMeeting", .post, fair + "/meeting-wishes", "401 403 204 422 422 422 403",
            #"{"target":"{other}","degree":"no_thanks"}"#
        ).causes("meeting.wished"),
        Scenario(
            "takeMeetings", .post, fair + "/meeting-limits", "401 403 204 204 422 422 403", #"{"maximum":3}"#),
        Scenario("suggestMeetings", .get, fair + "/meeting-suggestions", "401 403 200 200 422 422 403"),
    ]

    private static let drafts = [
        Scenario("listMeetingDrafts", .get, fair + "/meeting-drafts", "401 403 403 403 200 200 403").shows(
            "{timetable}"),
        Scenario(
            "planMeetings", .post, fair + "/meeting-drafts", "401 403 403 403 202 202 403", #"{"seconds":0.1}"#
        ).causes("*"),
        Scenario("getMeetingDraft", .get, "/api/v1/meeting-drafts/{timetable}", "401 403 403 403 200 200 403"),
        Scenario("stopMeetingDraft", .post, "/api/v1/meeting-drafts/{timetable}/stop", "401 403 403 403 200 200 403"),
        Scenario(
            "publishMeetings", .post, "/api/v1/meeting-drafts/{timetable}/publication", "401 403 403 403 200 200 403"
        ).causes("*"),
        Scenario(
            "discardMeetingDraft", .post, "/api/v1/meeting-drafts/{timetable}/discard", "401 403 403 403 200 200 403"),
    ]

    private static let held = [
        Scenario("listMeetings", .get, fair + "/meetings", "401 200 200 200 200 200 200")
            .shows("{meeting}", to: .owner, .other, .coordinator).hides("{meeting}", from: .observer),
        Scenario(
            "arrangeMeeting", .post, fair + "/meetings", "401 403 403 403 201 201 403",
            #"{"participants":["{owner}","{other}"],"# + times + "}"
        ).causes("meeting.arranged"),
        Scenario("getMeeting", .get, "/api/v1/meetings/{meeting}", "401 404 200 200 200 200 404"),
        Scenario(
            "moveMeeting", .post, "/api/v1/meetings/{meeting}/move", "401 403 403 403 200 200 403", "{" + times + "}"
        ).causes("meeting.moved"),
        Scenario("confirmMeeting", .post, "/api/v1/meetings/{meeting}/confirmation", "401 403 200 200 200 200 403")
            .causes("meeting.confirmed"),
        Scenario("cancelMeeting", .post, "/api/v1/meetings/{meeting}/cancellation", "401 403 200 200 200 200 403")
            .causes("meeting.cancelled"),
        Scenario("noteMeetingKept", .post, "/api/v1/meetings/{meeting}/kept", "401 403 200 200 200 200 403")
            .causes("meeting.kept"),
        Scenario(
            "noteMeetingMissed", .post, "/api/v1/meetings/{meeting}/missed", "401 403 200 200 200 200 403",
            #"{"absent":["{other}"]}"#
        ).causes("meeting.missed"),
        Scenario(
            "rateMeeting", .post, "/api/v1/meetings/{meeting}/feedback", "401 403 204 204 403 403 403",
            #"{"rating":5,"next":"go_on"}"#
        ).causes("meeting.kept", "meeting.rated", "introduction.interest_expressed"),
    ]

    private static let halls = [
        Scenario("getBooths", .get, fair + "/booths", "401 200 200 200 200 200 200").shows("A1"),
        Scenario(
            "changeBooths", .patch, fair + "/booths", "401 403 403 403 200 200 403", #"{"exhibitors":[]}"#
        ).causes("booths.revised"),
        Scenario(
            "layOutBooths", .post, fair + "/booths/layout", "401 403 403 403 200 200 403", #"{"seconds":0.1}"#
        ).causes("booths.laid_out"),
        Scenario("drawBooths", .get, fair + "/booths/plan", "401 200 200 200 200 200 200").shows("<svg"),
        Scenario(
            "importHall", .post, fair + "/booths/drawing", "401 403 403 403 200 200 403",
            #"<svg xmlns="http://www.w3.org/2000/svg"><rect data-stand="Z9" x="0" y="0" width="3" height="3"/></svg>"#
        ).svg().causes("booths.revised").shows("Z9"),
        Scenario("importHall", .post, fair + "/booths/drawing", "401 403 403 403 422 422 403", "<svg").svg(),
    ]

    private static let feeds = [
        Scenario("getEventCalendar", .get, fair + "/calendar", "200").shows("BEGIN:VEVENT"),
        Scenario("getEventChanges", .get, fair + "/changes", "200").shows("<feed"),
        Scenario("getEventLinkedData", .get, fair + "/linked-data", "200").shows("schema.org"),
        Scenario("getEventCalendar", .get, "/api/v1/events/{plan}/calendar", "404"),
        Scenario("getOwnCalendar", .get, "/api/v1/calendars/{calendar}", "200")
            .shows("BEGIN:VCALENDAR", "{meeting}"),
        Scenario("getOwnCalendar", .get, "/api/v1/calendars/none", "404"),
        Scenario("shareCalendar", .post, "/api/v1/session/calendar", "401 403 200 200 200 200 403")
            .causes("calendar.shared"),
        Scenario("hideCalendar", .delete, "/api/v1/session/calendar", "401 403 204 204 204 204 403")
            .causes("calendar.hidden"),
    ]
}
