/// The best documents for a query.
extension TermLists {
    /// The documents with the highest scores above 0, exactly, best first.
    func top<Gate: RowGate>(
        _ limit: Int, _ terms: WeightedTerms, scoring: ListScoring, gate: Gate
    ) -> [(score: Double, row: Int)] {
        guard limit > 0, !terms.terms.isEmpty else { return [] }
        var top = TopRows(limit: limit, gate: gate)
        let most = segments.reduce(0) { max($0, ($1.count + 63) & ~63) }
        // Both lie uninitialized only until the next lines have set the sums; `found` is read where it was written.
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 2 * most) { buffer in
            guard let sums = buffer.baseAddress else { return }
            sums.initialize(repeating: 0, count: most)
            let found = sums + most
            let unit = SegmentSearch.unit(terms)
            for (segment, base) in zip(segments, bases) {
                segment.withView { view in
                    SegmentSearch(segment, view, base: base, terms: terms, scoring: scoring, unit: unit)
                        .run(&top, sums: sums, found: found)
                }
            }
        }
        searchTail(terms, scoring, &top)
        return top.sorted
    }

    /// The scores of single documents, in the order asked.
    func scores(of rows: [Int], _ terms: WeightedTerms, scoring: ListScoring) -> [Double] {
        var scores = [Double](repeating: 0, count: rows.count)
        for (segment, base) in zip(segments, bases) {
            let range = base..<base + segment.count
            guard rows.contains(where: range.contains) else { continue }
            segment.withView { view in
                let search = SegmentSearch(segment, view, base: base, terms: terms, scoring: scoring, unit: 1)
                for (index, row) in rows.enumerated() where range.contains(row) {
                    scores[index] = search.exact(row - base)
                }
            }
        }
        var scratch = TailScratch(terms)
        for (index, row) in rows.enumerated() where row >= tailBase {
            scores[index] = tailScore(row - tailBase, terms, scoring, &scratch, least: 0)
        }
        return scores
    }

    /// Every document that has a term, rising, and how often (255 at most).
    func forEach(_ term: Int, _ body: (_ row: Int, _ times: Int) -> Void) {
        for (segment, base) in zip(segments, bases) {
            segment.forEach(term) { body(base + $0, $1) }
        }
        for row in tailLengths.indices {
            for entry in tail[Int(tailStarts[row])..<Int(tailStarts[row + 1])] where Int(entry >> 8) == term {
                body(tailBase + row, Int(entry & 0xFF))
            }
        }
    }

    private func searchTail<Gate: RowGate>(
        _ terms: WeightedTerms, _ scoring: ListScoring, _ top: inout TopRows<Gate>
    ) {
        guard !tailLengths.isEmpty else { return }
        var scratch = TailScratch(terms)
        for row in tailLengths.indices {
            let score = tailScore(row, terms, scoring, &scratch, least: top.threshold)
            if score > 0, score >= top.threshold, top.gate.admits(tailBase + row) {
                top.insert(score, tailBase + row)
            }
        }
    }

    /// The score of a row of the tail, exact if it is not below `least`.
    private func tailScore(
        _ row: Int, _ terms: WeightedTerms, _ scoring: ListScoring, _ scratch: inout TailScratch, least: Double
    ) -> Double {
        let measure = scoring.measure(tailLengths[row])
        scratch.hits.removeAll(keepingCapacity: true)
        var rough = 0.0
        for index in Int(tailStarts[row])..<Int(tailStarts[row + 1]) {
            let entry = tail[index]
            guard let place = terms.place(of: Int(entry >> 8)) else { continue }
            let part = terms.weights[place] * scoring.factor(Int(entry & 0xFF), measure)
            scratch.hits.append((place, part))
            rough += part
        }
        if rough < least * (1 - 1e-9) { return rough }
        scratch.hits.sort { $0.place < $1.place }
        return scratch.hits.reduce(0) { $0 + $1.part }
    }
}

/// Room for the terms that a row and the query share.
private struct TailScratch {
    var hits: [(place: Int, part: Double)] = []

    init(_ terms: WeightedTerms) { hits.reserveCapacity(terms.terms.count) }
}
