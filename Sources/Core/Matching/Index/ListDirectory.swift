/// Which terms a segment has: one bit a term, and how many stand before each word of bits.
struct ListDirectory: Sendable {
    private let bits: [UInt64]
    private let ranks: [UInt32]
    /// The number of terms.
    let count: Int

    /// Takes numbers of terms, rising.
    init(_ terms: [UInt32]) {
        var bits = [UInt64](repeating: 0, count: terms.last.map { Int($0) >> 6 + 1 } ?? 0)
        for term in terms { bits[Int(term >> 6)] |= 1 << UInt64(term & 63) }
        var ranks: [UInt32] = []
        ranks.reserveCapacity(bits.count)
        var before: UInt32 = 0
        for word in bits {
            ranks.append(before)
            before += UInt32(word.nonzeroBitCount)
        }
        self.bits = bits
        self.ranks = ranks
        count = Int(before)
    }

    /// Place of a term among those of the segment.
    @inline(__always)
    func place(of term: Int) -> Int? {
        let index = term >> 6
        guard index < bits.count else { return nil }
        let bit: UInt64 = 1 << UInt64(term & 63)
        let word = bits[index]
        return word & bit == 0 ? nil : Int(ranks[index]) + (word & (bit &- 1)).nonzeroBitCount
    }

    /// All terms, rising.
    var terms: [UInt32] {
        var terms: [UInt32] = []
        terms.reserveCapacity(count)
        for (index, word) in bits.enumerated() {
            var rest = word
            while rest != 0 {
                terms.append(UInt32(index) << 6 | UInt32(rest.trailingZeroBitCount))
                rest &= rest &- 1
            }
        }
        return terms
    }

    var bytes: Int { bits.capacity * 8 + ranks.capacity * 4 }
}
