/// Days so small that every timetable can be looked at: where other things than tables are scarce, the search's moves
/// alone may miss the best one.
struct SmallDay {
    /// So many timetables are looked at, at most.
    private static let mostTimetables = 300_000.0

    private let field: Playground
    private var meetings: [MeetingProblem.Meeting] = []
    private var slotOf: [Int32]
    private var score = 0.0
    private(set) var best: (score: Double, slotOf: [Int32])

    /// Nothing for larger days, and for those with fixed or required meetings.
    init?(_ field: Playground) {
        let problem = field.problem
        let ways = field.candidates.reduce(1.0) { $0 * Double(1 + field.domains[$1].nonzeroBitCount) }
        guard !problem.resources.isEmpty, problem.fixed.isEmpty, ways <= Self.mostTimetables,
            !problem.pairs.contains(where: { $0.demand == .required })
        else { return nil }
        self.field = field
        slotOf = Array(repeating: -1, count: problem.pairs.count)
        best = (0, slotOf)
    }

    /// Looks at every timetable that may still be better.
    mutating func search(from place: Int = 0) {
        if score > best.score { best = (score, slotOf) }
        let rest = field.candidates[place...].reduce(0) { $0 + field.problem.pairs[$1].score }
        guard place < field.candidates.count, score + rest > best.score else { return }
        let index = field.candidates[place]
        let pair = field.problem.pairs[index]
        for slot in 0..<field.problem.slots where field.domains[index] >> UInt64(slot) & 1 == 1 {
            guard fits(index, slot) else { continue }
            meetings.append(.init(pair.first, pair.second, slot: slot))
            slotOf[index] = Int32(slot)
            score += pair.score
            search(from: place + 1)
            score -= pair.score
            slotOf[index] = -1
            meetings.removeLast()
        }
        search(from: place + 1)
    }

    private func fits(_ index: Int, _ slot: Int) -> Bool {
        let problem = field.problem
        let pair = problem.pairs[index]
        func meets(_ meeting: MeetingProblem.Meeting, _ person: Int) -> Bool {
            meeting.first == person || meeting.second == person
        }
        for person in [pair.first, pair.second] {
            let own = meetings.filter { meets($0, person) }
            if own.count >= problem.caps[person] || own.contains(where: { $0.slot == slot }) { return false }
        }
        if meetings.count(where: { $0.slot == slot }) >= problem.tables[slot] { return false }
        return problem.resources.allSatisfy { resource in
            guard resource.pairs.contains(index) else { return true }
            return resource.pairs.count { slotOf[$0] == Int32(slot) } < resource.amount[slot]
        }
    }
}
