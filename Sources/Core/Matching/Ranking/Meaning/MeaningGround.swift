import Synchronization

/// What the meaning vectors of a collection look like as a whole: the mean of each language, and how near everything
/// is to everything. Worked out when first asked for and kept until the vectors change.
///
/// All of it follows from the vectors that are there now and from the identifiers of their postings, not from the order
/// in which they came: for each side and language, the postings whose identifiers have the lowest hashes are the sample
/// (1,024 at most), against which the rest is measured. What a posting costs is therefore bounded: 1,024 dot products
/// for each language of the other side, some 20 microseconds, once while nothing changes.
final class MeaningGround: Sendable {
    private struct State {
        var frame: MeaningFrame?
        var neighbourhoods: [Int: Double] = [:]
    }

    private let state = Mutex(State())

    /// The means and the sample, made if need be.
    func frame(_ make: () -> MeaningFrame) -> MeaningFrame {
        if let known = state.withLock({ $0.frame }) { return known }
        // Two who ask at once both make it, and make the same.
        let made = make()
        state.withLock { $0.frame = made }
        return made
    }

    /// How near the sample of a language on the other side is to the posting in a slot.
    func neighbourhood(_ slot: Int, _ language: MatchLanguage, _ measure: () -> Double) -> Double {
        let key = slot * MatchLanguage.allCases.count + language.number
        if let known = state.withLock({ $0.neighbourhoods[key] }) { return known }
        let measured = measure()
        state.withLock { $0.neighbourhoods[key] = measured }
        return measured
    }
}

/// Means and samples of one state of a collection's vectors.
struct MeaningFrame: Sendable {
    /// The mean of a language, as it stands and as a direction that tables can be scanned with.
    struct Mean: Sendable {
        var values: [Float]
        var direction: QuantizedVector?
        var length: Double
    }

    /// How two groups of postings lie to each other.
    struct Pair: Sendable {
        /// Mean cosine of any two.
        var level: Double
        /// How far cosines lie from that, as a mean square.
        var variance: Double
        /// What a difference in cosine is multiplied by, so that it means what it does in the exchange as a whole.
        var stretch = 1.0
        /// Cosines that were measured.
        var measured = 0.0
        /// Mean closeness of a posting of the one to its nearest in the other.
        var closeness: Double
        /// How far either is to be trusted, 0...1: with the number of postings.
        var trust: Double
    }

    /// Means by language.
    let means: [Mean]
    /// Centred vectors of the sample; slots are those of the index.
    let sample: VectorTable
    /// By side of the one, its language and that of the other.
    private var pairs: [Pair] = []

    init(_ index: MatchIndex) {
        let table = index.vectors
        let means = MatchLanguage.allCases.map { Self.mean(of: $0, table, index.weights) }
        self.means = means
        var sample = VectorTable()
        for side in MatchSide.allCases {
            for language in MatchLanguage.allCases {
                for slot in Self.chosen(side, language, index) {
                    guard let row = table.row(slot, .full) else { continue }
                    let centred = zip(row, means[language.number].values).map { $0 - $1 }
                    // A vector that equals its mean has no direction left and is no neighbour of anything.
                    try? sample.set(
                        MatchVectors(model: table.model, full: centred), slot: slot, side: side, language: language)
                }
            }
        }
        self.sample = sample
        for side in MatchSide.allCases {
            for one in MatchLanguage.allCases {
                for other in MatchLanguage.allCases {
                    pairs.append(Self.pair(side, one, other, sample, index.weights))
                }
            }
        }
        // Measured from both ends, a level is their mean, so that a score is the same from either.
        for one in MatchLanguage.allCases {
            for other in MatchLanguage.allCases {
                let (need, seed) = (Self.place(.need, one, other), Self.place(.seed, other, one))
                let level = (pairs[need].level + pairs[seed].level) / 2
                pairs[need].level = level
                pairs[seed].level = level
                let variance = (pairs[need].variance + pairs[seed].variance) / 2
                pairs[need].variance = variance
                pairs[seed].variance = variance
            }
        }
        stretch()
    }

    /// Bounds of the stretch: what lies beyond is a matter of few postings.
    private static let stretches = 0.5...2.0

    /// Some pairs of languages lie closer together than others: a difference of a tenth is much in the one and little
    /// in the other. All are brought to the spread that there is over all pairs of postings, as far as their own is
    /// known.
    private mutating func stretch() {
        let measured = pairs.reduce(0) { $0 + $1.measured }
        guard measured > 0 else { return }
        let common = pairs.reduce(0) { $0 + $1.measured * $1.variance } / measured
        for place in pairs.indices where pairs[place].variance > 0 {
            let full = (common / pairs[place].variance).squareRoot()
            let bounded = min(max(full, Self.stretches.lowerBound), Self.stretches.upperBound)
            pairs[place].stretch = 1 + pairs[place].trust * (bounded - 1)
        }
    }

    /// How postings of a side and language lie to those of the other side in a language; alike from both sides.
    func pair(_ side: MatchSide, _ one: MatchLanguage, _ other: MatchLanguage) -> Pair {
        pairs[Self.place(side, one, other)]
    }

    private static func place(_ side: MatchSide, _ one: MatchLanguage, _ other: MatchLanguage) -> Int {
        let count = MatchLanguage.allCases.count
        return (Int(side.rawValue) * count + one.number) * count + other.number
    }

    /// Mean cosine of a centred vector with its nearest in the sample; nil if there is no sample.
    func closeness(
        _ query: QuantizedVector, _ side: MatchSide, _ language: MatchLanguage, _ neighbours: Int
    ) -> Double? {
        var nearest = Nearest(neighbours)
        sample.scan(query, side, language, .full) { _, cosine in nearest.insert(cosine) }
        return nearest.mean
    }

    /// The slots with the lowest hashes of identifiers.
    private static func chosen(_ side: MatchSide, _ language: MatchLanguage, _ index: MatchIndex) -> [Int] {
        guard index.vectors.dimension > 0 else { return [] }
        var all: [(hash: UInt64, id: String, slot: Int)] = []
        for piece in index.vectors.shard(side, language, .full).pieces {
            for slot in piece.slots {
                let id = index.records[Int(slot)].id
                all.append((hash(id), id, Int(slot)))
            }
        }
        all.sort { $0.hash != $1.hash ? $0.hash < $1.hash : $0.id < $1.id }
        return all.prefix(index.weights.meaningSample).map(\.slot)
    }

    /// The mean of the collection, drawn towards the one shipped for the model as far as it is small: a mean of a few
    /// postings is mostly those postings. Without a shipped one, towards no centring.
    private static func mean(of language: MatchLanguage, _ table: VectorTable, _ weights: RankingWeights) -> Mean {
        var values = table.sum(.full, language)
        let count = Double(table.count(.full, language))
        let shipped = ShippedMeans.mean(of: language, model: table.model, dimension: table.dimension)
        let prior = weights.centringPrior
        for place in values.indices {
            values[place] = (values[place] + prior * Double(shipped?[place] ?? 0)) / (count + prior)
        }
        let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let floats = values.map { Float($0) }
        return Mean(values: floats, direction: try? QuantizedVector(floats), length: length)
    }

    private static func pair(
        _ side: MatchSide, _ one: MatchLanguage, _ other: MatchLanguage, _ sample: VectorTable,
        _ weights: RankingWeights
    ) -> Pair {
        var pair = Pair(level: 0, variance: 0, closeness: 0, trust: 0)
        guard sample.dimension > 0 else { return pair }
        let mine = sample.shard(side, one, .full)
        let theirs = sample.shard(side.partner, other, .full)
        if mine.count == 0 || theirs.count == 0 { return pair }
        // A few of the sample are enough for an average; the first rows are those of the lowest hashes. Both sides are
        // measured against the other's whole sample, so that the pair is the same from either.
        let few = min(weights.levelSample, mine.count)
        var level = 0.0
        var squares = 0.0
        var closeness = 0.0
        for row in 0..<few {
            var nearest = Nearest(weights.hubNeighbours)
            var sum = 0.0
            sample.scan(mine.vector(row), side.partner, other, .full) { _, cosine in
                sum += Double(cosine)
                squares += Double(cosine) * Double(cosine)
                nearest.insert(cosine)
            }
            level += sum / Double(theirs.count)
            closeness += nearest.mean ?? 0
        }
        let least = Double(min(mine.count, theirs.count))
        pair.level = level / Double(few)
        pair.measured = Double(few * theirs.count)
        pair.variance = max(0, squares / pair.measured - pair.level * pair.level)
        pair.closeness = closeness / Double(few)
        pair.trust = least / (least + weights.hubPrior)
        return pair
    }

    /// FNV-1a with a final mix (the one of MurmurHash3): the same on every machine and in every run.
    private static func hash(_ id: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ (hash >> 33)
    }
}

/// The highest of many cosines.
private struct Nearest {
    private let limit: Int
    private var best: [Float] = []

    init(_ limit: Int) { self.limit = max(1, limit) }

    @inline(__always)
    mutating func insert(_ cosine: Float) {
        if best.count == limit && cosine <= best[limit - 1] { return }
        var place = best.count
        while place > 0 && best[place - 1] < cosine { place -= 1 }
        best.insert(cosine, at: place)
        if best.count > limit { best.removeLast() }
    }

    /// Their mean; nil without any.
    var mean: Double? { best.isEmpty ? nil : best.reduce(0) { $0 + Double($1) } / Double(best.count) }
}
