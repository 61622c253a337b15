extension String {
    /// The text for use inside an HTML element or a quoted attribute: nothing in it can start markup.
    package var htmlEscaped: String {
        var escaped = ""
        escaped.reserveCapacity(utf8.count + utf8.count / 8)
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}"..."\u{9F}": escaped += "\u{FFFD}"
            // Characters that turn the direction of what follows could make a page say something else than it does.
            case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}", "\u{200F}", "\u{61C}":
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// A word used once, by which a page names its own style sheet to the browser.
package struct PageNonce: Sendable {
    package let value: String

    package init() {
        value =
            String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// The content security policy for a page that loads nothing but its own inline style.
    package var policy: String {
        "default-src 'none'; style-src 'nonce-\(value)'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    }
}
