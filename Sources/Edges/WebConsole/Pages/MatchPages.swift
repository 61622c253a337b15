import Exchange
import HTTPTypes
import Operations
import WebCommon

extension ConsoleSite {
    /// One match, and the answers to it. The address stands in notices: whoever holds the link sees what the notice
    /// told; whoever is signed in and has a part in it sees all that they may.
    var matchPages: [ConsolePage] {
        [
            .get("/matches/{match}", .anyone) { visit in
                if let holder = visit.holder, let found = try await own(visit, holder) {
                    return try await match(visit, found, problems: [])
                }
                return try await announced(visit)
            },
            .post("/matches/{match}/interest", .role(.take)) { visit in
                let id = try visit.id("match", Match.self)
                _ = try await office.answer(
                    id, .interested(message: visit.form.text("message")), for: visit.form.choice("side"),
                    by: visit.actor())
                return .redirect(back(visit, id), Note("done.interested"))
            },
            .post("/matches/{match}/refusal", .role(.take)) { visit in
                let id = try visit.id("match", Match.self)
                guard let reason = visit.form.choice("reason", Introduction.RefusalReason.self) else {
                    throw Refusal.malformed("Name a reason.")
                }
                do {
                    _ = try await office.answer(
                        id, .refused(reason, note: visit.form.text("note")), for: visit.form.choice("side"),
                        by: visit.actor())
                } catch Refusal.invalid(let problems) {
                    let found = try await office.match(
                        id, in: visit.language, reading: reading, by: visit.actor())
                    return try await match(visit, found, problems: problems)
                }
                return .redirect(back(visit, id), Note("done.refused"))
            },
        ]
    }

    private func back(_ visit: Visit, _ id: Identifier<Match>) -> String {
        visit.form.text("back").map(OwnAddress.own) ?? "/matches/\(id)"
    }

    private func own(_ visit: Visit, _ holder: SessionHolder) async throws -> DisclosedMatch? {
        do {
            return try await office.match(visit.id("match"), in: visit.language, reading: reading, by: holder.actor)
        } catch Refusal.notFound { return nil }
    }

    private func match(_ visit: Visit, _ found: DisclosedMatch, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let introduction = try await introduction(of: found, by: actor)
        var view = card(found, introduction, visit)
        let own = actor.organization
        let isMine = found.need.organization == own || found.seed.organization == own
        view["needFacts"] = try await sideFacts(found.need, say)
        view["seedFacts"] = try await sideFacts(found.seed, say)
        view["number"] = String(found.match.id.text.suffix(8))
        view["percent"] = say.percent(found.match.score)
        let checks = found.numbers?.checks ?? []
        view["checks"] = checks
        view["hasChecks"] = !checks.isEmpty
        view["certainty"] = found.numbers.map { say.word("certainty", $0.certainty) as any Sendable } ?? false
        let shared = (found.numbers?.shared ?? []).prefix(8).map { it -> View in
            ["name": it.name, "inNeed": it.need, "inSeed": it.seed, "share": say.percent(it.share)]
        }
        view["shared"] = Array(shared)
        view["hasShared"] = !shared.isEmpty
        let isOpen = introduction.map { !$0.isDisclosed } ?? (found.match.state != .held)
        view["canAnswer"] = isMine && isOpen && actor.may(.take)
        var form = FormView(problems, say)
        form.text("message", "match.message", .optional, visit.form["message"], limit: TextLimits.message, rows: 3)
        form.choice(
            "reason", "match.reason", .required,
            Introduction.RefusalReason.allCases.map {
                FormView.Option(value: $0.rawValue, label: say.word("reason", $0.rawValue))
            }, chosen: [visit.form.text("reason") ?? "too_early"])
        form.text("note", "match.note", .optional, visit.form["note"], limit: TextLimits.message, rows: 2)
        view["form"] = form.view
        view["problems"] = form.summary
        view["deskWork"] = actor.coordinates ? deskWork(found, introduction, say) as any Sendable : false
        return .page(
            "match", title: say("match.title"), view, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// What a coordinator can do with a match.
    private func deskWork(_ found: DisclosedMatch, _ introduction: Introduction?, _ say: Speech) -> View {
        let state = introduction?.state
        return [
            "state": found.match.state.rawValue, "stateWord": say.word("match.state", found.match.state.rawValue),
            "canHold": found.match.state == .proposed,
            "canRelease": found.match.state == .held || found.match.state == .dismissed,
            "canDismiss": found.match.state == .proposed || found.match.state == .held,
            "introduction": introduction.map { "/desk/introductions/\($0.id)" as any Sendable } ?? false,
            "introductionState": state.map { say.word("intro.state", $0.word) as any Sendable } ?? false,
            "canIntroduce": state == .mutual,
        ]
    }

    /// The introduction that grew from the match, if the reader may know of it.
    private func introduction(of found: DisclosedMatch, by actor: Actor) async throws -> Introduction? {
        var filter = IntroductionFilter()
        filter.posting = found.match.need
        let all = try await office.introductions(filter, PageRequest(limit: 200), by: actor).items
        return all.map(\.introduction).first { $0.seedSide.posting == found.match.seed }
    }

    private func sideFacts(_ shown: DisclosedPosting, _ say: Speech) async throws -> View {
        var view = facts(shown.posting.content, shown.posting.kind, say)
        if let id = shown.organization {
            view["owner"] = try await office.names(of: [id])[id] ?? ""
        } else {
            view["owner"] = say.word("preview", shown.posting.content.visibility.rawValue)
        }
        return view
    }

    /// For whoever only holds the link.
    private func announced(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        do {
            let it = try await office.announcedMatch(visit.id("match"), in: visit.language, reading: reading)
            func side(_ side: AnnouncedMatch.Side, _ kind: Posting.Kind) -> View {
                [
                    "kind": kind.rawValue, "kindWord": say.word("word", kind.rawValue), "factTitle": side.title,
                    "summary": side.summary, "lang": side.language.rawValue,
                    "colour": colours.colour(named: side.fields),
                    "fields": side.fields.map { ["name": $0, "colour": colours.colour(named: [$0])] as View },
                    "owner": say("match.owner_later"),
                ]
            }
            let kind = say.word("class", it.kind.rawValue)
            let art = Bridge(
                need: colours.colour(named: it.need.fields), seed: colours.colour(named: it.seed.fields), kind: it.kind
            ).svg(
                say(
                    "bridge.label",
                    [
                        "need": it.need.fields.first ?? say("word.need"), "kind": kind,
                        "seed": it.seed.fields.first ?? say("word.seed"),
                    ]))
            return .page(
                "match-announced", title: say("match.title"),
                [
                    "art": art, "kindWord": kind, "kind": it.kind.rawValue, "needFacts": side(it.need, .need),
                    "seedFacts": side(it.seed, .seed), "reasons": it.words, "number": String(it.id.text.suffix(8)),
                    "isIn": visit.holder != nil, "next": PercentEncoding.encode(visit.address),
                ])
        } catch Refusal.notFound {
            return .page(
                "refused", title: say("match.gone.title"), ["words": say("match.gone")], status: .notFound)
        }
    }
}
