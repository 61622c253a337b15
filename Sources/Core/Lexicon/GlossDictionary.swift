/// A dictionary from Japanese or Chinese to English, read from the text of EDICT or CC-CEDICT, which are installed
/// beside the program (both are share-alike and come with a licence of their own): every word to a few English stems.
package struct GlossDictionary: Sendable {
    /// The most stems that stand for a word: with one, translations miss each other; with four, chance meetings cost
    /// more than they find (measured on sentences and on judged postings).
    static let mostStems = 3
    /// In `glosses` where a word has fewer stems.
    static let none = UInt32.max

    /// The language of the words.
    package let language: TextLanguage
    /// How many ways of writing words it knows, inflected forms apart.
    package let count: Int

    /// Words as they are compared, to their entry.
    let table: WordTable
    /// `mostStems` numbers of stems for each entry, the nearest translation first.
    let glosses: [UInt32]
    /// Stems as keys of bridges.
    let stems: [String]

    /// Adds the English stems of the words that begin in a range of a text as bridges: leftmost, longest, not
    /// overlapping.
    func find(in text: NormalizedText, _ range: Range<Int>, into bridges: inout TermStream) {
        var index = range.lowerBound
        while index < range.upperBound {
            guard text.script(index).isSolid,
                let fit = table.longest(at: index, in: text.folded, accepts: { isWord(text, index, $0) })
            else {
                index += 1
                continue
            }
            for place in (fit.number * Self.mostStems)..<((fit.number + 1) * Self.mostStems) {
                let stem = glosses[place]
                if stem == Self.none { break }
                bridges.append(stems[Int(stem)], index, fit.end)
            }
            index = fit.end
        }
    }

    /// Whether the range can be a word: short katakana is no part of a longer word, a single ideograph is none of a
    /// Japanese compound, and what is written in hiragana alone is grammar more often than matter.
    private func isWord(_ text: NormalizedText, _ start: Int, _ end: Int) -> Bool {
        switch text.script(start) {
        case .katakana: return end - start > 3 || stands(text, start, end, .katakana)
        case .han: return end - start > 1 || language == .zh || stands(text, start, end, .han)
        default:
            for index in start..<end where text.script(index) == .han { return true }
            return end - start >= Self.leastHiragana && (start == 0 || text.script(start - 1) != .hiragana)
        }
    }

    private static let leastHiragana = 4

    /// Whether a range is a whole run of its script.
    private func stands(_ text: NormalizedText, _ start: Int, _ end: Int, _ script: Script) -> Bool {
        (start == 0 || text.script(start - 1) != script) && (end == text.scripts.count || text.script(end) != script)
    }
}
