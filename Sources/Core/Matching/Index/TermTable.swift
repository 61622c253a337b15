/// Numbers for terms: an open-addressing table over one 64-bit hash per term. (A dictionary of strings normalises every
/// non-ASCII key that it hashes or compares; terms are normalised already.)
struct TermTable: Sendable {
    /// The terms by number.
    private(set) var keys = Paged<String>()
    /// Their hashes: also the order in which terms are summed up, which therefore does not depend on history.
    private var hashes = Paged<UInt64>()
    /// High half of the hash above number plus one, or 0 where free; a power of two long, at most half full.
    private var places = Paged<UInt64>(repeating: 0, count: 64)

    /// The number of terms.
    var count: Int { keys.count }

    /// The number of a term, if it is known.
    func find(_ key: String) -> Int? {
        let hash = Self.hash(key)
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while true {
            let found = places[place]
            if found == 0 { return nil }
            if (found ^ hash) >> 32 == 0 {
                let number = Int(found & 0xFFFF_FFFF) - 1
                if keys[number] == key { return number }
            }
            place = (place + 1) & (places.count - 1)
        }
    }

    /// The number of a term, which is added if need be.
    mutating func number(adding key: String) -> (number: Int, isNew: Bool) {
        let hash = Self.hash(key)
        var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
        while true {
            let found = places[place]
            if found == 0 { break }
            if (found ^ hash) >> 32 == 0 {
                let number = Int(found & 0xFFFF_FFFF) - 1
                if keys[number] == key { return (number, false) }
            }
            place = (place + 1) & (places.count - 1)
        }
        places[place] = Self.entry(hash, keys.count)
        keys.append(key)
        hashes.append(hash)
        if keys.count * 2 > places.count { grow() }
        return (keys.count - 1, true)
    }

    private mutating func grow() {
        let size = places.count * 2
        var grown = Paged<UInt64>(repeating: 0, count: size)
        for number in 0..<keys.count {
            var place = Int(truncatingIfNeeded: hashes[number]) & (size - 1)
            while grown[place] != 0 { place = (place + 1) & (size - 1) }
            grown[place] = Self.entry(hashes[number], number)
        }
        places = grown
    }

    private static func entry(_ hash: UInt64, _ number: Int) -> UInt64 {
        hash & ~0xFFFF_FFFF | UInt64(number + 1)
    }

    /// Whether one term is summed up before another.
    @inline(__always)
    func precedes(_ one: Int, _ other: Int) -> Bool {
        let (first, second) = (hashes[one], hashes[other])
        return first != second ? first < second : keys[one] < keys[other]
    }

    /// Bytes that the table holds; keys of up to 15 bytes stand in their places, longer ones behind a header of 32.
    var bytes: Int {
        keys.bytes + hashes.bytes + places.bytes
            + keys.reduce(0) { $0 + ($1.utf8.count > 15 ? ($1.utf8.count + 48) & ~15 : 0) }
    }

    /// FNV-1a over the UTF-8 bytes, with a final mix so that both halves are good as well.
    private static func hash(_ key: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return hash ^ (hash >> 29)
    }
}
