/// A small generator of random numbers: the same seed gives the same numbers on every machine (SplitMix64).
struct Chance: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x632B_E59B_D9B4_E019 }

    @inline(__always)
    mutating func next() -> UInt64 {
        state = state &+ 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, not including, `limit`, which is above 0 and fits 32 bits.
    @inline(__always)
    mutating func below(_ limit: Int) -> Int {
        Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: limit)) >> 32)
    }

    /// One of the set bits of a mask that is not empty.
    @inline(__always)
    mutating func bit(of mask: UInt64) -> Int {
        let count = mask.nonzeroBitCount
        if count == 1 { return mask.trailingZeroBitCount }
        var rest = mask
        for _ in 0..<below(count) { rest &= rest &- 1 }
        return rest.trailingZeroBitCount
    }
}

/// How much worse a change may be and still be taken, by chance: Metropolis' rule, with a table in place of a
/// logarithm.
struct Patience: Sendable {
    /// The table holds -ln(u) for so many evenly spread u.
    private static let size = 4096
    private let table: [Double]

    init() {
        // -ln(u) by halving: u = m / 2^k with m in 1/2..1, and ln(m) = 2 artanh((m - 1) / (m + 1)).
        table = (0..<Self.size).map { index in
            var mantissa = (Double(index) + 0.5) / Double(Self.size)
            var result = 0.0
            while mantissa < 0.5 {
                mantissa *= 2
                result += 0.693_147_180_559_945_3
            }
            let ratio = (mantissa - 1) / (mantissa + 1)
            var term = ratio
            var sum = 0.0
            for odd in stride(from: 1.0, to: 40, by: 2) {
                sum += term / odd
                term *= ratio * ratio
            }
            return result - 2 * sum
        }
    }

    /// The loss that chance allows this time at temperature 1.
    @inline(__always)
    func allowance(_ chance: inout Chance) -> Double {
        table[Int(truncatingIfNeeded: chance.next() & UInt64(Self.size - 1))]
    }
}
