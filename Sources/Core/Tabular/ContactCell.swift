/// Codes, mail addresses, phone numbers and lists.
package enum ContactCell {
    /// An identifier such as an external id: folded to ASCII forms, without spaces around.
    ///
    /// - Throws: `CellReason.text(.notCode)` for anything but letters, digits and `- _ . / : @ #`.
    package static func code(_ text: String) throws(CellReason) -> String {
        let marks = "-_./:@#"
        if isPlainCode(text) { return text }
        let folded = unprotected(Folding.technical(text)).trimmed
        guard
            folded.unicodeScalars.allSatisfy({
                $0.properties.isAlphabetic || $0.properties.numericType != nil
                    || marks.unicodeScalars.contains($0)
            })
        else { throw .text(.notCode(allowed: marks)) }
        return folded
    }

    /// ASCII letters, digits and the commonest marks: nothing to fold.
    private static func isPlainCode(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D...0x2F, 0x5F: true
            default: false
            }
        }
    }

    /// A mail address: folded, `mailto:` and `Name <address>` unwrapped, the domain in lower case. Its shape is
    /// checked; whether it exists only a mail can tell.
    package static func mail(_ text: String) throws(CellReason) -> String {
        var folded = unprotected(Folding.technical(text)).trimmed
        if let open = folded.lastIndex(of: "<"), folded.hasSuffix(">") {
            folded = String(folded[folded.index(after: open)...].dropLast())
        }
        if folded.lowercased().hasPrefix("mailto:") { folded = String(folded.dropFirst(7)) }
        let parts = folded.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, folded.utf8.count <= 254, isMailboxName(parts[0]) else {
            throw .text(.notMail)
        }
        let domain = parts[1].lowercased()
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ isDomainLabel($0) }), let top = labels.last, top.utf8.count >= 2
        else { throw .text(.notMail) }
        return parts[0] + "@" + domain
    }

    /// Japanese mobile carriers handed out names with doubled and final dots, so dots are not looked at.
    private static func isMailboxName(_ name: Substring) -> Bool {
        name.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !"()<>,;:\\\"[]".utf8.contains(byte)
        }
    }

    private static func isDomainLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.utf8.count <= 63 && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
                    || $0 == "-"
            }
    }

    /// A phone number: folded, with its own dashes, brackets as dashes; 6 to 15 digits, a + before the country.
    package static func phone(_ text: String) throws(CellReason) -> String {
        var folded = unprotected(Folding.technical(text)).trimmed
        for prefix in ["TEL", "Tel", "tel", "電話"] where folded.hasPrefix(prefix) {
            folded = String(folded.dropFirst(prefix.count).drop { ":. ".contains($0) })
        }
        var result = ""
        for character in folded {
            switch character {
            case "0"..."9" where character.isASCII: result.append(character)
            case "+" where result.isEmpty: result.append(character)
            case "-", "(", ")", ".", " ", "~":
                if let last = result.last, last != "-", last != "+" { result.append("-") }
            default: throw .text(.notPhone)
            }
        }
        while result.hasSuffix("-") { result.removeLast() }
        let digits = result.utf8.count { (0x30...0x39).contains($0) }
        guard (6...15).contains(digits) else { throw .text(.notPhone) }
        return result
    }

    /// The entries of a cell that holds several, separated by any of `;` `、` `，` `,` `/` or a line break, in either
    /// width; without blanks and repetitions.
    package static func list(_ text: String) -> [String] {
        var items: [String] = []
        var copy = text
        copy.withUTF8 { bytes in
            var start = 0
            var at = 0
            while at <= bytes.count {
                let length = at == bytes.count ? 1 : separatorLength(bytes, at)
                if length == 0 {
                    at += 1
                    continue
                }
                let piece = TextCell.trim(UnsafeBufferPointer(rebasing: bytes[start..<at]))
                let item = String(decoding: UnsafeBufferPointer(rebasing: piece), as: UTF8.self)
                // Lists are short: looking along the list is faster than a set.
                if !item.isEmpty, !items.contains(item) { items.append(item) }
                at += length
                start = at
            }
        }
        return items
    }

    /// Length of the separator at `at`: `;` `,` `/` `|` line breaks, `、` (E3 80 81), `；` `，` `／` `｜` (EF BC 9B, 8C, 8F
    /// and EF BD 9C); 0 if there is none.
    private static func separatorLength(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
        switch bytes[at] {
        case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: "|"), 0x0A, 0x0D: return 1
        case 0xE3 where at + 2 < bytes.count: return bytes[at + 1] == 0x80 && bytes[at + 2] == 0x81 ? 3 : 0
        case 0xEF where at + 2 < bytes.count:
            let (second, third) = (bytes[at + 1], bytes[at + 2])
            let isSeparator =
                (second == 0xBC && (third == 0x9B || third == 0x8C || third == 0x8F))
                || (second == 0xBD && third == 0x9C)
            return isSeparator ? 3 : 0
        default: return 0
        }
    }

    /// People write '090 so that Excel keeps the zero; in a code an apostrophe at the front is never meant.
    private static func unprotected(_ text: String) -> String {
        text.hasPrefix("'") ? String(text.dropFirst()) : text
    }
}
