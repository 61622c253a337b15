/// Rows of values for one statement, packed into two arrays: for writing many rows, where a Swift string and an array
/// for each row would cost more than the database does.
///
/// Values are appended in the order of the placeholders, row after row.
package struct SQLBatch: Sendable {
    /// One value; of a text, where it stands in `bytes`.
    struct Cell: Sendable {
        enum Kind: UInt8, Sendable {
            case null, integer, text
        }

        let kind: Kind
        /// Bytes of a text.
        let length: Int32
        /// The integer, or the place of the first byte.
        let value: Int64
    }

    /// Values in a row.
    package let arity: Int
    private(set) var cells: [Cell] = []
    /// UTF-8; a NUL follows each text.
    private(set) var bytes: [UInt8] = []
    private var texts = 0

    /// An empty batch, with room for so many rows of so many bytes each.
    package init(arity: Int, rows: Int = 0, bytesPerRow: Int = 0) {
        self.arity = arity
        cells.reserveCapacity(rows * arity)
        bytes.reserveCapacity(rows * bytesPerRow)
    }

    /// Complete rows.
    package var rowCount: Int { arity == 0 ? 0 : cells.count / arity }

    package mutating func appendNull() {
        cells.append(Cell(kind: .null, length: 0, value: 0))
    }

    package mutating func append(_ value: Int64) {
        cells.append(Cell(kind: .integer, length: 0, value: value))
    }

    package mutating func append(_ value: Int) { append(Int64(value)) }

    package mutating func append(_ text: String) {
        let start = bytes.count
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
        endText(from: start)
    }

    package mutating func append(_ value: Int64?) {
        if let value { append(value) } else { appendNull() }
    }

    package mutating func append(_ value: Int?) { append(value.map(Int64.init)) }

    package mutating func append(_ text: String?) {
        if let text { append(text) } else { appendNull() }
    }

    /// Appends a text that `write` appends to the bytes, all of it valid UTF-8.
    mutating func append(text write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        write(&bytes)
        endText(from: start)
    }

    private mutating func endText(from start: Int) {
        cells.append(Cell(kind: .text, length: Int32(bytes.count - start), value: Int64(start)))
        bytes.append(0)
        texts += 1
    }

    /// Whether a text holds a NUL of its own, which no engine can keep.
    var holdsNUL: Bool {
        var zeros = 0
        for byte in bytes where byte == 0 { zeros &+= 1 }
        return zeros != texts
    }

    /// One row as single values.
    func values(row: Int) -> [SQLValue] {
        cells[(row * arity)..<((row + 1) * arity)].map { cell in
            switch cell.kind {
            case .null: return .null
            case .integer: return .integer(cell.value)
            case .text:
                let start = Int(cell.value)
                return .text(String(decoding: bytes[start..<(start + Int(cell.length))], as: UTF8.self))
            }
        }
    }
}
