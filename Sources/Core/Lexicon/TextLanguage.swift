import CUnicode

/// The language of a text, as far as the lexicon tells languages apart.
package enum TextLanguage: String, Sendable, Hashable, CaseIterable {
    case ja, en, ko, zh

    /// Finds the language by script first, then, for ideographs alone, by characters only one language writes and by
    /// Chinese function words. A text without letters counts as English (its product codes compare with any
    /// language).
    package static func find(in text: NormalizedText) -> TextLanguage {
        text.isEastern ? Tally(text, text.shown.indices).language : .en
    }

    /// Sentences in another language than the text as a whole, with theirs: a posting may say everything twice, or
    /// quote a partner. Sentences of few letters go with the rest.
    static func strangers(in text: NormalizedText, of language: TextLanguage) -> [(range: Range<Int>, TextLanguage)] {
        guard text.isEastern, Tally(text, text.shown.indices).mayBeMixed(in: language) else { return [] }
        return Sentences.find(in: text.shown).compactMap { range in
            let tally = Tally(text, range)
            return tally.eastern >= leastOfSentence && tally.language != language ? (range, tally.language) : nil
        }
    }

    /// Ideographs, kana and hangul of a sentence that is judged by itself.
    private static let leastOfSentence = 8

    /// What a stretch of text is written with.
    private struct Tally {
        var kana = 0
        var hangul = 0
        var han = 0
        var letters = 0
        /// Ideographs in a form that only Japanese writes.
        var japanese = 0
        /// Ideographs in a form that only Chinese writes, and Chinese function words.
        var chinese = 0

        init(_ text: NormalizedText, _ range: Range<Int>) {
            let table = TextLanguage.writtenIn
            for index in range {
                switch text.script(index) {
                case .hiragana, .katakana: kana += 1
                case .hangul: hangul += 1
                case .letter: letters += 1
                case .han: take(text.shown[index], table)
                default: break
                }
            }
        }

        private mutating func take(_ scalar: UInt32, _ table: [UInt8]) {
            han += 1
            guard scalar >= KanjiVariants.first, scalar - KanjiVariants.first < UInt32(KanjiVariants.count) else {
                return
            }
            switch table[Int(scalar - KanjiVariants.first)] {
            case jis: japanese += 1
            case gb, big5, gb | big5: chinese += 1
            default: if functionWords.contains(scalar) { chinese += 1 }
            }
        }

        var eastern: Int { kana + hangul + han }

        var language: TextLanguage {
            // Three letters weigh like one ideograph: "PET" in a Chinese title does not make it English.
            if eastern == 0 || eastern * 3 < letters && eastern * 8 <= letters { return .en }
            if hangul * 2 > kana + han { return .ko }
            if kana * 12 > han || kana > 0 && chinese <= kana { return .ja }
            return chinese > japanese ? .zh : .ja
        }

        /// Whether a sentence of another language may stand in a text of this one.
        func mayBeMixed(in language: TextLanguage) -> Bool {
            switch language {
            case .en: eastern >= leastOfSentence
            case .ja: chinese >= 3 || hangul >= leastOfSentence
            case .ko: kana + han >= leastOfSentence
            case .zh: kana >= 3 || hangul >= leastOfSentence
            }
        }
    }

    private static let jis: UInt8 = 1
    private static let gb: UInt8 = 2
    private static let big5: UInt8 = 4

    /// Words that stand between content words in Chinese and hardly ever in a Japanese compound.
    private static let functionWords: Set<UInt32> = Set("的了是们們这這和在把被吗呢吧很也都与與从從您你我他她它".unicodeScalars.map(\.value))

    /// Which national character sets write an ideograph, by offset from U+4E00: a character that only the Japanese
    /// set has is a Japanese form, one that only the Chinese sets have is a Chinese form.
    private static let writtenIn: [UInt8] = {
        var table = [UInt8](repeating: 0, count: KanjiVariants.count)
        let count = Int32(KanjiVariants.count)
        let first = UInt16(KanjiVariants.first)
        for (name, bit) in [("Shift_JIS", jis), ("GB2312", gb), ("Big5", big5)] {
            // A set that ICU does not know marks nothing; then function words and kana decide.
            table.withUnsafeMutableBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                _ = im_unorm_mark_charset(name, first, count, bit, base)
            }
        }
        return table
    }()
}
