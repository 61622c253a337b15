/// What pairs need beside a table: how much of each resource is taken in each slot, kept up with every change.
struct Stock: Sendable {
    private let slots: Int
    /// The resources of each pair: `needs[start[pair]..<start[pair + 1]]`.
    private let needs: [Int32]
    private let start: [Int32]
    /// At `resource * slots + slot`.
    private var left: [Int32]
    /// The slots in which each resource is left.
    private var open: [UInt64]

    /// Nothing taken yet; nil where no resource is scarce.
    init?(_ resources: [MeetingProblem.Resource], pairs: Int, slots: Int) {
        guard !resources.isEmpty else { return nil }
        self.slots = slots
        var lists = Array(repeating: [Int32](), count: pairs)
        for (index, resource) in resources.enumerated() {
            for pair in Set(resource.pairs) { lists[pair].append(Int32(index)) }
        }
        needs = lists.flatMap { $0 }
        start = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1.count)) }
        left = resources.flatMap { $0.amount.map { Int32(clamping: $0) } }
        open = resources.map { resource in
            resource.amount.enumerated().reduce(0) { $1.element > 0 ? $0 | 1 << UInt64($1.offset) : $0 }
        }
    }

    private func needs(of pair: Int) -> ArraySlice<Int32> { needs[Int(start[pair])..<Int(start[pair + 1])] }

    /// The slots in which all that the pair needs is left.
    func open(to pair: Int) -> UInt64 { needs(of: pair).reduce(.max) { $0 & open[Int($1)] } }

    mutating func take(_ pair: Int, _ slot: Int) { change(pair, slot, by: -1) }

    mutating func giveBack(_ pair: Int, _ slot: Int) { change(pair, slot, by: 1) }

    private mutating func change(_ pair: Int, _ slot: Int, by amount: Int32) {
        for place in Int(start[pair])..<Int(start[pair + 1]) {
            let resource = Int(needs[place])
            left[resource * slots + slot] += amount
            let bit: UInt64 = 1 << UInt64(slot)
            if left[resource * slots + slot] > 0 { open[resource] |= bit } else { open[resource] &= ~bit }
        }
    }

    /// Whether the slot has what the pair needs once these others, if they are there, have left it.
    func holds(_ pair: Int, in slot: Int, without one: Int, _ other: Int, _ third: Int = -1) -> Bool {
        needs(of: pair).allSatisfy { need in
            var amount = left[Int(need) * slots + slot]
            for leaving in [one, other, third] where leaving >= 0 && needs(of: leaving).contains(need) { amount += 1 }
            return amount > 0
        }
    }

    /// Whether all pairs of a chain find what they need when each goes to the one of two slots it is not in.
    func holds(chain: [Int32], _ slotOf: [Int32], _ one: Int, _ other: Int) -> Bool {
        var change: [Int32: Int32] = [:]
        for pair in chain {
            let step: Int32 = Int(slotOf[Int(pair)]) == one ? 1 : -1
            for need in needs(of: Int(pair)) { change[need, default: 0] += step }
        }
        return change.allSatisfy { need, amount in
            let resource = Int(need) * slots
            return left[resource + one] + amount >= 0 && left[resource + other] - amount >= 0
        }
    }
}
