extension MandatoryProblem {
    /// The problem in published MiniZinc data: participants, meetings and slots count from 1 there, `fixed` 0 means
    /// free, and a 0 in a set means nothing. `forbidden`, `fixed` and `precedences` may be left out;
    /// `meetingsxBusiness` and `nMeetingsBusiness` only repeat `requested` and are not read.
    package init(_ data: MiniZincData) throws(MeetingProblemFault) {
        let participants = try data.number("nBusiness")
        let count = try data.number("nMeetings")
        let slots = try data.number("nTotalSlots")
        guard participants >= 0 else { throw MeetingProblemFault("nBusiness", "must not be below 0") }
        let requested = try data.rows("requested", width: 3, count: count)
        let fixed = try data.numbers("fixed", count: count)
        let precedences = try data.sets("precedences", count: count)
        var meetings: [Meeting] = []
        for (index, row) in requested.enumerated() {
            guard let session = Session(rawValue: row[2]) else {
                throw MeetingProblemFault(
                    "requested[\(index + 1)]", "has session \(row[2]); 1 is morning, 2 afternoon, 3 any")
            }
            let slot = fixed.map { $0[index] } ?? 0
            meetings.append(
                Meeting(
                    first: row[0] - 1, second: row[1] - 1, session: session, fixedSlot: slot == 0 ? nil : slot - 1,
                    after: (precedences?[index] ?? []).filter { $0 != 0 }.map { $0 - 1 }))
        }
        var forbidden = Array(repeating: UInt64(0), count: participants)
        for (index, set) in (try data.sets("forbidden", count: participants) ?? []).enumerated() {
            for slot in set where slot != 0 {
                guard (1...max(1, min(slots, Board.maximumSlots))).contains(slot) else {
                    throw MeetingProblemFault("forbidden[\(index + 1)]", "names slot \(slot); slots are 1 to \(slots)")
                }
                forbidden[index] |= 1 << UInt64(slot - 1)
            }
        }
        try self.init(
            participants: participants, slots: slots, morningSlots: try data.number("nMorningSlots"),
            tables: try data.number("nTables"), meetings: meetings, forbidden: forbidden)
    }
}
