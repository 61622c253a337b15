package import Exchange

/// Who met whom, by field and by organization: what the pictures of encounters show.
package struct EncounterPicture: Sendable {
    /// Encounters between two top fields.
    package struct Cell: Hashable, Sendable {
        package let need: FieldCode
        package let seed: FieldCode
        package var matches: Int
        package var introductions: Int
    }

    /// An organization with what it shares with others.
    package struct Node: Hashable, Sendable {
        package let organization: Identifier<Organization>
        package let name: String
        /// The top field of the posting by which it met most recently.
        package let field: FieldCode?
        /// Introductions in which it stands.
        package let count: Int
    }

    /// Introductions between two organizations.
    package struct Link: Hashable, Sendable {
        package let need: Identifier<Organization>
        package let seed: Identifier<Organization>
        package let count: Int
        /// Whether at least one of them has been introduced.
        package let isIntroduced: Bool
    }

    /// In the order of the taxonomy, rows by need.
    package let cells: [Cell]
    /// Those with most introductions first.
    package let nodes: [Node]
    /// Between the nodes.
    package let links: [Link]
    /// How many matches and introductions were looked at.
    package let looked: (matches: Int, introductions: Int)
}

extension Office {
    /// Matches and introductions that are looked at, the newest: more would not make the picture clearer, only slower.
    private static var mostLookedAt: Int { 300 }
    /// Organizations in the network: more could not be told apart.
    private static var mostNodes: Int { 24 }

    /// The newest encounters by field and organization: for coordinators.
    package func encounters(by actor: Actor) async throws -> EncounterPicture {
        try actor.require(.coordinate)
        let taxonomy = taxonomy
        return try await store.read { tx in
            var matches: [Match] = []
            var introductions: [Introduction] = []
            var after: String?
            repeat {
                let page = try tx.matches(MatchListFilter(), PageRequest(limit: 150, after: after))
                matches += page.items
                after = page.next
            } while after != nil && matches.count < Self.mostLookedAt
            repeat {
                let page = try tx.introductions(IntroductionFilter(), PageRequest(limit: 150, after: after))
                introductions += page.items
                after = page.next
            } while after != nil && introductions.count < Self.mostLookedAt
            let ids =
                matches.flatMap { [$0.need.text, $0.seed.text] }
                + introductions.flatMap { [$0.needSide.posting.text, $0.seedSide.posting.text] }
            let postings = try tx.postings(inPortions: Set(ids).sorted())
            func top(_ id: Identifier<Posting>) -> FieldCode? {
                guard let field = postings[id]?.content.fields.first else { return nil }
                return taxonomy[field]?.parent ?? field
            }
            let (nodes, links) = try Self.network(introductions, tx, top)
            return EncounterPicture(
                cells: Self.cells(matches, introductions, taxonomy, top), nodes: nodes, links: links,
                looked: (matches.count, introductions.count))
        }
    }

    private static func cells(
        _ matches: [Match], _ introductions: [Introduction], _ taxonomy: FieldTaxonomy,
        _ top: (Identifier<Posting>) -> FieldCode?
    ) -> [EncounterPicture.Cell] {
        var counts: [FieldCode: [FieldCode: (Int, Int)]] = [:]
        for match in matches {
            guard let need = top(match.need), let seed = top(match.seed) else { continue }
            counts[need, default: [:]][seed, default: (0, 0)].0 += 1
        }
        for it in introductions {
            guard let need = top(it.needSide.posting), let seed = top(it.seedSide.posting) else { continue }
            counts[need, default: [:]][seed, default: (0, 0)].1 += 1
        }
        let order = taxonomy.fields.filter { $0.parent == nil }.map(\.code)
        return order.flatMap { need in
            order.compactMap { seed in
                counts[need]?[seed].map {
                    EncounterPicture.Cell(need: need, seed: seed, matches: $0.0, introductions: $0.1)
                }
            }
        }
    }

    private static func network(
        _ introductions: [Introduction], _ tx: Store.Transaction, _ top: (Identifier<Posting>) -> FieldCode?
    ) throws -> ([EncounterPicture.Node], [EncounterPicture.Link]) {
        var counts: [Identifier<Organization>: Int] = [:]
        var fields: [Identifier<Organization>: FieldCode] = [:]
        var pairs: [[Identifier<Organization>]: (count: Int, isIntroduced: Bool)] = [:]
        for it in introductions {
            for side in [it.needSide, it.seedSide] {
                counts[side.organization, default: 0] += 1
                if fields[side.organization] == nil { fields[side.organization] = top(side.posting) }
            }
            let pair = [it.needSide.organization, it.seedSide.organization]
            let old = pairs[pair] ?? (0, false)
            pairs[pair] = (old.count + 1, old.isIntroduced || it.isDisclosed)
        }
        let chosen = counts.sorted { ($1.value, $0.key.text) < ($0.value, $1.key.text) }.prefix(mostNodes)
        let shown = Set(chosen.map(\.key))
        let names = try tx.organizations(shown)
        let nodes = chosen.map {
            EncounterPicture.Node(
                organization: $0.key, name: names[$0.key]?.profile.name ?? "", field: fields[$0.key], count: $0.value)
        }
        let links = pairs.filter { $0.key.allSatisfy(shown.contains) }.map {
            EncounterPicture.Link(
                need: $0.key[0], seed: $0.key[1], count: $0.value.count, isIntroduced: $0.value.isIntroduced)
        }
        return (nodes, links.sorted { ($1.count, $0.need.text, $0.seed.text) < ($0.count, $1.need.text, $1.seed.text) })
    }
}
