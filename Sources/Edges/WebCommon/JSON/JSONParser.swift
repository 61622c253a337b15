/// Why bytes are not the JSON this service takes, and where.
package struct JSONFault: Error, Sendable, Equatable {
    /// Line and column count from 1; the column counts characters (Unicode scalars), as an editor shows it.
    package let line: Int
    package let column: Int
    package let reason: String

    package var message: String { "Line \(line), column \(column): \(reason)" }
}

/// A strict JSON reader (RFC 8259) over bytes. It refuses what JSON readers disagree about: members given twice,
/// invalid UTF-8, lone surrogates, NUL; and what would cost too much: deep nesting.
package struct JSONParser {
    /// How deep arrays and objects may nest.
    package static let maximumDepth = 64
    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

    let bytes: [UInt8]
    var position = 0
    private var depth = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads one JSON value that fills the bytes but for white space.
    package static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
        var parser = JSONParser(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw parser.fault("a byte order mark is not part of JSON; save the text as UTF-8 without it")
        }
        parser.skipSpace()
        if parser.position == bytes.count { throw parser.fault("the text is empty; a JSON value was expected") }
        let value = try parser.readValue()
        parser.skipSpace()
        if parser.position < bytes.count { throw parser.fault("there is more text after the end of the JSON value") }
        return value
    }

    /// Reads one JSON value from a text.
    package static func parse(_ text: String) throws(JSONFault) -> JSONValue { try parse(Array(text.utf8)) }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    func fault(_ reason: String, at offset: Int? = nil) -> JSONFault {
        let end = min(offset ?? position, bytes.count)
        var line = 1
        var column = 1
        for byte in bytes[..<end] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONFault(line: line, column: column, reason: reason)
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func readValue() throws(JSONFault) -> JSONValue {
        switch current {
        case UInt8(ascii: "{"): return try readObject()
        case UInt8(ascii: "["): return try readArray()
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        case nil: throw fault("the text ends where a value was expected")
        case .some(let byte) where byte == UInt8(ascii: "-") || Self.digits.contains(byte): return try readNumber()
        default: throw fault("a JSON value was expected here")
        }
    }

    private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        let matches = end <= bytes.count && word.withUTF8Buffer { bytes[position..<end].elementsEqual($0) }
        guard matches else { throw fault("only true, false and null may be written without quotes") }
        position = end
        return value
    }

    private mutating func enter() throws(JSONFault) {
        depth += 1
        if depth > Self.maximumDepth { throw fault("arrays and objects nest deeper than \(Self.maximumDepth) levels") }
        position += 1
        skipSpace()
    }

    private mutating func readArray() throws(JSONFault) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var items: [JSONValue] = []
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(items)
        }
        while true {
            items.append(try readValue())
            skipSpace()
            switch current {
            case UInt8(ascii: ","):
                position += 1
                skipSpace()
            case UInt8(ascii: "]"):
                position += 1
                return .array(items)
            default: throw fault("a comma or ] was expected after an element")
            }
        }
    }

    private mutating func readObject() throws(JSONFault) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var object = JSONObject()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(object)
        }
        var seen: Set<String> = []
        while true {
            guard current == UInt8(ascii: "\"") else { throw fault("a member name in double quotes was expected") }
            let start = position
            let name = try readString()
            guard seen.insert(name).inserted else {
                throw fault("the member \"\(name.prefix(60))\" is given twice", at: start)
            }
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw fault("a colon was expected after the member name") }
            position += 1
            skipSpace()
            object.append(name, try readValue())
            skipSpace()
            switch current {
            case UInt8(ascii: ","):
                position += 1
                skipSpace()
            case UInt8(ascii: "}"):
                position += 1
                return .object(object)
            default: throw fault("a comma or } was expected after a member")
            }
        }
    }

    private mutating func readNumber() throws(JSONFault) -> JSONValue {
        let start = position
        var whole = true
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") {
            position += 1
        } else {
            try readDigits()
        }
        if current == UInt8(ascii: ".") {
            whole = false
            position += 1
            try readDigits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            whole = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try readDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if whole, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw fault("the number is too large for this service", at: start)
        }
        return .number(value)
    }

    private mutating func readDigits() throws(JSONFault) {
        let start = position
        while let byte = current, Self.digits.contains(byte) { position += 1 }
        if position == start { throw fault("a digit was expected in the number") }
    }
}
