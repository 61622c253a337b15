/// Codes, mail addresses, phone numbers and lists.
package enum ContactCell {
    /// An identifier such as an external id: folded to ASCII forms, without spaces around.
    ///
    /// - Throws: `CellReason.text(.notCode)` for anything but letters, digits and `- _ . / : @ #`.
    package static func code(_ text: String) throws(CellReason) -> String {
        let folded = unprotected(Folding.technical(text)).trimmed
        let marks = "-_./:@#"
        guard folded.unicodeScalars.allSatisfy({ $0.properties.isAlphabetic || $0.properties.numericType != nil
            || marks.unicodeScalars.contains($0) })
        else { throw .text(.notCode(allowed: marks)) }
        return folded
    }

    /// A mail address: folded, `mailto:` and `Name <address>` unwrapped, the domain in lower case. Its shape is checked;
    /// whether it exists only a mail can tell.
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
            && label.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.numericType != nil
                || $0 == "-" }
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
        var seen: Set<String> = []
        return text.split { ";；、，,/／\n｜|".contains($0) || $0 == "\r\n" }
            .map { String($0).trimmed }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// People write '090 so that Excel keeps the zero; in a code an apostrophe at the front is never meant.
    private static func unprotected(_ text: String) -> String {
        text.hasPrefix("'") ? String(text.dropFirst()) : text
    }
}
