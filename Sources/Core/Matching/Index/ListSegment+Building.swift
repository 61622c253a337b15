/// Making segments: of rows, or of segments.
extension ListSegment {
    /// Takes rows of `term << 8 | times` entries, each row's terms differing; `starts` has one more than there are
    /// rows.
    convenience init(
        rows entries: [UInt32], starts: [Int32], lengths: [UInt32], norming: ListScoring, repeats: RepeatTable
    ) {
        let sorted = Self.sortedByTerm(entries, starts)
        var parts = ListSegmentParts(documents: lengths.count)
        parts.reserve(terms: sorted.count / 2, members: sorted.count, repeats: sorted.count / 4)
        for (index, entry) in sorted.enumerated() {
            let term = UInt32(entry >> 24)
            if index == 0 || parts.terms.last != term {
                if index > 0 { parts.end() }
                parts.begin(term)
            }
            let document = UInt16(truncatingIfNeeded: entry >> 8)
            parts.append(document)
            let times = UInt8(truncatingIfNeeded: entry)
            if times > 1 { parts.append(document, times: times) }
        }
        if !sorted.isEmpty { parts.end() }
        self.init(parts, lengths: lengths, norming: norming, repeats: repeats)
    }

    /// `term << 24 | document << 8 | times`, by term and then by document: two passes over 12 bits each.
    private static func sortedByTerm(_ entries: [UInt32], _ starts: [Int32]) -> [UInt64] {
        var from: [UInt64] = []
        from.reserveCapacity(entries.count)
        for document in 0..<max(0, starts.count - 1) {
            for entry in entries[Int(starts[document])..<Int(starts[document + 1])] {
                from.append(UInt64(entry >> 8) << 24 | UInt64(document) << 8 | UInt64(entry & 0xFF))
            }
        }
        var to = [UInt64](repeating: 0, count: from.count)
        for shift in [24, 36] as [UInt64] {
            var ends = [Int32](repeating: 0, count: 4_097)
            for entry in from { ends[Int(entry >> shift & 4_095) + 1] += 1 }
            for bucket in 1...4_096 { ends[bucket] += ends[bucket - 1] }
            for entry in from {
                let bucket = Int(entry >> shift & 4_095)
                to[Int(ends[bucket])] = entry
                ends[bucket] += 1
            }
            swap(&from, &to)
        }
        return from
    }

    /// One segment of several that follow each other, without the entries of documents that left (`isLive` is asked
    /// by number in the new segment).
    convenience init(
        merging segments: [ListSegment], norming: ListScoring, repeats: RepeatTable, isLive: (Int) -> Bool
    ) {
        let lengths = segments.flatMap(\.lengths)
        let leftOut = lengths.indices.filter { !isLive($0) }
        var isOut = [Bool](repeating: false, count: leftOut.isEmpty ? 0 : lengths.count)
        for document in leftOut { isOut[document] = true }
        var parts = ListSegmentParts(documents: lengths.count)
        parts.reserve(
            terms: segments.map(\.directory.count).max() ?? 0, members: segments.reduce(0) { $0 + $1.members.count },
            repeats: segments.reduce(0) { $0 + $1.repeatMembers.count })
        var runs = segments.map { SegmentRun($0) }
        var base = 0
        for index in runs.indices {
            runs[index].base = base
            base += segments[index].count
        }
        while let term = runs.lazy.compactMap(\.term).min() {
            parts.begin(term)
            for index in runs.indices where runs[index].term == term { runs[index].give(to: &parts, isOut) }
            parts.end()
        }
        parts.trim()
        self.init(parts, lengths: lengths, norming: norming, repeats: repeats)
    }
}

extension ListSegment {
    /// Every document that has a term, rising, and how often.
    func forEach(_ term: Int, _ body: (_ document: Int, _ times: Int) -> Void) {
        guard let place = directory.place(of: term) else { return }
        let (start, end) = (Int(starts[place]), Int(starts[place + 1]))
        var again = Int(repeatStarts[place])
        let last = Int(repeatStarts[place + 1])
        func give(_ document: Int) {
            let isRepeated = again < last && Int(repeatMembers[again]) == document
            body(document, isRepeated ? Int(repeatTimes[again]) : 1)
            if isRepeated { again += 1 }
        }
        if end - start == Self.bitWords(count) {
            for word in start..<end {
                var bits = members[word]
                while bits != 0 {
                    give((word - start) << 4 | bits.trailingZeroBitCount)
                    bits &= bits &- 1
                }
            }
        } else {
            for member in members[start..<end] { give(Int(member)) }
        }
    }
}

extension ListSegmentParts {
    /// Gives back room that was reserved for more.
    mutating func trim() {
        func trimmed<Element>(_ array: [Element]) -> [Element] {
            array.capacity > array.count + array.count / 16 ? Array(array[...].map { $0 }) : array
        }
        terms = trimmed(terms)
        members = trimmed(members)
        repeatMembers = trimmed(repeatMembers)
        repeatTimes = trimmed(repeatTimes)
        mostTimes = trimmed(mostTimes)
    }
}

/// A segment read list by list.
private struct SegmentRun {
    private let segment: ListSegment
    private let terms: [UInt32]
    private var place = 0
    /// Number of the segment's first document in the new one.
    var base = 0

    init(_ segment: ListSegment) {
        self.segment = segment
        terms = segment.directory.terms
    }

    /// The next list's term.
    var term: UInt32? { place < terms.count ? terms[place] : nil }

    /// Gives the next list away.
    mutating func give(to parts: inout ListSegmentParts, _ isOut: [Bool]) {
        let (start, end) = (Int(segment.starts[place]), Int(segment.starts[place + 1]))
        if end - start == ListSegment.bitWords(segment.count) {
            for word in start..<end {
                var bits = segment.members[word]
                while bits != 0 {
                    add((word - start) << 4 | bits.trailingZeroBitCount, &parts, isOut)
                    bits &= bits &- 1
                }
            }
        } else {
            for member in segment.members[start..<end] { add(Int(member), &parts, isOut) }
        }
        for index in Int(segment.repeatStarts[place])..<Int(segment.repeatStarts[place + 1]) {
            let document = base + Int(segment.repeatMembers[index])
            if isOut.isEmpty || !isOut[document] {
                parts.append(UInt16(truncatingIfNeeded: document), times: segment.repeatTimes[index])
            }
        }
        place += 1
    }

    @inline(__always)
    private func add(_ member: Int, _ parts: inout ListSegmentParts, _ isOut: [Bool]) {
        let document = base + member
        if isOut.isEmpty || !isOut[document] { parts.append(UInt16(truncatingIfNeeded: document)) }
    }
}
