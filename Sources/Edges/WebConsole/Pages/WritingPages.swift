import Exchange
import HTTPTypes
import Operations
import WebCommon

/// Writing a seed or a need: what would match, what says the same and what others see is told while somebody types, or
/// by a button.
extension ConsoleSite {
    var writingPages: [ConsolePage] {
        [
            .get("/postings/new", .role(.take)) { visit in
                let kind = visit.query.choice("kind", Posting.Kind.self) ?? .need
                return try await writing(visit, kind, nil, visit.form, [])
            },
            .post("/postings/new", .role(.take)) { try await write($0) },
            .get("/postings/{posting}/edit", .role(.take)) { visit in
                let shown = try await editable(visit)
                return try await writing(
                    visit, shown.posting.kind, shown.posting, postingForm.filled(shown.posting.content), [])
            },
            .post("/postings/{posting}/edit", .role(.take)) { try await rewrite($0) },
        ]
    }

    var postingForm: PostingFormReading {
        PostingFormReading(taxonomy: office.taxonomy, offsetMinutes: office.settings.utcOffsetMinutes)
    }

    /// The posting in the path, if the reader may edit it.
    func editable(_ visit: Visit) async throws -> DisclosedPosting {
        let shown = try await office.posting(visit.id("posting"), by: visit.actor())
        guard shown.posting.isEditable(by: try visit.actor()) else {
            throw Refusal.forbidden("Only its owner and coordinators may change a posting.")
        }
        return shown
    }

    private func write(_ visit: Visit) async throws -> Reply {
        let kind = visit.form.choice("kind", Posting.Kind.self) ?? .need
        if visit.form.has("check") { return try await checked(visit, kind, nil) }
        let actor = try visit.actor()
        do {
            let content = try postingForm.content(visit.form, over: nil, language: visit.language)
            // The same form sent twice writes one posting: the first answer is given again.
            let path = try await office.once(visit.form["once"], by: actor) {
                let draft = try await office.draft(kind, content, by: actor)
                guard !visit.form.has("draft") else { return "/postings/\(draft.id)" }
                do { _ = try await office.submit(draft.id, by: actor) } catch Refusal.invalid(let problems) {
                    throw Unfinished(draft: draft, problems: problems)
                }
                return "/postings/\(draft.id)"
            }
            return .redirect(path, Note(visit.form.has("draft") ? "done.draft" : "done.submitted"))
        } catch Refusal.invalid(let problems) {
            return try await writing(visit, kind, nil, visit.form, problems)
        } catch let unfinished as Unfinished {
            // The draft is kept; what is missing for the review is asked for in it.
            let sent = postingForm.filled(unfinished.draft.content)
            return try await writing(visit, kind, unfinished.draft, sent, unfinished.problems)
        }
    }

    private func rewrite(_ visit: Visit) async throws -> Reply {
        let shown = try await editable(visit)
        let old = shown.posting
        if visit.form.has("check") { return try await checked(visit, old.kind, old) }
        let actor = try visit.actor()
        do {
            let content = try postingForm.content(visit.form, over: old.content, language: visit.language)
            let edited = try await office.revise(
                old.id, { $0 = content }, expecting: visit.form.number("version"), by: actor)
            var note = Note("done.saved")
            if case .draft = edited.state, !visit.form.has("draft") {
                _ = try await office.submit(edited.id, by: actor)
                note = Note("done.submitted")
            } else if case .inReview = edited.state {
                note = Note("done.submitted")
            }
            return .redirect("/postings/\(old.id)", note)
        } catch Refusal.invalid(let problems) {
            return try await writing(visit, old.kind, old, visit.form, problems)
        } catch Refusal.stale {
            // Two tabs: both texts are shown, and saving again is based on the newer one.
            return try await writing(visit, old.kind, old, visit.form, [], isOvertaken: true)
        }
    }

    /// The form again with what was found, or, for a script, what was found alone.
    private func checked(_ visit: Visit, _ kind: Posting.Kind, _ old: Posting?) async throws -> Reply {
        do {
            let content = try postingForm.content(visit.form, over: old?.content, language: visit.language)
            let found = try await findings(visit, kind, old, content)
            guard visit.fragment == nil else {
                return Reply(status: .ok, content: .page(template: "findings", ["findings": found]))
            }
            return try await writing(visit, kind, old, visit.form, [], findings: found)
        } catch Refusal.invalid(let problems) {
            guard visit.fragment == nil else { return Reply(status: .noContent, content: .nothing) }
            return try await writing(visit, kind, old, visit.form, problems)
        }
    }

    private func writing(
        _ visit: Visit, _ kind: Posting.Kind, _ old: Posting?, _ sent: FormFields, _ problems: [FieldProblem],
        isOvertaken: Bool = false, findings: any Sendable = false
    ) async throws -> Reply {
        let say = visit.say
        let form = postingForm.drawn(kind, sent, problems, say)
        let version = isOvertaken ? old?.version : sent.number("version") ?? old?.version
        var view: View = [
            "form": form.view, "problems": form.summary, "kind": kind.rawValue, "findings": findings,
            "action": old.map { "/postings/\($0.id)/edit" } ?? "/postings/new",
            "once": Secret.make(prefix: "", office.ambient),
            "version": version.map { String($0) as any Sendable } ?? false,
            "isNew": old == nil, "other": false,
            "more": problems.contains { !["title", "summary", "fields", "visibility"].contains($0.field) }
                || old.map { $0.content.detail != "" || $0.content.purpose != nil } ?? false,
        ]
        if let repeated = sent.text("once"), old == nil, problems.isEmpty { view["once"] = repeated }
        if isOvertaken, let old { view["other"] = facts(old.content, kind, say) }
        return .page(
            "posting-edit", title: say.word(old == nil ? "post.new" : "post.edit", kind.rawValue), view,
            status: isOvertaken ? .conflict : problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// What somebody who is writing is told.
    private func findings(
        _ visit: Visit, _ kind: Posting.Kind, _ old: Posting?, _ content: PostingContent
    ) async throws -> any Sendable {
        let say = visit.say
        let actor = try visit.actor()
        let shown = content.title.trimmed + content.summary.trimmed
        guard !shown.isEmpty else { return ["isEmpty": true] as View }
        let found = try await matchmaker.findings(for: content, kind: kind, limit: 5, revising: old?.id, by: actor)
        let matches = found.matches.map { hit -> View in
            let other = hit.posting.posting
            let (need, seed) =
                kind == .need ? (content.fields, other.content.fields) : (other.content.fields, content.fields)
            let name = say.word("class", hit.kind.rawValue)
            return [
                "title": other.content.title, "lang": other.content.language.rawValue, "path": "/postings/\(other.id)",
                "kindWord": name, "kind": hit.kind.rawValue,
                "art": Bridge(need: colours.colour(of: need), seed: colours.colour(of: seed), kind: hit.kind).svg(name),
                "fields": chips(other.content.fields, say.language),
            ]
        }
        let doubles = found.duplicates.map { double -> View in
            [
                "title": double.posting.posting.content.title, "path": "/postings/\(double.posting.posting.id)",
                "mine": double.isOwn, "lang": double.posting.posting.content.language.rawValue,
            ]
        }
        var given: [View] = []
        if content.visibility != .named {
            given = try await office.giveAways(in: content, by: actor).map {
                ["words": say.problem(FieldProblem($0.field, .giveAway, $0.words))] as View
            }
        }
        return [
            "isEmpty": false, "matches": matches, "hasMatches": !matches.isEmpty, "doubles": doubles,
            "hasDoubles": !doubles.isEmpty, "giveAways": given, "hasGiveAways": !given.isEmpty,
            "preview": preview(content, kind, visit),
        ] as View
    }

    /// The posting as others see it.
    private func preview(_ content: PostingContent, _ kind: Posting.Kind, _ visit: Visit) -> View {
        var seen = content
        if content.visibility != .named { seen.detail = "" }
        var view = facts(seen, kind, visit.say)
        let body = visit.holder?.organization.profile.name ?? ""
        view["owner"] = content.visibility == .named ? body : visit.say.word("preview", content.visibility.rawValue)
        return view
    }
}

/// A draft that was kept though it could not be submitted yet.
private struct Unfinished: Error {
    let draft: Posting
    let problems: [FieldProblem]
}
