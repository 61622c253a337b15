/// The name by which code asks for a column.
package struct ColumnKey: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let name: String

    /// Takes the name as rows are asked by it.
    package init(_ name: String) { self.name = name }

    /// A literal is a name.
    package init(stringLiteral value: String) { self.name = value }

    package var description: String { name }
}

/// A column that an import knows: its key, its headers in each language, and whether a file must have it.
package struct Column: Hashable, Sendable {
    /// Whether a file must have the column.
    package enum Presence: Hashable, Sendable {
        /// The header must be there, and every row must fill the cell.
        case required
        /// The header must be there; cells may be blank.
        case expected
        case optional
    }

    package let key: ColumnKey
    package let presence: Presence
    /// Headers by language; the first of each is the one written in exports and recommended in messages.
    package let labels: [WordsLanguage: [String]]

    /// Takes every value.
    package init(
        _ key: ColumnKey, _ presence: Presence = .optional, ja: [String], en: [String], ko: [String] = [],
        zh: [String] = []
    ) {
        self.key = key
        self.presence = presence
        self.labels = [.ja: ja, .en: en, .ko: ko, .zh: zh]
    }

    /// The header to write or to recommend.
    package func label(in language: WordsLanguage) -> String {
        labels[language]?.first ?? labels[.en]?.first ?? key.name
    }

    /// All headers under which the column is found, the key among them.
    var allLabels: [String] { [key.name] + WordsLanguage.allCases.flatMap { labels[$0] ?? [] } }
}

/// What the header of a file must not lack.
package enum HeaderProblem: Error, Hashable, Sendable {
    case missing(Column)
    /// The same column stands twice, under these headers at these numbers from 1.
    case doubled(Column, headers: [String], numbers: [Int])
}

/// What is worth saying about a header and hinders nothing.
package enum HeaderNotice: Hashable, Sendable {
    /// No known column: it is passed over. Perhaps the nearest known one is meant.
    case unknown(header: String, number: Int, nearest: Column?)
}

/// Where the known columns stand in a file.
package struct HeaderMap: Sendable {
    /// Headers as they stand in the file, trimmed.
    package let header: [String]
    package let columns: [Column]
    package let problems: [HeaderProblem]
    package let notices: [HeaderNotice]
    /// For each known column its place in the file, from 0.
    private let places: [Int?]
    private let indexes: [ColumnKey: Int]

    /// Finds columns by key or label; case, width, spaces and marks such as （必須） do not matter.
    package init(columns: [Column], header: [String]) {
        self.header = header
        self.columns = columns
        indexes = Dictionary(columns.indices.map { (columns[$0].key, $0) }, uniquingKeysWith: { first, _ in first })
        var columnOfLabel: [String: Int] = [:]
        for (index, column) in columns.enumerated() {
            for label in column.allLabels {
                let key = HeaderMap.key(label)
                precondition(columnOfLabel[key] ?? index == index, "\(label) cannot head two columns")
                columnOfLabel[key] = index
            }
        }
        var found: [[Int]] = Array(repeating: [], count: columns.count)
        var unknown: [Int] = []
        for (number, title) in header.enumerated() where !title.isEmpty {
            let key = HeaderMap.key(title)
            if let column = columnOfLabel[key] {
                found[column].append(number)
            } else if !RejectedRows.reservedKeys.contains(key) {
                unknown.append(number)
            }
        }
        let candidates = columnOfLabel.keys.sorted()
        notices = unknown.map { number in
            let nearest = Nearness.nearest(to: HeaderMap.key(header[number]), among: candidates)
                .flatMap { columnOfLabel[$0] }
            let isFree = nearest.map { found[$0].isEmpty } ?? false
            return .unknown(
                header: header[number], number: number + 1, nearest: isFree ? nearest.map { columns[$0] } : nil)
        }
        problems = zip(columns, found).compactMap { column, numbers in
            if numbers.count > 1 {
                return .doubled(column, headers: numbers.map { header[$0] }, numbers: numbers.map { $0 + 1 })
            }
            return numbers.isEmpty && column.presence != .optional ? .missing(column) : nil
        }
        places = found.map(\.first)
    }

    /// Whether the file has the column.
    package func has(_ key: ColumnKey) -> Bool { place(of: index(of: key)) != nil }

    func place(of index: Int) -> Int? { places[index] }

    /// The index of a known column; asking for another is a mistake of the program.
    func index(of key: ColumnKey) -> Int {
        guard let index = indexes[key] else { preconditionFailure("no column \(key) was declared") }
        return index
    }

    /// The key by which headers are compared.
    static func key(_ title: String) -> String {
        var key = Folding.key(title)
        for mark in marks where key.hasSuffix(mark) || key.hasPrefix(mark) {
            key = key.hasSuffix(mark) ? String(key.dropLast(mark.count)) : String(key.dropFirst(mark.count))
        }
        return key
    }

    private static let marks: [String] = ["必須", "任意", "required", "optional", "필수", "선택", "必填", "选填", "可选"]
        .flatMap { ["(\($0))", "[\($0)]", "【\($0)】"] }
}
