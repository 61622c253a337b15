/// Reads tags of XML one after the other: no more than a drawing needs, and nothing that could fetch, grow or loop. A
/// document type with declarations of its own is refused, entities other than XML's five and numbers too.
struct MarkupReader {
    /// A tag and what it says.
    enum Tag: Equatable {
        case open(name: String, attributes: [String: String], isEmpty: Bool)
        case close(name: String)
    }

    /// Limits of one document.
    enum Limit {
        static let bytes = 4_000_000
        static let tags = 100_000
        static let depth = 64
    }

    private let bytes: [UInt8]
    private var position = 0
    private var count = 0

    init(_ bytes: [UInt8]) throws(MeetingProblemFault) {
        guard bytes.count <= Limit.bytes else {
            throw MeetingProblemFault("The drawing", "is larger than \(Limit.bytes / 1_000_000) MB")
        }
        self.bytes = bytes
    }

    /// The next tag; nil at the end. Text between tags, comments and instructions are passed over.
    mutating func next() throws(MeetingProblemFault) -> Tag? {
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = start
            if skip("<!--", to: "-->") || skip("<![CDATA[", to: "]]>") || skip("<?", to: "?>") { continue }
            if starts("<!") {
                guard let end = find(">") else { throw broken("ends inside of a declaration") }
                if bytes[position..<end].contains(UInt8(ascii: "[")) {
                    throw broken("declares entities of its own; save it as plain SVG")
                }
                position = end
                continue
            }
            count += 1
            if count > Limit.tags { throw broken("has more than \(Limit.tags) tags") }
            return try tag()
        }
        return nil
    }

    private func broken(_ reason: String) -> MeetingProblemFault { MeetingProblemFault("The drawing", reason) }

    private func starts(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    /// The place after the next occurrence of a text.
    private func find(_ text: String) -> Int? {
        let wanted = Array(text.utf8)
        var place = position
        while place + wanted.count <= bytes.count {
            if bytes[place] == wanted[0], bytes[place..<place + wanted.count].elementsEqual(wanted) {
                return place + wanted.count
            }
            place += 1
        }
        return nil
    }

    private mutating func skip(_ opening: String, to closing: String) -> Bool {
        guard starts(opening) else { return false }
        position = find(closing) ?? bytes.count
        return true
    }

    private mutating func tag() throws(MeetingProblemFault) -> Tag {
        position += 1
        if position < bytes.count, bytes[position] == UInt8(ascii: "/") {
            position += 1
            let name = name()
            guard let end = find(">") else { throw broken("ends inside of a tag") }
            position = end
            return .close(name: name)
        }
        let name = name()
        if name.isEmpty { throw broken("is not well-formed: a tag has no name") }
        var attributes: [String: String] = [:]
        while true {
            blanks()
            guard position < bytes.count else { throw broken("ends inside of the tag \(name)") }
            if bytes[position] == UInt8(ascii: ">") {
                position += 1
                return .open(name: name, attributes: attributes, isEmpty: false)
            }
            if starts("/>") {
                position += 2
                return .open(name: name, attributes: attributes, isEmpty: true)
            }
            let (key, value) = try attribute(of: name)
            attributes[key] = value
        }
    }

    private mutating func attribute(of tag: String) throws(MeetingProblemFault) -> (String, String) {
        let key = name()
        blanks()
        guard !key.isEmpty, position < bytes.count, bytes[position] == UInt8(ascii: "=") else {
            throw broken("is not well-formed: an attribute of \(tag) has no value")
        }
        position += 1
        blanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'"),
            let end = bytes[(position + 1)...].firstIndex(of: bytes[position])
        else { throw broken("is not well-formed: \(key) of \(tag) is not in quotation marks") }
        let value = try resolved(String(decoding: bytes[(position + 1)..<end], as: UTF8.self))
        position = end + 1
        return (key, value)
    }

    private mutating func blanks() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
    }

    private mutating func name() -> String {
        let start = position
        while position < bytes.count, !Self.endsName(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte <= 0x20 || [UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "/"), UInt8(ascii: "<")].contains(byte)
    }

    private func resolved(_ text: String) throws(MeetingProblemFault) -> String {
        guard text.contains("&") else { return text }
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            guard let end = rest[start...].firstIndex(of: ";"),
                let character = Self.entity(rest[rest.index(after: start)..<end])
            else { throw broken("uses an entity that XML does not have") }
            result.unicodeScalars.append(character)
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func entity(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.first == "#" else { return nil }
            let digits = name.dropFirst()
            let value = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
        }
    }
}
