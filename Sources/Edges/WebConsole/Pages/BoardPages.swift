import Exchange
import HTTPTypes
import Operations

/// The introductions board: who waits for whom, since when, and what comes next.
extension ConsoleSite {
    var boardPages: [ConsolePage] {
        let path = "/desk/introductions"
        return [
            .get(path, .role(.coordinate)) { try await board($0) },
            .get(path + "/{introduction}", .role(.coordinate)) { try await introduction($0, problems: []) },
            .post(path + "/{introduction}/meeting", .role(.coordinate)) { visit in
                let moved = try await office.recordMeeting(visit.id("introduction"), by: visit.actor())
                return .redirect(backToDesk(visit, "\(path)/\(moved.id)"), Note("done.met"))
            },
            .post(path + "/{introduction}/conclusion", .role(.coordinate)) { visit in
                let id = try visit.id("introduction", Introduction.self)
                guard let outcome = visit.form.choice("outcome", Introduction.Conclusion.Outcome.self) else {
                    return try await introduction(visit, problems: [FieldProblem("outcome", .required, "Choose.")])
                }
                do {
                    _ = try await office.conclude(id, outcome, note: visit.form.text("note"), by: visit.actor())
                    return .redirect("\(path)/\(id)", Note("done.concluded"))
                } catch Refusal.invalid(let problems) { return try await introduction(visit, problems: problems) }
            },
            .post(path + "/{introduction}/answer", .role(.coordinate)) { visit in
                let id = try visit.id("introduction", Introduction.self)
                let card = try await office.boardCard(id, by: visit.actor())
                do {
                    _ = try await office.answer(
                        need: card.need.id, seed: card.seed.id, try overriding(visit), for: visit.form.choice("side"),
                        by: visit.actor())
                    return .redirect("\(path)/\(id)", Note("done.answered_for"))
                } catch Refusal.invalid(let problems) { return try await introduction(visit, problems: problems) }
            },
        ]
    }

    /// What a coordinator says for a side: a yes or a no, with the words that go on record.
    func overriding(_ visit: Visit) throws(Refusal) -> SideAnswer {
        if visit.form["answer"] == "yes" { return .interested(message: visit.form.text("message")) }
        guard let reason = visit.form.choice("reason", Introduction.RefusalReason.self) else {
            throw .invalid("reason", .required, "Choose a reason.")
        }
        return .refused(reason, note: visit.form.text("message"))
    }

    /// States of which the board shows a column, in the order of the way.
    private static var columns: [String] { ["mutual", "interested", "introduced", "met"] }

    private func board(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let counts = try await office.overview(by: actor).introductions
        let single = Introduction.State.words.contains(visit.query["state"]) ? visit.query["state"] : nil
        var columns: [View] = []
        for state in single.map({ [$0] }) ?? Self.columns {
            let page = try await office.board(
                [state], PageRequest(limit: single == nil ? 12 : 50, after: visit.query.text("after")), by: actor)
            let more = page.next.map { "/desk/introductions?state=\(state)&after=\($0)" }
            let cards = page.items.map { boardCard($0, visit) }
            columns.append([
                "state": state, "column": say.word("intro.state", state), "count": say.number(counts[state] ?? 0),
                "next": say.word("board.next", state), "cards": cards, "hasCards": !cards.isEmpty,
                "further": more.map { $0 as any Sendable } ?? false,
            ])
        }
        let tabs = Introduction.State.words.map { state -> View in
            [
                "path": "/desk/introductions?state=\(state)", "label": say.word("intro.state", state),
                "count": say.number(counts[state] ?? 0), "current": state == single,
            ]
        }
        return .page(
            "board", title: say("nav.introductions"),
            ["columns": columns, "tabs": tabs, "isBoard": single == nil, "isEmpty": counts.values.reduce(0, +) == 0])
    }

    private func boardCard(_ card: BoardCard, _ visit: Visit) -> View {
        let say = visit.say
        let it = card.introduction
        let path = "/desk/introductions/\(it.id)"
        let waits = waiting(card, say)
        let days = max(0, Int((office.ambient.now().milliseconds - it.updatedAt.milliseconds) / 86_400_000))
        var deeds: [View] = []
        if it.state == .mutual { deeds.append(deed(path + "/introduce", say("match.introduce"), isMain: true)) }
        if case .introduced = it.state { deeds.append(deed(path + "/meeting", say("board.record_meeting"))) }
        return [
            "path": path, "needTitle": card.need.content.title, "needLang": card.need.content.language.rawValue,
            "seedTitle": card.seed.content.title, "seedLang": card.seed.content.language.rawValue,
            "needOwner": card.needOwner, "seedOwner": card.seedOwner, "waits": waits,
            "age": say("board.days", ["days": say.number(days)]), "isOld": days >= 14, "deeds": deeds,
        ]
    }

    /// A button that does something at once.
    func deed(_ path: String, _ label: String, isMain: Bool = false) -> View {
        ["action": path, "deedLabel": label, "isMain": isMain]
    }

    /// Who waits for whom.
    func waiting(_ card: BoardCard, _ say: Speech) -> String {
        let it = card.introduction
        switch it.state {
        case .interested:
            let asked = it.needSide.answer == nil ? card.needOwner : card.seedOwner
            let asking = it.needSide.answer == nil ? card.seedOwner : card.needOwner
            return say("board.waits.interested", ["asked": asked, "asking": asking])
        case .mutual: return say("board.waits.mutual")
        case .introduced: return say("board.waits.introduced", ["need": card.needOwner, "seed": card.seedOwner])
        case .met: return say("board.waits.met", ["need": card.needOwner, "seed": card.seedOwner])
        case .refused: return say("board.waits.refused")
        case .concluded(let end): return say.word("result", end.outcome.rawValue)
        }
    }

    private func introduction(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let card = try await office.boardCard(visit.id("introduction"), by: actor)
        let it = card.introduction
        let path = "/desk/introductions/\(it.id)"
        var form = FormView(problems, say)
        form.choice(
            "outcome", "board.outcome", .required,
            Introduction.Conclusion.Outcome.allCases.map {
                FormView.Option(value: $0.rawValue, label: say.word("result", $0.rawValue))
            }, chosen: [visit.form["outcome"]], empty: "form.choose")
        form.text("note", "board.note", .optional, visit.form["note"], limit: TextLimits.note, rows: 3)
        addOverride(to: &form, visit)
        var view: View = [
            "art": Bridge(
                need: colours.colour(of: card.need.content.fields), seed: colours.colour(of: card.seed.content.fields),
                kind: .bridge
            ).svg(say("bridge.sign")),
            "state": it.state.word, "stateWord": say.word("intro.state", it.state.word), "waits": waiting(card, say),
            "since": say.moment(it.updatedAt), "begun": say.date(it.createdAt), "form": form.view,
            "problems": form.summary, "self": path, "matchPath": false,
            "number": String(it.id.text.suffix(8)),
        ]
        if let match = it.match { view["matchPath"] = "/desk/matches/\(match)" }
        var (need, seed) = (
            facts(card.need.content, card.need.kind, say), facts(card.seed.content, card.seed.kind, say)
        )
        need["owner"] = card.needOwner
        seed["owner"] = card.seedOwner
        view["needFacts"] = need
        view["seedFacts"] = seed
        view["sides"] = [answered(.need, card, say), answered(.seed, card, say)]
        view["canIntroduce"] = it.state == .mutual
        if case .introduced = it.state { view["canMeet"] = true } else { view["canMeet"] = false }
        switch it.state {
        case .introduced, .met: view["canConclude"] = true
        case .interested, .refused, .mutual, .concluded: view["canConclude"] = false
        }
        view["canAnswer"] = !it.isDisclosed
        view["veto"] = [
            "one": it.needSide.organization.text, "other": it.seedSide.organization.text,
            "names": say("veto.names", ["one": card.needOwner, "other": card.seedOwner]),
        ] as View
        view["log"] = try await history(of: [it.id.text], visit)
        return .page(
            "introduction", title: say("board.one"), view, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// Fields by which a coordinator answers for a side.
    func addOverride(to form: inout FormView, _ visit: Visit) {
        let say = visit.say
        form.choice(
            "side", "override.side", .required,
            ["need", "seed"].map { FormView.Option(value: $0, label: say.word("override", $0)) },
            chosen: [visit.form.text("side") ?? "need"])
        form.choice(
            "answer", "override.answer", .required,
            [
                FormView.Option(value: "yes", label: say("match.interested")),
                FormView.Option(value: "no", label: say("match.not_for_us")),
            ], chosen: [visit.form.text("answer") ?? "yes"])
        form.choice(
            "reason", "override.reason", .optional,
            Introduction.RefusalReason.allCases.map {
                FormView.Option(value: $0.rawValue, label: say.word("reason", $0.rawValue))
            }, chosen: [visit.form["reason"]], empty: "form.choose")
        form.text("message", "override.message", .optional, visit.form["message"], limit: TextLimits.message, rows: 3)
    }

    private func answered(_ side: Introduction.Side, _ card: BoardCard, _ say: Speech) -> View {
        let owner = side == .need ? card.needOwner : card.seedOwner
        var view: View = [
            "sideWord": say.word("word", side.rawValue), "sideOwner": owner, "said": say("board.silent"),
            "words": false, "when": false,
        ]
        switch card.introduction.party(side).answer {
        case .interested(let message, _, let at):
            view["said"] = say("match.interested")
            view["words"] = message.map { $0 as any Sendable } ?? false
            view["when"] = say.moment(at)
        case .refused(let reason, let note, _, let at):
            view["said"] = say("match.not_for_us") + " — " + say.word("reason", reason.rawValue)
            view["words"] = note.map { $0 as any Sendable } ?? false
            view["when"] = say.moment(at)
        case nil: break
        }
        return view
    }
}
