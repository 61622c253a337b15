/// Which documents may be answered, and which of two goes first where their scores are equal.
protocol RowGate {
    func admits(_ row: Int) -> Bool
    func precedes(_ one: Int, _ other: Int) -> Bool
}

/// The best `limit` documents met so far, as a heap with the worst of them on top.
struct TopRows<Gate: RowGate> {
    typealias Item = (score: Double, row: Int)

    let limit: Int
    let gate: Gate
    private var heap: [Item] = []

    init(limit: Int, gate: Gate) {
        self.limit = max(1, limit)
        self.gate = gate
        heap.reserveCapacity(min(self.limit, 1_024))
    }

    var isFull: Bool { heap.count == limit }

    /// A document with a lower score cannot enter (an equal one may, by its identifier).
    @inline(__always)
    var threshold: Double { heap.count == limit ? heap[0].score : 0 }

    /// Best first.
    var sorted: [Item] { heap.sorted { goesBefore($0, $1) } }

    mutating func insert(_ score: Double, _ row: Int) {
        let item = (score, row)
        if heap.count < limit {
            heap.append(item)
            var place = heap.count - 1
            while place > 0, goesBefore(heap[(place - 1) / 2], heap[place]) {
                heap.swapAt(place, (place - 1) / 2)
                place = (place - 1) / 2
            }
        } else if goesBefore(item, heap[0]) {
            heap[0] = item
            sink()
        }
    }

    private mutating func sink() {
        var place = 0
        while true {
            var worst = 2 * place + 1
            guard worst < heap.count else { return }
            if worst + 1 < heap.count, goesBefore(heap[worst], heap[worst + 1]) { worst += 1 }
            guard goesBefore(heap[place], heap[worst]) else { return }
            heap.swapAt(place, worst)
            place = worst
        }
    }

    @inline(__always)
    private func goesBefore(_ one: Item, _ other: Item) -> Bool {
        one.score != other.score ? one.score > other.score : gate.precedes(one.row, other.row)
    }
}
