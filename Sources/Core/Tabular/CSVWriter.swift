/// Writes CSV that Excel opens without asking: UTF-8 with a byte order mark, CR LF, quotes where needed, and an
/// apostrophe before anything Excel would compute. `TextCell` takes the apostrophe away again.
package struct CSVWriter {
    /// What happens to a cell that begins like a formula.
    package enum Guard: Sendable {
        /// Text of the exchange: protect it so that reading gives the same text.
        case protect
        /// Cells as they stood in somebody's file: protect what Excel would compute, leave `="001"` and what is
        /// protected already, so that reading gives the same as reading the file did.
        case protectRaw
    }

    package let encoding: TextEncoding
    package let separator: UInt8
    private var bytes: [UInt8] = []
    private var isStarted = false
    /// Lines written before the bytes that wait.
    private var lines = 0

    /// Starts an empty file.
    package init(encoding: TextEncoding = .utf8BOM, separator: UInt8 = UInt8(ascii: ",")) {
        self.encoding = encoding
        self.separator = separator
    }

    /// Writes one row.
    package mutating func write(_ cells: [String], guard mode: Guard = .protect) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(separator) }
            append(mode == .protect ? TextCell.guarded(cell) : CSVWriter.guardedRaw(cell), isAlone: cells.count == 1)
        }
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    /// The bytes since the last call, for an answer that is sent in pieces.
    ///
    /// - Throws: `UnencodableCharacter` if the encoding lacks a character; UTF-8 lacks none.
    package mutating func drain() throws(UnencodableCharacter) -> [UInt8] {
        let waiting = bytes
        bytes.removeAll(keepingCapacity: true)
        let withMark = !isStarted
        isStarted = true
        do {
            let result = try encoding.encode(waiting, withMark: withMark)
            lines += waiting.count { $0 == 0x0A }
            return result
        } catch {
            throw UnencodableCharacter(
                encoding: encoding, character: error.character, line: lines + error.line)
        }
    }

    private mutating func append(_ cell: String, isAlone: Bool) {
        let needsQuotes =
            cell.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == separator || $0 == 0x0A || $0 == 0x0D }
            || (isAlone && cell.isEmpty) || cell.utf8.first == 0x20 || cell.utf8.last == 0x20
        guard needsQuotes else {
            bytes.append(contentsOf: cell.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in cell.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func guardedRaw(_ cell: String) -> String {
        // What reading would take for protected text or a constant stays; only what is still exposed is protected.
        let trimmed = cell.trimmed
        guard let first = trimmed.unicodeScalars.first, TextCell.formulaSigns.contains(first),
            !TextCell.isPlainNegative(trimmed), TextCell.text(cell) == TextCell.text("'" + trimmed)
        else {
            // A tab or line break in front is no part of the value.
            return cell.unicodeScalars.first.map { ["\t", "\r", "\n"].contains($0) } ?? false ? trimmed : cell
        }
        return "'" + trimmed
    }
}

/// The file of rejected rows: each row as it was, with its line and what to mend in front, to be mended and read again.
///
/// The two columns stand in front so that they are seen at once and rows with too many cells keep their order; a reader
/// passes them over.
package enum RejectedRows {
    static let lineHeader = Words(ja: "元の行", en: "line", ko: "원래 행", zh: "原行号")
    static let mendHeader = Words(ja: "直すところ", en: "what to mend", ko: "고칠 곳", zh: "需修改之处")

    /// Headers that a reader passes over without a notice.
    static let reservedKeys = Set(
        [lineHeader, mendHeader].flatMap { words in
            WordsLanguage.allCases.map { Folding.key(words.text(in: $0)) }
        })

    /// - Parameter header: the header of the original file.
    /// - Throws: `UnencodableCharacter`; UTF-8 lacks no character.
    package static func file(
        header: [String], rows: [RejectedRow], language: WordsLanguage, encoding: TextEncoding = .utf8BOM
    ) throws(UnencodableCharacter) -> [UInt8] {
        var writer = CSVWriter(encoding: encoding)
        // A file that was rejected before has the two columns already: they are replaced.
        let kept = header.indices.filter { !reservedKeys.contains(HeaderMap.key(header[$0])) }
        writer.write(
            [lineHeader.text(in: language), mendHeader.text(in: language)] + kept.map { header[$0] },
            guard: .protectRaw)
        for row in rows {
            let what = row.problems.map { $0.words(in: language) }.joined(separator: "\n")
            let own = row.cells.indices.filter { !header.indices.contains($0) || kept.contains($0) }
            writer.write([String(row.line), what] + own.map { row.cells[$0] }, guard: .protectRaw)
        }
        return try writer.drain()
    }
}

extension TableReading {
    /// The file of rejected rows, nil if there are none.
    ///
    /// - Throws: `UnencodableCharacter`; UTF-8 lacks no character.
    package func rejectedFile(
        in language: WordsLanguage, encoding: TextEncoding = .utf8BOM
    ) throws(UnencodableCharacter) -> [UInt8]? {
        guard !rejected.isEmpty else { return nil }
        return try RejectedRows.file(header: table.header, rows: rejected, language: language, encoding: encoding)
    }
}
