/// Who stands where, and why.
package struct BoothPlan: Sendable, Equatable {
    /// Two exhibitors who stand near each other, or apart for a reason.
    package struct Neighbourhood: Sendable, Equatable {
        /// The index of the tie in the problem: its reason.
        package let tie: Int
        /// The stands of its two exhibitors.
        package let first: Int
        package let second: Int
        /// How near they are, 0...1.
        package let closeness: Double

        /// Whether the two stand side by side, back to back or across an aisle.
        package var areNeighbours: Bool { closeness >= FloorPlan.neighbourly }
    }

    /// An exhibitor without a stand.
    package struct Left: Sendable, Equatable {
        package let exhibitor: Int
        /// What keeps it out of each stand that is not taken by such as need it as much; empty if there are too few
        /// stands.
        package let obstacles: Set<BoothProblem.Obstacle>
        /// The stands it could use.
        package let stands: [Int]
    }

    /// The stand of each exhibitor; nil for those who are left over.
    package let stands: [Int?]
    /// The sum of worth times closeness, competitors counted against it.
    package let score: Double
    /// No layout of these exhibitors has a higher score.
    package let bound: Double
    /// Whether no better layout exists.
    package let isProven: Bool
    /// Every tie of two who have stands, the nearest and most valuable first.
    package let neighbourhoods: [Neighbourhood]
    package let left: [Left]

    /// How far the score may be below the best possible, as a share of the bound; 0 is a proof.
    package var gap: Double { isProven ? 0 : bound > 0 ? max(0, min(1, (bound - score) / bound)) : 0 }

    /// The ties that were to be apart and are neighbours all the same.
    package func quarrels(_ problem: BoothProblem) -> [Neighbourhood] {
        neighbourhoods.filter { place in
            if case .promising = problem.ties[place.tie].bond { return false }
            return place.areNeighbours
        }
    }
}
