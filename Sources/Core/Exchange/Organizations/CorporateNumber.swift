/// The 13-digit number that Japan's National Tax Agency gives to every corporation.
///
/// The first digit is a check digit over the other twelve: 9 - ((sum of digit x weight) mod 9), the weights 1, 2, 1, 2
/// ... counted from the right.
package struct CorporateNumber: Hashable, Sendable {
    /// Thirteen ASCII digits.
    package let text: String

    /// Accepts full-width digits, spaces and hyphens; throws a refusal that says which check failed.
    package init(_ raw: String, field: String = "corporate_number") throws(Refusal) {
        let digits = raw.narrowedASCII.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "-" }
        guard digits.count == 13, digits.allSatisfy({ ("0"..."9").contains($0) }) else {
            throw .invalid(
                field, .malformed, "A corporate number has exactly 13 digits; \"\(raw.prefix(40))\" has not.")
        }
        let values = digits.map { Int($0.value) - 48 }
        let expected = Self.checkDigit(of: values.dropFirst())
        guard values[0] == expected else {
            throw .invalid(
                field, .malformed,
                "The check digit of \(raw.prefix(40)) is wrong: with these twelve digits the first must be "
                    + "\(expected). Compare it with the official register.")
        }
        text = String(String.UnicodeScalarView(digits))
    }

    /// Trusts the text: for rows that the store wrote itself.
    package init(stored text: String) {
        self.text = text
    }

    private static func checkDigit(of twelve: ArraySlice<Int>) -> Int {
        let sum = twelve.reversed().enumerated().reduce(0) { $0 + $1.element * ($1.offset % 2 == 0 ? 1 : 2) }
        return 9 - sum % 9
    }
}
