import Exchange
import HTTPTypes
import Operations

extension ConsoleSite {
    /// Postings to look at and to move.
    var postingPages: [ConsolePage] {
        [
            .get("/postings", .role(.read)) { try await postings($0) },
            .get("/postings/{posting}", .role(.read)) { try await posting($0) },
            .post("/postings/{posting}/submit", .role(.take)) { visit in
                let moved = try await office.submit(visit.id("posting"), by: visit.actor())
                return .redirect("/postings/\(moved.id)", Note("done.submitted"))
            },
            .post("/postings/{posting}/pause", .role(.take)) { visit in
                let moved = try await office.pause(visit.id("posting", Posting.self), by: visit.actor())
                return .redirect(Self.back(visit, moved), Note("done.paused", undo: "/postings/\(moved.id)/resume"))
            },
            .post("/postings/{posting}/resume", .role(.take)) { visit in
                let moved = try await office.resume(visit.id("posting", Posting.self), by: visit.actor())
                return .redirect(Self.back(visit, moved), Note("done.resumed", undo: "/postings/\(moved.id)/pause"))
            },
            .post("/postings/{posting}/renew", .role(.take)) { visit in
                let moved = try await office.renew(visit.id("posting"), until: nil, by: visit.actor())
                return .redirect("/postings/\(moved.id)", Note("done.renewed"))
            },
            .get("/postings/{posting}/close", .role(.take)) { try await closing($0, problems: []) },
            .post("/postings/{posting}/close", .role(.take)) { visit in
                guard let outcome = visit.form.choice("outcome", Posting.Closure.Outcome.self) else {
                    return try await closing(visit, problems: [FieldProblem("outcome", .required, "")])
                }
                let moved = try await office.close(
                    visit.id("posting"), outcome, note: visit.form.text("note"), by: visit.actor())
                return .redirect("/postings/\(moved.id)", Note("done.closed"))
            },
        ]
    }

    private static func back(_ visit: Visit, _ posting: Posting) -> String {
        visit.form.text("back").map(OwnAddress.own) ?? "/postings/\(posting.id)"
    }

    private func postings(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        guard let me = actor.participant else { throw Refusal.unauthenticated }
        var filter = PostingFilter()
        filter.owner = me
        let page = PageRequest(limit: 50, after: visit.query.text("after"))
        let found = try await office.postings(filter, page, by: actor)
        let exposures = try await office.exposure(months: 3, owner: me, PageRequest(limit: 200), by: actor).items
        let shown = Dictionary(exposures.map { ($0.posting.id, $0) }, uniquingKeysWith: { first, _ in first })
        let answers = try await answers(by: actor)
        let items = found.items.map { it -> View in
            var view = row(it, say)
            let state = it.posting.state.word
            view["isPublished"] = state == "published"
            view["isPaused"] = state == "paused"
            view["isDraft"] = state == "draft"
            view["isExpired"] = state == "expired"
            view["path"] = "/postings/\(it.posting.id)"
            if let exposure = shown[it.posting.id] {
                let mean = Int(exposure.mean.rounded())
                view["shown"] = say(
                    "mine.shown",
                    [
                        "shown": say.number(exposure.shown), "mean": say.number(mean),
                        "answers": say.number(answers[it.posting.id] ?? 0),
                    ])
            } else {
                view["shown"] = false
            }
            return view
        }
        return .page(
            "postings", title: say("nav.postings"),
            [
                "items": items, "hasItems": !items.isEmpty, "art": sign(say),
                "more": found.next.map { "/postings?after=" + $0 as any Sendable } ?? false,
            ])
    }

    /// How many answers from others each of the organization's postings got.
    private func answers(by actor: Actor) async throws -> [Identifier<Posting>: Int] {
        var filter = IntroductionFilter()
        filter.organization = actor.organization
        let found = try await office.introductions(filter, PageRequest(limit: 200), by: actor).items
        var counts: [Identifier<Posting>: Int] = [:]
        for it in found {
            guard let own = it.ownSide, it.introduction.party(own.other).answer != nil else { continue }
            counts[it.introduction.party(own).posting, default: 0] += 1
        }
        return counts
    }

    private func posting(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let shown = try await office.posting(visit.id("posting"), by: actor)
        let posting = shown.posting
        let isMine = posting.isEditable(by: actor)
        var view = row(shown, say)
        var told = facts(posting.content, posting.kind, say)
        told["owner"] = try await who(shown, say)
        told["factTitle"] = false
        view["facts"] = told
        view["canEdit"] = isMine && posting.state.word != "closed"
        for state in Posting.State.words { view["is_" + state] = isMine && posting.state.word == state }
        view["matches"] = [View]()
        view["giveAways"] = [View]()
        view["since"] = posting.state.since.map { say.date($0) as any Sendable } ?? false
        if isMine {
            var filter = MatchListFilter()
            filter.posting = posting.id
            filter.states = [.proposed, .taken]
            let found = try await office.matches(
                filter, PageRequest(limit: 10), in: visit.language, reading: reading, by: actor)
            view["matches"] = found.items.map { card($0, nil, visit) }
            view["giveAways"] = try await office.giveAways(in: posting.id, by: actor).map {
                ["words": say.problem(FieldProblem($0.field, .giveAway, $0.words))] as View
            }
        }
        return .page("posting", title: posting.content.title, view)
    }

    /// Whose posting it is, as far as the reader may know.
    private func who(_ shown: DisclosedPosting, _ say: Speech) async throws -> String {
        guard let id = shown.organization else { return say.word("preview", shown.posting.content.visibility.rawValue) }
        return try await office.names(of: [id])[id] ?? ""
    }

    private func closing(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        let shown = try await editable(visit)
        var form = FormView(problems, say)
        let outcomes = Posting.Closure.Outcome.allCases.filter { $0 != .ownerLeft }
        form.choice(
            "outcome", "close.outcome", .required,
            outcomes.map { FormView.Option(value: $0.rawValue, label: say.word("outcome", $0.rawValue)) },
            chosen: [visit.form["outcome"]])
        form.text("note", "close.note", .optional, visit.form["note"], limit: TextLimits.note, rows: 3)
        var view = row(shown, say)
        view["form"] = form.view
        view["problems"] = form.summary
        view["subject"] = shown.posting.content.title
        return .page(
            "posting-close", title: say("close.title"), view, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// What a posting says, part by part, as `templates/posting-facts.mustache` draws it.
    func facts(_ content: PostingContent, _ kind: Posting.Kind, _ say: Speech) -> View {
        func text(_ value: String?) -> any Sendable {
            guard let value, !value.isEmpty else { return false }
            return value
        }
        return [
            "factTitle": content.title, "lang": content.language.rawValue, "summary": text(content.summary),
            "detail": text(content.detail), "purpose": text(content.purpose), "means": text(content.means),
            "purposeLabel": say("fact.purpose"), "meansLabel": say("fact.means"),
            "fields": chips(content.fields, say.language), "kindWord": say.word("word", kind.rawValue),
            "kind": kind.rawValue, "colour": colours.colour(of: content.fields),
            "keywords": text(content.keywords.joined(separator: "、")),
            "stage": content.stage.map { say.word("stage", String($0)) as any Sendable } ?? false,
            "ipr": content.ipr.map { say.word("ipr", $0.rawValue) as any Sendable } ?? false,
            "cooperation": text(
                content.cooperation.map { say.word("cooperation", $0.rawValue) }.joined(separator: "、")),
            "regions": text(
                content.regionWishes.map { RegionNames.label($0, in: say.language) }.joined(separator: "、")),
            "expires": content.expiresAt.map {
                say.dateWithEra($0.advanced(byMilliseconds: -1)) as any Sendable
            } ?? false,
            "visibility": say.word("visibility", content.visibility.rawValue), "owner": false,
        ]
    }
}
