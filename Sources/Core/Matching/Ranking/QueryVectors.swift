/// A posting as a query against one index: its terms resolved, weighted, ready to be compared with any record.
struct QueryVectors {
    let language: MatchLanguage
    /// Weight of each known term of the own language's index, by term number.
    private(set) var words: [Int: Double] = [:]
    private(set) var wordNorm = 0.0
    /// Known terms in a fixed order, with how often they stand in the query.
    let wordTerms: [(term: Int, times: Int)]
    let bridgeTerms: [(term: Int, times: Int)]
    /// For each language of the other side: weights of the bridges that carry there, and their norm.
    private(set) var bridges: [[Int: Double]] = []
    private(set) var bridgeNorms: [Double] = []

    init(_ text: MatchText, in index: MatchIndex) {
        let words = index.words[text.language.number].resolve(text.terms.keys)
        let bridges = index.bridges.resolve(text.bridges.keys)
        self.init(text.language, words.known, bridges.known, unknown: words.unknown, in: index)
    }

    /// The query that a posting of the index makes.
    init(_ record: MatchIndex.Record, in index: MatchIndex) {
        func terms(_ row: PostingIndex.Row) -> [(term: Int, times: Int)] {
            row.entries.map { (term: Int($0 >> 8), times: Int($0 & 0xFF)) }
        }
        self.init(record.language, terms(record.words), terms(record.bridges), unknown: 0, in: index)
    }

    private init(
        _ language: MatchLanguage, _ wordTerms: [(term: Int, times: Int)], _ bridgeTerms: [(term: Int, times: Int)],
        unknown: Int, in index: MatchIndex
    ) {
        self.language = language
        self.wordTerms = wordTerms
        self.bridgeTerms = bridgeTerms
        var square = 0.0
        words.reserveCapacity(wordTerms.count)
        for (term, times) in wordTerms {
            let weight = index.wordWeight(term, times, language)
            words[term] = weight
            square += weight * weight
        }
        // A word that no posting has is as rare as can be: without it a query of unknown words would look like a
        // close fit.
        let documents = index.words[language.number].documents[language.number]
        let rarest = index.weights.repetition(1) * power(index.rarity(0, documents), index.weights.rarityPower)
        square += Double(unknown) * rarest * rarest
        wordNorm = square.squareRoot()
        for other in MatchLanguage.allCases {
            var weights: [Int: Double] = [:]
            var square = 0.0
            for (term, times) in bridgeTerms {
                let weight = index.bridgeWeight(term, times, language, other)
                guard weight > 0 else { continue }
                weights[term] = weight
                square += weight * weight
            }
            bridges.append(weights)
            bridgeNorms.append(square.squareRoot())
        }
    }

    /// Compares with one record.
    func compare(_ record: MatchIndex.Record, in index: MatchIndex) -> Evidence {
        let words = record.language == language ? wordProduct(record, index) : Product()
        let bridges = bridgeProduct(record, index)
        let other = record.language.number
        var evidence = Evidence(
            lexical: words.cosine(wordNorm), concept: bridges.cosine(bridgeNorms[other]), joint: 0)
        if record.language == language {
            // Concepts stand beside the words in one vector, as if each mention were a further word of the text: a
            // text of few concepts and many words is judged by its words.
            let share = index.weights.conceptShare
            let own = wordNorm * wordNorm + share * bridgeNorms[other] * bridgeNorms[other]
            let both = Product(
                dot: words.dot + share * bridges.dot, square: words.square + share * bridges.square)
            evidence.joint = both.cosine(own.squareRoot())
        } else {
            evidence.joint = evidence.concept
        }
        return evidence
    }

    private func wordProduct(_ record: MatchIndex.Record, _ index: MatchIndex) -> Product {
        var product = Product()
        for entry in record.words.entries {
            let term = Int(entry >> 8)
            let weight = index.wordWeight(term, Int(entry & 0xFF), language)
            product.square += weight * weight
            if let own = words[term] { product.dot += own * weight }
        }
        return product
    }

    private func bridgeProduct(_ record: MatchIndex.Record, _ index: MatchIndex) -> Product {
        var product = Product()
        let own = bridges[record.language.number]
        for entry in record.bridges.entries {
            let term = Int(entry >> 8)
            let weight = index.bridgeWeight(term, Int(entry & 0xFF), language, record.language)
            guard weight > 0 else { continue }
            product.square += weight * weight
            if let ours = own[term] { product.dot += ours * weight }
        }
        return product
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
}

/// Inner product with a query, and the square of the record's own length.
private struct Product {
    var dot = 0.0
    var square = 0.0

    func cosine(_ norm: Double) -> Double { dot > 0 && norm > 0 ? min(1, dot / (norm * square.squareRoot())) : 0 }
}

extension RankingWeights {
    /// Weight of a term that stands `times` in a text: 1 + ln, capped.
    @inline(__always)
    func repetition(_ times: Int) -> Double {
        times <= 1 ? 1 : Self.logarithms[min(times, mostRepetitions, Self.logarithms.count - 1)]
    }

    private static let logarithms: [Double] = (0...64).map { $0 < 2 ? 1 : 1 + naturalLogarithm(Double($0)) }
}

extension MatchIndex {
    /// BM25's inverse document frequency, which is never negative.
    @inline(__always)
    func rarity(_ frequency: Int, _ documents: Int) -> Double {
        naturalLogarithm(1 + (Double(documents - frequency) + 0.5) / (Double(frequency) + 0.5))
    }

    /// Weight of a term within a language.
    @inline(__always)
    func wordWeight(_ term: Int, _ times: Int, _ language: MatchLanguage) -> Double {
        let shard = words[language.number]
        return weights.repetition(times)
            * power(rarity(shard.frequency(term, language), shard.documents[language.number]), weights.rarityPower)
    }

    /// Weight of a bridge between two languages; 0 if it does not carry.
    @inline(__always)
    func bridgeWeight(_ term: Int, _ times: Int, _ one: MatchLanguage, _ other: MatchLanguage) -> Double {
        guard let kind = BridgeKind(key: bridges.keys[term]), kind.carries(one, other) else { return 0 }
        let near = bridges.frequency(term, one)
        let far = one == other ? near : bridges.frequency(term, other)
        let frequency = one == other ? near : near + far
        let documents =
            bridges.documents[one.number] + (one == other ? 0 : bridges.documents[other.number])
        return weights.weight(of: kind) * weights.repetition(times) * rarity(frequency, documents)
    }
}

extension RankingWeights {
    @inline(__always)
    func weight(of kind: BridgeKind) -> Double {
        switch kind {
        case .concept: concept
        case .latin: latin
        case .ideographs: ideographs
        case .sinoKorean: sinoKorean
        }
    }
}
