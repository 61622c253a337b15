package import Exchange

/// A list of changes, the newest first, for feed readers: Atom (RFC 4287).
package struct ChangeFeed: Sendable {
    /// One change.
    package struct Entry: Sendable, Equatable {
        /// An address that is never used for anything else, such as `urn:industrymix:hap_...`.
        package var id: String
        package var title: String
        package var at: Instant
        package var author: String?
        /// Plain text.
        package var summary: String
        /// The page about it.
        package var link: String?
        package var categories: [String]

        /// Takes every value.
        package init(
            id: String, title: String, at: Instant, author: String? = nil, summary: String = "", link: String? = nil,
            categories: [String] = []
        ) {
            self.id = id
            self.title = title
            self.at = at
            self.author = author
            self.summary = summary
            self.link = link
            self.categories = categories
        }
    }

    package var id: String
    package var title: String
    /// Where this feed itself is found.
    package var address: String
    /// The page that it tells about.
    package var page: String?
    /// Who writes it, where an entry names nobody.
    package var author: String
    package var language: Language
    package var entries: [Entry]
    /// When anything changed last, where there is no entry.
    package var began: Instant

    /// A feed of these entries.
    package init(
        id: String, title: String, address: String, page: String? = nil, author: String, language: Language,
        began: Instant, entries: [Entry]
    ) {
        self.id = id
        self.title = title
        self.address = address
        self.page = page
        self.author = author
        self.language = language
        self.began = began
        self.entries = entries
    }

    /// The document, UTF-8.
    package var text: String {
        var lines = [
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"\(language.rawValue)\">",
            element("id", id), element("title", title),
            element("updated", (entries.map(\.at).max() ?? began).rfc3339),
            link("self", address, " type=\"application/atom+xml\""),
        ]
        if let page { lines.append(link("alternate", page, "")) }
        lines.append("<author>\(element("name", author))</author>")
        for entry in entries.sorted(by: { ($0.at, $1.id) > ($1.at, $0.id) }) {
            lines += ["<entry>", element("id", entry.id), element("title", entry.title)]
            lines.append(element("updated", entry.at.rfc3339))
            if let author = entry.author { lines.append("<author>\(element("name", author))</author>") }
            for category in entry.categories { lines.append("<category term=\"\(category.markupEscaped)\"/>") }
            if let page = entry.link { lines.append(link("alternate", page, "")) }
            lines.append("<summary type=\"text\">\(entry.summary.markupEscaped)</summary>")
            lines.append("</entry>")
        }
        return lines.joined(separator: "\n") + "\n</feed>\n"
    }

    private func element(_ name: String, _ text: String) -> String { "<\(name)>\(text.markupEscaped)</\(name)>" }

    private func link(_ relation: String, _ address: String, _ more: String) -> String {
        "<link rel=\"\(relation)\"\(more) href=\"\(address.markupEscaped)\"/>"
    }
}

extension String {
    /// With what has a meaning in XML escaped, and without the characters that XML may not hold.
    var markupEscaped: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t": result.append(scalar)
            default:
                let value = scalar.value
                if value >= 0x20, !(0x7f...0x9f).contains(value), value & 0xfffe != 0xfffe { result.append(scalar) }
            }
        }
        return String(result)
    }
}
