/// A scale whose ends and steps are round numbers (1, 2, 2.5 or 5 times a power of ten).
package struct NiceScale: Sendable, Equatable {
    /// The value at the beginning of the axis.
    package let low: Double
    /// The value at its end; always above `low`.
    package let high: Double
    /// What lies between two ticks.
    package let step: Double
    /// Digits after the point that tell the ticks apart.
    package let digits: Int

    /// A scale that holds all values, with about `ticks` steps. Values that are no numbers are left out; without any,
    /// and where all are equal, the scale is one unit long.
    package init(holding values: [Double], ticks: Int = 5) {
        let finite = values.filter { $0.isFinite && abs($0) < 1e12 }
        let least = finite.min() ?? 0
        var most = finite.max() ?? 1
        if most <= least { most = least + 1 }
        let step = Self.roundStep((most - least) / Double(max(1, ticks)))
        self.step = step.value
        digits = step.digits
        low = (least / step.value + 1e-9).rounded(.down) * step.value
        high = (most / step.value - 1e-9).rounded(.up) * step.value
    }

    /// The values at which ticks stand, from `low` to `high`.
    package var ticks: [Double] {
        let count = Int(((high - low) / step).rounded())
        return (0...max(1, count)).map { low + Double($0) * step }
    }

    /// Where a value stands, 0 at `low` and 1 at `high`; beyond them at the nearer end.
    package func place(_ value: Double) -> Double {
        guard value.isFinite else { return 0 }
        return min(1, max(0, (value - low) / (high - low)))
    }

    private static func roundStep(_ raw: Double) -> (value: Double, digits: Int) {
        var power = 1.0
        var digits = 0
        while power > raw && digits < 9 {
            power /= 10
            digits += 1
        }
        while power * 10 <= raw { power *= 10 }
        for (factor, more) in [(1.0, 0), (2.0, 0), (2.5, 1), (5.0, 0)] where power * factor >= raw * (1 - 1e-9) {
            return (power * factor, power >= 10 ? 0 : digits + more)
        }
        return (power * 10, max(0, digits - 1))
    }
}
