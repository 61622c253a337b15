/// A hall with its stands: where each stands, how large it is and what it has. Lengths are metres or any other unit;
/// only their proportions count.
package struct FloorPlan: Sendable, Equatable {
    /// What a stand may have and an exhibitor may need beside power.
    package enum Supply: String, Sendable, CaseIterable {
        case water
        case compressedAir
        case network
    }

    /// Whether noise may be made somewhere.
    package enum Zone: String, Sendable, CaseIterable {
        case ordinary
        /// No loud exhibitor may stand here.
        case quiet
    }

    /// A place for one exhibitor.
    package struct Stand: Sendable, Equatable {
        /// What people call it, such as `B3`; unlike all others of the plan.
        package var name: String
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double
        /// What may be drawn from its socket, in watts.
        package var power: Int
        package var supplies: Set<Supply>
        package var zone: Zone

        /// Takes every value.
        package init(
            name: String, x: Double, y: Double, width: Double, height: Double, power: Int = Limit.usualPower,
            supplies: Set<Supply> = [], zone: Zone = .ordinary
        ) {
            self.name = name
            self.x = x
            self.y = y
            self.width = width
            self.height = height
            self.power = power
            self.supplies = supplies
            self.zone = zone
        }
    }

    /// The longest of everything.
    package enum Limit {
        package static let stands = 300
        package static let name = 40
        package static let length = 100_000.0
        package static let power = 1_000_000
        /// One Japanese wall socket: 100 V, 15 A.
        package static let usualPower = 1_500
        package static let rows = 60
        package static let columns = 60
    }

    package let stands: [Stand]

    /// Checks everything. Throws what is wrong with which entry, as `stands[3]`, counted from 0.
    package init(stands: [Stand]) throws(MeetingProblemFault) {
        guard stands.count <= Limit.stands else {
            throw MeetingProblemFault("stands", "has \(stands.count) entries; at most \(Limit.stands) are laid out")
        }
        var names: [String: Int] = [:]
        for (index, stand) in stands.enumerated() {
            let entry = "stands[\(index)]"
            guard !stand.name.isEmpty, stand.name.unicodeScalars.count <= Limit.name else {
                throw MeetingProblemFault(entry, "needs a name of at most \(Limit.name) characters")
            }
            if let other = names.updateValue(index, forKey: stand.name) {
                throw MeetingProblemFault(entry, "has the name of stands[\(other)], \(stand.name)")
            }
            let isInside = [stand.x, stand.y].allSatisfy { abs($0) <= Limit.length }
            guard isInside, stand.width > 0, stand.height > 0, max(stand.width, stand.height) <= Limit.length else {
                throw MeetingProblemFault(entry, "needs a width and a height above 0 and at most \(Int(Limit.length))")
            }
            guard (0...Limit.power).contains(stand.power) else {
                throw MeetingProblemFault(entry, "must have a power from 0 to \(Limit.power) watts")
            }
        }
        for (index, stand) in stands.enumerated() {
            if let other = stands[..<index].first(where: { $0.overlaps(stand) }) {
                throw MeetingProblemFault("stands[\(index)]", "(\(stand.name)) lies over \(other.name)")
            }
        }
        self.stands = stands
    }

    /// Stands in rows of two back to back with an aisle between the pairs of rows, named A1, A2, ... B1, ...
    package init(
        rows: Int, columns: Int, width: Double = 3, depth: Double = 3, aisle: Double = 3,
        power: Int = Limit.usualPower
    ) throws(MeetingProblemFault) {
        guard (1...Limit.rows).contains(rows) else {
            throw MeetingProblemFault("rows", "must be from 1 to \(Limit.rows), not \(rows)")
        }
        guard (1...Limit.columns).contains(columns) else {
            throw MeetingProblemFault("columns", "must be from 1 to \(Limit.columns), not \(columns)")
        }
        guard aisle >= 0, aisle <= Limit.length else { throw MeetingProblemFault("aisle", "must not be below 0") }
        var stands: [Stand] = []
        for row in 0..<rows {
            // The first row stands along the wall, the others two by two.
            let aisles = Double((row + 1) / 2)
            for column in 0..<columns {
                stands.append(
                    Stand(
                        name: Self.letters(row) + String(column + 1), x: Double(column) * width,
                        y: Double(row) * depth + aisles * aisle, width: width, height: depth, power: power))
            }
        }
        try self.init(stands: stands)
    }

    /// A, B, ... Z, AA, AB, ...
    private static func letters(_ number: Int) -> String {
        let letter = String(Unicode.Scalar(UInt8(65 + number % 26)))
        return number < 26 ? letter : letters(number / 26 - 1) + letter
    }

    /// How near two stands are: 1 side by side or back to back with a common wall, 0 from so many stands' widths on.
    package func closeness(_ one: Int, _ other: Int) -> Double {
        if one == other { return 1 }
        let gap = stands[one].gap(to: stands[other], corner: unit * Self.cornerGap)
        let share = max(0, 1 - gap / (unit * Self.reach))
        return share * share
    }

    /// Stands at least this near are called neighbours: an aisle of a stand's width does not part them.
    package static let neighbourly = 0.4
    /// At so many stands' widths of free way nothing is left of closeness.
    private static let reach = 3.0
    /// Stands that touch at a corner only are so many widths apart.
    private static let cornerGap = 0.7

    /// The middle one of the stands' shorter sides.
    private var unit: Double {
        let sides = stands.map { min($0.width, $0.height) }.sorted()
        return sides.isEmpty ? 1 : sides[sides.count / 2]
    }

    /// The closeness of all pairs, row by row.
    func closenessTable() -> [Double] {
        let unit = unit
        var table = Array(repeating: 1.0, count: stands.count * stands.count)
        for one in stands.indices {
            for other in stands.indices where other > one {
                let gap = stands[one].gap(to: stands[other], corner: unit * Self.cornerGap)
                let share = max(0, 1 - gap / (unit * Self.reach))
                table[one * stands.count + other] = share * share
                table[other * stands.count + one] = share * share
            }
        }
        return table
    }
}

extension FloorPlan.Stand {
    /// Drawn walls may overlap by this share of a stand's side and count as touching.
    private static let wall = 0.05

    fileprivate func overlaps(_ other: Self) -> Bool {
        let slack = Self.wall * min(width, height, other.width, other.height)
        return min(x + width, other.x + other.width) - max(x, other.x) > slack
            && min(y + height, other.y + other.height) - max(y, other.y) > slack
    }

    /// The free way between two stands, longer by `corner` where they have no stretch of wall in common.
    fileprivate func gap(to other: Self, corner: Double) -> Double {
        let across = max(x, other.x) - min(x + width, other.x + other.width)
        let down = max(y, other.y) - min(y + height, other.y + other.height)
        let slack = Self.wall * min(width, height, other.width, other.height)
        let free = (max(0, across) * max(0, across) + max(0, down) * max(0, down)).squareRoot()
        return across > -slack && down > -slack ? free + corner : free
    }
}
