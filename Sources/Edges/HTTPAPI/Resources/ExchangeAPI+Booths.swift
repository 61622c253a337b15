import Charts
import Exchange
import Feeds
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    private static var path: String { "/api/v1/events/{event}" }
    /// Most bytes of a drawing.
    private static var drawing: Int { 4_000_000 }

    /// Booths and their layout.
    var boothRoutes: [Route] {
        [
            .get(
                Self.path + "/booths", "getBooths", Tag.booths, "The hall, its exhibitors, and who stands where",
                needs: .read, gives: .ok(BoothForm.schema, "It.")
            ) { request in
                let sheet = try await office.boothSheet(of: request.id("event"), by: request.actor())
                return .ok(try BoothForm.json(sheet), version: sheet.version)
            }.taking(.id("event", Event.self)).tagged(),
            .patch(
                Self.path + "/booths", "changeBooths", Tag.booths, "Writes stands and exhibitors", needs: .coordinate,
                gives: .ok(BoothForm.schema, "As it is now.")
            ) { request in
                let event: Identifier<Event> = try request.id("event")
                let old = try await office.boothSheet(of: event, by: request.actor())
                let content: BoothSheet.Content = try JSONValue(document: old.content).overlaid(with: request.body)
                    .document()
                let sheet = try await office.reviseBooths(
                    of: event, content, expecting: request.expectedVersion() ?? old.version, by: request.actor())
                return .ok(try BoothForm.json(sheet), version: sheet.version)
            }.taking(.id("event", Event.self)).checksVersion().refusing(.conflict, .notFound)
                .body(.object(BoothForm.content, minimum: 1)),
            .post(
                Self.path + "/booths/drawing", "importHall", Tag.booths, "Takes the stands of an SVG drawing",
                needs: .coordinate, gives: .ok(BoothForm.schema, "As it is now.")
            ) { request in
                let sheet = try await office.importHall(
                    of: request.id("event"), svg: request.bytes, expecting: request.expectedVersion(),
                    by: request.actor())
                return .ok(try BoothForm.json(sheet), version: sheet.version)
            }.noting("Each rect with a data-stand is a stand; without any, each rect with an id that holds no other.")
                .taking(.id("event", Event.self)).checksVersion().refusing(.conflict, .notFound)
                .with { $0.body = .bytes(["image/svg+xml"], limit: Self.drawing, about: "An SVG drawing.") },
            .post(
                Self.path + "/booths/layout", "layOutBooths", Tag.booths, "Puts each exhibitor where it fits best",
                needs: .coordinate, gives: .ok(BoothForm.schema, "As it is now.")
            ) { request in
                let sheet = try await office.layOutBooths(
                    of: request.id("event"), seconds: request.body["seconds"]?.double ?? 2,
                    seed: request.body["seed"]?.integer ?? 1, expecting: request.expectedVersion(),
                    on: planner.executor, by: request.actor())
                return .ok(try BoothForm.json(sheet), version: sheet.version)
            }.taking(.id("event", Event.self)).checksVersion().refusing(.conflict).optionalBody(
                .object([
                    .optional("seconds", .number(0.1...60)), .optional("seed", .integer(0...1_000_000_000)),
                ])),
            .get(
                Self.path + "/booths/plan", "drawBooths", Tag.booths, "The hall as a drawing", needs: .read,
                gives: Answer(.ok, "An SVG image.", .text(mediaType: "image/svg+xml"))
            ) { request in
                let plan = try await office.boothPlan(
                    of: request.id("event"), in: request.language, by: request.actor())
                return .text(BoothForm.drawing(plan), mediaType: "image/svg+xml")
            }.taking(.id("event", Event.self), .language),
        ]
    }

    /// Calendars, changes and linked data for other programs.
    var feedRoutes: [Route] {
        [
            open(
                Self.path + "/calendar", "getEventCalendar", "The event and its programme as a calendar",
                "text/calendar"
            ) { request in
                try await office.calendar(of: request.id("event")).text
            }.taking(.id("event", Event.self)),
            open(
                Self.path + "/changes", "getEventChanges", "What changed, for feed readers", "application/atom+xml"
            ) { request in
                try await office.changes(of: request.id("event"), in: request.language).text
            }.taking(.id("event", Event.self), .language),
            open(
                Self.path + "/linked-data", "getEventLinkedData", "The event in the words of schema.org",
                "application/ld+json"
            ) { request in
                try await office.linkedData(of: request.id("event"))
            }.taking(.id("event", Event.self)),
            open(
                "/api/v1/calendars/{secret}", "getOwnCalendar", "Somebody's own events, sessions and meetings",
                "text/calendar"
            ) { request in
                try await office.calendar(secret: request.path("secret")).text
            }.noting("Who has the address may read it.").taking(
                .path("secret", .text(1...100), "The secret of shareCalendar.")),
            .post(
                "/api/v1/session/calendar", "shareCalendar", Tag.feeds, "A new secret address for one's own calendar",
                needs: .take, gives: .ok(.object([.required("url", .stored)]), "The address; the one before ends.")
            ) { request in
                .ok(["url": .string(try await office.shareCalendar(by: request.actor()))])
            },
            .delete(
                "/api/v1/session/calendar", "hideCalendar", Tag.feeds, "Ends the address of one's own calendar",
                needs: .take, gives: .nothing("Ended.")
            ) { request in
                try await office.hideCalendar(by: request.actor())
                return .nothing
            },
        ]
    }

    private func open(
        _ path: String, _ id: String, _ summary: String, _ mediaType: String,
        _ text: @escaping @Sendable (APIRequest) async throws -> String
    ) -> Route {
        Route(
            .get, path, id, tag: Tag.feeds, summary, access: .anyone,
            answers: [Answer(.ok, "It.", .text(mediaType: mediaType))]
        ) { request in .text(try await text(request), mediaType: mediaType) }
    }
}
