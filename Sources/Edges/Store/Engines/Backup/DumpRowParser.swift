import Foundation

/// Reads back the rows that ``DumpFormat`` writes. Strict: anything else is a damaged dump.
struct DumpRowParser {
    private let bytes: ArraySlice<UInt8>
    private var index: Int

    /// - Throws: ``StoreFault/backup(_:)`` with what is wrong in the row.
    static func row(_ line: ArraySlice<UInt8>, kinds: [SchemaCatalogue.Kind]) throws -> [SQLValue] {
        var parser = DumpRowParser(bytes: line, index: line.startIndex)
        var row: [SQLValue] = []
        row.reserveCapacity(kinds.count)
        try parser.expect("[")
        for kind in kinds {
            if !row.isEmpty { try parser.expect(",") }
            row.append(try parser.value(kind))
        }
        try parser.expect("]")
        guard parser.index == line.endIndex else { throw parser.damage("has too many values") }
        return row
    }

    private func damage(_ what: String) -> StoreFault {
        .backup("The dump is damaged: a row \(what) at its byte \(index - bytes.startIndex).")
    }

    private var next: UInt8 { index < bytes.endIndex ? bytes[index] : 0 }

    private mutating func expect(_ text: StaticString) throws {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[index...].starts(with: wanted) else { throw damage("lacks “\(text)”") }
        index += wanted.count
    }

    private mutating func value(_ kind: SchemaCatalogue.Kind) throws -> SQLValue {
        if next == UInt8(ascii: "n") {
            try expect("null")
            return .null
        }
        switch kind {
        case .integer:
            guard let number = Int64(token()) else { throw damage("has no whole number") }
            return .integer(number)
        case .real:
            guard let number = Double(token()) else { throw damage("has no number") }
            return .real(number)
        case .text: return .text(try quoted())
        case .blob:
            try expect("{\"base64\":")
            guard let data = Data(base64Encoded: try quoted()) else { throw damage("has no base64") }
            try expect("}")
            return .blob([UInt8](data))
        }
    }

    /// What stands before the next comma or bracket.
    private mutating func token() -> String {
        let start = index
        while index < bytes.endIndex, next != UInt8(ascii: ","), next != UInt8(ascii: "]") { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func quoted() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        while true {
            let start = index
            while index < bytes.endIndex, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") { index += 1 }
            text += bytes[start..<index]
            guard index < bytes.endIndex else { throw damage("has a text without end") }
            if next == UInt8(ascii: "\"") { break }
            index += 1
            text.append(try escaped())
        }
        index += 1
        guard let string = String(validating: text, as: UTF8.self) else { throw damage("is not UTF-8") }
        return string
    }

    private mutating func escaped() throws -> UInt8 {
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            defer { index += 1 }
            return next
        default:
            try expect("u00")
            let end = min(index + 2, bytes.endIndex)
            guard let byte = UInt8(String(decoding: bytes[index..<end], as: UTF8.self), radix: 16) else {
                throw damage("has a broken escape")
            }
            index = end
            return byte
        }
    }
}
