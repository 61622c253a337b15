/// A day on which every requested meeting is held, or as many as can be found room for.
package struct MandatoryPlan: Sendable, Equatable {
    /// Why a meeting is not held.
    package enum Reason: Sendable, Equatable {
        /// Its session, fixed slot, precedences and its participants' forbidden slots leave no slot.
        case noSlot
        /// A participant has more meetings than slots for them.
        case overbooked(participant: Int)
        /// There are more meetings than tables in all slots.
        case tables(missing: Int)
        /// In every slot it may stand in a participant is busy, the tables are taken, or a rule would be broken.
        case crowded
    }

    /// A meeting that is not held.
    package struct Unmet: Sendable, Equatable {
        package let meeting: Int
        package let reason: Reason
    }

    /// The slot of each meeting, from 0; nil where it is not held.
    package let slots: [Int?]
    /// The breaks of all participants together.
    package let breaks: Int
    /// No timetable has fewer breaks.
    package let bound: Int
    package let unmet: [Unmet]
    /// Whether any two participants' breaks differ by as many as allowed at most.
    package let isFair: Bool

    /// Whether it holds every meeting and keeps every rule.
    package var isComplete: Bool { unmet.isEmpty && isFair }

    init(problem: MandatoryProblem, slotOf: [Int32], bound: Int) {
        let slots = Self.ordered(problem, slotOf.map { $0 < 0 ? nil : Int($0) })
        var days = Array(repeating: UInt64(0), count: problem.participants)
        for (meeting, slot) in zip(problem.meetings, slots) {
            guard let slot else { continue }
            days[meeting.first] |= 1 << UInt64(slot)
            days[meeting.second] |= 1 << UInt64(slot)
        }
        let breaks = days.map(\.breaks)
        self.slots = slots
        self.breaks = breaks.reduce(0, +)
        isFair = (breaks.max() ?? 0) - (breaks.min() ?? 0) <= MandatoryProblem.fairness
        unmet = Self.reasons(problem, slots)
        self.bound = unmet.isEmpty ? min(bound, self.breaks) : bound
    }

    /// The slots without those meetings that would be held before what they have to wait for.
    private static func ordered(_ problem: MandatoryProblem, _ slots: [Int?]) -> [Int?] {
        var result = slots
        for (index, meeting) in problem.meetings.enumerated() {
            for other in meeting.after {
                if let slot = result[index], let earlier = result[other], earlier >= slot { result[index] = nil }
            }
        }
        return result
    }

    private static func reasons(_ problem: MandatoryProblem, _ slots: [Int?]) -> [Unmet] {
        guard slots.contains(nil) else { return [] }
        let domains = problem.domains()
        let overbooked = BreakBound.perParticipant(problem).map { $0 == nil }
        let missing = problem.meetings.count - problem.tables * problem.slots
        return slots.indices.filter { slots[$0] == nil }.map { index in
            let meeting = problem.meetings[index]
            let person = [meeting.first, meeting.second].first { overbooked[$0] }
            if domains[index] == 0 { return Unmet(meeting: index, reason: .noSlot) }
            if let person { return Unmet(meeting: index, reason: .overbooked(participant: person)) }
            return Unmet(meeting: index, reason: missing > 0 ? .tables(missing: missing) : .crowded)
        }
    }
}
