/// Exhibitors to be put into the stands of a hall: who should stand near whom, who apart, and what each needs.
package struct BoothProblem: Sendable, Equatable {
    /// What an exhibitor does to the ears of others, or they to theirs.
    package enum Sound: String, Sendable, CaseIterable {
        case ordinary
        /// Makes noise: kept out of quiet zones and away from the sensitive.
        case loud
        /// Needs quiet for talks or measurements.
        case sensitive
    }

    /// Who wants a stand.
    package struct Exhibitor: Sendable, Equatable {
        package var name: String
        /// In watts.
        package var power: Int
        package var needs: Set<FloorPlan.Supply>
        package var sound: Sound
        /// The stand that is promised to it, as its index in the plan.
        package var stand: Int?

        /// Takes every value.
        package init(
            name: String, power: Int = 0, needs: Set<FloorPlan.Supply> = [], sound: Sound = .ordinary,
            stand: Int? = nil
        ) {
            self.name = name
            self.power = power
            self.needs = needs
            self.sound = sound
            self.stand = stand
        }
    }

    /// What two exhibitors are to each other.
    package enum Bond: Sendable, Equatable {
        /// They have something to give each other; so much is it worth that they are neighbours, above 0.
        case promising(Double)
        /// They compete; so much is it worth that they are apart, above 0.
        case competing(Double)
        /// One of them does not want the other near: goes before every worth.
        case vetoed
        /// One is loud and the other sensitive: goes before every worth.
        case noise
    }

    /// Two exhibitors and what they are to each other.
    package struct Tie: Sendable, Equatable {
        package let first: Int
        package let second: Int
        package let bond: Bond

        /// A tie of two exhibitors, by their indices.
        package init(_ first: Int, _ second: Int, _ bond: Bond) {
            self.first = first
            self.second = second
            self.bond = bond
        }
    }

    /// The longest of everything.
    package enum Limit {
        package static let exhibitors = 300
        package static let worth = 1e6
    }

    package let plan: FloorPlan
    package let exhibitors: [Exhibitor]
    /// One of each pair at most, those of noise included.
    package let ties: [Tie]

    /// Checks everything and adds the ties of noise. Throws what is wrong with which entry, as `ties[17]`.
    package init(plan: FloorPlan, exhibitors: [Exhibitor], ties: [Tie]) throws(MeetingProblemFault) {
        guard exhibitors.count <= Limit.exhibitors else {
            throw MeetingProblemFault(
                "exhibitors", "has \(exhibitors.count) entries; at most \(Limit.exhibitors) are laid out")
        }
        var promised: [Int: Int] = [:]
        for (index, exhibitor) in exhibitors.enumerated() {
            guard let stand = exhibitor.stand else { continue }
            guard plan.stands.indices.contains(stand) else {
                throw MeetingProblemFault("exhibitors[\(index)]", "is promised a stand that the plan does not have")
            }
            if let other = promised.updateValue(index, forKey: stand) {
                throw MeetingProblemFault("exhibitors[\(index)]", "is promised the stand of exhibitors[\(other)]")
            }
        }
        var seen: [MeetingProblem.Couple: Int] = [:]
        for (index, tie) in ties.enumerated() {
            for one in [tie.first, tie.second] where !exhibitors.indices.contains(one) {
                throw MeetingProblemFault("ties[\(index)]", "names exhibitor \(one), who is not there")
            }
            if tie.first == tie.second {
                throw MeetingProblemFault("ties[\(index)]", "ties exhibitor \(tie.first) to themselves")
            }
            if let worth = tie.bond.worth, !(0...Limit.worth).contains(worth) {
                throw MeetingProblemFault(
                    "ties[\(index)]", "has the worth \(worth); it must be from 0 to \(Int(Limit.worth))")
            }
            if let other = seen.updateValue(index, forKey: .init(tie.first, tie.second)) {
                throw MeetingProblemFault("ties[\(index)]", "repeats ties[\(other)]")
            }
        }
        var all = ties
        let loud = exhibitors.indices.filter { exhibitors[$0].sound == .loud }
        for sensitive in exhibitors.indices where exhibitors[sensitive].sound == .sensitive {
            for one in loud {
                if let index = seen[.init(one, sensitive)] {
                    if all[index].bond != .vetoed { all[index] = Tie(one, sensitive, .noise) }
                } else {
                    all.append(Tie(one, sensitive, .noise))
                }
            }
        }
        self.plan = plan
        self.exhibitors = exhibitors
        self.ties = all
    }

    /// What keeps an exhibitor out of a stand.
    package enum Obstacle: Sendable, Hashable {
        /// The socket gives less than is needed.
        case power
        case supply(FloorPlan.Supply)
        /// A loud exhibitor in a quiet zone.
        case quietZone
        /// The stand is promised to somebody else, or another stand to this exhibitor.
        case promised
    }

    /// What keeps an exhibitor out of a stand; empty where it may stand.
    package func obstacles(_ exhibitor: Int, in stand: Int) -> Set<Obstacle> {
        let one = exhibitors[exhibitor]
        let place = plan.stands[stand]
        if let promised = one.stand { return promised == stand ? [] : [.promised] }
        var found: Set<Obstacle> = []
        if exhibitors.contains(where: { $0.stand == stand }) { found.insert(.promised) }
        if one.power > place.power { found.insert(.power) }
        for need in one.needs where !place.supplies.contains(need) { found.insert(.supply(need)) }
        if one.sound == .loud, place.zone == .quiet { found.insert(.quietZone) }
        return found
    }
}

extension BoothProblem.Bond {
    /// The worth given with it, if it has one.
    package var worth: Double? {
        switch self {
        case .promising(let worth), .competing(let worth): worth
        case .vetoed, .noise: nil
        }
    }
}
