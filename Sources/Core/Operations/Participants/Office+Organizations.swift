package import Exchange

extension Office {
    /// Registers an organization. A corporate number, external identity or equal name that is already there is refused
    /// with the identifier of the double, unless `evenIfNamedAlike` passes over an equal name.
    package func register(
        _ profile: Organization.Profile, evenIfNamedAlike: Bool = false, by actor: Actor
    ) async throws -> Organization {
        try actor.require(.coordinate)
        let checked = try profile.checked(against: taxonomy)
        return try await write { tx in
            try tx.refuseDoubles(of: checked, evenIfNamedAlike: evenIfNamedAlike)
            let change = Organization.register(
                checked, id: ambient.identifier(at: tx.now), by: actor.reference, at: tx.now)
            try tx.insert(change.value)
            try tx.append(change.happenings)
            return change.value
        }
    }

    /// Replaces an organization's profile. Members may edit their own, but not its note and external identity.
    package func revise(
        _ id: Identifier<Organization>, _ edit: @escaping @Sendable (inout Organization.Profile) throws -> Void,
        expecting version: Int? = nil, by actor: Actor
    ) async throws -> Organization {
        try actor.require(.take)
        guard actor.coordinates || actor.organization == id else {
            throw Refusal.forbidden("Only its own people and coordinators may edit an organization.")
        }
        return try await write { tx in
            let old = try tx.require(id)
            try tx.expect(version, current: old.version, "organization")
            var profile = old.profile
            try edit(&profile)
            if !actor.coordinates {
                profile.note = old.profile.note
                profile.externalID = old.profile.externalID
            }
            let change = old.revised(
                try profile.checked(against: taxonomy), by: actor.reference, at: tx.now)
            guard change.value != old else { return old }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
    }

    /// One organization; members do not see notes.
    package func organization(_ id: Identifier<Organization>, by actor: Actor) async throws -> Organization {
        try actor.require(.read)
        return try await store.read { tx in try tx.require(id).shown(to: actor) }
    }

    /// Organizations, newest first.
    package func organizations(
        _ filter: OrganizationFilter, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<Organization> {
        try actor.require(.read)
        return try await store.read { tx in try tx.organizations(filter, page).map { $0.shown(to: actor) } }
    }
}

extension Organization {
    /// Without what is for coordinators only.
    func shown(to actor: Actor) -> Organization {
        guard !actor.coordinates else { return self }
        var shown = self
        shown.profile.note = nil
        shown.profile.externalID = nil
        return shown
    }
}

extension ExchangeTransaction {
    /// Refuses a profile that would double an organization.
    func refuseDoubles(of profile: Organization.Profile, evenIfNamedAlike: Bool) throws {
        if let number = profile.corporateNumber, let double = try organization(corporateNumber: number) {
            throw Refusal.conflict(
                .duplicate(
                    what: "The corporate number \(number.text)", existing: "\(double.id) (\(double.profile.name))"))
        }
        if let external = profile.externalID, let double = try organization(externalID: external) {
            throw Refusal.conflict(.duplicate(what: "The external_id \(external)", existing: double.id.text))
        }
        guard !evenIfNamedAlike, profile.corporateNumber == nil else { return }
        if let double = try organizations(nameCore: Organization.nameCore(profile.name)).first {
            throw Refusal.conflict(
                .duplicate(what: "An organization called \(double.profile.name)", existing: double.id.text))
        }
    }
}
