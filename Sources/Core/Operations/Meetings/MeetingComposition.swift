import Exchange
import Timetabling

/// The meetings of an event as a problem for the planner, and the way back from its plan.
struct MeetingComposition: Sendable {
    let material: MeetingMaterial
    let wants: MeetingWants
    let problem: MeetingProblem
    /// The pairs of the problem that come from `wants.pairs`; those after them are fixed meetings nobody asked for.
    let interpreting: Interpreting
    /// Meetings that stay as they are, by their two people.
    let standing: [MeetingProblem.Couple: Meeting]
    /// What people know already and may move.
    let former: [MeetingProblem.Meeting]
    /// What each resource is.
    let kinds: [ResourceKind]
    /// The fewest meetings each should have.
    let minimums: [Int]

    /// What a resource stands for.
    enum ResourceKind: Sendable, Equatable {
        case interpreters
        case tables(MeetingDay.TableKind)
    }

    var slots: [TimeSpan] { material.day.slots }

    init(_ material: MeetingMaterial) throws {
        self.material = material
        let wants = MeetingWants(material)
        self.wants = wants
        var frame = DayFrame(material, wants)
        let pairs = wants.pairs
        let interpreting = Interpreting(material, pairs)
        self.interpreting = interpreting
        var resources: [MeetingProblem.Resource] = []
        var kinds: [ResourceKind] = []
        for resource in interpreting.resources(material) {
            resources.append(resource)
            kinds.append(.interpreters)
        }
        for kind in MeetingDay.TableKind.allCases where kind != .ordinary && kind != .interpreter {
            let needing = pairs.indices.filter { frame.tableKind(of: pairs[$0]) == kind }
            if needing.isEmpty { continue }
            let amount = material.day.tables.count { $0.kind == kind }
            resources.append(.init(amount: Array(repeating: amount, count: max(1, frame.slotCount)), pairs: needing))
            kinds.append(.tables(kind))
        }
        self.kinds = kinds
        frame.settle(material, wants)
        standing = frame.standing
        former = frame.former
        minimums = frame.minimums
        var met: Set<MeetingProblem.Couple> = []
        let strong = Set(
            pairs.filter { $0.asks.contains { $0.wish.degree == .mustMeet } }.map {
                MeetingProblem.Couple($0.first, $0.second)
            })
        for known in material.acquaintances {
            guard let one = wants.place(of: known.one), let other = wants.place(of: known.other), one != other else {
                continue
            }
            let couple = MeetingProblem.Couple(one, other)
            if !strong.contains(couple) { met.insert(couple) }
        }
        do {
            problem = try MeetingProblem(
                participants: wants.people.count, slots: max(1, frame.slotCount), tables: frame.tables,
                availability: frame.availability, caps: frame.caps,
                pairs: pairs.map {
                    .init($0.first, $0.second, score: $0.worth, demand: $0.isRequired ? .required : .wished)
                }, metBefore: met, fixed: frame.fixed, resources: resources)
        } catch let fault {
            throw Refusal.invalid("meetings", .outOfRange, "\(fault.entry) \(fault.reason).")
        }
    }

    /// The same problem with more weight on the meetings of these people.
    func lifted(_ people: Set<Int>) throws -> MeetingProblem {
        try MeetingProblem(
            participants: problem.participants, slots: problem.slots, tables: problem.tables,
            availability: problem.availability, caps: problem.caps,
            pairs: problem.pairs.map { pair in
                let weight = people.contains(pair.first) || people.contains(pair.second) ? 4.0 : 1
                return .init(pair.first, pair.second, score: pair.score * weight, demand: pair.demand)
            }, vetoes: problem.vetoes, metBefore: problem.metBefore, fixed: problem.fixed,
            resources: problem.resources)
    }
}

/// Slots, tables, people's time and what stands already, as numbers.
struct DayFrame {
    let slotCount: Int
    private(set) var tables: [Int]
    private(set) var availability: [UInt64]
    private(set) var caps: [Int]
    let minimums: [Int]
    private(set) var fixed: [MeetingProblem.Meeting] = []
    private(set) var standing: [MeetingProblem.Couple: Meeting] = [:]
    private(set) var former: [MeetingProblem.Meeting] = []
    private let kinds: [MeetingDay.TableKind?]

    init(_ material: MeetingMaterial, _ wants: MeetingWants) {
        let slots = material.day.slots
        slotCount = slots.count
        tables = Array(repeating: slots.isEmpty ? 0 : material.day.tables.count, count: max(1, slots.count))
        let halls = Set(material.day.tables.map(\.hall))
        availability = material.guests.map { registration in
            slots.enumerated().reduce(0) { mask, entry in
                let isPast = entry.element.from < material.now
                let isFree =
                    registration.isFree(entry.element)
                    && !material.sessions.contains { session in
                        Self.takes(registration.participant, session, halls, entry.element, material)
                    }
                return isFree && !isPast ? mask | 1 << UInt64(entry.offset) : mask
            }
        }
        let takers = material.guests.map { registration in
            registration.participant.flatMap { material.takers[$0] }
        }
        caps = takers.map { $0?.maximum ?? material.day.maximum ?? max(1, slots.count) }
        minimums = takers.map { $0?.minimum ?? material.day.minimum }
        kinds = takers.map { $0?.table }
    }

    /// Whether a session, with the way from it to the tables, takes the person's time.
    private static func takes(
        _ person: Identifier<Participant>?, _ session: ProgrammeSession, _ halls: Set<String?>, _ slot: TimeSpan,
        _ material: MeetingMaterial
    ) -> Bool {
        guard let person, session.people.contains(person) else { return false }
        let way = halls.map { material.minutes(from: session.place, to: $0) }.min() ?? 0
        let margin = Int64(way) * 60_000
        let span = TimeSpan(
            stored: session.span.from.advanced(byMilliseconds: -margin),
            session.span.to.advanced(byMilliseconds: margin))
        return span.overlaps(slot)
    }

    /// The kind of table that a pair needs.
    func tableKind(of pair: MeetingWants.Pair) -> MeetingDay.TableKind? {
        [kinds[pair.first], kinds[pair.second]].compactMap { $0 }.first { $0 != .ordinary }
    }

    /// Lays what people know already into the day: what is confirmed or past stays, the rest may move.
    mutating func settle(_ material: MeetingMaterial, _ wants: MeetingWants) {
        let slots = material.day.slots
        for meeting in material.meetings where meeting.isStanding {
            guard let one = wants.place(of: meeting.first), let other = wants.place(of: meeting.second) else {
                continue
            }
            let couple = MeetingProblem.Couple(one, other)
            if meeting.isMovable, meeting.seat.span.from >= material.now {
                if let slot = slots.firstIndex(of: meeting.seat.span) { former.append(.init(one, other, slot: slot)) }
                continue
            }
            // A veto after the fact: the meeting is not kept.
            if wants.vetoed.contains([couple.lower, couple.upper]), meeting.seat.span.from >= material.now { continue }
            if standing.updateValue(meeting, forKey: couple) != nil { continue }
            if let slot = slots.firstIndex(of: meeting.seat.span), !isTaken(one, slot), !isTaken(other, slot) {
                for person in [one, other] { availability[person] |= 1 << UInt64(slot) }
                fixed.append(.init(one, other, slot: slot))
            } else {
                block(meeting, one, other, slots)
            }
        }
        for person in caps.indices {
            caps[person] = max(caps[person], fixed.count { $0.first == person || $0.second == person })
        }
        for slot in tables.indices { tables[slot] = max(tables[slot], fixed.count { $0.slot == slot }) }
    }

    private func isTaken(_ person: Int, _ slot: Int) -> Bool {
        fixed.contains { $0.slot == slot && ($0.first == person || $0.second == person) }
    }

    /// A meeting between the slots: its people and a table are taken in every slot that it touches.
    private mutating func block(_ meeting: Meeting, _ one: Int, _ other: Int, _ slots: [TimeSpan]) {
        for (slot, span) in slots.enumerated() where span.overlaps(meeting.seat.span) {
            for person in [one, other] where !isTaken(person, slot) { availability[person] &= ~(1 << UInt64(slot)) }
            tables[slot] = max(0, tables[slot] - 1)
        }
    }
}
