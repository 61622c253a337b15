import Exchange
import Matching

/// What must not be suggested to whom: vetoes, pairs shown before, postings that are not live.
struct MatchingScope: Sendable {
    let now: Instant
    private(set) var postings: [Identifier<Posting>: Posting] = [:]
    private var excluded: [String: Set<String>] = [:]
    private var vetoed: [Identifier<Organization>: Set<String>] = [:]

    /// For a few postings.
    init(_ tx: some ExchangeTransaction, for ids: [Identifier<Posting>], repeatDays: Int) throws {
        now = tx.now
        postings = try tx.postings(Set(ids))
        let since = now.advanced(byDays: -repeatDays)
        for (id, posting) in postings {
            for pair in try tx.matchedPairs(of: id, since: since) {
                excluded[id.text, default: []].insert(id == pair.need ? pair.seed.text : pair.need.text)
            }
            if vetoed[posting.organization] == nil {
                vetoed[posting.organization] = Set(try tx.vetoed(by: posting.organization).map(\.text))
            }
        }
    }

    /// For a round over these needs.
    init(_ tx: some ExchangeTransaction, everything needs: [String], repeatDays: Int) throws {
        now = tx.now
        let ids = needs.map { Identifier<Posting>(stored: $0) }
        for start in stride(from: 0, to: ids.count, by: 500) {
            let part = try tx.postings(Set(ids[start..<min(start + 500, ids.count)]))
            postings.merge(part) { first, _ in first }
        }
        for pair in try tx.matchedPairs(since: now.advanced(byDays: -repeatDays)) {
            excluded[pair.need.text, default: []].insert(pair.seed.text)
        }
        for veto in try tx.vetoedPairs() {
            vetoed[veto.first, default: []].insert(veto.second.text)
            vetoed[veto.second, default: []].insert(veto.first.text)
        }
    }

    func filter(for posting: Posting) -> MatchFilter {
        MatchFilter(
            excludedOwners: vetoed[posting.organization] ?? [], excludedIDs: excluded[posting.id.text] ?? [])
    }

    /// What may never be suggested, whatever was shown before.
    func filterOfVetoes(for posting: Posting) -> MatchFilter {
        MatchFilter(excludedOwners: vetoed[posting.organization] ?? [])
    }

    /// Whether the pair was shown within the repeat window.
    func wasShown(_ posting: Posting, with other: String) -> Bool {
        excluded[posting.id.text]?.contains(other) ?? false
    }

    func filter(forNeed id: String) -> MatchFilter {
        guard let need = postings[Identifier(stored: id)] else { return MatchFilter(pool: []) }
        return filter(for: need)
    }
}

extension ExchangeTransaction {
    /// The regions of the postings' organizations.
    func regions(of postings: [Posting]) throws -> [Identifier<Organization>: RegionCode] {
        try organizations(Set(postings.map(\.organization))).compactMapValues(\.profile.region)
    }

    /// Until when owners of the postings take no part; people who left count as paused for ever.
    ///
    /// - Parameter alsoEnded: With pauses whose end has passed: somebody has to catch up on what came meanwhile.
    func pauses(of postings: [Posting], alsoEnded: Bool = false) throws -> [Identifier<Participant>: Instant] {
        try participants(Set(postings.map(\.owner))).compactMapValues { person in
            switch alsoEnded ? person.status : person.status(at: now) {
            case .active: nil
            case .paused(let until): until
            case .invited, .left: Instant(milliseconds: .max)
            }
        }
    }
}
