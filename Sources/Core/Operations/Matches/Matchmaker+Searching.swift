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

    /// Whether the words stand in what the reader sees of a posting: of an anonymous one the detail is searched for
    /// nobody.
    package nonisolated func holds(_ query: String, _ shown: DisclosedPosting) -> Bool {
        guard shown.degree == .anonymous else { return true }
        let keys = Set(
            reading.document(
                id: shown.posting.id.text, shown.posting.kind, shown.posting.content, owner: "", region: ""
            ).text.terms.keys)
        return reading.lexicon.searchTerms(query).allSatisfy { term in
            term.isPrefix ? keys.contains { $0.hasPrefix(term.key) } : keys.contains(term.key)
        }
    }

    /// What would match a text that is not saved yet, and what says nearly the same: for people who are typing. Never
    /// an organization that is kept apart from the actor's.
    package nonisolated func suggestions(
        for draft: PostingContent, kind: Posting.Kind, limit: Int, by actor: Actor
    ) async throws -> [DraftSuggestion] {
        let own = actor.organization
        let apart = try await office.store.read { tx in try own.map { try tx.vetoed(by: $0) } ?? [] }
        let document = reading.document(
            id: "draft", kind, draft, owner: own?.text ?? "", region: "")
        let ranked = catalogue.query { index in index.matches(for: document, limit: limit, filter: MatchFilter()) }
        let known = try await office.store.read { tx in
            try tx.postings(Set(ranked.map { Identifier(stored: $0.id) }))
        }
        // Only what is shown by name may be left out: that an anonymous posting is missing would tell whose it is.
        return ranked.filter { hit in
            guard let posting = known[Identifier(stored: hit.id)] else { return false }
            return posting.content.visibility != .named || !apart.contains(posting.organization)
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
