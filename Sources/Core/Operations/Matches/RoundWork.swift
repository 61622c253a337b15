import Matching

/// A round over a snapshot: pure computing that holds no lock and waits for nothing.
struct RoundWork: Sendable {
    let index: MatchIndex
    let scope: MatchingScope
    let rules: RoundRules
    private var rows: [String: RoundRow] = [:]

    init(index: MatchIndex, scope: MatchingScope, rules: RoundRules) {
        self.index = index
        self.scope = scope
        self.rules = rules
    }

    /// The postings that receive lists.
    var needs: [String] { index.availableIDs(.need) }

    /// Whether the posting is read.
    func isRead(_ id: String) -> Bool { rows[id] != nil }

    /// Reads one posting: its candidates, by the estimate that both sides say yes.
    @discardableResult
    mutating func read(_ id: String) -> RoundRow {
        let row = index.row(of: id, rules, filter: scope.filter(for: id)) { found in
            scope.estimate(id, rules.side, found.id, found.score).mutual
        }
        rows[id] = row
        return row
    }

    /// Takes a row that was read before the round was interrupted; partners that may not be shown any more go.
    mutating func take(_ row: RoundRow) {
        guard index.contains(row.id) else { return }
        let filter = scope.filter(for: row.id)
        let kept = row.candidates.filter { candidate in
            index.contains(candidate.id) && !filter.excludedIDs.contains(candidate.id)
                && filter.admits?(candidate.id) ?? true
        }
        rows[row.id] = RoundRow(id: row.id, candidates: kept)
    }

    /// Deals out what was read.
    func deal() -> [RoundPick] {
        let partners = index.availableIDs(rules.side.partner)
        var lists = RoundLists(Array(rows.values), rules, partners: partners.count, likeness: index.likeness)
        return lists.deal(partners: partners) { partner in
            let filter = scope.filter(for: partner)
            return index.reverse(of: partner, limit: MatchIndex.reverseBreadth, filter: filter) { row, found in
                scope.estimate(row, rules.side, found.id, found.score).mutual
            }
        }.picks
    }

    /// The list of one posting, of either side, by itself.
    func list(for id: String, _ side: MatchSide) -> [RoundPick] {
        list(for: id, side, rules, scope.filter(for: id))
    }

    /// Of the list that one posting would have if nothing had been shown yet, what was not shown: a second helping is
    /// not given, nor a second chance pick.
    func newcomers(for id: String, _ side: MatchSide) -> [RoundPick] {
        var rules = rules
        rules.perPosting = rules.ranked
        rules.wildcards = 0
        return list(for: id, side, rules, scope.filterOfRules(for: id)).filter { pick in
            !scope.wasShown(id, with: side == .need ? pick.seed : pick.need)
        }
    }

    private func list(for id: String, _ side: MatchSide, _ asked: RoundRules, _ filter: MatchFilter) -> [RoundPick] {
        var rules = asked
        rules.side = side
        // Such a list follows from somebody's own writing, which may be repeated with other words: it rests on what
        // they may read. A round, which coordinators hold, may rest on everything.
        var filter = filter
        filter.view = scope.view(of: id)
        let row = index.row(of: id, rules, filter: filter) { found in
            scope.estimate(id, side, found.id, found.score).mutual
        }
        var lists = RoundLists([row], rules, partners: .max, likeness: index.likeness)
        return lists.deal().picks
    }
}

extension RoundRules {
    /// Chance picks need this share of the score that others need.
    private static let chanceShare = 0.5

    /// The rules of an exchange.
    init(_ settings: ExchangeSettings, seed: UInt64) {
        self.init(
            perPosting: settings.matchesPerPosting, floor: settings.minimumScore,
            chanceFloor: settings.minimumScore * Self.chanceShare, seed: seed)
    }
}
