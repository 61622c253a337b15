/// Cuts normalised text into terms.
struct Segmenter {
    let text: NormalizedText
    let isShort: Bool
    var terms = TermStream()
    /// Latin words in reading order, stop words left out: phrases of the concept lexicon are found here.
    var words = TermStream()

    /// Texts with fewer letters than this also give single characters: their bigrams are too few to compare.
    static let shortText = 40

    /// `isShort` is found from the text unless given.
    init(_ text: NormalizedText, isShort given: Bool? = nil) {
        self.text = text
        if let given {
            isShort = given
            return
        }
        var letters = 0
        for scalar in text.folded where Script.of(scalar) != .other {
            letters += 1
            if letters >= Self.shortText { break }
        }
        isShort = letters < Self.shortText
    }

    mutating func run() {
        let folded = text.folded
        var index = 0
        while index < folded.count {
            switch Script.of(folded[index]) {
            case .other: index += 1
            case .letter, .digit: index = latin(from: index)
            case .han, .katakana, .hiragana: index = isShort ? shortKanjiKana(from: index) : kanjiKana(from: index)
            case .hangul: index = hangul(from: index)
            }
        }
    }

    // MARK: Kanji, kana, hangul

    private mutating func kanjiKana(from start: Int) -> Int {
        let folded = text.folded
        let script = Script.of(folded[start])
        var end = start + 1
        while end < folded.count, continues(script, folded[end]) { end += 1 }
        switch script {
        // Hiragana runs are grammar for the most part.
        case .hiragana: break
        case .katakana:
            grams(start, end)
            if end - start >= 3 { terms.append(string(folded[start..<end]), start, end) }
        default:
            grams(start, end)
        }
        return end
    }

    /// In short texts everything counts: pairs across the seams of scripts, and single characters, of which
    /// ideographs and katakana carry the matter and count twice (measured on sentence similarity).
    private mutating func shortKanjiKana(from start: Int) -> Int {
        let folded = text.folded
        var end = start
        while end < folded.count, Self.isEastern(Script.of(folded[end])) { end += 1 }
        for index in start..<max(start, end - 1)
        where Script.of(folded[index]) != .hiragana || Script.of(folded[index + 1]) != .hiragana {
            terms.append(string(folded[index...(index + 1)]), index, index + 2)
        }
        var index = start
        while index < end {
            let script = Script.of(folded[index])
            var last = index + 1
            while last < end, continues(script, folded[last]) { last += 1 }
            singles(index, last)
            if script != .hiragana { singles(index, last) }
            if script == .katakana, last - index >= 3 { terms.append(string(folded[index..<last]), index, last) }
            index = last
        }
        return end
    }

    private static func isEastern(_ script: Script) -> Bool {
        script == .han || script == .katakana || script == .hiragana
    }

    /// Whether a scalar prolongs a run of a script; the prolonged sound mark belongs to hiragana words too.
    private func continues(_ script: Script, _ scalar: UInt32) -> Bool {
        let next = Script.of(scalar)
        return next == script || (script == .hiragana && scalar == 0x30FC)
    }

    private mutating func hangul(from start: Int) -> Int {
        let folded = text.folded
        var end = start + 1
        while end < folded.count, Script.of(folded[end]) == .hangul { end += 1 }
        let stem = start + KoreanParticles.stemLength(of: folded[start..<end])
        grams(start, stem)
        return end
    }

    private mutating func grams(_ start: Int, _ end: Int) {
        if end - start == 1 {
            terms.append(string(text.folded[start..<end]), start, end)
            return
        }
        for index in start..<(end - 1) { terms.append(string(text.folded[index...(index + 1)]), index, index + 2) }
    }

    private mutating func singles(_ start: Int, _ end: Int) {
        for index in start..<end where !Self.particles.contains(text.folded[index]) {
            terms.append(string(text.folded[index...index]), index, index + 1)
        }
    }

    /// Kana that are particles: alone they are no evidence of anything.
    private static let particles: Set<UInt32> = Set("のをにはがでともへや".unicodeScalars.map(\.value))
}
