import Foundation
import WebCommon

/// Measures what `engine rank` reports on stderr.
struct EngineMeter {
    private(set) var docs = 0
    private var addSeconds: [Double] = []
    private var querySeconds: [Double] = []
    private var buildSeconds = 0.0
    private let bytesAtStart = EngineMeter.residentBytes
    private var indexBytes = 0
    private var isComplete = false
    /// Figures of the encoder, where there was one.
    var meaning: JSON?

    /// How many of the last additions the time to visibility is taken from.
    private static let lastAdditions = 200

    /// CPU time of the process in seconds.
    static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Bytes of memory that the process holds (the second number of `/proc/self/statm`, in pages).
    static var residentBytes: Int {
        let text = FileManager.default.contents(atPath: "/proc/self/statm").map { String(decoding: $0, as: UTF8.self) }
        let pages = text?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// A document was read, analysed and added.
    mutating func added(since start: Double) {
        let taken = Self.cpuSeconds - start
        buildSeconds += taken
        docs += 1
        if addSeconds.count == Self.lastAdditions { addSeconds.removeFirst() }
        addSeconds.append(taken)
    }

    /// The first query has come: the index is complete.
    mutating func completed() {
        if !isComplete { indexBytes = max(0, Self.residentBytes - bytesAtStart) }
        isComplete = true
    }

    /// A query was read, analysed and ranked.
    mutating func ranked(since start: Double) {
        querySeconds.append(Self.cpuSeconds - start)
    }

    /// The figures, in the form that evaluators read.
    var json: JSON {
        let sorted = querySeconds.sorted()
        func percentile(_ share: Double) -> Double {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] * 1_000
        }
        func mean(_ values: [Double]) -> Double {
            values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) * 1_000
        }
        var figures: [(String, JSON)] = [
            ("docs", .integer(docs)), ("queries", .integer(querySeconds.count)),
            ("build_cpu_s", .number(Self.rounded(buildSeconds))),
            ("index_bytes", .integer(isComplete ? indexBytes : max(0, Self.residentBytes - bytesAtStart))),
            (
                "query_cpu_ms",
                .members([
                    "p50": .number(Self.rounded(percentile(0.5))), "p99": .number(Self.rounded(percentile(0.99))),
                    "mean": .number(Self.rounded(mean(querySeconds))),
                ])
            ),
            ("add_visible_cpu_ms", .number(Self.rounded(mean(addSeconds)))),
        ]
        if let meaning { figures.append(("meaning", meaning)) }
        return .object(JSONObject(figures))
    }

    static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
