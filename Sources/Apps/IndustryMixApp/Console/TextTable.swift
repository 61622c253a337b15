/// Rows in columns for a terminal; East Asian characters count as two cells.
struct TextTable {
    private let header: [String]
    private var rows: [[String]] = []
    /// The widest that a column gets; longer texts are cut with an ellipsis.
    private let limit: Int

    init(_ header: [String], limit: Int = 44) {
        self.header = header
        self.limit = limit
    }

    package mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    var isEmpty: Bool { rows.isEmpty }

    /// The table as lines, columns two spaces apart.
    var text: String {
        let all = ([header] + rows).map { $0.map { Self.cut(Self.oneLine($0), to: limit) } }
        let widths = header.indices.map { column in all.map { Self.width($0[column]) }.max() ?? 0 }
        return all.map { cells in
            zip(cells, widths).map { cell, width in
                cell + String(repeating: " ", count: max(0, width - Self.width(cell)))
            }.joined(separator: "  ").trimmedEnd
        }.joined(separator: "\n")
    }

    /// How many cells of a terminal the text takes.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + cells($1) }
    }

    private static func cells(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        default: 1
        }
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }

    /// Control characters of somebody's text must not reach the terminal.
    static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { $0.value >= 32 && !(127...159).contains($0.value) || $0 == "\n" }))
    }

    private static func cut(_ text: String, to limit: Int) -> String {
        let text = harmless(text)
        guard width(text) > limit else { return text }
        var kept = ""
        var used = 0
        for character in text {
            let next = width(String(character))
            if used + next > limit - 1 { break }
            kept.append(character)
            used += next
        }
        return kept + "…"
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
