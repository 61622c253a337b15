/// How eight-bit text is written with seven-bit lines (RFC 2045).
enum TransferEncoding: String {
    case quotedPrintable = "quoted-printable"
    case base64

    private static let longestLine = 76

    /// The one that is shorter for a text: Latin letters stay readable, Japanese, Korean and Chinese do not triple.
    static func best(for text: String) -> TransferEncoding {
        let plain = text.utf8.count { $0 < 0x80 }
        return (text.utf8.count - plain) * 6 > text.utf8.count ? .base64 : .quotedPrintable
    }

    /// Lines ending in CR LF.
    func bytes(of text: String) -> [UInt8] {
        switch self {
        case .base64: Self.base64(text)
        case .quotedPrintable: Self.quotedPrintable(text)
        }
    }

    private static func base64(_ text: String) -> [UInt8] {
        // The text itself has lines ending in CR LF: that is the canonical form of text in MIME (RFC 2045, 6.8).
        var canonical: [UInt8] = []
        for byte in text.utf8 {
            if byte == 0x0a { canonical.append(0x0d) }
            canonical.append(byte)
        }
        let letters = Array(Base64.text(of: canonical).utf8)
        var output: [UInt8] = []
        for start in stride(from: 0, to: letters.count, by: longestLine) {
            output += letters[start..<min(start + longestLine, letters.count)]
            output += [0x0d, 0x0a]
        }
        return output
    }

    private static func quotedPrintable(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        for line in text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false) {
            var length = 0
            let bytes = Array(line)
            for (index, byte) in bytes.enumerated() {
                let isLast = index == bytes.count - 1
                let isSpace = byte == 0x20 || byte == 0x09
                let isPlain = (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "=") || isSpace && !isLast
                let piece = isPlain ? [byte] : escaped(byte)
                // One place is kept for the soft break.
                if length + piece.count > longestLine - 1 {
                    output += "=\r\n".utf8
                    length = 0
                }
                output += piece
                length += piece.count
            }
            output += [0x0d, 0x0a]
        }
        return output
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
