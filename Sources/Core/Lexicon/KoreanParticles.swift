/// Takes particles and common verb endings off the end of a Korean word, so that 냉각을, 냉각으로 and 냉각하는 meet.
struct KoreanParticles: Sendable {
    /// The endings of this process.
    static let shared = KoreanParticles()

    /// The end of the stem of the word at `start..<end`: at least two syllables, or the whole word if that is shorter.
    @inline(__always)
    func stemEnd(of units: [UInt32], _ start: Int, _ end: Int) -> Int {
        var end = end
        // A verb ending may be followed by a particle (처리하는것을): two passes reach both.
        for _ in 0..<2 {
            guard end - start > 2 else { break }
            let cut = longestEnding(of: units, end, most: min(Self.longest, end - start - 2))
            if cut == 0 { break }
            end -= cut
        }
        return end
    }

    private static let longest = 5

    /// Endings from their last syllable to their first.
    private let endings: WordTable

    private init() {
        var table = WordTable()
        for ending in Self.list.split(separator: " ") {
            _ = table.add(ending.unicodeScalars.reversed().map(\.value)[...], number: 0)
        }
        endings = table
    }

    private func longestEnding(of units: [UInt32], _ end: Int, most: Int) -> Int {
        endings.longest(before: end, in: units, most: most)
    }

    private static let list = """
        은 는 이 가 을 를 의 에 로 와 과 도 만 나 며 고 서 면 인 된 될 한 할 함 해 됨 등 들 \
        에서 에게 에는 에도 으로 까지 부터 처럼 보다 이나 이며 이고 이라 라는 하는 하고 하여 하면 하기 하지 했던 했다 한다 하며 해서 해야 \
        되는 되고 되어 되면 되지 된다 됩니 시킨 시켜 시키 적인 적으 들은 들이 들을 들의 로서 로써 로는 로도 와의 과의 만의 마다 조차 뿐만 \
        입니다 합니다 습니다 됩니다 습니까 합니까 에서는 에서도 에서의 으로는 으로도 으로써 으로서 에게서 이라는 이라고 하거나 되거나 이거나 \
        하려고 하려는 하도록 되도록 시키는 시키고 시켜서 하여야 했지만 하지만 이지만 까지의 부터의 적으로 있습니 없습니 \
        했습니다 있습니다 없습니다 되었습니 겠습니다 하겠습니 으로부터 에서부터 시킵니다 이었습니 하였습니 하십니까 \
        하였습니다 되었습니다 하겠습니다 이었습니다 됐습니다
        """
}

extension WordTable {
    /// The length of the longest word of at most `most` units, all of them read backwards, that ends at `end`.
    @inline(__always)
    func longest(before end: Int, in units: [UInt32], most: Int) -> Int {
        var best = 0
        var hash = RunningHash()
        for length in 1...max(1, most) where length <= most {
            hash.add(units[end - length])
            let slot = entry(hash.value)
            if slot.isWord { best = length }
            if !slot.goesOn { break }
        }
        return best
    }

    @inline(__always)
    private func entry(_ hash: UInt64) -> (isWord: Bool, goesOn: Bool) {
        let slot = slot(hash)
        return (slot >> 1 & Self.numberMask > 0, slot & 1 != 0)
    }
}
