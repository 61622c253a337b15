import Matching
import Testing

/// People who choose each other, as in speed dating: each side is more or less choosy and more or less liked, and a
/// pair fits more or less, of which the engine sees a part.
private struct Evening {
    private let size: Int
    private let yes: [[[Bool]]]
    private let fit: [[Double]]

    init(_ size: Int, _ dice: inout Dice) {
        self.size = size
        func normal() -> Double {
            (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &dice) }
        }
        let choosy = (0..<2).map { _ in (0..<size).map { _ in normal() - 0.4 } }
        let liked = (0..<2).map { _ in (0..<size).map { _ in normal() } }
        var fit: [[Double]] = []
        var yes = [[[Bool]]](repeating: [], count: 2)
        for one in 0..<size {
            var row: [Double] = []
            var answers = [[Bool]](repeating: [], count: 2)
            for other in 0..<size {
                let match = normal()
                row.append(0.5 * match + 0.5 * normal())
                for (side, (own, partner)) in [(one, other), (other, one)].enumerated() {
                    let odds = choosy[side][own] + liked[1 - side][partner] + 0.7 * match
                    answers[side].append(Double.random(in: 0..<1, using: &dice) < 1 / (1 + exponential(-odds)))
                }
            }
            fit.append(row)
            for side in 0..<2 { yes[side].append(answers[side]) }
        }
        self.fit = fit
        self.yes = yes
    }

    /// Every pair with both estimates and whether both said yes; an answer never counts for its own estimate.
    func pairs(withHistory hasHistory: Bool) -> [(p: Double, q: Double, isMutual: Bool)] {
        let model = AcceptanceModel()
        var pairs: [(Double, Double, Bool)] = []
        for one in 0..<size {
            for other in 0..<size {
                var features = [AcceptanceFeatures(), AcceptanceFeatures()]
                for side in 0..<2 {
                    features[side][.fit] = fit[one][other]
                    guard hasHistory else { continue }
                    features[side][.ownHistory] = tally(side, one, other, own: true).logOdds
                    features[side][.partnerHistory] = tally(side, one, other, own: false).logOdds
                }
                pairs.append(
                    (
                        model.probability(features[0]), model.probability(features[1]),
                        yes[0][one][other] && yes[1][one][other]
                    ))
            }
        }
        return pairs
    }

    /// How the answering side has answered others, or how others have answered its partner.
    private func tally(_ side: Int, _ one: Int, _ other: Int, own isOwn: Bool) -> AnswerTally {
        var tally = AnswerTally()
        // Along the row or the column, without the pair itself.
        let isAlongRow = (side == 0) == isOwn
        for place in 0..<size where place != (isAlongRow ? other : one) {
            let answer = isAlongRow ? yes[side][one][place] : yes[side][place][other]
            if answer { tally.yes += 1 } else { tally.no += 1 }
        }
        return tally
    }
}

/// e^x by its series after halving, exact enough for drawing answers.
private func exponential(_ value: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    for step in 1...20 {
        term *= value / 16 / Double(step)
        sum += term
    }
    for _ in 0..<4 { sum *= sum }
    return sum
}

/// Share of pairs (mutual, not mutual) that a score orders rightly.
private func area(_ scored: [(score: Double, isMutual: Bool)]) -> Double {
    let sorted = scored.sorted { $0.score < $1.score }
    var ranks = 0.0
    var start = 0
    while start < sorted.count {
        var end = start
        while end < sorted.count && sorted[end].score == sorted[start].score { end += 1 }
        let rank = Double(start + end + 1) / 2
        ranks += rank * Double(sorted[start..<end].count { $0.isMutual })
        start = end
    }
    let good = Double(scored.count { $0.isMutual })
    let bad = Double(scored.count) - good
    return (ranks - good * (good + 1) / 2) / (good * bad)
}

@Suite struct `The harmonic mean of both sides` {
    @Test(arguments: [51, 52, 53] as [UInt64])
    func `finds mutual interest better than one side or the arithmetic mean, and history helps`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let evenings = (0..<12).map { _ in Evening(18, &dice) }
        func area(withHistory: Bool, _ fuse: (Double, Double) -> Double) -> Double {
            MatchingTests.area(
                evenings.flatMap { $0.pairs(withHistory: withHistory) }.map { (fuse($0.p, $0.q), $0.isMutual) })
        }
        let harmonic = area(withHistory: true, harmonicMean)
        let arithmetic = area(withHistory: true) { ($0 + $1) / 2 }
        let oneSided = area(withHistory: true) { p, _ in p }
        let cold = area(withHistory: false, harmonicMean)
        print("mutual AUC: harmonic \(harmonic), arithmetic \(arithmetic), one side \(oneSided), cold \(cold)")
        #expect(harmonic > arithmetic)
        #expect(arithmetic > oneSided)
        #expect(harmonic > cold + 0.05)
    }
}
