/// Pairs in slots, kept sound all the time: a person has one meeting a slot at most, a slot no more meetings than
/// tables, and a pair stands only where it may. What is not yet placed waits. All searches work on this.
///
/// Everything lies in flat arrays and changes in constant time; people, pairs and slots are numbers from 0.
struct Board: Sendable {
    /// No pair, no slot.
    static let none: Int32 = -1
    /// Slots are bits of a mask, and masks stay positive as signed numbers.
    static let maximumSlots = 63

    let people: Int
    let slots: Int
    /// The two people of each pair.
    let first: [Int32]
    let second: [Int32]
    /// The slots each pair may stand in.
    let domain: [UInt64]
    /// The slots in which each person is there.
    let present: [UInt64]
    let tables: [Int32]
    let caps: [Int32]

    /// The pair that a person meets in a slot, at `person * slots + slot`.
    private(set) var cell: [Int32]
    private(set) var slotOf: [Int32]
    /// The slots in which each person has a meeting.
    private(set) var busy: [UInt64]
    /// The number of meetings of each person.
    private(set) var load: [Int32]
    private(set) var used: [Int32]
    /// The slots with a free table.
    private(set) var open: UInt64
    /// The pairs of each slot, in rows of `rowWidth`; `seat` is a placed pair's place in its row, a waiting pair's in
    /// the waiting list, or none if a pair can stand nowhere or must not be placed.
    private(set) var rows: [Int32]
    private(set) var waiting: [Int32]
    private var seat: [Int32]
    let rowWidth: Int
    /// The pairs of the last chain that was followed.
    private(set) var chain: [Int32] = []
    /// What some pairs need beside a table, where that is scarce; plain days have none, and pay nothing for it.
    private(set) var stock: Stock?

    /// An empty board. `admitted` are the pairs that wait to be placed.
    init(
        people: Int, slots: Int, ends: [(first: Int, second: Int)], domain: [UInt64], present: [UInt64], tables: [Int],
        caps: [Int], admitted: [Int], stock: Stock? = nil
    ) {
        self.stock = stock
        self.people = people
        self.slots = slots
        first = ends.map { Int32($0.first) }
        second = ends.map { Int32($0.second) }
        self.domain = domain
        self.present = present
        self.tables = tables.map { Int32(clamping: $0) }
        self.caps = caps.map { Int32(clamping: $0) }
        cell = Array(repeating: Self.none, count: people * slots)
        slotOf = Array(repeating: Self.none, count: ends.count)
        busy = Array(repeating: 0, count: people)
        load = Array(repeating: 0, count: people)
        used = Array(repeating: 0, count: slots)
        open = tables.enumerated().reduce(0) { $1.element > 0 ? $0 | 1 << UInt64($1.offset) : $0 }
        rowWidth = people / 2 + 1
        rows = Array(repeating: Self.none, count: slots * rowWidth)
        waiting = admitted.map { Int32($0) }
        seat = Array(repeating: Self.none, count: ends.count)
        for (place, pair) in waiting.enumerated() { seat[Int(pair)] = Int32(place) }
    }

    @inline(__always)
    func pair(of person: Int, in slot: Int) -> Int { Int(cell[person &* slots &+ slot]) }

    @inline(__always)
    func slot(of pair: Int) -> Int { Int(slotOf[pair]) }

    /// The slots in which the person is there, has no meeting, and may have one more.
    @inline(__always)
    func free(_ person: Int) -> UInt64 {
        load[person] < caps[person] ? present[person] & ~busy[person] : 0
    }

    /// The slots with a free table and whatever else the pair needs.
    @inline(__always)
    func room(for pair: Int) -> UInt64 {
        guard let stock else { return open }
        return open & stock.open(to: pair)
    }

    /// Whether a pair has what it needs beside a table in a slot, once these pairs have left it.
    func isStocked(_ pair: Int, in slot: Int, without one: Int, _ other: Int, _ third: Int = -1) -> Bool {
        guard let stock else { return true }
        return stock.holds(pair, in: slot, without: one, other, third)
    }

    /// Whether the chain that was followed finds what it needs beside tables when it is swapped.
    func isChainStocked(_ one: Int, _ other: Int) -> Bool {
        guard let stock else { return true }
        return stock.holds(chain: chain, slotOf, one, other)
    }

    @inline(__always)
    func partner(of person: Int, in pair: Int) -> Int {
        Int(first[pair] ^ second[pair]) ^ person
    }

    /// Puts a waiting pair into a slot that is free for both and has a table.
    mutating func place(_ pair: Int, in slot: Int) {
        let last = waiting[waiting.count &- 1]
        let hole = seat[pair]
        waiting[Int(hole)] = last
        seat[Int(last)] = hole
        waiting.removeLast()
        slotOf[pair] = Int32(truncatingIfNeeded: slot)
        load[Int(first[pair])] &+= 1
        load[Int(second[pair])] &+= 1
        enter(pair, slot)
    }

    /// Takes a placed pair out; it waits again.
    mutating func remove(_ pair: Int) {
        leave(pair, slot(of: pair))
        slotOf[pair] = Self.none
        load[Int(first[pair])] &-= 1
        load[Int(second[pair])] &-= 1
        seat[pair] = Int32(truncatingIfNeeded: waiting.count)
        waiting.append(Int32(truncatingIfNeeded: pair))
    }

    @inline(__always)
    private mutating func enter(_ pair: Int, _ slot: Int) {
        let one = Int(first[pair])
        let other = Int(second[pair])
        let bit = 1 as UInt64 &<< UInt64(truncatingIfNeeded: slot)
        cell[one &* slots &+ slot] = Int32(truncatingIfNeeded: pair)
        cell[other &* slots &+ slot] = Int32(truncatingIfNeeded: pair)
        busy[one] |= bit
        busy[other] |= bit
        let count = used[slot]
        rows[slot &* rowWidth &+ Int(count)] = Int32(truncatingIfNeeded: pair)
        seat[pair] = count
        used[slot] = count &+ 1
        if count &+ 1 >= tables[slot] { open &= ~bit }
        if stock != nil { stock?.take(pair, slot) }
    }

    @inline(__always)
    private mutating func leave(_ pair: Int, _ slot: Int) {
        let one = Int(first[pair])
        let other = Int(second[pair])
        let bit = 1 as UInt64 &<< UInt64(truncatingIfNeeded: slot)
        cell[one &* slots &+ slot] = Self.none
        cell[other &* slots &+ slot] = Self.none
        busy[one] &= ~bit
        busy[other] &= ~bit
        let count = used[slot] &- 1
        let last = rows[slot &* rowWidth &+ Int(count)]
        rows[slot &* rowWidth &+ Int(seat[pair])] = last
        seat[Int(last)] = seat[pair]
        used[slot] = count
        // A chain that is being exchanged for another may stand in a slot that has no table for it for a moment.
        if count < tables[slot] { open |= bit }
        if stock != nil { stock?.giveBack(pair, slot) }
    }

    /// Moves the pairs of `chain` between two slots: each goes to the one of the two it is not in.
    mutating func swapChain(_ one: Int, _ other: Int) {
        for pair in chain { leave(Int(pair), slot(of: Int(pair))) }
        for pair in chain {
            let target = slot(of: Int(pair)) == one ? other : one
            slotOf[Int(pair)] = Int32(truncatingIfNeeded: target)
            enter(Int(pair), target)
        }
    }

    /// What came of following a chain.
    enum ChainEnd {
        /// The chain may be swapped.
        case swappable
        /// This pair of the chain may not stand in the other slot; the pairs before it are in `chain`.
        case blocked(Int)
        /// The chain could be swapped if the free slot had one table more.
        case crowded
        /// The chain ends at the person it must not touch.
        case closed
    }

    /// Follows the path of meetings that alternate between two slots, from a person who has a meeting in `busySlot`
    /// and none in `freeSlot` (Kempe). Swapped, the person is free in `busySlot` and everybody keeps all their
    /// meetings.
    mutating func follow(from person: Int, busySlot: Int, freeSlot: Int, avoiding: Int) -> ChainEnd {
        chain.removeAll(keepingCapacity: true)
        let bits: UInt64 = (1 &<< UInt64(truncatingIfNeeded: busySlot)) | (1 &<< UInt64(truncatingIfNeeded: freeSlot))
        var current = person
        var here = busySlot
        while true {
            let pair = self.pair(of: current, in: here)
            if pair < 0 { break }
            if domain[pair] & bits != bits { return .blocked(pair) }
            chain.append(Int32(truncatingIfNeeded: pair))
            current = partner(of: current, in: pair)
            here = here == busySlot ? freeSlot : busySlot
        }
        if current == avoiding { return .closed }
        if chain.count & 1 == 1, used[freeSlot] >= tables[freeSlot] { return .crowded }
        return .swappable
    }

    /// Follows the meetings that alternate between two slots from a person who has one in each; says whether they
    /// close into a circle whose meetings may all stand in either slot.
    mutating func followCircle(from person: Int, _ one: Int, _ other: Int) -> Bool {
        chain.removeAll(keepingCapacity: true)
        let bits: UInt64 = (1 &<< UInt64(truncatingIfNeeded: one)) | (1 &<< UInt64(truncatingIfNeeded: other))
        var current = person
        var here = one
        repeat {
            let pair = self.pair(of: current, in: here)
            if pair < 0 || domain[pair] & bits != bits { return false }
            chain.append(Int32(truncatingIfNeeded: pair))
            current = partner(of: current, in: pair)
            here = here == one ? other : one
        } while current != person
        return true
    }
}
