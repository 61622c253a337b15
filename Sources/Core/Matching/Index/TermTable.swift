/// Numbers for terms: an open-addressing table over one 64-bit hash per term. (A dictionary of strings normalises every
/// non-ASCII key that it hashes or compares; terms are normalised already.)
struct TermTable: Sendable {
    /// The terms by number.
    private(set) var keys: [String] = []
    /// Their hashes: also the order in which terms are summed up, which therefore does not depend on history.
    private(set) var hashes: [UInt64] = []
    /// Number plus one, or 0 where free; a power of two long, at most half full.
    private var places = [Int32](repeating: 0, count: 64)

    /// The number of a term, if it is known.
    func find(_ key: String) -> Int? {
        let hash = Self.hash(key)
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while places[place] != 0 {
            let number = Int(places[place]) - 1
            if hashes[number] == hash && keys[number] == key { return number }
            place = (place + 1) & (places.count - 1)
        }
        return nil
    }

    /// The number of a term, which is added if need be.
    mutating func number(adding key: String) -> (number: Int, isNew: Bool) {
        let hash = Self.hash(key)
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while places[place] != 0 {
            let number = Int(places[place]) - 1
            if hashes[number] == hash && keys[number] == key { return (number, false) }
            place = (place + 1) & (places.count - 1)
        }
        places[place] = Int32(keys.count + 1)
        keys.append(key)
        hashes.append(hash)
        if keys.count * 2 > places.count { grow() }
        return (keys.count - 1, true)
    }

    private mutating func grow() {
        places = [Int32](repeating: 0, count: places.count * 2)
        for (number, hash) in hashes.enumerated() {
            var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
            while places[place] != 0 { place = (place + 1) & (places.count - 1) }
            places[place] = Int32(number + 1)
        }
    }

    /// Whether one term is summed up before another.
    @inline(__always)
    func precedes(_ one: Int, _ other: Int) -> Bool {
        hashes[one] != hashes[other] ? hashes[one] < hashes[other] : keys[one] < keys[other]
    }

    /// FNV-1a over the UTF-8 bytes, with a final mix so that the low bits are good as well.
    private static func hash(_ key: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ (hash >> 29)
    }
}
