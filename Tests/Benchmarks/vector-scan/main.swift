import Glibc

// Fills a table with random directions and measures exact scans: CPU milliseconds, each the median of several.
// Arguments: rows, dimension, rounds. Answers one line of JSON.

func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1e6
}

func median(_ rounds: Int, _ work: () -> Void) -> Double {
    var taken: [Double] = []
    for _ in 0..<rounds {
        let start = cpu()
        work()
        taken.append(cpu() - start)
    }
    return taken.sorted()[rounds / 2]
}

struct Dice {
    var state: UInt64
    mutating func next() -> Float {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
    }
}

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let (rows, dimension, rounds) = (numbers[0], numbers[1], numbers[2])
var dice = Dice(state: 1)
func direction() -> [Float] { (0..<dimension).map { _ in dice.next() + dice.next() } }

var table = VectorTable()
let built = cpu()
for slot in 0..<rows {
    try table.set(MatchVectors(model: "m", full: direction()), slot: slot, side: .seed, language: .ja)
}
let build = cpu() - built
let query = try QuantizedVector(direction())
let queries = try (0..<32).map { _ in try QuantizedVector(direction()) }
var sum: Float = 0
let nearest = median(rounds) { sum += table.nearest(query, .seed, [.ja], .full, limit: 10)[0].cosine }
let scan = median(rounds) { table.scan(query, .seed, .ja, .full) { sum += Float($0 & 1) * $1 } }
let many = median(max(1, rounds / 4)) { table.scan(queries, .seed, .ja, .full) { sum += Float($0 & $1 & 1) * $2 } }
let copy = table
let write = median(rounds) {
    var changed = copy
    try? changed.set(MatchVectors(model: "m", full: query.values), slot: 5, side: .seed, language: .ja)
    sum += changed.row(5, .full)?[0] ?? 0
}
print(
    """
    {"kernel": \(VectorTable.kernel), "build_ms": \(build), "nearest_ms": \(nearest), "scan_ms": \(scan), \
    "scan_32_ms_each": \(many / 32), "write_after_snapshot_ms": \(write), "bytes": \(table.byteCount), "sum": \(sum)}
    """)
