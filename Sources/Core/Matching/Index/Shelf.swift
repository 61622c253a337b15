/// The lists of the postings of one language and one side, numbered as they come.
struct Shelf: Sendable {
    /// Slot of each row, rising.
    private(set) var slots = Paged<Int32>()
    private(set) var words = TermLists()
    private(set) var bridges = TermLists()

    /// How bridges are weighed in the search for candidates: length matters less for so few terms; a root keeps long
    /// texts from collecting everything.
    static let bridgeScoring = ListScoring.rooted(base: 8)

    /// Place of a shelf among those of an index.
    static func place(_ language: MatchLanguage, _ side: MatchSide) -> Int { 2 * language.number + Int(side.rawValue) }

    /// Adds the record of a slot higher than any before.
    mutating func append(
        _ record: MatchIndex.Record, slot: Int, scoring: ListScoring, isLive: (_ slot: Int) -> Bool
    ) {
        slots.append(Int32(slot))
        let slots = slots
        words.append(record.words.entries, length: UInt32(record.words.length), scoring: scoring) {
            isLive(Int(slots[$0]))
        }
        bridges.append(
            record.bridges.entries, length: UInt32(record.bridges.entries.count), scoring: Self.bridgeScoring
        ) { isLive(Int(slots[$0])) }
    }

    /// Makes few segments of many.
    mutating func settle(scoring: ListScoring, isLive: (_ slot: Int) -> Bool) {
        let slots = slots
        words.settle(scoring: scoring) { isLive(Int(slots[$0])) }
        bridges.settle(scoring: Self.bridgeScoring) { isLive(Int(slots[$0])) }
    }

    /// Bytes that the lists hold.
    var bytes: Int { slots.bytes + words.bytes + bridges.bytes }
}

/// The rules of a query, by row of a shelf.
struct ShelfGate: RowGate {
    let gate: Gate
    let index: MatchIndex
    let shelf: Shelf

    func admits(_ row: Int) -> Bool { gate.admits(Int(shelf.slots[row]), index) }

    func precedes(_ one: Int, _ other: Int) -> Bool {
        index.records[Int(shelf.slots[one])].id < index.records[Int(shelf.slots[other])].id
    }
}

/// Slots by identifier, in parts: a change beside a snapshot copies one part.
struct SlotTable: Sendable {
    private var parts = [[String: Int]](repeating: [:], count: 1 << 10)
    /// The number of identifiers.
    private(set) var count = 0

    subscript(id: String) -> Int? {
        get { parts[Self.part(id)][id] }
        set {
            let old = parts[Self.part(id)].removeValue(forKey: id)
            parts[Self.part(id)][id] = newValue
            count += (newValue == nil ? 0 : 1) - (old == nil ? 0 : 1)
        }
    }

    /// Takes an identifier out and answers its slot.
    mutating func removeValue(forKey id: String) -> Int? {
        let old = parts[Self.part(id)].removeValue(forKey: id)
        if old != nil { count -= 1 }
        return old
    }

    private static func part(_ id: String) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in id.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int((hash ^ hash >> 15) & 1_023)
    }
}
