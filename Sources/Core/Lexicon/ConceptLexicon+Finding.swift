/// Finding concepts in a text: leftmost, longest, not overlapping within one script.
extension ConceptLexicon {
    /// Adds a `c` bridge for each mention.
    func find(in text: NormalizedText, words: WordStream, into bridges: inout TermStream) {
        if isEmpty { return }
        findPhrases(words, into: &bridges)
        if text.isEastern { findForms(text, into: &bridges) }
    }

    private func findPhrases(_ words: WordStream, into bridges: inout TermStream) {
        var index = 0
        while index < words.hashes.count {
            guard let fit = phrases.longest(at: index, in: words.hashes, accepts: { _ in true }) else {
                index += 1
                continue
            }
            bridges.append(keys[fit.number], Int(words.starts[index]), Int(words.ends[fit.end - 1]))
            index = fit.end
        }
    }

    private func findForms(_ text: NormalizedText, into bridges: inout TermStream) {
        let line = SolidText(text)
        var index = 0
        while index < line.scalars.count {
            guard
                let fit = forms.longest(at: index, in: line.scalars, accepts: { line.isWhole(index, $0) })
            else {
                index += 1
                continue
            }
            bridges.append(keys[fit.number], line.origin(index), line.origin(fit.end - 1) + 1)
            index = fit.end
        }
    }
}

/// A text without the spaces between hangul words, so that 표면 처리 and 표면처리 read alike; it remembers where words began.
struct SolidText {
    private(set) var scalars: [UInt32]
    private var scripts: [UInt8]
    /// Places in the text; empty where nothing was left out.
    private var origins: [Int32] = []
    /// How many syllables of the same word stand before this one; kept for texts with hangul only.
    private var depths: [Int32] = []

    init(_ text: NormalizedText) {
        guard text.hasHangul else {
            scalars = text.folded
            scripts = text.scripts
            return
        }
        let count = text.folded.count
        scalars = []
        scripts = []
        scalars.reserveCapacity(count)
        scripts.reserveCapacity(count)
        origins.reserveCapacity(count)
        depths.reserveCapacity(count)
        let hangul = Script.hangul.rawValue
        var depth: Int32 = 0
        for index in 0..<count {
            let script = text.scripts[index]
            if text.folded[index] == 0x20, index > 0, index + 1 < count, text.scripts[index - 1] == hangul,
                text.scripts[index + 1] == hangul
            {
                depth = 0
                continue
            }
            if let last = scripts.last, last != script { depth = 0 }
            scalars.append(text.folded[index])
            scripts.append(script)
            origins.append(Int32(truncatingIfNeeded: index))
            depths.append(depth)
            depth += 1
        }
    }

    /// Where a scalar stands in the text.
    @inline(__always)
    func origin(_ index: Int) -> Int { origins.isEmpty ? index : Int(origins[index]) }

    /// Whether the range can stand as a word of its own: short katakana is no part of a longer word, a single
    /// ideograph no part of a compound, hangul begins where a word or a two-syllable part of a compound begins, Latin
    /// at a word's edge.
    func isWhole(_ start: Int, _ end: Int) -> Bool {
        let length = end - start
        let before = start > 0 ? Script(trait: scripts[start - 1]) : .other
        let after = end < scripts.count ? Script(trait: scripts[end]) : .other
        switch Script(trait: scripts[start]) {
        case .katakana: return length > 3 || (before != .katakana && after != .katakana)
        case .han: return length > 1 || (before != .han && after != .han)
        case .hangul where length == 1: return before != .hangul && after != .hangul
        // What runs over a space must begin with its word: the end of one word and the head of the next are no third.
        case .hangul where depths[(start + 1)..<end].contains(0): return depths[start] == 0
        case .hangul: return length > 2 ? depths[start] != 1 : depths[start] % 2 == 0
        case .letter, .digit: return before != .letter && before != .digit
        case .hiragana, .other: return true
        }
    }
}
