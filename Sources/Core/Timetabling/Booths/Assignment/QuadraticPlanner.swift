/// Arranges things in places. It can be stopped at any time and always has an answer; small arrangements it proves
/// best.
package enum QuadraticPlanner {
    /// How often searches that run side by side compare themselves.
    private static let looks = 8
    private static let stepsPerLook = 100
    /// Up to this size the search is followed by a proof.
    package static let provenSize = 14
    /// The share of the effort that the search has before the proof begins.
    private static let searchShare = 0.25

    /// Arranges the things as well as the effort allows, from a first arrangement if one is given.
    package static func plan(
        _ problem: QuadraticAssignment, from start: [Int]? = nil, effort: Effort
    ) async -> QuadraticPlan {
        let first = start ?? LinearAssignment.cheapest(problem.placing, size: problem.size).columns
        var proof = BranchAndBound(problem, best: first)
        let floor = proof.rootBound()
        if problem.size < 2 { return QuadraticPlan(places: first, cost: problem.cost(first), bound: floor) }
        let isSmall = problem.size <= provenSize
        var courses = (0..<effort.threads).map { index in
            TabuCourse(TabuSearch(problem, start: first, seed: effort.seed &+ UInt64(index) &* 0x9E37_79B9))
        }
        let end = isSmall ? searchShare : 1
        for look in 1...looks {
            let mark = end * Double(look) / Double(looks)
            courses = await advance(courses, to: mark, effort)
            if let best = courses.min(by: { $0.search.bestCost < $1.search.bestCost }) {
                if best.search.bestCost <= floor { break }
                // Half of the courses go on from the best, the others stay apart.
                for index in stride(from: 1, to: courses.count, by: 2) { courses[index].search.adopt(best.search) }
            }
        }
        var best = courses[0].search
        for course in courses.dropFirst() where course.search.bestCost < best.bestCost { best = course.search }
        guard isSmall, best.bestCost > floor else {
            return QuadraticPlan(places: best.best, cost: best.bestCost, bound: min(floor, best.bestCost))
        }
        proof = BranchAndBound(problem, best: best.best)
        var nodes = courses[0].trials
        let isProven = proof.finish {
            nodes += 1
            return effort.share(after: nodes) >= 1
        }
        return QuadraticPlan(
            places: proof.best, cost: proof.bestCost, bound: isProven ? proof.bestCost : min(floor, proof.bestCost))
    }

    private static func advance(_ courses: [TabuCourse], to mark: Double, _ effort: Effort) async -> [TabuCourse] {
        await withTaskGroup(of: (Int, TabuCourse).self) { group in
            for (index, course) in courses.enumerated() {
                group.addTask {
                    var course = course
                    while effort.share(after: course.trials) < mark { course.run(stepsPerLook) }
                    return (index, course)
                }
            }
            var result = courses
            for await (index, course) in group { result[index] = course }
            return result
        }
    }
}

/// One search with the number of its steps.
private struct TabuCourse: Sendable {
    var search: TabuSearch
    private(set) var trials = 0

    init(_ search: TabuSearch) { self.search = search }

    mutating func run(_ steps: Int) {
        search.run(steps)
        trials += steps
    }
}
