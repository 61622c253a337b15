/// A planned day, with the proof of how good it is.
package struct MeetingPlan: Sendable, Equatable {
    /// The meetings, by slot and first person.
    package let meetings: [MeetingProblem.Meeting]
    /// The total score of the meetings.
    package let score: Double
    /// What no plan can pass.
    package let bound: Double
    /// Of a former plan's meetings that could have stayed, those that moved to another slot or are gone.
    package let moved: Int

    /// How far the score may be below the best possible, as a share of the bound: 0 is a proof that no plan is better.
    package var gap: Double { bound > 0 ? max(0, (bound - score) / bound) : 0 }

    init(problem: MeetingProblem, slotOf: [Int32], bound: Double, moved: Int = 0) {
        var meetings: [MeetingProblem.Meeting] = []
        var score = 0.0
        for (index, pair) in problem.pairs.enumerated() where slotOf[index] >= 0 {
            meetings.append(.init(pair.first, pair.second, slot: Int(slotOf[index])))
            score += pair.score
        }
        self.meetings = meetings.sorted { ($0.slot, $0.first, $0.second) < ($1.slot, $1.first, $1.second) }
        self.score = score
        self.bound = max(bound, score)
        self.moved = moved
    }
}
