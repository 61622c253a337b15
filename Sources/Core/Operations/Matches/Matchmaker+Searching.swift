package import Exchange
import Lexicon
import Matching

extension Matchmaker {
    /// The most hits that a search ranks.
    private static var longestSearch: Int { 2_000 }

    /// Live postings that hold the words, best first, as far as the index knows them. What an actor may not read is
    /// not searched for them, and moves nothing up or down. Who may see which is decided when they are read from the
    /// store.
    package nonisolated func search(
        _ query: String, kind: Posting.Kind?, by actor: Actor
    ) async throws -> [Identifier<Posting>] {
        let terms = reading.lexicon.searchTerms(query).map { SearchTerm(key: $0.key, isPrefix: $0.isPrefix) }
        guard !terms.isEmpty else { return [] }
        let side: MatchSide? = kind.map { $0 == .need ? .need : .seed }
        let view = try await office.store.read { tx in try tx.view(of: actor) }
        return catalogue.query { index in
            index.search(terms, side: side, limit: Self.longestSearch, view: view)
        }.map { Identifier(stored: $0.id) }
    }
}

extension ExchangeTransaction {
    /// What an actor may read of postings.
    func view(of actor: Actor) throws -> MatchView {
        if actor.coordinates { return .everything }
        guard let own = actor.organization else { return .reader() }
        return .reader(organization: own.text, introduced: Set(try introducedPostings(to: own).map(\.text)))
    }
}
