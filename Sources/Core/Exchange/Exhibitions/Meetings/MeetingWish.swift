/// Whom somebody wants to meet at an event, or does not.
package struct MeetingWish: Hashable, Sendable {
    /// How much.
    package enum Degree: String, Sendable, CaseIterable, Codable {
        case mustMeet = "must_meet"
        case wouldLike = "would_like"
        /// Beats everything else, and the other side never hears of it.
        case noThanks = "no_thanks"
    }

    /// Whom.
    package enum Target: Hashable, Sendable {
        case participant(Identifier<Participant>)
        /// Anybody of it: who represents it is chosen when the meetings are planned.
        case organization(Identifier<Organization>)

        /// The identifier as text.
        package var text: String {
            switch self {
            case .participant(let id): id.text
            case .organization(let id): id.text
            }
        }

        /// Reads the identifier of a person or an organization; throws a refusal for anything else.
        package init(_ text: String) throws(Refusal) {
            if text.hasPrefix(Organization.identifierPrefixes[0] + "_") {
                self = .organization(try Identifier(text))
            } else {
                self = .participant(try Identifier(text))
            }
        }
    }

    package let event: Identifier<Event>
    package let from: Identifier<Participant>
    package let target: Target
    package let degree: Degree
    /// What they want to talk about; told to the other side once the meeting stands.
    package let note: String?
    package let at: Instant

    /// Takes every value.
    package init(
        event: Identifier<Event>, from: Identifier<Participant>, target: Target, degree: Degree, note: String?,
        at: Instant
    ) {
        self.event = event
        self.from = from
        self.target = target
        self.degree = degree
        self.note = note
        self.at = at
    }
}

/// What somebody asks of their own meetings at an event.
package struct MeetingTaker: Hashable, Sendable {
    package let event: Identifier<Event>
    package let participant: Identifier<Participant>
    /// The fewest and the most meetings; the day's rule if left out.
    package let minimum: Int?
    package let maximum: Int?
    /// The kind of table that they need.
    package let table: MeetingDay.TableKind?

    /// Throws a refusal unless the numbers fit.
    package init(
        event: Identifier<Event>, participant: Identifier<Participant>, minimum: Int?, maximum: Int?,
        table: MeetingDay.TableKind?
    ) throws(Refusal) {
        for (name, value) in [("minimum", minimum), ("maximum", maximum)] {
            if let value, !(0...MeetingDay.Limit.meetings).contains(value) {
                throw .invalid(name, .outOfRange, "This must be from 0 to \(MeetingDay.Limit.meetings).")
            }
        }
        if let minimum, let maximum, minimum > maximum {
            throw .invalid("minimum", .outOfRange, "This must not be above the maximum.")
        }
        self.event = event
        self.participant = participant
        self.minimum = minimum
        self.maximum = maximum
        self.table = table
    }
}
