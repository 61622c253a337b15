/// One pass over bytes that says whether they are strict UTF-8 (no overlong forms, no surrogates) and whether any
/// character among them needs a closer look, so that the cells of an ordinary file need no look each.
struct UTF8Audit {
    /// Offset and length of the first bytes that are not UTF-8.
    private(set) var fault: Range<Int>?
    /// Sequences of two bytes, and of three or four.
    private(set) var pairs = 0
    private(set) var longer = 0
    /// Places that are not UTF-8; counted only if asked to go on after the first.
    private(set) var faults = 0
    /// Whether a control character, a direction override, a private-use or a replacement character occurs.
    private(set) var needsScrutiny = false

    /// - Parameter goesOn: count all faults instead of stopping at the first.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0, goesOn: Bool = false) {
        var at = start
        let end = bytes.count
        while at < end {
            at = passOrdinary(UnsafeRawBufferPointer(bytes), from: at)
            guard at < end else { break }
            if bytes[at] < 0x80 {
                if UTF8Audit.isOddControl(bytes[at]) { needsScrutiny = true }
                at += 1
                continue
            }
            let length = sequenceLength(bytes, at: at)
            if length > 0 {
                at += length
                continue
            }
            faults += 1
            if fault == nil { fault = at..<min(end, at - length) }
            if !goesOn { return }
            at += max(1, -length)
        }
    }

    /// Skips ASCII without odd controls and the three-byte sequences of most kana, kanji and hangul; stops at anything
    /// else and at the last eight bytes.
    private mutating func passOrdinary(_ raw: UnsafeRawBufferPointer, from start: Int) -> Int {
        var at = start
        var found = 0
        let end = raw.count - 8
        while at <= end {
            let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            // The high bit of each byte that is not ASCII or is a control; the lowest is exact, and that suffices.
            let stops = (word & SWAR.highs) | SWAR.below(0x20, word) | SWAR.equal(0x7F, word)
            if stops == 0 {
                at += 8
                continue
            }
            at += stops.trailingZeroBitCount >> 3
            let byte = raw[at]
            if byte == 0x0A || byte == 0x0D || byte == 0x09 {
                at += 1
                continue
            }
            let before = at
            while at <= end, UTF8Audit.isOrdinaryTriple(raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)) {
                at += 3
                found += 1
            }
            if at == before { break }
        }
        longer += found
        return at
    }

    /// A well-formed sequence with a lead of E3 to EC: no overlong form, surrogate or unusual character is among them.
    @inline(__always)
    private static func isOrdinaryTriple(_ word: UInt32) -> Bool {
        let word = UInt32(littleEndian: word)
        return word & 0x00C0_C0F0 == 0x0080_80E0 && (word & 0x0F) &- 3 <= 9
    }

    private static func isOddControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D) || byte == 0x7F
    }

    /// Length of the sequence at `at`, or minus the number of bytes that belong to a broken one.
    private mutating func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Int {
        let first = bytes[at]
        let left = bytes.count - at
        switch first {
        case 0xC2...0xDF:
            guard left > 1, bytes[at + 1] & 0xC0 == 0x80 else { return -1 }
            pairs += 1
            if first == 0xC2, bytes[at + 1] < 0xA0 { needsScrutiny = true }
            return 2
        case 0xE0...0xEF:
            guard left > 1 else { return -1 }
            let second = bytes[at + 1]
            guard second & 0xC0 == 0x80, !(first == 0xE0 && second < 0xA0), !(first == 0xED && second > 0x9F)
            else { return -1 }
            guard left > 2, bytes[at + 2] & 0xC0 == 0x80 else { return -2 }
            longer += 1
            if first == 0xE2 || first >= 0xEE { noteUnusual(first, second, bytes[at + 2]) }
            return 3
        case 0xF0...0xF4:
            guard left > 1 else { return -1 }
            let second = bytes[at + 1]
            guard second & 0xC0 == 0x80, !(first == 0xF0 && second < 0x90), !(first == 0xF4 && second > 0x8F)
            else { return -1 }
            guard left > 2, bytes[at + 2] & 0xC0 == 0x80 else { return -2 }
            guard left > 3, bytes[at + 3] & 0xC0 == 0x80 else { return -3 }
            longer += 1
            if first == 0xF4 || (first == 0xF3 && second >= 0xB0) { needsScrutiny = true }
            return 4
        default: return -1
        }
    }

    private mutating func noteUnusual(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
        let scalar = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
        if TextScrutiny.concern(about: scalar) != nil { needsScrutiny = true }
    }
}

/// Eight bytes at a time in one register. A result has the high bit of each byte that fits; the lowest set one is
/// exact.
enum SWAR {
    static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Bytes equal to `byte`.
    @inline(__always)
    static func equal(_ byte: UInt8, _ word: UInt64) -> UInt64 {
        zero(word ^ (ones &* UInt64(byte)))
    }

    /// The first place of `byte` from `start` on, or the end.
    @inline(__always)
    static func firstIndex(of byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var at = start
        while at + 8 <= raw.count {
            let hits = equal(byte, UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
            if hits != 0 { return at + hits.trailingZeroBitCount >> 3 }
            at += 8
        }
        while at < raw.count, raw[at] != byte { at += 1 }
        return at
    }

    /// Bytes that are zero.
    @inline(__always)
    static func zero(_ word: UInt64) -> UInt64 {
        (word &- ones) & ~word & highs
    }

    /// Bytes below `limit` (at most 128).
    @inline(__always)
    static func below(_ limit: UInt8, _ word: UInt64) -> UInt64 {
        (word &- ones &* UInt64(limit)) & ~word & highs
    }
}

/// Characters that have no business in a cell, and why.
package enum TextScrutiny {
    /// What is wrong with a character.
    package enum Concern: Hashable, Sendable {
        /// NUL and other control characters (tab and line breaks are fine).
        case control
        /// Characters that change the direction in which text is shown (U+202A-202E, U+2066-2069): they can make a
        /// text look like another.
        case direction
        /// Characters of one's own (gaiji), which nobody else can read.
        case privateUse
        /// U+FFFD: something was lost before the file reached us.
        case replacement
    }

    /// What is wrong with the character, if anything.
    static func concern(about scalar: UInt32) -> Concern? {
        switch scalar {
        case 0x09, 0x0A, 0x0D: nil
        case 0x00..<0x20, 0x7F..<0xA0: .control
        case 0x202A...0x202E, 0x2066...0x2069: .direction
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: .privateUse
        case 0xFFFD: .replacement
        default: nil
        }
    }

    /// The first questionable character of a text.
    static func firstConcern(in text: String) -> (Unicode.Scalar, Concern)? {
        for scalar in text.unicodeScalars {
            if let concern = concern(about: scalar.value) { return (scalar, concern) }
        }
        return nil
    }
}
