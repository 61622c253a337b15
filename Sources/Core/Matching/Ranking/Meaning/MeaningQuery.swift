/// A posting's meaning vectors as a query against one index: centred by its language, ready to be compared with those
/// of any posting of the other side.
///
/// Vectors of a language share a direction (the language itself), which hides what they say: cosines are taken after
/// the language's mean is subtracted on both sides.
struct MeaningQuery {
    private struct Centred {
        var vector: QuantizedVector
        /// Product with the mean of each language.
        var offsets: [Double]
    }

    private let side: MatchSide
    private let language: MatchLanguage
    private let statesPurpose: Bool
    private let table: VectorTable
    private let frame: MeaningFrame
    private let ground: MeaningGround
    private let weights: RankingWeights
    private let full: Centred
    private let purpose: Centred?
    private let means: Centred?
    /// How much nearer than usual the partners of each language are to this posting.
    private var closeness: [Double] = []

    /// Nil if there are no vectors, or they do not fit those of the index (another model or dimension, not finite):
    /// the posting is then matched by its words.
    init?(
        _ vectors: MatchVectors?, _ side: MatchSide, _ language: MatchLanguage, _ statesPurpose: Bool,
        in index: MatchIndex
    ) {
        let table = index.vectors
        guard let vectors, table.dimension > 0, vectors.model == table.model, vectors.full.count == table.dimension
        else { return nil }
        let frame = index.ground.frame { MeaningFrame(index) }
        guard let full = Self.centred(vectors.full, language, frame) else { return nil }
        self.side = side
        self.language = language
        self.statesPurpose = statesPurpose
        self.table = table
        self.frame = frame
        ground = index.ground
        weights = index.weights
        self.full = full
        purpose = vectors.purpose.flatMap { Self.centred($0, language, frame) }
        means = vectors.means.flatMap { Self.centred($0, language, frame) }
        for other in MatchLanguage.allCases {
            let near = frame.closeness(full.vector, side.partner, other, index.weights.hubNeighbours)
            let pair = frame.pair(side, language, other)
            closeness.append(near.map { ($0 - pair.closeness) * pair.trust } ?? 0)
        }
    }

    /// The query that a posting of the index makes.
    init?(slot: Int, in index: MatchIndex) {
        let record = index.records[slot]
        guard let full = index.vectors.row(slot, .full) else { return nil }
        let vectors = MatchVectors(
            model: index.vectors.model, full: full, purpose: index.vectors.row(slot, .purpose),
            means: index.vectors.row(slot, .means))
        self.init(vectors, record.side, record.language, record.statesPurpose, in: index)
    }

    /// Compares with the posting in a slot, nil if it has no vectors.
    func compare(_ slot: Int, _ record: MatchIndex.Record) -> Meaning? {
        let other = record.language
        guard let whole = cosine(full, slot, .full, other) else { return nil }
        var meaning = Meaning(full: whole)
        meaning.purpose = purpose.flatMap { cosine($0, slot, .purpose, other) }
        meaning.means = means.flatMap { cosine($0, slot, .means, other) }
        var similarity = whole
        if let near = meaning.purpose {
            let share = statesPurpose && record.statesPurpose ? weights.purposeShare : weights.foundPurposeShare
            similarity += share * (near - whole)
        }
        // The same on average in every pair of languages.
        let pair = frame.pair(side, language, other)
        similarity -= pair.trust * pair.level
        if other != language {
            meaning.hub = weights.hubShare * (closeness[other.number] + closeness(of: slot, other, pair))
            similarity -= meaning.hub
        }
        meaning.similarity = max(-1, min(1, pair.stretch * similarity))
        return meaning
    }

    /// Slots of the other side with the nearest vectors, for each language on its own.
    func nearest(_ limit: Int, admits: (Int) -> Bool, precedes: (Int, Int) -> Bool) -> [Int] {
        var found: [Int] = []
        for other in MatchLanguage.allCases {
            let near = table.nearest(
                full.vector, side.partner, [other], .full, limit: limit, admits: admits, precedes: precedes)
            found += near.map(\.slot)
        }
        return found
    }

    /// How much nearer than usual postings of the query's side and language are to the one in a slot: a posting that is
    /// near to everything says little by being near (CSLS, Conneau et al. 2018).
    private func closeness(of slot: Int, _ other: MatchLanguage, _ pair: MeaningFrame.Pair) -> Double {
        if pair.trust == 0 { return 0 }
        return ground.neighbourhood(slot, language) {
            guard let row = table.row(slot, .full), let centred = Self.centred(row, other, frame),
                let near = frame.closeness(centred.vector, side, language, weights.hubNeighbours)
            else { return 0 }
            let usual = frame.pair(side.partner, other, language)
            return (near - usual.closeness) * usual.trust
        }
    }

    private func cosine(_ query: Centred, _ slot: Int, _ facet: MatchFacet, _ other: MatchLanguage) -> Double? {
        guard let dot = table.similarity(query.vector, slot, facet) else { return nil }
        let mean = frame.means[other.number]
        var square = 1 + mean.length * mean.length
        if let direction = mean.direction, let along = table.similarity(direction, slot, facet) {
            square -= 2 * mean.length * Double(along)
        }
        // A posting that says what its language says on average has no direction of its own.
        guard square > 1e-6 else { return 0 }
        return (Double(dot) - query.offsets[other.number]) / square.squareRoot()
    }

    private static func centred(_ values: [Float], _ language: MatchLanguage, _ frame: MeaningFrame) -> Centred? {
        let mean = frame.means[language.number].values
        // Made to unit length first, as those of the table are.
        guard values.count == mean.count, let unit = try? QuantizedVector(values) else { return nil }
        guard let vector = try? QuantizedVector(zip(unit.values, mean).map { $0 - $1 }) else { return nil }
        let direction = vector.values
        let offsets = frame.means.map { other in
            zip(direction, other.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        return Centred(vector: vector, offsets: offsets)
    }
}

/// What the meaning vectors of two postings have in common, as centred cosines.
struct Meaning {
    /// Of the whole texts.
    var full: Double
    /// Of the purposes, where both have one.
    var purpose: Double?
    /// Of the means, where both have some.
    var means: Double?
    /// What was taken off because either is near to everything.
    var hub = 0.0
    /// Of whole and purpose together, corrected.
    var similarity = 0.0

    init(full: Double) { self.full = full }
}
