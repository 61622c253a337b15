import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    /// The way of a posting from draft to its end.
    var postingStateRoutes: [Route] {
        [
            moving("submission", "submitPosting", "Asks for review", needs: .take) { request in
                try await office.submit(
                    request.id("posting"), expecting: request.expectedVersion(), by: request.actor())
            }.checksVersion(),
            moving("publication", "publishPosting", "Publishes", needs: .coordinate) { request in
                try await office.publish(
                    request.id("posting"),
                    passingOverGiveAwaysBecause: request.body.text("give_aways_may_stay_because"),
                    expecting: request.expectedVersion(), by: request.actor())
            }.noting("Give-aways in an anonymous posting refuse it, unless it is said why they may stay.")
                .checksVersion()
                .optionalBody(
                    .object([.optional("give_aways_may_stay_because", Schema.lines(TextLimits.message).orNull)])),
            moving("rejection", "rejectPosting", "Gives it back to its owner with what to mend", needs: .coordinate) {
                try await office.giveBack($0.id("posting"), because: $0.body.text("reason") ?? "", by: $0.actor())
            }.body(.object([.required("reason", .string(.filledLines, length: 1...TextLimits.message))])),
            moving("pause", "pausePosting", "Takes it out of matching for a while", needs: .take) {
                try await office.pause($0.id("posting", Posting.self), by: $0.actor())
            },
            moving("resumption", "resumePosting", "Puts it back into matching", needs: .take) {
                try await office.resume($0.id("posting", Posting.self), by: $0.actor())
            },
            moving("renewal", "renewPosting", "Sets a later expiry", needs: .take) {
                try await office.renew($0.id("posting"), until: $0.body.time("until"), by: $0.actor())
            }.noting("What has expired is published again.").optionalBody(
                .object([.optional("until", Schema.time.orNull)])),
            moving("closure", "closePosting", "Ends it for good", needs: .take) {
                try await office.close(
                    $0.id("posting"), $0.body.choice("outcome") ?? .withdrawn, note: $0.body.text("note"),
                    by: $0.actor())
            }.body(
                .object([
                    .required("outcome", .choice(Posting.Closure.Outcome.self)),
                    .optional("note", Schema.lines(TextLimits.note).orNull),
                ])),
        ]
    }

    private func moving(
        _ name: String, _ id: String, _ summary: String, needs permission: Permission,
        _ verb: @escaping @Sendable (APIRequest) async throws -> Posting
    ) -> Route {
        .post(
            "/api/v1/postings/{posting}/\(name)", id, Tag.postings, summary, needs: permission,
            gives: .ok(postingForm, "As it is now.")
        ) { request in
            try await shown(try await verb(request), request)
        }.taking(.id("posting", Posting.self)).refusing(.conflict)
    }

    /// What helps somebody who is still writing.
    var draftRoutes: [Route] {
        let content = PostingForm.properties(fieldCode, needed: .required)
        let suggestion = Schema.named(
            "Suggestion",
            .object([
                .required("posting", postingForm), .required("score", .number(0...1)),
                .required("class", .choice(Match.Class.self)),
            ]))
        let duplicate = Schema.named(
            "Duplicate",
            .object([
                .required("posting", postingForm),
                .required("similarity", .number(0...1), "1 for the same words, of what you may see of it."),
                .required("own", .boolean, "Whether it belongs to your organization."),
            ]))
        return [
            .post(
                "/api/v1/drafts/give-aways", "scanDraft", Tag.postings,
                "Scans an unsaved text for what would tell who wrote it", needs: .take,
                gives: .ok(.object([.required("items", .array(RevisionForm.giveAway))]), "What was found.")
            ) {
                let found = try await office.giveAways(in: PostingForm.content($0.body), by: $0.actor())
                return .ok(["items": .array(found.map(RevisionForm.json))])
            }.body(.named("DraftInput", .object(content))),
            .post(
                "/api/v1/drafts/suggestions", "suggestForDraft", Tag.postings,
                "What would match an unsaved text, and what says nearly the same", needs: .take,
                gives: .ok(
                    .object([
                        .required("items", .array(suggestion), "What would match, the best first."),
                        .required("duplicates", .array(duplicate), "What says nearly the same, most alike first."),
                    ]), "Both.")
            ) { request in
                try await suggest(request)
            }.body(
                .object([
                    .required("kind", .choice(Posting.Kind.self)), .required("content", .object(content)),
                    .optional("limit", .integer(1...50), "10 when not given."),
                    .optional(
                        "posting", Schema.id(Posting.self).orNull, "The posting that the text is to replace, if any."),
                ])),
        ]
    }

    private func suggest(_ request: APIRequest) async throws -> APIResponse {
        let actor = try request.actor()
        let content = try PostingForm.content(request.body["content"] ?? .null)
        let found = try await matchmaker.findings(
            for: content, kind: request.body.choice("kind") ?? .need, limit: request.body["limit"]?.integer ?? 10,
            revising: request.body.id("posting"), by: actor)
        let items = found.matches.map { match -> JSONValue in
            [
                "posting": PostingForm.json(match.posting), "score": .number(match.score),
                "class": .string(match.kind.rawValue),
            ]
        }
        let duplicates = found.duplicates.map { double -> JSONValue in
            [
                "posting": PostingForm.json(double.posting), "similarity": .number(double.similarity),
                "own": .bool(double.isOwn),
            ]
        }
        return .ok(["items": .array(items), "duplicates": .array(duplicates)])
    }
}
