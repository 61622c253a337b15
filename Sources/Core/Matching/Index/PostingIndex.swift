/// The terms of one index: their numbers, and how many living documents have them.
struct PostingIndex: Sendable {
    /// Slots and term numbers have 24 bits beside 8 bits of frequency.
    static let mostSlots = 1 << 24

    private var table = TermTable()
    /// First byte of each term: for bridges, its kind.
    private(set) var kinds = Paged<UInt8>()
    /// Living documents that have the term, at `4 * term + language`.
    private var frequencies = Paged<Int32>()
    /// Documents and their lengths by language: of whole texts, and of what outsiders read.
    private var sums = Sums()
    private var outwardSums = Sums()
    /// By how much the frequencies in what outsiders read differ, at the same places; nothing where they do not.
    private var outward: [Int: Int32] = [:]
    /// Whether what outsiders read is counted.
    private var isOutward = false

    private struct Sums: Sendable {
        var documents = [Int](repeating: 0, count: 4)
        var lengths = [Int](repeating: 0, count: 4)

        mutating func add(_ sign: Int, _ length: Int, _ language: MatchLanguage) {
            documents[language.number] += sign
            lengths[language.number] += sign * length
        }
    }

    /// Living documents by language.
    var documents: [Int] { isOutward ? outwardSums.documents : sums.documents }
    /// Their terms, with repetition.
    var lengths: [Int] { isOutward ? outwardSums.lengths : sums.lengths }

    /// The same terms, counted as a reader may know them.
    func counted(in view: MatchView) -> PostingIndex {
        if view == .everything { return self }
        var counted = self
        counted.isOutward = true
        return counted
    }

    /// Terms of one document: `term << 8 | frequency`, in the fixed order of terms, and their number with
    /// repetition.
    struct Row: Sendable {
        var entries: [UInt32]
        var length: Int32
    }

    /// Counts the terms of a document and returns them as a row.
    mutating func add(_ terms: [String], language: MatchLanguage, reach: MatchReach = .everyone) -> Row {
        var numbers = terms.map { number(adding: $0) }
        numbers.sort { table.precedes($0, $1) }
        var entries: [UInt32] = []
        entries.reserveCapacity(numbers.count)
        for term in numbers {
            if let last = entries.last, last >> 8 == UInt32(term) {
                if last & 0xFF < 255 { entries[entries.count - 1] = last + 1 }
            } else {
                entries.append(UInt32(term) << 8 | 1)
            }
        }
        let row = Row(entries: entries, length: Int32(terms.count))
        count(row, language, reach, 1)
        return row
    }

    /// Takes a document out of all counts.
    mutating func remove(_ row: Row, language: MatchLanguage, reach: MatchReach = .everyone) {
        count(row, language, reach, -1)
    }

    private mutating func count(_ row: Row, _ language: MatchLanguage, _ reach: MatchReach, _ sign: Int) {
        if reach != .outsiders {
            for entry in row.entries { frequencies[4 * Int(entry >> 8) + language.number] += Int32(sign) }
            sums.add(sign, Int(row.length), language)
        }
        if reach != .insiders { outwardSums.add(sign, Int(row.length), language) }
        if reach == .everyone { return }
        for entry in row.entries {
            let place = 4 * Int(entry >> 8) + language.number
            let changed = (outward[place] ?? 0) + Int32(reach == .outsiders ? sign : -sign)
            outward[place] = changed == 0 ? nil : changed
        }
    }

    private mutating func number(adding key: String) -> Int {
        let (number, isNew) = table.number(adding: key)
        guard isNew else { return number }
        precondition(number < Self.mostSlots, "more than 16 million different terms")
        kinds.append(key.utf8.first ?? 0)
        for _ in MatchLanguage.allCases { frequencies.append(0) }
        return number
    }

    /// The terms by number.
    var keys: Paged<String> { table.keys }

    /// The number of a term, if any document ever had it.
    func find(_ key: String) -> Int? { table.find(key) }

    /// Living documents of a language that have a term.
    @inline(__always)
    func frequency(_ term: Int, _ language: MatchLanguage) -> Int {
        let place = 4 * term + language.number
        let whole = Int(frequencies[place])
        return isOutward ? whole + Int(outward[place] ?? 0) : whole
    }

    /// Living documents of any language that have a term.
    func frequency(_ term: Int) -> Int { MatchLanguage.allCases.reduce(0) { $0 + frequency(term, $1) } }

    /// Whether one term is summed up before another.
    func precedes(_ one: Int, _ other: Int) -> Bool { table.precedes(one, other) }

    /// Bytes that the terms and their counts take.
    var bytes: Int { table.bytes + kinds.bytes + frequencies.bytes }

    /// Numbers of the terms of a text that the index knows, with their frequency in the text, in the fixed order of
    /// terms (so that sums do not depend on the index's history), and the number of distinct terms it does not know.
    func resolve(_ terms: [String]) -> (known: [(term: Int, times: Int)], unknown: Int) {
        var numbers: [Int] = []
        numbers.reserveCapacity(terms.count)
        var unknown: Set<String> = []
        for key in terms {
            if let number = table.find(key) {
                numbers.append(number)
            } else {
                unknown.insert(key)
            }
        }
        numbers.sort { table.precedes($0, $1) }
        var known: [(term: Int, times: Int)] = []
        known.reserveCapacity(numbers.count)
        for term in numbers {
            if let last = known.last, last.term == term {
                known[known.count - 1].times = min(255, last.times + 1)
            } else {
                known.append((term, 1))
            }
        }
        return (known, unknown.count)
    }
}
