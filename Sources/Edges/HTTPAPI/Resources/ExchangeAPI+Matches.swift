import Exchange
import HTTPTypes
import Operations
import WebCommon

extension APIRequest {
    /// The language in which sentences are wanted.
    var language: Language { filters.choice("language") ?? .ja }

    /// Whether the numbers behind the sentences are wanted as well.
    var wantsNumbers: Bool { filters["numbers"]?.bool ?? false }
}

extension ExchangeAPI {
    var matchRoutes: [Route] {
        let form = MatchForm.schema(postingForm)
        return [
            .get(
                "/api/v1/matches", "listMatches", Tag.matches, "Matches", needs: .read,
                gives: .ok(ListPage.schema(of: form), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listMatches")
                var filter = MatchListFilter()
                filter.posting = try request.filters.id("posting")
                filter.states = request.filters.choices("state") ?? []
                filter.kind = request.filters.choice("class")
                filter.minimumScore = request.filters["minimum_score"]?.double
                let found = try await office.matches(
                    filter, page.request, in: request.language, reading: reading, by: request.actor())
                let wantsNumbers = request.wantsNumbers
                return page.answer(found) { MatchForm.json($0, withNumbers: wantsNumbers) }
            }.noting(
                "All of them for coordinators, for others those of their organization's postings. Best first within "
                    + "one posting, newest first otherwise."
            ).paged().taking(
                .query("posting", .id(Posting.self), "Only those of the posting."),
                .query("state", .array(.choice(Match.State.self), 0...4, .unique), "Only in one of these states."),
                .query("class", .choice(Match.Class.self), "Only of that class."),
                .query("minimum_score", .number(0...1), "Only those that score at least so much."), .language,
                Self.numbers),
            .get(
                "/api/v1/matches/{match}", "getMatch", Tag.matches, "One match with its reasons", needs: .read,
                gives: .ok(form, "It.")
            ) { request in
                let found = try await office.match(
                    request.id("match"), in: request.language, reading: reading, by: request.actor())
                return .ok(MatchForm.json(found, withNumbers: request.wantsNumbers))
            }.taking(.id("match", Match.self), .language, Self.numbers),
            .get(
                "/api/v1/match-references/{reference}", "findMatch", Tag.matches,
                "The match behind the reference in a notice", needs: .read, gives: .ok(form, "It.")
            ) { request in
                let id = try await office.match(reference: request.path("reference"), by: request.actor())
                let found = try await office.match(id, in: request.language, reading: reading, by: request.actor())
                return .ok(MatchForm.json(found, withNumbers: request.wantsNumbers))
            }.taking(
                .path("reference", .string(Self.reference), "At least the last eight characters of the identifier."),
                .language, Self.numbers),
        ] + matchStateRoutes
    }

    private static var numbers: Parameter {
        .query("numbers", .boolean, "Whether to add what stands behind the sentences.")
    }

    private static var reference: TextForm {
        TextForm(
            pattern: "^[0-9A-Za-z]{8,26}$", says: "8 to 26 letters and digits", example: "p0nzbr4k"
        ) { text in
            (8...26).contains(text.utf8.count)
                && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }
        }
    }

    private var matchStateRoutes: [Route] {
        [
            moving("hold", "holdMatch", "Keeps a match back") {
                try await office.hold($0.id("match"), by: $0.actor())
            },
            moving("release", "releaseMatch", "Shows a held or dismissed match again") {
                try await office.release($0.id("match"), by: $0.actor())
            },
            moving("dismissal", "dismissMatch", "Puts a match aside") {
                try await office.dismiss($0.id("match"), because: $0.body.text("reason"), by: $0.actor())
            }.optionalBody(.object([.optional("reason", Schema.lines(TextLimits.message).orNull)])),
        ]
    }

    private func moving(
        _ name: String, _ id: String, _ summary: String, _ verb: @escaping @Sendable (APIRequest) async throws -> Match
    ) -> Route {
        .post(
            "/api/v1/matches/{match}/\(name)", id, Tag.matches, summary, needs: .coordinate,
            gives: .ok(MatchForm.state, "As it is now.")
        ) { request in
            let changed = try await verb(request)
            return .ok(MatchForm.json(changed), version: changed.version)
        }.taking(.id("match", Match.self)).refusing(.conflict)
    }

    /// What a side answers to a match.
    var answerRoutes: [Route] {
        [
            .post(
                "/api/v1/matches/{match}/interest", "expressInterest", Tag.introductions,
                "Is interested in the other side",
                needs: .take, gives: .ok(IntroductionForm.schema, "The introduction that follows.")
            ) { request in
                let answered = try await office.answer(
                    request.id("match"), .interested(message: request.body.text("message")),
                    for: request.body.choice("side"), by: request.actor())
                return try await shown(answered, request)
            }.taking(.id("match", Match.self)).keyed().refusing(.conflict)
                .optionalBody(.object(IntroductionForm.interest)),
            .post(
                "/api/v1/matches/{match}/refusal", "refuseMatch", Tag.introductions, "Is not interested, and why",
                needs: .take, gives: .ok(IntroductionForm.schema, "The introduction, refused.")
            ) { request in
                let answered = try await office.answer(
                    request.id("match"), Self.refusal(request.body), for: request.body.choice("side"),
                    by: request.actor())
                return try await shown(answered, request)
            }.taking(.id("match", Match.self)).keyed().refusing(.conflict).body(.object(IntroductionForm.refusal)),
        ]
    }

    static func refusal(_ body: JSONValue) -> SideAnswer {
        .refused(body.choice("reason") ?? .other, note: body.text("note"))
    }

    /// The introduction as the caller may see it.
    func shown(_ introduction: Introduction, _ request: APIRequest) async throws -> APIResponse {
        let shown = try await office.introduction(introduction.id, by: request.actor())
        return .ok(IntroductionForm.json(shown), version: shown.introduction.version)
    }
}
