/// A region by ISO 3166-2 (`JP-31`) or a whole country by ISO 3166-1 (`JP`).
package struct RegionCode: Hashable, Comparable, Sendable {
    /// Upper case.
    package let text: String

    /// Throws a refusal that names the field.
    package init(_ raw: String, field: String = "region") throws(Refusal) {
        let text = raw.trimmed.narrowedASCII.uppercased()
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts[0].utf8.count == 2,
            parts[0].utf8.allSatisfy({ (65...90).contains($0) }),
            parts.count == 1
                || ((1...3).contains(parts[1].utf8.count)
                    && parts[1].utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) })
        else {
            throw .invalid(
                field, .malformed, "\"\(raw.prefix(40))\" is not a region code. Write ISO 3166-2 such as JP-31, or JP.")
        }
        self.text = text
    }

    /// Trusts the text: for rows that the store wrote itself.
    package init(stored text: String) {
        self.text = text
    }

    /// The two letters of the country.
    package var country: String { String(text.prefix(2)) }

    /// Whether a place in `other` lies in this region: the same code, or this is its whole country.
    package func covers(_ other: RegionCode) -> Bool {
        text == other.text || (text.utf8.count == 2 && other.country == text)
    }

    package static func < (left: RegionCode, right: RegionCode) -> Bool {
        left.text < right.text
    }
}
