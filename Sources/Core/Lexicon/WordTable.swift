/// Finds the longest of many words that stands at a place: one open-addressing table over 40-bit hashes of all words
/// and all their beginnings, so that a search ends with the first unit that no word continues with. Among a million
/// entries a hash stands for another word once in a million lookups.
struct WordTable: Sendable {
    /// 40 bits of hash, then 23 bits of word number plus one (0: only a beginning), then one bit: longer words go on
    /// from here. 0 where free; a power of two long, at most two thirds full.
    private var slots: [UInt64] = [UInt64](repeating: 0, count: 64)
    private var used = 0
    /// A bit for the low 16 bits of every first unit, which is all that most places of a text need.
    private var beginnings = [UInt64](repeating: 0, count: 1_024)

    /// The most words one table can hold.
    static let mostWords = (1 << 23) - 1

    /// Makes room for about so many words.
    init(words: Int = 0) {
        var size = 64
        while size < words * 4 { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
    }

    /// Adds a word, or gives the number that an earlier addition gave it.
    mutating func add(_ units: ArraySlice<UInt32>, number: Int) -> Int {
        guard let first = units.first, number < Self.mostWords else { return number }
        beginnings[Int(first & 0xFFFF) >> 6] |= 1 << UInt64(first & 63)
        var hash = RunningHash()
        for index in units.indices {
            hash.add(units[index])
            let isLast = index == units.endIndex - 1
            let place = place(adding: hash.value)
            if !isLast {
                slots[place] |= 1
            } else if slots[place] >> 1 & Self.numberMask == 0 {
                slots[place] |= UInt64(number + 1) << 1
            } else {
                return Int(slots[place] >> 1 & Self.numberMask) - 1
            }
        }
        return number
    }

    /// Whether a word may begin with a unit.
    @inline(__always)
    func mayBegin(with unit: UInt32) -> Bool { beginnings[Int(unit & 0xFFFF) >> 6] >> UInt64(unit & 63) & 1 != 0 }

    /// The longest word at `start` whose end (exclusive) is accepted.
    @inline(__always)
    func longest(at start: Int, in units: [UInt32], accepts: (Int) -> Bool) -> (number: Int, end: Int)? {
        guard mayBegin(with: units[start]) else { return nil }
        var best: (number: Int, end: Int)?
        var hash = RunningHash()
        var index = start
        while index < units.count {
            hash.add(units[index])
            index += 1
            let slot = slot(hash.value)
            if slot == 0 { break }
            let number = Int(slot >> 1 & Self.numberMask)
            if number > 0, accepts(index) { best = (number - 1, index) }
            if slot & 1 == 0 { break }
        }
        return best
    }

    static let numberMask: UInt64 = (1 << 23) - 1
    private static let hashMask: UInt64 = ~((1 << 24) - 1)

    @inline(__always)
    func slot(_ hash: UInt64) -> UInt64 {
        let mask = slots.count - 1
        let tag = hash & Self.hashMask
        var place = Int(truncatingIfNeeded: hash >> 24) & mask
        while slots[place] != 0 {
            if slots[place] & Self.hashMask == tag { return slots[place] }
            place = (place + 1) & mask
        }
        return 0
    }

    private mutating func place(adding hash: UInt64) -> Int {
        if (used + 1) * 3 > slots.count * 2 { grow() }
        // A tag of zero with an empty value would look free.
        let tag = hash & Self.hashMask
        var place = Int(truncatingIfNeeded: hash >> 24) & (slots.count - 1)
        while slots[place] != 0 {
            if slots[place] & Self.hashMask == tag { return place }
            place = (place + 1) & (slots.count - 1)
        }
        slots[place] = tag
        used += 1
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        for slot in old where slot != 0 {
            var place = Int(truncatingIfNeeded: slot >> 24) & (slots.count - 1)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = slot
        }
    }
}
