/// What organisers write of an event: kept as one document, so that the whole of it is edited and shown together.
package struct EventContent: Hashable, Sendable, Codable {
    package var title: String
    package var format: Format
    package var summary: String?
    /// Where it is held; the one that the rotation of a series counts.
    package var hostRegion: RegionCode?
    /// Everybody who carries it, the host first.
    package var hosts: [Host] = []
    package var fields: [FieldCode] = []
    /// Languages spoken there.
    package var languages: [Language] = []
    /// IANA name of the zone in which its times are read and shown.
    package var zone: String
    /// Opening hours; empty until they are settled.
    package var days: [Day] = []
    package var venue: Venue?
    /// Where people who take part from afar go.
    package var onlineAddress: String?
    package var capacity: Capacity?
    package var registration: RegistrationRules?
    /// The call for presentations; nothing while none is sought.
    package var call: PresentationCall?
    package var budget: [BudgetLine] = []
    package var delegations: [Delegation] = []
    package var siteVisits: [SiteVisit] = []
    package var agreements: [SignedAgreement] = []
    /// How many days after the event people are reminded of what they began there; the exchange's rule if left out.
    package var followUpDays: Int?

    /// An event with a title; everything else can follow.
    package init(title: String, format: Format = .onSite, zone: String) {
        self.title = title
        self.format = format
        self.zone = zone
    }

    /// Where people are.
    package enum Format: String, Sendable, CaseIterable, Codable {
        case onSite = "on_site", online, hybrid
    }

    /// Somebody who carries the event: an organization of the exchange, or one by name.
    package struct Host: Hashable, Sendable, Codable {
        /// What it does.
        package enum Part: String, Sendable, CaseIterable, Codable {
            case host, coHost = "co_host", council, support
        }

        package var part: Part
        package var name: String
        package var organization: Identifier<Organization>?
        package var region: RegionCode?

        /// Takes every value.
        package init(
            part: Part = .host, name: String, organization: Identifier<Organization>? = nil, region: RegionCode? = nil
        ) {
            self.part = part
            self.name = name
            self.organization = organization
            self.region = region
        }
    }

    /// Opening hours of one day, local time.
    package struct Day: Hashable, Sendable, Codable {
        package var day: CalendarDay
        package var opens: ClockTime
        package var closes: ClockTime

        /// Takes every value.
        package init(day: CalendarDay, opens: ClockTime, closes: ClockTime) {
            self.day = day
            self.opens = opens
            self.closes = closes
        }
    }

    /// Where it is held.
    package struct Venue: Hashable, Sendable, Codable {
        package var name: String
        package var address: String?
        package var halls: [Hall] = []

        /// Takes every value.
        package init(name: String, address: String? = nil, halls: [Hall] = []) {
            self.name = name
            self.address = address
            self.halls = halls
        }

        /// Every room, as a session names it: `Hall A` or `Hall A/Room 2`.
        package var places: [String] {
            halls.flatMap { hall in [hall.name] + hall.rooms.map { hall.name + "/" + $0.name } }
        }
    }

    /// A hall; the way to another one takes time.
    package struct Hall: Hashable, Sendable, Codable {
        package var name: String
        package var seats: Int?
        package var rooms: [Room] = []
        /// Minutes on foot from the first hall.
        package var minutesAway: Int?

        /// Takes every value.
        package init(name: String, seats: Int? = nil, rooms: [Room] = [], minutesAway: Int? = nil) {
            self.name = name
            self.seats = seats
            self.rooms = rooms
            self.minutesAway = minutesAway
        }
    }

    /// A room of a hall.
    package struct Room: Hashable, Sendable, Codable {
        package var name: String
        package var seats: Int?

        /// Takes both.
        package init(name: String, seats: Int? = nil) {
            self.name = name
            self.seats = seats
        }
    }

    /// How many people find room; nothing for no limit.
    package struct Capacity: Hashable, Sendable, Codable {
        package var onSite: Int?
        package var remote: Int?

        /// Takes both.
        package init(onSite: Int? = nil, remote: Int? = nil) {
            self.onSite = onSite
            self.remote = remote
        }
    }

    /// Who may register, and when.
    package struct RegistrationRules: Hashable, Sendable, Codable {
        /// Who lets people in.
        package enum Approval: String, Sendable, CaseIterable, Codable {
            /// Whoever registers has a place while there are places.
            case automatic
            /// A coordinator decides each.
            case coordinator
        }

        package var approval: Approval
        package var opensAt: Instant?
        package var closesAt: Instant?
        /// The most companions of one registration.
        package var companions: Int

        /// Takes every value; by default people are let in by themselves and may bring four.
        package init(
            approval: Approval = .automatic, opensAt: Instant? = nil, closesAt: Instant? = nil, companions: Int = 4
        ) {
            self.approval = approval
            self.opensAt = opensAt
            self.closesAt = closesAt
            self.companions = companions
        }
    }

    /// What is sought for the programme.
    package struct PresentationCall: Hashable, Sendable, Codable {
        /// What organisers wish for.
        package var words: String?
        package var closesAt: Instant?

        /// Takes both.
        package init(words: String? = nil, closesAt: Instant? = nil) {
            self.words = words
            self.closesAt = closesAt
        }
    }

    /// The rules in force.
    package var registrationRules: RegistrationRules { registration ?? RegistrationRules() }
}

/// Limits of an event's document.
package enum EventLimits {
    package static let hosts = 60
    package static let halls = 40
    package static let rooms = 60
    package static let budgetLines = 200
    package static let delegations = 60
    package static let members = 100
    package static let siteVisits = 60
    package static let agreements = 60
    package static let parties = 20
    package static let formerDates = 60
    package static let seats = 1_000_000
    package static let companions = 20
    package static let unavailable = 40
    package static let sessions = 400
    package static let people = 40
    package static let editions = 1_000
    package static let amount = 1_000_000_000_000
}
