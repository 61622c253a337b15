/// Numbers as Excel and people in East Asia write them.
package enum NumberCell {
    /// An integer: full-width digits, thousands separators, ¥ before and 円 元 원 behind, ▲ or brackets for minus, "12.0".
    ///
    /// - Throws: `CellReason.number`.
    package static func integer(
        _ text: String, in range: ClosedRange<Int> = Int.min...Int.max
    ) throws(CellReason) -> Int {
        if let plain = Int(text), range.contains(plain) { return plain }
        let (isNegative, body) = try digits(text, otherwise: .number(.notInteger))
        let parts = body.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = ungrouped(parts[0]),
            parts.count == 1 || (!parts[1].isEmpty && parts[1].allSatisfy { $0 == "0" })
        else { throw .number(.notInteger) }
        guard let value = Int((isNegative ? "-" : "") + whole), range.contains(value) else {
            throw .number(.outOfRange(lowest: range.lowerBound, highest: range.upperBound))
        }
        return value
    }

    /// A decimal number with a point, written like an integer otherwise; a percent sign divides by 100.
    package static func decimal(_ text: String) throws(CellReason) -> Double {
        var (isNegative, body) = try digits(text, otherwise: .number(.notDecimal))
        let isPercentage = body.hasSuffix("%")
        if isPercentage { body = String(body.dropLast()) }
        let parts = body.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = ungrouped(parts[0]),
            parts.count == 1 || (!parts[1].isEmpty && isDigits(parts[1])),
            let value = Double(whole + (parts.count == 2 ? "." + parts[1] : ""))
        else { throw .number(.notDecimal) }
        return (isNegative ? -value : value) / (isPercentage ? 100 : 1)
    }

    /// The sign, and the number without currency, brackets and spaces.
    private static func digits(
        _ text: String, otherwise reason: CellReason
    ) throws(CellReason) -> (isNegative: Bool, body: String) {
        var body = Substring(Folding.technical(text).filter { $0 != " " })
        if let mark = body.firstIndex(where: { $0 == "E" || $0 == "e" }), mark != body.startIndex,
            body[..<mark].contains(where: \.isNumber), body[body.index(after: mark)...].contains(where: \.isNumber)
        {
            throw .number(.scientific)
        }
        var isNegative = false
        if body.hasPrefix("("), body.hasSuffix(")") {
            isNegative = true
            body = body.dropFirst().dropLast()
        }
        if let last = body.last, "円元원".contains(last) { body = body.dropLast() }
        for _ in 0..<2 {
            guard let first = body.first else { break }
            if "-▲△".contains(first), !isNegative {
                isNegative = true
                body = body.dropFirst()
            } else if "¥\\₩$+".contains(first) {
                body = body.dropFirst()
            }
        }
        guard let first = body.first, first.isASCII, first.isNumber else { throw reason }
        return (isNegative, String(body))
    }

    /// Digits without their thousands separators; nil if those do not stand before groups of three.
    private static func ungrouped(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ isDigits($0) && !$0.isEmpty }) else { return nil }
        guard groups.count == 1 || (groups[0].count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 }) else {
            return nil
        }
        return groups.joined()
    }

    private static func isDigits(_ text: Substring) -> Bool { text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
