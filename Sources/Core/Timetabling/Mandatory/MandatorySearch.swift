/// Annealing over timetables of meetings that must all be held. A step moves one meeting of a participant to an idle
/// slot and whatever meetings follow from that (a Kempe chain); only the two ends of a chain change their day, so the
/// change in breaks is found without walking all days.
struct MandatorySearch: Sendable {
    /// What counts against a timetable, in breaks.
    struct Price: Sendable {
        /// A meeting that is not held.
        var waiting = 2.5
        /// A break more than fairness allows, beside the break itself.
        var unfair = 3.0
        /// A precedence that is broken.
        var precedence = 1.5
    }

    /// What a broken rule counts when timetables are compared: more than all breaks together.
    static let fault = 1e6

    private(set) var board: Board
    private(set) var chance: Chance
    private(set) var cost = 0.0
    private(set) var best: [Int32]
    private(set) var bestCost: Double
    private let price: Price
    private let mostFair: Int
    private let after: [[Int32]]
    private let before: [[Int32]]
    private let hasPrecedences: Bool
    private let bound: [Bool]
    private let patience = Patience()
    private var stamp: [Int32]
    private var tick: Int32 = 0
    /// The people with breaks, and where each stands in this list.
    private var broken: [Int32] = []
    private var brokenPlace: [Int32]

    init(problem: MandatoryProblem, domains: [UInt64], mostFair: Int, price: Price = Price(), seed: UInt64) {
        let present = problem.forbidden.map { UInt64.slots(problem.slots) & ~$0 }
        board = Board(
            people: problem.participants, slots: problem.slots,
            ends: problem.meetings.map { ($0.first, $0.second) }, domain: domains, present: present,
            tables: Array(repeating: problem.tables, count: problem.slots),
            caps: Array(repeating: Int(Int32.max), count: problem.participants),
            admitted: problem.meetings.indices.filter { domains[$0] != 0 })
        self.price = price
        self.mostFair = mostFair
        chance = Chance(seed: seed)
        after = problem.meetings.map { $0.after.map { Int32($0) } }
        var before = Array(repeating: [Int32](), count: problem.meetings.count)
        for (index, meeting) in problem.meetings.enumerated() {
            for other in meeting.after { before[other].append(Int32(index)) }
        }
        self.before = before
        bound = problem.meetings.indices.map { !problem.meetings[$0].after.isEmpty || !before[$0].isEmpty }
        hasPrecedences = bound.contains(true)
        stamp = Array(repeating: 0, count: problem.meetings.count)
        brokenPlace = Array(repeating: -1, count: problem.participants)
        best = board.slotOf
        cost = price.waiting * Double(board.waiting.count)
        bestCost = .infinity
        noteBest()
    }

    @inline(__always)
    private func dayCost(_ mask: UInt64) -> Double {
        let breaks = mask.breaks
        return breaks > mostFair ? Double(breaks) + price.unfair * Double(breaks - mostFair) : Double(breaks)
    }

    @inline(__always)
    private mutating func noteBest() {
        if cost >= bestCost - 1e-9 { return }
        let goal = self.goal
        if goal < bestCost - 1e-9 {
            bestCost = goal
            best = board.slotOf
        }
    }

    /// The breaks, and far above them what breaks a rule: meetings not held, unfair days, broken precedences.
    private var goal: Double {
        var breaks = 0
        var faults = board.waiting.count
        for person in broken {
            let count = board.busy[Int(person)].breaks
            breaks += count
            faults += max(0, count - mostFair)
        }
        if hasPrecedences {
            for meeting in after.indices where board.slotOf[meeting] >= 0 {
                for other in after[meeting] {
                    let earlier = board.slotOf[Int(other)]
                    if earlier >= 0, earlier >= board.slotOf[meeting] { faults += 1 }
                }
            }
        }
        return Double(breaks) + Self.fault * Double(faults)
    }

    /// Whether the best so far breaks no rule.
    var isSound: Bool { bestCost < Self.fault }

    /// So many trials at a temperature.
    mutating func run(_ trials: Int, temperature: Double) {
        for _ in 0..<trials {
            let count = board.waiting.count
            if count > 0, chance.below(4) == 0 {
                insert(Int(board.waiting[chance.below(count)]), temperature)
            } else {
                shift(temperature)
            }
        }
    }

    /// Moves a meeting of somebody to another slot, with the chain that follows from it.
    private mutating func shift(_ temperature: Double) {
        let draw = chance.next()
        var person = 0
        if draw & 3 == 0, !broken.isEmpty {
            person = Int(broken[chance.below(broken.count)])
        } else {
            person = chance.below(board.people)
        }
        let busy = board.busy[person]
        let idle = board.present[person] & ~busy
        if busy == 0 { return }
        if idle == 0 || draw >> 2 & 7 == 0 {
            turn(person, busy, temperature)
            return
        }
        var ends = busy
        var sides = idle
        if draw >> 5 & 7 != 0 {
            // Only meetings at the end of a group, and slots beside one, keep days whole.
            ends = busy & ~((busy &<< 1) & (busy &>> 1))
            let beside = ((busy &<< 1) | (busy &>> 1)) & idle
            if beside != 0, busy & (busy &- 1) != 0 { sides = beside }
        }
        let from = chance.bit(of: ends)
        let to = chance.bit(of: sides)
        let fromBit = 1 as UInt64 &<< UInt64(truncatingIfNeeded: from)
        let toBit = 1 as UInt64 &<< UInt64(truncatingIfNeeded: to)
        let allowed = temperature * patience.allowance(&chance)
        let change = dayCost(busy ^ fromBit ^ toBit) - dayCost(busy)
        // The other end of the chain rarely gains more than one break.
        if change > allowed + 1.5 { return }
        switch board.follow(from: person, busySlot: from, freeSlot: to, avoiding: -1) {
        case .swappable: swap(person, chainEnd(from: person), from, to, change, allowed)
        case .crowded: if !hasPrecedences { exchange(person, from, to, change, allowed) }
        case .blocked, .closed: break
        }
    }

    /// Swaps the chain that was followed although `to` has no table for it, and another chain the other way.
    private mutating func exchange(
        _ person: Int, _ from: Int, _ to: Int, _ changeOfPerson: Double, _ allowed: Double
    ) {
        let bits: UInt64 = (1 &<< UInt64(truncatingIfNeeded: from)) | (1 &<< UInt64(truncatingIfNeeded: to))
        let end = chainEnd(from: person)
        let day = board.busy[end]
        let half = changeOfPerson + dayCost(day ^ bits) - dayCost(day)
        if half > allowed + 1.5 { return }
        board.swapChain(from, to)
        for _ in 0..<3 {
            let meeting = Int(board.rows[to &* board.rowWidth &+ chance.below(Int(board.used[to]))])
            let other = chance.next() & 1 == 0 ? Int(board.first[meeting]) : Int(board.second[meeting])
            if other == person || other == end || board.busy[other] & bits == bits { continue }
            guard case .swappable = board.follow(from: other, busySlot: to, freeSlot: from, avoiding: person),
                board.chain.count & 1 == 1
            else { continue }
            let last = chainEnd(from: other)
            let one = board.busy[other]
            let two = board.busy[last]
            let change = half + dayCost(one ^ bits) - dayCost(one) + dayCost(two ^ bits) - dayCost(two)
            if change > allowed { continue }
            board.swapChain(from, to)
            cost += change
            for changed in [person, end, other, last] { note(changed) }
            if change < 0 { noteBest() }
            return
        }
        _ = board.follow(from: person, busySlot: to, freeSlot: from, avoiding: -1)
        board.swapChain(from, to)
    }

    /// Swaps the chain that was followed if that costs no more than allowed; its ends are two people whose days change.
    private mutating func swap(
        _ person: Int, _ end: Int, _ from: Int, _ to: Int, _ changeOfPerson: Double, _ allowed: Double
    ) {
        let bits: UInt64 = (1 &<< UInt64(truncatingIfNeeded: from)) | (1 &<< UInt64(truncatingIfNeeded: to))
        let day = board.busy[end]
        var change = changeOfPerson + dayCost(day ^ bits) - dayCost(day)
        if change > allowed + (hasPrecedences ? 8 : 0) { return }
        let unordered = hasPrecedences ? brokenInChain() : 0
        board.swapChain(from, to)
        if hasPrecedences {
            change += price.precedence * Double(brokenInChain() - unordered)
            if change > allowed {
                board.swapChain(from, to)
                return
            }
        }
        cost += change
        note(person)
        note(end)
        if change < 0 { noteBest() }
    }

    /// Turns a circle of meetings between two slots in which the person is busy: nobody's day changes, only who meets
    /// when.
    private mutating func turn(_ person: Int, _ busy: UInt64, _ temperature: Double) {
        let one = chance.bit(of: busy)
        let other = chance.bit(of: busy)
        if one == other || !board.followCircle(from: person, one, other) { return }
        let unordered = hasPrecedences ? brokenInChain() : 0
        board.swapChain(one, other)
        if hasPrecedences {
            let change = price.precedence * Double(brokenInChain() - unordered)
            if change > temperature * patience.allowance(&chance) {
                board.swapChain(one, other)
            } else {
                cost += change
                noteBest()
            }
        }
    }

    /// Keeps the list of those with breaks.
    @inline(__always)
    private mutating func note(_ person: Int) {
        let place = brokenPlace[person]
        if board.busy[person].breaks > 0 {
            if place >= 0 { return }
            brokenPlace[person] = Int32(truncatingIfNeeded: broken.count)
            broken.append(Int32(truncatingIfNeeded: person))
        } else if place >= 0 {
            let last = broken.removeLast()
            if last != Int32(truncatingIfNeeded: person) {
                broken[Int(place)] = last
                brokenPlace[Int(last)] = place
            }
            brokenPlace[person] = -1
        }
    }

    @inline(__always)
    private func chainEnd(from person: Int) -> Int {
        var current = person
        for meeting in board.chain { current = board.partner(of: current, in: Int(meeting)) }
        return current
    }

    /// The broken precedences in which a meeting of the chain takes part.
    private mutating func brokenInChain() -> Int {
        tick &+= 1
        for meeting in board.chain { stamp[Int(meeting)] = tick }
        var count = 0
        for meeting in board.chain where bound[Int(meeting)] { count += unordered(Int(meeting)) }
        return count
    }

    private func unordered(_ meeting: Int) -> Int {
        let slot = board.slotOf[meeting]
        if slot < 0 { return 0 }
        var count = 0
        for other in after[meeting] {
            let earlier = board.slotOf[Int(other)]
            if earlier >= 0, earlier >= slot { count += 1 }
        }
        for other in before[meeting] where stamp[Int(other)] != tick {
            let later = board.slotOf[Int(other)]
            if later >= 0, later <= slot { count += 1 }
        }
        return count
    }

    /// Puts a waiting meeting into a slot and what stands there out.
    private mutating func insert(_ meeting: Int, _ temperature: Double) {
        let slot = chance.bit(of: board.domain[meeting])
        let one = Int(board.first[meeting])
        let other = Int(board.second[meeting])
        let left = board.pair(of: one, in: slot)
        let right = board.pair(of: other, in: slot)
        var victims: [Int] = []
        if left >= 0 { victims.append(left) }
        if right >= 0, right != left { victims.append(right) }
        if victims.isEmpty, board.open >> UInt64(slot) & 1 == 0 {
            if board.used[slot] == 0 { return }
            victims.append(Int(board.rows[slot * board.rowWidth + chance.below(Int(board.used[slot]))]))
        }
        let old = cost
        for victim in victims { take(victim) }
        put(meeting, slot)
        for victim in victims { settle(victim) }
        if cost - old > temperature * patience.allowance(&chance) {
            revert(meeting, victims, slot, old)
        } else {
            noteBest()
        }
    }

    private mutating func revert(_ meeting: Int, _ victims: [Int], _ slot: Int, _ old: Double) {
        for victim in victims where board.slotOf[victim] >= 0 { take(victim) }
        take(meeting)
        for victim in victims { put(victim, slot) }
        cost = old
    }

    /// Places a meeting in the best slot that is free for it, if there is one.
    private mutating func settle(_ meeting: Int) {
        var free =
            board.domain[meeting] & board.free(Int(board.first[meeting])) & board.free(Int(board.second[meeting]))
            & board.open
        if free == 0 { return }
        let one = board.busy[Int(board.first[meeting])]
        let other = board.busy[Int(board.second[meeting])]
        var chosen = -1
        var least = Double.infinity
        while free != 0 {
            let slot = free.trailingZeroBitCount
            free &= free - 1
            let bit = 1 as UInt64 &<< UInt64(slot)
            let found = dayCost(one | bit) + dayCost(other | bit)
            if found < least {
                least = found
                chosen = slot
            }
        }
        put(meeting, chosen)
    }

    private mutating func put(_ meeting: Int, _ slot: Int) {
        let one = Int(board.first[meeting])
        let other = Int(board.second[meeting])
        cost -= dayCost(board.busy[one]) + dayCost(board.busy[other]) + price.waiting
        board.place(meeting, in: slot)
        cost += dayCost(board.busy[one]) + dayCost(board.busy[other])
        note(one)
        note(other)
        if hasPrecedences {
            tick &+= 1
            cost += price.precedence * Double(unordered(meeting))
        }
    }

    private mutating func take(_ meeting: Int) {
        let one = Int(board.first[meeting])
        let other = Int(board.second[meeting])
        if hasPrecedences {
            tick &+= 1
            cost -= price.precedence * Double(unordered(meeting))
        }
        cost -= dayCost(board.busy[one]) + dayCost(board.busy[other])
        board.remove(meeting)
        cost += dayCost(board.busy[one]) + dayCost(board.busy[other]) + price.waiting
        note(one)
        note(other)
    }

    /// Places every waiting meeting that fits somewhere, the most bound first.
    mutating func begin() {
        for meeting in board.waiting.map(Int.init).sorted(by: {
            (board.domain[$0].nonzeroBitCount, $0) < (board.domain[$1].nonzeroBitCount, $1)
        }) {
            settle(meeting)
        }
        noteBest()
    }
}
