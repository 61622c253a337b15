/// Cuts normalised text into terms, and into the bridges that need no lexicon: Latin words and codes, ideographs, and
/// Korean words that are Chinese characters in Korean sound.
struct Segmenter {
    let text: NormalizedText
    let language: TextLanguage
    let isShort: Bool
    var terms = TermStream()
    /// Bridges without concepts and glosses.
    var bridges = TermStream()
    /// Latin words in reading order, stop words left out: phrases of the concept lexicon are found here.
    var words = WordStream()
    /// Where an acronym ended last: a number behind it belongs to it (IEC 61508).
    var acronym = 0..<0

    let english = EnglishWords.shared
    private let korean = KoreanParticles.shared
    private let readings = HanjaReadings.table

    /// Texts with fewer letters than this also give single characters: their bigrams are too few to compare.
    static let shortText = 40

    /// `isShort` is found from the text unless given.
    init(_ text: NormalizedText, language: TextLanguage, isShort given: Bool? = nil) {
        self.text = text
        self.language = language
        if let given {
            isShort = given
        } else {
            var letters = 0
            for script in text.scripts where script != Script.other.rawValue {
                letters += 1
                if letters >= Self.shortText { break }
            }
            isShort = letters < Self.shortText
        }
        terms.reserve(text.isEastern ? text.shown.count : text.shown.count / 6)
        bridges.reserve(text.isEastern ? text.shown.count : text.shown.count / 6)
    }

    mutating func run() {
        let count = text.folded.count
        var index = 0
        while index < count {
            switch text.script(index) {
            case .other: index += 1
            case .letter, .digit: index = latin(from: index)
            case .han, .katakana, .hiragana: index = isShort ? shortKanjiKana(from: index) : kanjiKana(from: index)
            case .hangul: index = hangul(from: index)
            }
        }
    }

    // MARK: Kanji, kana, hangul

    private mutating func kanjiKana(from start: Int) -> Int {
        let script = text.script(start)
        var end = start + 1
        while end < text.folded.count, continues(script, end) { end += 1 }
        switch script {
        // Hiragana runs are grammar for the most part.
        case .hiragana: break
        case .katakana:
            grams(start, end)
            if end - start >= 3 { katakanaWord(start, withoutLongVowel(start, end)) }
        default:
            grams(start, end)
        }
        return end
    }

    /// In short texts everything counts: pairs across the seams of scripts, and single characters, of which
    /// ideographs and katakana carry the matter and count twice (measured on sentence similarity).
    private mutating func shortKanjiKana(from start: Int) -> Int {
        var end = start
        while end < text.folded.count, text.script(end).isSolid { end += 1 }
        for index in start..<max(start, end - 1)
        where text.script(index) != .hiragana || text.script(index + 1) != .hiragana {
            pair(index)
        }
        var index = start
        while index < end {
            let script = text.script(index)
            var last = index + 1
            while last < end, continues(script, last) { last += 1 }
            singles(index, last)
            if script != .hiragana { singles(index, last) }
            if script == .katakana, last - index >= 3 { katakanaWord(index, withoutLongVowel(index, last)) }
            index = last
        }
        return end
    }

    /// Whether a scalar prolongs a run of a script; the prolonged sound mark belongs to hiragana words too.
    private func continues(_ script: Script, _ index: Int) -> Bool {
        text.script(index) == script || (script == .hiragana && text.folded[index] == Self.longVowel)
    }

    private static let longVowel: UInt32 = 0x30FC

    /// サーバー and サーバ are one word: from four characters on, a long vowel at the end is a matter of house style.
    private func withoutLongVowel(_ start: Int, _ end: Int) -> Int {
        end - start >= 4 && text.folded[end - 1] == Self.longVowel ? end - 1 : end
    }

    /// A katakana word as a whole, and with the letter or number that chemists write before it (α-アミラーゼ, N-メチル).
    private mutating func katakanaWord(_ start: Int, _ end: Int) {
        terms.append(string(text.folded[start..<end]), start, end)
        guard start >= 2, Self.isHyphen(text.folded[start - 1]) else { return }
        let script = text.script(start - 2)
        guard script == .letter || script == .digit, start < 3 || text.script(start - 3) != .letter else { return }
        var whole = [text.folded[start - 2], 0x2D]
        whole += text.folded[start..<end]
        terms.append(string(whole[...]), start - 2, end)
    }

    private mutating func hangul(from start: Int) -> Int {
        var end = start + 1
        while end < text.folded.count, text.script(end) == .hangul { end += 1 }
        grams(start, korean.stemEnd(of: text.folded, start, end))
        return end
    }

    private mutating func grams(_ start: Int, _ end: Int) {
        if end - start == 1 {
            terms.append(string(text.folded[start..<end]), start, end)
            return
        }
        for index in start..<(end - 1) { pair(index) }
    }

    /// Two characters as a term, and as bridges if they are two ideographs or two hangul.
    @inline(__always)
    private mutating func pair(_ index: Int) {
        let first = text.folded[index]
        let second = text.folded[index + 1]
        terms.append(string(first, second), index, index + 2)
        if language == .en { return }
        switch (text.script(index), text.script(index + 1)) {
        case (.han, .han):
            bridges.append(string(kind: Self.ideographs, first, second), index, index + 2)
            guard let one = HanjaReadings.reading(of: first, in: readings),
                let two = HanjaReadings.reading(of: second, in: readings)
            else { return }
            bridges.append(string(kind: Self.sinoKorean, one, two), index, index + 2)
        case (.hangul, .hangul):
            bridges.append(
                string(kind: Self.sinoKorean, HanjaReadings.fold(first), HanjaReadings.fold(second)), index, index + 2)
        default: return
        }
    }

    private mutating func singles(_ start: Int, _ end: Int) {
        for index in start..<max(start, end) where !Self.particles.contains(text.folded[index]) {
            terms.append(string(text.folded[index...index]), index, index + 1)
        }
    }

    /// Kinds of bridges, the first letter of their keys.
    static let ideographs = UInt8(ascii: "h")
    static let sinoKorean = UInt8(ascii: "s")
    static let latin = UInt8(ascii: "l")
    static let english = UInt8(ascii: "g")
    static let foreign = UInt8(ascii: "w")

    /// Kana that are particles: alone they are no evidence of anything.
    private static let particles: Set<UInt32> = Set("のをにはがでともへや".unicodeScalars.map(\.value))
}
