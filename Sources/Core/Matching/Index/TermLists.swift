/// The inverted lists of documents that are numbered as they come: immutable segments, and a short tail of rows.
///
/// A value: copies share the segments, so that a snapshot costs nothing, and the first change after it copies the tail
/// only. A full tail becomes a segment, four segments of a size become one: each entry is written a handful of times
/// over its life, and nothing is ever rebuilt.
struct TermLists: Sendable {
    /// Documents of the tail. They are compared one by one with every query, which must stay cheap.
    static let tailDocuments = 256
    /// Segments that become one of the next size.
    private static let fanIn = 4

    private(set) var segments: [ListSegment] = []
    /// First document of each segment; one more, where the tail begins.
    private(set) var bases = [0]
    /// Rows of the tail, `term << 8 | times` (times at most 255).
    private(set) var tail: [UInt32] = []
    /// Where each row of the tail begins; one more at the end.
    private(set) var tailStarts: [Int32] = [0]
    private(set) var tailLengths: [UInt32] = []
    private var repeats = RepeatTable(.rooted(base: 1))

    /// The number of documents ever added.
    var count: Int { bases[bases.count - 1] + tailLengths.count }

    /// First document of the tail.
    var tailBase: Int { bases[bases.count - 1] }

    /// Adds the next document. `scoring` is the one of now; `isLive` says of earlier documents whether they are still
    /// there (entries of others are dropped on the way).
    mutating func append(
        _ row: [UInt32], length: UInt32, scoring: ListScoring, isLive: (Int) -> Bool
    ) {
        tail.append(contentsOf: row)
        tailStarts.append(Int32(tail.count))
        tailLengths.append(length)
        guard tailLengths.count == Self.tailDocuments else { return }
        freezeTail(scoring)
        while let size = segments.last?.count, size < ListSegment.mostDocuments,
            segments.count >= Self.fanIn, segments.suffix(Self.fanIn).allSatisfy({ $0.count == size })
        {
            mergeLast(Self.fanIn, scoring, isLive)
        }
    }

    /// Makes few segments of many, as at the end of reading a whole collection.
    mutating func settle(scoring: ListScoring, isLive: (Int) -> Bool) {
        if !tailLengths.isEmpty { freezeTail(scoring) }
        let full = segments.prefix { $0.count == ListSegment.mostDocuments }.count
        var first = full
        while first < segments.count {
            var (last, documents) = (first, 0)
            while last < segments.count, documents + segments[last].count <= ListSegment.mostDocuments {
                documents += segments[last].count
                last += 1
            }
            if last - first > 1 { merge(first..<last, scoring, isLive) }
            first += 1
        }
    }

    private mutating func freezeTail(_ scoring: ListScoring) {
        if !repeats.serves(scoring) { repeats = RepeatTable(scoring) }
        segments.append(
            ListSegment(rows: tail, starts: tailStarts, lengths: tailLengths, norming: scoring, repeats: repeats))
        bases.append(count)
        tail.removeAll(keepingCapacity: true)
        tailStarts.removeAll(keepingCapacity: true)
        tailStarts.append(0)
        tailLengths.removeAll(keepingCapacity: true)
    }

    private mutating func mergeLast(_ number: Int, _ scoring: ListScoring, _ isLive: (Int) -> Bool) {
        merge(segments.count - number..<segments.count, scoring, isLive)
    }

    private mutating func merge(_ range: Range<Int>, _ scoring: ListScoring, _ isLive: (Int) -> Bool) {
        let base = bases[range.lowerBound]
        if !repeats.serves(scoring) { repeats = RepeatTable(scoring) }
        let merged = ListSegment(merging: Array(segments[range]), norming: scoring, repeats: repeats) {
            isLive(base + $0)
        }
        segments.replaceSubrange(range, with: [merged])
        bases.removeSubrange(range.lowerBound + 1..<range.upperBound)
    }

    /// Bytes that the lists hold.
    var bytes: Int {
        segments.reduce(0) { $0 + $1.bytes }
            + (tail.capacity + tailStarts.capacity + tailLengths.capacity) * 4 + segments.capacity * 16
    }
}
