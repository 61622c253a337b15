package import Exchange
import Lexicon
import Matching

extension Matchmaker {
    /// The most hits that a search ranks.
    private static var longestSearch: Int { 2_000 }

    /// Live postings that hold the words, best first, as far as the index knows them. Who may see which is decided when
    /// they are read from the store.
    package nonisolated func search(_ query: String, kind: Posting.Kind?) -> [Identifier<Posting>] {
        let terms = reading.lexicon.searchTerms(query).map { SearchTerm(key: $0.key, isPrefix: $0.isPrefix) }
        guard !terms.isEmpty else { return [] }
        let side: MatchSide? = kind.map { $0 == .need ? .need : .seed }
        return catalogue.query { index in
            index.search(terms, side: side, limit: Self.longestSearch, admits: { _ in true })
        }.map { Identifier(stored: $0.id) }
    }

    /// What would match a text that is not saved yet, and what says nearly the same: for people who are typing.
    package nonisolated func suggestions(
        for draft: PostingContent, kind: Posting.Kind, limit: Int, by actor: Actor
    ) -> [DraftSuggestion] {
        let document = reading.document(
            id: "draft", kind, draft, owner: actor.organization?.text ?? "", region: "")
        return catalogue.query { index in
            index.matches(for: document, limit: limit, filter: MatchFilter())
        }.map {
            DraftSuggestion(
                posting: Identifier(stored: $0.id), score: $0.score.value,
                kind: Match.Class(rawValue: $0.kind.rawValue) ?? .wildcard)
        }
    }
}

/// A posting that would match an unsaved text.
package struct DraftSuggestion: Hashable, Sendable {
    package let posting: Identifier<Posting>
    /// 0...1.
    package let score: Double
    package let kind: Match.Class
}
