/// A number as a chart writes it: fixed digits after the point, no exponent; a dash for what is no number.
package func chartNumber(_ value: Double, digits: Int = 2) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "–" }
    var scale = 1.0
    for _ in 0..<max(0, digits) { scale *= 10 }
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "−" : ""
    guard digits > 0 else { return sign + "\(whole)" }
    let text = "\(whole)"
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
}

extension String {
    /// The text for use inside an SVG element or a quoted attribute: nothing in it can start markup or turn the
    /// direction of what follows.
    package var svgEscaped: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}",
                "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}", "\u{200F}", "\u{61C}":
                escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// About how wide the text is at a size in pixels: full-width characters take one em, others a little more than
    /// half.
    func width(at size: Double) -> Double {
        unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 1 : 0.56) } * size
    }

    /// The text cut to a width, with an ellipsis where something is missing.
    func clipped(to room: Double, at size: Double) -> String {
        if width(at: size) <= room { return self }
        var kept = ""
        for character in self {
            if (kept + String(character) + "…").width(at: size) > room { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
