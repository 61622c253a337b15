/// A day on which every requested meeting is held: business-to-business meeting scheduling as it is published
/// (B2BSOP, Bofill and others, JAIR 74, 2022). Find a slot for each meeting such that the participants have as few
/// breaks as possible; a break is one or more idle slots between two meetings of a participant.
package struct MandatoryProblem: Sendable, Equatable {
    /// A meeting that must be held; participants count from 0, slots too.
    package struct Meeting: Sendable, Equatable {
        package let first: Int
        package let second: Int
        /// The part of the day it is bound to.
        package let session: Session
        /// The slot it is bound to.
        package let fixedSlot: Int?
        /// Meetings that must be over before it.
        package let after: [Int]

        /// A meeting; only its participants have to be given.
        package init(first: Int, second: Int, session: Session = .any, fixedSlot: Int? = nil, after: [Int] = []) {
            self.first = first
            self.second = second
            self.session = session
            self.fixedSlot = fixedSlot
            self.after = after
        }
    }

    /// The part of the day a meeting is bound to; the numbers are those of the published data.
    package enum Session: Int, Sendable, CaseIterable {
        case morning = 1
        case afternoon = 2
        case any = 3
    }

    /// The numbers of breaks of any two participants differ by at most this.
    package static let fairness = 2

    package let participants: Int
    package let slots: Int
    /// Slots 0 ..< morningSlots are the morning.
    package let morningSlots: Int
    package let tables: Int
    package let meetings: [Meeting]
    /// The slots in which each participant cannot meet, as bits.
    package let forbidden: [UInt64]

    /// Checks everything. Throws what is wrong with which entry; entries are counted from 1, as in the data.
    package init(
        participants: Int, slots: Int, morningSlots: Int, tables: Int, meetings: [Meeting], forbidden: [UInt64]
    ) throws(MeetingProblemFault) {
        guard (1...Board.maximumSlots).contains(slots) else {
            throw MeetingProblemFault("nTotalSlots", "must be from 1 to \(Board.maximumSlots), not \(slots)")
        }
        guard (0...slots).contains(morningSlots) else {
            throw MeetingProblemFault("nMorningSlots", "must be from 0 to nTotalSlots (\(slots)), not \(morningSlots)")
        }
        guard participants >= 0, tables >= 0 else {
            throw MeetingProblemFault(participants < 0 ? "nBusiness" : "nTables", "must not be below 0")
        }
        guard forbidden.count == participants else {
            throw MeetingProblemFault("forbidden", "needs one set for each of the \(participants) participants")
        }
        for (index, mask) in forbidden.enumerated() where mask >> UInt64(slots) != 0 {
            throw MeetingProblemFault("forbidden[\(index + 1)]", "names a slot after the last, which is \(slots)")
        }
        for (index, meeting) in meetings.enumerated() {
            try Self.check(meeting, index, participants: participants, slots: slots, meetings: meetings.count)
        }
        self.participants = participants
        self.slots = slots
        self.morningSlots = morningSlots
        self.tables = tables
        self.meetings = meetings
        self.forbidden = forbidden
    }

    private static func check(
        _ meeting: Meeting, _ index: Int, participants: Int, slots: Int, meetings: Int
    ) throws(MeetingProblemFault) {
        for person in [meeting.first, meeting.second] where !(0..<participants).contains(person) {
            throw MeetingProblemFault(
                "requested[\(index + 1)]", "names participant \(person + 1); there are \(participants)")
        }
        if meeting.first == meeting.second {
            throw MeetingProblemFault("requested[\(index + 1)]", "is a meeting of \(meeting.first + 1) with themselves")
        }
        if let slot = meeting.fixedSlot, !(0..<slots).contains(slot) {
            throw MeetingProblemFault("fixed[\(index + 1)]", "is slot \(slot + 1); slots are 1 to \(slots)")
        }
        for other in meeting.after where !(0..<meetings).contains(other) || other == index {
            throw MeetingProblemFault(
                "precedences[\(index + 1)]", "names meeting \(other + 1); give other meetings from 1 to \(meetings)")
        }
    }

    /// The slots that a meeting may stand in for itself: its session, its fixed slot, its participants' forbidden
    /// slots.
    func domain(of meeting: Meeting) -> UInt64 {
        let day = UInt64.slots(slots)
        let morning = UInt64.slots(morningSlots)
        var result = day & ~forbidden[meeting.first] & ~forbidden[meeting.second]
        switch meeting.session {
        case .morning: result &= morning
        case .afternoon: result &= ~morning
        case .any: break
        }
        if let slot = meeting.fixedSlot { result &= 1 << UInt64(slot) }
        return result
    }

    /// The domains of all meetings, narrowed by the chains of precedences; those of a circle of precedences are empty.
    func domains() -> [UInt64] {
        var result = meetings.map(domain)
        var isChanged = true
        while isChanged {
            isChanged = false
            for (index, meeting) in meetings.enumerated() {
                for other in meeting.after {
                    let later = result[index] & Self.above(result[other])
                    let earlier = result[other] & Self.below(later)
                    if later != result[index] || earlier != result[other] { isChanged = true }
                    result[index] = later
                    result[other] = earlier
                }
            }
        }
        return result
    }

    /// All slots after the first of a mask.
    private static func above(_ mask: UInt64) -> UInt64 {
        mask == 0 ? 0 : ~UInt64.slots(mask.trailingZeroBitCount + 1)
    }

    /// All slots before the last of a mask.
    private static func below(_ mask: UInt64) -> UInt64 {
        mask == 0 ? 0 : UInt64.slots(63 - mask.leadingZeroBitCount)
    }
}

extension UInt64 {
    /// The mask of so many slots from 0.
    static func slots(_ count: Int) -> UInt64 { count >= 64 ? .max : (1 << UInt64(count)) - 1 }

    /// How many groups of neighbouring bits there are.
    @inline(__always)
    var runs: Int { (self & ~(self &<< 1)).nonzeroBitCount }

    /// The breaks in a day whose meetings are these bits.
    @inline(__always)
    var breaks: Int { self == 0 ? 0 : runs &- 1 }
}
