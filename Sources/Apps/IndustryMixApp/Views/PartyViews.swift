import Exchange
import Operations
import WebCommon

/// How the commands write things as JSON: the same members as in the API. Names are stable.
enum View {
    static func time(_ instant: Instant?) -> JSON { .optional(instant?.rfc3339) }

    static func list(_ texts: some Sequence<String>) -> JSON { .array(texts.map(JSON.string)) }

    static func organization(_ it: Organization) -> JSON {
        let profile = it.profile
        return .members([
            "id": .string(it.id.text), "name": .string(profile.name), "name_kana": .optional(profile.nameKana),
            "kind": .string(profile.kind.rawValue), "corporate_number": .optional(profile.corporateNumber?.text),
            "region": .optional(profile.region?.text), "municipality": .optional(profile.municipality),
            "website": .optional(profile.website), "fields": list(profile.fields.map(\.text)),
            "external_id": .optional(profile.externalID), "note": .optional(profile.note),
            "version": .integer(it.version), "created_at": time(it.createdAt), "updated_at": time(it.updatedAt),
        ])
    }

    static func participant(_ it: Participant) -> JSON {
        var pausedUntil: Instant?
        if case .paused(let until) = it.status { pausedUntil = until }
        return .members([
            "id": .string(it.id.text), "organization": .string(it.organization.text),
            "name": .string(it.profile.name), "name_kana": .optional(it.profile.nameKana),
            "email": .optional(it.profile.email.text.isEmpty ? nil : it.profile.email.text),
            "phone": .optional(it.profile.phone), "language": .string(it.profile.language.rawValue),
            "role": .string(it.role.rawValue), "status": .string(it.status.word), "paused_until": time(pausedUntil),
            "listed": .bool(it.consent.listedAt != nil), "contacted": .bool(it.consent.contactedAt != nil),
            "external_id": .optional(it.profile.externalID), "note": .optional(it.profile.note),
            "version": .integer(it.version), "joined_at": time(it.joinedAt), "created_at": time(it.createdAt),
            "updated_at": time(it.updatedAt),
        ])
    }

    static func invitation(_ it: Invitation) -> JSON {
        .members([
            "participant": participant(it.participant), "secret": .string(it.secret),
            "expires_at": time(it.expiresAt), "delivery": .optional(it.delivery?.text),
        ])
    }

    static func token(_ it: AccessToken) -> JSON {
        .members([
            "id": .string(it.id.text), "participant": .string(it.participant.text), "name": .string(it.name),
            "scopes": list(it.scopes.map(\.rawValue).sorted()), "created_at": time(it.createdAt),
            "expires_at": time(it.expiresAt), "revoked_at": time(it.revokedAt),
        ])
    }

    static func issued(_ it: IssuedToken) -> JSON {
        .members(["token": token(it.token), "secret": .string(it.secret)])
    }

    static func veto(_ it: Veto) -> JSON {
        .members([
            "id": .string(it.id.text), "organizations": list([it.first.text, it.second.text]),
            "placed_by": .optional(it.placedBy?.text), "reason": .optional(it.reason), "created_at": time(it.at),
        ])
    }
}
