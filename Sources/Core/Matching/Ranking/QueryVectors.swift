/// A posting as a query against one index: its terms resolved, weighted, ready to be compared with any record.
struct QueryVectors {
    let language: MatchLanguage
    /// Known terms in a fixed order, with how often they stand in the query.
    let wordTerms: [(term: Int, times: Int)]
    let bridgeTerms: [(term: Int, times: Int)]
    /// For each language of the other side: weights of the bridges that carry there.
    private(set) var bridges: [TermWeights] = []
    private var words = TermWeights([])
    private var wordSquare = 0.0
    private var bridgeSquares: [Double] = []
    private let shard: PostingIndex
    private let bridgeIndex: PostingIndex
    private let weights: RankingWeights
    private let repetitions: [Double]
    /// Weight of each kind of bridge to each language, by the first byte of the key; 0 where it does not carry.
    private var carriage: [[Double]] = []
    private var wordRarity: RarityCache
    private var bridgeRarity: [RarityCache] = []

    init(_ text: MatchText, in index: MatchIndex, for view: MatchView = .everything) {
        let words = index.words[text.language.number].counted(in: view).resolve(text.terms.keys)
        let bridges = index.bridges.counted(in: view).resolve(text.bridges.keys)
        self.init(text.language, words.known, bridges.known, unknown: words.unknown, in: index, view)
    }

    /// The query that a posting of the index makes.
    init(_ record: MatchIndex.Record, in index: MatchIndex, for view: MatchView = .everything) {
        func terms(_ row: PostingIndex.Row) -> [(term: Int, times: Int)] {
            row.entries.map { (term: Int($0 >> 8), times: Int($0 & 0xFF)) }
        }
        self.init(record.language, terms(record.words), terms(record.bridges), unknown: 0, in: index, view)
    }

    private init(
        _ language: MatchLanguage, _ wordTerms: [(term: Int, times: Int)], _ bridgeTerms: [(term: Int, times: Int)],
        unknown: Int, in index: MatchIndex, _ view: MatchView
    ) {
        self.language = language
        self.wordTerms = wordTerms
        self.bridgeTerms = bridgeTerms
        shard = index.words[language.number].counted(in: view)
        bridgeIndex = index.bridges.counted(in: view)
        weights = index.weights
        repetitions = index.weights.repetitions
        wordRarity = RarityCache(documents: shard.documents[language.number], exponent: weights.rarityPower)
        for other in MatchLanguage.allCases {
            carriage.append(weights.carriage(language, other))
            let documents = bridgeIndex.documents[language.number]
            let more = other == language ? 0 : bridgeIndex.documents[other.number]
            bridgeRarity.append(RarityCache(documents: documents + more, exponent: 1))
        }
        weighWords(unknown)
        for other in MatchLanguage.allCases { weighBridges(other) }
    }

    private mutating func weighWords(_ unknown: Int) {
        var pairs: [(term: Int, weight: Double)] = []
        pairs.reserveCapacity(wordTerms.count)
        // A word that no posting has is as rare as can be: without it a query of unknown words would look a close fit.
        // One that only stands where others do not read, or once did, is told by nothing from one that never was.
        let rarest = wordRarity.rarity(0)
        var unknown = unknown
        for (term, times) in wordTerms {
            if shard.frequency(term, language) == 0 {
                pairs.append((term, rarest))
                unknown += 1
                continue
            }
            let weight = wordWeight(term, times)
            pairs.append((term, weight))
            wordSquare += weight * weight
        }
        words = TermWeights(pairs)
        wordSquare += Double(unknown) * rarest * rarest
    }

    private mutating func weighBridges(_ other: MatchLanguage) {
        var pairs: [(term: Int, weight: Double)] = []
        var square = 0.0
        for (term, times) in bridgeTerms {
            let weight = bridgeWeight(term, times, other)
            guard weight > 0 else { continue }
            pairs.append((term, weight))
            if bridgeIndex.frequency(term) > 0 { square += weight * weight }
        }
        bridges.append(TermWeights(pairs))
        bridgeSquares.append(square)
    }

    /// Compares with one record.
    mutating func compare(_ record: MatchIndex.Record) -> Evidence {
        let isSame = record.language == language
        let words = isSame ? wordProduct(record.words.entries) : Product()
        let bridges = bridgeProduct(record.bridges.entries, record.language)
        let other = record.language.number
        var evidence = Evidence(
            lexical: words.cosine(wordSquare), concept: bridges.cosine(bridgeSquares[other]), joint: 0)
        if isSame {
            // Concepts stand beside the words in one vector, as if each mention were a further word of the text: a
            // text of few concepts and many words is judged by its words.
            let share = weights.conceptShare
            let both = Product(
                dot: words.dot + share * bridges.dot, square: words.square + share * bridges.square)
            evidence.joint = both.cosine(wordSquare + share * bridgeSquares[other])
        } else {
            evidence.joint = evidence.concept
            let rarest = bridgeRarity[other].rarity(1)
            let terms = min(bridges.square, bridgeSquares[other]) / max(rarest * rarest, 1)
            evidence.known = terms
            evidence.trust = terms / (terms + weights.bridgePrior)
        }
        return evidence
    }

    private mutating func wordProduct(_ entries: [UInt32]) -> Product {
        var product = Product()
        for entry in entries {
            let term = Int(entry >> 8)
            let weight = wordWeight(term, Int(entry & 0xFF))
            product.square += weight * weight
            product.dot += words[term] * weight
        }
        return product
    }

    private mutating func bridgeProduct(_ entries: [UInt32], _ other: MatchLanguage) -> Product {
        var product = Product()
        for entry in entries {
            let term = Int(entry >> 8)
            let weight = bridgeWeight(term, Int(entry & 0xFF), other)
            product.square += weight * weight
            product.dot += bridges[other.number][term] * weight
        }
        return product
    }

    @inline(__always)
    private mutating func wordWeight(_ term: Int, _ times: Int) -> Double {
        repetitions[times] * wordRarity.rarity(shard.frequency(term, language))
    }

    /// Weight of a bridge to another language; 0 if it does not carry.
    @inline(__always)
    private mutating func bridgeWeight(_ term: Int, _ times: Int, _ other: MatchLanguage) -> Double {
        let carried = carriage[other.number][Int(bridgeIndex.kinds[term])]
        if carried == 0 { return 0 }
        let more = other == language ? 0 : bridgeIndex.frequency(term, other)
        let frequency = bridgeIndex.frequency(term, language) + more
        return carried * repetitions[times] * bridgeRarity[other.number].rarity(frequency)
    }

    /// What a bridge says in a comparison with another language, if both texts have it once.
    mutating func weight(ofBridge key: String, to other: MatchLanguage) -> Double {
        guard let term = bridgeIndex.find(key) else { return 0 }
        let weight = bridgeWeight(term, 1, other)
        return weight * weight
    }
}

/// What two texts have in common, as cosines.
struct Evidence {
    /// Of the words; 0 across languages.
    var lexical: Double
    /// Of concepts and whatever else carries between the two languages.
    var concept: Double
    /// Of both together.
    var joint: Double
    /// How far the words may stand beside the meaning: across languages, with how many of them are known.
    var trust = 1.0
    /// Across languages, how many bridges are known of the text of which fewer are, as many rare ones.
    var known: Double?
    /// Of the meaning, where both have vectors.
    var meaning: Meaning?
}

/// Inner product with a query, and the square of the record's own length.
private struct Product {
    var dot = 0.0
    var square = 0.0

    /// Cosine with a query of that squared length.
    func cosine(_ other: Double) -> Double {
        dot > 0 && other > 0 ? min(1, dot / (other * square).squareRoot()) : 0
    }
}

extension RankingWeights {
    /// Weight of a term that stands so often in a text (0...255): 1 + ln, capped.
    var repetitions: [Double] {
        (0...255).map { times in
            let counted = min(times, max(1, mostRepetitions))
            return counted < 2 ? 1 : 1 + naturalLogarithm(Double(counted))
        }
    }

    /// Weight of each kind of bridge between two languages, by the first byte of its key.
    func carriage(_ one: MatchLanguage, _ other: MatchLanguage) -> [Double] {
        var table = [Double](repeating: 0, count: 256)
        for (kind, weight) in [
            (BridgeKind.concept, concept), (.latin, latin), (.english, english), (.foreign, latin),
            (.ideographs, ideographs), (.sinoKorean, sinoKorean),
        ] where kind.carries(one, other) {
            table[Int(kind.rawValue)] = weight
        }
        return table
    }
}
