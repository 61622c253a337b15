import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    /// Series of events.
    var seriesRoutes: [Route] {
        let path = "/api/v1/event-series"
        let form = SeriesForm.schema(fieldCode)
        return [
            .get(
                path, "listEventSeries", Tag.events, "Series of events, newest first", needs: .read,
                gives: .ok(ListPage.schema(of: form), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listEventSeries")
                let found = try await office.seriesList(page.request, by: request.actor())
                let items = try found.items.map(EventView.json)
                return page.answer(items, next: found.next.map { Cursor(position: [$0]) })
            }.paged(),
            .post(
                path, "addEventSeries", Tag.events, "Enters a series", needs: .coordinate,
                gives: .created(form, "Entered.")
            ) { request in
                let content = try SeriesForm.content(
                    request.body, over: EventSeries.Content(title: request.body.text("title") ?? ""))
                let made = try await office.addSeries(
                    request.body.choice("kind") ?? .forum, content, by: request.actor())
                return .created(try EventView.json(made), at: "\(path)/\(made.id)", version: made.version)
            }.keyed().body(
                .named(
                    "EventSeriesInput",
                    .object(
                        [.required("kind", .choice(Event.Kind.self))] + SeriesForm.input(fieldCode, needed: .required)))
            ),
            .get(
                path + "/{series}", "getEventSeries", Tag.events, "One series with its history and whose turn it is",
                needs: .read, gives: .ok(SeriesForm.history(fieldCode), "It.")
            ) { request in
                let shown = try await office.series(request.id("series"), by: request.actor())
                return .ok(try EventView.json(shown), version: shown.series.version)
            }.taking(.id("series", EventSeries.self)).tagged(),
            .patch(
                path + "/{series}", "changeEventSeries", Tag.events, "Changes a series", needs: .coordinate,
                gives: .ok(form, "As it is now.")
            ) { request in
                let body = request.body
                let changed = try await office.reviseSeries(
                    request.id("series"), expecting: request.expectedVersion(),
                    { $0 = try SeriesForm.content(body, over: $0) }, by: request.actor())
                return .ok(try EventView.json(changed), version: changed.version)
            }.taking(.id("series", EventSeries.self)).checksVersion()
                .body(.object(SeriesForm.input(fieldCode, needed: .optional), minimum: 1)),
            .delete(
                path + "/{series}", "removeEventSeries", Tag.events, "Takes away a series without events",
                needs: .coordinate, gives: .nothing("Gone.")
            ) { request in
                try await office.removeSeries(
                    request.id("series"), expecting: request.expectedVersion(), by: request.actor())
                return .nothing
            }.taking(.id("series", EventSeries.self)).checksVersion().refusing(.conflict),
        ]
    }

    /// Events.
    var eventRoutes: [Route] {
        let path = "/api/v1/events"
        let form = EventForm.schema(fieldCode)
        let single: [Route] = [
            .get(path + "/{event}", "getEvent", Tag.events, "One event", needs: .read, gives: .ok(form, "It.")) {
                request in
                let shown = try await office.event(request.id("event"), by: request.actor())
                return .ok(try EventView.json(shown), version: shown.event.version)
            }.taking(.id("event", Event.self)).tagged(),
            .patch(
                path + "/{event}", "changeEvent", Tag.events, "Changes what organisers wrote", needs: .coordinate,
                gives: .ok(form, "As it is now.")
            ) { request in
                let body = request.body
                let changed = try await office.reviseEvent(
                    request.id("event"), expecting: request.expectedVersion(),
                    { try EventForm.apply(body, to: &$0) }, by: request.actor())
                return try await answer(changed.id, request)
            }.noting("A date that people were told moves by postponing only, so that the former one is kept.")
                .taking(.id("event", Event.self)).checksVersion().refusing(.conflict)
                .body(.object(EventForm.input(fieldCode, needed: .optional), minimum: 1)),
            .delete(
                path + "/{event}", "removeEvent", Tag.events, "Takes away an event entered by mistake",
                needs: .coordinate, gives: .nothing("Gone.")
            ) { request in
                try await office.removeEvent(
                    request.id("event"), expecting: request.expectedVersion(), by: request.actor())
                return .nothing
            }.noting("What people registered for is kept: cancel it instead.").taking(.id("event", Event.self))
                .checksVersion().refusing(.conflict),
        ]
        return [listingEvents(form), addingEvent(form)] + single
    }

    private func listingEvents(_ form: Schema) -> Route {
        .get(
            "/api/v1/events", "listEvents", Tag.events, "Events, the latest first", needs: .read,
            gives: .ok(ListPage.schema(of: form), "A page.")
        ) { request in
            let page = try ListPage(request, route: "listEvents")
            var filter = EventFilter()
            filter.kind = request.filters.choice("kind")
            filter.series = try request.filters.id("series")
            filter.states = request.filters.choices("state") ?? []
            filter.from = try request.filters.text("from").map { try EventDate($0, field: "from").first }
            filter.to = try request.filters.text("to").map { try EventDate($0, field: "to").last }
            filter.text = request.filters.text("q")
            let found = try await office.events(filter, page.request, by: request.actor())
            let items = try found.items.map(EventView.json)
            return page.answer(items, next: found.next.map { Cursor(position: [$0]) })
        }.noting("Members see no plans.").paged().taking(
            .query("kind", .choice(Event.Kind.self), "Only of that kind."),
            .query("series", .id(EventSeries.self), "Only of that series."),
            .query("state", .array(.choice(Event.State.self), 0...7, .unique), "Only in one of these."),
            .query("from", EventForm.date, "Only those that are not over before."),
            .query("to", EventForm.date, "Only those that begin by then."),
            .query("q", .name(TextLimits.title), "Part of the title."))
    }

    private func addingEvent(_ form: Schema) -> Route {
        .post(
            "/api/v1/events", "addEvent", Tag.events, "Enters an event, planned", needs: .coordinate,
            gives: .created(form, "Entered.")
        ) { request in
            let draft = try EventForm.draft(request.body, zone: office.settings.eventZone)
            let turn: EventTurn = request.body["next_turn"]?.bool == true ? .next : .asWritten
            let made = try await office.addEvent(draft, turn: turn, by: request.actor())
            let shown = try await office.event(made.id, by: request.actor())
            return .created(try EventView.json(shown), at: "/api/v1/events/\(made.id)", version: made.version)
        }.keyed().refusing(.conflict, .notFound).body(
            .named(
                "EventInput",
                .object(
                    [
                        .required("kind", .choice(Event.Kind.self)),
                        .optional(
                            "former_dates", EventForm.formerDates, "Dates that did not hold, of an older event."),
                        .optional(
                            "next_turn", .boolean, "Fills in the series' next host and number where they are left out."),
                    ] + EventForm.input(fieldCode, needed: .required))))
    }

    /// Steps in the life of an event.
    var eventMoveRoutes: [Route] {
        let reason = Property.required("reason", Schema.lines(TextLimits.note))
        return [
            moving("announcement", "announceEvent", "Tells people of it") { _ in .announce },
            moving("opening", "openEvent", "Takes registrations from now on") { _ in .open },
            moving("closing", "closeEvent", "Takes no more registrations") { _ in .closeRegistration },
            moving("holding", "holdEvent", "Notes that it took place") { _ in .hold },
            moving("reporting", "reportEvent", "Notes that its results are written up") { _ in .report },
            moving("postponement", "postponeEvent", "Puts it off; the former date and the reason are kept") {
                .postpone(to: try $0.text("date").map { try EventDate($0) }, reason: $0.text("reason") ?? "")
            }.body(
                .object([
                    reason, .optional("date", EventForm.date.orNull, "The new date; null until one is found."),
                ])),
            moving("replanning", "replanEvent", "Gives a postponed event its new date") {
                .replan(to: try EventDate($0.text("date") ?? ""))
            }.body(.object([.required("date", EventForm.date)])),
            moving("cancellation", "cancelEvent", "Calls it off for good") {
                .cancel(reason: $0.text("reason") ?? "")
            }.body(.object([reason])),
        ]
    }

    private func moving(
        _ name: String, _ id: String, _ summary: String, _ move: @escaping @Sendable (JSONValue) throws -> EventMove
    ) -> Route {
        .post(
            "/api/v1/events/{event}/\(name)", id, Tag.events, summary, needs: .coordinate,
            gives: .ok(EventForm.schema(fieldCode), "As it is now.")
        ) { request in
            let changed = try await office.moveEvent(
                request.id("event"), try move(request.body), expecting: request.expectedVersion(), by: request.actor())
            return try await answer(changed.id, request)
        }.taking(.id("event", Event.self)).checksVersion().refusing(.conflict)
    }

    private func answer(_ event: Identifier<Event>, _ request: APIRequest) async throws -> APIResponse {
        let shown = try await office.event(event, by: request.actor())
        return .ok(try EventView.json(shown), version: shown.event.version)
    }
}
