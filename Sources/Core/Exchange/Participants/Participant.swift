/// A person of an organization who takes part in the exchange.
package struct Participant: Hashable, Sendable, Identified {
    package static let identifierPrefixes = ["person"]

    /// What the person does in the exchange.
    package enum Role: String, Sendable, CaseIterable {
        case administrator, coordinator, member, observer
    }

    /// Where the person stands.
    package enum Status: Hashable, Sendable {
        case invited
        case active
        /// Takes part in no match until the instant passes.
        case paused(until: Instant)
        case left

        /// The word in the store and the API.
        package var word: String {
            switch self {
            case .invited: "invited"
            case .active: "active"
            case .paused: "paused"
            case .left: "left"
            }
        }
    }

    /// Consent, each with the moment it was given.
    package struct Consent: Hashable, Sendable {
        /// May be listed to other members by name.
        package var listedAt: Instant?
        /// May be contacted by other members and by mail.
        package var contactedAt: Instant?

        /// Takes both moments; no consent if left out.
        package init(listedAt: Instant? = nil, contactedAt: Instant? = nil) {
            self.listedAt = listedAt
            self.contactedAt = contactedAt
        }
    }

    /// What a person says of themselves.
    package struct Profile: Hashable, Sendable {
        package var name: String
        /// The reading, in katakana for Japanese names.
        package var nameKana: String?
        package var email: EmailAddress
        package var phone: String?
        package var language: Language
        package var externalID: String?
        /// For coordinators' eyes only.
        package var note: String?

        /// Takes every value; name, address and language are required.
        package init(
            name: String, nameKana: String? = nil, email: EmailAddress, phone: String? = nil, language: Language,
            externalID: String? = nil, note: String? = nil
        ) {
            self.name = name
            self.nameKana = nameKana
            self.email = email
            self.phone = phone
            self.language = language
            self.externalID = externalID
            self.note = note
        }

        /// The profile with texts trimmed, or every problem in it.
        package func checked() throws(Refusal) -> Profile {
            var rules = TextRules()
            var result = self
            result.name = rules.text(name, "name", limit: TextLimits.name, required: true)
            result.nameKana = rules.optionalText(nameKana, "name_kana", limit: TextLimits.name)
            result.phone = rules.optionalText(phone, "phone", limit: TextLimits.phone)
            result.externalID = rules.optionalText(externalID, "external_id", limit: TextLimits.externalID)
            result.note = rules.optionalText(note, "note", limit: TextLimits.note, multiline: true)
            try rules.finish()
            return result
        }
    }

    package let id: Identifier<Participant>
    package var organization: Identifier<Organization>
    package var profile: Profile
    package var role: Role
    package var status: Status
    package var consent: Consent
    /// Counts up with every change; the ETag of the API.
    package var version: Int
    package let createdAt: Instant
    package var updatedAt: Instant
    /// When the person accepted the invitation: "participants: 50" counts these.
    package var joinedAt: Instant?

    /// Takes every value.
    package init(
        id: Identifier<Participant>, organization: Identifier<Organization>, profile: Profile, role: Role,
        status: Status, consent: Consent, version: Int, createdAt: Instant, updatedAt: Instant, joinedAt: Instant?
    ) {
        self.id = id
        self.organization = organization
        self.profile = profile
        self.role = role
        self.status = status
        self.consent = consent
        self.version = version
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.joinedAt = joinedAt
    }

    /// The status at the moment: a pause whose end has passed is over.
    package func status(at now: Instant) -> Status {
        if case .paused(let until) = status, until <= now { return .active }
        return status
    }

    /// Whether the person's postings may be matched and the person alerted.
    package func takesPart(at now: Instant) -> Bool {
        status(at: now) == .active
    }
}
