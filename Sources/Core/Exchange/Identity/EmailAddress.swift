/// A mail address that can stand in a mail header and in a link without escaping.
///
/// Accepted: `local@domain` with the unquoted characters of RFC 5322, 3.2.3 and a domain of letters, digits, hyphens
/// and dots with at least one dot. Addresses compare without regard to case.
package struct EmailAddress: Hashable, Comparable, Sendable {
    /// In lower case.
    package let text: String

    /// Throws a refusal that names the field.
    package init(_ raw: String, field: String = "email") throws(Refusal) {
        let text = raw.trimmed.narrowedASCII.lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= TextLimits.email, parts.count == 2, Self.isLocal(parts[0]), Self.isDomain(parts[1])
        else {
            throw .invalid(
                field, .malformed, "\"\(raw.prefix(80))\" is not a mail address. Write it like name@example.jp.")
        }
        self.text = text
    }

    /// Trusts the text: for rows that the store wrote itself.
    package init(stored text: String) {
        self.text = text
    }

    package static func < (left: EmailAddress, right: EmailAddress) -> Bool {
        left.text < right.text
    }

    private static func isLocal(_ part: Substring) -> Bool {
        !part.isEmpty && part.utf8.count <= 64 && !part.hasPrefix(".") && !part.hasSuffix(".")
            && !part.contains("..")
            && part.utf8.allSatisfy { isWordByte($0) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) }
    }

    private static func isDomain(_ part: Substring) -> Bool {
        let labels = part.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && part.utf8.count <= 253
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (byte >= 97 && byte <= 122) || (byte >= 48 && byte <= 57)
    }
}

extension String {
    /// Full-width ASCII forms (U+FF01...U+FF5E) and the ideographic space as plain ASCII.
    package var narrowedASCII: String {
        // U+FF01...U+FF5E begin with the byte EF, U+3000 with E3.
        guard utf8.contains(where: { $0 == 0xef || $0 == 0xe3 }) else { return self }
        return String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0xff01...0xff5e: Unicode.Scalar(scalar.value - 0xfee0) ?? scalar
                    case 0x3000: " "
                    default: scalar
                    }
                }))
    }
}
