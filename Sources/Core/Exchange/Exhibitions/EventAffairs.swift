extension EventContent {
    /// A line of the budget: money of one source for one purpose in one fiscal year (April to March), in yen or the
    /// minor unit of another currency.
    package struct BudgetLine: Hashable, Sendable, Codable {
        /// The year in which the fiscal year begins.
        package var fiscalYear: Int
        /// What for: venue, interpreters, travel, staff.
        package var purpose: String
        /// Whose money: a grant, the prefecture, fees.
        package var source: String
        /// ISO 4217.
        package var currency: String
        package var asked: Int?
        package var granted: Int?
        package var spent: Int?
        /// Working time in persons, such as 0.2.
        package var persons: Double?

        /// Takes every value.
        package init(
            fiscalYear: Int, purpose: String, source: String, currency: String = "JPY", asked: Int? = nil,
            granted: Int? = nil, spent: Int? = nil, persons: Double? = nil
        ) {
            self.fiscalYear = fiscalYear
            self.purpose = purpose
            self.source = source
            self.currency = currency
            self.asked = asked
            self.granted = granted
            self.spent = spent
            self.persons = persons
        }
    }

    /// A group that travels to the event.
    package struct Delegation: Hashable, Sendable, Codable {
        package var name: String
        package var region: RegionCode?
        package var organization: Identifier<Organization>?
        package var members: [Member] = []
        package var note: String?

        /// Takes every value.
        package init(
            name: String, region: RegionCode? = nil, organization: Identifier<Organization>? = nil,
            members: [Member] = [], note: String? = nil
        ) {
            self.name = name
            self.region = region
            self.organization = organization
            self.members = members
            self.note = note
        }

        /// A person of the delegation.
        package struct Member: Hashable, Sendable, Codable {
            package var name: String
            /// Office or rank, such as professor.
            package var title: String?
            package var organization: String?
            /// The person, if they take part in the exchange.
            package var participant: Identifier<Participant>?
            /// Whether the organisers pay the journey.
            package var invited: Bool?

            /// Takes every value.
            package init(
                name: String, title: String? = nil, organization: String? = nil,
                participant: Identifier<Participant>? = nil, invited: Bool? = nil
            ) {
                self.name = name
                self.title = title
                self.organization = organization
                self.participant = participant
                self.invited = invited
            }
        }
    }

    /// A visit to a place outside the venue.
    package struct SiteVisit: Hashable, Sendable, Codable {
        package var place: String
        package var day: CalendarDay?
        package var from: ClockTime?
        package var to: ClockTime?
        package var seats: Int?
        package var note: String?

        /// Takes every value.
        package init(
            place: String, day: CalendarDay? = nil, from: ClockTime? = nil, to: ClockTime? = nil, seats: Int? = nil,
            note: String? = nil
        ) {
            self.place = place
            self.day = day
            self.from = from
            self.to = to
            self.seats = seats
            self.note = note
        }
    }

    /// An agreement signed there, or one that came of it.
    package struct SignedAgreement: Hashable, Sendable, Codable {
        package var title: String
        package var date: EventDate?
        package var parties: [String] = []
        package var fields: [FieldCode] = []
        package var note: String?

        /// Takes every value.
        package init(
            title: String, date: EventDate? = nil, parties: [String] = [], fields: [FieldCode] = [], note: String? = nil
        ) {
            self.title = title
            self.date = date
            self.parties = parties
            self.fields = fields
            self.note = note
        }
    }

    /// Sums of the budget by fiscal year and currency, earliest first.
    package var budgetTotals: [BudgetTotal] {
        var totals: [BudgetTotal] = []
        for line in budget {
            let place = totals.firstIndex { $0.fiscalYear == line.fiscalYear && $0.currency == line.currency }
            var total = place.map { totals[$0] } ?? BudgetTotal(fiscalYear: line.fiscalYear, currency: line.currency)
            total.asked += line.asked ?? 0
            total.granted += line.granted ?? 0
            total.spent += line.spent ?? 0
            if let place { totals[place] = total } else { totals.append(total) }
        }
        return totals.sorted { ($0.fiscalYear, $0.currency) < ($1.fiscalYear, $1.currency) }
    }
}

/// The sums of a fiscal year.
package struct BudgetTotal: Hashable, Sendable, Codable {
    package let fiscalYear: Int
    package let currency: String
    package var asked = 0
    package var granted = 0
    package var spent = 0

    /// Nothing yet.
    package init(fiscalYear: Int, currency: String) {
        self.fiscalYear = fiscalYear
        self.currency = currency
    }
}
