import Metrics
import Synchronization

/// A number that only grows.
final class CounterSeries: CounterHandler, FloatingPointCounterHandler, Sendable {
    private let total = Mutex(0.0)

    var value: Double { total.withLock { $0 } }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { total.withLock { $0 += max(0, amount) } }
    func reset() { total.withLock { $0 = 0 } }
}

/// A number that goes up and down.
final class GaugeSeries: MeterHandler, RecorderHandler, Sendable {
    private let level = Mutex(0.0)

    var value: Double { level.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { level.withLock { $0 = value } }
    func increment(by amount: Double) { level.withLock { $0 += amount } }
    func decrement(by amount: Double) { level.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}

/// How many values fell below each of some bounds.
final class HistogramSeries: TimerHandler, RecorderHandler, Sendable {
    struct Snapshot {
        var counts: [Int]
        var sum = 0.0
        var count = 0
    }

    let bounds: [Double]
    private let state: Mutex<Snapshot>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(Snapshot(counts: Array(repeating: 0, count: bounds.count)))
    }

    var snapshot: Snapshot { state.withLock { $0 } }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        state.withLock { state in
            for (index, bound) in bounds.enumerated() where value <= bound { state.counts[index] += 1 }
            state.sum += value
            state.count += 1
        }
    }

    /// Durations are kept in seconds, as Prometheus wants them.
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func preferDisplayUnit(_ unit: TimeUnit) {}
}
