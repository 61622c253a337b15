/// Simulated annealing over boards: a waiting pair is let in where it costs least, after a chain of meetings has been
/// shifted between two slots (Kempe) or a meeting or two have been put out; who is left alone by that is offered the
/// best of their own waiting pairs at once.
struct Annealing: Sendable {
    /// What a fixed meeting counts in the guide: more than any meetings together are worth.
    static let untouchable = 1e15

    private(set) var board: Board
    private(set) var chance: Chance
    /// What each pair adds to the score.
    let worth: [Double]
    /// What the search believes each pair is worth: `worth`, less a share of its people's prices while it is early.
    private(set) var guide: [Double]
    /// The worth of all placed pairs.
    private(set) var score = 0.0
    /// How many pairs stand where they stood before.
    private(set) var kept = 0
    private(set) var best: [Int32]
    private(set) var bestGoal = 0.0
    /// The slot each pair had in a former plan, and what it counts that it keeps it; no anchors, no cost.
    private let anchors: [Int32]
    private let loyalty: Double
    private let isAnchored: Bool
    /// The pairs of each person, the most valuable first: `wishes[start[person]..<start[person + 1]]`.
    private let wishes: [Int32]
    private let start: [Int32]
    private let patience = Patience()

    init(
        board: Board, worth: [Double], candidates: [Int], anchors: [Int32] = [], loyalty: Double = 0, seed: UInt64
    ) {
        self.anchors = anchors
        self.loyalty = loyalty
        isAnchored = !anchors.isEmpty
        self.board = board
        self.worth = worth
        guide = worth
        chance = Chance(seed: seed)
        best = board.slotOf
        var lists = Array(repeating: [Int32](), count: board.people)
        for pair in candidates.sorted(by: { (worth[$0], $1) > (worth[$1], $0) }) {
            lists[Int(board.first[pair])].append(Int32(pair))
            lists[Int(board.second[pair])].append(Int32(pair))
        }
        wishes = lists.flatMap { $0 }
        start = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) }
        for pair in worth.indices where board.slotOf[pair] >= 0 { count(pair, board.slot(of: pair), 1) }
        bestGoal = goal
    }

    /// Lets the search believe in these worths from now on.
    mutating func believe(_ guide: [Double]) { self.guide = guide }

    /// What is to be as high as possible.
    var goal: Double { score + loyalty * Double(kept) }

    mutating func noteBest() {
        if goal > bestGoal {
            bestGoal = goal
            best = board.slotOf
        }
    }

    mutating func reseed(_ seed: UInt64) { chance = Chance(seed: seed) }

    /// Stands where another stands, with chances of its own.
    mutating func adopt(_ other: Annealing) {
        let own = chance
        self = other
        chance = own
    }

    /// Stands as the best timetable stood.
    mutating func restoreBest() { restore(best) }

    /// Stands as this timetable stands.
    mutating func restore(_ slotOf: [Int32]) {
        for pair in worth.indices where board.slotOf[pair] >= 0 && board.slotOf[pair] != slotOf[pair] { expel(pair) }
        for pair in worth.indices where slotOf[pair] >= 0 && board.slotOf[pair] < 0 { admit(pair, Int(slotOf[pair])) }
    }

    @inline(__always)
    private mutating func count(_ pair: Int, _ slot: Int, _ sign: Int) {
        score += Double(sign) * worth[pair]
        if isAnchored, anchors[pair] == Int32(truncatingIfNeeded: slot) { kept += sign }
    }

    @inline(__always)
    private mutating func admit(_ pair: Int, _ slot: Int) {
        board.place(pair, in: slot)
        count(pair, slot, 1)
    }

    @inline(__always)
    private mutating func expel(_ pair: Int) {
        count(pair, board.slot(of: pair), -1)
        board.remove(pair)
    }

    /// What the search believes a placed pair is worth where it stands.
    @inline(__always)
    func value(_ pair: Int) -> Double {
        isAnchored && anchors[pair] == board.slotOf[pair] ? guide[pair] + loyalty : guide[pair]
    }

    /// What swapping the chain that was followed costs in loyalty.
    private func unrest(_ one: Int, _ other: Int) -> Double {
        var change = 0
        for member in board.chain {
            let pair = Int(member)
            let slot = board.slot(of: pair)
            if anchors[pair] == Int32(truncatingIfNeeded: slot) { change += 1 }
            if anchors[pair] == Int32(truncatingIfNeeded: slot == one ? other : one) { change -= 1 }
        }
        return loyalty * Double(change)
    }

    /// Swaps the chain that was followed, unless that breaks more loyalty than allowed.
    private mutating func swap(_ one: Int, _ other: Int, _ allowed: Double) -> Bool {
        if !board.isChainStocked(one, other) { return false }
        if isAnchored {
            if unrest(one, other) > allowed { return false }
            for pair in board.chain { count(Int(pair), board.slot(of: Int(pair)), -1) }
            board.swapChain(one, other)
            for pair in board.chain { count(Int(pair), board.slot(of: Int(pair)), 1) }
        } else {
            board.swapChain(one, other)
        }
        return true
    }

    /// So many trials at a temperature.
    mutating func run(_ trials: Int, temperature: Double) {
        for _ in 0..<trials {
            let count = board.waiting.count
            if count == 0 { return }
            let pair = Int(board.waiting[chance.below(count)])
            attempt(pair, allowed: guide[pair] + temperature * patience.allowance(&chance))
        }
    }

    /// Lets every waiting pair in that is worth more than what stands in its way, until there is none.
    mutating func settle() {
        var isChanged = true
        while isChanged {
            isChanged = false
            for waiting in board.waiting.sorted(by: { (worth[Int($0)], $1) > (worth[Int($1)], $0) }) {
                let pair = Int(waiting)
                if board.slotOf[pair] >= 0 || guide[pair] <= 0 { continue }
                let allowed = guide[pair] - max(1e-9, guide[pair] * 1e-12)
                let one = Int(board.first[pair])
                let other = Int(board.second[pair])
                let before = goal
                let direct = board.domain[pair] & board.free(one) & board.free(other) & board.room(for: pair)
                if direct != 0 {
                    admit(pair, direct.trailingZeroBitCount)
                } else if !displace(pair, one, other, allowed) {
                    for _ in 0..<4 where board.slotOf[pair] < 0 {
                        _ = align(pair, one, other, board.free(one), board.free(other), allowed)
                    }
                }
                if goal > before { isChanged = true }
            }
        }
    }

    /// Tries to let a pair in at a cost of at most `allowed`; says whether it is in.
    @discardableResult
    mutating func attempt(_ pair: Int, allowed: Double) -> Bool {
        if allowed < 0 { return false }
        let one = Int(board.first[pair])
        let other = Int(board.second[pair])
        let freeOne = board.free(one)
        let freeOther = board.free(other)
        let direct = board.domain[pair] & freeOne & freeOther & board.room(for: pair)
        if direct != 0 {
            admit(pair, chance.bit(of: direct))
            return true
        }
        if chance.next() & 1 == 0 { return displace(pair, one, other, allowed) }
        return align(pair, one, other, freeOne, freeOther, allowed)
    }
}

extension Annealing {
    /// Puts out what stands in the way in the cheapest slot.
    private mutating func displace(_ pair: Int, _ one: Int, _ other: Int, _ allowed: Double) -> Bool {
        var cheapest = Double.infinity
        var chosen = -1
        var victim = -1
        var slots = board.domain[pair]
        let spareOne = board.load[one] < board.caps[one]
        let spareOther = board.load[other] < board.caps[other]
        while slots != 0 {
            let slot = slots.trailingZeroBitCount
            slots &= slots &- 1
            let left = board.pair(of: one, in: slot)
            let right = board.pair(of: other, in: slot)
            if left < 0, !spareOne { continue }
            if right < 0, !spareOther { continue }
            var cost = (left >= 0 ? value(left) : 0) + (right >= 0 ? value(right) : 0)
            var extra = -1
            if left < 0, right < 0, board.room(for: pair) >> UInt64(slot) & 1 == 0 {
                extra = cheapMeeting(in: slot)
                if extra < 0 { continue }
                cost = value(extra)
            }
            if !board.isStocked(pair, in: slot, without: extra >= 0 ? extra : left, right) {
                // Somebody else holds what the pair needs beside a table; going, they leave a table too.
                extra = holder(in: slot, against: pair, besides: left, right)
                if extra < 0 { continue }
                cost = (left >= 0 ? value(left) : 0) + (right >= 0 ? value(right) : 0) + value(extra)
            }
            if cost < cheapest {
                cheapest = cost
                chosen = slot
                victim = extra
            }
        }
        if chosen < 0 || cheapest > allowed { return false }
        let left = board.pair(of: one, in: chosen)
        let right = board.pair(of: other, in: chosen)
        if left >= 0 { expel(left) }
        if right >= 0 { expel(right) }
        if victim >= 0 { expel(victim) }
        admit(pair, chosen)
        if left >= 0 { fill(board.partner(of: one, in: left)) }
        if right >= 0 { fill(board.partner(of: other, in: right)) }
        if victim >= 0 {
            fill(Int(board.first[victim]))
            fill(Int(board.second[victim]))
        }
        return true
    }

    /// A meeting of a slot that counts little: the least of some taken at random.
    private mutating func cheapMeeting(in slot: Int) -> Int {
        let count = Int(board.used[slot])
        if count == 0 { return -1 }
        var found = -1
        for _ in 0..<4 {
            let pair = Int(board.rows[slot * board.rowWidth + chance.below(count)])
            if found < 0 || value(pair) < value(found) { found = pair }
        }
        return found
    }

    /// A meeting of a person that counts little.
    @inline(__always)
    private mutating func cheapMeeting(of person: Int) -> Int {
        let mask = board.busy[person]
        if mask == 0 { return -1 }
        let one = board.pair(of: person, in: chance.bit(of: mask))
        let other = board.pair(of: person, in: chance.bit(of: mask))
        return value(one) <= value(other) ? one : other
    }

    /// Puts out one meeting of whoever has no room, then brings two free slots together by a chain.
    private mutating func align(
        _ pair: Int, _ one: Int, _ other: Int, _ freeOne: UInt64, _ freeOther: UInt64, _ allowed: Double
    ) -> Bool {
        var left = -1
        var right = -1
        var cost = 0.0
        if freeOne == 0 {
            left = cheapMeeting(of: one)
            if left < 0 { return false }
            cost += value(left)
        }
        if freeOther == 0 {
            right = cheapMeeting(of: other)
            if right < 0 { return false }
            cost += value(right)
        }
        if cost > allowed { return false }
        let leftSlot = left < 0 ? 0 : board.slot(of: left)
        let rightSlot = right < 0 ? 0 : board.slot(of: right)
        if left >= 0 { expel(left) }
        if right >= 0 { expel(right) }
        if seat(pair, one, other, allowed - cost) {
            if left >= 0 { fill(board.partner(of: one, in: left)) }
            if right >= 0 { fill(board.partner(of: other, in: right)) }
            return true
        }
        if left >= 0 { admit(left, leftSlot) }
        if right >= 0 { admit(right, rightSlot) }
        return false
    }

    /// Places a pair whose people both have room, shifting a chain if they have no free slot in common. Leaves all as
    /// it was where that fails.
    private mutating func seat(_ pair: Int, _ one: Int, _ other: Int, _ allowed: Double) -> Bool {
        let freeOne = board.free(one)
        let freeOther = board.free(other)
        let direct = board.domain[pair] & freeOne & freeOther & board.room(for: pair)
        if direct != 0 {
            admit(pair, chance.bit(of: direct))
            return true
        }
        if freeOne == 0 || freeOther == 0 { return false }
        let crowded = board.domain[pair] & freeOne & freeOther
        if crowded != 0 {
            let slot = chance.bit(of: crowded)
            if !clear(slot, for: pair, keeping: one, other, allowed) { return false }
            admit(pair, slot)
            return true
        }
        let slotOne = chance.bit(of: freeOne)
        let slotOther = chance.bit(of: freeOther)
        if slotOne == slotOther { return false }
        return shift(pair, other, one, slotOne, slotOther, allowed)
            || shift(pair, one, other, slotOther, slotOne, allowed)
    }

    /// Shifts one meeting more out of a full slot than into it, into a slot that has tables, without touching two
    /// people.
    private mutating func clear(
        _ slot: Int, for newcomer: Int, keeping one: Int, _ other: Int, _ allowed: Double
    ) -> Bool {
        if board.open == 0 { return false }
        let count = Int(board.used[slot])
        if count == 0 { return false }
        for _ in 0..<4 {
            let spare = chance.bit(of: board.open)
            let pair = Int(board.rows[slot &* board.rowWidth &+ chance.below(count)])
            let person = chance.next() & 1 == 0 ? Int(board.first[pair]) : Int(board.second[pair])
            if board.busy[person] >> UInt64(truncatingIfNeeded: spare) & 1 == 1 { continue }
            guard case .swappable = board.follow(from: person, busySlot: slot, freeSlot: spare, avoiding: one) else {
                continue
            }
            if board.chain.count & 1 == 0 { continue }
            if !swap(slot, spare, allowed) { continue }
            if board.pair(of: other, in: slot) < 0, board.pair(of: one, in: slot) < 0,
                board.room(for: newcomer) >> UInt64(truncatingIfNeeded: slot) & 1 == 1
            {
                return true
            }
            _ = swap(slot, spare, .infinity)
        }
        return false
    }

    /// Makes `mover` free in `target`, where `stayer` is, by swapping their chain with `spare`, then places the pair
    /// there.
    private mutating func shift(
        _ pair: Int, _ mover: Int, _ stayer: Int, _ target: Int, _ spare: Int, _ allowed: Double
    ) -> Bool {
        if board.domain[pair] >> UInt64(truncatingIfNeeded: target) & 1 == 0 { return false }
        switch board.follow(from: mover, busySlot: target, freeSlot: spare, avoiding: stayer) {
        case .closed, .crowded: return false
        case .swappable:
            let isOpen = board.open >> UInt64(truncatingIfNeeded: target) & 1 == 1 || board.chain.count & 1 == 1
            if !isOpen || !swap(target, spare, allowed) { return false }
            if board.room(for: pair) >> UInt64(truncatingIfNeeded: target) & 1 == 0 {
                _ = swap(target, spare, .infinity)
                return false
            }
            admit(pair, target)
            return true
        case .blocked(let blocker):
            let price = value(blocker)
            if price > allowed { return false }
            let slot = board.slot(of: blocker)
            expel(blocker)
            let isOdd = board.chain.count & 1 == 1
            let fits = !isOdd || board.open >> UInt64(truncatingIfNeeded: spare) & 1 == 1
            if fits, isOdd || board.open >> UInt64(truncatingIfNeeded: target) & 1 == 1,
                swap(target, spare, allowed - price)
            {
                if board.room(for: pair) >> UInt64(truncatingIfNeeded: target) & 1 == 1 {
                    admit(pair, target)
                    fill(Int(board.first[blocker]))
                    fill(Int(board.second[blocker]))
                    return true
                }
                _ = swap(target, spare, .infinity)
            }
            admit(blocker, slot)
            return false
        }
    }

    /// Gives a person the most valuable of their waiting pairs that fits without ado.
    private mutating func fill(_ person: Int) {
        let free = board.free(person) & board.open
        if free == 0 { return }
        for index in Int(start[person])..<Int(start[person &+ 1]) {
            let pair = Int(wishes[index])
            if board.slotOf[pair] >= 0 || guide[pair] <= 0 { continue }
            let fits = board.domain[pair] & free
            if fits == 0 { continue }
            let direct = fits & board.free(board.partner(of: person, in: pair)) & board.room(for: pair)
            if direct != 0 {
                admit(pair, chance.bit(of: direct))
                return
            }
        }
    }
}
