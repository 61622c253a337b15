/// Plain exact BM25 over the engine's terms, all languages in one index: the baseline that the ranking has to beat, and
/// the measure of the index's speed.
package struct ExactBM25: Sendable {
    private var table = TermTable()
    /// Documents that have a term, by number.
    private var frequencies = Paged<Int32>()
    private var lists = TermLists()
    private var ids = IdentifierList()
    private var fields = FieldSets()
    private var totalLength = 0
    private let k1: Double
    private let b: Double
    /// Room for one row at a time.
    private var row: [UInt32] = []

    /// An empty index with these parameters of the formula.
    package init(k1: Double = 1.2, b: Double = 0.75) {
        self.k1 = k1
        self.b = b
    }

    /// Adds a document; identifiers are expected to differ.
    package mutating func add(id: String, terms: [String], fields: [String] = []) {
        row.removeAll(keepingCapacity: true)
        for key in terms {
            let (number, isNew) = table.number(adding: key)
            if isNew { frequencies.append(0) }
            row.append(UInt32(number) << 8 | 1)
        }
        row.foldRepeats()
        for entry in row { frequencies[Int(entry >> 8)] += 1 }
        totalLength += terms.count
        ids.append(id)
        self.fields.append(fields)
        let scoring = scoring
        lists.append(row, length: UInt32(terms.count), scoring: scoring) { _ in true }
    }

    /// Makes queries as fast as they get; for the end of reading a collection.
    package mutating func settle() {
        let scoring = scoring
        lists.settle(scoring: scoring) { _ in true }
        ids.trim()
        fields.trim()
    }

    /// The best documents for the OR of the distinct terms, best first, ties by identifier; with a pool all of the
    /// pool. Documents of an excluded field are left out.
    package func rank(
        _ terms: [String], limit: Int, pool: Set<String>? = nil, without excluded: [String] = []
    ) -> [(id: String, score: Double)] {
        let query = weighted(terms)
        let gate = BaselineGate(ids: ids, fields: fields, excluded: fields.numbers(excluded))
        if let pool {
            let rows = (0..<ids.count).filter { pool.contains(ids[$0]) && gate.admits($0) }
            let scores = lists.scores(of: rows, query, scoring: scoring)
            var top = TopRows(limit: rows.count, gate: gate)
            for (row, score) in zip(rows, scores) { top.insert(score, row) }
            return top.sorted.prefix(limit).map { (ids[$0.row], $0.score) }
        }
        return lists.top(limit, query, scoring: scoring, gate: gate).map { (ids[$0.row], $0.score) }
    }

    private func weighted(_ terms: [String]) -> WeightedTerms {
        var numbers = terms.compactMap { table.find($0) }
        numbers.sort()
        var pairs: [(term: Int, weight: Double)] = []
        pairs.reserveCapacity(numbers.count)
        for number in numbers where pairs.last?.term != number {
            pairs.append((number, inverseFrequency(Int(frequencies[number]), ids.count)))
        }
        return WeightedTerms(pairs, precedes: table.precedes)
    }

    private var scoring: ListScoring {
        .bm25(k1: k1, b: b, mean: Double(totalLength) / Double(max(1, ids.count)))
    }

    /// Bytes that the index holds.
    package var bytes: Int { table.bytes + frequencies.bytes + lists.bytes + ids.heldBytes + fields.bytes }
}

extension [UInt32] {
    /// Makes one entry of the entries `term << 8 | 1` of each term, with their number (255 at most); sorts by term.
    mutating func foldRepeats() {
        sort()
        var kept = 0
        for entry in self {
            if kept > 0, self[kept - 1] >> 8 == entry >> 8 {
                if self[kept - 1] & 0xFF < 255 { self[kept - 1] += 1 }
            } else {
                self[kept] = entry
                kept += 1
            }
        }
        removeLast(count - kept)
    }
}

/// Fields of documents, by number of the document.
struct FieldSets: Sendable {
    private var numbers: [String: UInt16] = [:]
    private var flat: [UInt16] = []
    private var ends: [UInt32] = []

    mutating func append(_ fields: [String]) {
        for code in fields {
            let next = UInt16(truncatingIfNeeded: numbers.count)
            precondition(numbers.count <= Int(UInt16.max), "more than 65,535 different fields")
            let number = numbers[code] ?? next
            if number == next { numbers[code] = next }
            flat.append(number)
        }
        ends.append(UInt32(flat.count))
    }

    /// The numbers of fields that any document has.
    func numbers(_ fields: [String]) -> [UInt16] { fields.compactMap { numbers[$0] } }

    /// Whether a document has one of the fields.
    func has(_ document: Int, anyOf wanted: [UInt16]) -> Bool {
        let start = document == 0 ? 0 : Int(ends[document - 1])
        for index in start..<Int(ends[document]) where wanted.contains(flat[index]) { return true }
        return false
    }

    var bytes: Int { flat.capacity * 2 + ends.capacity * 4 + numbers.count * 48 }

    mutating func trim() {
        if flat.capacity > flat.count * 9 / 8 { flat = flat.map { $0 } }
        if ends.capacity > ends.count * 9 / 8 { ends = ends.map { $0 } }
    }
}

/// Leaves out documents of some fields; ties by identifier.
private struct BaselineGate: RowGate {
    let ids: IdentifierList
    let fields: FieldSets
    let excluded: [UInt16]

    func admits(_ row: Int) -> Bool { excluded.isEmpty || !fields.has(row, anyOf: excluded) }
    func precedes(_ one: Int, _ other: Int) -> Bool { ids.precedes(one, other) }
}
