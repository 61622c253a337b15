/// Identifiers by number, their bytes one after the other: a fifth of the room that strings take.
struct IdentifierList: Sendable {
    private var bytes: [UInt8] = []
    private var ends: [UInt32] = []

    var count: Int { ends.count }

    mutating func append(_ id: String) {
        bytes.append(contentsOf: id.utf8)
        precondition(bytes.count <= Int(UInt32.max), "more than 4 GB of identifiers")
        ends.append(UInt32(bytes.count))
    }

    subscript(number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

    /// Whether one stands before the other by its bytes, which is the order of strings in normal form.
    func precedes(_ one: Int, _ other: Int) -> Bool {
        bytes[range(one)].lexicographicallyPrecedes(bytes[range(other)])
    }

    private func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    /// Bytes that the list holds.
    var heldBytes: Int { bytes.capacity + ends.capacity * 4 }

    mutating func trim() {
        if bytes.capacity > bytes.count * 9 / 8 { bytes = bytes.map { $0 } }
        if ends.capacity > ends.count * 9 / 8 { ends = ends.map { $0 } }
    }
}
