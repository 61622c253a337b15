import Exchange
import HTTPTypes
import Operations
import Tabular
import WebCommon

extension ExchangeAPI {
    /// What came of an event.
    var eventReportRoutes: [Route] {
        let path = "/api/v1/events/{event}/results"
        return [
            .get(
                path, "getEventResults", Tag.events, "What came of an event, counted", needs: .coordinate,
                gives: .ok(EventReportForm.schema, "The figures.")
            ) { request in
                .ok(try EventView.json(try await office.eventReport(request.id("event"), by: request.actor())))
            }.noting(
                "Online activity since the event before it in the series, the day itself, and what became of the pairs "
                    + "it brought together; postings that name the event as their origin."
            ).taking(.id("event", Event.self)),
            .get(
                path + "/table", "getEventResultsTable", Tag.events, "The same as a CSV file", needs: .coordinate,
                gives: Answer(.ok, "The file.", .text(mediaType: "text/csv"))
            ) { request in
                try await table(request, "results") { language, encoding in
                    try await office.eventReportTable(
                        request.id("event"), in: language, encoding: encoding, by: request.actor())
                }
            }.taking(
                .id("event", Event.self),
                .query("encoding", .choice(TextEncoding.self), "utf8BOM when not given, which Excel reads."), .language),
        ]
    }
}

/// Results of events on the wire.
enum EventReportForm {
    private static let count = Schema.integer(0...Int.max)
    private static let span = Schema.object([.required("from", .time), .required("to", .time)])

    private static func counts(_ names: [String]) -> Schema { .object(names.map { .required($0, count) }) }

    static let schema = Schema.named(
        "EventResults",
        .object([
            .required("event", .id(Event.self)), .required("title", .stored),
            .required("state", .choice(Event.State.self)),
            .required("previous", Schema.id(Event.self).orNull, "The event before it in the series."),
            .required("online", span, "From the end of that event to the beginning of this one."),
            .required(
                "activity",
                counts(["joined", "published", "matches", "interests", "mutual", "introduced", "met", "concluded"])),
            .required(
                "attendance",
                counts([
                    "registrations", "confirmed", "arrived", "remote", "waiting", "cancelled", "organizations",
                    "regions",
                ])),
            .required(
                "programme",
                counts([
                    "proposed", "accepted", "sessions", "releases", "site_visits", "delegations", "agreements",
                ])),
            .required("since", span, "From the beginning of the event until now."),
            .required("encounters", counts(["pairs", "interested", "introduced", "met", "concluded"])),
            .required(
                "born",
                .array(
                    .object([
                        .required("posting", .id(Posting.self)), .required("kind", .choice(Posting.Kind.self)),
                        .required("title", .stored), .required("state", .oneOf(Posting.State.words)),
                    ])), "Postings that name the event as their origin."),
            .required(
                "budget",
                .array(
                    .object([
                        .required("fiscal_year", count), .required("currency", .stored), .required("asked", count),
                        .required("granted", count), .required("spent", count),
                    ]))),
        ]))
}
