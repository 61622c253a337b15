package import Exchange

/// A closed set of forms a string may have, each as the regular expression shown to others and as the check done here.
/// A test holds the two together.
package struct TextForm: Sendable {
    package let pattern: String?
    /// The `format` of JSON Schema, where there is one.
    package let format: String?
    /// Completes "must be ...".
    package let says: String
    package let example: String
    package let accepts: @Sendable (String) -> Bool

    package init(
        pattern: String?, format: String? = nil, says: String, example: String,
        accepts: @escaping @Sendable (String) -> Bool
    ) {
        self.pattern = pattern
        self.format = format
        self.says = says
        self.example = example
        self.accepts = accepts
    }

    // The characters that no text may hold (`TextRules`): control characters, directional marks, non-characters and
    // tags. Those beyond U+FFFF stand as themselves, because regular expression dialects escape them in different ways.
    private static let hidden =
        "\\u007F-\\u009F\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFDD0-\\uFDEF\\uFEFF"
        + "\\uFFF9-\\uFFFB\\uFFFE\\uFFFF\u{E0000}-\u{E007F}" + lastOfPlanes
    private static let lastOfPlanes = String(
        String.UnicodeScalarView(
            (UInt32(1)...16).flatMap { [$0 << 16 | 0xFFFE, $0 << 16 | 0xFFFF] }.compactMap(Unicode.Scalar.init)))
    private static let spaces = "\\u0020\\u00A0\\u1680\\u2000\\u2001\\u2002-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000"
    private static let oneLine = "[^\\u0000-\\u001F\\u2028\\u2029\(hidden)]"
    private static let manyLines = "[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\(hidden)]"
    private static let visible = "[^\\u0000-\\u001F\(hidden)\(spaces)]"

    /// Any text without NUL.
    package static let plain = TextForm(
        pattern: "^[^\\u0000]*$", says: "text without NUL characters", example: "text"
    ) { !$0.utf8.contains(0) }

    /// Text on one line, which may be empty.
    package static let line = TextForm(
        pattern: "^\(oneLine)*$", says: "one line without control characters", example: "text"
    ) { passes($0, .optional, multiline: false) }

    /// Text on one line with something in it.
    package static let filledLine = TextForm(
        pattern: "^\(oneLine)*\(visible)\(oneLine)*$", says: "one line of text without control characters",
        example: "text"
    ) { passes($0, .required, multiline: false) }

    /// Text on any number of lines, which may be empty.
    package static let lines = TextForm(
        pattern: "^\(manyLines)*$", says: "text without control characters other than line breaks and tabs",
        example: "text"
    ) { passes($0, .optional, multiline: true) }

    /// Text on any number of lines with something in it.
    package static let filledLines = TextForm(
        pattern: "^\(manyLines)*\(visible)\(manyLines)*$",
        says: "text without control characters other than line breaks and tabs", example: "text"
    ) { passes($0, .required, multiline: true) }

    private static func passes(_ text: String, _ presence: Property.Presence, multiline: Bool) -> Bool {
        if presence == .required, text.trimmed.isEmpty { return false }
        // The rules look at the text without the white space around it; here all of it has to be allowed, as the
        // pattern says.
        var rules = TextRules()
        _ = rules.text("|\(text)|", "text", limit: .max, multiline: multiline)
        return rules.problems.isEmpty
    }

    /// An identifier of that kind of thing.
    package static func identifier<Owner: Identified & SendableMetatype>(_ owner: Owner.Type) -> TextForm {
        let prefixes = owner.identifierPrefixes
        let sample = "\(prefixes.first ?? "id")_01jd3w7k2m9v8x4t6r5q1p0nzb"
        return TextForm(
            pattern: "^(\(prefixes.joined(separator: "|")))_[0-9abcdefghjkmnpqrstvwxyz]{26}$",
            says: "an identifier such as \(sample)", example: sample
        ) { text in
            (try? Identifier<Owner>(text)) != nil
        }
    }

    /// The identifier of a need or of a seed.
    package static func posting(_ kind: Posting.Kind) -> TextForm {
        let sample = "\(kind.rawValue)_01jd3w7k2m9v8x4t6r5q1p0nzb"
        return TextForm(
            pattern: "^\(kind.rawValue)_[0-9abcdefghjkmnpqrstvwxyz]{26}$",
            says: "the identifier of a \(kind.rawValue) such as \(sample)", example: sample
        ) { text in
            text.hasPrefix(kind.rawValue + "_") && (try? Identifier<Posting>(text)) != nil
        }
    }

    /// A short lower-case word, as field keys and names in addresses are.
    package static let key = TextForm(
        pattern: "^[a-z0-9][a-z0-9._-]{0,63}$",
        says: "1 to 64 lower-case letters, digits, points, hyphens or underscores", example: "materials"
    ) { text in
        guard let first = text.utf8.first, isDigit(first) || isLower(first) else { return false }
        return text.utf8.count <= 64
            && text.utf8.allSatisfy { isDigit($0) || isLower($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
    }

    /// The code of a region: a country (ISO 3166-1) or its part (ISO 3166-2).
    package static let region = TextForm(
        pattern: "^[A-Z]{2}(-[A-Z0-9]{1,3})?$", says: "a region code such as JP-31, or JP", example: "JP-31"
    ) { text in
        text.utf8.allSatisfy { $0 < 0x80 && !isLower($0) } && (try? RegionCode(text))?.text == text
    }

    /// A mail address.
    package static let email = TextForm(
        pattern: "^(?=[^@]{1,64}@)\(word)+(\\.\(word)+)*@(\(label)\\.)+\(label)$",
        says: "a mail address such as name@example.jp",
        example: "name@example.jp"
    ) { text in
        text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && (try? EmailAddress(text)) != nil
    }

    private static let word = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
    private static let label = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"

    /// The address of a web page.
    package static let webAddress = TextForm(
        pattern: "^https?://\(oneLine)*$", says: "an address that begins with https:// or http://",
        example: "https://example.jp"
    ) { text in
        (text.hasPrefix("https://") || text.hasPrefix("http://")) && passes(text, .required, multiline: false)
    }

    /// Where a channel leads: a webhook's address, or for a mailbox a mail address.
    package static let channelAddress = TextForm(
        pattern: "^(https?://\(oneLine)*|[!-~]+@[!-~]+)$",
        says: "an address that begins with https:// or http://, or a mail address", example: "https://example.jp"
    ) { text in
        text.hasPrefix("https://") || text.hasPrefix("http://")
            ? passes(text, .required, multiline: false)
            : text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && text.dropFirst().dropLast().contains("@")
    }

    /// A corporate number: 13 digits, of which the first checks the others.
    package static let corporateNumber = TextForm(
        pattern: "^[0-9]{13}$", says: "a corporate number of 13 digits", example: "7000012050002"
    ) { text in text.utf8.count == 13 && text.utf8.allSatisfy(isDigit) }

    /// A calendar day of the years 1000 to 9999.
    package static let day = TextForm(
        pattern: "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$", format: "date", says: "a day such as 2026-04-01",
        example: "2026-04-01"
    ) { CalendarDay(iso: $0) != nil }

    /// A moment in time.
    package static let time = TextForm(
        pattern: "^[1-9][0-9]{3}-", format: "date-time", says: "a time such as 2026-04-01T09:00:00Z",
        example: "2030-04-01T09:00:00.000Z"
    ) { Instant(rfc3339: $0) != nil }

    /// A time of day.
    package static let clockTime = TextForm(
        pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$", says: "a time of day such as 08:30", example: "08:30"
    ) { LocalTime($0)?.text == $0 }

    /// How often a channel is written to.
    package static let cadence = TextForm(
        pattern: "^(immediate|hourly|daily ([01][0-9]|2[0-3]):[0-5][0-9]"
            + "|weekly (mon|tue|wed|thu|fri|sat|sun) ([01][0-9]|2[0-3]):[0-5][0-9])$",
        says: "immediate, hourly, daily 08:30 or weekly mon 08:30", example: "daily 08:30"
    ) { Channel.Cadence($0)?.text == $0 }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
}
