/// A figure with the interval in which it lies in 95 of 100 resamples.
package struct Estimate: Sendable, Equatable {
    /// The figure itself.
    package var value: Double
    /// The 2.5th percentile of the resamples.
    package var low: Double
    /// The 97.5th percentile of the resamples.
    package var high: Double

    /// Takes every value.
    package init(value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }
}

/// How two rankings compare in one figure over the same queries.
package struct PairedEstimate: Sendable, Equatable {
    /// The engine's figure.
    package var engine: Estimate
    /// The baseline's figure.
    package var baseline: Estimate
    /// The engine's less the baseline's.
    package var difference: Estimate
    /// Share of resamples in which the engine is better; ties count half.
    package var better: Double
}

/// The paired percentile bootstrap over queries (Efron 1979; for retrieval: Sakai, SIGIR 2006): queries are drawn with
/// replacement, both rankings are judged on the same draw. The same seed gives the same figures.
package struct Bootstrap: Sendable {
    /// How many draws.
    package var resamples: Int
    /// What the draws follow from.
    package var seed: UInt64

    /// Takes every value; at least one resample is drawn.
    package init(resamples: Int = 2_000, seed: UInt64 = 1) {
        self.resamples = max(1, resamples)
        self.seed = seed
    }

    /// Compares outcomes of the same queries in the same order; nil where the figure is not defined for them.
    package func compare(
        _ engine: [QueryOutcome], _ baseline: [QueryOutcome], _ metric: EngineMetric
    ) -> PairedEstimate? {
        precondition(engine.map(\.query) == baseline.map(\.query), "both rankings answer the same queries")
        let ours = engine.map { $0.share(of: metric) }
        let theirs = baseline.map { $0.share(of: metric) }
        let possible = ours.reduce(0) { $0 + $1.possible }
        guard possible > 0 else { return nil }
        let whole = (
            ours.reduce(0) { $0 + $1.gained } / possible, theirs.reduce(0) { $0 + $1.gained } / possible
        )
        var dice = SplitMix(state: seed)
        var drawn: (engine: [Double], baseline: [Double], difference: [Double]) = ([], [], [])
        var better = 0.0
        for _ in 0..<resamples {
            var sums = (engine: 0.0, baseline: 0.0, possible: 0.0)
            for _ in ours.indices {
                let query = dice.below(ours.count)
                sums.engine += ours[query].gained
                sums.baseline += theirs[query].gained
                sums.possible += ours[query].possible
            }
            // A draw without any pair of the kind says nothing.
            guard sums.possible > 0 else { continue }
            let pair = (sums.engine / sums.possible, sums.baseline / sums.possible)
            drawn.engine.append(pair.0)
            drawn.baseline.append(pair.1)
            drawn.difference.append(pair.0 - pair.1)
            better += pair.0 > pair.1 ? 1 : pair.0 == pair.1 ? 0.5 : 0
        }
        return PairedEstimate(
            engine: Self.estimate(whole.0, drawn.engine), baseline: Self.estimate(whole.1, drawn.baseline),
            difference: Self.estimate(whole.0 - whole.1, drawn.difference),
            better: better / Double(max(1, drawn.engine.count)))
    }

    private static func estimate(_ value: Double, _ drawn: [Double]) -> Estimate {
        guard !drawn.isEmpty else { return Estimate(value: value, low: value, high: value) }
        let sorted = drawn.sorted()
        return Estimate(value: value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975))
    }

    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(sorted.count - 1, below + 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from 0 to one less than the bound, by the high word of a product.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }
}
