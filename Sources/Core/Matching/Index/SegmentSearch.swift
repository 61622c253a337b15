import CKernels

/// One query against one segment: sums over the heavy lists, documents that could still be among the best, and their
/// exact scores.
///
/// Sums are kept in 16 bits, in steps of `unit`, without the factor of a document's length, always rounded up: a sum
/// times the norm is never less than the document's score so far. Of each list, the members and the repetitions are two
/// pieces. Pieces are added in the order of what they can give for their price; once the rest together cannot lift a
/// document above the threshold, documents without a sum are out, and the others are looked up in the remaining pieces
/// one by one.
struct SegmentSearch {
    /// Sums of that height may have been cut: their documents are always looked at. Below, what one list adds (at most
    /// 16,383 over all lists) cannot leave 16 bits.
    private static let cut: UInt32 = 49_151
    /// At most so many lists may be added, so that their steps, rounded up, stay below 16,384 together.
    static let mostAdded = 4_096
    /// Share of the threshold that the pieces left out may reach together.
    static let slack = 0.8
    /// So many documents are looked up rather than that more pieces are added.
    private static let fewDocuments = 256

    /// A list of the segment that the query asks for.
    struct List {
        var weight: Double
        var step: UInt16
        var start: Int
        var end: Int
        var isBits: Bool
        var repeatStart: Int
        var repeatEnd: Int
    }

    /// The members of a list, or its repetitions.
    struct Piece {
        var list: Int
        var isRepeats: Bool
        /// Most that it adds to the score of any document.
        var ceiling: Double
        /// Rough number of additions that it takes.
        var cost: Int
    }

    let view: SegmentView
    let scoring: ListScoring
    let unit: Double
    /// First document of the segment.
    let base: Int
    private(set) var lists: [List] = []
    /// In the order in which they are added.
    private(set) var pieces: [Piece] = []
    /// Most that the pieces from each on add to any document; 0 behind the last.
    private(set) var ceilings: [Double] = []
    /// How many pieces may be added.
    private var most = 0
    private let inflation: Double
    private let segment: ListSegment

    init(
        _ segment: ListSegment, _ view: SegmentView, base: Int, terms: WeightedTerms, scoring: ListScoring, unit: Double
    ) {
        self.view = view
        self.scoring = scoring
        self.unit = unit
        self.base = base
        inflation = scoring.inflation(over: segment.norming)
        self.segment = segment
        let bitWords = ListSegment.bitWords(segment.count)
        lists.reserveCapacity(terms.terms.count)
        for (term, weight) in zip(terms.terms, terms.weights) {
            guard let place = segment.directory.place(of: term) else { continue }
            let (start, end) = (Int(segment.starts[place]), Int(segment.starts[place + 1]))
            let step = UInt16(min(16_383, (weight / unit).rounded(.up)))
            let list = List(
                weight: weight, step: step, start: start, end: end, isBits: end - start == bitWords,
                repeatStart: Int(segment.repeatStarts[place]), repeatEnd: Int(segment.repeatStarts[place + 1]))
            arrange(list, mostTimes: Int(segment.mostTimes[place]))
            lists.append(list)
        }
        arrange()
    }

    /// Makes the pieces of a list.
    private mutating func arrange(_ list: List, mostTimes: Int) {
        let norming = segment.norming
        let once = list.weight * norming.factor(1, segment.least) * inflation
        let cost = list.isBits ? segment.count / 32 : list.end - list.start
        pieces.append(Piece(list: lists.count, isRepeats: false, ceiling: once, cost: cost))
        guard list.repeatStart < list.repeatEnd, scoring.countsRepeats else { return }
        let more = list.weight * norming.greatestGain(mostTimes) * inflation
        let repeats = list.repeatEnd - list.repeatStart
        pieces.append(Piece(list: lists.count, isRepeats: true, ceiling: more, cost: 2 * repeats))
    }

    /// Orders the pieces: those of short lists first.
    private mutating func arrange() {
        pieces.sort { one, other in
            let isLong = lists[one.list].isBits
            if isLong != lists[other.list].isBits { return !isLong }
            let (first, second) = (one.ceiling * Double(other.cost), other.ceiling * Double(one.cost))
            return first != second ? first > second : one.list < other.list
        }
        ceilings = [Double](repeating: 0, count: pieces.count + 1)
        for number in pieces.indices.reversed() {
            ceilings[number] = ceilings[number + 1] + pieces[number].ceiling
        }
        most = pieces.firstIndex { $0.list >= Self.mostAdded } ?? pieces.count
    }

    /// Whether the processor has the wide instructions; asked once.
    private static let isWide: Int32 = im_lists_wide()

    /// The step of sums for a query: all its lists together stay below 16,384.
    static func unit(_ terms: WeightedTerms) -> Double {
        let added = terms.weights.prefix(mostAdded)
        return added.reduce(0, +) / Double(16_383 - added.count)
    }

    /// Puts the segment's best documents into `top`. `sums` (a 16-bit sum for each document, whole groups of 64) is
    /// zero before and after; `found` has room for all documents.
    func run<Gate: RowGate>(
        _ top: inout TopRows<Gate>, sums: UnsafeMutablePointer<UInt16>, found: UnsafeMutablePointer<UInt16>
    ) {
        guard !lists.isEmpty else { return }
        var added = 0
        var primed = Primed()
        if !top.isFull {
            added = prime(&top, &primed, sums, found)
        }
        while added < most, ceilings[added] >= Self.slack * top.threshold {
            add(pieces[added], sums)
            added += 1
        }
        if added == most, most < pieces.count, ceilings[most] >= top.threshold {
            for document in 0..<segment.count { offer(document, &top, added: 0, partial: .infinity, primed) }
        } else {
            var count = collect(sums, found, added, top.threshold)
            if count > Self.fewDocuments {
                raise(&top, &primed, sums, found, count)
                count = keep(count, of: found, sums, added, top.threshold)
            }
            while added < most, count > Self.fewDocuments {
                var spent = 0
                while added < most, spent < 8 * count {
                    add(pieces[added], sums)
                    spent += pieces[added].cost
                    added += 1
                }
                count = keep(count, of: found, sums, added, top.threshold)
            }
            for index in 0..<count {
                let document = Int(found[index])
                offer(document, &top, added: added, partial: partial(document, sums), primed)
            }
        }
        sums.update(repeating: 0, count: view.documents)
    }

    /// Fills `top` with the documents that the short lists alone put in front, so that there is a threshold to
    /// begin with; answers how many lists were added.
    private func prime<Gate: RowGate>(
        _ top: inout TopRows<Gate>, _ primed: inout Primed, _ sums: UnsafeMutablePointer<UInt16>,
        _ found: UnsafeMutablePointer<UInt16>
    ) -> Int {
        guard top.limit < segment.count / 8 else { return 0 }
        var added = 0
        while added < most, !lists[pieces[added].list].isBits {
            add(pieces[added], sums)
            added += 1
        }
        var best = TopRows(limit: top.limit, gate: Plain())
        var (first, size) = (0, 256)
        while first < view.documents {
            size = min(size, view.documents - first)
            let count = im_lists_collect(
                Self.isWide, sums, view.norms, first, size, 0, UInt16(best.threshold), UInt16(Self.cut), found)
            choose(&best, top.gate, primed, sums, found, count)
            first += size
            size *= 2
        }
        score(best, &top, &primed)
        return added
    }

    /// Scores those of the documents found that the sums put in front, so that the threshold rises.
    private func raise<Gate: RowGate>(
        _ top: inout TopRows<Gate>, _ primed: inout Primed, _ sums: UnsafeMutablePointer<UInt16>,
        _ found: UnsafeMutablePointer<UInt16>, _ count: Int
    ) {
        var best = TopRows(limit: top.limit, gate: Plain())
        choose(&best, top.gate, primed, sums, found, count)
        score(best, &top, &primed)
    }

    private func choose(
        _ best: inout TopRows<Plain>, _ gate: some RowGate, _ primed: Primed, _ sums: UnsafeMutablePointer<UInt16>,
        _ found: UnsafeMutablePointer<UInt16>, _ count: Int
    ) {
        for index in 0..<count {
            let document = Int(found[index])
            let height = Double((UInt32(sums[document]) * UInt32(view.norms[document])) >> 16)
            guard height > best.threshold || !best.isFull, !primed.contains(document), gate.admits(base + document)
            else { continue }
            best.insert(height, document)
        }
    }

    private func score<Gate: RowGate>(_ best: TopRows<Plain>, _ top: inout TopRows<Gate>, _ primed: inout Primed) {
        for (_, document) in best.sorted {
            primed.insert(document, of: segment.count)
            top.insert(exact(document), base + document)
        }
    }

    /// Adds a piece to the sums.
    private func add(_ piece: Piece, _ sums: UnsafeMutablePointer<UInt16>) {
        let list = lists[piece.list]
        if piece.isRepeats {
            let step = UInt32(list.step)
            for index in list.repeatStart..<list.repeatEnd {
                let document = Int(view.repeatMembers[index])
                let times = min(Int(view.repeatTimes[index]), RepeatTable.rows - 1)
                let more = (step &* UInt32(view.repeats[times << 8 | Int(view.norms[document] >> 8)]) &+ 255) >> 8
                sums[document] = UInt16(truncatingIfNeeded: min(Self.cut, UInt32(sums[document]) &+ more))
            }
        } else if list.isBits {
            im_lists_add_bits(Self.isWide, sums, view.members + list.start, view.documents, list.step)
        } else {
            let step = list.step
            for index in list.start..<list.end { sums[Int(view.members[index])] &+= step }
        }
    }

    /// Documents that the pieces not yet added could still lift to the threshold. Members not added give a document
    /// its factor times their weight; repetitions at most their ceiling.
    private func collect(
        _ sums: UnsafeMutablePointer<UInt16>, _ found: UnsafeMutablePointer<UInt16>, _ added: Int, _ threshold: Double
    ) -> Int {
        let (more, least) = bar(added, threshold)
        return im_lists_collect(
            Self.isWide, sums, view.norms, 0, view.documents, more, least, UInt16(Self.cut), found)
    }

    /// Those of the documents found for which this is still so.
    private func keep(
        _ count: Int, of found: UnsafeMutablePointer<UInt16>, _ sums: UnsafeMutablePointer<UInt16>, _ added: Int,
        _ threshold: Double
    ) -> Int {
        let (more, least) = bar(added, threshold)
        var kept = 0
        for index in 0..<count {
            let document = found[index]
            let sum = UInt32(sums[Int(document)])
            let high = min(65_535, sum + UInt32(more)) * UInt32(view.norms[Int(document)])
            found[kept] = document
            if sum >= Self.cut || high >> 16 >= UInt32(least) { kept += 1 }
        }
        return kept
    }

    /// What the pieces not yet added may add to a sum, and the height it must then have.
    private func bar(_ added: Int, _ threshold: Double) -> (more: UInt16, least: UInt16) {
        var (constant, slope) = (0.0, 0.0)
        for piece in pieces[added...] {
            if piece.isRepeats { constant += piece.ceiling } else { slope += lists[piece.list].weight }
        }
        let scale = inflation * unit * segment.norming.greatest
        let level = (threshold - constant) / scale * (65_535 / 65_536) * (1 - 1e-9)
        let least = max(0, min(65_535, level.rounded(.down)))
        return (UInt16(min(65_535, (slope / unit).rounded(.up))), UInt16(least))
    }

    /// What a document's sum says at most of its score so far.
    @inline(__always)
    private func partial(_ document: Int, _ sums: UnsafeMutablePointer<UInt16>) -> Double {
        let sum = sums[document]
        if sum >= Self.cut { return .infinity }
        return Double(sum) * Double(view.norms[document]) * (unit * segment.norming.greatest * inflation / 65_535)
    }
}
