/// How a file separates its cells, and where its first record begins.
package struct CSVDialect: Hashable, Sendable {
    /// How the separator was found.
    package enum Source: Hashable, Sendable {
        /// The caller said so.
        case told
        /// Excel's first line `sep=;`.
        case sepLine
        /// The separator with which the lines have the same number of cells.
        case counted
        /// No candidate occurs in the first line: one column.
        case singleColumn
    }

    package let separator: UInt8
    package let source: Source
    /// Offset and line of the header.
    package let start: Int
    package let line: Int

    /// Takes every value.
    package init(separator: UInt8, source: Source, start: Int, line: Int) {
        self.separator = separator
        self.source = source
        self.start = start
        self.line = line
    }

    /// Records looked at.
    static let sampleRecords = 30
    private static let candidates: [UInt8] = [UInt8(ascii: ","), 0x09, UInt8(ascii: ";")]

    /// Finds the separator (comma, tab or semicolon) of UTF-8 text.
    package static func detect(_ text: DecodedText, separator: UInt8? = nil) -> CSVDialect {
        let marked = sepLine(text)
        let start = marked?.next ?? text.start
        let line = marked == nil ? 1 : 2
        if let separator { return CSVDialect(separator: separator, source: .told, start: start, line: line) }
        if let marked { return CSVDialect(separator: marked.separator, source: .sepLine, start: start, line: line) }
        var best = (separator: UInt8(ascii: ","), score: 0.0)
        for candidate in candidates {
            let score = consistency(text, start, candidate)
            if score > best.score { best = (candidate, score) }
        }
        return CSVDialect(
            separator: best.separator, source: best.score > 0 ? .counted : .singleColumn, start: start, line: line)
    }

    private static func sepLine(_ text: DecodedText) -> (separator: UInt8, next: Int)? {
        var rest = text.bytes[text.start...].prefix(12)
        let isQuoted = rest.first == UInt8(ascii: "\"")
        if isQuoted { rest = rest.dropFirst() }
        let key = rest.prefix(4).map { $0 | 0x20 }
        guard key.elementsEqual("sep=".utf8.map { $0 | 0x20 }), let separator = rest.dropFirst(4).first,
            separator < 0x80, separator != 0x0A, separator != 0x0D, separator != UInt8(ascii: "\"")
        else { return nil }
        rest = rest.dropFirst(5)
        if isQuoted, rest.first == UInt8(ascii: "\"") { rest = rest.dropFirst() }
        switch rest.first {
        case nil: return (separator, text.bytes.count)
        case 0x0A: return (separator, rest.startIndex + 1)
        case 0x0D:
            return (separator, rest.startIndex + (rest.dropFirst().first == 0x0A ? 2 : 1))
        default: return nil
        }
    }

    /// Zero if the header has one cell; else the share of records as wide as the header, and a little for more columns.
    private static func consistency(_ text: DecodedText, _ start: Int, _ separator: UInt8) -> Double {
        var reader = CSVReader(text.bytes, from: start, separator: separator)
        var record = CSVRecord()
        var width = 0
        var alike = 0
        var all = 0
        while all < sampleRecords, reader.next(&record) {
            if record.isBlank { continue }
            if width == 0 { width = record.cells.count }
            guard width > 1 else { return 0 }
            all += 1
            if record.cells.count == width { alike += 1 }
        }
        guard all > 0 else { return 0 }
        return Double(alike) / Double(all) + Double(min(width, 50)) / 1000
    }
}
