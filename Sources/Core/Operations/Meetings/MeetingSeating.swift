import Exchange
import Timetabling

/// Gives the meetings of a plan their tables and interpreters, slot by slot: first who needs a kind of table, then the
/// others, each where one of the two sat before if that can be.
struct MeetingSeating {
    private let composition: MeetingComposition
    private let plan: MeetingPlan
    private let indices: [MeetingProblem.Couple: Int]
    /// Where each person sat last, by table.
    private var last: [Int: MeetingDay.Table] = [:]
    private var lastEnd: [Int: Instant] = [:]
    private(set) var seats: [MeetingProblem.Couple: Meeting.Seat] = [:]
    private(set) var hurried: [String] = []

    init(_ composition: MeetingComposition, _ plan: MeetingPlan) {
        self.composition = composition
        self.plan = plan
        indices = Dictionary(
            composition.wants.pairs.enumerated().map { (MeetingProblem.Couple($1.first, $1.second), $0) },
            uniquingKeysWith: { first, _ in first })
        for slot in composition.slots.indices { fill(slot) }
    }

    private mutating func fill(_ slot: Int) {
        let day = composition.material.day
        let span = composition.slots[slot]
        let held = plan.meetings.filter { $0.slot == slot }
        var free = day.tables
        // Meetings that stay keep their tables, also those between the slots.
        for meeting in composition.standing.values where meeting.seat.span.overlaps(span) {
            free.removeAll { $0.name == meeting.seat.table }
        }
        let interpreters = interpreters(for: held, span)
        let open = held.filter { composition.standing[$0.couple] == nil }
        let order = open.sorted { one, other in
            (rank(one), one.first, one.second) < (rank(other), other.first, other.second)
        }
        for meeting in held where composition.standing[meeting.couple] != nil {
            seats[meeting.couple] = composition.standing[meeting.couple]?.seat
        }
        for meeting in order {
            let table = choose(meeting, &free)
            seats[meeting.couple] = Meeting.Seat(
                span: span, table: table?.name, interpreter: interpreters[meeting.couple])
            for person in [meeting.first, meeting.second] { note(person, table, span) }
        }
    }

    private func pair(_ meeting: MeetingProblem.Meeting) -> MeetingWants.Pair? {
        indices[meeting.couple].map { composition.wants.pairs[$0] }
    }

    private func need(_ meeting: MeetingProblem.Meeting) -> MeetingDay.TableKind? {
        guard let pair = pair(meeting) else { return nil }
        let takers = [pair.first, pair.second].map { composition.material.takers[composition.wants.people[$0]]?.table }
        if let kind = takers.compactMap({ $0 }).first(where: { $0 != .ordinary }) { return kind }
        return tongues(meeting) == nil ? nil : .interpreter
    }

    private func tongues(_ meeting: MeetingProblem.Meeting) -> Interpreting.Tongues? {
        indices[meeting.couple].flatMap { composition.interpreting.tongues[$0] }
    }

    private func rank(_ meeting: MeetingProblem.Meeting) -> Int {
        switch need(meeting) {
        case .quiet?, .demo?: 0
        case .interpreter?: 1
        case .ordinary?, nil: 2
        }
    }

    private func choose(_ meeting: MeetingProblem.Meeting, _ free: inout [MeetingDay.Table]) -> MeetingDay.Table? {
        let need = need(meeting)
        let before = [meeting.first, meeting.second].compactMap { last[$0] }
        func price(_ table: MeetingDay.Table) -> Int {
            let misfit = need == table.kind ? 0 : table.kind == .ordinary ? (need == nil ? 0 : 20) : 10
            let moves = before.count { $0.name != table.name }
            let ways = before.count { composition.material.minutes(from: $0.hall, to: table.hall) > 0 }
            return misfit + moves + 4 * ways
        }
        guard let index = free.indices.min(by: { (price(free[$0]), $0) < (price(free[$1]), $1) }) else { return nil }
        return free.remove(at: index)
    }

    private mutating func note(_ person: Int, _ table: MeetingDay.Table?, _ span: TimeSpan) {
        if let before = last[person], let end = lastEnd[person] {
            let way = composition.material.minutes(from: before.hall, to: table?.hall)
            if span.from < end.advanced(byMilliseconds: Int64(way) * 60_000) {
                hurried.append(composition.wants.people[person].text + " " + span.from.rfc3339)
            }
        }
        if let table { last[person] = table }
        lastEnd[person] = span.to
    }

    /// Interpreters for the meetings of a slot, by augmenting paths: whoever can be served is.
    private func interpreters(
        for held: [MeetingProblem.Meeting], _ span: TimeSpan
    ) -> [MeetingProblem.Couple: String] {
        let day = composition.material.day
        let taken = Set(
            composition.standing.values.filter { $0.seat.span.overlaps(span) }.compactMap(\.seat.interpreter))
        let able = day.interpreters.filter { $0.isFree(span) && !taken.contains($0.name) }
        let needing = held.filter { tongues($0) != nil && composition.standing[$0.couple] == nil }
        var holder: [Int: Int] = [:]
        func place(_ index: Int, _ seen: inout Set<Int>) -> Bool {
            guard let wanted = tongues(needing[index]) else { return false }
            for one in able.indices where able[one].speaks(wanted) && seen.insert(one).inserted {
                if let other = holder[one], !place(other, &seen) { continue }
                holder[one] = index
                return true
            }
            return false
        }
        for index in needing.indices {
            var seen: Set<Int> = []
            _ = place(index, &seen)
        }
        return Dictionary(
            holder.map { (needing[$0.value].couple, able[$0.key].name) }, uniquingKeysWith: { first, _ in first })
    }
}
