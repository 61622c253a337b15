/// Plans days of 1:1 meetings: prices from the linear programme's dual, a first timetable in the order of its
/// solution, then annealing with chains on one or more threads. It can be stopped at any time and always has an
/// answer.
package enum MeetingPlanner {
    /// When, as shares of the effort, courses that run side by side compare themselves.
    private static let meetings = [0.35, 0.55, 0.7, 0.85, 0.95, 1.0]

    /// Plans the day as well as the effort allows.
    package static func plan(_ problem: MeetingProblem, effort: Effort) async -> MeetingPlan {
        let field = Playground(problem)
        let bound = field.bound { effort.isOver }
        if var small = SmallDay(field) {
            small.search()
            return MeetingPlan(problem: problem, slotOf: small.best.slotOf, bound: small.best.score)
        }
        let plan = field.coursePlan(bound)
        // The prices know tables, times and caps only: where other things are scarce, they rule nothing out.
        var first = field.annealing(seed: effort.seed, bound, isWhole: !problem.resources.isEmpty)
        field.begin(&first, bound) { effort.isOver }
        var courses = (0..<effort.threads).map { index in
            var start = first
            if index > 0 { start.reseed(effort.seed &+ UInt64(index) &* 0x9E37_79B9) }
            return Course(start, plan)
        }
        for mark in meetings {
            courses = await advance(courses, to: mark, effort)
            let order = courses.indices.sorted { courses[$0].annealing.goal > courses[$1].annealing.goal }
            for worse in order.dropFirst((order.count + 1) / 2) { courses[worse].adopt(courses[order[0]]) }
            if courses.contains(where: \.isFinished) { break }
        }
        let best = finished(courses)
        // What the prices ruled out may fit after all where something is left over.
        var whole = field.annealing(seed: effort.seed, bound, isWhole: true)
        whole.restore(best)
        whole.settle()
        return MeetingPlan(problem: problem, slotOf: whole.board.slotOf, bound: bound.ceiling)
    }

    private static func advance(_ courses: [Course], to mark: Double, _ effort: Effort) async -> [Course] {
        if courses.count == 1 {
            var course = courses[0]
            course.advance(to: mark, share: effort.share(after:))
            return [course]
        }
        return await withTaskGroup(of: (Int, Course).self) { group in
            for (index, course) in courses.enumerated() {
                group.addTask {
                    var course = course
                    course.advance(to: mark, share: effort.share(after:))
                    return (index, course)
                }
            }
            var result = courses
            for await (index, course) in group { result[index] = course }
            return result
        }
    }

    private static func finished(_ courses: [Course]) -> [Int32] {
        let ended = courses.map { course in
            var course = course
            course.finish()
            return course.annealing
        }
        var best = ended[0]
        for other in ended.dropFirst() where other.bestGoal > best.bestGoal { best = other }
        return best.best
    }
}
