import Foundation
import WebCommon

/// Measures what `engine rank` reports on stderr.
struct EngineMeter {
    private(set) var docs = 0
    private var addSeconds: [Double] = []
    private var querySeconds: [Double] = []
    private var buildSeconds = 0.0
    private var indexBytes = 0
    private var batch: (threads: Int, wall: Double)?
    /// Figures of the encoder, where there was one.
    var meaning: JSON?

    /// How many of the last additions the time to visibility is taken from.
    private static let lastAdditions = 200

    /// CPU time of this thread in seconds.
    static var cpuSeconds: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

    /// Time by a clock that never goes back.
    static var wallSeconds: Double { seconds(CLOCK_MONOTONIC) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// A document, read and analysed before, was added.
    mutating func added(since start: Double) {
        let taken = Self.cpuSeconds - start
        buildSeconds += taken
        docs += 1
        if addSeconds.count == Self.lastAdditions { addSeconds.removeFirst() }
        addSeconds.append(taken)
    }

    /// The index was completed and holds so many bytes.
    mutating func completed(since start: Double, bytes: Int) {
        buildSeconds += Self.cpuSeconds - start
        indexBytes = bytes
    }

    /// A query, read and analysed before, was ranked.
    mutating func ranked(since start: Double) {
        querySeconds.append(Self.cpuSeconds - start)
    }

    /// Queries, read and analysed before, were ranked side by side, each in so much CPU time.
    mutating func ranked(_ seconds: [Double], threads: Int, wall: Double) {
        querySeconds += seconds
        batch = (threads, wall)
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
            ("index_bytes", .integer(indexBytes)),
            (
                "query_cpu_ms",
                .members([
                    "p50": .number(Self.rounded(percentile(0.5))), "p99": .number(Self.rounded(percentile(0.99))),
                    "mean": .number(Self.rounded(mean(querySeconds))),
                ])
            ),
            ("add_visible_cpu_ms", .number(Self.rounded(mean(addSeconds)))),
        ]
        if let batch {
            figures.append(("threads", .integer(batch.threads)))
            figures.append(("queries_wall_s", .number(Self.rounded(batch.wall))))
        }
        if let meaning { figures.append(("meaning", meaning)) }
        return .object(JSONObject(figures))
    }

    static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
