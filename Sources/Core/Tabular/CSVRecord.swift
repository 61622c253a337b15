/// Where a cell stands in the bytes of its file: no text is made until somebody asks for it.
package struct CSVCell: Hashable, Sendable {
    /// How the cell was written.
    package enum Form: UInt8, Sendable {
        case plain
        case quoted
        /// In quotes, with doubled quotes inside: the bytes need unfolding.
        case quotedWithQuotes
        /// Something stands between the closing quote and the separator, or the closing quote is missing. The range is
        /// then the whole cell with its quotes.
        case malformed
    }

    package var start: Int
    package var end: Int
    package var form: Form

    /// Takes every value.
    package init(start: Int, end: Int, form: Form) {
        self.start = start
        self.end = end
        self.form = form
    }
}

/// A record of a file, used again for each record so that reading allocates nothing.
package struct CSVRecord: Sendable {
    /// What is wrong with the record as a whole.
    package enum Fault: Hashable, Sendable {
        /// A quote was opened on this line and never closed: all that follows is one cell.
        case unterminatedQuote(line: Int, column: Int)
        /// Text follows a closing quote, in this column from 1.
        case textAfterQuote(column: Int)
    }

    /// Line of the file on which the record begins, from 1.
    package fileprivate(set) var line = 0
    package fileprivate(set) var cells: [CSVCell] = []
    /// Cells beyond the limit, which are counted and not kept.
    package fileprivate(set) var surplus = 0
    package fileprivate(set) var fault: Fault?
    /// The bytes of the record without its line break.
    package fileprivate(set) var range = 0..<0

    /// An empty record to read into.
    package init() {}

    /// Whether the record is an empty line.
    package var isBlank: Bool { cells.count == 1 && cells[0].form == .plain && cells[0].start == cells[0].end }
}

/// Reads records of RFC 4180 and what programs make of it: LF, CR LF or CR, any separator, quotes inside plain cells.
///
/// Cells are ranges of the bytes it was given; those are held, not copied.
package struct CSVReader: Sendable {
    package let bytes: [UInt8]
    package let separator: UInt8
    /// Cells of one record to keep at most.
    package let maxColumns: Int
    /// Where the next record begins.
    package private(set) var position: Int
    /// The line on which the next record begins, from 1.
    package private(set) var line: Int

    /// - Parameters:
    ///   - bytes: UTF-8, checked before.
    ///   - start: where the first record begins, after a byte order mark.
    ///   - line: the line of that record.
    package init(
        _ bytes: [UInt8], from start: Int = 0, line: Int = 1, separator: UInt8 = UInt8(ascii: ","),
        maxColumns: Int = TabularLimits.standard.maxColumns
    ) {
        self.bytes = bytes
        self.separator = separator
        self.maxColumns = maxColumns
        self.position = start
        self.line = line
    }

    /// Reads the next record into `record`, empty lines included.
    ///
    /// - Returns: false at the end of the file; the record is then as before.
    package mutating func next(_ record: inout CSVRecord) -> Bool {
        guard position < bytes.count else { return false }
        record.cells.removeAll(keepingCapacity: true)
        record.surplus = 0
        record.fault = nil
        record.line = line
        let start = position
        var scan = CSVScan(at: position, line: line, separator: separator, maxColumns: maxColumns)
        bytes.withUnsafeBufferPointer { scan.record(UnsafeRawBufferPointer($0), into: &record) }
        record.range = start..<scan.recordEnd
        position = scan.at
        line = scan.line
        return true
    }

    /// The content of a cell: without its quotes, doubled quotes made single.
    package func content(of cell: CSVCell) -> String {
        bytes.withUnsafeBufferPointer { CSVReader.content(of: cell, in: $0) }
    }

    /// The content of a cell as bytes, without a copy where the cell holds no doubled quotes.
    package func withContent<Result>(
        of cell: CSVCell, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { whole in
            guard cell.form == .quotedWithQuotes else {
                return try body(UnsafeBufferPointer(rebasing: whole[cell.start..<cell.end]))
            }
            return try CSVReader.unfolded(whole[cell.start..<cell.end]).withUnsafeBufferPointer(body)
        }
    }

    private static func content(of cell: CSVCell, in whole: UnsafeBufferPointer<UInt8>) -> String {
        let range = whole[cell.start..<cell.end]
        if cell.form == .quotedWithQuotes { return String(decoding: unfolded(range), as: UTF8.self) }
        return String(decoding: UnsafeBufferPointer(rebasing: range), as: UTF8.self)
    }

    private static func unfolded(_ range: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
        let inside = UnsafeBufferPointer(rebasing: range)
        var result: [UInt8] = []
        result.reserveCapacity(inside.count)
        var start = 0
        while start < inside.count {
            // Up to and with the first of two quotes; the second is passed over.
            let quote = SWAR.firstIndex(of: UInt8(ascii: "\""), in: inside, from: start)
            result.append(contentsOf: UnsafeBufferPointer(rebasing: inside[start..<min(quote + 1, inside.count)]))
            start = quote + 2
        }
        return result
    }
}

/// The inner loop: eight bytes a step over the bytes of a file.
private struct CSVScan {
    var at: Int
    var line: Int
    let separator: UInt8
    let maxColumns: Int
    /// End of the record just read, before its line break.
    var recordEnd = 0

    private static let quote = UInt8(ascii: "\"")
    private static let lf: UInt8 = 0x0A
    private static let cr: UInt8 = 0x0D

    init(at: Int, line: Int, separator: UInt8, maxColumns: Int) {
        self.at = at
        self.line = line
        self.separator = separator
        self.maxColumns = maxColumns
    }

    /// Reads cells up to and including the line break.
    mutating func record(_ bytes: UnsafeRawBufferPointer, into record: inout CSVRecord) {
        while true {
            let cell: CSVCell
            if at < bytes.count, bytes[at] == CSVScan.quote {
                cell = quoted(bytes, &record)
            } else {
                let start = at
                at = plainEnd(bytes, from: at)
                cell = CSVCell(start: start, end: at, form: .plain)
            }
            if record.cells.count < maxColumns { record.cells.append(cell) } else { record.surplus += 1 }
            recordEnd = at
            guard at < bytes.count else { return }
            let byte = bytes[at]
            at += 1
            if byte == separator { continue }
            if byte == CSVScan.cr, at < bytes.count, bytes[at] == CSVScan.lf { at += 1 }
            line += 1
            return
        }
    }

    /// The separator, line break or end that ends a plain cell.
    @inline(__always)
    private func plainEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var at = start
        while at + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let hits =
                SWAR.equal(separator, word) | SWAR.equal(CSVScan.lf, word) | SWAR.equal(CSVScan.cr, word)
            if hits != 0 { return at + hits.trailingZeroBitCount >> 3 }
            at += 8
        }
        while at < bytes.count {
            let byte = bytes[at]
            if byte == separator || byte == CSVScan.lf || byte == CSVScan.cr { return at }
            at += 1
        }
        return at
    }

    /// A cell that begins with a quote; leaves `at` behind it.
    private mutating func quoted(_ bytes: UnsafeRawBufferPointer, _ record: inout CSVRecord) -> CSVCell {
        let opening = at
        let openingLine = line
        var form = CSVCell.Form.quoted
        at += 1
        while true {
            at = quoteOrBreak(bytes, from: at)
            guard at < bytes.count else {
                record.fault = .unterminatedQuote(line: openingLine, column: record.cells.count + record.surplus + 1)
                return CSVCell(start: opening, end: at, form: .malformed)
            }
            let byte = bytes[at]
            at += 1
            if byte != CSVScan.quote {
                if byte == CSVScan.cr, at < bytes.count, bytes[at] == CSVScan.lf { at += 1 }
                line += 1
                continue
            }
            if at < bytes.count, bytes[at] == CSVScan.quote {
                form = .quotedWithQuotes
                at += 1
                continue
            }
            let end = plainEnd(bytes, from: at)
            if end == at { return CSVCell(start: opening + 1, end: at - 1, form: form) }
            record.fault = record.fault ?? .textAfterQuote(column: record.cells.count + record.surplus + 1)
            at = end
            return CSVCell(start: opening, end: end, form: .malformed)
        }
    }

    @inline(__always)
    private func quoteOrBreak(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var at = start
        while at + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let hits =
                SWAR.equal(CSVScan.quote, word) | SWAR.equal(CSVScan.lf, word) | SWAR.equal(CSVScan.cr, word)
            if hits != 0 { return at + hits.trailingZeroBitCount >> 3 }
            at += 8
        }
        while at < bytes.count {
            let byte = bytes[at]
            if byte == CSVScan.quote || byte == CSVScan.lf || byte == CSVScan.cr { return at }
            at += 1
        }
        return at
    }
}
