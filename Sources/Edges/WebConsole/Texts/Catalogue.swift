package import Exchange

/// Every text of the console in every language, from `Config/locales/*.tsv`: a line a text, its key first, then the
/// languages in the order of the header.
package struct Catalogue: Sendable {
    /// What is wrong with a table, and where.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    private let texts: [Language: [String: String]]
    /// Every key, sorted.
    package let keys: [String]

    /// Reads tables by their file names. Throws for a doubled key, a missing language or an empty text.
    package init(tables: [String: String]) throws(Fault) {
        var texts: [Language: [String: String]] = [:]
        var keys: Set<String> = []
        for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
            var columns: [Language] = []
            for (number, line) in table.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if line.isEmpty || line.hasPrefix("#") { continue }
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                let place = "Config/locales/\(name):\(number + 1)"
                if columns.isEmpty {
                    columns = cells.dropFirst().compactMap { Language(rawValue: $0) }
                    guard cells[0] == "key", Set(columns) == Set(Language.allCases), columns.count + 1 == cells.count
                    else { throw Fault(description: "\(place): the first line must be: key, ja, en, ko, zh") }
                    continue
                }
                guard cells.count == columns.count + 1, !cells.contains(where: \.isEmpty) else {
                    throw Fault(description: "\(place): \(cells[0]) needs a text in each of \(columns.count) languages")
                }
                guard keys.insert(cells[0]).inserted else {
                    throw Fault(description: "\(place): \(cells[0]) stands there twice")
                }
                for (language, text) in zip(columns, cells.dropFirst()) {
                    texts[language, default: [:]][cells[0]] = text.replacing("¶", with: "\n")
                }
            }
        }
        self.texts = texts
        self.keys = keys.sorted()
    }

    /// The text as written, with names in braces for what varies; nothing for an unknown key.
    package func text(_ key: String, in language: Language) -> String? { texts[language]?[key] }

    /// The embedded catalogue.
    package static func embedded() throws(Fault) -> Catalogue {
        try Catalogue(tables: ConsoleFiles.texts(under: "locales/"))
    }
}
