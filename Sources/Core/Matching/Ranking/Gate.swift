/// Who asks: what of a posting the rules and the bonus need to know.
struct Asker {
    var id: String
    var side: MatchSide
    var fields: [String]
    var owner: String
    var language: MatchLanguage
}

/// The hard rules of one query, with identifiers turned into slots.
struct Gate {
    /// Slots of the pool, if there is one.
    let pool: [Int]?
    private let owner: String
    private let excludedOwners: Set<String>
    private let excluded: Set<Int>
    private let side: MatchSide
    private let ownFields: [String]
    private let differing: Bool
    let view: MatchView
    private let last: (@Sendable (String) -> Bool)?

    init(_ asker: Asker, _ filter: MatchFilter, index: MatchIndex) {
        owner = asker.owner
        excludedOwners = filter.excludedOwners
        let view = filter.view
        self.view = view
        excluded = Set((Array(filter.excludedIDs) + [asker.id]).compactMap { index.slot(of: $0, in: view) })
        pool = filter.pool.map { $0.compactMap { index.slot(of: $0, in: view) }.sorted() }
        side = asker.side.partner
        ownFields = asker.fields
        differing = filter.fields == .differing
        last = filter.admits
    }

    func admits(_ slot: Int, _ index: MatchIndex) -> Bool {
        guard index.records[slot].isLive, index.records[slot].isAvailable, index.records[slot].side == side,
            !excluded.contains(slot)
        else { return false }
        if index.records[slot].reach != .everyone, !view.reads(index.records[slot]) { return false }
        if !index.records[slot].owner.isEmpty {
            let theirs = index.records[slot].owner
            if theirs == owner || excludedOwners.contains(theirs) { return false }
        }
        if differing && index.records[slot].fields.contains(where: ownFields.contains) { return false }
        return last?(index.records[slot].id) ?? true
    }
}
