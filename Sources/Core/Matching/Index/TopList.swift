/// The best `limit` of many scored slots; equal scores are ordered by identifier.
struct TopList {
    struct Item {
        var score: Float
        var slot: Int
    }

    private let limit: Int
    private var items: [Item] = []
    /// A score below this cannot enter.
    private(set) var threshold: Float = 0

    init(limit: Int) {
        self.limit = max(1, limit)
        items.reserveCapacity(min(self.limit, 1_024) * 4)
    }

    mutating func insert(_ score: Float, _ slot: Int, _ records: [MatchIndex.Record]) {
        items.append(Item(score: score, slot: slot))
        if items.count >= limit * 4 { cut(records) }
    }

    private mutating func cut(_ records: [MatchIndex.Record]) {
        items.sort { $0.score != $1.score ? $0.score > $1.score : records[$0.slot].id < records[$1.slot].id }
        if items.count > limit { items.removeLast(items.count - limit) }
        if items.count == limit, let last = items.last { threshold = last.score }
    }

    /// Best first.
    mutating func sorted(_ records: [MatchIndex.Record]) -> [Item] {
        cut(records)
        return items
    }
}
