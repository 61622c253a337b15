/// What has identifiers of its own kind.
package protocol Identified {
    /// The prefixes that its identifiers may carry, such as `org`.
    static var identifierPrefixes: [String] { get }
}

/// A typed, prefixed, time-ordered identifier such as `need_01jd3w7k2m9v8x4t6r5q1p0nzb`.
///
/// After the prefix stand 26 characters of Crockford's base 32: 48 bits of milliseconds, then 80 random bits.
/// Identifiers made later sort later, so B-tree inserts stay local, and a log line names its subject by itself.
package struct Identifier<Owner: Identified>: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The identifier as it is written everywhere.
    package let text: String

    /// Accepts an identifier that was written by `make`; throws a refusal that names the kind expected.
    package init(_ text: String) throws(Refusal) {
        guard let separator = text.lastIndex(of: "_"), Owner.identifierPrefixes.contains(String(text[..<separator])),
            text.utf8.count - text.utf8.distance(from: text.startIndex, to: separator) == 27,
            text[text.index(after: separator)...].utf8.allSatisfy(IdentifierAlphabet.contains)
        else { throw .notFound(subject: Owner.identifierPrefixes[0], id: text) }
        self.text = text
    }

    /// Trusts the text: for rows that the store wrote itself.
    package init(stored text: String) {
        self.text = text
    }

    /// Makes a new identifier.
    ///
    /// - Parameters:
    ///   - prefix: One of the owner's prefixes; the first if left out.
    ///   - now: The moment that the identifier sorts by.
    ///   - random: 80 random bits, the upper 16 from the first value.
    package static func make(prefix: String? = nil, at now: Instant, random: (UInt16, UInt64)) -> Identifier {
        let chosen = prefix ?? Owner.identifierPrefixes[0]
        precondition(Owner.identifierPrefixes.contains(chosen), "\(chosen) is not a prefix of \(Owner.self)")
        // 130 bits in 26 digits of 5: two zero bits, 48 of time, 80 random. Filled from the right.
        var low = random.1
        var middle = UInt64(random.0)
        var high = UInt64(bitPattern: now.milliseconds) & 0xffff_ffff_ffff
        let length = chosen.utf8.count + 27
        let text = String(unsafeUninitializedCapacity: length) { bytes in
            var position = length
            while position > length - 26 {
                position -= 1
                bytes[position] = IdentifierAlphabet.digits[Int(low & 31)]
                low = low >> 5 | (middle & 31) << 59
                middle = middle >> 5 | (high & 31) << 11
                high >>= 5
            }
            bytes[position - 1] = UInt8(ascii: "_")
            for (place, byte) in chosen.utf8.enumerated() { bytes[place] = byte }
            return length
        }
        return Identifier(stored: text)
    }

    /// The part before the underscore.
    package var prefix: Substring {
        text[..<(text.lastIndex(of: "_") ?? text.startIndex)]
    }

    package static func < (left: Identifier, right: Identifier) -> Bool {
        left.text < right.text
    }

    package var description: String { text }
}

/// Identifiers for many things made at one moment: each sorts after the one before, so that a database appends them
/// instead of looking for a place for each.
///
/// The first is as random as any; the steps between are equal and secret until two of them are seen. Identifiers are
/// no secrets: what may be seen is decided by who asks.
package struct IdentifierSeries: Sendable {
    private let now: Instant
    private let high: UInt16
    private let low: UInt64
    private let step: UInt64

    /// - Parameters:
    ///   - now: The moment that the identifiers sort by.
    ///   - random: 80 bits for the first identifier, the upper 16 from the first value, and 64 for the step.
    package init(at now: Instant, random: (UInt16, UInt64, UInt64)) {
        self.now = now
        // Room above for 2^32 steps of less than 2^40.
        high = random.0 >> 1
        low = random.1
        step = random.2 >> 24 | 1
    }

    /// The identifier at a place from 0 on.
    package func identifier<Owner: Identified>(
        _ place: Int, of type: Owner.Type = Owner.self, prefix: String? = nil
    ) -> Identifier<Owner> {
        let way = step.multipliedFullWidth(by: UInt64(place))
        let (sum, carries) = low.addingReportingOverflow(way.low)
        let upper = high &+ UInt16(truncatingIfNeeded: way.high) &+ (carries ? 1 : 0)
        return Identifier.make(prefix: prefix, at: now, random: (upper, sum))
    }
}

/// Crockford's base 32 in lower case: no i, l, o or u.
enum IdentifierAlphabet {
    static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    static func contains(_ byte: UInt8) -> Bool {
        (byte >= 48 && byte <= 57)
            || (byte >= 97 && byte <= 122 && byte != 105 && byte != 108 && byte != 111 && byte != 117)
    }
}
