/// The text of a cell without what Excel and other programs wrapped around it.
package enum TextCell {
    /// The signs with which Excel begins a formula, in both widths, and the controls that reach it in other ways.
    static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    /// Trimmed (ideographic and no-break spaces too), `="001"` and a protecting apostrophe unwrapped, line breaks as
    /// LF.
    package static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let trimmed = trim(bytes)
        guard let first = trimmed.first else { return "" }
        if first == UInt8(ascii: "="), let inside = constant(trimmed) { return inside }
        if first == UInt8(ascii: "'") {
            return unguarded(string(trimmed)).trimmed
        }
        return string(trimmed)
    }

    /// `text` of a string.
    package static func text(_ string: String) -> String {
        var copy = string
        return copy.withUTF8 { text($0) }
    }

    /// `="001"` as 001: the formula by which people keep leading zeros.
    private static func constant(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        guard bytes.count >= 3, bytes[bytes.startIndex + 1] == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"")
        else { return nil }
        let inside = bytes.dropFirst(2).dropLast()
        // Quotes inside are doubled, or this is a longer formula such as ="a"&"b".
        let pieces = String(decoding: inside, as: UTF8.self).split(separator: "\"\"", omittingEmptySubsequences: false)
        guard pieces.allSatisfy({ !$0.contains("\"") }) else { return nil }
        return pieces.joined(separator: "\"").trimmed
    }

    /// Takes one apostrophe away that protects a formula sign, as `guarded` put it there.
    package static func unguarded(_ text: String) -> String {
        isGuarded(text) ? String(text.dropFirstScalar) : text
    }

    /// Puts an apostrophe before text that Excel would compute. Plain negative numbers stay numbers.
    package static func guarded(_ text: String) -> String {
        let isExposed = text.unicodeScalars.first.map { formulaSigns.contains($0) } ?? false
        guard isGuarded(text) || (isExposed && !isPlainNegative(text)) else { return text }
        return "'" + text
    }

    /// Whether apostrophes stand before a formula sign.
    private static func isGuarded(_ text: String) -> Bool {
        guard text.utf8.first == UInt8(ascii: "'") else { return false }
        return text.unicodeScalars.first { $0 != "'" }.map { formulaSigns.contains($0) } ?? false
    }

    static func isPlainNegative(_ text: String) -> Bool {
        guard text.utf8.first == UInt8(ascii: "-"), text.utf8.count > 1 else { return false }
        var hasPoint = false
        var before: UInt8 = 0
        for byte in text.utf8.dropFirst() {
            switch byte {
            case 0x30...0x39: break
            case UInt8(ascii: ".") where !hasPoint && before != 0: hasPoint = true
            case UInt8(ascii: ",") where !hasPoint && (0x30...0x39).contains(before): break
            default: return false
            }
            before = byte
        }
        return (0x30...0x39).contains(before)
    }

    private static func string(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        let whole = UnsafeBufferPointer(rebasing: bytes)
        guard SWAR.firstIndex(of: 0x0D, in: whole) < whole.count else { return String(decoding: whole, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(whole.count)
        for index in whole.indices {
            if whole[index] != 0x0D {
                result.append(whole[index])
            } else if index + 1 == whole.count || whole[index + 1] != 0x0A {
                result.append(0x0A)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Spaces, tabs, line breaks, no-break space, ideographic space, zero-width space and byte order mark, both ends.
    static func trim(_ bytes: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var start = 0
        var end = bytes.count
        while start < end {
            let length = space(at: start, bytes, end)
            if length == 0 { break }
            start += length
        }
        while end > start {
            let last = bytes[end - 1]
            if last == 0x20 || (0x09...0x0D).contains(last) {
                end -= 1
            } else if last >= 0x80, end - start >= 2, space(at: end - 2, bytes, end) == 2 {
                end -= 2
            } else if last >= 0x80, end - start >= 3, space(at: end - 3, bytes, end) == 3 {
                end -= 3
            } else {
                break
            }
        }
        return bytes[start..<end]
    }

    /// Length of the space at `at`, 0 if there is none.
    private static func space(at: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
        switch bytes[at] {
        case 0x20, 0x09...0x0D: return 1
        case 0xC2: return at + 1 < end && bytes[at + 1] == 0xA0 ? 2 : 0
        case 0xE3: return at + 2 < end && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x80 ? 3 : 0
        case 0xE2: return at + 2 < end && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x8B ? 3 : 0
        case 0xEF: return at + 2 < end && bytes[at + 1] == 0xBB && bytes[at + 2] == 0xBF ? 3 : 0
        default: return 0
        }
    }

    /// Whether a spreadsheet exported an error instead of a value.
    static func isExcelError(_ text: String) -> Bool {
        guard text.utf8.first == UInt8(ascii: "#") else { return false }
        return ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"].contains(text)
            || (text.utf8.count >= 3 && text.utf8.allSatisfy { $0 == UInt8(ascii: "#") })
    }
}

extension String {
    /// Without spaces of any kind at both ends.
    var trimmed: String {
        var copy = self
        return copy.withUTF8 { bytes in
            let inside = TextCell.trim(bytes)
            return String(decoding: UnsafeBufferPointer(rebasing: inside), as: UTF8.self)
        }
    }

    fileprivate var dropFirstScalar: Substring.UnicodeScalarView { unicodeScalars.dropFirst() }
}
