/// Makes any text harmless and readable before a platform's escaping: no controls, no reordering, no endless clusters.
package enum InertText {
    /// Lines and paragraphs are cut here first (in scalars), so that hostile input costs little; no platform shows
    /// more.
    package static let longestLine = 2500
    /// The same for paragraphs.
    package static let longestParagraphs = 8000
    /// The most scalars of one grapheme; the longest emoji sequences in use have ten, flags of regions seven.
    package static let longestGrapheme = 16

    /// One line: breaks and tabs become spaces, runs of spaces one, none at the ends.
    package static func line(_ text: String) -> String {
        collapsed(clean(text, upTo: longestLine))
    }

    private static func collapsed(_ text: some StringProtocol) -> String {
        var result = ""
        var pendingSpace = false
        for character in text {
            if character == "\n" || character == " " {
                pendingSpace = !result.isEmpty
            } else {
                if pendingSpace { result.append(" ") }
                pendingSpace = false
                result.append(character)
            }
        }
        return result
    }

    /// Paragraphs: breaks become LF, at most one empty line in a row, spaces collapsed, none at the ends of lines.
    package static func paragraphs(_ text: String) -> String {
        var lines: [String] = []
        for part in clean(text, upTo: longestParagraphs).split(separator: "\n", omittingEmptySubsequences: false) {
            let line = collapsed(part)
            if line.isEmpty, lines.last?.isEmpty ?? true { continue }
            lines.append(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static func clean(_ text: String, upTo longest: Int) -> String {
        var result = String.UnicodeScalarView()
        var taken = 0
        for character in text {
            let isRegionFlag = character.unicodeScalars.first?.value == 0x1f3f4
            var length = 0
            for scalar in character.unicodeScalars {
                switch kept(scalar, inRegionFlag: isRegionFlag) {
                case .drop: continue
                case .space: result.append(" ")
                case .lineBreak: if length == 0 { result.append("\n") }
                case .keep: result.append(scalar)
                }
                length += 1
                if length == longestGrapheme { break }
            }
            taken += max(length, 1)
            if taken >= longest { break }
        }
        return String(result)
    }

    private enum Fate {
        case keep, drop, space, lineBreak
    }

    private static func kept(_ scalar: Unicode.Scalar, inRegionFlag: Bool) -> Fate {
        switch scalar.value {
        case 0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029: return .lineBreak
        case 0x09: return .space
        case 0x00...0x1f, 0x7f...0x9f: return .drop
        case 0x00ad, 0x034f, 0x061c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x3164, 0xffa0: return .drop
        case 0x200b, 0x200e, 0x200f, 0x202a...0x202e, 0x2060...0x206f, 0xfeff, 0xfff9...0xfffc: return .drop
        case 0xe0020...0xe007f: return inRegionFlag ? .keep : .drop
        case 0xe0000...0xe0fff: return .drop
        default: break
        }
        switch scalar.properties.generalCategory {
        case .privateUse, .unassigned, .surrogate: return .drop
        case .spaceSeparator: return scalar.value == 0x3000 ? .keep : .space
        default: return .keep
        }
    }
}
