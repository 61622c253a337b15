/// Why a dictionary cannot be read.
package enum GlossDictionaryError: Error, Equatable, Sendable {
    /// No line has the form of EDICT (`word [reading] /gloss/.../`) or CC-CEDICT (`word word [reading] /gloss/.../`).
    case noEntries
    /// The words are neither UTF-8 nor EUC-JP.
    case encoding
}

extension GlossDictionary {
    /// Reads the text of EDICT (EUC-JP or UTF-8) or of CC-CEDICT (UTF-8). Throws `GlossDictionaryError`; single lines
    /// that are no entries are passed over.
    package init(_ bytes: [UInt8]) throws(GlossDictionaryError) {
        var lines = GlossLines()
        lines.read(bytes)
        guard !lines.entries.isEmpty else { throw .noEntries }
        guard let heads = HeadWords(lines.heads, count: lines.entries.count) else { throw .encoding }
        let language: TextLanguage = lines.isChinese ? .zh : .ja
        var table = WordTable(words: lines.entries.count)
        var glosses: [UInt32] = []
        glosses.reserveCapacity(lines.entries.count * Self.mostStems)
        var count = 0
        // Of words that are written alike the common one speaks first.
        for isCommon in [true, false] {
            for (index, entry) in lines.entries.enumerated() where entry.isCommon == isCommon {
                let word = heads[index]
                guard Self.isUseful(word) else { continue }
                let number = table.add(word, number: count)
                if number == count {
                    count += 1
                    glosses.append(contentsOf: repeatElement(Self.none, count: Self.mostStems))
                }
                Self.merge(lines.stems(of: entry), into: &glosses, at: number)
            }
        }
        for (index, entry) in lines.entries.enumerated() where entry.form != .fixed {
            let word = heads[index]
            guard Self.isUseful(word) else { continue }
            let number = table.add(word, number: count)
            for other in entry.form.ways(of: word) { _ = table.add(other[...], number: number) }
        }
        self.init(language: language, count: count, table: table, glosses: glosses, stems: lines.stemKeys)
    }

    /// Longer headwords are sayings.
    private static let longestWord = 16

    private static func isUseful(_ word: ArraySlice<UInt32>) -> Bool {
        guard word.count <= longestWord, let first = word.first else { return false }
        return Script.of(first).isSolid
    }

    private static func merge(_ stems: ArraySlice<UInt32>, into glosses: inout [UInt32], at number: Int) {
        let places = (number * mostStems)..<((number + 1) * mostStems)
        for stem in stems where !glosses[places].contains(stem) {
            guard let free = places.first(where: { glosses[$0] == none }) else { return }
            glosses[free] = stem
        }
    }
}

/// How a Japanese word is inflected, as far as its stem is written.
enum Inflection {
    case fixed, ichidan, godan, adjective

    /// The ways a word stands in a sentence: its stem and the kana that follow it.
    func ways(of word: ArraySlice<UInt32>) -> [[UInt32]] {
        guard word.count >= 2, let last = word.last, let before = word.dropLast().last,
            Script.of(before) == .han || word.count >= 3
        else { return [] }
        let stem = Array(word.dropLast())
        switch self {
        case .fixed: return []
        // 食べ stands for all forms of 食べる; a bare 見 would be another word.
        case .ichidan: return Script.of(before) == .han ? Self.auxiliaries.map { stem + [$0] } : [stem]
        case .adjective: return Self.adjectives.map { stem + [$0] }
        case .godan: return (Self.rows[last] ?? []).map { stem + [$0] }
        }
    }

    private static let auxiliaries = "なたてま".unicodeScalars.map(\.value)
    private static let adjectives = "くかさけ".unicodeScalars.map(\.value)

    /// What the last kana of a verb turns into.
    private static let rows: [UInt32: [UInt32]] = {
        var rows: [UInt32: [UInt32]] = [:]
        for row in ["うわいえおっ", "くかきけこい", "ぐがぎげごい", "すさしせそ", "つたちてとっ", "ぬなにねのん", "ぶばびべぼん", "むまみめもん", "るらりれろっ"] {
            let kana = row.unicodeScalars.map(\.value)
            rows[kana[0]] = Array(kana.dropFirst())
        }
        return rows
    }()
}
