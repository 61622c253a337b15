import Exchange
import HTTPTypes
import Operations

/// One match on the desk: why, side by side, what was done with it and what a coordinator can do.
extension ConsoleSite {
    var matchWorkPages: [ConsolePage] {
        let path = "/desk/matches/{match}"
        return [
            .get(path, .role(.coordinate)) { try await matchWork($0, problems: []) },
            .post(path + "/answer", .role(.coordinate)) { visit in
                let id = try visit.id("match", Match.self)
                do {
                    _ = try await office.answer(
                        id, try overriding(visit), for: visit.form.choice("side"), by: visit.actor())
                    return .redirect("/desk/matches/\(id)", Note("done.answered_for"))
                } catch Refusal.invalid(let problems) { return try await matchWork(visit, problems: problems) }
            },
            .post("/desk/vetoes", .role(.coordinate)) { visit in
                let one = try Identifier<Organization>(visit.form["one"])
                let other = try Identifier<Organization>(visit.form["other"])
                let veto = try await office.placeVeto(
                    between: one, and: other, reason: visit.form.text("reason"), by: visit.actor())
                return .redirect(
                    backToDesk(visit, "/desk/matches"), Note("done.vetoed", undo: "/desk/vetoes/\(veto.id)/lift"))
            },
            .get("/desk/vetoes", .role(.coordinate)) { try await vetoes($0) },
            .post("/desk/vetoes/{veto}/lift", .role(.coordinate)) { visit in
                try await office.liftVeto(visit.id("veto"), by: visit.actor())
                return .redirect("/desk/vetoes", Note("done.veto_lifted"))
            },
        ]
    }

    private func matchWork(_ visit: Visit, problems: [FieldProblem]) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let found = try await office.match(visit.id("match"), in: visit.language, reading: reading, by: actor)
        let cards = try await office.boardCards(of: found.match.need, PageRequest(limit: 200), by: actor).items
        let card = cards.first { $0.introduction.seedSide.posting == found.match.seed }
        let (state, stage) = (found.match.state, card?.introduction.state)
        var form = FormView(problems, say)
        addOverride(to: &form, visit)
        var view = self.card(found, nil, visit)
        for (name, side) in [("needFacts", found.need), ("seedFacts", found.seed)] {
            var told = facts(side.posting.content, side.posting.kind, say)
            told["owner"] = try await side.organization.asyncMap { try await office.names(of: [$0])[$0] ?? "" } ?? false
            view[name] = told
        }
        view["number"] = String(found.match.id.text.suffix(8))
        view["percent"] = say.percent(found.match.score)
        view["checks"] = found.numbers?.checks ?? []
        view["hasChecks"] = found.numbers?.checks.isEmpty == false
        view["state"] = state.rawValue
        view["stateWord"] = say.word("match.state", state.rawValue)
        view["stage"] = stage.map { say.word("intro.state", $0.word) as any Sendable } ?? false
        view["stagePath"] = card.map { "/desk/introductions/\($0.introduction.id)" as any Sendable } ?? false
        let here = "/desk/matches/\(found.match.id)"
        var deeds: [View] = []
        if stage == .mutual, let card {
            let path = "/desk/introductions/\(card.introduction.id)/introduce"
            deeds.append(deed(path, say("match.introduce"), isMain: true))
        }
        if state == .proposed { deeds.append(deed(here + "/hold", say("match.hold"))) }
        if state == .held || state == .dismissed { deeds.append(deed(here + "/release", say("match.release"))) }
        view["deeds"] = deeds
        view["canDismiss"] = state == .proposed || state == .held
        view["canAnswer"] = card?.introduction.isDisclosed != true
        if let one = found.need.organization, let other = found.seed.organization, one != other {
            let names = try await office.names(of: [one, other])
            view["veto"] = [
                "one": one.text, "other": other.text,
                "names": say("veto.names", ["one": names[one] ?? "", "other": names[other] ?? ""]),
            ] as View
        } else {
            view["veto"] = false
        }
        view["form"] = form.view
        view["problems"] = form.summary
        view["self"] = here
        view["log"] = try await history(
            of: [found.match.id.text] + (card.map { [$0.introduction.id.text] } ?? []), visit)
        return .page(
            "match-work", title: say("match.title"), view, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// What was done about the subjects, newest first.
    func history(of subjects: [String], _ visit: Visit) async throws -> View {
        let actor = try visit.actor()
        var entries: [RecordedHappening] = []
        for subject in subjects {
            var filter = HappeningFilter()
            filter.subject = subject
            entries += try await office.happenings(filter, PageRequest(limit: 50), by: actor).items
        }
        let known = Set(entries.map(\.sequence))
        let sorted = known.sorted(by: >).compactMap { number in entries.first { $0.sequence == number } }
        let lines = try await logLines(sorted, visit)
        return ["items": lines, "hasItems": !lines.isEmpty]
    }

    private func vetoes(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let found = try await office.vetoes(
            PageRequest(limit: 50, after: visit.query.text("after")), by: visit.actor())
        let names = try await office.names(of: Set(found.items.flatMap { [$0.first, $0.second] }))
        let items = found.items.map { veto -> View in
            [
                "names": say("veto.names", ["one": names[veto.first] ?? "", "other": names[veto.second] ?? ""]),
                "why": veto.reason.map { $0 as any Sendable } ?? false, "when": say.date(veto.at),
                "deed": deed("/desk/vetoes/\(veto.id)/lift", say("veto.lift")),
            ]
        }
        return .page(
            "vetoes", title: say("veto.title"),
            [
                "items": items, "hasItems": !items.isEmpty,
                "more": found.next.map { "/desk/vetoes?after=" + $0 as any Sendable } ?? false,
            ])
    }
}

extension Optional {
    /// The value made of what is there, if anything is.
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> (any Sendable)?
    where Value: Sendable {
        guard let wrapped = self else { return nil }
        return try await transform(wrapped)
    }
}
