import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    var introductionRoutes: [Route] {
        let path = "/api/v1/introductions"
        let pair: [Property] = [
            .required("need", .string(.posting(.need))), .required("seed", .string(.posting(.seed))),
        ]
        return [
            .get(
                path, "listIntroductions", Tag.introductions, "Introductions, newest first", needs: .read,
                gives: .ok(ListPage.schema(of: IntroductionForm.schema), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listIntroductions")
                var filter = IntroductionFilter()
                filter.organization = try request.filters.id("organization")
                filter.posting = try request.filters.id("posting")
                filter.states = request.filters.texts("state") ?? []
                return page.answer(
                    try await office.introductions(filter, page.request, by: request.actor()), IntroductionForm.json)
            }.noting("All of them for coordinators, for others their organization's.").paged().taking(
                .query("posting", .id(Posting.self), "Only those of the posting."),
                .query("organization", .id(Organization.self), "Only those of the organization; for coordinators."),
                .query(
                    "state", .array(.oneOf(Introduction.State.words), 0...6, .unique), "Only in one of these states.")),
            .post(
                path, "askForIntroduction", Tag.introductions, "Is interested in a posting that was not suggested",
                needs: .take, gives: .ok(IntroductionForm.schema, "The introduction that follows.")
            ) { request in
                let need = try Identifier<Posting>(request.body.text("need") ?? "")
                let seed = try Identifier<Posting>(request.body.text("seed") ?? "")
                let answered = try await office.answer(
                    need: need, seed: seed, .interested(message: request.body.text("message")),
                    for: request.body.choice("side"), by: request.actor())
                return try await shown(answered, request)
            }.keyed().refusing(.conflict, .notFound).body(.object(pair + IntroductionForm.interest)),
            .get(
                path + "/{introduction}", "getIntroduction", Tag.introductions, "One introduction", needs: .read,
                gives: .ok(IntroductionForm.schema, "It.")
            ) { request in
                let found = try await office.introduction(request.id("introduction"), by: request.actor())
                return .ok(IntroductionForm.json(found), version: found.introduction.version)
            }.taking(.id("introduction", Introduction.self)).tagged(),
            moving("mediation", "introduceSides", "Tells each side who the other is", needs: .coordinate) {
                try await office.introduce($0.id("introduction"), expecting: $0.expectedVersion(), by: $0.actor())
            },
            moving("meeting", "recordMeeting", "Notes that they have talked", needs: .take) {
                try await office.recordMeeting($0.id("introduction"), expecting: $0.expectedVersion(), by: $0.actor())
            },
            moving("conclusion", "concludeIntroduction", "Ends it with what came of it", needs: .take) {
                try await office.conclude(
                    $0.id("introduction"), $0.body.choice("outcome") ?? .nothing, note: $0.body.text("note"),
                    expecting: $0.expectedVersion(), by: $0.actor())
            }.body(
                .object([
                    .required("outcome", .choice(Introduction.Conclusion.Outcome.self)),
                    .optional("note", Schema.lines(TextLimits.note).orNull),
                ])),
        ]
    }

    private func moving(
        _ name: String, _ id: String, _ summary: String, needs permission: Permission,
        _ verb: @escaping @Sendable (APIRequest) async throws -> Introduction
    ) -> Route {
        .post(
            "/api/v1/introductions/{introduction}/\(name)", id, Tag.introductions, summary, needs: permission,
            gives: .ok(IntroductionForm.schema, "As it is now.")
        ) { request in
            try await shown(try await verb(request), request)
        }.taking(.id("introduction", Introduction.self)).checksVersion().refusing(.conflict)
    }

    private static var pairOfOrganizations: Schema {
        Schema.array(.id(Organization.self), 2...2, .unique).about(
            "The two, in any order.",
            example: ["org_01jd3w7k2m9v8x4t6r5q1p0nzb", "org_01jd3w7k2m9v8x4t6r5q1p0nzc"])
    }

    var vetoRoutes: [Route] {
        let path = "/api/v1/vetoes"
        return [
            .get(
                path, "listVetoes", Tag.vetoes, "Organizations kept apart, newest first", needs: .read,
                gives: .ok(ListPage.schema(of: VetoForm.schema), "A page.")
            ) { request in
                let page = try ListPage(request, route: "listVetoes")
                return page.answer(try await office.vetoes(page.request, by: request.actor()), VetoForm.json)
            }.noting("Members see what their own organization placed.").paged(),
            .post(
                path, "placeVeto", Tag.vetoes, "Keeps two organizations apart", needs: .take,
                gives: .created(VetoForm.schema, "Placed.")
            ) { request in
                let ids = try (request.body.texts("organizations") ?? []).map { text throws(Refusal) in
                    try Identifier<Organization>(text)
                }
                let veto = try await office.placeVeto(
                    between: ids[0], and: ids[1], reason: request.body.text("reason"), by: request.actor())
                return .created(VetoForm.json(veto), at: "\(path)/\(veto.id)")
            }.noting("Members keep their own organization from another.").keyed().refusing(.conflict, .notFound).body(
                .object([
                    .required("organizations", Self.pairOfOrganizations),
                    .optional("reason", Schema.lines(TextLimits.note).orNull),
                ])),
            .delete(
                path + "/{veto}", "liftVeto", Tag.vetoes, "Lifts a veto", needs: .take, gives: .nothing("Lifted.")
            ) { request in
                try await office.liftVeto(request.id("veto"), by: request.actor())
                return .nothing
            }.taking(.id("veto", Veto.self)),
        ]
    }
}
