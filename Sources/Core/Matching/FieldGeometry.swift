/// How far apart fields are: 0 the same, 0.5 siblings, parent and child or declared neighbours, 1 otherwise.
///
/// Fields it does not know are compared by their code alone.
package struct FieldGeometry: Sendable {
    /// One field of the taxonomy.
    package struct Node: Sendable {
        /// The field's code.
        package var code: String
        /// The code of the field above, nil at the top.
        package var parent: String?
        /// Codes of neighbours, in either direction.
        package var neighbours: [String]

        /// Takes every value.
        package init(code: String, parent: String? = nil, neighbours: [String] = []) {
            self.code = code
            self.parent = parent
            self.neighbours = neighbours
        }
    }

    private var numbers: [String: Int] = [:]
    /// Distance in halves, row by row.
    private var halves: [UInt8] = []

    /// No taxonomy: codes are equal or far.
    package static let flat = FieldGeometry(nodes: [])

    /// Takes a taxonomy; a code that appears twice is one field, a neighbour nobody defines is ignored.
    package init(nodes: [Node]) {
        for node in nodes where numbers[node.code] == nil { numbers[node.code] = numbers.count }
        let count = numbers.count
        halves = [UInt8](repeating: 2, count: count * count)
        func bring(_ one: Int, _ other: Int, to distance: UInt8) {
            halves[one * count + other] = min(halves[one * count + other], distance)
            halves[other * count + one] = min(halves[other * count + one], distance)
        }
        var families: [String: [Int]] = [:]
        for node in nodes {
            guard let number = numbers[node.code] else { continue }
            bring(number, number, to: 0)
            if let parent = node.parent {
                families[parent, default: []].append(number)
                if let above = numbers[parent] { bring(number, above, to: 1) }
            }
            for neighbour in node.neighbours {
                if let other = numbers[neighbour], other != number { bring(number, other, to: 1) }
            }
        }
        for family in families.values {
            for one in family {
                for other in family where other != one { bring(one, other, to: 1) }
            }
        }
    }

    /// Distance of two fields.
    package func distance(_ one: String, _ other: String) -> Double {
        if one == other { return 0 }
        guard let row = numbers[one], let column = numbers[other] else { return 1 }
        return Double(halves[row * numbers.count + column]) / 2
    }

    /// Distance of two postings: that of their nearest fields; 0 if one of them names none (nothing is known to be
    /// far).
    package func distance(_ one: [String], _ other: [String]) -> Double {
        if one.isEmpty || other.isEmpty { return 0 }
        var nearest = 1.0
        for code in one {
            for candidate in other { nearest = min(nearest, distance(code, candidate)) }
        }
        return nearest
    }
}
