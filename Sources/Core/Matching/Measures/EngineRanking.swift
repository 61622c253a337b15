/// How `engine rank` and `engine score` are asked to work.
package struct EngineOptions: Sendable {
    /// The ranking function.
    package enum Method: String, Sendable, CaseIterable { case match, bm25 }

    /// Longest answer; a query with a pool is answered with the whole pool.
    package var top: Int
    /// The ranking function.
    package var method: Method
    /// Whether documents of the query's own fields are left out.
    package var fields: MatchFilter.FieldRule
    /// Distances between fields.
    package var geometry: FieldGeometry
    /// Weights of the ranking.
    package var weights: RankingWeights

    /// Takes every value.
    package init(
        top: Int = 100, method: Method = .match, fields: MatchFilter.FieldRule = .any, geometry: FieldGeometry = .flat,
        weights: RankingWeights = .standard
    ) {
        self.top = top
        self.method = method
        self.fields = fields
        self.geometry = geometry
        self.weights = weights
    }
}

/// A hit of `engine rank`.
package struct EngineHit: Sendable, Equatable {
    /// The document.
    package var id: String
    /// 0...1 (with BM25 the plain sum, 0 and up).
    package var score: Double
    /// The match behind it; nil with BM25.
    package var match: RankedMatch?
}

/// The pure half of `engine rank` and `engine score`: documents and queries of any kind in any order of addition, no
/// rule of the exchange (owners, availability) applied.
package struct EngineRanking: Sendable {
    private let options: EngineOptions
    private var index: MatchIndex
    private var baseline: ExactBM25

    /// No documents yet.
    package init(options: EngineOptions = EngineOptions()) {
        self.options = options
        index = MatchIndex(geometry: options.geometry, weights: options.weights)
        baseline = ExactBM25(k1: options.weights.k1, b: options.weights.b)
    }

    /// Adds a document; its kind does not matter here, its identifier must be new.
    package mutating func add(_ document: MatchDocument) {
        switch options.method {
        case .match: index.add(Self.plain(document, .seed))
        case .bm25: baseline.add(id: document.id, terms: document.text.terms.keys, fields: document.fields)
        }
    }

    /// Says that a query will come, as an exchange knows its needs: the meaning of queries as a whole, by which a
    /// language is centred and postings near to everything are found out, is then known from the first query on. Its
    /// words are not read; without vectors nothing changes.
    package mutating func expect(_ query: MatchDocument) {
        guard options.method == .match, let vectors = query.vectors else { return }
        index.add(
            MatchDocument(
                id: Self.expected + query.id, side: .need,
                text: MatchText(language: query.text.language, terms: TermList()), vectors: vectors,
                isAvailable: false))
    }

    /// Begins the identifiers of expected queries; no document's identifier begins with a control character.
    private static let expected = "\u{1}"

    /// Ranks the documents for a query, best first, ties by identifier. A document with the query's identifier
    /// competes like any other: in judged sets the same identifier may name a query and a document.
    package func rank(_ query: MatchDocument, pool: Set<String>? = nil) -> [EngineHit] {
        let limit = pool?.count ?? options.top
        switch options.method {
        case .match:
            var asked = Self.plain(query, .need)
            asked.id = Self.nobody
            let filter = MatchFilter(pool: pool, fields: options.fields)
            return index.matches(for: asked, limit: limit, filter: filter).map {
                EngineHit(id: $0.id, score: $0.score.value, match: $0)
            }
        case .bm25:
            return baseline.rank(
                query.text.terms.keys, limit: limit, pool: pool,
                without: options.fields == .differing ? query.fields : []
            ).map { EngineHit(id: $0.id, score: $0.score, match: nil) }
        }
    }

    /// Makes queries as fast as they get: for the end of reading the documents.
    package mutating func settle() {
        index.settle()
        baseline.settle()
    }

    /// Bytes that the index in use holds.
    package var bytes: Int { options.method == .bm25 ? baseline.bytes : index.bytes }

    /// The index behind the ranking, for reasons.
    package var matchIndex: MatchIndex { index }

    /// Scores pairs of texts, 0...1; how rare a term is, is learnt from all texts given.
    package static func score(
        _ pairs: [(id: String, a: MatchDocument, b: MatchDocument)], options: EngineOptions = EngineOptions()
    ) -> [(id: String, score: Double)] {
        var index = MatchIndex(geometry: options.geometry, weights: options.weights)
        var asked: [(one: MatchDocument, other: MatchDocument)] = []
        for (number, pair) in pairs.enumerated() {
            var one = plain(pair.a, .need)
            one.id = "a\(number)"
            var other = plain(pair.b, .seed)
            other.id = "b\(number)"
            index.add(one)
            index.add(other)
            asked.append((one, other))
        }
        return zip(pairs, asked).map { ($0.id, index.score($1.one, $1.other).value) }
    }

    /// No identifier of a document is empty, so that this one excludes none.
    private static let nobody = ""

    private static func plain(_ document: MatchDocument, _ side: MatchSide) -> MatchDocument {
        var plain = document
        plain.side = side
        plain.owner = ""
        plain.isAvailable = true
        return plain
    }
}
