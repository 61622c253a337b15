/// Proves an arrangement best: puts things into places one after the other, and leaves a branch as soon as what it
/// costs at least (Gilmore 1962, Lawler 1963) is no less than the best arrangement known.
struct BranchAndBound {
    private let problem: QuadraticAssignment
    private let size: Int
    /// The other things of each thing by flow, the least first; the other places of each place by distance, the
    /// greatest first: their sums of products are the least there can be.
    private let byFlow: [[Int]]
    private let byDistance: [[Int]]
    /// Things by how much they have to do with others, most first; those that do not matter are not in it.
    private let order: [Int]
    private let idle: [Int]
    private var places: [Int]
    private var isTaken: [Bool]
    private(set) var best: [Int]
    private(set) var bestCost: Int

    init(_ problem: QuadraticAssignment, best: [Int]) {
        self.problem = problem
        let size = problem.size
        self.size = size
        byFlow = (0..<size).map { one in
            (0..<size).filter { $0 != one }.sorted { problem.flow[one * size + $0] < problem.flow[one * size + $1] }
        }
        byDistance = (0..<size).map { one in
            (0..<size).filter { $0 != one }.sorted {
                problem.distance[one * size + $0] > problem.distance[one * size + $1]
            }
        }
        let weights = (0..<size).map { one in
            (0..<size).reduce(0) {
                $0 + abs(problem.flow[one * size + $1]) + abs(problem.flow[$1 * size + one])
            }
        }
        order = (0..<size).filter { !problem.isIdle($0) }.sorted { (weights[$0], $1) > (weights[$1], $0) }
        idle = (0..<size).filter { problem.isIdle($0) }
        places = Array(repeating: -1, count: size)
        isTaken = Array(repeating: false, count: size)
        self.best = best
        bestCost = problem.cost(best)
    }

    /// What every arrangement costs at least.
    mutating func rootBound() -> Int { size == 0 ? 0 : estimate(waiting: Array(0..<size), cost: 0).bound }

    /// Looks through all branches; false if `stop` ended it before all were seen.
    mutating func finish(stop: () -> Bool) -> Bool { descend(0, 0, stop) }

    private mutating func descend(_ depth: Int, _ cost: Int, _ stop: () -> Bool) -> Bool {
        if depth == order.count {
            if cost < bestCost {
                bestCost = cost
                best = places
                let free = (0..<size).filter { !isTaken[$0] }
                for (thing, place) in zip(idle, free) { best[thing] = place }
            }
            return true
        }
        if stop() { return false }
        let waiting = Array(order[depth...]) + idle
        let (bound, steps) = estimate(waiting: waiting, cost: cost)
        if bound >= bestCost { return true }
        let thing = order[depth]
        for next in steps.sorted(by: { ($0.least, $0.place) < ($1.least, $1.place) }) {
            places[thing] = next.place
            isTaken[next.place] = true
            let isWhole = descend(depth + 1, cost + next.step, stop)
            places[thing] = -1
            isTaken[next.place] = false
            if !isWhole { return false }
        }
        return true
    }

    /// What all arrangements that keep the placed things cost at least, and what the first of the waiting things adds
    /// in each free place: at once (`step`), and with what it has to do with the others at least (`least`).
    private func estimate(waiting: [Int], cost: Int) -> (bound: Int, steps: [(place: Int, step: Int, least: Int)]) {
        let free = (0..<size).filter { !isTaken[$0] }
        let count = free.count
        var isWaiting = Array(repeating: false, count: size)
        for thing in waiting { isWaiting[thing] = true }
        let placed = (0..<size).filter { !isWaiting[$0] }
        let ways = free.map { place in
            byDistance[place].filter { !isTaken[$0] }.map { problem.distance[place * size + $0] }
        }
        var table = Array(repeating: 0, count: count * count)
        var steps: [(place: Int, step: Int, least: Int)] = []
        for (row, thing) in waiting.enumerated() {
            let flows = byFlow[thing].filter { isWaiting[$0] }.map { problem.flow[thing * size + $0] }
            for (column, place) in free.enumerated() {
                var step =
                    problem.placing[thing * size + place]
                    + problem.flow[thing * size + thing] * problem.distance[place * size + place]
                for other in placed {
                    step +=
                        problem.flow[thing * size + other] * problem.distance[place * size + places[other]]
                        + problem.flow[other * size + thing] * problem.distance[places[other] * size + place]
                }
                var least = step
                for index in flows.indices { least += flows[index] * ways[column][index] }
                table[row * count + column] = least
                if row == 0 { steps.append((place, step, least)) }
            }
        }
        return (cost + LinearAssignment.cheapest(table, size: count).cost, steps)
    }
}
