import CKernels

/// Exact scores of single documents.
extension SegmentSearch {
    /// Scores a document if it could be among the best. `partial` is at least what the pieces `0..<added` give it.
    func offer<Gate: RowGate>(
        _ document: Int, _ top: inout TopRows<Gate>, added: Int, partial: Double, _ primed: Primed
    ) {
        guard partial + ceilings[added] >= top.threshold, !primed.contains(document),
            top.gate.admits(base + document)
        else { return }
        // A hair of room for the different order of the sums.
        let threshold = top.threshold * (1 - 1e-9)
        var most = partial
        let measure = scoring.measure(view.lengths[document])
        let once = scoring.factor(1, measure)
        for number in added..<pieces.count {
            if most + ceilings[number] < threshold { return }
            let list = lists[pieces[number].list]
            if !pieces[number].isRepeats {
                if has(list, document) { most += list.weight * once }
            } else if let place = Self.find(
                UInt16(truncatingIfNeeded: document), view.repeatMembers, list.repeatStart, list.repeatEnd)
            {
                most += list.weight * (scoring.factor(Int(view.repeatTimes[place]), measure) - once)
            }
        }
        guard most >= threshold else { return }
        let score = exact(document)
        if score > 0, score >= top.threshold { top.insert(score, base + document) }
    }

    /// The score of a document, its terms summed up from the heaviest on.
    func exact(_ document: Int) -> Double {
        let measure = scoring.measure(view.lengths[document])
        var score = 0.0
        for list in lists {
            let times = times(list, document)
            if times > 0 { score += list.weight * scoring.factor(times, measure) }
        }
        return score
    }

    /// How often a document has a list's term.
    @inline(__always)
    private func times(_ list: List, _ document: Int) -> Int {
        guard has(list, document) else { return 0 }
        let wanted = UInt16(truncatingIfNeeded: document)
        if list.repeatStart == list.repeatEnd { return 1 }
        guard let place = Self.find(wanted, view.repeatMembers, list.repeatStart, list.repeatEnd) else { return 1 }
        return Int(view.repeatTimes[place])
    }

    /// Whether a document has a list's term.
    @inline(__always)
    private func has(_ list: List, _ document: Int) -> Bool {
        let wanted = UInt16(truncatingIfNeeded: document)
        if list.isBits { return view.members[list.start + document >> 4] >> (wanted & 15) & 1 == 1 }
        return Self.find(wanted, view.members, list.start, list.end) != nil
    }

    /// Place of a number among rising ones.
    @inline(__always)
    private static func find(_ wanted: UInt16, _ numbers: UnsafePointer<UInt16>, _ start: Int, _ end: Int) -> Int? {
        if start == end { return nil }
        let place = start + im_lists_find(numbers + start, end - start, wanted)
        return numbers[place] == wanted ? place : nil
    }
}

/// Documents scored already while there was no threshold: one bit each.
struct Primed {
    private var bits: [UInt64] = []

    mutating func insert(_ document: Int, of count: Int) {
        if bits.isEmpty { bits = [UInt64](repeating: 0, count: (count + 63) / 64) }
        bits[document >> 6] |= 1 << UInt64(document & 63)
    }

    @inline(__always)
    func contains(_ document: Int) -> Bool {
        !bits.isEmpty && bits[document >> 6] >> UInt64(document & 63) & 1 == 1
    }
}

/// Ties by number, everything admitted.
struct Plain: RowGate {
    func admits(_ row: Int) -> Bool { true }
    func precedes(_ one: Int, _ other: Int) -> Bool { one < other }
}

/// The arrays of a segment while one search reads them.
struct SegmentView {
    let members: UnsafePointer<UInt16>
    let repeatMembers: UnsafePointer<UInt16>
    let repeatTimes: UnsafePointer<UInt8>
    let lengths: UnsafePointer<UInt32>
    let norms: UnsafePointer<UInt16>
    let repeats: UnsafePointer<UInt16>
    /// Documents in whole groups of 64: that many norms there are.
    let documents: Int
}

extension ListSegment {
    /// Lends the segment's arrays.
    ///
    /// Why the pointers are right: they point into arrays that never change and that `self` holds for the whole call;
    /// the view does not leave `body`. Every index used comes from the segment itself: places of lists are below the
    /// arrays' counts, members are below `count`, and norms have the 64-fold length that the wide loops read.
    func withView<Value>(_ body: (SegmentView) -> Value) -> Value {
        members.withUnsafeBufferPointer { members in
            repeatMembers.withUnsafeBufferPointer { repeatMembers in
                repeatTimes.withUnsafeBufferPointer { repeatTimes in
                    lengths.withUnsafeBufferPointer { lengths in
                        norms.withUnsafeBufferPointer { norms in
                            repeats.values.withUnsafeBufferPointer { repeats in
                                body(
                                    SegmentView(
                                        members: members.start, repeatMembers: repeatMembers.start,
                                        repeatTimes: repeatTimes.start, lengths: lengths.start, norms: norms.start,
                                        repeats: repeats.start, documents: norms.count))
                            }
                        }
                    }
                }
            }
        }
    }
}

extension UnsafeBufferPointer {
    /// The first element; for an empty array an address that is never read.
    fileprivate var start: UnsafePointer<Element> {
        baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
    }
}
