/// What is counted of the requests to the web edges.
package struct WebMetrics: Sendable {
    private let registry: MetricsRegistry
    private let open: GaugeSeries

    package init(registry: MetricsRegistry) {
        self.registry = registry
        open = registry.gauge("http_requests_open", [])
    }

    func began() { open.increment(by: 1) }
    func ended() { open.decrement(by: 1) }

    func answered(method: String, route: String, status: Int, after duration: Duration) {
        let method = Self.methods.contains(method) ? method : "other"
        registry.counter(
            "http_requests_total", [("method", method), ("route", route), ("status", String(status))]
        ).increment(by: Int64(1))
        registry.histogram(
            "http_request_duration_seconds", [("route", route)], bounds: MetricsRegistry.durationBounds
        ).record(duration / .seconds(1))
    }

    private static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
}
