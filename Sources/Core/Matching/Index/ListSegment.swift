/// Lists of up to 65,536 documents, never changed: for each term the documents that have it, and beside them those that
/// have it more than once, and how often.
///
/// A list of many documents is one bit a document instead of 16 bits an entry: shorter, and its members are found and
/// added at once. Documents are counted from the segment's first.
final class ListSegment: Sendable {
    /// Most documents of a segment: their numbers have 16 bits.
    static let mostDocuments = 1 << 16

    /// Number of documents.
    let count: Int
    let directory: ListDirectory
    /// Where each list begins in `members`; one more at the end.
    let starts: [UInt32]
    /// Where each list's repetitions begin; one more at the end.
    let repeatStarts: [UInt32]
    /// How often each term stands at most in one document.
    let mostTimes: [UInt8]
    let members: [UInt16]
    let repeatMembers: [UInt16]
    let repeatTimes: [UInt8]
    /// Number of terms of each document, with repetition.
    let lengths: [UInt32]
    /// Factor of a term that stands once in each document, by `norming`: 65,535 is its greatest, rounded up;
    /// filled with zeros to whole groups of 64.
    let norms: [UInt16]
    /// The scoring of the day the segment was made; the mean length has drifted since.
    let norming: ListScoring
    /// What repetitions add, by that scoring.
    let repeats: RepeatTable
    /// Measure of the shortest document.
    let least: Double

    init(_ parts: ListSegmentParts, lengths: [UInt32], norming: ListScoring, repeats: RepeatTable) {
        count = lengths.count
        directory = ListDirectory(parts.terms)
        starts = parts.starts + [UInt32(parts.members.count)]
        repeatStarts = parts.repeatStarts + [UInt32(parts.repeatMembers.count)]
        mostTimes = parts.mostTimes
        members = parts.members
        repeatMembers = parts.repeatMembers
        repeatTimes = parts.repeatTimes
        self.lengths = lengths
        self.norming = norming
        let scale = 65_535 / norming.greatest
        var norms = [UInt16](repeating: 0, count: (lengths.count + 63) & ~63)
        for (document, length) in lengths.enumerated() {
            norms[document] = UInt16(min(65_535, (norming.factor(1, norming.measure(length)) * scale).rounded(.up)))
        }
        self.norms = norms
        self.repeats = repeats
        least = norming.measure(lengths.min() ?? 0)
    }

    /// 16-bit words of a list of bits, for whole groups of 64 documents.
    static func bitWords(_ count: Int) -> Int { (count + 63) / 64 * 4 }

    /// Bytes that the segment holds.
    var bytes: Int {
        directory.bytes + (starts.capacity + repeatStarts.capacity + lengths.capacity) * 4 + mostTimes.capacity
            + (members.capacity + repeatMembers.capacity + norms.capacity) * 2 + repeatTimes.capacity + 8 * 32
    }
}

/// What a segment is made of.
struct ListSegmentParts {
    var terms: [UInt32] = []
    var starts: [UInt32] = []
    var repeatStarts: [UInt32] = []
    var mostTimes: [UInt8] = []
    var members: [UInt16] = []
    var repeatMembers: [UInt16] = []
    var repeatTimes: [UInt8] = []
    private let bitWords: Int

    init(documents: Int) { bitWords = ListSegment.bitWords(documents) }

    mutating func reserve(terms count: Int, members entries: Int, repeats: Int) {
        terms.reserveCapacity(count)
        starts.reserveCapacity(count + 1)
        repeatStarts.reserveCapacity(count + 1)
        mostTimes.reserveCapacity(count)
        members.reserveCapacity(entries)
        repeatMembers.reserveCapacity(repeats)
        repeatTimes.reserveCapacity(repeats)
    }

    /// Begins the list of a term; terms come in rising order.
    mutating func begin(_ term: UInt32) {
        terms.append(term)
        starts.append(UInt32(members.count))
        repeatStarts.append(UInt32(repeatMembers.count))
        mostTimes.append(1)
    }

    @inline(__always)
    mutating func append(_ document: UInt16) { members.append(document) }

    @inline(__always)
    mutating func append(_ document: UInt16, times: UInt8) {
        repeatMembers.append(document)
        repeatTimes.append(times)
        if times > mostTimes[mostTimes.count - 1] { mostTimes[mostTimes.count - 1] = times }
    }

    /// Ends the list: from so many members on, bits are shorter.
    mutating func end() {
        guard let start = starts.last.map(Int.init), members.count - start >= bitWords else { return }
        var bits = [UInt16](repeating: 0, count: bitWords)
        for document in members[start...] { bits[Int(document >> 4)] |= 1 << (document & 15) }
        members.removeLast(members.count - start)
        members.append(contentsOf: bits)
    }
}
