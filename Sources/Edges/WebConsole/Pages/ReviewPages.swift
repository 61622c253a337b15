import Exchange
import HTTPTypes
import Operations

/// The review queue: what members wrote, and what in it would give an anonymous owner away.
extension ConsoleSite {
    var reviewPages: [ConsolePage] {
        let path = "/desk/review"
        return [
            .get(path, .role(.coordinate)) { try await queue($0) },
            .get(path + "/{posting}", .role(.coordinate)) { try await review($0, problems: []) },
            .post(path + "/{posting}/publish", .role(.coordinate)) { visit in
                do {
                    let moved = try await office.publish(
                        visit.id("posting"), passingOverGiveAwaysBecause: visit.form.text("reason"),
                        expecting: visit.form.number("version"), by: visit.actor())
                    return .redirect(path, Note("done.published", undo: "/postings/\(moved.id)/pause"))
                } catch Refusal.invalid(let problems) {
                    let needsReason = problems.contains { $0.code == .giveAway }
                    let reason = FieldProblem("reason", .required, "Say why these words may stay.")
                    return try await review(visit, problems: needsReason ? [reason] : problems)
                }
            },
            .post(path + "/{posting}/return", .role(.coordinate)) { visit in
                do {
                    _ = try await office.giveBack(
                        visit.id("posting"), because: visit.form["mend"], by: visit.actor())
                    return .redirect(path, Note("done.returned"))
                } catch Refusal.invalid(let problems) {
                    let named = problems.map { FieldProblem("mend", $0.code, $0.words) }
                    return try await review(visit, problems: named)
                }
            },
        ]
    }

    private func queue(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        var filter = PostingFilter()
        filter.states = ["in_review"]
        let found = try await office.postings(
            filter, PageRequest(limit: 30, after: visit.query.text("after")), by: actor)
        let names = try await office.names(of: Set(found.items.map(\.posting.organization)))
        var items: [View] = []
        for it in found.items {
            var view = row(it, say)
            let giveAways = try await office.giveAways(in: it.posting.id, by: actor)
            view["path"] = "/desk/review/\(it.posting.id)"
            view["owner"] = names[it.posting.organization] ?? ""
            view["since"] = it.posting.state.since.map { say.moment($0) as any Sendable } ?? false
            view["warning"] =
                giveAways.isEmpty
                ? false : say("review.warning", ["count": say.number(giveAways.count)]) as any Sendable
            items.append(view)
        }
        return .page(
            "review", title: say("nav.review"),
            [
                "items": items, "hasItems": !items.isEmpty,
                "more": found.next.map { "/desk/review?after=" + $0 as any Sendable } ?? false,
            ])
    }

    private func review(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let shown = try await office.posting(visit.id("posting"), by: actor)
        let posting = shown.posting
        let giveAways = try await office.giveAways(in: posting.id, by: actor)
        let owner = try await office.participant(posting.owner, by: actor)
        let names = try await office.names(of: [posting.organization])
        var form = FormView(problems, say)
        if !giveAways.isEmpty {
            form.text("reason", "review.reason", .required, visit.form["reason"], limit: TextLimits.message)
        }
        form.text("mend", "review.mend", .required, visit.form["mend"], limit: TextLimits.message, rows: 3)
        var told = facts(posting.content, posting.kind, say)
        told["owner"] = "\(names[posting.organization] ?? "") \(owner.profile.name)"
        var view = row(shown, say)
        view["facts"] = told
        view["form"] = form.view
        view["problems"] = form.summary
        view["visibilityWord"] = say.word("visibility", posting.content.visibility.rawValue)
        view["giveAways"] = giveAways.map {
            ["words": say.problem(FieldProblem($0.field, .giveAway, $0.words))] as View
        }
        view["hasGiveAways"] = !giveAways.isEmpty
        view["version"] = String(posting.version)
        view["waits"] = posting.state.word == "in_review"
        view["review"] = "/desk/review/\(posting.id)"
        return .page(
            "review-posting", title: posting.content.title, view, status: problems.isEmpty ? .ok : .unprocessableContent
        )
    }
}
