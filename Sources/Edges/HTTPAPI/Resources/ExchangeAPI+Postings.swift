import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ExchangeAPI {
    var postingForm: Schema { PostingForm.schema(fieldCode) }

    var postingRoutes: [Route] { [listing, drafting] + singlePostingRoutes }

    private var listing: Route {
        .get(
            "/api/v1/postings", "listPostings", Tag.postings, "Seeds and needs", needs: .read,
            gives: .ok(ListPage.schema(of: postingForm), "A page.")
        ) { request in
            let page = try ListPage(request, route: "listPostings")
            let wish = try PostingWish(request.filters)
            if let query = wish.words { return try await search(query, wish, page, by: request.actor()) }
            let found = try await office.postings(wish.filter, page.request, by: request.actor())
            return page.answer(found, PostingForm.json)
        }.noting(
            "Newest first; with q the best first. The full text is searched in all languages, also without spaces "
                + "between words; it knows what is published. Members see what is published, unexpired and not for "
                + "coordinators only, besides their own."
        ).paged().taking(
            .query("q", .name(TextLimits.name, example: "drying"), "Words to look for; the last may be unfinished."),
            .query("kind", .choice(Posting.Kind.self), "Only seeds or only needs."),
            .query("field", fieldCode, "Only those that name the field."),
            .query("language", .choice(Language.self), "Only those written in it."),
            .query("state", .array(.oneOf(Posting.State.words), 0...6, .unique), "Only in one of these states."),
            .query("owner", .id(Participant.self), "Only those of the person."),
            .query("organization", .id(Organization.self), "Only those of the organization."),
            .query("updated_since", .time, "Only those changed at or after the time."))
    }

    private func search(
        _ query: String, _ wish: PostingWish, _ page: ListPage, by actor: Actor
    ) async throws -> APIResponse {
        let ids = try await matchmaker.search(query, kind: wish.filter.kind, by: actor)
        // Anyone can make a cursor: its checksum has no key.
        var place = max(0, page.after.flatMap { $0.position.first }.flatMap { Int($0) } ?? 0)
        var items: [DisclosedPosting] = []
        while place < ids.count, items.count < page.limit {
            let end = min(place + page.limit, ids.count)
            let shown = try await office.postings(Array(ids[place..<end]), by: actor)
            let places = Dictionary(uniqueKeysWithValues: zip(ids[place..<end], place..<end))
            place = end
            for posting in shown where wish.lets(posting) {
                items.append(posting)
                if items.count == page.limit {
                    place = (places[posting.posting.id] ?? end - 1) + 1
                    break
                }
            }
        }
        let next = place < ids.count ? Cursor(position: [String(place)]) : nil
        return page.answer(items.map(PostingForm.json), next: next)
    }

    private var drafting: Route {
        let input =
            PostingForm.properties(fieldCode, needed: .required) + [
                .required("kind", .choice(Posting.Kind.self)),
                .optional(
                    "owner", .id(Participant.self), "Whose posting it is, when a coordinator writes for another."),
            ]
        return .post(
            "/api/v1/postings", "draftPosting", Tag.postings, "Writes a draft", needs: .take,
            gives: .created(postingForm, "The draft.")
        ) { request in
            let body = request.body
            let made = try await office.draft(
                body.choice("kind") ?? Posting.Kind.need, PostingForm.content(body), for: body.id("owner"),
                by: request.actor())
            let shown = try await office.posting(made.id, by: request.actor())
            return .created(PostingForm.json(shown), at: "/api/v1/postings/\(made.id)", version: made.version)
        }.body(.named("PostingInput", .object(input))).keyed().refusing(.conflict, .notFound)
    }

    private var singlePostingRoutes: [Route] {
        let path = "/api/v1/postings/{posting}"
        return [
            .get(path, "getPosting", Tag.postings, "One posting", needs: .read, gives: .ok(postingForm, "It.")) {
                let found = try await office.posting($0.id("posting"), by: $0.actor())
                return Self.tagged(found)
            }.taking(.id("posting", Posting.self)).tagged(),
            .patch(
                path, "changePosting", Tag.postings, "Changes the content", needs: .take,
                gives: .ok(postingForm, "As it is now.")
            ) { request in
                let body = request.body
                let changed = try await office.revise(
                    request.id("posting"), { try PostingForm.apply(body, to: &$0) },
                    expecting: request.expectedVersion(), by: request.actor())
                return try await shown(changed, request)
            }.noting("What is published goes back to review, unless a coordinator changes it.")
                .taking(.id("posting", Posting.self)).needsVersion().refusing(.conflict)
                .body(.object(PostingForm.properties(fieldCode, needed: .optional), minimum: 1)),
            .get(
                path + "/revisions", "listRevisions", Tag.postings, "Every revision, newest first", needs: .read,
                gives: .ok(.object([.required("items", .array(RevisionForm.schema(fieldCode)))]), "The revisions.")
            ) {
                let found = try await office.revisions(of: $0.id("posting"), by: $0.actor())
                return .ok(["items": .array(found.map(RevisionForm.json))])
            }.noting("For those who may change the posting.").taking(.id("posting", Posting.self)),
            .get(
                path + "/give-aways", "listGiveAways", Tag.postings, "What would tell who owns the posting",
                needs: .read,
                gives: .ok(.object([.required("items", .array(RevisionForm.giveAway))]), "What was found.")
            ) {
                let found = try await office.giveAways(in: $0.id("posting", Posting.self), by: $0.actor())
                return .ok(["items": .array(found.map(RevisionForm.json))])
            }.noting("For those who may change the posting.").taking(.id("posting", Posting.self)),
        ]
    }

    /// The changed posting as the caller may see it.
    func shown(_ posting: Posting, _ request: APIRequest) async throws -> APIResponse {
        let shown = try await office.posting(posting.id, by: request.actor())
        return Self.tagged(shown)
    }

    /// Only who sees everything gets a tag: what others see also changes when they are introduced, without a new
    /// version.
    private static func tagged(_ shown: DisclosedPosting) -> APIResponse {
        let json = PostingForm.json(shown)
        return shown.degree == .full ? .ok(json, version: shown.posting.version) : .ok(json)
    }
}

/// What a list of postings is restricted to.
private struct PostingWish {
    let words: String?
    var filter = PostingFilter()

    init(_ filters: JSONValue) throws(Refusal) {
        words = filters.text("q")
        filter.kind = filters.choice("kind")
        filter.field = filters.text("field").map(FieldCode.init)
        filter.language = filters.choice("language")
        filter.states = filters.texts("state") ?? []
        filter.owner = try filters.id("owner")
        filter.organization = try filters.id("organization")
        filter.updatedSince = filters.time("updated_since")
    }

    /// Whether a posting that was found by its words is wanted. It is judged by what the reader is shown, so that no
    /// filter tells more than the posting itself.
    func lets(_ shown: DisclosedPosting) -> Bool {
        let posting = shown.posting
        if let field = filter.field, !posting.content.fields.contains(field) { return false }
        if let language = filter.language, posting.content.language != language { return false }
        if !filter.states.isEmpty, !filter.states.contains(posting.state.word) { return false }
        if let owner = filter.owner, shown.owner != owner { return false }
        if let organization = filter.organization, shown.organization != organization { return false }
        if let since = filter.updatedSince, posting.updatedAt < since { return false }
        return true
    }
}
