/// Deals candidates out to lists: fairly among partners, diverse within a list, with unlike fields and one chance pick
/// in each.
///
/// The lists are filled by turns, the posting with the best remaining candidate first, so that a scarce partner goes
/// where it fits best; no partner beyond the cap. Then partners shown less than the floor are brought in where they fit
/// best (the guarantee of FairRec, Patro et al. 2020), and last comes chance. The same input gives the same lists.
package struct RoundLists {
    /// Likeness of two partners, 0...1.
    package typealias Likeness = (String, String) -> Double
    /// The postings that a partner could be shown to, by identifier, whether or not it is among their candidates.
    package typealias Reverse = (String) -> [RoundRow]

    private let rules: RoundRules
    private var rows: [DealtRow]
    private let likeness: Likeness
    private var exposure: [String: Int] = [:]
    private let cap: Int
    private let least: Int

    /// Takes the rows; `partners` are all that take part on the other side.
    package init(_ rows: [RoundRow], _ rules: RoundRules, partners: Int, likeness: @escaping Likeness = { _, _ in 0 }) {
        self.rules = rules
        self.rows = rows.sorted { $0.id < $1.id }.map { DealtRow($0, rules) }
        self.likeness = likeness
        let places = self.rows.reduce(0) { $0 + min(rules.perPosting, $1.listable) }
        let mean = Double(places) / Double(max(1, partners))
        cap = max(RoundRules.leastCap, Int(mean * rules.exposureFactor))
        least = Int(mean * rules.exposureFloor)
    }

    /// Fills the lists.
    ///
    /// - Parameters:
    ///   - partners: Identifiers of partners that take part, for the guarantee.
    ///   - reverse: Where a partner that is shown too seldom would fit: rows with that partner as their one candidate.
    package mutating func deal(partners: [String] = [], reverse: Reverse = { _ in [] }) -> RoundResult {
        for turn in 0..<max(0, rules.ranked) { fill(turn, of: rules.ranked) }
        if least > 0 { guarantee(partners, reverse) }
        if rules.ranked < rules.perPosting {
            for row in rows.indices { drawByChance(row) }
            for turn in rules.ranked..<rules.perPosting { fill(turn, of: rules.perPosting) }
        }
        return RoundResult(
            picks: rows.flatMap { $0.picks(rules.side) }, exposure: exposure, cap: cap, least: least, wasStopped: false)
    }

    private func isFree(_ id: String) -> Bool { exposure[id, default: 0] < cap }

    /// One turn: every row that has a place left takes one.
    private mutating func fill(_ turn: Int, of places: Int) {
        let best = rows.map { row in
            row.taken.count <= turn ? row.free(isFree).map { row.candidates[$0].rank } ?? 0 : 0
        }
        let order = rows.indices.filter { best[$0] > 0 }.sorted { best[$0] != best[$1] ? best[$0] > best[$1] : $0 < $1 }
        for row in order {
            guard let choice = rows[row].choice(places: places, isFree, likeness) else { continue }
            exposure[rows[row].candidates[choice].id, default: 0] += 1
            rows[row].take(choice)
        }
    }

    /// Brings partners that are shown too seldom into the lists where they fit best.
    private mutating func guarantee(_ partners: [String], _ reverse: Reverse) {
        let places = Dictionary(uniqueKeysWithValues: rows.indices.map { (rows[$0].id, $0) })
        for partner in scarce(partners) {
            let fits = Self.fits(reverse(partner), floor: rules.floor)
            for (id, candidate) in fits where exposure[partner, default: 0] < least {
                guard let row = places[id], rows[row].add(candidate) else { continue }
                if rows[row].ranked >= rules.ranked {
                    guard
                        let weakest = rows[row].weakest(
                            besides: candidate, where: { exposure[$0, default: 0] > least })
                    else { continue }
                    exposure[rows[row].candidates[weakest].id, default: 0] -= 1
                    rows[row].giveBack(weakest)
                }
                rows[row].take(partner)
                exposure[partner, default: 0] += 1
            }
        }
    }

    /// Those shown too seldom, the scarcest first.
    private func scarce(_ partners: [String]) -> [String] {
        let shown: [(id: String, times: Int)] = partners.map { ($0, exposure[$0, default: 0]) }
        let short = shown.filter { $0.times < least }
        return short.sorted { $0.times != $1.times ? $0.times < $1.times : $0.id < $1.id }.map(\.id)
    }

    /// The rows in which a partner may stand, best first.
    private static func fits(_ rows: [RoundRow], floor: Double) -> [(id: String, candidate: RoundCandidate)] {
        var fits: [(id: String, candidate: RoundCandidate)] = []
        for row in rows {
            guard let candidate = row.candidates.first, candidate.rank > 0, candidate.score.value >= floor else {
                continue
            }
            fits.append((row.id, candidate))
        }
        return fits.sorted { left, right in
            let (one, other) = (left.candidate.rank, right.candidate.rank)
            return one != other ? one > other : left.id < right.id
        }
    }

    /// Draws the chance pick of a row: any far candidate above the low floor that is not in the list.
    private mutating func drawByChance(_ row: Int) {
        for _ in 0..<max(0, rules.wildcards) {
            guard let choice = rows[row].drawn(seed: rules.seed, isFree) else { return }
            exposure[rows[row].candidates[choice].id, default: 0] += 1
            rows[row].take(choice, byChance: true)
        }
    }
}

/// A posting's candidates and what it has got.
private struct DealtRow {
    let id: String
    private(set) var candidates: [RoundCandidate]
    /// Places of those taken, in the order of taking.
    private(set) var taken: [Int] = []
    private var chance: Set<Int> = []
    private let rules: RoundRules
    /// Likeness of a candidate to what was taken, as far as it was asked.
    private var nearest: [Int: (upTo: Int, likeness: Double)] = [:]

    init(_ row: RoundRow, _ rules: RoundRules) {
        id = row.id
        candidates = row.candidates
        self.rules = rules
    }

    /// How many could be listed.
    var listable: Int { candidates.count { $0.score.value >= rules.floor } }

    /// How many were taken by score.
    var ranked: Int { taken.count - chance.count }

    private func isListable(_ index: Int) -> Bool {
        candidates[index].rank > 0 && candidates[index].score.value >= rules.floor
    }

    /// From an unlike field.
    private func isCrossField(_ index: Int) -> Bool { candidates[index].score.fieldDistance == 1 }

    /// The best that is left.
    func free(_ isFree: (String) -> Bool) -> Int? {
        candidates.indices.first { isListable($0) && !taken.contains($0) && isFree(candidates[$0].id) }
    }

    /// The next to take: by score and unlikeness to the list; towards the end from an unlike field, if too few of those
    /// were taken.
    mutating func choice(places: Int, _ isFree: (String) -> Bool, _ likeness: RoundLists.Likeness) -> Int? {
        let open = candidates.indices.filter { isListable($0) && !taken.contains($0) && isFree(candidates[$0].id) }
        let missing = rules.crossFieldPicks - taken.count { isCrossField($0) && !chance.contains($0) }
        if missing > 0, missing >= places - taken.count {
            let far = open.filter { isCrossField($0) }
            if let found = mostMarginal(far, likeness) { return found }
        }
        return mostMarginal(open, likeness)
    }

    /// Maximal marginal relevance. Candidates stand best first, so the search ends where the score alone cannot win.
    private mutating func mostMarginal(_ open: [Int], _ likeness: RoundLists.Likeness) -> Int? {
        var best: (index: Int, value: Double)?
        for index in open {
            let ceiling = rules.lambda * candidates[index].rank
            if let best, ceiling <= best.value { break }
            let value = ceiling - (1 - rules.lambda) * likenessToTaken(index, likeness)
            if best.map({ value > $0.value }) ?? true { best = (index, value) }
        }
        return best?.index
    }

    private mutating func likenessToTaken(_ index: Int, _ likeness: RoundLists.Likeness) -> Double {
        guard rules.lambda < 1 else { return 0 }
        var (upTo, most) = nearest[index] ?? (0, 0)
        while upTo < taken.count {
            most = max(most, likeness(candidates[index].id, candidates[taken[upTo]].id))
            upTo += 1
        }
        nearest[index] = (upTo, most)
        return most
    }

    mutating func take(_ index: Int, byChance isChance: Bool = false) {
        taken.append(index)
        if isChance { chance.insert(index) }
    }

    mutating func take(_ partner: String) {
        if let index = candidates.firstIndex(where: { $0.id == partner }) { take(index) }
    }

    mutating func giveBack(_ index: Int) {
        taken.removeAll { $0 == index }
        nearest = [:]
    }

    /// Makes sure that the candidate is known; false if it is in the list already, or this side does not hold it to be
    /// good enough.
    mutating func add(_ candidate: RoundCandidate) -> Bool {
        guard let index = candidates.firstIndex(where: { $0.id == candidate.id }) else {
            candidates.append(candidate)
            return true
        }
        return !taken.contains(index) && isListable(index)
    }

    /// The weakest of the list that may go for the newcomer: not if its partner is scarce, nor if too few from unlike
    /// fields would be left.
    func weakest(besides candidate: RoundCandidate, where mayGo: (String) -> Bool) -> Int? {
        let far = taken.count { isCrossField($0) }
        let isSpare = far > rules.crossFieldPicks || candidate.score.fieldDistance == 1
        return taken.filter { mayGo(candidates[$0].id) && (!isCrossField($0) || isSpare) }
            .min { candidates[$0].rank != candidates[$1].rank ? candidates[$0].rank < candidates[$1].rank : $0 > $1 }
    }

    /// A far candidate by chance.
    func drawn(seed: UInt64, _ isFree: (String) -> Bool) -> Int? {
        candidates.indices.filter { index in
            isCrossField(index) && candidates[index].rank > 0 && candidates[index].score.value >= rules.chanceFloor
                && !taken.contains(index) && isFree(candidates[index].id)
        }.min { chanceNumber(seed, id, candidates[$0].id) < chanceNumber(seed, id, candidates[$1].id) }
    }

    func picks(_ side: MatchSide) -> [RoundPick] {
        let byScore = taken.filter { !chance.contains($0) }
            .sorted { candidates[$0].rank != candidates[$1].rank ? candidates[$0].rank > candidates[$1].rank : $0 < $1 }
        return (byScore + taken.filter { chance.contains($0) }).map { index in
            let candidate = candidates[index]
            return RoundPick(
                need: side == .need ? id : candidate.id, seed: side == .need ? candidate.id : id,
                score: candidate.score, kind: chance.contains(index) ? .wildcard : candidate.kind, rank: candidate.rank)
        }
    }
}

/// A number that looks drawn by chance and is the same every time (FNV-1a, then SplitMix64's finish).
func chanceNumber(_ seed: UInt64, _ texts: String...) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for text in texts {
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 31)
}
