/// Somebody's place at an event, or their wish for one.
package struct Registration: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["registration"]

    /// Who comes.
    package enum Attendee: Hashable, Sendable {
        case participant(Identifier<Participant>)
        /// Somebody who takes no part in the exchange.
        case guest(Guest)
    }

    /// What is known of a guest.
    package struct Guest: Hashable, Sendable, Codable {
        package var name: String
        package var nameKana: String?
        package var email: EmailAddress?
        package var organization: String?
        package var language: Language

        /// Takes every value.
        package init(
            name: String, nameKana: String? = nil, email: EmailAddress? = nil, organization: String? = nil,
            language: Language = .ja
        ) {
            self.name = name
            self.nameKana = nameKana
            self.email = email
            self.organization = organization
            self.language = language
        }
    }

    /// Where it stands.
    package enum State: String, Sendable, CaseIterable {
        /// Waits for a coordinator.
        case requested
        /// Waits for a place; moves up by itself.
        case waiting
        case confirmed, declined, cancelled
    }

    /// How it came to be.
    package enum Source: String, Sendable, CaseIterable {
        /// By the person.
        case own
        case coordinator, file = "import"
        case walkIn = "walk_in"
    }

    /// The check at the door.
    package struct Arrival: Hashable, Sendable {
        package let at: Instant
        package let by: ActorReference

        /// Takes both.
        package init(at: Instant, by: ActorReference) {
            self.at = at
            self.by = by
        }
    }

    package let id: Identifier<Registration>
    package let event: Identifier<Event>
    package var attendee: Attendee
    package var wishes: Wishes
    package var state: State
    /// When it came into this state; the waiting list goes by it.
    package var stateSince: Instant
    /// Why it was declined or cancelled.
    package var stateReason: String?
    package let source: Source
    /// What the QR sign on the badge says: ten characters by chance, good for this event only.
    package let code: String
    package var arrival: Arrival?
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant

    /// Takes every value.
    package init(
        id: Identifier<Registration>, event: Identifier<Event>, attendee: Attendee, wishes: Wishes, state: State,
        stateSince: Instant, stateReason: String? = nil, source: Source, code: String, arrival: Arrival? = nil,
        version: Int = 1, createdAt: Instant, updatedAt: Instant
    ) {
        self.id = id
        self.event = event
        self.attendee = attendee
        self.wishes = wishes
        self.state = state
        self.stateSince = stateSince
        self.stateReason = stateReason
        self.source = source
        self.code = code
        self.arrival = arrival
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// The participant, unless it is a guest.
    package var participant: Identifier<Participant>? {
        if case .participant(let id) = attendee { return id }
        return nil
    }

    /// The guest, unless it is a participant.
    package var guest: Guest? {
        if case .guest(let guest) = attendee { return guest }
        return nil
    }

    /// Places that it takes: the person and the companions.
    package var seats: Int { 1 + wishes.companions.count }
}

extension Registration {
    /// What the person wants of the event.
    package struct Wishes: Hashable, Sendable, Codable {
        package var attendance: Attendance
        package var companions: [Companion] = []
        /// When the person cannot; everybody is free otherwise.
        package var unavailable: [TimeSpan] = []
        /// Languages that the person can talk in.
        package var languages: [Language] = []
        /// Languages into which the person wants to have things interpreted.
        package var interpretation: [Language] = []
        /// A ramp, a seat at the front, an induction loop: for organisers' eyes only.
        package var accessibility: String?
        package var message: String?

        /// On site with no wishes unless said otherwise.
        package init(attendance: Attendance = .onSite) {
            self.attendance = attendance
        }
    }

    /// Where the person takes part.
    package enum Attendance: String, Sendable, CaseIterable, Codable {
        case onSite = "on_site", remote
    }

    /// Somebody who comes along.
    package struct Companion: Hashable, Sendable, Codable {
        package var name: String
        package var organization: String?

        /// Takes both.
        package init(name: String, organization: String? = nil) {
            self.name = name
            self.organization = organization
        }
    }

    /// Whether the person is free in the stretch of time.
    package func isFree(_ span: TimeSpan) -> Bool { !wishes.unavailable.contains { $0.overlaps(span) } }
}

extension Registration.Wishes {
    /// The wishes with texts trimmed and stretches of absence joined, or every problem in them, for an event of that
    /// content.
    package func checked(for event: EventContent) throws(Refusal) -> Registration.Wishes {
        var rules = TextRules()
        var result = self
        let most = event.registrationRules.companions
        if companions.count > most {
            rules.add(
                FieldProblem(
                    "companions", .tooMany,
                    most == 0 ? "This event admits no companions." : "At most \(most) companions can come along."))
        }
        result.companions = rules.list(companions, "companions", limit: EventLimits.companions) {
            $0.name = $1.text($0.name, "companions", limit: TextLimits.name, required: true)
            $0.organization = $1.optionalText($0.organization, "companions", limit: TextLimits.name)
        }
        switch (event.format, attendance) {
        case (.onSite, .remote):
            rules.add(FieldProblem("attendance", .notAllowed, "This event is held on site only. Choose on_site."))
        case (.online, .onSite):
            rules.add(FieldProblem("attendance", .notAllowed, "This event is held online only. Choose remote."))
        default: break
        }
        if unavailable.count > EventLimits.unavailable {
            rules.add(
                FieldProblem("unavailable", .tooMany, "At most \(EventLimits.unavailable) stretches of time are kept."))
        }
        result.unavailable = Self.joined(unavailable)
        result.accessibility = rules.optionalText(
            accessibility, "accessibility", limit: TextLimits.note, multiline: true)
        result.message = rules.optionalText(message, "message", limit: TextLimits.message, multiline: true)
        for (name, list) in [("languages", languages), ("interpretation", interpretation)]
        where Set(list).count != list.count {
            rules.add(FieldProblem(name, .duplicate, "A language is named twice."))
        }
        try rules.finish()
        return result
    }

    private static func joined(_ spans: [TimeSpan]) -> [TimeSpan] {
        spans.sorted { ($0.from, $0.to) < ($1.from, $1.to) }.reduce(into: []) { joined, span in
            if let last = joined.last, span.from <= last.to {
                joined[joined.count - 1] = TimeSpan(stored: last.from, max(last.to, span.to))
            } else {
                joined.append(span)
            }
        }
    }
}

extension Registration.Guest {
    /// The guest with texts trimmed, or every problem.
    package func checked() throws(Refusal) -> Registration.Guest {
        var rules = TextRules()
        var result = self
        result.name = rules.text(name, "name", limit: TextLimits.name, required: true)
        result.nameKana = rules.optionalText(nameKana, "name_kana", limit: TextLimits.name)
        result.organization = rules.optionalText(organization, "organization", limit: TextLimits.name)
        try rules.finish()
        return result
    }
}
