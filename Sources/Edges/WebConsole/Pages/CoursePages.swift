import Charts
import Exchange
import Operations

/// What came of one posting: whom it met, how far they got, what came of it.
extension ConsoleSite {
    var coursePages: [ConsolePage] {
        [.get("/desk/postings/{posting}/course", .role(.coordinate)) { try await course($0) }]
    }

    private func course(_ visit: Visit) async throws -> Reply {
        let say = visit.say
        let actor = try visit.actor()
        let posting = try await office.posting(visit.id("posting"), by: actor).posting
        let found = try await office.boardCards(
            of: posting.id, PageRequest(limit: 20, after: visit.query.text("after")), by: actor)
        let rows = found.items.map { card -> View in
            let other = card.need.id == posting.id ? card.seed : card.need
            return [
                "path": "/desk/introductions/\(card.introduction.id)", "other": other.content.title,
                "lang": other.content.language.rawValue,
                "owner": other.id == card.need.id ? card.needOwner : card.seedOwner,
                "state": card.introduction.state.word,
                "stateWord": say.word("intro.state", card.introduction.state.word),
                "came": result(card, say).map { $0 as any Sendable } ?? false,
            ]
        }
        return .page(
            "course", title: posting.content.title,
            [
                "lang": posting.content.language.rawValue, "posting": "/postings/\(posting.id)",
                "tree": tree(posting, found.items, say), "rows": rows, "hasRows": !rows.isEmpty,
                "more": found.next.map { "/desk/postings/\(posting.id)/course?after=" + $0 as any Sendable } ?? false,
            ])
    }

    private func result(_ card: BoardCard, _ say: Speech) -> String? {
        guard case .concluded(let end) = card.introduction.state else { return nil }
        return say.word("result", end.outcome.rawValue)
    }

    private func tree(_ posting: Posting, _ cards: [BoardCard], _ say: Speech) -> String {
        let branches = cards.map { card -> TreeChart.Branch in
            let other = card.need.id == posting.id ? card.seed : card.need
            let state = say.word("intro.state", card.introduction.state.word)
            let came = result(card, say).map { [TreeChart.Branch($0, group: 4)] } ?? []
            return TreeChart.Branch(
                other.content.title, note: state, group: colours.colour(of: other.content.fields), came)
        }
        let root = TreeChart.Branch(
            posting.content.title, note: say.word("word", posting.kind.rawValue),
            group: colours.colour(of: posting.content.fields), branches)
        let summary = say("course.words", ["count": say.number(cards.count)])
        return TreeChart(ChartCaption(id: "course", title: posting.content.title, summary: summary), root: root).svg()
    }
}
