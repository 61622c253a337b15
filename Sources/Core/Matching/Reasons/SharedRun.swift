/// A run of text that both postings have: neighbouring shared terms merged, so that a reason says 急速冷凍 and not 急速,
/// 速冷, 冷凍.
struct SharedRun {
    var need: String
    var seed: String
    var weight: Double

    /// The runs shared by two lists of terms, in the order of the first.
    static func find(
        _ need: MatchText, _ needTerms: TermList, _ seed: MatchText, _ seedTerms: TermList,
        weight: (String) -> Double
    ) -> [SharedRun] {
        guard needTerms.starts.count == needTerms.keys.count, seedTerms.starts.count == seedTerms.keys.count else {
            return []
        }
        var places: [String: [Int]] = [:]
        for (index, key) in seedTerms.keys.enumerated() { places[key, default: []].append(index) }
        var runs: [SharedRun] = []
        var seen: Set<String> = []
        var index = 0
        while index < needTerms.keys.count {
            guard let starts = places[needTerms.keys[index]] else {
                index += 1
                continue
            }
            let run = longest(needTerms, seedTerms, index, starts, in: (need, seed))
            var total = 0.0
            for term in index...run.last where seen.insert(needTerms.keys[term]).inserted {
                total += weight(needTerms.keys[term])
            }
            let lastOfSeed = run.seedFirst + max(1, run.length) - 1
            var one = Span(text: need, needTerms.starts[index], needTerms.ends[run.last])
            var other = Span(text: seed, seedTerms.starts[run.seedFirst], seedTerms.ends[lastOfSeed])
            if total > 0, Span.trim(&one, &other) {
                runs.append(SharedRun(need: one.words, seed: other.words, weight: total))
            }
            index = run.last + 1
        }
        return runs
    }

    /// The longest run from a term of the need that the seed has in the same order without a gap.
    private static func longest(
        _ need: TermList, _ seed: TermList, _ first: Int, _ starts: [Int], in text: (need: MatchText, seed: MatchText)
    ) -> (last: Int, seedFirst: Int, length: Int) {
        var best = (last: first, seedFirst: starts[0], length: 1)
        for start in starts {
            var length = 1
            while first + length < need.keys.count, start + length < seed.keys.count,
                need.keys[first + length] == seed.keys[start + length],
                touches(need, first + length, of: text.need), touches(seed, start + length, of: text.seed)
            {
                length += 1
            }
            if length > best.length { best = (first + length - 1, start, length) }
        }
        return best
    }

    /// Whether a term overlaps the one before it or follows it after one space or hyphen, and does not begin before it.
    private static func touches(_ list: TermList, _ index: Int, of text: MatchText) -> Bool {
        let end = list.ends[index - 1]
        guard list.starts[index] >= list.starts[index - 1], list.starts[index] <= end + 1 else { return false }
        // A sentence ends at a mark or a line.
        return list.starts[index] <= end || ![0x0A, 0x2C, 0x2E, 0x3001, 0x3002].contains(text.shown[Int(end)])
    }

    /// The strongest runs that are worth reading, without those that stand within a stronger one. Generic words are
    /// left out even where nothing better is shared: then the reason shows a pair of sentences instead.
    static func strongest(_ runs: [SharedRun]) -> [SharedRun] {
        let sorted = runs.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.need < $1.need }
        var kept: [SharedRun] = []
        for run in sorted where isWorthReading(run.need) && isWorthReading(run.seed) {
            if kept.contains(where: { $0.need.contains(run.need) || run.need.contains($0.need) }) { continue }
            kept.append(run)
            if kept.count == MatchIndex.mostNamed { break }
        }
        return kept
    }

    /// A single character, hiragana alone, a quantity or a generic word explains nothing.
    private static func isWorthReading(_ text: String) -> Bool {
        text.unicodeScalars.count > 1 && !text.unicodeScalars.allSatisfy { LetterKind($0.value) == .hiragana }
            && !isQuantity(text) && !GenericWords.isGeneric(text)
    }

    private static func isQuantity(_ text: String) -> Bool {
        guard let first = text.first else { return true }
        return first.isNumber || "約数十百千万億".contains(first) && text.dropFirst().contains(where: \.isNumber)
    }
}

/// A part of a text, from scalar to scalar.
private struct Span {
    let text: MatchText
    var start: Int
    var end: Int

    init(text: MatchText, _ start: Int32, _ end: Int32) {
        self.text = text
        self.start = Int(start)
        self.end = Int(end)
    }

    var words: String { text.surface(start, end) }

    /// を, は, が, に, の, で, と, も, へ, や: no part of the word before or after.
    private static let particles: Set<UInt32> = Set("をはがにのでともへや".unicodeScalars.map(\.value))

    /// Cuts off what is no word in either text, as 品 of 品加工 in 食品加工 and 部品加工; false if nothing is left.
    ///
    /// Ideographs mostly stand in pairs, so that a run that begins an odd number of them into a word in both texts
    /// begins in the middle of a pair. A katakana or hangul word has to begin where a word begins in one of the texts.
    static func trim(_ one: inout Span, _ other: inout Span) -> Bool {
        guard one.end - one.start == other.end - other.start else { return true }
        while one.end - one.start > 1, particles.contains(one.text.shown[one.start]) {
            one.start += 1
            other.start += 1
        }
        while one.end - one.start > 1, particles.contains(one.text.shown[one.end - 1]) {
            one.end -= 1
            other.end -= 1
        }
        switch one.text.kind(at: one.start) {
        case .han:
            if one.text.run(before: one.start) % 2 == 1, other.text.run(before: other.start) % 2 == 1 {
                one.start += 1
                other.start += 1
            }
        case .katakana, .hangul:
            if one.text.run(before: one.start) > 0, other.text.run(before: other.start) > 0 { return false }
        case .hiragana, .latin, .other: break
        }
        guard one.end > one.start else { return false }
        let before = min(one.text.run(before: one.end - 1), one.end - one.start - 1)
        switch one.text.kind(at: one.end - 1) {
        case .han:
            // An odd run that goes on in both texts ends in the middle of a pair.
            if before % 2 == 0, one.text.run(after: one.end) > 0, other.text.run(after: other.end) > 0 {
                one.end -= 1
                other.end -= 1
            }
        case .katakana:
            if one.text.run(after: one.end) > 0, other.text.run(after: other.end) > 0, before < 3 { return false }
        case .hiragana, .hangul, .latin, .other: break
        }
        return one.end - one.start > 1 && completeVerb(&one, &other)
    }

    /// 起き上 of 起き上がり and 位置合 of 位置合わせ are prolonged to the word where both texts go on alike. Where they do not,
    /// 位置合 becomes 位置, and 顔を写 of 顔を写さず and 顔を写して is no word.
    private static func completeVerb(_ one: inout Span, _ other: inout Span) -> Bool {
        let last = one.text.kind(at: one.end - 1)
        guard last == .han || last == .hiragana, one.text.kind(at: one.end) == .hiragana,
            other.text.kind(at: other.end) == .hiragana
        else { return true }
        var length = 0
        while length < 4, one.text.kind(at: one.end + length) == .hiragana,
            other.end + length < other.text.shown.count,
            one.text.shown[one.end + length] == other.text.shown[other.end + length],
            !particles.contains(one.text.shown[one.end + length])
        {
            length += 1
        }
        func isWhole(_ span: Span) -> Bool {
            let next = span.end + length
            return span.text.kind(at: next) != .hiragana || particles.contains(span.text.shown[next])
        }
        let letters = one.text.shown[one.start..<one.end]
        let hasKana = letters.contains { LetterKind($0) == .hiragana }
        if length > 0, isWhole(one), isWhole(other) {
            one.end += length
            other.end += length
            return true
        }
        if hasKana { return last == .hiragana && isWhole(one) && isWhole(other) }
        // A particle follows: the word ends here.
        if isWhole(one) || isWhole(other) { return true }
        if letters.count > 2, letters.count % 2 == 1 {
            one.end -= 1
            other.end -= 1
        }
        return true
    }
}
