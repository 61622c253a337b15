extension MeetingProblem {
    func checkSizes() throws(MeetingProblemFault) {
        guard (0...Limit.participants).contains(participants) else {
            throw MeetingProblemFault("n", "must be from 0 to \(Limit.participants), not \(participants)")
        }
        guard (1...Limit.slots).contains(slots) else {
            throw MeetingProblemFault("slots", "must be from 1 to \(Limit.slots), not \(slots)")
        }
        guard pairs.count <= Limit.pairs else {
            throw MeetingProblemFault("pairs", "has \(pairs.count) entries; at most \(Limit.pairs) are planned")
        }
        guard tables.count == slots else {
            throw MeetingProblemFault("tables", "has \(tables.count) entries; one for each of \(slots) slots is needed")
        }
        for (slot, count) in tables.enumerated() where count < 0 {
            throw MeetingProblemFault("tables[\(slot)]", "is \(count); it must not be below 0")
        }
        guard availability.count == participants else {
            throw MeetingProblemFault(
                "avail", "has \(availability.count) entries; one for each of \(participants) participants is needed")
        }
        guard caps.count == participants else {
            throw MeetingProblemFault(
                "cap", "has \(caps.count) entries; one for each of \(participants) participants is needed")
        }
    }

    func checkPeople() throws(MeetingProblemFault) {
        for (person, mask) in availability.enumerated() where mask >> UInt64(slots) != 0 {
            throw MeetingProblemFault("avail[\(person)]", "has a bit for a slot after the last, which is \(slots - 1)")
        }
        for (person, cap) in caps.enumerated() where cap < 0 {
            throw MeetingProblemFault("cap[\(person)]", "is \(cap); it must not be below 0")
        }
        for couple in vetoes { try check(couple, "vetoes") }
        for couple in metBefore { try check(couple, "met") }
    }

    private func check(_ couple: Couple, _ entry: String) throws(MeetingProblemFault) {
        for person in [couple.lower, couple.upper] where !(0..<participants).contains(person) {
            throw MeetingProblemFault(entry, "names participant \(person); they are \(range)")
        }
    }

    private var range: String { participants == 0 ? "none" : "0 to \(participants - 1)" }

    /// Checks the given pairs; those after them were made from fixed meetings and are checked with these.
    func checkPairs(_ given: Int) throws(MeetingProblemFault) {
        var seen: [Couple: Int] = [:]
        seen.reserveCapacity(given)
        for (index, pair) in pairs.prefix(given).enumerated() {
            for person in [pair.first, pair.second] where !(0..<participants).contains(person) {
                throw MeetingProblemFault("pairs[\(index)]", "names participant \(person); they are \(range)")
            }
            if pair.first == pair.second {
                throw MeetingProblemFault("pairs[\(index)]", "pairs participant \(pair.first) with themselves")
            }
            guard pair.score >= 0, pair.score <= Limit.score else {
                throw MeetingProblemFault(
                    "pairs[\(index)]", "has the score \(pair.score); it must be a number from 0 to \(Int(Limit.score))")
            }
            if let other = seen.updateValue(index, forKey: Couple(pair.first, pair.second)) {
                throw MeetingProblemFault("pairs[\(index)]", "repeats pairs[\(other)]")
            }
        }
    }

    func checkFixed() throws(MeetingProblemFault) {
        var met: Set<Couple> = []
        var busy = Array(repeating: UInt64(0), count: participants)
        var used = Array(repeating: 0, count: slots)
        for (index, meeting) in fixed.enumerated() {
            let entry = "fixed[\(index)]"
            for person in [meeting.first, meeting.second] where !(0..<participants).contains(person) {
                throw MeetingProblemFault(entry, "names participant \(person); they are \(range)")
            }
            guard meeting.first != meeting.second else {
                throw MeetingProblemFault(entry, "pairs participant \(meeting.first) with themselves")
            }
            guard (0..<slots).contains(meeting.slot) else {
                throw MeetingProblemFault(entry, "is in slot \(meeting.slot); slots are 0 to \(slots - 1)")
            }
            guard met.insert(meeting.couple).inserted else {
                throw MeetingProblemFault(entry, "fixes a second meeting of the same two people")
            }
            if vetoes.contains(meeting.couple) { throw MeetingProblemFault(entry, "is vetoed") }
            let bit: UInt64 = 1 << UInt64(meeting.slot)
            for person in [meeting.first, meeting.second] {
                if availability[person] & bit == 0 {
                    throw MeetingProblemFault(entry, "needs participant \(person), who is away in slot \(meeting.slot)")
                }
                if busy[person] & bit != 0 {
                    throw MeetingProblemFault(entry, "is the second meeting of \(person) in slot \(meeting.slot)")
                }
                busy[person] |= bit
                if busy[person].nonzeroBitCount > caps[person] {
                    throw MeetingProblemFault(entry, "is more than participant \(person) takes (\(caps[person]))")
                }
            }
            used[meeting.slot] += 1
            if used[meeting.slot] > tables[meeting.slot] {
                throw MeetingProblemFault(entry, "needs one table more than slot \(meeting.slot) has")
            }
        }
    }

    func checkResources() throws(MeetingProblemFault) {
        guard resources.count <= Limit.resources else {
            throw MeetingProblemFault(
                "resources", "has \(resources.count) entries; at most \(Limit.resources) are planned")
        }
        for (index, resource) in resources.enumerated() {
            guard resource.amount.count == slots, resource.amount.allSatisfy({ $0 >= 0 }) else {
                throw MeetingProblemFault("resources[\(index)]", "needs one amount, not below 0, for each slot")
            }
            guard resource.pairs.allSatisfy(pairs.indices.contains) else {
                throw MeetingProblemFault("resources[\(index)]", "names a pair that is not there")
            }
        }
    }
}
