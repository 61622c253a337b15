/// One thing that a technology text can be about, with the ways to say it.
package struct Concept: Sendable, Equatable {
    /// A short stable name (`heat-treatment`).
    package var id: String
    /// Ways to say it in each language; the first is the one to show.
    package var forms: [TextLanguage: [String]]

    /// Takes every value.
    package init(id: String, forms: [TextLanguage: [String]]) {
        self.id = id
        self.forms = forms
    }
}

/// Why a line of a concept table cannot be read.
package enum ConceptTableError: Error, Equatable, Sendable {
    /// The line (from 1) has not five columns.
    case columns(line: Int, found: Int)
    /// The line has no identifier.
    case noIdentifier(line: Int)
    /// The identifier stands in an earlier line.
    case twice(line: Int, id: String, earlier: Int)
    /// No language has a form.
    case noForms(line: Int, id: String)
}

/// Concepts ready to be found in texts: long forms before short ones, words of Latin script by stem, others by
/// character.
package struct ConceptLexicon: Sendable {
    /// The concepts, in the order given.
    package let entries: [Concept]
    /// Place in `entries` by identifier.
    let index: [String: Int]
    /// The key of the bridge that each concept is.
    let keys: [String]
    /// Ways of saying that hold ideographs, kana or hangul, without spaces, to their concept.
    private(set) var forms = WordTable()
    /// Ways of saying in Latin script, as hashes of their words, to their concept.
    private(set) var phrases = WordTable()

    /// A lexicon without concepts finds none.
    package static let empty = ConceptLexicon(entries: [])

    /// Prepares concepts for finding; where two share a way to say it, the earlier has it.
    package init(entries: [Concept]) {
        self.entries = entries
        index = Dictionary(entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        keys = entries.map { "c" + $0.id }
        for (index, entry) in entries.enumerated() {
            for language in TextLanguage.allCases {
                for form in entry.forms[language] ?? [] { add(form, index) }
            }
        }
    }

    /// Reads one table; see `concepts(inTable:)`.
    package init(table: String) throws(ConceptTableError) {
        self.init(entries: try Self.concepts(inTable: table))
    }

    /// Reads a table: `id`, then the ways to say it in ja, en, ko and zh, separated by tabs, the ways by `;`. Lines
    /// that are empty or begin with `#` are skipped. Throws `ConceptTableError` with the number of the line. Several
    /// tables make one lexicon by joining what this returns; where two concepts share a way, the earlier has it.
    package static func concepts(inTable table: String) throws(ConceptTableError) -> [Concept] {
        var entries: [Concept] = []
        var lines: [String: Int] = [:]
        var number = 0
        for line in table.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            let line = line.last == "\r" ? line.dropLast() : line
            if line.isEmpty || line.first == "#" { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count == 5 else { throw .columns(line: number, found: columns.count) }
            let id = String(columns[0])
            guard !id.isEmpty else { throw .noIdentifier(line: number) }
            if let earlier = lines[id] { throw .twice(line: number, id: id, earlier: earlier) }
            lines[id] = number
            var forms: [TextLanguage: [String]] = [:]
            for (language, column) in zip([TextLanguage.ja, .en, .ko, .zh], columns.dropFirst()) {
                let ways = column.split(separator: ";").map(String.init)
                if !ways.isEmpty { forms[language] = ways }
            }
            guard !forms.isEmpty else { throw .noForms(line: number, id: id) }
            entries.append(Concept(id: id, forms: forms))
        }
        return entries
    }

    private mutating func add(_ form: String, _ concept: Int) {
        let text = NormalizedText(form)
        if text.isEastern {
            let scalars = text.folded.filter { $0 != 0x20 }
            _ = forms.add(scalars[...], number: concept)
            if let other = Self.otherStyle(scalars) { _ = forms.add(other[...], number: concept) }
        } else {
            var segmenter = Segmenter(text, language: .en)
            segmenter.run()
            guard !segmenter.words.hashes.isEmpty else { return }
            // "by product" without its stop word would be every product.
            let spoken = form.split(separator: " ").count
            if spoken > 1, segmenter.words.hashes.count == 1 { return }
            _ = phrases.add(segmenter.words.hashes[...], number: concept)
        }
    }

    /// The same word with or without the long vowel at its end: センサ and センサー.
    private static func otherStyle(_ word: [UInt32]) -> [UInt32]? {
        guard word.count >= 3, let last = word.last, Script.of(last) == .katakana,
            Script.of(word[word.count - 2]) == .katakana
        else { return nil }
        if last != longVowel { return word + [longVowel] }
        return word.count >= 4 ? word.dropLast() : nil
    }

    private static let longVowel: UInt32 = 0x30FC

    /// Whether there is nothing to find.
    var isEmpty: Bool { entries.isEmpty }
}
