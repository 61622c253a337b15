/// An inverted index: for each term and each side, who has it and how often.
///
/// Entries of documents that left stay in the lists until `compact`, but count nowhere: frequencies are those of the
/// living.
struct PostingIndex: Sendable {
    /// Slots and term numbers have 24 bits beside 8 bits of frequency.
    static let mostSlots = 1 << 24

    private var table = TermTable()
    /// First byte of each term: for bridges, its kind.
    private(set) var kinds: [UInt8] = []
    /// Lists at `2 * term + side`; an entry is `slot << 8 | frequency`.
    private(set) var lists: [[UInt32]] = []
    /// Living documents that have the term, at `4 * term + language`.
    private var frequencies: [Int32] = []
    private(set) var documents = [Int](repeating: 0, count: 4)
    private(set) var lengths = [Int](repeating: 0, count: 4)

    /// Terms of one document: `term << 8 | frequency`, in the fixed order of terms, and their number with
    /// repetition.
    struct Row: Sendable {
        var entries: [UInt32]
        var length: Int32
    }

    /// Adds the terms of the document in `slot` (higher than any before) and returns them as a row.
    mutating func add(_ terms: [String], slot: Int, side: MatchSide, language: MatchLanguage) -> Row {
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
        insert(row, slot: slot, side: side, language: language)
        return row
    }

    /// Puts a row that this index made into the lists.
    private mutating func insert(_ row: Row, slot: Int, side: MatchSide, language: MatchLanguage) {
        for entry in row.entries {
            let term = Int(entry >> 8)
            lists[2 * term + Int(side.rawValue)].append(UInt32(slot) << 8 | entry & 0xFF)
            frequencies[4 * term + language.number] += 1
        }
        documents[language.number] += 1
        lengths[language.number] += Int(row.length)
    }

    /// Takes a document out of all counts.
    mutating func remove(_ row: Row, language: MatchLanguage) {
        for entry in row.entries { frequencies[4 * Int(entry >> 8) + language.number] -= 1 }
        documents[language.number] -= 1
        lengths[language.number] -= Int(row.length)
    }

    /// Drops entries of documents that left and renumbers slots: `moved[old]` is the new slot, or -1.
    mutating func compact(moved: [Int32]) {
        for list in lists.indices {
            lists[list] = lists[list].compactMap { entry in
                let slot = moved[Int(entry >> 8)]
                return slot < 0 ? nil : UInt32(slot) << 8 | entry & 0xFF
            }
        }
    }

    private mutating func number(adding key: String) -> Int {
        let (number, isNew) = table.number(adding: key)
        guard isNew else { return number }
        precondition(number < Self.mostSlots, "more than 16 million different terms")
        kinds.append(key.utf8.first ?? 0)
        lists.append([])
        lists.append([])
        frequencies.append(contentsOf: [0, 0, 0, 0])
        return number
    }

    /// The terms by number.
    var keys: [String] { table.keys }

    /// The number of a term, if any document ever had it.
    func find(_ key: String) -> Int? { table.find(key) }

    /// Living documents of a language that have a term.
    @inline(__always)
    func frequency(_ term: Int, _ language: MatchLanguage) -> Int { Int(frequencies[4 * term + language.number]) }

    /// Living documents of any language that have a term.
    func frequency(_ term: Int) -> Int { (0..<4).reduce(0) { $0 + Int(frequencies[4 * term + $1]) } }

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
