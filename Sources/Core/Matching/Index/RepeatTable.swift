/// What repetitions of a term add to a document's sum, in 256ths of what the term adds that stands once: never less
/// than the truth.
///
/// With `t` repetitions and damping K the share is `t (1 + K) / (t + K) - 1 = K (t - 1) / (t + K)`, rising with K.
/// Documents are told apart by the upper half of their norm, from which K follows.
final class RepeatTable: Sendable {
    /// Rows for so many repetitions; the last is for more.
    static let rows = 16

    /// At `256 * min(times, 15) + norm / 256`.
    let values: [UInt16]
    private let base: Double

    init(_ scoring: ListScoring) {
        base = Self.base(scoring)
        var values = [UInt16](repeating: 0, count: Self.rows * 256)
        for times in 2..<Self.rows {
            for bucket in 0..<256 {
                let norm = Double(bucket << 8 - 1)
                // A term counts 255 times at most.
                let damping = norm > 0 ? 65_535 * (1 + base) / norm - 1 : .infinity
                let share: Double
                if times == Self.rows - 1 {
                    share = min(damping, 254)
                } else {
                    let times = Double(times)
                    share = damping == .infinity ? times - 1 : damping * (times - 1) / (times + damping)
                }
                values[times << 8 | bucket] = UInt16(min(65_535, (share * 256).rounded(.up)))
            }
        }
        self.values = values
    }

    /// Whether the table holds for a scoring.
    func serves(_ scoring: ListScoring) -> Bool { base == Self.base(scoring) }

    private static func base(_ scoring: ListScoring) -> Double {
        if case .saturating(_, let base, _, _) = scoring { base } else { 0 }
    }
}
