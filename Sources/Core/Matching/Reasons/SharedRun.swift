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
            var run = longest(needTerms, seedTerms, index, starts)
            let end = Int(needTerms.ends[run.last])
            var total = 0.0
            for term in index...run.last where seen.insert(needTerms.keys[term]).inserted {
                total += weight(needTerms.keys[term])
            }
            run.length = max(1, run.length)
            let seedEnd = Int(seedTerms.ends[run.seedFirst + run.length - 1])
            if total > 0 {
                runs.append(
                    SharedRun(
                        need: need.surface(Int(needTerms.starts[index]), end),
                        seed: seed.surface(Int(seedTerms.starts[run.seedFirst]), seedEnd), weight: total))
            }
            index = run.last + 1
        }
        return runs
    }

    /// The longest run from a term of the need that the seed has in the same order without a gap.
    private static func longest(
        _ need: TermList, _ seed: TermList, _ first: Int, _ starts: [Int]
    ) -> (last: Int, seedFirst: Int, length: Int) {
        var best = (last: first, seedFirst: starts[0], length: 1)
        for start in starts {
            var length = 1
            while first + length < need.keys.count, start + length < seed.keys.count,
                need.keys[first + length] == seed.keys[start + length],
                touches(need, first + length), touches(seed, start + length)
            {
                length += 1
            }
            if length > best.length { best = (first + length - 1, start, length) }
        }
        return best
    }

    /// Whether a term overlaps the one before it or follows it after one space or hyphen, and does not begin before it.
    private static func touches(_ list: TermList, _ index: Int) -> Bool {
        list.starts[index] >= list.starts[index - 1] && list.starts[index] <= list.ends[index - 1] + 1
    }

    /// The strongest runs that are worth reading, without those that stand within a stronger one.
    static func strongest(_ runs: [SharedRun]) -> [SharedRun] {
        let sorted = runs.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.need < $1.need }
        let readable = sorted.filter { isWorthReading($0.need) }
        var kept: [SharedRun] = []
        // Where nothing better is shared, the reason still names what the score rests on.
        for run in readable.isEmpty ? sorted.filter({ !isHiragana($0.need) }) : readable {
            if kept.contains(where: { $0.need.contains(run.need) || run.need.contains($0.need) }) { continue }
            kept.append(run)
            if kept.count == MatchIndex.mostNamed { break }
        }
        return kept
    }

    /// A single character or hiragana alone explains little.
    private static func isWorthReading(_ text: String) -> Bool {
        text.unicodeScalars.count > 1 && !isHiragana(text)
    }

    private static func isHiragana(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x3041 && $0.value <= 0x309F }
    }
}
