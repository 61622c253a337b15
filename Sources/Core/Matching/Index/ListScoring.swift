/// What a list adds to the score of a document: the term's weight times something of the document's length and of how
/// often the term stands there.
enum ListScoring: Sendable, Equatable {
    /// BM25: `times (k1 + 1) / (times + damping)`, where damping is `base + slope * length`; times count up to `most`.
    case saturating(gain: Double, base: Double, slope: Double, most: Int)
    /// One over the root of `base + length`, however often: for few terms, where length matters less.
    case rooted(base: Double)

    /// BM25 for documents of that mean length.
    static func bm25(k1: Double, b: Double, mean: Double, most: Int = 255) -> ListScoring {
        .saturating(gain: k1 + 1, base: k1 * (1 - b), slope: k1 * b / max(mean, 1), most: most)
    }

    /// Whether repetitions count.
    var countsRepeats: Bool {
        if case .saturating = self { true } else { false }
    }

    /// Enough of a document's length to weigh its terms: the damping, or the factor itself.
    @inline(__always)
    func measure(_ length: UInt32) -> Double {
        switch self {
        case .saturating(_, let base, let slope, _): base + slope * Double(length)
        case .rooted(let base): 1 / (base + Double(length)).squareRoot()
        }
    }

    /// The factor for a term that stands `times` (1 and up) in a document of that measure.
    @inline(__always)
    func factor(_ times: Int, _ measure: Double) -> Double {
        switch self {
        case .saturating(let gain, _, _, let most):
            let times = Double(min(times, most))
            return gain * times / (times + measure)
        case .rooted: return measure
        }
    }

    /// The greatest factor there is for a term that stands once.
    var greatest: Double { factor(1, measure(0)) }

    /// No factor of this scoring is more than so many times that of the other for the same document.
    ///
    /// `(t + K') / (t + K) <= max(1, K' / K)`, and a quotient of two sums lies between the quotients of their parts.
    func inflation(over other: ListScoring) -> Double {
        switch (self, other) {
        case (.saturating(let gain, let base, let slope, _), .saturating(let gain2, let base2, let slope2, _)):
            func quotient(_ one: Double, _ two: Double) -> Double { one == 0 ? 0 : one / two }
            return gain / gain2 * max(1, quotient(base2, base), quotient(slope2, slope))
        case (.rooted(let base), .rooted(let base2)): return max(1, (base2 / base).squareRoot())
        default: return .infinity
        }
    }

    /// Most that up to `times` repetitions give beyond the first, to any document.
    ///
    /// With g = 1 / (1 + K) they give `gain g (1 - g) (t - 1) / (1 + g (t - 1))`, which is greatest at
    /// g = 1 / (1 + root t).
    func greatestGain(_ times: Int) -> Double {
        guard case .saturating(let gain, _, _, let most) = self else { return 0 }
        let root = Double(min(times, most)).squareRoot()
        return gain * (root - 1) / (root + 1)
    }
}
