package import Exchange

extension Actor {
    /// Refuses to act over a coordinator or administrator unless the actor is an administrator.
    func requireRank(over person: Participant) throws(Refusal) {
        if person.role == .coordinator || person.role == .administrator { try require(.administer) }
    }

    /// Refuses unless the actor is the person or a coordinator.
    func requireSelf(_ id: Identifier<Participant>, _ verb: String) throws(Refusal) {
        try require(.take)
        guard coordinates || participant == id else {
            throw .forbidden("Only the person and coordinators may \(verb) this participant.")
        }
    }
}

extension Participant {
    /// What the actor may see: coordinators everything; the person all but the coordinators' notes;
    /// others only listed people, without mail address and
    /// phone unless the person agreed to be contacted.
    func shown(to actor: Actor) -> Participant? {
        if actor.coordinates { return self }
        var shown = self
        shown.profile.note = nil
        shown.profile.externalID = nil
        if actor.participant == id { return shown }
        guard consent.listedAt != nil, status != .left else { return nil }
        if consent.contactedAt == nil {
            shown.profile.email = EmailAddress(stored: "")
            shown.profile.phone = nil
        }
        return shown
    }
}

extension Participant.Role {
    /// Every scope that the role can use.
    package var everyScope: Set<AccessToken.Scope> {
        Set(AccessToken.Scope.allCases.filter { $0.permissions.isSubset(of: permissions) })
    }
}

extension ExchangeTransaction {
    /// Refuses a person whose mail address or external identity is taken.
    func refuseDouble(of profile: Participant.Profile) throws {
        if let double = try participant(email: profile.email) {
            throw Refusal.conflict(
                .duplicate(what: "The mail address \(profile.email.text)", existing: double.id.text))
        }
        if let external = profile.externalID, let double = try participant(externalID: external) {
            throw Refusal.conflict(.duplicate(what: "The external_id \(external)", existing: double.id.text))
        }
    }

    /// Keeps the exchange from losing its last administrator.
    func refuseLastAdministrator(_ person: Participant) throws {
        var filter = ParticipantFilter()
        filter.role = .administrator
        filter.status = "active"
        let others = try participants(filter, PageRequest(limit: 2)).items.filter { $0.id != person.id }
        if others.isEmpty {
            throw Refusal.conflict(
                .inUse("This is the last administrator. Make somebody else administrator first."))
        }
    }

    /// Writes a new token and returns its secret.
    func issue(
        _ name: String, scopes: Set<AccessToken.Scope>, for person: Participant, days: Int?, by actor: ActorReference,
        _ ambient: Ambient
    ) throws -> IssuedToken {
        let secret = Secret.make(prefix: "imx_token_", ambient)
        let token = AccessToken(
            id: ambient.identifier(at: now), participant: person.id, name: name, scopes: scopes,
            hash: Secret.hash(secret), createdAt: now, expiresAt: days.map { now.advanced(byDays: $0) },
            revokedAt: nil)
        try insert(token)
        try append([
            Happening(
                .tokenIssued, subject: token.id.text, related: [person.id.text], by: actor, at: now,
                details: ["name": name, "scopes": scopes.map(\.rawValue).sorted().joined(separator: " ")])
        ])
        return IssuedToken(token: token, secret: secret)
    }
}

extension Office {
    /// Replaces a person's invitation, and mails the new one where mail is set up.
    func invitation(of person: Participant, _ secret: String, in tx: Store.Transaction) throws -> Invitation {
        let end = tx.now.advanced(byDays: settings.invitationDays)
        try tx.insert(invitation: Secret.hash(secret), for: person.id, expiresAt: end)
        let letter = LetterTexts(person.profile.language, settings).invitation(
            person.profile.name, secret: secret, until: end)
        let delivery = try queueMail(letter, to: person, subject: person.id.text, in: tx)
        return Invitation(participant: person, secret: secret, expiresAt: end, delivery: delivery)
    }
}
