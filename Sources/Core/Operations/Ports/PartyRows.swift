package import Exchange

/// What to list of organizations.
package struct OrganizationFilter: Hashable, Sendable {
    /// Part of the name or its reading, compared without case, width and spaces.
    package var text: String?
    package var kind: Organization.Kind?
    /// Organizations that name this field.
    package var field: FieldCode?
    package var region: RegionCode?

    /// No restriction.
    package init() {}
}

/// Organizations in the store.
package protocol OrganizationRows {
    /// Throws `Refusal.conflict(.duplicate)` when the corporate number or the external identity is taken.
    func insert(_ organization: Organization) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func update(_ organization: Organization, expecting version: Int) throws
    func organization(_ id: Identifier<Organization>) throws -> Organization?
    func organizations(_ ids: Set<Identifier<Organization>>) throws -> [Identifier<Organization>: Organization]
    func organization(corporateNumber: CorporateNumber) throws -> Organization?
    func organization(externalID: String) throws -> Organization?
    /// Every organization whose `Organization.nameCore` is this, oldest first.
    func organizations(nameCore: String) throws -> [Organization]
    func organizations(_ filter: OrganizationFilter, _ page: PageRequest) throws -> Page<Organization>
}

/// What to list of participants.
package struct ParticipantFilter: Hashable, Sendable {
    /// Part of the name, its reading or the mail address, compared without case, width and spaces.
    package var text: String?
    package var organization: Identifier<Organization>?
    package var role: Participant.Role?
    /// `invited`, `active`, `paused` or `left`.
    package var status: String?
    /// Only people who agreed to be listed.
    package var listedOnly = false

    /// No restriction.
    package init() {}
}

/// Participants in the store.
package protocol ParticipantRows {
    /// Throws `Refusal.conflict(.duplicate)` when the mail address or the external identity is taken.
    func insert(_ participant: Participant) throws
    /// Writes it over version `expecting`; throws `Refusal.stale` if that is no longer the current one.
    func update(_ participant: Participant, expecting version: Int) throws
    func participant(_ id: Identifier<Participant>) throws -> Participant?
    func participants(_ ids: Set<Identifier<Participant>>) throws -> [Identifier<Participant>: Participant]
    func participant(email: EmailAddress) throws -> Participant?
    func participant(externalID: String) throws -> Participant?
    /// Everybody of the organization, oldest first, those who left included.
    func participants(of organization: Identifier<Organization>) throws -> [Participant]
    func participants(_ filter: ParticipantFilter, _ page: PageRequest) throws -> Page<Participant>
    /// How many there are by status word.
    func participantCounts() throws -> [String: Int]
    /// Keeps the hash of an invitation's secret; a person's older invitations end.
    func insert(invitation hash: String, for participant: Identifier<Participant>, expiresAt: Instant) throws
    /// The person whom the secret with this hash invites, if it still holds.
    func invited(by hash: String) throws -> Identifier<Participant>?
    /// Ends the invitation.
    func removeInvitations(of participant: Identifier<Participant>) throws
}
