import WebCommon

/// Turns the text of a chat message into HTML, in the dialect of Slack or of Markdown as Mattermost reads it.
/// Everything is escaped first; only http and https addresses become links.
enum ChatMarkup {
    /// Longest text shown of one message part.
    static let longest = 20_000

    /// Text in Slack's own markup: `<url|label>`, `*bold*`, `_italic_`, backquotes.
    static func mrkdwn(_ text: String) -> String {
        var html = ""
        var rest = Substring(text.prefix(longest))
        while let open = rest.firstIndex(of: "<") {
            html += styled(String(rest[..<open]), bold: "*")
            let inside = rest[rest.index(after: open)...]
            guard let close = inside.firstIndex(of: ">") else {
                rest = rest[open...]
                return html + styled(String(rest), bold: "*")
            }
            html += reference(inside[..<close])
            rest = inside[inside.index(after: close)...]
        }
        return html + styled(String(rest), bold: "*")
    }

    /// Text in Markdown as Mattermost reads it: headings, quotes, bullets, `[label](url)`, `**bold**`, backquotes,
    /// backslashes.
    static func markdown(_ text: String) -> String {
        let lines = protected(String(text.prefix(longest))).split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { unprotected(markdownLine($0)) }.joined(separator: "<br>")
    }

    private static func markdownLine(_ line: Substring) -> String {
        let hashes = line.prefix { $0 == "#" }
        let rest = line.dropFirst(hashes.count)
        if !hashes.isEmpty, rest.first == " " { return "<b class=\"head\">\(inline(rest.dropFirst()))</b>" }
        if line.hasPrefix("> ") { return "<span class=\"quote\">\(inline(line.dropFirst(2)))</span>" }
        if line.hasPrefix("- ") { return "• " + inline(line.dropFirst(2)) }
        return inline(line)
    }

    private static func inline(_ text: Substring) -> String {
        var html = ""
        var rest = text
        while let open = rest.firstIndex(of: "[") {
            let inside = rest[rest.index(after: open)...]
            guard let middle = inside.firstRange(of: "]("), let close = inside[middle.upperBound...].firstIndex(of: ")")
            else { break }
            html += styled(String(rest[..<open]), bold: "**")
            html += link(String(inside[middle.upperBound..<close]), label: String(inside[..<middle.lowerBound]))
            rest = inside[inside.index(after: close)...]
        }
        return (html + styled(String(rest), bold: "**")).replacing("**<a", with: "<a").replacing("</a>**", with: "</a>")
    }

    /// A backslash takes the meaning from the mark after it: such marks wait in the private use area until the HTML is
    /// made.
    private static func protected(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var afterBackslash = false
        for scalar in text.unicodeScalars {
            if afterBackslash {
                let isMark = scalar.isASCII && scalar.properties.isPatternSyntax
                if !isMark { result.append("\\") }
                result.append(isMark ? Unicode.Scalar(0xE000 + scalar.value) ?? scalar : scalar)
                afterBackslash = false
            } else if scalar == "\\" {
                afterBackslash = true
            } else {
                result.append(scalar)
            }
        }
        if afterBackslash { result.append("\\") }
        return String(result)
    }

    private static func unprotected(_ html: String) -> String {
        var result = ""
        for scalar in html.unicodeScalars {
            if (0xE000..<0xE080).contains(scalar.value), let mark = Unicode.Scalar(scalar.value - 0xE000) {
                result += String(Character(mark)).htmlEscaped
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Plain text with its line breaks.
    static func plain(_ text: String) -> String {
        unescaped(String(text.prefix(longest))).htmlEscaped.replacing("\n", with: "<br>")
    }

    /// A link, if the address is one of the web; otherwise its label.
    static func link(_ address: String, label: String) -> String {
        let target = unescaped(address)
        guard isWeb(target) else { return plain(label) }
        return "<a rel=\"noreferrer noopener nofollow\" href=\"\(target.htmlEscaped)\">\(plain(label))</a>"
    }

    static func isWeb(_ address: String) -> Bool {
        let lower = address.lowercased()
        return (lower.hasPrefix("https://") || lower.hasPrefix("http://"))
            && address.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && !"\"'<>".unicodeScalars.contains($0)
            }
    }

    /// What stands between angle brackets in Slack's markup.
    private static func reference(_ inside: Substring) -> String {
        let parts = inside.split(separator: "|", maxSplits: 1)
        guard let target = parts.first else { return "&lt;&gt;" }
        let label = parts.count > 1 ? String(parts[1]) : String(target)
        switch target.first {
        case "!": return "<b class=\"ping\">@\(plain(String(target.dropFirst())))</b>"
        case "@", "#": return "<b class=\"ping\">\(plain(label))</b>"
        default: return isWeb(unescaped(String(target))) ? link(String(target), label: label) : plain("<\(inside)>")
        }
    }

    private static func styled(_ text: String, bold: String) -> String {
        let escaped = plain(text)
        return paired(paired(escaped, "`", "code"), bold, "strong")
    }

    /// Puts an element around every text between two of the marks that do not stand beside white space inside.
    private static func paired(_ html: String, _ mark: String, _ element: String) -> String {
        let parts = html.split(separator: mark, omittingEmptySubsequences: false)
        guard parts.count >= 3 else { return html }
        var result = String(parts[0])
        var index = 1
        while index < parts.count {
            let inner = parts[index]
            let isPair =
                index + 1 < parts.count && !inner.isEmpty && inner.first?.isWhitespace == false
                && inner.last?.isWhitespace == false && !inner.contains("<")
            if isPair {
                result += "<\(element)>\(inner)</\(element)>\(parts[index + 1])"
                index += 2
            } else {
                result += mark + inner
                index += 1
            }
        }
        return result
    }

    /// Slack and Mattermost senders escape these three; the page escapes for itself.
    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
