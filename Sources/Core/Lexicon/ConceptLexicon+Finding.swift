/// Finding concepts in a text: leftmost, longest, not overlapping within one script.
extension ConceptLexicon {
    /// Adds a `c` bridge for each mention.
    func find(in text: NormalizedText, words: TermStream, into bridges: inout TermStream) {
        if isEmpty { return }
        findPhrases(words, into: &bridges)
        findForms(text, into: &bridges)
    }

    private func findPhrases(_ words: TermStream, into bridges: inout TermStream) {
        var index = 0
        while index < words.count {
            let fit = phrases(words.keys[index])?.first { phrase in
                index + phrase.words.count <= words.count
                    && phrase.words.indices.allSatisfy { words.keys[index + $0] == phrase.words[$0] }
            }
            guard let fit else {
                index += 1
                continue
            }
            let last = index + fit.words.count - 1
            bridges.append("c" + entries[Int(fit.concept)].id, Int(words.starts[index]), Int(words.ends[last]))
            index = last + 1
        }
    }

    private func findForms(_ text: NormalizedText, into bridges: inout TermStream) {
        let line = SolidText(text)
        var index = 0
        while index < line.scalars.count {
            let next = index + 1 < line.scalars.count ? line.scalars[index + 1] : 0
            let fit =
                longest(at: index, forms(line.scalars[index], next), line)
                ?? longest(at: index, forms(line.scalars[index], 0), line)
            guard let fit else {
                index += 1
                continue
            }
            let end = index + fit.scalars.count
            bridges.append("c" + entries[Int(fit.concept)].id, line.origins[index], line.origins[end - 1] + 1)
            index = end
        }
    }

    private func longest(at index: Int, _ candidates: [Form]?, _ line: SolidText) -> Form? {
        candidates?.first { form in
            let end = index + form.scalars.count
            return end <= line.scalars.count && line.scalars[index..<end].elementsEqual(form.scalars)
                && line.isWhole(index, end)
        }
    }
}

/// A text without the spaces between hangul words, so that 표면 처리 and 표면처리 read alike; it remembers where words began.
private struct SolidText {
    var scalars: [UInt32] = []
    var origins: [Int] = []
    /// How many syllables of the same word stand before this one.
    var depths: [Int] = []

    init(_ text: NormalizedText) {
        let folded = text.folded
        scalars.reserveCapacity(folded.count)
        origins.reserveCapacity(folded.count)
        depths.reserveCapacity(folded.count)
        var depth = 0
        for index in folded.indices {
            let script = Script.of(folded[index])
            if folded[index] == 0x20, index > 0, index + 1 < folded.count, Script.of(folded[index - 1]) == .hangul,
                Script.of(folded[index + 1]) == .hangul
            {
                depth = 0
                continue
            }
            if let last = scalars.last, Script.of(last) != script { depth = 0 }
            scalars.append(folded[index])
            origins.append(index)
            depths.append(depth)
            depth += 1
        }
    }

    /// Whether the range can stand as a word of its own: short katakana is no part of a longer word, a single
    /// ideograph no part of a compound, hangul begins where a word or a two-syllable part of a compound begins, Latin
    /// at a word's edge.
    func isWhole(_ start: Int, _ end: Int) -> Bool {
        let script = Script.of(scalars[start])
        let length = end - start
        let before = start > 0 ? Script.of(scalars[start - 1]) : .other
        let after = end < scalars.count ? Script.of(scalars[end]) : .other
        switch script {
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
