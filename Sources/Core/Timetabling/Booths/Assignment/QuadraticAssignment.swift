/// Things to be put into places, one each: what matters is how much every two things have to do with each other and
/// how far their places are apart (the quadratic assignment problem, Koopmans and Beckmann 1957). The cost to be made
/// small is the sum over all ordered pairs of flow times distance, and of what each thing costs in its place.
package struct QuadraticAssignment: Sendable, Equatable {
    /// The most things.
    package static let maximumSize = 600
    /// The sum of all flows times the longest distance stays below this, so that sums are exact.
    private static let span = 1 << 50
    /// What it costs to put a thing where it may not stand: more than anything else together.
    package static let forbidden = 1 << 51

    package let size: Int
    /// Row by row: of thing i with thing j.
    let flow: [Int]
    /// Row by row: from place k to place l.
    let distance: [Int]
    /// Row by row: of thing i in place k.
    let placing: [Int]
    /// Whether both tables are the same seen from the other side, which halves the work.
    let isSymmetric: Bool

    /// Tables row by row of `size` times `size`. Throws which of them has the wrong length or numbers too large.
    package init(size: Int, flow: [Int], distance: [Int], placing: [Int]? = nil) throws(MeetingProblemFault) {
        guard (0...Self.maximumSize).contains(size) else {
            throw MeetingProblemFault("size", "must be from 0 to \(Self.maximumSize), not \(size)")
        }
        let placing = placing ?? Array(repeating: 0, count: size * size)
        for (name, table) in [("flow", flow), ("distance", distance), ("placing", placing)]
        where table.count != size * size {
            throw MeetingProblemFault(name, "has \(table.count) numbers; \(size) times \(size) are needed")
        }
        var total = 0
        for number in flow {
            let (sum, isOver) = total.addingReportingOverflow(abs(max(number, -Self.span)))
            if isOver { throw MeetingProblemFault("flow", "has numbers too large to be added") }
            total = sum
        }
        let longest = distance.reduce(0) { max($0, abs(max($1, -Self.span))) }
        let (product, isOver) = total.multipliedReportingOverflow(by: max(1, longest))
        if isOver || product > Self.span {
            throw MeetingProblemFault("flow", "and distance are too large together")
        }
        if placing.contains(where: { $0 < -Self.span / max(1, size) || $0 > Self.forbidden }) {
            throw MeetingProblemFault("placing", "has numbers that are too large")
        }
        self.size = size
        self.flow = flow
        self.distance = distance
        self.placing = placing
        isSymmetric = Self.isMirrored(flow, size) && Self.isMirrored(distance, size)
    }

    private static func isMirrored(_ table: [Int], _ size: Int) -> Bool {
        for row in 0..<size {
            for column in 0..<row where table[row * size + column] != table[column * size + row] { return false }
        }
        return true
    }

    /// The cost of putting thing i into `places[i]`.
    package func cost(_ places: [Int]) -> Int {
        var sum = 0
        for one in 0..<size {
            sum += placing[one * size + places[one]]
            for other in 0..<size {
                sum += flow[one * size + other] * distance[places[one] * size + places[other]]
            }
        }
        return sum
    }

    /// Whether a thing has nothing to do with any other and costs the same nothing everywhere.
    func isIdle(_ thing: Int) -> Bool {
        for other in 0..<size
        where flow[thing * size + other] != 0 || flow[other * size + thing] != 0 || placing[thing * size + other] != 0 {
            return false
        }
        return true
    }
}

/// An arrangement with its proof.
package struct QuadraticPlan: Sendable, Equatable {
    /// The place of each thing.
    package let places: [Int]
    package let cost: Int
    /// No arrangement costs less.
    package let bound: Int
    /// The cost where the bound is met: nothing better exists.
    package var isProven: Bool { cost <= bound }
}
