import HTTPTypes

extension Scenario {
    /// Events, registrations and programmes; the columns are those of `Voice`.
    static let meetingPeople = series + events + moves + registrations + door + presentations + programmes

    private static let all7 = "401 200 200 200 200 200 200"
    private static let office = "401 403 403 403 200 200 403"

    private static let series = [
        Scenario("listEventSeries", .get, "/api/v1/event-series", all7).shows("{series}"),
        Scenario(
            "addEventSeries", .post, "/api/v1/event-series", "401 403 403 403 201 201 403",
            #"{"kind":"forum","title":"Forum","rotation":["KR-42","CN-22","JP-31"],"fields":["new-materials"]}"#
        ).causes("series.added").shows("KR-42"),
        Scenario("getEventSeries", .get, "/api/v1/event-series/{series}", all7).shows("{past}", "\"edition\":3")
            .hides("{plan}", from: .observer, .owner, .narrow).shows("{plan}", to: .coordinator),
        Scenario(
            "changeEventSeries", .patch, "/api/v1/event-series/{series}", office, #"{"summary":"Three regions"}"#
        ).causes("series.revised").shows("Three regions"),
        Scenario("removeEventSeries", .delete, "/api/v1/event-series/{series}", "401 403 403 403 409 409 403"),
        Scenario("removeEventSeries", .delete, "/api/v1/event-series/{emptySeries}", "401 403 403 403 204 204 403")
            .causes("series.removed"),
    ]

    private static let events = [
        Scenario("listEvents", .get, "/api/v1/events?state=open&state=planned&from=2026", all7).shows("{event}")
            .hides("{plan}", from: .observer, .owner, .other, .narrow).shows("{plan}", to: .coordinator),
        Scenario("listEvents", .get, "/api/v1/events?from=yesterday", "401 422 422 422 422 422 422"),
        Scenario(
            "addEvent", .post, "/api/v1/events", "401 403 403 403 201 201 403",
            #"{"kind":"forum","title":"Next","series":"{series}","next_turn":true,"date":"2027-autumn"}"#
        ).causes("event.added").shows("\"host_region\":\"JP-31\"", "\"edition\":3"),
        Scenario(
            "addEvent", .post, "/api/v1/events", "401 403 403 403 422 422 403",
            #"{"kind":"seminar","title":"x","date":"2027-10-28/2027-10-27"}"#),
        Scenario(
            "addEvent", .post, "/api/v1/events", "401 403 403 403 422 422 403",
            #"{"kind":"seminar","title":"x","zone":"Mars/Olympus","capacity":{"on_site":0}}"#),
        Scenario("getEvent", .get, "/api/v1/events/{event}", all7).shows("https://meet.example/room", to: .coordinator)
            .shows("528000", to: .coordinator).hides("https://meet.example/room", from: .observer, .other, .narrow)
            .hides("528000", from: .observer, .owner, .other, .narrow).shows("https://meet.example/room", to: .owner),
        Scenario("getEvent", .get, "/api/v1/events/{plan}", "401 404 404 404 200 200 404"),
        Scenario("changeEvent", .patch, "/api/v1/events/{event}", office, #"{"capacity":{"on_site":9}}"#)
            .causes("event.revised", "registration.moved_up").shows("\"taken\":2"),
        Scenario(
            "changeEvent", .patch, "/api/v1/events/{event}", "401 403 403 403 412 412 403", #"{"summary":"x"}"#
        ).header(.ifMatch, "\"v1\""),
        Scenario(
            "changeEvent", .patch, "/api/v1/events/{event}", "401 403 403 403 422 422 403", #"{"date":"2026-10-29"}"#),
        Scenario("removeEvent", .delete, "/api/v1/events/{event}", "401 403 403 403 409 409 403"),
        Scenario("removeEvent", .delete, "/api/v1/events/{plan}", "401 403 403 403 204 204 403").causes(
            "event.removed"),
        Scenario("getEventResults", .get, "/api/v1/events/{past}/results", office).shows("\"arrived\":1"),
        Scenario("getEventResultsTable", .get, "/api/v1/events/{past}/results/table?language=en", office)
            .shows("People who came"),
    ]

    private static let moves = [
        Scenario("announceEvent", .post, "/api/v1/events/{plan}/announcement", office).causes("event.announced"),
        Scenario("openEvent", .post, "/api/v1/events/{plan}/opening", office).causes("event.opened"),
        Scenario("closeEvent", .post, "/api/v1/events/{event}/closing", office).causes("event.registration_closed"),
        Scenario("holdEvent", .post, "/api/v1/events/{event}/holding", "401 403 403 403 422 422 403"),
        Scenario("holdEvent", .post, "/api/v1/events/{older}/holding", office).causes("event.held"),
        Scenario("reportEvent", .post, "/api/v1/events/{past}/reporting", office).causes("event.reported"),
        Scenario(
            "postponeEvent", .post, "/api/v1/events/{event}/postponement", office,
            #"{"reason":"a typhoon","date":"2027-02-10"}"#
        ).causes("event.postponed", "programme.changed").shows("a typhoon", "\"date\":\"2026-10-27\""),
        Scenario(
            "postponeEvent", .post, "/api/v1/events/{past}/postponement", "401 403 403 403 409 409 403",
            #"{"reason":"too late"}"#),
        Scenario(
            "replanEvent", .post, "/api/v1/events/{late}/replanning", office, #"{"date":"2027-05"}"#
        ).causes("event.replanned").shows("2027-05"),
        Scenario(
            "cancelEvent", .post, "/api/v1/events/{event}/cancellation", office, #"{"reason":"no hall"}"#
        ).causes("event.cancelled"),
    ]

    private static let registrations = [
        Scenario("listRegistrations", .get, "/api/v1/events/{event}/registrations", all7)
            .shows("{registration}", "{waiting}", to: .coordinator).shows("{registration}", to: .owner)
            .hides("{registration}", from: .observer, .other, .narrow).hides("{waiting}", from: .owner),
        Scenario(
            "register", .post, "/api/v1/events/{event}/registrations", "401 403 409 409 201 201 403",
            #"{"attendance":"on_site","companions":[{"name":"C"}],"languages":["ja","ko"]}"#
        ).causes("registration.waiting").shows("\"place_in_line\":2"),
        Scenario(
            "register", .post, "/api/v1/events/{event}/registrations", "401 403 403 403 201 201 403",
            #"{"guest":{"name":"Guest","email":"g@outside.example","language":"ko"},"attendance":"remote"}"#
        ).causes("registration.confirmed"),
        Scenario(
            "register", .post, "/api/v1/events/{event}/registrations", "401 403 403 403 422 422 403",
            #"{"participant":"{gone}"}"#
        ),
        Scenario("getRegistration", .get, "/api/v1/registrations/{registration}", "401 404 200 404 200 200 404")
            .shows("a ramp"),
        Scenario(
            "changeRegistration", .patch, "/api/v1/registrations/{registration}", "401 403 200 404 200 200 403",
            #"{"message":"I come by train","unavailable":[{"from":"2026-10-27T03:00:00Z","to":"2026-10-27T04:00:00Z"}]}"#
        ).causes("registration.revised").shows("by train"),
        Scenario(
            "changeRegistration", .patch, "/api/v1/registrations/{registration}", "401 403 422 404 422 422 403",
            #"{"unavailable":[{"from":"2026-10-27T04:00:00Z","to":"2026-10-27T03:00:00Z"}]}"#),
        Scenario("approveRegistration", .post, "/api/v1/registrations/{requested}/approval", office)
            .causes("registration.confirmed"),
        Scenario("promoteRegistration", .post, "/api/v1/registrations/{waiting}/promotion", office)
            .causes("registration.moved_up"),
        Scenario(
            "declineRegistration", .post, "/api/v1/registrations/{requested}/refusal", office, #"{"reason":"full"}"#
        ).causes("registration.declined"),
        Scenario(
            "cancelRegistration", .post, "/api/v1/registrations/{registration}/cancellation",
            "401 403 200 404 200 200 403"
        ).causes("registration.cancelled", "registration.moved_up"),
        Scenario(
            "importRegistrations", .post, "/api/v1/events/{event}/registrations/import?dry_run=true", office,
            "氏名,メールアドレス,参加方法\n金田,kane@outside.example,オンライン\nPerson,other@mail.example,会場\n"
        ).csv().shows("\"written\":false", "\"created\":1", "\"updated\":1"),
        Scenario("exportRegistrations", .get, "/api/v1/events/{event}/registrations/export", office)
            .shows("owner@mail.example"),
        Scenario("getOwnEvents", .get, "/api/v1/me/events", all7).shows("{registration}", "{talk}", to: .owner)
            .hides("{registration}", from: .other, .coordinator),
    ]

    private static let door = [
        Scenario("checkIn", .post, "/api/v1/events/{event}/arrivals", office, #"{"code":"{code}"}"#)
            .causes("registration.arrived"),
        Scenario(
            "checkIn", .post, "/api/v1/events/{past}/arrivals", "401 403 403 403 409 409 403", #"{"code":"{code}"}"#),
        Scenario(
            "checkIn", .post, "/api/v1/events/{event}/arrivals", "401 403 403 403 404 404 403", #"{"code":"nonsense"}"#
        ),
        Scenario("checkInRegistration", .post, "/api/v1/registrations/{registration}/arrival", office)
            .causes("registration.arrived"),
        Scenario("undoCheckIn", .post, "/api/v1/registrations/{arrived}/departure", office)
            .causes("registration.arrival_undone"),
        Scenario(
            "walkIn", .post, "/api/v1/events/{event}/walk-ins", "401 403 403 403 201 201 403",
            #"{"guest":{"name":"Passer-by","language":"ja"}}"#
        ).causes("registration.confirmed", "registration.arrived"),
    ]

    private static let presentations = [
        Scenario("listPresentations", .get, "/api/v1/events/{event}/presentations", all7)
            .shows("{talk}", to: .owner, .coordinator).hides("{talk}", from: .observer, .other, .narrow),
        Scenario(
            "proposePresentation", .post, "/api/v1/events/{event}/presentations", "401 403 201 201 201 201 403",
            #"{"title":"Gears","language":"en","subject":"{metalSeed}","minutes":15}"#
        ).causes("presentation.proposed"),
        Scenario(
            "proposePresentation", .post, "/api/v1/events/{event}/presentations", "401 403 422 422 422 422 403",
            #"{"title":"Gears","language":"en","subject":"the moon"}"#),
        Scenario("getPresentation", .get, "/api/v1/presentations/{talk}", "401 404 200 404 200 200 404"),
        Scenario("getPresentation", .get, "/api/v1/presentations/{accepted}", all7)
            .hides("well written", from: .observer, .other, .narrow).shows("well written", to: .owner, .coordinator),
        Scenario(
            "changePresentation", .patch, "/api/v1/presentations/{talk}", "401 403 200 404 200 200 403",
            #"{"minutes":20}"#
        ).causes("presentation.revised"),
        Scenario(
            "askPresenter", .post, "/api/v1/presentations/{talk}/question", office, #"{"text":"For whom?"}"#
        ).causes("presentation.asked").shows("For whom?"),
        Scenario(
            "answerReview", .post, "/api/v1/presentations/{asked}/answer", "401 403 200 404 200 200 403",
            #"{"text":"For hospitals."}"#
        ).causes("presentation.answered"),
        Scenario("acceptPresentation", .post, "/api/v1/presentations/{talk}/acceptance", office)
            .causes("presentation.accepted"),
        Scenario(
            "declinePresentation", .post, "/api/v1/presentations/{talk}/refusal", office, #"{"text":"Next year"}"#
        ).causes("presentation.declined"),
        Scenario(
            "withdrawPresentation", .post, "/api/v1/presentations/{talk}/withdrawal", "401 403 200 404 200 200 403"
        ).causes("presentation.withdrawn"),
    ]

    private static let programmes = [
        Scenario("getProgramme", .get, "/api/v1/events/{event}/programme?language=en", all7)
            .shows("{programmeSession}").shows("{laterSession}", "outside the event's", to: .coordinator)
            .hides("{laterSession}", "outside the event's", from: .observer, .owner, .other, .narrow),
        Scenario(
            "addSession", .post, "/api/v1/events/{event}/programme/sessions", "401 403 403 403 201 201 403",
            #"{"title":"Lunch","kind":"break","from":"2026-10-27T12:00","to":"2026-10-27T13:00","place":"Hall A"}"#
        ).causes("programme.changed").shows("2026-10-27T03:00:00.000Z"),
        Scenario(
            "addSession", .post, "/api/v1/events/{event}/programme/sessions", "401 403 403 403 422 422 403",
            #"{"title":"Lunch","from":"2026-10-27T13:00","to":"2026-10-27T12:00"}"#),
        Scenario(
            "changeSession", .patch, "/api/v1/events/{event}/programme/sessions/{programmeSession}", office,
            #"{"title":"Talks"}"#
        ).causes("programme.changed").header(.ifMatch, "\"v2\""),
        Scenario(
            "changeSession", .patch, "/api/v1/events/{event}/programme/sessions/{programmeSession}",
            "401 403 403 403 412 412 403", #"{"place":"Hall A"}"#
        ).header(.ifMatch, "\"v1\""),
        Scenario("removeSession", .delete, "/api/v1/events/{event}/programme/sessions/{programmeSession}", office)
            .causes("programme.changed"),
        Scenario("listReleases", .get, "/api/v1/events/{event}/programme/releases", all7).shows("\"number\":1"),
        Scenario(
            "releaseProgramme", .post, "/api/v1/events/{event}/programme/releases", office, #"{"note":"rooms settled"}"#
        ).causes("programme.released").shows("\"number\":2"),
    ]
}
