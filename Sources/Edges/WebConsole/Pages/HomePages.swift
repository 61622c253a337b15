import Exchange
import Operations

extension ConsoleSite {
    /// The first page of everybody.
    var homePages: [ConsolePage] {
        [.get("/", .role(.read)) { try await home($0) }]
    }

    private func home(_ visit: Visit) async throws -> Reply {
        let actor = try visit.actor()
        guard let person = visit.holder?.participant else { throw Refusal.unauthenticated }
        var filter = MatchListFilter()
        filter.organization = actor.organization
        filter.states = [.proposed, .taken]
        let found = try await office.matches(
            filter, PageRequest(limit: 20, after: visit.query.text("after")), in: visit.language, reading: reading,
            by: actor)
        var wanted = IntroductionFilter()
        wanted.organization = actor.organization
        let introductions = try await office.introductions(wanted, PageRequest(limit: 100), by: actor).items
        let byMatch = Dictionary(
            introductions.compactMap { it in it.introduction.match.map { ($0, it.introduction) } },
            uniquingKeysWith: { first, _ in first })
        let cards = found.items.map { card($0, byMatch[$0.match.id], visit) }
        var view: View = [
            "matches": cards, "art": sign(visit.say),
            "more": found.next.map { "/?after=" + $0 as any Sendable } ?? false,
        ]
        view["waiting"] = try await rows(introductions.filter { isWaiting($0) }, "home.waiting.words", visit)
        view["contacts"] = try await rows(
            introductions.filter { $0.introduction.isDisclosed }, "match.said.introduced", visit)
        return .page("home", title: visit.say("home.title", ["name": person.profile.name]), view)
    }

    /// Whether the other side has said yes and the reader's has not answered.
    private func isWaiting(_ it: DisclosedIntroduction) -> Bool {
        guard case .interested = it.introduction.state, let own = it.ownSide else { return false }
        return it.introduction.party(own).answer == nil && it.introduction.match != nil
    }

    private func rows(
        _ introductions: [DisclosedIntroduction], _ words: String, _ visit: Visit
    ) async throws -> any Sendable {
        let shown = introductions.prefix(10)
        guard !shown.isEmpty else { return false }
        let others = shown.compactMap { it in it.ownSide.map { it.introduction.party($0.other).posting } }
        let postings = try await office.postings(others, by: visit.actor())
        let titles = Dictionary(postings.map { ($0.posting.id, $0.posting.content.title) }) { first, _ in first }
        let items = shown.compactMap { it -> View? in
            guard let own = it.ownSide, let title = titles[it.introduction.party(own.other).posting],
                let match = it.introduction.match
            else { return nil }
            return ["words": visit.say(words), "path": "/matches/\(match)", "title": title]
        }
        return items.isEmpty ? false : ["items": items] as View
    }
}
