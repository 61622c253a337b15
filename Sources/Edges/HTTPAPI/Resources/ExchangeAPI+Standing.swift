import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    var tokenRoutes: [Route] {
        let path = "/api/v1/tokens"
        return [
            .get(
                path, "listTokens", Tag.tokens, "Somebody's tokens, newest first", needs: .read,
                gives: .ok(
                    .object([.required("items", .array(TokenForm.schema))]), "The tokens, without their secrets.")
            ) { request in
                let actor = try request.actor()
                guard let id = try request.filters.id("participant") ?? actor.participant else {
                    throw Problem(.notFound)
                }
                let found = try await office.tokens(of: id, by: actor)
                return .ok(["items": .array(found.map(TokenForm.json))])
            }.noting("One's own when nobody is named; others' for administrators.").refusing(.notFound).taking(
                .query("participant", .id(Participant.self), "Whose.")),
            .post(
                path, "issueToken", Tag.tokens, "Issues a token", needs: .read,
                gives: .created(TokenForm.issued, "The token with its secret, shown this once.")
            ) { request in
                let actor = try request.actor()
                guard let id = try request.body.id("participant") ?? actor.participant else { throw Problem(.notFound) }
                let scopes = Set(request.body.choices("scopes", AccessToken.Scope.self) ?? [])
                let issued = try await office.issueToken(
                    request.body.text("name") ?? "", scopes: scopes, days: request.body["days"]?.integer, for: id,
                    by: actor)
                return .created(TokenForm.json(issued), at: "\(path)?participant=\(id)")
            }.noting(
                "For oneself when nobody is named; for others as an administrator."
            )
            .refusing(.conflict, .notFound).body(
                .object([
                    .required("name", .name(TextLimits.name, example: "nightly export")),
                    .required("scopes", .array(.choice(AccessToken.Scope.self), 1...4, .unique)),
                    .optional("days", Schema.integer(1...3650).orNull, "How long it holds; for good when not given."),
                    .optional("participant", .id(Participant.self)),
                ])),
            .delete(
                path + "/{token}", "revokeToken", Tag.tokens, "Ends a token", needs: .read,
                gives: .nothing("It is ended.")
            ) { request in
                _ = try await office.revokeToken(request.id("token"), by: request.actor())
                return .nothing
            }.noting("One's own; others' for administrators.").taking(.id("token", AccessToken.self)),
        ]
    }

    var logRoutes: [Route] {
        let feed = Schema.object([
            .required("items", .array(HappeningForm.schema, 0...ListPage.largest)),
            .required("last", .integer(0...Int.max), "Pass it as after to go on."),
        ])
        return [
            .get(
                "/api/v1/happenings", "listHappenings", Tag.log, "What was done, by whom and when, newest first",
                needs: .coordinate, gives: .ok(ListPage.schema(of: HappeningForm.schema), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listHappenings")
                var filter = HappeningFilter()
                filter.subject = request.filters.text("subject")
                filter.kind = request.filters.choice("kind")
                return page.answer(
                    try await office.happenings(filter, page.request, by: request.actor()), HappeningForm.json)
            }.paged().taking(
                .query("subject", .name(100), "Only what is about this identifier, or touches it."),
                .query("kind", .choice(Happening.Kind.self), "Only of that kind.")),
            .get(
                "/api/v1/happenings/feed", "followHappenings", Tag.log,
                "What was done after a place in the log, oldest first", needs: .coordinate,
                gives: .ok(feed, "The entries; fewer than limit when there are no more yet.")
            ) { request in
                let after = request.query["after"]?.integer ?? 0
                let found = try await office.happenings(
                    after: Int64(after), limit: request.query["limit"]?.integer ?? ListPage.usual, by: request.actor())
                return .ok([
                    "items": .array(found.map(HappeningForm.json)),
                    "last": .integer(found.last.map { Int($0.sequence) } ?? after),
                ])
            }.noting("Misses nothing and repeats nothing.").taking(
                .query("after", .integer(0...Int.max), "A sequence number; from the beginning when not given."),
                .query("limit", .integer(1...ListPage.largest), "How many at most; \(ListPage.usual) when not given.")),
            .get(
                "/api/v1/overview", "getOverview", Tag.log, "How the exchange stands, in numbers", needs: .coordinate,
                gives: .ok(OverviewForm.schema, "The counts.")
            ) { request in
                .ok(OverviewForm.json(try await office.overview(by: request.actor()), matchmaker.meaning))
            },
        ]
    }
}
