/// Sentences of a normalised text.
enum Sentences {
    /// Where the sentences of a line stand: cut after full stops, question and exclamation marks, semicolons and
    /// bullets. A point ends a sentence only before a space or at the end: not in "0.5" or "example.org".
    static func find(in scalars: [UInt32]) -> [Range<Int>] {
        var sentences: [Range<Int>] = []
        var start = 0
        for place in scalars.indices {
            let next = place + 1 < scalars.count ? scalars[place + 1] : 0x20
            guard isEnd(scalars[place]) || (scalars[place] == 0x2E && next == 0x20) else { continue }
            sentences.append(start..<(place + 1))
            start = place + 1
        }
        if start < scalars.count { sentences.append(start..<scalars.count) }
        return sentences.map { trimmed($0, scalars) }.filter { !$0.isEmpty }
    }

    /// Commas of the four languages, after NFKC.
    static func isComma(_ scalar: UInt32) -> Bool { scalar == 0x2C || scalar == 0x3001 }

    /// The range without spaces, bullets and commas at either end.
    static func trimmed(_ range: Range<Int>, _ scalars: [UInt32]) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, isEdge(scalars[lower]) { lower += 1 }
        while lower < upper, isEdge(scalars[upper - 1]) { upper -= 1 }
        return lower..<upper
    }

    private static func isEnd(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x21, 0x3B, 0x3F, 0x3002, 0x25CF, 0x2022: true
        default: false
        }
    }

    private static func isEdge(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x20, 0x2A, 0x2C, 0x2D, 0x3000, 0x3001, 0x30FB, 0x25CF, 0x2022, 0x25A0, 0x25CB: true
        default: false
        }
    }
}
