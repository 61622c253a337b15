/// Turns plain text into Markdown that shows exactly that text in Mattermost and calls nobody.
enum MattermostMarkdown {
    /// Bare addresses longer than this are escaped like other text instead of staying links.
    private static let longestAddress = 500

    /// The text in order, as escaped pieces that must not be divided: graphemes, or whole bare addresses.
    static func pieces(of text: Substring) -> [String] {
        let characters = Array(text)
        var pieces: [String] = []
        var index = 0
        var atLineStart = true
        while index < characters.count {
            if let end = address(in: characters, from: index) {
                pieces.append(String(characters[index..<end]))
                index = end
                atLineStart = false
                continue
            }
            let character = characters[index]
            if character == "\n" {
                pieces.append("\n")
                atLineStart = true
                index += 1
                continue
            }
            if atLineStart, let (marker, end) = listMarker(in: characters, from: index) {
                pieces.append(marker)
                index = end
                atLineStart = false
                continue
            }
            pieces.append(escaped(character))
            atLineStart = false
            index += 1
        }
        return pieces
    }

    /// The end of a bare address at `start`. Only characters without meaning in Markdown or in mentions belong to it.
    private static func address(in characters: [Character], from start: Int) -> Int? {
        guard characters[start] == "h" else { return nil }
        let schemes = ["https://", "http://"]
        guard let scheme = schemes.first(where: { characters[start...].starts(with: $0) }) else { return nil }
        var end = start + scheme.count
        while end < characters.count, end - start <= longestAddress, isAddressCharacter(characters[end]) { end += 1 }
        let bare = end > start + scheme.count && end - start <= longestAddress
        return bare ? end : nil
    }

    private static func isAddressCharacter(_ character: Character) -> Bool {
        guard let byte = character.asciiValue, character.unicodeScalars.count == 1 else { return false }
        return character.isLetter || character.isNumber || "-._/?#=%+,;:".utf8.contains(byte)
    }

    /// `12.`, `-`, `+`, `=` at the start of a line would begin a list or a heading.
    private static func listMarker(in characters: [Character], from start: Int) -> (String, Int)? {
        if characters[start] == "-" || characters[start] == "+" || characters[start] == "=" {
            return ("\\" + String(characters[start]), start + 1)
        }
        var end = start
        while end < characters.count, characters[end].isASCII, characters[end].isNumber, end - start < 10 { end += 1 }
        guard end > start, end < characters.count, characters[end] == "." || characters[end] == ")" else { return nil }
        return (String(characters[start..<end]) + "\\" + String(characters[end]), end + 1)
    }

    /// Scalar by scalar: a mark with a combining mark is another grapheme, but still the mark to a parser.
    private static func escaped(_ character: Character) -> String {
        var result = ""
        for scalar in character.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "@": result += "@\u{200b}"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "!", "|", "~", "$":
                result += "\\"
                result.unicodeScalars.append(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
