package import Metrics
import Synchronization

/// Collects the metrics of the process and shows them in the text form that Prometheus reads. The number of series is
/// bounded, so that labels made from input cannot fill the memory.
package final class MetricsRegistry: MetricsFactory, Sendable {
    /// Series per metric; what comes beyond is counted together under `overflow="true"`.
    package static let mostSeries = 500
    /// Bounds for durations in seconds.
    package static let durationBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Bounds for other values.
    package static let valueBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000].map(
        Double.init)

    private enum Series {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)

        var kind: String {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        }
    }

    /// The families by name; in each the series by their written labels.
    private let families = Mutex<[String: [String: Series]]>([:])

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { return histogram(label, dimensions, bounds: Self.valueBounds) }
        return gauge(label, dimensions)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label + "_seconds", dimensions, bounds: Self.durationBounds)
    }

    // Handlers are shared by everything with the same labels, so one user's farewell must not take them from the
    // others.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
        if case .counter(let series) = series(label, dimensions, make: { .counter(CounterSeries()) }) { return series }
        return CounterSeries()
    }

    func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeSeries {
        if case .gauge(let series) = series(label, dimensions, make: { .gauge(GaugeSeries()) }) { return series }
        return GaugeSeries()
    }

    func histogram(_ label: String, _ dimensions: [(String, String)], bounds: [Double]) -> HistogramSeries {
        let found = series(label, dimensions) { .histogram(HistogramSeries(bounds: bounds)) }
        if case .histogram(let series) = found { return series }
        return HistogramSeries(bounds: bounds)
    }

    /// The series with that name and those labels, made if new. A name that is taken by another kind gets the kind
    /// appended.
    private func series(_ label: String, _ dimensions: [(String, String)], make: () -> Series) -> Series {
        let name = Self.sanitized(label)
        let labels = Self.written(dimensions)
        return families.withLock { families in
            let fresh = make()
            var family = families[name] ?? [:]
            var name = name
            if let other = family.values.first, other.kind != fresh.kind {
                name += "_" + fresh.kind
                family = families[name] ?? [:]
            }
            let full = family.count >= Self.mostSeries && family[labels] == nil
            let key = full ? "overflow=\"true\"" : labels
            if let known = family[key] { return known }
            families[name, default: [:]][key] = fresh
            return fresh
        }
    }

    private static func sanitized(_ label: String) -> String {
        let name = label.unicodeScalars.map { scalar in
            ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                ? Character(scalar) : "_"
        }
        return name.first?.isNumber == true ? "_" + String(name) : String(name)
    }

    private static func written(_ dimensions: [(String, String)]) -> String {
        dimensions.sorted { $0.0 < $1.0 }.map { name, value in
            let escaped = value.prefix(200).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\(sanitized(name))=\"\(escaped.replacing("\n", with: "\\n"))\""
        }.joined(separator: ",")
    }
}

extension MetricsRegistry {
    /// The media type of `exposition`.
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// All metrics in the Prometheus text form, in the order of their names.
    package var exposition: String {
        let families = families.withLock { $0 }
        var text = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            guard let kind = family.values.first?.kind else { continue }
            text += "# TYPE \(name) \(kind)\n"
            for (labels, series) in family.sorted(by: { $0.key < $1.key }) { text += Self.lines(name, labels, series) }
        }
        return text
    }

    private static func lines(_ name: String, _ labels: String, _ series: Series) -> String {
        let braces = labels.isEmpty ? "" : "{\(labels)}"
        switch series {
        case .counter(let counter): return "\(name)\(braces) \(written(counter.value))\n"
        case .gauge(let gauge): return "\(name)\(braces) \(written(gauge.value))\n"
        case .histogram(let histogram):
            let snapshot = histogram.snapshot
            let prefix = labels.isEmpty ? "" : labels + ","
            var text = ""
            for (bound, count) in zip(histogram.bounds, snapshot.counts) {
                text += "\(name)_bucket{\(prefix)le=\"\(written(bound))\"} \(count)\n"
            }
            text += "\(name)_bucket{\(prefix)le=\"+Inf\"} \(snapshot.count)\n"
            return text + "\(name)_sum\(braces) \(written(snapshot.sum))\n\(name)_count\(braces) \(snapshot.count)\n"
        }
    }

    private static func written(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}
