import Exchange
import Operations

/// The match desk: why matched, and what is to become of it.
extension ConsoleSite {
    var matchDeskPages: [ConsolePage] {
        let path = "/desk/matches"
        return [
            .get(path, .role(.coordinate)) { try await matchDesk($0) },
            .post(path + "/{match}/hold", .role(.coordinate)) { visit in
                let moved = try await office.hold(visit.id("match"), by: visit.actor())
                return .redirect(
                    backToDesk(visit, path), Note("done.held", undo: "\(path)/\(moved.id)/release"))
            },
            .post(path + "/{match}/release", .role(.coordinate)) { visit in
                let moved = try await office.release(visit.id("match"), by: visit.actor())
                return .redirect(
                    backToDesk(visit, path), Note("done.released", undo: "\(path)/\(moved.id)/hold"))
            },
            .post(path + "/{match}/dismiss", .role(.coordinate)) { visit in
                let moved = try await office.dismiss(
                    visit.id("match"), because: visit.form.text("reason"), by: visit.actor())
                return .redirect(
                    backToDesk(visit, path), Note("done.dismissed", undo: "\(path)/\(moved.id)/release"))
            },
            .post("/desk/introductions/{introduction}/introduce", .role(.coordinate)) { visit in
                _ = try await office.introduce(visit.id("introduction"), by: visit.actor())
                return .redirect(backToDesk(visit, path), Note("done.introduced"))
            },
        ]
    }

    func backToDesk(_ visit: Visit, _ path: String) -> String {
        visit.form.text("back").map(OwnAddress.own) ?? path
    }

    private func matchDesk(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        var filter = MatchListFilter()
        filter.kind = visit.query.choice("kind")
        if let state = visit.query.choice("state", Match.State.self) { filter.states = [state] }
        let found = try await office.matches(
            filter, PageRequest(limit: 20, after: visit.query.text("after")), in: visit.language, reading: reading,
            by: actor)
        var form = FormView([], say)
        form.choice(
            "state", "people.status", .optional,
            Match.State.allCases.map {
                FormView.Option(value: $0.rawValue, label: say.word("match.state", $0.rawValue))
            }, chosen: [visit.query["state"]], empty: "form.any")
        form.choice(
            "kind", "desk.kind", .optional,
            [Match.Class.bridge, .adjacent, .kindred, .wildcard].map {
                FormView.Option(value: $0.rawValue, label: say.word("class", $0.rawValue))
            }, chosen: [visit.query["kind"]], empty: "form.any")
        let items = found.items.map { it -> View in
            var view = card(it, nil, visit)
            view["answer"] = false
            view["deskState"] = say.word("match.state", it.match.state.rawValue)
            view["state"] = it.match.state.rawValue
            view["canHold"] = it.match.state == .proposed
            view["canRelease"] = it.match.state == .held || it.match.state == .dismissed
            view["canDismiss"] = it.match.state == .proposed || it.match.state == .held
            return view
        }
        return .page(
            "desk-matches", title: say("nav.matches"),
            [
                "form": form.view, "items": items, "hasItems": !items.isEmpty,
                "more": found.next.map {
                    "/desk/matches" + visit.query.query(setting: "after", to: $0) as any Sendable
                } ?? false,
            ])
    }
}
