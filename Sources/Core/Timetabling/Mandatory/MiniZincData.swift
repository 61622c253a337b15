/// Reads the data form of MiniZinc (`.dzn`) as far as the published meeting instances use it: whole numbers, arrays
/// of numbers or sets, two-dimensional arrays `[| ... |]`, sets `{...}` and ranges `a..b`, comments from `%` to the
/// end of a line.
package struct MiniZincData: Sendable {
    /// A value of the data.
    package indirect enum Value: Sendable, Equatable {
        case number(Int)
        case list([Value])
        case table([[Int]])
        case set([Int])
    }

    private(set) var values: [String: Value] = [:]

    /// Reads the text; throws with the line of what it cannot read.
    package init(_ text: String) throws(MeetingProblemFault) {
        var reader = MiniZincReader(text)
        while let name = try reader.nextName() {
            if values[name] != nil { throw reader.fault("\(name) is given twice") }
            values[name] = try reader.assignedValue()
        }
    }

    /// The whole number of that name.
    func number(_ name: String) throws(MeetingProblemFault) -> Int {
        guard case .number(let number)? = values[name] else {
            throw MeetingProblemFault(name, values[name] == nil ? "is missing" : "must be a whole number")
        }
        return number
    }

    /// The array of whole numbers of that name, or nil if it is not given.
    func numbers(_ name: String, count: Int) throws(MeetingProblemFault) -> [Int]? {
        guard let value = values[name] else { return nil }
        guard case .list(let items) = value else { throw MeetingProblemFault(name, "must be an array of numbers") }
        var result: [Int] = []
        for (index, item) in items.enumerated() {
            guard case .number(let number) = item else {
                throw MeetingProblemFault("\(name)[\(index + 1)]", "must be a whole number")
            }
            result.append(number)
        }
        try Self.check(name, result.count, count)
        return result
    }

    /// The array of sets of that name, or nil if it is not given.
    func sets(_ name: String, count: Int) throws(MeetingProblemFault) -> [[Int]]? {
        guard let value = values[name] else { return nil }
        guard case .list(let items) = value else { throw MeetingProblemFault(name, "must be an array of sets") }
        var result: [[Int]] = []
        for (index, item) in items.enumerated() {
            guard case .set(let members) = item else {
                throw MeetingProblemFault("\(name)[\(index + 1)]", "must be a set such as {1,2}")
            }
            result.append(members)
        }
        try Self.check(name, result.count, count)
        return result
    }

    /// The rows of the two-dimensional array of that name.
    func rows(_ name: String, width: Int, count: Int) throws(MeetingProblemFault) -> [[Int]] {
        guard let value = values[name] else { throw MeetingProblemFault(name, "is missing") }
        guard case .table(let rows) = value else {
            throw MeetingProblemFault(name, "must be a two-dimensional array [| ... |]")
        }
        for (index, row) in rows.enumerated() where row.count != width {
            throw MeetingProblemFault("\(name)[\(index + 1)]", "has \(row.count) numbers; \(width) are needed")
        }
        try Self.check(name, rows.count, count)
        return rows
    }

    private static func check(_ name: String, _ found: Int, _ count: Int) throws(MeetingProblemFault) {
        if found != count { throw MeetingProblemFault(name, "has \(found) entries; \(count) are needed") }
    }
}

/// Walks over the text, counting lines.
private struct MiniZincReader {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String) { bytes = Array(text.utf8) }

    func fault(_ reason: String) -> MeetingProblemFault { MeetingProblemFault("line \(line)", reason) }

    private mutating func skip() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: "%"):
                while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            default: return
            }
        }
    }

    private mutating func take(_ sign: Character) -> Bool {
        skip()
        guard let code = sign.asciiValue, position < bytes.count, bytes[position] == code else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ sign: Character) throws(MeetingProblemFault) {
        if take(sign) { return }
        if position >= bytes.count { throw fault("the text ends where \"\(sign)\" is due; is the file cut off?") }
        throw fault("expected \"\(sign)\", found \"\(Character(UnicodeScalar(bytes[position])))\"")
    }

    mutating func nextName() throws(MeetingProblemFault) -> String? {
        skip()
        let begin = position
        while position < bytes.count, Self.isLetter(bytes[position]) { position += 1 }
        if position > begin { return String(decoding: bytes[begin..<position], as: UTF8.self) }
        if position < bytes.count { throw fault("expected a name such as nTables") }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    mutating func assignedValue() throws(MeetingProblemFault) -> MiniZincData.Value {
        try expect("=")
        let value = try value()
        try expect(";")
        return value
    }

    private mutating func value() throws(MeetingProblemFault) -> MiniZincData.Value {
        if take("{") { return .set(try numbers(until: "}")) }
        if take("[") { return try array() }
        let number = try number()
        if let end = try rangeEnd() { return .set(Array(try range(number, end))) }
        return .number(number)
    }

    private mutating func array() throws(MeetingProblemFault) -> MiniZincData.Value {
        if take("|") { return .table(try rows()) }
        var items: [MiniZincData.Value] = []
        while !take("]") {
            items.append(try value())
            if !take(",") {
                try expect("]")
                break
            }
        }
        return .list(items)
    }

    private mutating func rows() throws(MeetingProblemFault) -> [[Int]] {
        var rows: [[Int]] = []
        while true {
            if take("]") { return rows }
            rows.append(try numbers(until: "|"))
        }
    }

    private mutating func numbers(until end: Character) throws(MeetingProblemFault) -> [Int] {
        var result: [Int] = []
        while !take(end) {
            let number = try number()
            if let last = try rangeEnd() {
                result.append(contentsOf: try range(number, last))
            } else {
                result.append(number)
            }
            if !take(",") {
                try expect(end)
                break
            }
        }
        return result
    }

    private mutating func rangeEnd() throws(MeetingProblemFault) -> Int? {
        skip()
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "."),
            bytes[position + 1] == UInt8(ascii: ".")
        else { return nil }
        position += 2
        return try number()
    }

    private func range(_ from: Int, _ to: Int) throws(MeetingProblemFault) -> Range<Int> {
        guard to < from || to - from < 10_000 else { throw fault("the range \(from)..\(to) is too long") }
        return from..<max(from, to + 1)
    }

    private mutating func number() throws(MeetingProblemFault) -> Int {
        skip()
        let begin = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        guard let number = Int(String(decoding: bytes[begin..<position], as: UTF8.self)), abs(number) < 1 << 40 else {
            if position >= bytes.count { throw fault("the text ends where a number is due; is the file cut off?") }
            throw fault("expected a whole number")
        }
        return number
    }
}
