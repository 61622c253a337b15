/// Why a cell or a row cannot be taken. Each case has a code for programs (`code`) and words for people (`words(in:)`,
/// which also say how to mend it).
package enum CellReason: Error, Hashable, Sendable {
    case structure(StructureReason)
    case text(TextReason)
    case number(NumberReason)
    case date(DateReason)
    case choice(ChoiceReason)
    /// A rule of the caller: its own code and words.
    case refused(code: String, Words)

    /// The shape of a row.
    package enum StructureReason: Hashable, Sendable {
        case tooFewCells(expected: Int, found: Int)
        case tooManyCells(expected: Int, found: Int)
        case unterminatedQuote(openedOnLine: Int)
        case textAfterQuote
        case tooManyRows(limit: Int)
    }

    /// The text of a cell.
    package enum TextReason: Hashable, Sendable {
        case blank
        case tooLong(limit: Int, length: Int)
        case concern(TextScrutiny.Concern, Unicode.Scalar)
        /// `#N/A`, `#REF!`, `####`: Excel showed an error and exported it.
        case excelError
        case notMail
        case notPhone
        case notCode(allowed: String)
        case tooManyItems(limit: Int, count: Int)
    }

    /// Numbers.
    package enum NumberReason: Hashable, Sendable {
        case notInteger
        case notDecimal
        /// `1.23E+11`: Excel rounded a long number.
        case scientific
        case outOfRange(lowest: Int, highest: Int)
    }

    /// Dates and times.
    package enum DateReason: Hashable, Sendable {
        case notDate
        /// The year stands last: day and month could be either way round.
        case ambiguous(readings: [CivilDate])
        case withoutYear
        case shortYear(suggestion: CivilDate?)
        /// No such day in the calendar, such as 30 February.
        case noSuchDay
        /// A day before or after the era; the same year in the western calendar.
        case outsideEra(name: String, western: CivilDate)
        case hasTime
        case notTime
    }

    /// Closed sets.
    package enum ChoiceReason: Hashable, Sendable {
        case notBoolean
        case unknownLabel(permitted: [String], nearest: String?)
        /// The value stands already in an earlier row, where it must be unique.
        case doubled(firstLine: Int)
    }

    /// A stable code for programs.
    package var code: String {
        switch self {
        case .structure(let reason): reason.code
        case .text(let reason): reason.code
        case .number(let reason): reason.code
        case .date(let reason): reason.code
        case .choice(let reason): reason.code
        case .refused(let code, _): code
        }
    }
}

extension CellReason.StructureReason {
    fileprivate var code: String {
        switch self {
        case .tooFewCells: "too_few_cells"
        case .tooManyCells: "too_many_cells"
        case .unterminatedQuote: "unterminated_quote"
        case .textAfterQuote: "text_after_quote"
        case .tooManyRows: "too_many_rows"
        }
    }
}

extension CellReason.TextReason {
    fileprivate var code: String {
        switch self {
        case .blank: "blank"
        case .tooLong: "too_long"
        case .concern(.control, _): "control_character"
        case .concern(.direction, _): "direction_override"
        case .concern(.privateUse, _): "private_use_character"
        case .concern(.replacement, _): "replacement_character"
        case .excelError: "excel_error"
        case .notMail: "not_mail_address"
        case .notPhone: "not_phone_number"
        case .notCode: "not_code"
        case .tooManyItems: "too_many_items"
        }
    }
}

extension CellReason.NumberReason {
    fileprivate var code: String {
        switch self {
        case .notInteger: "not_integer"
        case .notDecimal: "not_decimal"
        case .scientific: "scientific_notation"
        case .outOfRange: "out_of_range"
        }
    }
}

extension CellReason.DateReason {
    fileprivate var code: String {
        switch self {
        case .notDate: "not_date"
        case .ambiguous: "ambiguous_date"
        case .withoutYear: "date_without_year"
        case .shortYear: "short_year"
        case .noSuchDay: "no_such_day"
        case .outsideEra: "outside_era"
        case .hasTime: "date_has_time"
        case .notTime: "not_time"
        }
    }
}

extension CellReason.ChoiceReason {
    fileprivate var code: String {
        switch self {
        case .notBoolean: "not_boolean"
        case .unknownLabel: "unknown_label"
        case .doubled: "doubled"
        }
    }
}

/// What is wrong with one cell, or with a row as a whole.
package struct CellProblem: Error, Hashable, Sendable {
    /// Line of the file on which the row begins, from 1.
    package let line: Int
    /// Number of the column from 1; 0 for the row as a whole.
    package let column: Int
    /// The header as it stands in the file; empty for the row as a whole.
    package let header: String
    /// The cell as it stands in the file, shortened to 80 characters.
    package let value: String
    package let reason: CellReason

    /// Characters of the value that are kept.
    static let valueLength = 80

    /// Takes every value.
    package init(line: Int, column: Int, header: String, value: String, reason: CellReason) {
        self.line = line
        self.column = column
        self.header = header
        self.value =
            value.unicodeScalars.count > CellProblem.valueLength
            ? String(String.UnicodeScalarView(value.unicodeScalars.prefix(CellProblem.valueLength))) + "…" : value
        self.reason = reason
    }

    /// A stable code for programs.
    package var code: String { reason.code }

    /// The column as Excel names it: A, B, ... Z, AA.
    package var excelColumn: String {
        var number = column
        var name = ""
        while number > 0 {
            let digit = (number - 1) % 26
            name = String(UnicodeScalar(UInt8(65 + digit))) + name
            number = (number - 1 - digit) / 26
        }
        return name
    }
}
