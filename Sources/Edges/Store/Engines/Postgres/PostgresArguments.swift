/// Values in the form libpq takes: texts and numbers as C strings, which lets the server find their type; bytes as
/// they are.
struct PostgresArguments {
    private var storage: [UInt8] = []
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Where a NULL would have its offset.
    private static let nothing = -1

    init(_ values: [SQLValue]) throws {
        for value in values {
            switch value {
            case .null: note(PostgresArguments.nothing, length: 0, format: 0)
            case .integer(let number): append("\(number)")
            case .real(let number): append("\(number)")
            case .text(let text):
                guard !text.utf8.contains(0) else { throw StoreFault.textHoldsNUL }
                append(text)
            case .blob(let bytes):
                note(storage.count, length: bytes.count, format: 1)
                storage += bytes
                // An address of its own even for no bytes: no address would mean NULL.
                storage.append(0)
            }
        }
    }

    private mutating func append(_ text: String) {
        note(storage.count, length: 0, format: 0)
        storage += text.utf8
        storage.append(0)
    }

    private mutating func note(_ offset: Int, length: Int, format: Int32) {
        offsets.append(offset)
        lengths.append(Int32(length))
        formats.append(format)
    }

    /// Lends the arrays as libpq's parameters; they are gone when `body` returns.
    func withParameters<Value>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Value
    ) -> Value {
        storage.withUnsafeBytes { bytes in
            let pointers: [UnsafePointer<CChar>?] = offsets.map { offset in
                guard offset >= 0 else { return nil }
                return bytes.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
            }
            return body(Int32(offsets.count), pointers, lengths, formats)
        }
    }
}
