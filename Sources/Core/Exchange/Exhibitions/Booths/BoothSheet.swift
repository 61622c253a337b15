/// The hall of an event with its stands and exhibitors, and who stands where.
package struct BoothSheet: Hashable, Sendable {
    package let event: Identifier<Event>
    package var content: Content
    /// The last layout; nothing before the first, and after the hall or the exhibitors changed.
    package var layout: Layout?
    /// Counts up with every change; the ETag of the API.
    package var version: Int
    package var updatedAt: Instant

    /// Takes every value; version 0 is one that nobody has written yet.
    package init(
        event: Identifier<Event>, content: Content = Content(), layout: Layout? = nil, version: Int = 0,
        updatedAt: Instant
    ) {
        self.event = event
        self.content = content
        self.layout = layout
        self.version = version
        self.updatedAt = updatedAt
    }

    /// What coordinators write.
    package struct Content: Hashable, Sendable, Codable {
        package var stands: [Stand] = []
        package var exhibitors: [Exhibitor] = []

        /// An empty hall.
        package init() {}
    }

    /// A place for one exhibitor. Words as in the timetabling room: supplies `water`, `compressedAir`, `network`;
    /// zones `ordinary`, `quiet`.
    package struct Stand: Hashable, Sendable, Codable {
        package var name: String
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double
        package var power: Int
        package var supplies: [String]
        package var zone: String

        /// Takes every value.
        package init(
            name: String, x: Double, y: Double, width: Double, height: Double, power: Int, supplies: [String],
            zone: String
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

    /// An organization with a booth; sounds `ordinary`, `loud`, `sensitive`.
    package struct Exhibitor: Hashable, Sendable, Codable {
        package var organization: Identifier<Organization>
        package var power: Int
        package var needs: [String]
        package var sound: String
        /// The stand that is promised to it.
        package var stand: String?
        /// Exhibitors that it does not want near.
        package var apart: [Identifier<Organization>]

        /// Takes every value.
        package init(
            organization: Identifier<Organization>, power: Int = 0, needs: [String] = [], sound: String = "ordinary",
            stand: String? = nil, apart: [Identifier<Organization>] = []
        ) {
            self.organization = organization
            self.power = power
            self.needs = needs
            self.sound = sound
            self.stand = stand
            self.apart = apart
        }
    }

    /// Why two stand near each other, or apart.
    package struct Tie: Hashable, Sendable, Codable {
        /// What they are to each other.
        package enum Bond: String, Sendable, CaseIterable, Codable {
            case promising, competing, vetoed, noise
        }

        package var first: Identifier<Organization>
        package var second: Identifier<Organization>
        package var bond: Bond
        package var worth: Double
        /// 0...1.
        package var closeness: Double
        /// The match that promises most.
        package var match: Identifier<Match>?

        /// Takes every value.
        package init(
            first: Identifier<Organization>, second: Identifier<Organization>, bond: Bond, worth: Double,
            closeness: Double, match: Identifier<Match>?
        ) {
            self.first = first
            self.second = second
            self.bond = bond
            self.worth = worth
            self.closeness = closeness
            self.match = match
        }
    }

    /// An exhibitor without a stand, and what keeps it out: `power`, `water`, ..., `quiet_zone`, `promised`; nothing
    /// where there are too few stands.
    package struct Left: Hashable, Sendable, Codable {
        package var organization: Identifier<Organization>
        package var obstacles: [String]

        /// Takes both.
        package init(organization: Identifier<Organization>, obstacles: [String]) {
            self.organization = organization
            self.obstacles = obstacles
        }
    }

    /// Who stands where.
    package struct Layout: Hashable, Sendable, Codable {
        /// Organization by stand.
        package var holders: [String: Identifier<Organization>]
        package var score: Double
        package var bound: Double
        package var isProven: Bool
        package var ties: [Tie]
        package var left: [Left]
        package var at: Instant

        /// Takes every value.
        package init(
            holders: [String: Identifier<Organization>], score: Double, bound: Double, isProven: Bool, ties: [Tie],
            left: [Left], at: Instant
        ) {
            self.holders = holders
            self.score = score
            self.bound = bound
            self.isProven = isProven
            self.ties = ties
            self.left = left
            self.at = at
        }
    }
}
