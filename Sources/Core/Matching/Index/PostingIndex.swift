/// The terms of one index: their numbers, and how many living documents have them.
struct PostingIndex: Sendable {
    /// Slots and term numbers have 24 bits beside 8 bits of frequency.
    static let mostSlots = 1 << 24

    private var table = TermTable()
    /// First byte of each term: for bridges, its kind.
    private(set) var kinds = Paged<UInt8>()
    /// Living documents that have the term, at `4 * term + language`.
    private var frequencies = Paged<Int32>()
    private(set) var documents = [Int](repeating: 0, count: 4)
    private(set) var lengths = [Int](repeating: 0, count: 4)

    /// Terms of one document: `term << 8 | frequency`, in the fixed order of terms, and their number with
    /// repetition.
    struct Row: Sendable {
        var entries: [UInt32]
        var length: Int32
    }

    /// Counts the terms of a document and returns them as a row.
    mutating func add(_ terms: [String], language: MatchLanguage) -> Row {
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
        for entry in entries { frequencies[4 * Int(entry >> 8) + language.number] += 1 }
        documents[language.number] += 1
        lengths[language.number] += terms.count
        return Row(entries: entries, length: Int32(terms.count))
    }

    /// Takes a document out of all counts.
    mutating func remove(_ row: Row, language: MatchLanguage) {
        for entry in row.entries { frequencies[4 * Int(entry >> 8) + language.number] -= 1 }
        documents[language.number] -= 1
        lengths[language.number] -= Int(row.length)
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
    func frequency(_ term: Int, _ language: MatchLanguage) -> Int { Int(frequencies[4 * term + language.number]) }

    /// Living documents of any language that have a term.
    func frequency(_ term: Int) -> Int { (0..<4).reduce(0) { $0 + Int(frequencies[4 * term + $1]) } }

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
            if let number = table.find(key) { numbers.append(number) } else { unknown.insert(key) }
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
