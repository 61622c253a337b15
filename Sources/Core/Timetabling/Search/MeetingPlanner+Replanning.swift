extension MeetingPlanner {
    /// Tries at a price for moving a meeting; each has its part of the effort.
    private static let attempts = 6

    /// Plans again after something changed, near a former plan: of its meetings that can still be held, at most the
    /// share `tolerance` is moved or given up; what became free is filled. Meetings that must not move at all are
    /// `fixed` in the problem.
    package static func replan(
        _ problem: MeetingProblem, former: [MeetingProblem.Meeting], tolerance: Double = 0.02, effort: Effort
    ) async -> MeetingPlan {
        let field = Playground(problem)
        let bound = field.bound { effort.isOver }
        let standing = field.standing(former)
        let untouched = standing.count { $0 >= 0 }
        let budget = Int(Double(untouched) * max(0, tolerance))
        let unit = field.coursePlan(bound).unit
        let nothing = Nearby(field: field, bound: bound, anchors: standing, loyalty: 1e12)
        var best = nothing.search(Effort(.trials(0), seed: effort.seed), part: 0, of: 1)
        var loyalty = unit
        // The price that is just high enough lies between one at which too much moves and one at which it does not.
        var tooLow = 0.0
        var highEnough = Double.infinity
        for attempt in 0..<attempts where untouched > 0 && !effort.isOver {
            let nearby = Nearby(field: field, bound: bound, anchors: standing, loyalty: loyalty)
            let found = nearby.search(effort, from: best.best, part: attempt, of: attempts)
            let isNear = untouched - found.kept <= budget
            if isNear, found.score > best.score { best = found }
            if isNear { highEnough = loyalty } else { tooLow = loyalty }
            loyalty =
                tooLow == 0 ? loyalty / 3 : highEnough == .infinity ? loyalty * 3 : (tooLow * highEnough).squareRoot()
        }
        if untouched == 0 { return await plan(problem, effort: effort) }
        return MeetingPlan(problem: problem, slotOf: best.best, bound: bound.ceiling, moved: untouched - best.kept)
    }
}

/// The search near a former plan: a meeting counts more while it stands where it stood.
private struct Nearby {
    let field: Playground
    let bound: Playground.Bound
    let anchors: [Int32]
    let loyalty: Double

    /// Searches in one of the parts of the effort, coldly: what stands is good already. It starts where the former
    /// plan stands, or where an earlier search ended.
    func search(_ effort: Effort, from slots: [Int32]? = nil, part: Int, of parts: Int) -> Annealing {
        var start = field.annealing(seed: effort.seed &+ UInt64(part), bound, anchors: anchors, loyalty: loyalty)
        start.restore(slots ?? field.fixedOr(anchors))
        start.noteBest()
        var plan = field.coursePlan(bound)
        plan.belief = 0.5
        plan.hot = 0.02
        plan.ceiling = .infinity
        var course = Course(start, plan)
        course.advance(to: 1) { trials in
            let used = effort.share(after: trials * parts)
            if case .trials = effort.span { return used }
            return used * Double(parts) - Double(part)
        }
        course.finish()
        return course.annealing
    }
}

extension Playground {
    /// The slot of each pair that a former plan holds and that can still be held there; none for the others and for
    /// fixed ones.
    func standing(_ former: [MeetingProblem.Meeting]) -> [Int32] {
        var indices: [MeetingProblem.Couple: Int] = [:]
        for index in candidates {
            let pair = problem.pairs[index]
            indices[MeetingProblem.Couple(pair.first, pair.second)] = index
        }
        var result = Array(repeating: Board.none, count: problem.pairs.count)
        var busy = Array(repeating: UInt64(0), count: problem.participants)
        var load = Array(repeating: 0, count: problem.participants)
        var free = problem.tables
        for meeting in problem.fixed {
            for person in [meeting.first, meeting.second] {
                busy[person] |= 1 << UInt64(meeting.slot)
                load[person] += 1
            }
            free[meeting.slot] -= 1
        }
        var stock = Stock(problem.resources, pairs: problem.pairs.count, slots: problem.slots)
        for index in fixedSlots.indices {
            if let slot = fixedSlots[index] { stock?.take(index, slot) }
        }
        for meeting in former {
            guard let index = indices[meeting.couple], (0..<problem.slots).contains(meeting.slot),
                domains[index] >> UInt64(meeting.slot) & 1 == 1, result[index] < 0, free[meeting.slot] > 0
            else { continue }
            let people = [meeting.first, meeting.second]
            let bit: UInt64 = 1 << UInt64(meeting.slot)
            if let stock, stock.open(to: index) & bit == 0 { continue }
            if people.contains(where: { busy[$0] & bit != 0 || load[$0] >= problem.caps[$0] }) { continue }
            for person in people {
                busy[person] |= bit
                load[person] += 1
            }
            free[meeting.slot] -= 1
            stock?.take(index, meeting.slot)
            result[index] = Int32(meeting.slot)
        }
        return result
    }

    /// These slots, and the fixed ones.
    func fixedOr(_ slots: [Int32]) -> [Int32] {
        slots.indices.map { index in fixedSlots[index].map { Int32($0) } ?? slots[index] }
    }
}
