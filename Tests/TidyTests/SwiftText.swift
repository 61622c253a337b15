/// Just enough of Swift's grammar to tell code from comments, string literals and regular expressions.
struct SwiftText {
    private let source: [UInt8]
    private var position = 0
    private var result: [UInt8] = []
    private static let (quote, hash, slash, newline, space) = (
        UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: "\n"), UInt8(ascii: " ")
    )

    /// The text with each byte of comments, strings and regular expressions replaced by a space; line breaks stay.
    static func blanked(_ text: String) -> String {
        var reader = SwiftText(source: Array(text.utf8))
        reader.code(until: nil)
        return String(decoding: reader.result, as: UTF8.self)
    }

    private init(source: [UInt8]) {
        self.source = source
        result.reserveCapacity(source.count)
    }

    private func starts(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { starts($0) }
    }

    private func starts(_ text: some Collection<UInt8>) -> Bool {
        var index = position
        for byte in text {
            guard index < source.count, source[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where position < source.count {
            result.append(source[position] == Self.newline ? Self.newline : Self.space)
            position += 1
        }
    }

    /// Copies code up to the closing parenthesis of an interpolation, or to the end.
    private mutating func code(until closing: UInt8?) {
        var depth = 0
        while position < source.count {
            let byte = source[position]
            if let closing, depth == 0, byte == closing { return }
            if starts("//") {
                while position < source.count, source[position] != Self.newline { blank() }
            } else if starts("/*") {
                while position < source.count, !starts("*/") { blank() }
                blank(2)
            } else if byte == Self.quote || (byte == Self.hash && isRawString) {
                string()
            } else if byte == Self.slash && isRegex {
                regex(hashes: 0)
            } else if starts("#/") {
                regex(hashes: 1)
            } else {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                result.append(byte)
                position += 1
            }
        }
    }

    private var isRawString: Bool {
        var index = position
        while index < source.count, source[index] == Self.hash { index += 1 }
        return index < source.count && source[index] == Self.quote
    }

    /// A slash begins a regular expression where a value may begin and no space follows.
    private var isRegex: Bool {
        guard position + 1 < source.count, ![Self.space, Self.newline].contains(source[position + 1]) else {
            return false
        }
        let before = result.last { $0 != Self.space }
        return before.map { "{(=,:\n".utf8.contains($0) } ?? true
    }

    private mutating func string() {
        var hashes = 0
        while source[position] == Self.hash {
            hashes += 1
            blank()
        }
        let fence = Array(repeating: Self.quote, count: starts("\"\"\"") ? 3 : 1)
        let tail = Array(repeating: Self.hash, count: hashes)
        let escape = [UInt8(ascii: "\\")] + tail
        blank(fence.count)
        while position < source.count, !starts(fence + tail) {
            if starts(escape + [UInt8(ascii: "(")]) {
                blank(escape.count + 1)
                code(until: UInt8(ascii: ")"))
                blank()
            } else if starts(escape) {
                blank(escape.count + 1)
            } else {
                blank()
            }
        }
        blank(fence.count + hashes)
    }

    private mutating func regex(hashes: Int) {
        let end = [Self.slash] + Array(repeating: Self.hash, count: hashes)
        blank(hashes + 1)
        while position < source.count, !starts(end) { blank(source[position] == UInt8(ascii: "\\") ? 2 : 1) }
        blank(end.count)
    }
}

/// A function with its first and last line, counted from 0.
struct SwiftFunction {
    let name: String
    let first: Int
    let last: Int

    /// Every function and initialiser with a body in blanked code.
    static func all(in code: [String]) -> [SwiftFunction] {
        var found: [SwiftFunction] = []
        for (index, line) in code.enumerated() {
            let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." })
            guard let word = words.first(where: { ["func", "init", "deinit", "subscript"].contains($0) }),
                !line.contains(".init"), isDeclaration(words, word)
            else { continue }
            let name = words.drop { $0 != word }.prefix(2).joined(separator: " ")
            if let last = end(of: code, from: index) {
                found.append(SwiftFunction(name: name, first: index, last: last))
            }
        }
        return found
    }

    private static func isDeclaration(_ words: [Substring], _ word: Substring) -> Bool {
        let modifiers: Set<Substring> = [
            "package", "private", "fileprivate", "public", "static", "mutating", "override", "convenience", "required",
            "consuming", "borrowing", "nonisolated", "final", "class", "Sendable", "MainActor", "Test", "indirect",
            "discardableResult", "inlinable", "isolated", "escaping",
        ]
        return words.prefix { $0 != word }.allSatisfy { modifiers.contains($0) }
    }

    /// The line of the brace that closes the body, or nothing if there is no body.
    private static func end(of code: [String], from first: Int) -> Int? {
        var parentheses = 0
        var braces = 0
        var index = first
        while index < code.count {
            let trimmed = code[index].drop { $0 == " " }
            if index > first, braces == 0, parentheses == 0 {
                let goesOn = ["{", "->", "where", "throws", "async", "rethrows", ")"].contains { trimmed.hasPrefix($0) }
                if !goesOn { return nil }
            }
            for character in code[index] {
                switch character {
                case "(" where braces == 0: parentheses += 1
                case ")" where braces == 0: parentheses -= 1
                case "{" where parentheses == 0 || braces > 0: braces += 1
                case "}" where braces > 0:
                    braces -= 1
                    if braces == 0 { return index }
                default: break
                }
            }
            index += 1
        }
        return nil
    }
}
