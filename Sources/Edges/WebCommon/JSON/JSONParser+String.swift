extension JSONParser {
    /// Reads the string that starts with the quote at the present place.
    mutating func readString() throws(JSONFault) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = try validated(bytes[start..<position], from: start)
                position += 1
                return text
            case UInt8(ascii: "\\"): return try readEscapedString(from: start)
            case 0..<0x20: throw controlFault()
            default: position += 1
            }
        }
        throw fault("the text ends inside a string")
    }

    private func controlFault() -> JSONFault {
        fault(
            current == 0
                ? "a NUL character is not allowed"
                : "a line break or control character in a string must be written as an escape")
    }

    private func validated(_ slice: some Collection<UInt8>, from start: Int) throws(JSONFault) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else {
            throw fault("the text is not valid UTF-8", at: firstInvalid(from: start))
        }
        return text
    }

    /// The first byte at or after `start` that no UTF-8 sequence allows.
    private func firstInvalid(from start: Int) -> Int {
        var decoder = UTF8()
        var iterator = bytes[start...].makeIterator()
        var offset = start
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput, .error: return offset
            }
        }
    }

    private mutating func readEscapedString(from start: Int) throws(JSONFault) -> String {
        var unescaped = Array(bytes[start..<position])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                let text = try validated(unescaped, from: start)
                position += 1
                return text
            case UInt8(ascii: "\\"): try readEscape(into: &unescaped)
            case 0..<0x20: throw controlFault()
            default:
                unescaped.append(byte)
                position += 1
            }
        }
        throw fault("the text ends inside a string")
    }

    private mutating func readEscape(into unescaped: inout [UInt8]) throws(JSONFault) {
        let start = position
        position += 1
        guard let letter = current else { throw fault("the text ends inside a string") }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "u"): unescaped.append(contentsOf: String(try readScalar(from: start)).utf8)
        default: throw fault("this escape is not part of JSON", at: start)
        }
    }

    private mutating func readScalar(from start: Int) throws(JSONFault) -> Character {
        let first = try readHex()
        if first == 0 { throw fault("a NUL character is not allowed", at: start) }
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        let lone = fault("half of a surrogate pair stands alone", at: start)
        guard (0xD800..<0xDC00).contains(first), current == UInt8(ascii: "\\") else { throw lone }
        position += 1
        guard current == UInt8(ascii: "u") else { throw lone }
        position += 1
        let second = try readHex()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        else { throw lone }
        return Character(scalar)
    }

    private mutating func readHex() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch current {
            case .some(let byte) where (0x30...0x39).contains(byte): digit = byte - 0x30
            case .some(let byte) where (0x61...0x66).contains(byte): digit = byte - 0x61 + 10
            case .some(let byte) where (0x41...0x46).contains(byte): digit = byte - 0x41 + 10
            default: throw fault("four hexadecimal digits were expected after \\u")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
