/// One row at a time: typed cells by column key, collecting every problem.
///
/// Each reader answers nil for a blank cell, for a column the file does not have, and for a cell with a problem; the
/// problem is recorded, and so is a blank cell of a required column.
package struct RowReader {
    /// All problems of this row so far.
    package private(set) var problems: [CellProblem] = []
    private var reader: CSVReader
    private var record = CSVRecord()
    private let map: HeaderMap
    private let limits: TabularLimits
    private let needsScrutiny: Bool
    private(set) var rows: Int
    /// Mail addresses understood before, by their cells: a file names the same people in row after row.
    private var mails: [String: String] = [:]

    /// - Parameter rows: rows that were read before this reader begins.
    init(_ reader: CSVReader, _ map: HeaderMap, _ limits: TabularLimits, needsScrutiny: Bool, rows: Int = 0) {
        self.reader = reader
        self.map = map
        self.limits = limits
        self.needsScrutiny = needsScrutiny
        self.rows = rows
    }

    /// Where the next row begins, to go on from there.
    var rest: CSVReader { reader }

    /// Line of the file on which the row begins, from 1.
    package var line: Int { record.line }
    /// Bytes read so far, to show progress against `Table.byteCount`.
    package var position: Int { reader.position }
    /// The row as it stands in the file, without quotes.
    package var cells: [String] { record.cells.map { reader.content(of: $0) } }
    /// The row with its problems, for the file of rejected rows.
    package var rejected: RejectedRow { RejectedRow(line: line, cells: cells, problems: problems) }

    /// Goes to the next row that is not blank.
    mutating func advance() -> Bool {
        if !problems.isEmpty { problems.removeAll(keepingCapacity: true) }
        repeat {
            guard reader.next(&record) else { return false }
        } while isBlank(from: 0)
        rows += 1
        checkStructure()
        return true
    }

    /// The cell without what Excel wrapped around it.
    package mutating func text(_ key: ColumnKey) -> String? {
        let column = map.index(of: key)
        guard let place = map.place(of: column), place < record.cells.count else { return nil }
        let text = reader.withContent(of: record.cells[place]) { TextCell.text($0) }
        if text.isEmpty {
            if map.columns[column].presence == .required { note(.text(.blank), at: place) }
            return nil
        }
        if needsScrutiny, let (scalar, concern) = TextScrutiny.firstConcern(in: text) {
            note(.text(.concern(concern, scalar)), at: place)
            return nil
        }
        if text.utf8.count > limits.maxCellCharacters {
            let length = text.unicodeScalars.count
            if length > limits.maxCellCharacters {
                note(.text(.tooLong(limit: limits.maxCellCharacters, length: length)), at: place)
                return nil
            }
        }
        if TextCell.isExcelError(text) {
            note(.text(.excelError), at: place)
            return nil
        }
        return text
    }

    /// The cell through a parser of one's own, which throws what is wrong.
    package mutating func value<Value>(
        _ key: ColumnKey, _ parse: (String) throws(CellReason) -> Value
    ) -> Value? {
        guard let text = text(key) else { return nil }
        do {
            return try parse(text)
        } catch {
            refuse(key, error)
            return nil
        }
    }

    /// Records a problem that the caller found.
    package mutating func refuse(_ key: ColumnKey, _ reason: CellReason) {
        guard let place = map.place(of: map.index(of: key)) else {
            let label = map.columns[map.index(of: key)].label(in: .en)
            problems.append(CellProblem(line: line, column: 0, header: label, value: "", reason: reason))
            return
        }
        note(reason, at: place)
    }

    private mutating func note(_ reason: CellReason, at place: Int) {
        let value = place < record.cells.count ? reader.content(of: record.cells[place]) : ""
        problems.append(
            CellProblem(
                line: line, column: place + 1, header: place < map.header.count ? map.header[place] : "",
                value: value, reason: reason))
    }

    private mutating func checkStructure() {
        switch record.fault {
        case .unterminatedQuote(let line, let column):
            note(.structure(.unterminatedQuote(openedOnLine: line)), at: column - 1)
        case .textAfterQuote(let column): note(.structure(.textAfterQuote), at: column - 1)
        case nil:
            let expected = map.header.count
            let found = record.cells.count + record.surplus
            if found < expected {
                noteRow(.structure(.tooFewCells(expected: expected, found: found)))
            } else if found > expected, record.surplus > 0 || !isBlank(from: expected) {
                noteRow(.structure(.tooManyCells(expected: expected, found: found)))
            }
        }
        if rows > limits.maxRows { noteRow(.structure(.tooManyRows(limit: limits.maxRows))) }
    }

    private mutating func noteRow(_ reason: CellReason) {
        problems.append(CellProblem(line: line, column: 0, header: "", value: "", reason: reason))
    }

    /// Whether all cells from a place on are blank: empty lines, and rows of separators that Excel leaves behind.
    private func isBlank(from place: Int) -> Bool {
        guard record.fault == nil, record.surplus == 0 else { return false }
        for cell in record.cells[place...] where cell.start != cell.end {
            if !reader.withContent(of: cell, { TextCell.trim($0).isEmpty }) { return false }
        }
        return true
    }
}

extension RowReader {
    /// An integer, see `NumberCell.integer`.
    package mutating func integer(_ key: ColumnKey, in range: ClosedRange<Int> = Int.min...Int.max) -> Int? {
        value(key) { (text) throws(CellReason) in try NumberCell.integer(text, in: range) }
    }

    /// A decimal number, see `NumberCell.decimal`.
    package mutating func decimal(_ key: ColumnKey) -> Double? { value(key, NumberCell.decimal) }

    /// Yes or no in four languages.
    package mutating func boolean(_ key: ColumnKey) -> Bool? { value(key, BooleanCell.boolean) }

    /// A day, see `DateCell.date`.
    package mutating func date(_ key: ColumnKey) -> CivilDate? { value(key, DateCell.date) }

    /// A day with a time, see `DateCell.moment`.
    package mutating func moment(_ key: ColumnKey) -> CivilMoment? { value(key, DateCell.moment) }

    /// An identifier, see `ContactCell.code`.
    package mutating func code(_ key: ColumnKey) -> String? { value(key, ContactCell.code) }

    /// A mail address, see `ContactCell.mail`.
    package mutating func mail(_ key: ColumnKey) -> String? {
        guard let text = text(key) else { return nil }
        if let known = mails[text] { return known }
        do {
            let mail = try ContactCell.mail(text)
            if mails.count < limits.maxRememberedMails { mails[text] = mail }
            return mail
        } catch {
            refuse(key, error)
            return nil
        }
    }

    /// A phone number, see `ContactCell.phone`.
    package mutating func phone(_ key: ColumnKey) -> String? { value(key, ContactCell.phone) }

    /// Several entries in one cell, see `ContactCell.list`; none for a blank cell.
    package mutating func list(_ key: ColumnKey) -> [String] {
        let limit = limits.maxListItems
        return value(key) { (text) throws(CellReason) in
            let items = ContactCell.list(text)
            guard items.count <= limit else { throw .text(.tooManyItems(limit: limit, count: items.count)) }
            return items
        } ?? []
    }

    /// One value of a closed set.
    package mutating func label<Value>(_ key: ColumnKey, in table: LabelTable<Value>) -> Value? {
        value(key) { (text) throws(CellReason) in try table.value(of: text) }
    }

    /// Several values of a closed set in one cell; each entry that is none of them is a problem of its own.
    package mutating func labels<Value>(_ key: ColumnKey, in table: LabelTable<Value>) -> [Value] {
        var result: [Value] = []
        for item in list(key) {
            do {
                let value = try table.value(of: item)
                if !result.contains(value) { result.append(value) }
            } catch {
                refuse(key, error)
            }
        }
        return result
    }

    /// Records a problem if an earlier row holds the same value, as for external ids and mail addresses.
    package mutating func unique(_ key: ColumnKey, _ value: String?, in seen: inout UniqueValues) {
        guard let value, let first = seen.insert(value, line: line) else { return }
        refuse(key, .choice(.doubled(firstLine: first)))
    }
}

/// Values that must differ in a file, with the line where each was first.
package struct UniqueValues: Sendable {
    private var lines: [String: Int] = [:]

    /// Starts with nothing seen.
    package init() {}

    /// The line of an earlier equal value (case does not matter), or nil if this is the first.
    package mutating func insert(_ value: String, line: Int) -> Int? {
        let isFolded = value.utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) }
        return UniqueValues.insert(isFolded ? value : value.lowercased(), line, into: &lines)
    }

    private static func insert(_ key: String, _ line: Int, into lines: inout [String: Int]) -> Int? {
        let first = lines[key, default: line]
        if first == line { lines[key] = line }
        return first == line ? nil : first
    }
}
