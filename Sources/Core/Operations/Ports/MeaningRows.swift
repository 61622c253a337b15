package import Exchange

/// A meaning vector of a posting, as the store keeps it.
package struct PostingMeaning: Hashable, Sendable {
    /// Which text of the posting.
    package enum Facet: String, Hashable, Sendable, CaseIterable {
        case full, purpose, means
    }

    package let facet: Facet
    /// The encoder's name for its model.
    package let model: String
    /// `MeaningTexts.key` of the text it was made of.
    package let textKey: String
    package let vector: PackedVector
    /// Whether the posting has been matched with it.
    package let isMatched: Bool

    /// Takes every value.
    package init(facet: Facet, model: String, textKey: String, vector: PackedVector, isMatched: Bool) {
        self.facet = facet
        self.model = model
        self.textKey = textKey
        self.vector = vector
        self.isMatched = isMatched
    }
}

/// Meaning vectors in the store. They can be made again from the postings at any time.
package protocol MeaningRows {
    /// Writes a posting's vectors in place of all it had.
    func setMeanings(_ meanings: [PostingMeaning], of posting: Identifier<Posting>) throws
    /// Whatever vectors the postings have, of any model, in the order of their facets' names.
    func meanings(of postings: Set<Identifier<Posting>>) throws -> [Identifier<Posting>: [PostingMeaning]]
    /// Notes that the postings have been matched with their vectors.
    func markMeaningsMatched(_ postings: [Identifier<Posting>]) throws
    /// How many postings have a vector of their whole text, by model.
    func meaningCounts() throws -> [String: Int]
    /// Forgets vectors of postings that are closed or have expired; how many postings, at most `limit` at once.
    func pruneMeanings(limit: Int) throws -> Int
}
