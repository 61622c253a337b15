import Exchange
import Operations
import WebCommon

/// Organizations on the wire.
enum OrganizationForm {
    static func schema(_ fields: Schema) -> Schema {
        .named(
            "Organization",
            .object([
                .required("id", .id(Organization.self)), .required("name", .stored),
                .required("name_kana", Schema.stored.orNull),
                .required("kind", .choice(Organization.Kind.self)),
                .required("corporate_number", Schema.stored.orNull, "13 digits of the national register."),
                .required("region", Schema.stored.orNull, "ISO 3166-2."),
                .required("municipality", Schema.stored.orNull),
                .required("website", Schema.stored.orNull), .required("fields", .array(fields)),
                .required("external_id", Schema.stored.orNull, "For coordinators only."),
                .required("note", Schema.stored.orNull, "For coordinators only."), .required("version", .version),
                .required("created_at", .time), .required("updated_at", .time),
            ]))
    }

    static func json(_ organization: Organization) -> JSONValue {
        let profile = organization.profile
        return [
            "id": .string(organization.id.text), "name": .string(profile.name),
            "name_kana": .optional(profile.nameKana),
            "kind": .string(profile.kind.rawValue), "corporate_number": .optional(profile.corporateNumber?.text),
            "region": .optional(profile.region?.text), "municipality": .optional(profile.municipality),
            "website": .optional(profile.website), "fields": .list(profile.fields.map(\.text)),
            "external_id": .optional(profile.externalID), "note": .optional(profile.note),
            "version": .integer(organization.version), "created_at": .time(organization.createdAt),
            "updated_at": .time(organization.updatedAt),
        ]
    }

    /// The members of a new organization (`name` and `kind` are needed) or of a change (nothing is).
    static func properties(_ fields: Schema, needed: Property.Presence) -> [Property] {
        [
            Property(name: "name", schema: .name(TextLimits.name, example: "Sakura Precision Works"), presence: needed),
            .optional("name_kana", Schema.line(TextLimits.name).orNull, "How the name is read."),
            Property(name: "kind", schema: .choice(Organization.Kind.self), presence: needed),
            .optional(
                "corporate_number", Schema.string(.corporateNumber).orNull, "13 digits of the national register."),
            .optional("region", Schema.string(.region).orNull, "ISO 3166-2."),
            .optional("municipality", Schema.line(TextLimits.name).orNull),
            .optional("website", Schema.string(.webAddress, length: 8...500).orNull),
            .optional("fields", .array(fields, 0...TextLimits.fields, .unique)),
            .optional("external_id", Schema.line(TextLimits.externalID).orNull, "For coordinators only."),
            .optional("note", Schema.lines(TextLimits.note).orNull, "For coordinators only."),
        ]
    }

    /// The profile that a checked body describes.
    static func profile(_ body: JSONValue) throws(Refusal) -> Organization.Profile {
        var profile = Organization.Profile(
            name: body.text("name") ?? "", kind: body.choice("kind") ?? Organization.Kind.other)
        try apply(body, to: &profile)
        return profile
    }

    /// Changes what the body names.
    static func apply(_ body: JSONValue, to profile: inout Organization.Profile) throws(Refusal) {
        body.change("name", &profile.name)
        body.change("name_kana", &profile.nameKana)
        body.change("kind", &profile.kind)
        if let number = body["corporate_number"] {
            profile.corporateNumber = if let text = number.string { try CorporateNumber(text) } else { nil }
        }
        if let region = body["region"] {
            profile.region = if let text = region.string { try RegionCode(text) } else { nil }
        }
        body.change("municipality", &profile.municipality)
        body.change("website", &profile.website)
        if let fields = body.texts("fields") { profile.fields = fields.map(FieldCode.init) }
        body.change("external_id", &profile.externalID)
        body.change("note", &profile.note)
    }
}

/// Participants on the wire.
enum ParticipantForm {
    static let schema = Schema.named(
        "Participant",
        .object([
            .required("id", .id(Participant.self)), .required("organization", .id(Organization.self)),
            .required("name", .stored), .required("name_kana", Schema.stored.orNull),
            .required("email", Schema.stored.orNull, "Null unless the person agreed to be contacted."),
            .required("phone", Schema.stored.orNull), .required("language", .choice(Language.self)),
            .required("role", .choice(Participant.Role.self)),
            .required("status", .oneOf(["invited", "active", "paused", "left"])),
            .required("paused_until", Schema.time.orNull),
            .required("listed", .boolean, "Whether the person agreed to be listed."),
            .required("contacted", .boolean, "Whether the person agreed to be contacted."),
            .required("external_id", Schema.stored.orNull, "For coordinators only."),
            .required("note", Schema.stored.orNull, "For coordinators only."), .required("version", .version),
            .required("joined_at", Schema.time.orNull), .required("created_at", .time), .required("updated_at", .time),
        ]))

    static func json(_ person: Participant) -> JSONValue {
        let profile = person.profile
        let pause: Instant? = if case .paused(let until) = person.status { until } else { nil }
        return [
            "id": .string(person.id.text), "organization": .string(person.organization.text),
            "name": .string(profile.name), "name_kana": .optional(profile.nameKana),
            "email": .optional(profile.email.text.isEmpty ? nil : profile.email.text),
            "phone": .optional(profile.phone), "language": .string(profile.language.rawValue),
            "role": .string(person.role.rawValue), "status": .string(person.status.word), "paused_until": .time(pause),
            "listed": .bool(person.consent.listedAt != nil), "contacted": .bool(person.consent.contactedAt != nil),
            "external_id": .optional(profile.externalID), "note": .optional(profile.note),
            "version": .integer(person.version), "joined_at": .time(person.joinedAt),
            "created_at": .time(person.createdAt), "updated_at": .time(person.updatedAt),
        ]
    }

    /// The members of a person's profile, of which an invitation needs some.
    static func profile(needed: Property.Presence) -> [Property] {
        [
            Property(name: "name", schema: .name(TextLimits.name, example: "Sato Hanako"), presence: needed),
            .optional("name_kana", Schema.line(TextLimits.name).orNull, "How the name is read."),
            Property(name: "email", schema: .string(.email, length: 3...TextLimits.email), presence: needed),
            .optional("phone", Schema.line(TextLimits.phone).orNull),
            Property(name: "language", schema: .choice(Language.self), presence: needed),
            .optional("external_id", Schema.line(TextLimits.externalID).orNull, "For coordinators only."),
            .optional("note", Schema.lines(TextLimits.note).orNull, "For coordinators only."),
        ]
    }

    static func profile(_ body: JSONValue) throws(Refusal) -> Participant.Profile {
        var profile = Participant.Profile(
            name: body.text("name") ?? "", email: try EmailAddress(body.text("email") ?? ""),
            language: body.choice("language") ?? .ja)
        try apply(body, to: &profile)
        return profile
    }

    /// Changes what the body names.
    static func apply(_ body: JSONValue, to profile: inout Participant.Profile) throws(Refusal) {
        body.change("name", &profile.name)
        body.change("name_kana", &profile.nameKana)
        if let email = body.text("email") { profile.email = try EmailAddress(email) }
        body.change("phone", &profile.phone)
        body.change("language", &profile.language)
        body.change("external_id", &profile.externalID)
        body.change("note", &profile.note)
    }

    /// Changes person, organization and consent as the body names them. A consent given before keeps its time.
    static func apply(_ body: JSONValue, to person: inout Participant, at now: Instant) throws(Refusal) {
        try apply(body, to: &person.profile)
        if let organization = try body.id("organization", Organization.self) { person.organization = organization }
        if let listed = body["listed"]?.bool {
            person.consent.listedAt = listed ? person.consent.listedAt ?? now : nil
        }
        if let contacted = body["contacted"]?.bool {
            person.consent.contactedAt = contacted ? person.consent.contactedAt ?? now : nil
        }
    }
}
