import Synchronization

/// What is counted of the requests to the web edges.
package struct WebMetrics: Sendable {
    private let registry: MetricsRegistry
    private let open: GaugeSeries
    private let known = KnownSeries()

    package init(registry: MetricsRegistry) {
        self.registry = registry
        open = registry.gauge("http_requests_open", [])
    }

    func began() { open.increment(by: 1) }
    func ended() { open.decrement(by: 1) }

    func answered(method: String, route: String, status: Int, after duration: Duration) {
        let method = Self.methods.contains(method) ? method : "other"
        let series = known.series(Answer(method: method, route: route, status: status), in: registry)
        series.count.increment(by: Int64(1))
        let (seconds, attoseconds) = duration.components
        series.durations.record(Double(seconds) + Double(attoseconds) * 1e-18)
    }

    private static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}

/// What requests are counted by. Routes are the templates of the tables, so there are few.
private struct Answer: Hashable {
    let method: String
    let route: String
    let status: Int
}

/// The series of answers seen before: the registry finds one by its written labels, which is too slow for every
/// request.
private final class KnownSeries: Sendable {
    typealias Series = (count: CounterSeries, durations: HistogramSeries)

    private let found = Mutex<[Answer: Series]>([:])

    func series(_ answer: Answer, in registry: MetricsRegistry) -> Series {
        if let series = found.withLock({ $0[answer] }) { return series }
        let labels = [("method", answer.method), ("route", answer.route), ("status", String(answer.status))]
        let series = (
            count: registry.counter("http_requests_total", labels),
            durations: registry.histogram(
                "http_request_duration_seconds", [("route", answer.route)], bounds: MetricsRegistry.durationBounds)
        )
        found.withLock { $0[answer] = series }
        return series
    }
}
