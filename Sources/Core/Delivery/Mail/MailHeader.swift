/// Header lines that no text can break out of.
enum MailHeader {
    /// RFC 5322, 2.1.1: lines should have at most 78 characters; RFC 2047, 2: with encoded words at most 76.
    private static let longestLine = 76
    private static let open = "=?UTF-8?B?"
    private static let close = "?="

    /// A line of free text: as it stands if that is harmless and short, else as encoded words (RFC 2047).
    static func line(_ name: String, text: String) -> String {
        let start = name + ": "
        let plain = InertText.line(text)
        if isPlain(plain), start.utf8.count + plain.utf8.count <= longestLine { return start + plain }
        return start + encoded(plain, column: start.utf8.count)
    }

    /// A line with an address and the name before it.
    static func line(_ name: String, box: MailBox) -> String {
        let start = name + ": "
        let shown = InertText.line(box.name ?? "")
        guard !shown.isEmpty else { return start + box.address }
        let words = encoded(shown, column: start.utf8.count)
        return "\(start)\(words)\r\n <\(box.address)>"
    }

    /// `Sun, 22 Nov 2026 03:14:45 +0000`.
    static func date(_ milliseconds: Int64) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let moment = min(max(milliseconds, 0), 253_402_300_799_999)
        let text = Timestamp.text(milliseconds: moment)
        let parts = text.split { "-T:.".contains($0) }
        guard parts.count >= 6, let month = Int(parts[1]), months.indices.contains(month - 1) else { return text }
        // 1970-01-01 was a Thursday.
        let day = days[Int(moment / 86_400_000 % 7)]
        return "\(day), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !text.contains("=?")
    }

    /// Words of at most 75 characters that each hold whole characters, folded onto lines of their own.
    private static func encoded(_ text: String, column: Int) -> String {
        var lines: [String] = []
        var piece: [UInt8] = []
        var room = bytes(in: longestLine - column)
        func close() {
            lines.append(open + Base64.text(of: piece) + Self.close)
            piece = []
            room = bytes(in: longestLine - 1)
        }
        for scalar in text.unicodeScalars {
            let next = Array(String(scalar).utf8)
            if piece.count + next.count > room, !piece.isEmpty { close() }
            piece += next
        }
        close()
        return lines.joined(separator: "\r\n ")
    }

    /// How many bytes of text an encoded word of so many characters can hold.
    private static func bytes(in characters: Int) -> Int {
        max(4, (min(characters, 75) - open.utf8.count - close.utf8.count) / 4 * 3)
    }
}
