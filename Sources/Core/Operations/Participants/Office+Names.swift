package import Exchange

extension Office {
    /// The names of organizations, for lists of what belongs to them. Whoever sees the identifiers may know the names.
    package func names(
        of organizations: Set<Identifier<Organization>>
    ) async throws -> [Identifier<Organization>: String] {
        try await store.read { tx in try tx.organizations(organizations).mapValues(\.profile.name) }
    }

    /// The organization with the corporate number.
    package func organization(
        _ number: CorporateNumber, by actor: Actor
    ) async throws -> Identifier<Organization>? {
        try actor.require(.read)
        return try await store.read { tx in try tx.organization(corporateNumber: number)?.id }
    }
}
