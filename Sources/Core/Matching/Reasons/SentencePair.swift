/// Finds the sentence of each text in which what they share stands closest together.
struct SentencePair {
    /// Sentences beyond this are not looked at.
    private static let mostSentences = 120
    /// Longest excerpt that is kept, in characters.
    static let longest = 90

    private struct Sentence {
        var start: Int
        var end: Int
        var isTitle: Bool
        /// Closed by a mark, not by the end of a line as keywords are.
        var isMarked: Bool
    }

    /// The pair that shares most, by weight over the root of their lengths, so that a long sentence does not win by
    /// length alone; nil where no two sentences share anything. Titles count less, because readers see them anyway, and
    /// sentences of the purpose more.
    static func find(
        _ need: MatchDocument, _ seed: MatchDocument, terms: (MatchText) -> TermList, weight: (String) -> Double
    ) -> MatchReason.Sentences? {
        let ours = sentences(need.text)
        let theirs = sentences(seed.text)
        let here = shared(terms(need.text), ours)
        let there = shared(terms(seed.text), theirs)
        var scores: [Int: Double] = [:]
        for (key, places) in here.sorted(by: { $0.key < $1.key }) {
            guard let others = there[key] else { continue }
            let weight = weight(key)
            for one in places {
                for other in others { scores[one * mostSentences + other, default: 0] += weight }
            }
        }
        let best = scores.max { left, right in
            let one =
                left.value * worth(ours[left.key / mostSentences], need) * worth(theirs[left.key % mostSentences], seed)
            let other =
                right.value * worth(ours[right.key / mostSentences], need)
                * worth(theirs[right.key % mostSentences], seed)
            return one != other ? one < other : left.key > right.key
        }
        guard let best, best.value > 0 else { return nil }
        return MatchReason.Sentences(
            need: excerpt(need.text, ours[best.key / mostSentences]),
            seed: excerpt(seed.text, theirs[best.key % mostSentences]))
    }

    /// The first sentence of the purpose of each, or of the text after the title: for a match that vectors carried
    /// and no word.
    static func first(_ need: MatchDocument, _ seed: MatchDocument) -> MatchReason.Sentences? {
        func one(_ document: MatchDocument) -> String? {
            let text = document.facets.purpose ?? document.text
            let all = sentences(text)
            return (all.first { !$0.isTitle } ?? all.first).map { excerpt(text, $0) }
        }
        guard let ours = one(need), let theirs = one(seed) else { return nil }
        return MatchReason.Sentences(need: ours, seed: theirs)
    }

    private static func worth(_ sentence: Sentence, _ document: MatchDocument) -> Double {
        let length = Double(max(8, sentence.end - sentence.start)).squareRoot()
        var worth = (sentence.isTitle || !sentence.isMarked ? 0.6 : 1) / length
        if let purpose = document.facets.purpose?.shown,
            holds(purpose, document.text.shown[sentence.start..<sentence.end])
        {
            worth *= 1.3
        }
        return worth
    }

    private static func holds(_ text: [UInt32], _ part: ArraySlice<UInt32>) -> Bool {
        guard let first = part.first, part.count <= text.count else { return false }
        for start in 0...(text.count - part.count)
        where text[start] == first && text[start..<(start + part.count)].elementsEqual(part) {
            return true
        }
        return false
    }

    /// In which sentences each key stands.
    private static func shared(_ list: TermList, _ sentences: [Sentence]) -> [String: Set<Int>] {
        var result: [String: Set<Int>] = [:]
        guard list.starts.count == list.keys.count else { return [:] }
        for (key, start) in zip(list.keys, list.starts) {
            if let place = index(of: Int(start), sentences) { result[key, default: []].insert(place) }
        }
        return result
    }

    private static func index(of place: Int, _ sentences: [Sentence]) -> Int? {
        var low = 0
        var high = sentences.count
        while low < high {
            let middle = (low + high) / 2
            if sentences[middle].end <= place { low = middle + 1 } else { high = middle }
        }
        return low < sentences.count && sentences[low].start <= place ? low : nil
    }

    private static func sentences(_ text: MatchText) -> [Sentence] {
        var found: [Sentence] = []
        var start = 0
        var isTitle = text.shown.contains(0x0A)
        func close(_ end: Int, isMarked: Bool) {
            var first = start
            while first < end, text.shown[first] <= 0x20 || text.shown[first] == 0x3000 { first += 1 }
            if end - first >= 4 { found.append(Sentence(start: first, end: end, isTitle: isTitle, isMarked: isMarked)) }
        }
        for (place, scalar) in text.shown.enumerated() {
            let isLine = scalar == 0x0A
            let next = place + 1 < text.shown.count ? text.shown[place + 1] : 0x20
            // 。！？ and their Latin kin before a space: 3.5 is no end of a sentence.
            let isEnd =
                scalar == 0x3002 || scalar == 0xFF01 || scalar == 0xFF1F
                || (scalar == 0x2E || scalar == 0x21 || scalar == 0x3F) && next <= 0x20
            guard isLine || isEnd else { continue }
            close(isLine ? place : place + 1, isMarked: isEnd)
            start = place + 1
            if isLine { isTitle = false }
            if found.count == mostSentences { return found }
        }
        if start < text.shown.count, found.count < mostSentences { close(text.shown.count, isMarked: false) }
        return found
    }

    private static func excerpt(_ text: MatchText, _ sentence: Sentence) -> String {
        var words = text.surface(sentence.start, sentence.end)
        if words.hasSuffix("。") { words.removeLast() }
        if words.hasSuffix("."), !words.dropLast().contains(".") { words.removeLast() }
        return clipped(words, to: longest)
    }

    /// The text cut to a number of characters, after a comma or a space where one is near, with an ellipsis.
    static func clipped(_ text: String, to limit: Int) -> String {
        guard text.count > limit else { return text }
        let head = text.prefix(limit - 1)
        let breaks = head.indices.filter { ["、", "，", ",", " ", "・"].contains(String(head[$0])) }
        if let last = breaks.last, head.distance(from: head.startIndex, to: last) > limit * 2 / 3 {
            return String(head[..<last]) + "…"
        }
        return String(head) + "…"
    }
}
