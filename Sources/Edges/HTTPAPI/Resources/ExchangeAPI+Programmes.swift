import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    private var eventPath: String { "/api/v1/events/{event}" }

    /// Presentations and their review.
    var presentationRoutes: [Route] {
        let form = PresentationForm.schema
        let owner = Property.optional(
            "owner", Schema.id(Participant.self).orNull, "For coordinators: whose presentation it is.")
        return [
            .get(
                eventPath + "/presentations", "listPresentations", Tag.programmes, "Presentations, newest first",
                needs: .read, gives: .ok(ListPage.schema(of: form), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listPresentations")
                var filter = PresentationFilter()
                filter.event = try request.id("event")
                filter.states = request.filters.choices("state") ?? []
                let found = try await office.presentations(filter, page.request, by: request.actor())
                return page.answer(
                    try found.items.map(EventView.json), next: found.next.map { Cursor(position: [$0]) })
            }.noting("All of them for coordinators; others see those they proposed.").taking(.id("event", Event.self))
                .paged().taking(
                    .query("state", .array(.choice(Presentation.State.self), 0...5, .unique), "Only in one of these.")),
            .post(
                eventPath + "/presentations", "proposePresentation", Tag.programmes, "Offers a presentation",
                needs: .take, gives: .created(form, "Offered.")
            ) { request in
                let empty = Presentation.Content(
                    title: request.body.text("title") ?? "", language: request.body.choice("language") ?? .ja)
                let made = try await office.propose(
                    PresentationForm.content(request.body, over: empty), at: request.id("event"),
                    for: request.body.id("owner"), by: request.actor())
                return .created(
                    try EventView.json(made), at: "/api/v1/presentations/\(made.id)", version: made.version)
            }.noting("Members while the event calls for presentations; coordinators at any time.")
                .taking(.id("event", Event.self)).keyed().refusing(.conflict).body(
                    .named("PresentationInput", .object([owner] + PresentationForm.input(needed: .required)))),
            .get(
                "/api/v1/presentations/{presentation}", "getPresentation", Tag.programmes, "One presentation",
                needs: .read, gives: .ok(form, "It.")
            ) { request in
                let found = try await office.presentation(request.id("presentation"), by: request.actor())
                return .ok(try EventView.json(found), version: found.version)
            }.taking(.id("presentation", Presentation.self)).tagged(),
            .patch(
                "/api/v1/presentations/{presentation}", "changePresentation", Tag.programmes, "Changes a presentation",
                needs: .take, gives: .ok(form, "As it is now.")
            ) { request in
                let body = request.body
                let changed = try await office.revisePresentation(
                    request.id("presentation"), expecting: request.expectedVersion(),
                    { $0 = try PresentationForm.content(body, over: $0) }, by: request.actor())
                return .ok(try EventView.json(changed), version: changed.version)
            }.taking(.id("presentation", Presentation.self)).checksVersion().refusing(.conflict)
                .body(.object(PresentationForm.input(needed: .optional), minimum: 1)),
        ]
    }

    /// The review.
    var reviewRoutes: [Route] {
        let words = Schema.object([.required("text", .lines(TextLimits.message))])
        let note = Schema.object([.optional("text", Schema.lines(TextLimits.message).orNull)])
        return [
            reviewing("question", "askPresenter", "Asks something before it is decided", needs: .coordinate) {
                .ask($0.text("text") ?? "")
            }.body(words),
            reviewing("answer", "answerReview", "Answers the organisers' question", needs: .take) {
                .answer($0.text("text") ?? "")
            }.body(words),
            reviewing("acceptance", "acceptPresentation", "Takes it into the programme", needs: .coordinate) {
                .accept(note: $0.text("text"))
            }.optionalBody(note),
            reviewing("refusal", "declinePresentation", "Does not take it, with the reason", needs: .coordinate) {
                .decline(reason: $0.text("text") ?? "")
            }.body(words),
            reviewing("withdrawal", "withdrawPresentation", "Takes one's offer back", needs: .take) { _ in .withdraw },
        ]
    }

    private func reviewing(
        _ name: String, _ id: String, _ summary: String, needs permission: Permission,
        _ move: @escaping @Sendable (JSONValue) -> PresentationMove
    ) -> Route {
        .post(
            "/api/v1/presentations/{presentation}/\(name)", id, Tag.programmes, summary, needs: permission,
            gives: .ok(PresentationForm.schema, "As it is now.")
        ) { request in
            let changed = try await office.move(
                request.id("presentation"), move(request.body), expecting: request.expectedVersion(),
                by: request.actor())
            return .ok(try EventView.json(changed), version: changed.version)
        }.taking(.id("presentation", Presentation.self)).checksVersion().refusing(.conflict)
    }

    /// Programmes: a draft that coordinators edit under If-Match, and releases.
    var programmeRoutes: [Route] {
        let path = eventPath + "/programme"
        let draft: [Route] = [
            .get(path, "getProgramme", Tag.programmes, "The programme", needs: .read, gives: .ok(programme, "It.")) {
                request in
                try await answer(try await office.programme(of: request.id("event"), by: request.actor()), request)
            }.noting("Draft, changes and warnings for coordinators; others see what was released.")
                .taking(.id("event", Event.self), .language).tagged(),
            .post(
                path + "/sessions", "addSession", Tag.programmes, "Adds a session to the draft", needs: .coordinate,
                gives: .created(programme, "The programme as it is now; the address is the session's.")
            ) { request in
                var draft = SessionDraft(title: "", from: "", to: "")
                try ProgrammeForm.apply(request.body, to: &draft)
                let event: Identifier<Event> = try request.id("event")
                let (session, shown) = try await office.addSession(
                    draft, to: event, expecting: request.expectedVersion(), by: request.actor())
                return .created(
                    EventView.json(shown, in: request.language, office.ambient.zones),
                    at: "/api/v1/events/\(event)/programme/sessions/\(session.id)", version: shown.programme.version)
            }.noting("Clashes are warnings, never refusals.").taking(.id("event", Event.self), .language)
                .checksVersion().refusing(.conflict)
                .body(.named("SessionInput", .object(ProgrammeForm.input(needed: .required)))),
            .patch(
                path + "/sessions/{session}", "changeSession", Tag.programmes, "Changes a session of the draft",
                needs: .coordinate, gives: .ok(programme, "The programme as it is now.")
            ) { request in
                let body = request.body
                let shown = try await office.reviseSession(
                    request.id("session"), of: request.id("event"), expecting: request.expectedVersion(),
                    { try ProgrammeForm.apply(body, to: &$0) }, by: request.actor())
                return try await answer(shown, request)
            }.taking(.id("event", Event.self), .id("session", ProgrammeSession.self), .language).checksVersion()
                .refusing(.conflict).body(.object(ProgrammeForm.input(needed: .optional), minimum: 1)),
            .delete(
                path + "/sessions/{session}", "removeSession", Tag.programmes, "Takes a session out of the draft",
                needs: .coordinate, gives: .ok(programme, "The programme as it is now.")
            ) { request in
                try await answer(
                    try await office.removeSession(
                        request.id("session"), of: request.id("event"), expecting: request.expectedVersion(),
                        by: request.actor()), request)
            }.taking(.id("event", Event.self), .id("session", ProgrammeSession.self), .language).checksVersion()
                .refusing(.conflict),
        ]
        return draft + releaseRoutes(path)
    }

    private var programme: Schema { ProgrammeForm.schema }

    private func releaseRoutes(_ path: String) -> [Route] {
        [
            .get(
                path + "/releases", "listReleases", Tag.programmes, "Every release, newest first", needs: .read,
                gives: .ok(.object([.required("releases", .array(ProgrammeForm.release))]), "All of them.")
            ) { request in
                let found = try await office.releases(of: request.id("event"), by: request.actor())
                return .ok(["releases": .array(found.map(EventView.json))])
            }.taking(.id("event", Event.self)),
            .post(
                path + "/releases", "releaseProgramme", Tag.programmes, "Releases the draft", needs: .coordinate,
                gives: .ok(programme, "The programme as it is now.")
            ) { request in
                try await answer(
                    try await office.releaseProgramme(
                        of: request.id("event"), note: request.body.text("note"),
                        expecting: request.expectedVersion(), by: request.actor()), request)
            }.noting(
                "Everybody hears of the first release; of a later one only people with a part in what changed."
            ).taking(.id("event", Event.self), .language).checksVersion().refusing(.conflict)
                .optionalBody(.object([.optional("note", Schema.lines(TextLimits.note).orNull)])),
        ]
    }

    private func answer(_ shown: ShownProgramme, _ request: APIRequest) async throws -> APIResponse {
        .ok(
            EventView.json(shown, in: request.language, office.ambient.zones),
            version: shown.programme.version)
    }
}
