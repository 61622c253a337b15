/// From a pair and its score to the reason.
extension MatchIndex {
    /// Most shared words, and most shared concepts, that a reason names.
    package static let mostNamed = 5

    /// Explains a match. Both documents must carry the places of their terms and the text as shown; whatever the
    /// reason names stands in both texts, and is weighed by what anybody may read.
    package func reason(
        need: MatchDocument, seed: MatchDocument, score: MatchScore, kind: MatchKind
    ) -> MatchReason {
        var reason = MatchReason(score: score, kind: kind)
        let isSame = need.text.language == seed.text.language
        let words = isSame ? sharedWords(need.text, seed.text) : []
        let bridges = sharedBridges(need.text, seed.text)
        let total = (words + bridges.words).reduce(0) { $0 + $1.weight } + bridges.concepts.reduce(0) { $0 + $1.weight }
        func share(_ weight: Double) -> Double { total > 0 ? weight / total : 0 }
        reason.words = SharedRun.strongest(words + bridges.words).map {
            MatchReason.SharedWords(need: $0.need, seed: $0.seed, share: share($0.weight))
        }
        reason.concepts = bridges.concepts.prefix(Self.mostNamed).map {
            MatchReason.SharedConcept(id: $0.id, need: $0.need, seed: $0.seed, share: share($0.weight))
        }
        reason.sentences = sentences(need, seed)
        (reason.needField, reason.seedField) = nearestFields(need.fields, seed.fields)
        reason.misfits = Misfits(need: need, seed: seed).found
        return reason
    }

    private func sentences(_ need: MatchDocument, _ seed: MatchDocument) -> MatchReason.Sentences? {
        if need.text.language == seed.text.language {
            let found = SentencePair.find(need, seed, terms: \.terms, weight: wordWeight(need.text.language))
            if let found { return found }
        }
        var query = QueryVectors(need.text, in: self, for: .reader())
        let found = SentencePair.find(
            need, seed,
            terms: { text in
                text.bridges.selecting {
                    BridgeKind(key: $0).map { $0.carries(need.text.language, seed.text.language) } ?? false
                }
            }, weight: { query.weight(ofBridge: $0, to: seed.text.language) })
        return found ?? SentencePair.first(need, seed)
    }

    private func wordWeight(_ language: MatchLanguage) -> (String) -> Double {
        let shard = words[language.number].counted(in: .reader())
        let documents = shard.documents[language.number]
        return { key in
            let frequency = shard.find(key).map { shard.frequency($0, language) } ?? 0
            let rarity = inverseFrequency(min(frequency, documents), documents)
            return rarity * rarity
        }
    }

    private func sharedWords(_ need: MatchText, _ seed: MatchText) -> [SharedRun] {
        SharedRun.find(need, need.terms, seed, seed.terms, weight: wordWeight(need.language))
    }

    private func sharedBridges(
        _ need: MatchText, _ seed: MatchText
    ) -> (words: [SharedRun], concepts: [SharedConceptRun]) {
        var query = QueryVectors(need, in: self, for: .reader())
        var concepts: [String: SharedConceptRun] = [:]
        let seedPlaces = Dictionary(
            seed.bridges.keys.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for (index, key) in need.bridges.keys.enumerated() where key.utf8.first == BridgeKind.concept.rawValue {
            guard let place = seedPlaces[key], concepts[key] == nil else { continue }
            concepts[key] = SharedConceptRun(
                id: String(key.dropFirst()), need: need.surface(need.bridges, index),
                seed: seed.surface(seed.bridges, place), weight: query.weight(ofBridge: key, to: seed.language))
        }
        let sorted = concepts.values.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.id < $1.id }
        if need.language == seed.language { return ([], sorted) }
        let carried = { (list: TermList) in
            list.selecting {
                BridgeKind(key: $0).map { $0 != .concept && $0.carries(need.language, seed.language) } ?? false
            }
        }
        let runs = SharedRun.find(need, carried(need.bridges), seed, carried(seed.bridges)) {
            query.weight(ofBridge: $0, to: seed.language)
        }
        return (runs.filter { run in !sorted.contains { $0.need == run.need } }, sorted)
    }

    private func nearestFields(_ need: [String], _ seed: [String]) -> (String?, String?) {
        var nearest: (distance: Double, need: String, seed: String)?
        for one in need {
            for other in seed {
                let distance = geometry.distance(one, other)
                if nearest.map({ distance < $0.distance }) ?? true { nearest = (distance, one, other) }
            }
        }
        return (nearest?.need ?? need.first, nearest?.seed ?? seed.first)
    }
}

/// A concept both texts mention.
struct SharedConceptRun {
    var id: String
    var need: String
    var seed: String
    var weight: Double
}

extension MatchText {
    /// What stands at a term's place.
    func surface(_ list: TermList, _ index: Int) -> String {
        guard index < list.starts.count else { return String(list.keys[index].dropFirst()) }
        return surface(Int(list.starts[index]), Int(list.ends[index]))
    }

    /// What stands in a range of the text as shown.
    func surface(_ start: Int, _ end: Int) -> String {
        var text = String.UnicodeScalarView()
        for value in shown[max(0, start)..<min(end, shown.count)] {
            if let scalar = Unicode.Scalar(value) { text.append(scalar) }
        }
        return String(text)
    }
}

extension TermList {
    /// The terms whose keys pass.
    func selecting(_ passes: (String) -> Bool) -> TermList {
        var list = TermList()
        for index in keys.indices where passes(keys[index]) && index < starts.count {
            list.keys.append(keys[index])
            list.starts.append(starts[index])
            list.ends.append(ends[index])
        }
        return list
    }
}
