/// Lays out booths: gives each exhibitor a stand that has what it needs, promising ones side by side, vetoed and
/// competing ones apart. Who finds no stand is told why.
package enum BoothPlanner {
    /// Lays out the booths as well as the effort allows; it can be stopped at any time and always has an answer.
    package static func plan(_ problem: BoothProblem, effort: Effort) async -> BoothPlan {
        let admission = StandMatching(problem)
        let layout = BoothLayout(problem, admission)
        guard let assignment = layout.assignment else {
            return layout.result(
                QuadraticPlan(places: Array(0..<admission.held.count), cost: 0, bound: 0), left: admission.left)
        }
        let plan = await QuadraticPlanner.plan(assignment, from: layout.start, effort: effort)
        return layout.result(plan, left: admission.left)
    }
}

/// Which exhibitors can have a stand at all: those with most to give first, each by a chain of moves if need be. What
/// can be matched is a matroid, so that nobody is left out for somebody with less to give.
struct StandMatching {
    /// The stand of each exhibitor; nil for those left over.
    private(set) var held: [Int?]
    private(set) var left: [BoothPlan.Left] = []
    private var holder: [Int?]
    private let usable: [[Int]]

    init(_ problem: BoothProblem) {
        held = Array(repeating: nil, count: problem.exhibitors.count)
        holder = Array(repeating: nil, count: problem.plan.stands.count)
        usable = problem.exhibitors.indices.map { exhibitor in
            problem.plan.stands.indices.filter { problem.obstacles(exhibitor, in: $0).isEmpty }
        }
        var worth = Array(repeating: 0.0, count: problem.exhibitors.count)
        for tie in problem.ties {
            if case .promising(let value) = tie.bond {
                worth[tie.first] += value
                worth[tie.second] += value
            }
        }
        let isPromised = problem.exhibitors.map { $0.stand != nil }
        let order = problem.exhibitors.indices.sorted { one, other in
            if isPromised[one] != isPromised[other] { return isPromised[one] }
            return (worth[one], other) > (worth[other], one)
        }
        for exhibitor in order {
            var seen: Set<Int> = []
            if place(exhibitor, &seen) { continue }
            let obstacles = problem.plan.stands.indices.filter { !seen.contains($0) }.reduce(
                into: Set<BoothProblem.Obstacle>()
            ) { $0.formUnion(problem.obstacles(exhibitor, in: $1)) }
            left.append(.init(exhibitor: exhibitor, obstacles: obstacles, stands: usable[exhibitor]))
        }
        left.sort { $0.exhibitor < $1.exhibitor }
    }

    private mutating func place(_ exhibitor: Int, _ seen: inout Set<Int>) -> Bool {
        for stand in usable[exhibitor] where seen.insert(stand).inserted {
            if let other = holder[stand], !place(other, &seen) { continue }
            holder[stand] = exhibitor
            held[exhibitor] = stand
            return true
        }
        return false
    }
}

/// A layout as an assignment of things to places: the exhibitors who can have a stand and the stands that stay empty
/// are the things.
private struct BoothLayout {
    /// What the most valuable tie counts in whole numbers.
    private static let heaviest = 10_000.0
    /// What lies between side by side and far apart in whole numbers.
    private static let far = 1_000.0

    let problem: BoothProblem
    /// The exhibitors who have stands, in order: the things before the empty stands.
    private let things: [Int]
    let start: [Int]
    let assignment: QuadraticAssignment?
    /// What one unit of worth counts.
    private let unit: Double
    private let closeness: [Double]
    private let flows: Int

    init(_ problem: BoothProblem, _ matching: StandMatching) {
        self.problem = problem
        closeness = problem.plan.closenessTable()
        let size = problem.plan.stands.count
        things = matching.held.indices.filter { matching.held[$0] != nil }
        let taken = things.compactMap { matching.held[$0] }
        start = taken + (0..<size).filter { !Set(taken).contains($0) }
        let heaviest = problem.ties.reduce(0) { max($0, $1.bond.worth ?? 0) }
        unit = heaviest > 0 ? Self.heaviest / heaviest : 1
        var place = Array(repeating: -1, count: problem.exhibitors.count)
        for (index, exhibitor) in things.enumerated() { place[exhibitor] = index }
        let unit = unit
        let all = problem.ties.reduce(Self.heaviest) { $0 + ($1.bond.worth ?? 0) * unit }
        var flow = Array(repeating: 0, count: size * size)
        var flows = 0
        for tie in problem.ties where place[tie.first] >= 0 && place[tie.second] >= 0 {
            let value: Double =
                switch tie.bond {
                case .promising(let worth): worth * unit
                case .competing(let worth): -worth * unit
                case .vetoed, .noise: -all
                }
            let whole = Int(value.rounded())
            flow[place[tie.first] * size + place[tie.second]] = whole
            flow[place[tie.second] * size + place[tie.first]] = whole
            flows += whole
        }
        self.flows = flows
        let distance = closeness.map { Int(((1 - $0) * Self.far).rounded()) }
        var placing = Array(repeating: 0, count: size * size)
        for (index, exhibitor) in things.enumerated() {
            for stand in 0..<size where !problem.obstacles(exhibitor, in: stand).isEmpty {
                placing[index * size + stand] = QuadraticAssignment.forbidden
            }
        }
        assignment =
            things.isEmpty
            ? nil : try? QuadraticAssignment(size: size, flow: flow, distance: distance, placing: placing)
    }

    func result(_ plan: QuadraticPlan, left: [BoothPlan.Left]) -> BoothPlan {
        var stands: [Int?] = Array(repeating: nil, count: problem.exhibitors.count)
        for (index, exhibitor) in things.enumerated() { stands[exhibitor] = plan.places[index] }
        var places: [BoothPlan.Neighbourhood] = []
        var score = 0.0
        for (index, tie) in problem.ties.enumerated() {
            guard let first = stands[tie.first], let second = stands[tie.second] else { continue }
            let near = closeness[first * problem.plan.stands.count + second]
            places.append(.init(tie: index, first: first, second: second, closeness: near))
            switch tie.bond {
            case .promising(let worth): score += worth * near
            case .competing(let worth): score -= worth * near
            case .vetoed, .noise: break
            }
        }
        // Twice the cost counts both directions; what the whole numbers round off stays below one of them a tie.
        let reach = (Double(flows) - Double(plan.bound) / 2 / Self.far) / unit
        let bound = plan.isProven ? score : max(score, reach + Double(problem.ties.count) / unit)
        let worth = problem.ties.map { $0.bond.worth ?? .greatestFiniteMagnitude }
        return BoothPlan(
            stands: stands, score: score, bound: bound, isProven: plan.isProven,
            neighbourhoods: places.sorted {
                ($0.closeness, worth[$0.tie], $1.tie) > ($1.closeness, worth[$1.tie], $0.tie)
            },
            left: left)
    }
}
