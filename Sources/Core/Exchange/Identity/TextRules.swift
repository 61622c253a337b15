/// Limits of every text that people write, in Unicode scalars after trimming.
package enum TextLimits {
    /// Names of organizations, people, channels, tokens.
    package static let name = 200
    /// Titles of postings.
    package static let title = 200
    /// Summaries of postings.
    package static let summary = 1_000
    /// Detail, purpose and means of postings.
    package static let detail = 50_000
    /// Messages with an interest, notes with a refusal.
    package static let message = 4_000
    /// Notes of coordinators.
    package static let note = 4_000
    /// One keyword.
    package static let keyword = 60
    /// Keywords of one posting.
    package static let keywords = 30
    /// Fields of one posting or organization.
    package static let fields = 8
    /// Regions wished for.
    package static let regions = 20
    /// External identifiers.
    package static let externalID = 120
    /// E-mail addresses (RFC 5321, 4.5.3.1.3: a path of 256 with its brackets).
    package static let email = 254
    /// Phone numbers.
    package static let phone = 40
}

/// Checks texts as people write them and gathers what is wrong.
package struct TextRules {
    /// What was found so far.
    package private(set) var problems: [FieldProblem] = []

    /// Starts with no problems.
    package init() {}

    /// Adds a problem found by somebody else.
    package mutating func add(_ problem: FieldProblem) {
        problems.append(problem)
    }

    /// The text without surrounding white space, checked; an empty text is a problem when `required`.
    package mutating func text(
        _ value: String, _ field: String, limit: Int, required: Bool = false, multiline: Bool = false
    ) -> String {
        let trimmed = value.trimmed
        if required && trimmed.isEmpty {
            add(FieldProblem(field, .required, "This must not be empty."))
        }
        // Bytes are at least as many as characters, so most texts need no count.
        let count = trimmed.utf8.count > limit ? trimmed.unicodeScalars.count : 0
        if count > limit {
            add(FieldProblem(field, .tooLong, "This has \(count) characters; at most \(limit) are kept. Shorten it."))
        }
        if TextScan.needsScrutiny(trimmed, multiline: multiline),
            let scalar = trimmed.unicodeScalars.first(where: { !Self.allows($0, multiline: multiline) })
        {
            let code = String(scalar.value, radix: 16, uppercase: true)
            let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
            add(
                FieldProblem(
                    field, .forbiddenCharacter,
                    "The invisible control character U+\(padded) is not allowed here. Remove it."))
        }
        return trimmed
    }

    /// The text as above, or nothing if it is missing or empty.
    package mutating func optionalText(
        _ value: String?, _ field: String, limit: Int, multiline: Bool = false
    ) -> String? {
        guard let value else { return nil }
        let checked = text(value, field, limit: limit, multiline: multiline)
        return checked.isEmpty ? nil : checked
    }

    /// Throws everything that was found.
    package func finish() throws(Refusal) {
        if !problems.isEmpty { throw .invalid(problems) }
    }

    /// Control characters, bidirectional overrides and non-characters can hide or reorder what a reader sees, so no
    /// text may hold them (Unicode TR 36, 2.6; line breaks and tabs pass where a text has lines).
    private static func allows(_ scalar: Unicode.Scalar, multiline: Bool) -> Bool {
        switch scalar.value {
        case 0x0a, 0x0d, 0x09, 0x2028, 0x2029: multiline
        case 0...0x1f, 0x7f...0x9f: false
        case 0x202a...0x202e, 0x2066...0x2069, 0x200e, 0x200f, 0x061c: false
        case 0xfeff, 0xfff9...0xfffb, 0xfdd0...0xfdef: false
        case 0xe0000...0xe007f: false
        case _ where scalar.value & 0xfffe == 0xfffe: false
        default: true
        }
    }
}

extension String {
    /// Without white space (also ideographic) and line breaks at both ends.
    package var trimmed: String {
        let scalars = unicodeScalars
        if let first = scalars.first, let last = scalars.last, !first.isBlank, !last.isBlank { return self }
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// A light fold for comparing names: lower case, full-width forms narrowed, no white space or punctuation.
    ///
    /// This is for equality of identities only. Folding for search lives in Lexicon.
    package var foldedIdentity: String {
        if let plain = foldedASCII { return plain }
        if TextScan.isUnfolded(self) { return self }
        var result = String.UnicodeScalarView()
        for scalar in lowercased().unicodeScalars {
            var value = scalar.value
            if (0xff01...0xff5e).contains(value) { value -= 0xfee0 }
            guard let narrowed = Unicode.Scalar(value) else { continue }
            let properties = narrowed.properties
            if properties.isWhitespace { continue }
            switch properties.generalCategory {
            case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
                .finalPunctuation, .otherPunctuation, .format, .control:
                continue
            default: break
            }
            result.append(contentsOf: Character(narrowed).lowercased().unicodeScalars)
        }
        return String(result)
    }
}

extension String {
    /// The fold of a text that is all ASCII, or nothing: letters in lower case, digits, and the signs that are no
    /// punctuation (`$+<=>^|~` and the grave accent).
    private var foldedASCII: String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        for byte in utf8 {
            switch byte {
            case 0x80...: return nil
            case 65...90: bytes.append(byte + 32)
            case 48...57, 97...122: bytes.append(byte)
            case 0x24, 0x2b, 0x3c, 0x3d, 0x3e, 0x5e, 0x60, 0x7c, 0x7e: bytes.append(byte)
            default: break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// White space (the property White_Space), most often answered without a look into the tables.
    fileprivate var isBlank: Bool {
        switch value {
        case ..<0x80: value == 0x20 || (0x09...0x0d).contains(value)
        // Kana, kanji and hangul: no white space stands between U+3000 and the compatibility forms.
        case 0x3001..<0xd800: false
        default: properties.isWhitespace
        }
    }
}
