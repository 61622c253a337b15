/// A need and the seeds from which a group around it could be formed.
package struct GroupTheme: Sendable {
    /// The need: its purpose is the theme.
    package var need: MatchDocument
    /// Seeds above the floor for this need, with the estimate that both sides say yes.
    package var seeds: [(document: MatchDocument, mutual: Double)]

    /// Takes both.
    package init(need: MatchDocument, seeds: [(document: MatchDocument, mutual: Double)]) {
        self.need = need
        self.seeds = seeds
    }
}

/// Three postings of three fields and three organizations around one need.
package struct GroupCandidate: Sendable, Equatable {
    /// The need.
    package var need: String
    /// The seeds, sorted.
    package var seeds: [String]
    /// Share of the need's purpose that the seeds cover together, 0...1, by weight.
    package var coverage: Double
    /// The weakest of the group's pairs with the need, 0...1.
    package var weakest: Double
    /// What each seed brings that the others do not cover as well: terms of the need as written there, heaviest first.
    package var shares: [String: [String]]

    /// What groups are ordered by: what is covered, held down by the weakest pair.
    package var value: Double { harmonicMean(coverage, weakest) }
}

/// Finds groups of three by facility location: each element of the need's purpose is served by the member that covers
/// it best, members are added greedily (within 1 - 1/e of the best cover, Nemhauser et al. 1978) and exchanged until
/// no exchange helps.
///
/// Every pair is above a floor: need and seed by the caller's choice of seeds, the two seeds by what they have in
/// common about this theme. The same input gives the same groups.
package struct GroupFinder {
    /// Seeds in a group, beside its need.
    package static let seedsInGroup = 2
    /// Two seeds must share at least so much of the need's weight, or speak of two themes.
    package static let pairFloor = 0.02
    /// A group covers at least so much of the need's purpose.
    package static let coverageFloor = 0.1
    /// Most terms named of what a seed brings.
    private static let mostNamed = 4

    private let geometry: FieldGeometry
    private let apart: (_ owner: String, _ other: String) -> Bool
    private var frequency: [String: Int] = [:]
    private var texts = 0

    /// Takes the distances of fields, whom vetoes keep apart, and the documents by which the rarity of terms is judged.
    package init(
        geometry: FieldGeometry, rarityFrom documents: [MatchDocument],
        apart: @escaping (_ owner: String, _ other: String) -> Bool = { _, _ in false }
    ) {
        self.geometry = geometry
        self.apart = apart
        for document in documents {
            texts += 1
            for key in Set(document.text.terms.keys + document.text.bridges.keys) { frequency[key, default: 0] += 1 }
        }
    }

    /// The best groups, at most one for a need, each posting in at most one, best first.
    package func groups(_ themes: [GroupTheme], limit: Int) -> [GroupCandidate] {
        let found = themes.compactMap { group($0) }.sorted {
            $0.value != $1.value ? $0.value > $1.value : $0.need < $1.need
        }
        var used: Set<String> = []
        var kept: [GroupCandidate] = []
        for group in found where kept.count < limit {
            let members = [group.need] + group.seeds
            if used.isDisjoint(with: members) {
                used.formUnion(members)
                kept.append(group)
            }
        }
        return kept
    }

    /// The best group around one need, if there is one.
    package func group(_ theme: GroupTheme) -> GroupCandidate? {
        let purpose = elements(theme.need)
        let total = purpose.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        let members = theme.seeds.sorted { $0.document.id < $1.document.id }
            .filter { isApart(theme.need, $0.document, by: 1) }
            .map { Member($0.document, mutual: $0.mutual, covering: purpose) }
        guard var chosen = greedy(members, purpose) else { return nil }
        while let better = exchanged(chosen, members, purpose) { chosen = better }
        let coverage = cover(chosen.map { members[$0] }, purpose) / total
        guard coverage >= Self.coverageFloor else { return nil }
        let seeds = chosen.map { members[$0] }.sorted { $0.document.id < $1.document.id }
        return GroupCandidate(
            need: theme.need.id, seeds: seeds.map(\.document.id), coverage: coverage,
            weakest: seeds.map(\.mutual).min() ?? 0, shares: shares(seeds, purpose, theme.need))
    }

    /// The pair with the greatest first step, then the member that adds most.
    private func greedy(_ members: [Member], _ purpose: [Element]) -> [Int]? {
        var best: (pair: [Int], value: Double)?
        let firsts = members.indices.sorted {
            let (one, other) = (cover([members[$0]], purpose), cover([members[$1]], purpose))
            return one != other ? one > other : $0 < $1
        }
        for first in firsts {
            for second in members.indices where second != first && fits(members[first], members[second], purpose) {
                let value = worth([members[first], members[second]], purpose)
                if best.map({ value > $0.value }) ?? true { best = ([first, second], value) }
            }
            if best != nil { break }
        }
        return best?.pair
    }

    /// The group with one member exchanged for a better one, if that helps.
    private func exchanged(_ chosen: [Int], _ members: [Member], _ purpose: [Element]) -> [Int]? {
        var best: (group: [Int], value: Double)?
        let present = worth(chosen.map { members[$0] }, purpose)
        for place in chosen.indices {
            for candidate in members.indices where !chosen.contains(candidate) {
                var next = chosen
                next[place] = candidate
                guard fits(members[next[0]], members[next[1]], purpose) else { continue }
                let value = worth(next.map { members[$0] }, purpose)
                if value > (best?.value ?? present) + 1e-9 { best = (next, value) }
            }
        }
        return best?.group
    }

    private func worth(_ members: [Member], _ purpose: [Element]) -> Double {
        let total = purpose.reduce(0) { $0 + $1.weight }
        return harmonicMean(cover(members, purpose) / total, members.map(\.mutual).min() ?? 0)
    }

    private func cover(_ members: [Member], _ purpose: [Element]) -> Double {
        purpose.indices.reduce(0) { sum, place in
            sum + purpose[place].weight * (members.map { $0.covers[place] }.max() ?? 0)
        }
    }

    /// Three fields, three organizations, no veto, one theme.
    private func fits(_ one: Member, _ other: Member, _ purpose: [Element]) -> Bool {
        guard isApart(one.document, other.document, by: 0.5) else { return false }
        let total = purpose.reduce(0) { $0 + $1.weight }
        let shared = purpose.indices.reduce(0.0) {
            $0 + purpose[$1].weight * min(one.covers[$1], other.covers[$1])
        }
        return shared >= Self.pairFloor * total
    }

    /// Need and seed are of unlike fields, the seeds of different ones; all of different organizations.
    private func isApart(_ one: MatchDocument, _ other: MatchDocument, by distance: Double) -> Bool {
        geometry.distance(one.fields, other.fields) >= distance && (one.owner.isEmpty || one.owner != other.owner)
            && !apart(one.owner, other.owner)
    }

    /// What a need's purpose is made of: its distinct terms and bridges, weighted by rarity.
    private func elements(_ need: MatchDocument) -> [Element] {
        let text = need.facets.purpose ?? need.text
        var elements: [Element] = []
        var seen: Set<String> = []
        for key in text.terms.keys + text.bridges.keys where seen.insert(key).inserted {
            let rarity = naturalLogarithm(1 + Double(texts) / Double(max(1, frequency[key, default: 0])))
            elements.append(Element(key: key, weight: rarity))
        }
        return elements
    }

    /// The terms of the need that each seed covers and the other does not.
    private func shares(_ seeds: [Member], _ purpose: [Element], _ need: MatchDocument) -> [String: [String]] {
        var words: [String: String] = [:]
        for text in [need.facets.purpose, need.text].compactMap({ $0 }) {
            for list in [text.terms, text.bridges] {
                for index in list.keys.indices where words[list.keys[index]] == nil {
                    words[list.keys[index]] = text.surface(list, index)
                }
            }
        }
        var shares: [String: [String]] = [:]
        for seed in seeds {
            let others = seeds.filter { $0.document.id != seed.document.id }
            let own = purpose.indices.filter { place in
                seed.covers[place] > (others.map { $0.covers[place] }.max() ?? 0)
            }.sorted { purpose[$0].weight != purpose[$1].weight ? purpose[$0].weight > purpose[$1].weight : $0 < $1 }
            var named: [String] = []
            for place in own {
                guard named.count < Self.mostNamed, let word = words[purpose[place].key], word.count > 1 else {
                    continue
                }
                if !named.contains(where: { $0.contains(word) || word.contains($0) }) { named.append(word) }
            }
            shares[seed.document.id] = named
        }
        return shares
    }
}

/// A term of the theme.
private struct Element {
    let key: String
    let weight: Double
}

/// A seed, and how far it covers each element, 0...1.
private struct Member {
    let document: MatchDocument
    let mutual: Double
    let covers: [Double]

    init(_ document: MatchDocument, mutual: Double, covering purpose: [Element]) {
        self.document = document
        self.mutual = mutual
        let keys = Set(document.text.terms.keys + document.text.bridges.keys)
        covers = purpose.map { keys.contains($0.key) ? 1 : 0 }
    }
}
