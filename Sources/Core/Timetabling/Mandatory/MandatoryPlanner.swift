/// Plans days on which all requested meetings are held. It can be stopped at any time and always has an answer.
package enum MandatoryPlanner {
    /// How often searches that run side by side look whether one of them has proved its timetable best.
    private static let looks = 64

    /// Finds a timetable with as few breaks as the effort allows; stops when the lower bound is reached.
    package static func plan(_ problem: MandatoryProblem, effort: Effort) async -> MandatoryPlan {
        let fewest = BreakBound.perParticipant(problem)
        let bound = fewest.reduce(0) { $0 + ($1 ?? 0) }
        let mostFair = MandatoryProblem.fairness + (fewest.compactMap(\.self).min() ?? 0)
        let domains = problem.domains()
        var courses = (0..<effort.threads).map { index in
            var search = MandatorySearch(
                problem: problem, domains: domains, mostFair: mostFair,
                seed: effort.seed &+ UInt64(index) &* 0x9E37_79B9)
            search.begin()
            return MandatoryCourse(search: search, cycle: index % 2)
        }
        for look in 1...looks {
            let mark = Double(look) / Double(looks)
            courses = await withTaskGroup(of: (Int, MandatoryCourse).self) { group in
                for (index, course) in courses.enumerated() {
                    group.addTask {
                        var course = course
                        course.advance(to: mark, bound: bound, effort)
                        return (index, course)
                    }
                }
                var result = courses
                for await (index, course) in group { result[index] = course }
                return result
            }
            if courses.contains(where: { $0.isFinished(bound) }) { break }
        }
        var best = courses[0].search
        for course in courses.dropFirst() where course.search.bestCost < best.bestCost { best = course.search }
        return MandatoryPlan(problem: problem, slotOf: best.best, bound: bound)
    }
}

/// One search that is heated again and again.
private struct MandatoryCourse: Sendable {
    private static let trialsPerLook = 500
    /// The first cycle is short, for easy days; each is twice as long as the last, up to the longest.
    private static let firstCycle = 2_000_000
    private static let longestCycle = 16_000_000
    private static let steps = 64
    /// Temperatures at which breaks are traded against each other, found by trying: a cycle falls from 0.3 to 0.1.
    private static let start = 0.3
    private static let cooling = 0.982_98

    var search: MandatorySearch
    var cycle: Int
    private var trials = 0
    private var trialsInCycle = 0

    init(search: MandatorySearch, cycle: Int) {
        self.search = search
        self.cycle = cycle
    }

    func isFinished(_ bound: Int) -> Bool {
        search.bestCost <= Double(bound) || search.board.people == 0 || search.board.slotOf.isEmpty
    }

    mutating func advance(to mark: Double, bound: Int, _ effort: Effort) {
        while !isFinished(bound), effort.share(after: trials) < mark {
            let length = min(Self.longestCycle, Self.firstCycle << min(cycle, 10))
            var temperature = Self.start
            for _ in 0..<(trialsInCycle * Self.steps / length) { temperature *= Self.cooling }
            search.run(Self.trialsPerLook, temperature: temperature)
            trials += Self.trialsPerLook
            trialsInCycle += Self.trialsPerLook
            if trialsInCycle >= length {
                trialsInCycle = 0
                cycle += 1
            }
        }
    }
}
