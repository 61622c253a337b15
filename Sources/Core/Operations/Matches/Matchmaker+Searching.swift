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
                id: shown.posting.id.text, shown.posting.kind, shown.posting.content, owner: "", region: "",
                for: .ranking
            ).text.terms.keys)
        return reading.lexicon.searchTerms(query).allSatisfy { term in
            term.isPrefix ? keys.contains { $0.hasPrefix(term.key) } : keys.contains(term.key)
        }
    }
}
