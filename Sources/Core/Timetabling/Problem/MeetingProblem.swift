/// A day of 1:1 meetings to be planned: who would like to meet whom, when each person is there, how many tables there
/// are.
///
/// People and slots are numbers from 0; the slots in which a person is there are the bits of a mask. A plan holds
/// each pair once at most, gives a person one meeting a slot at most and `caps` in all, and a slot no more meetings
/// than tables; among such plans the one with the highest total score is looked for.
package struct MeetingProblem: Sendable, Equatable {
    /// How much two people's meeting is asked for.
    package enum Demand: Sendable, Equatable {
        /// Worth its score.
        case wished
        /// Goes before everything that is only wished.
        case required
    }

    /// Two people who may meet.
    package struct Pair: Sendable, Equatable {
        package let first: Int
        package let second: Int
        /// What the meeting is worth; not below 0.
        package let score: Double
        package let demand: Demand

        /// A pair; wished unless said otherwise.
        package init(_ first: Int, _ second: Int, score: Double, demand: Demand = .wished) {
            self.first = first
            self.second = second
            self.score = score
            self.demand = demand
        }

        var couple: Couple { Couple(first, second) }
    }

    /// Two people and nothing else; the order does not matter.
    package struct Couple: Sendable, Hashable {
        package let lower: Int
        package let upper: Int

        /// The couple of these two, in either order.
        package init(_ one: Int, _ other: Int) {
            lower = min(one, other)
            upper = max(one, other)
        }
    }

    /// A meeting with its slot.
    package struct Meeting: Sendable, Hashable {
        package let first: Int
        package let second: Int
        package let slot: Int

        /// A meeting of these two in a slot.
        package init(_ first: Int, _ second: Int, slot: Int) {
            self.first = first
            self.second = second
            self.slot = slot
        }

        package var couple: Couple { Couple(first, second) }
    }

    /// Something beside a table that some pairs need, of which there is so much in each slot: tables of a kind,
    /// interpreters for some languages. A pair may need several; what one resource names may stand in others too, so
    /// that "interpreters who speak Korean or Chinese" can be a resource of its own.
    package struct Resource: Sendable, Equatable {
        /// How many meetings it serves in each slot.
        package let amount: [Int]
        /// The pairs that need it, by their indices.
        package let pairs: [Int]

        /// Takes both.
        package init(amount: [Int], pairs: [Int]) {
            self.amount = amount
            self.pairs = pairs
        }
    }

    /// The longest of everything.
    package enum Limit {
        package static let resources = 64
        /// Slots are bits of a mask.
        package static let slots = Board.maximumSlots
        package static let participants = 100_000
        package static let pairs = 2_000_000
        package static let score = 1e9
    }

    package let participants: Int
    package let slots: Int
    /// The tables of each slot.
    package let tables: [Int]
    package let availability: [UInt64]
    package let caps: [Int]
    package let pairs: [Pair]
    /// Who must never meet: a veto beats a wish, a requirement and everything else but a fixed meeting, which is
    /// refused.
    package let vetoes: Set<Couple>
    /// Who has met before: they meet again only where that is required.
    package let metBefore: Set<Couple>
    /// Meetings that stand already and stay.
    package let fixed: [Meeting]
    package let resources: [Resource]

    /// Checks everything. Throws what is wrong with which entry, as `pairs[17]`, counted from 0.
    package init(
        participants: Int, slots: Int, tables: [Int], availability: [UInt64], caps: [Int], pairs: [Pair],
        vetoes: Set<Couple> = [], metBefore: Set<Couple> = [], fixed: [Meeting] = [], resources: [Resource] = []
    ) throws(MeetingProblemFault) {
        self.resources = resources
        self.participants = participants
        self.slots = slots
        self.tables = tables
        self.availability = availability
        self.caps = caps
        self.vetoes = vetoes
        self.metBefore = metBefore
        self.fixed = fixed
        let asked = Set(pairs.map { Couple($0.first, $0.second) })
        var added: Set<Couple> = []
        // A fixed meeting that nobody asked for is worth nothing and stands all the same.
        self.pairs =
            pairs
            + fixed.filter { !asked.contains($0.couple) && added.insert($0.couple).inserted }
            .map { Pair($0.first, $0.second, score: 0) }
        try checkSizes()
        try checkPeople()
        try checkPairs(pairs.count)
        try checkFixed()
        try checkResources()
    }

    /// A problem with the same number of tables in every slot.
    package init(
        participants: Int, slots: Int, tables: Int, availability: [UInt64], caps: [Int], pairs: [Pair],
        vetoes: Set<Couple> = [], metBefore: Set<Couple> = [], fixed: [Meeting] = []
    ) throws(MeetingProblemFault) {
        guard (1...Limit.slots).contains(slots) else {
            throw MeetingProblemFault("slots", "must be from 1 to \(Limit.slots), not \(slots)")
        }
        try self.init(
            participants: participants, slots: slots, tables: Array(repeating: tables, count: slots),
            availability: availability, caps: caps, pairs: pairs, vetoes: vetoes, metBefore: metBefore, fixed: fixed)
    }

    /// The slot in which each pair is fixed.
    var fixedSlots: [Int?] {
        let slots = Dictionary(fixed.map { ($0.couple, $0.slot) }, uniquingKeysWith: { first, _ in first })
        return pairs.map { slots[Couple($0.first, $0.second)] }
    }

    /// Whether two people may not meet whatever room there is.
    func isBarred(_ pair: Pair) -> Bool {
        let couple = Couple(pair.first, pair.second)
        return vetoes.contains(couple) || pair.demand == .wished && metBefore.contains(couple)
    }

    /// The slots each pair may stand in; none where the two may not meet.
    var domains: [UInt64] {
        zip(pairs, fixedSlots).map { pair, slot in
            if let slot { return 1 << UInt64(slot) }
            return isBarred(pair) ? 0 : availability[pair.first] & availability[pair.second]
        }
    }
}
