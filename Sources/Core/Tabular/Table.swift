/// Why a file as a whole cannot be read.
package enum TabularFault: Error, Hashable, Sendable {
    case empty
    case tooManyBytes(limit: Int, found: Int)
    case tooManyColumns(limit: Int, found: Int)
    /// Not text but a workbook or another kind of file.
    case notText(kind: String)
    case undecodable(UndecodableBytes, EncodingFinding)
    /// The header lacks or doubles columns; with the notices, which often say why.
    case header([HeaderProblem], [HeaderNotice], EncodingFinding)
    /// The header itself has an open quote, from this line.
    case brokenHeader(line: Int)
}

/// Entry to reading.
package enum Tabular {
    /// Finds encoding and separator, checks the bytes and the header; rows are read by `Table.read`.
    ///
    /// Memory: UTF-8 is kept as given, other encodings are converted once.
    /// - Parameters:
    ///   - encoding: nil to find it by itself.
    ///   - separator: nil to find it by itself.
    /// - Throws: `TabularFault`.
    package static func read(
        _ bytes: consuming [UInt8], encoding: TextEncoding? = nil, separator: UInt8? = nil, columns: [Column],
        limits: TabularLimits = .standard
    ) throws(TabularFault) -> Table {
        guard bytes.count <= limits.maxBytes else {
            throw .tooManyBytes(limit: limits.maxBytes, found: bytes.count)
        }
        if let kind = foreignKind(bytes) { throw .notText(kind: kind) }
        let (finding, audit) =
            encoding.map { (EncodingFinding(encoding: $0, confidence: .certain, evidence: .told), nil) }
            ?? EncodingDetector.detectWithAudit(bytes)
        let text: DecodedText
        do {
            text = try DecodedText(bytes, as: finding.encoding, audit: audit)
        } catch {
            throw .undecodable(error, finding)
        }
        return try Table(text, finding, CSVDialect.detect(text, separator: separator), columns, limits)
    }

    /// What people drop here instead of a CSV file.
    private static func foreignKind(_ bytes: [UInt8]) -> String? {
        let kinds: [(mark: [UInt8], name: String)] = [
            ([0x50, 0x4B, 0x03, 0x04], "Excel (.xlsx) / ZIP"), ([0xD0, 0xCF, 0x11, 0xE0], "Excel (.xls)"),
            ([0x25, 0x50, 0x44, 0x46], "PDF"), ([0x89, 0x50, 0x4E, 0x47], "PNG"), ([0xFF, 0xD8, 0xFF], "JPEG"),
            ([0x47, 0x49, 0x46, 0x38], "GIF"), ([0x49, 0x49, 0x2A, 0x00], "TIFF"),
        ]
        return kinds.first { bytes.starts(with: $0.mark) }?.name
    }
}

/// A file whose header is understood. Rows are read each time they are asked for, and only their ranges are kept.
package struct Table: Sendable {
    package let finding: EncodingFinding
    package let dialect: CSVDialect
    package let headerMap: HeaderMap
    package let limits: TabularLimits
    private let text: DecodedText
    /// Behind the header.
    private let firstRow: CSVReader

    /// The headers as they stand in the file.
    package var header: [String] { headerMap.header }
    /// What is worth saying about the header.
    package var notices: [HeaderNotice] { headerMap.notices }
    /// Size of the text in bytes, to show progress against `RowReader.position`.
    package var byteCount: Int { text.bytes.count }

    init(
        _ text: DecodedText, _ finding: EncodingFinding, _ dialect: CSVDialect, _ columns: [Column],
        _ limits: TabularLimits
    ) throws(TabularFault) {
        self.text = text
        self.finding = finding
        self.dialect = dialect
        self.limits = limits
        var reader = CSVReader(
            text.bytes, from: dialect.start, line: dialect.line, separator: dialect.separator,
            maxColumns: limits.maxColumns)
        var record = CSVRecord()
        var titles: [String] = []
        repeat {
            guard reader.next(&record) else { throw .empty }
            titles = record.cells.map { cell in reader.withContent(of: cell) { TextCell.text($0) } }
        } while titles.allSatisfy(\.isEmpty)
        guard record.surplus == 0 else {
            throw .tooManyColumns(limit: limits.maxColumns, found: record.cells.count + record.surplus)
        }
        if case .unterminatedQuote(let line, _) = record.fault { throw .brokenHeader(line: line) }
        headerMap = HeaderMap(columns: columns, header: titles)
        firstRow = reader
        if !headerMap.problems.isEmpty { throw .header(headerMap.problems, headerMap.notices, finding) }
    }

    /// Reads all rows with one closure, which takes what it needs and answers a value, or nil if it cannot.
    ///
    /// A row with any problem goes to `rejected`, whatever the closure answered. Ask for all cells first and unwrap
    /// them afterwards, so that a row reports all its problems at once.
    package func read<Value>(_ make: (inout RowReader) throws -> Value?) rethrows -> TableReading<Value> {
        var reading = TableReading<Value>(table: self)
        try scan { try reading.take(&$0, make) }
        return reading
    }

    /// Reads the rows of one stretch in the same way. Stretches may be read side by side.
    package func read<Value>(
        _ stretch: TableStretch, _ make: (inout RowReader) throws -> Value?
    ) rethrows -> TableReading<Value> {
        var reading = TableReading<Value>(table: self)
        var row = RowReader(
            stretch.start, headerMap, limits, needsScrutiny: text.needsScrutiny, rows: stretch.rowsBefore)
        for _ in 0..<stretch.rows where row.advance() { try reading.take(&row, make) }
        return reading
    }

    /// Calls `body` for each row that is not blank, for files too large to hold their values: check everything in a
    /// first scan, write in a second.
    package func scan(_ body: (inout RowReader) throws -> Void) rethrows {
        _ = try stretches(of: .max, body)
    }

    /// The same, and cuts the table into stretches of so many rows.
    package func stretches(
        of size: Int, _ body: (inout RowReader) throws -> Void
    ) rethrows -> [TableStretch] {
        var row = RowReader(firstRow, headerMap, limits, needsScrutiny: text.needsScrutiny)
        var stretches: [TableStretch] = []
        var (start, rowsBefore) = (firstRow, 0)
        while row.advance() {
            try body(&row)
            guard row.rows - rowsBefore == size else { continue }
            stretches.append(TableStretch(start: start, rowsBefore: rowsBefore, rows: size))
            (start, rowsBefore) = (row.rest, row.rows)
        }
        if row.rows > rowsBefore {
            stretches.append(TableStretch(start: start, rowsBefore: rowsBefore, rows: row.rows - rowsBefore))
        }
        return stretches
    }

    /// The first rows as they were understood, for a preview: line and cells.
    package func preview(rows limit: Int) -> [PreviewRow] {
        var row = RowReader(firstRow, headerMap, limits, needsScrutiny: text.needsScrutiny)
        var result: [PreviewRow] = []
        while result.count < limit, row.advance() { result.append(PreviewRow(line: row.line, cells: row.cells)) }
        return result
    }
}

/// Some of a table's rows that stand together.
package struct TableStretch: Sendable {
    let start: CSVReader
    let rowsBefore: Int
    let rows: Int
}

/// A row for a preview.
package struct PreviewRow: Hashable, Sendable {
    package let line: Int
    package let cells: [String]

    /// Takes every value.
    package init(line: Int, cells: [String]) {
        self.line = line
        self.cells = cells
    }
}

/// A row that was taken.
package struct AcceptedRow<Value> {
    package let line: Int
    package let value: Value
}

extension AcceptedRow: Sendable where Value: Sendable {}

/// A row that was not taken, as it stands in the file, and all that is wrong with it.
package struct RejectedRow: Hashable, Sendable {
    package let line: Int
    package let cells: [String]
    package let problems: [CellProblem]

    /// Takes every value.
    package init(line: Int, cells: [String], problems: [CellProblem]) {
        self.line = line
        self.cells = cells
        self.problems = problems
    }
}

/// All rows of a file: what was taken and what was not.
package struct TableReading<Value> {
    package let table: Table
    package internal(set) var accepted: [AcceptedRow<Value>] = []
    package internal(set) var rejected: [RejectedRow] = []
    /// Lines of rows without problems for which the closure answered nil.
    package internal(set) var passedOver: [Int] = []

    /// Joins what was read of the table's stretches, in their order.
    package init(of table: Table, _ parts: [TableReading]) {
        self.table = table
        accepted = parts.flatMap(\.accepted)
        rejected = parts.flatMap(\.rejected)
        passedOver = parts.flatMap(\.passedOver)
    }

    init(table: Table) { self.table = table }

    /// Puts the row where it belongs.
    mutating func take(_ row: inout RowReader, _ make: (inout RowReader) throws -> Value?) rethrows {
        let value = try make(&row)
        if !row.problems.isEmpty {
            rejected.append(row.rejected)
        } else if let value {
            accepted.append(AcceptedRow(line: row.line, value: value))
        } else {
            passedOver.append(row.line)
        }
    }

    /// All problems of all rows, in the order of the file.
    package var problems: [CellProblem] { rejected.flatMap(\.problems) }
}

extension TableReading: Sendable where Value: Sendable {}
