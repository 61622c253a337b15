/// Lists and small dictionaries as JSON in a text column: readable by people and other programs, and quick to read
/// back.
enum JSONText {
    static func list(_ values: some Sequence<String>) -> String {
        var bytes: [UInt8] = []
        append(list: values, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func append(list values: some Sequence<String>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for value in values {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            append(value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Keys in order, so that equal dictionaries are equal texts.
    static func dictionary(_ values: [String: String]) -> String {
        if values.isEmpty { return "{}" }
        return dictionary(values) { append($0, to: &$1) }
    }

    static func dictionary(_ values: [String: Double]) -> String {
        if values.isEmpty { return "{}" }
        return dictionary(values) { $1 += "\($0)" }
    }

    private static func dictionary<Value>(
        _ values: [String: Value], _ appendValue: (Value, inout String) -> Void
    ) -> String {
        var text = "{"
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            if text.utf8.count > 1 { text += "," }
            append(key, to: &text)
            text += ":"
            appendValue(value, &text)
        }
        return text + "}"
    }

    static func append(_ value: String, to text: inout String) {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        text += String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a JSON string. Stretches without signs to escape are copied at once: they are nearly all of every text.
    static func append(_ value: String, to bytes: inout [UInt8]) {
        var value = value
        value.withUTF8 { text in
            bytes.append(UInt8(ascii: "\""))
            var start = 0
            while true {
                let end = firstToEscape(in: UnsafeRawBufferPointer(text), from: start)
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
                guard end < text.count else { break }
                escape(text[end], to: &bytes)
                start = end + 1
            }
            bytes.append(UInt8(ascii: "\""))
        }
    }

    /// The place of the first quote, backslash or control character from `start` on, or the end; eight bytes a step.
    private static func firstToEscape(in text: UnsafeRawBufferPointer, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var at = start
        while at + 8 <= text.count {
            let word = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // In each term the lowest high bit that is set marks a byte that fits; above it there may be false ones.
            let hits =
                ((word &- ones &* 0x20) & ~word | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash)
                & (ones &* 0x80)
            if hits != 0 { return at + hits.trailingZeroBitCount >> 3 }
            at += 8
        }
        while at < text.count {
            let byte = text[at]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return at }
            at += 1
        }
        return at
    }

    private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0a: bytes.append(UInt8(ascii: "n"))
        case 0x0d: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case ..<0x20: bytes += Array("u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8)
        default: bytes.append(byte)
        }
    }

    static func list(from text: String) throws -> [String] {
        if text == "[]" { return [] }
        var reader = JSONTextReader(text)
        var values: [String] = []
        try reader.expect(UInt8(ascii: "["))
        while !reader.takes(UInt8(ascii: "]")) {
            if !values.isEmpty { try reader.expect(UInt8(ascii: ",")) }
            values.append(try reader.string())
        }
        return values
    }

    static func texts(from text: String) throws -> [String: String] {
        try dictionary(from: text) { try $0.string() }
    }

    static func numbers(from text: String) throws -> [String: Double] {
        try dictionary(from: text) { try $0.number() }
    }

    private static func dictionary<Value>(
        from text: String, _ value: (inout JSONTextReader) throws -> Value
    ) throws -> [String: Value] {
        if text == "{}" { return [:] }
        var reader = JSONTextReader(text)
        var values: [String: Value] = [:]
        try reader.expect(UInt8(ascii: "{"))
        while !reader.takes(UInt8(ascii: "}")) {
            if !values.isEmpty { try reader.expect(UInt8(ascii: ",")) }
            let key = try reader.string()
            try reader.expect(UInt8(ascii: ":"))
            values[key] = try value(&reader)
        }
        return values
    }
}

/// Reads the JSON that ``JSONText`` writes, and the same with spaces or other escapes in it.
struct JSONTextReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    private var damage: StoreFault {
        .undecodable("“\(String(decoding: bytes.prefix(80), as: UTF8.self))” is not the JSON expected here")
    }

    private mutating func skipSpace() {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    mutating func takes(_ byte: UInt8) -> Bool {
        skipSpace()
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func expect(_ byte: UInt8) throws {
        guard takes(byte) else { throw damage }
    }

    mutating func number() throws -> Double {
        skipSpace()
        let start = index
        while index < bytes.count, ![0x2C, 0x7D, 0x5D, 0x20].contains(bytes[index]) { index += 1 }
        guard let number = Double(String(decoding: bytes[start..<index], as: UTF8.self)) else { throw damage }
        return number
    }

    mutating func string() throws -> String {
        try expect(UInt8(ascii: "\""))
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") { index += 1 }
        guard index < bytes.count else { throw damage }
        var text = String(decoding: bytes[start..<index], as: UTF8.self)
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\") {
            text.unicodeScalars.append(try escaped())
            let start = index
            while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\") {
                index += 1
            }
            text += String(decoding: bytes[start..<index], as: UTF8.self)
        }
        try expect(UInt8(ascii: "\""))
        return text
    }

    private mutating func escaped() throws -> Unicode.Scalar {
        index += 2
        guard index <= bytes.count else { throw damage }
        switch bytes[index - 1] {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"):
            let high = try unit()
            guard (0xD800..<0xDC00).contains(high) else {
                guard let scalar = Unicode.Scalar(high) else { throw damage }
                return scalar
            }
            index += 2
            let low = try unit()
            guard (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            else { throw damage }
            return scalar
        case let other: return Unicode.Scalar(other)
        }
    }

    private mutating func unit() throws -> UInt32 {
        guard index + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16)
        else { throw damage }
        index += 4
        return unit
    }
}
