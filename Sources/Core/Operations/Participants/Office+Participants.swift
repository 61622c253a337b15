package import Exchange

/// A participant who was just invited, with the secret of the link that lets them accept. It is shown this once.
package struct Invitation: Sendable {
    package let participant: Participant
    package let secret: String
    package let expiresAt: Instant
    /// The letter that carries the link; nothing where no mail server is set up.
    package let delivery: Identifier<OutboxDelivery>?
}

/// A new sign-in: the token's secret is shown this once.
package struct IssuedToken: Sendable {
    package let token: AccessToken
    package let secret: String
}

extension Office {
    /// Invites a person of a registered organization.
    package func invite(
        _ profile: Participant.Profile, of organization: Identifier<Organization>, as role: Participant.Role,
        by actor: Actor
    ) async throws -> Invitation {
        try actor.require(role == .member || role == .observer ? .coordinate : .administer)
        let checked = try profile.checked()
        let secret = Secret.make(prefix: "imx_invite_", ambient)
        return try await writeAndSend { tx in
            _ = try tx.require(organization)
            try tx.refuseDouble(of: checked)
            let change = Participant.invite(
                checked, of: organization, as: role, id: ambient.identifier(at: tx.now), by: actor.reference,
                at: tx.now)
            try tx.insert(change.value)
            try tx.append(change.happenings)
            return try invitation(of: change.value, secret, in: tx)
        }
    }

    /// Makes a new link for a person who has not accepted yet; older links end.
    package func inviteAgain(_ id: Identifier<Participant>, by actor: Actor) async throws -> Invitation {
        try actor.require(.coordinate)
        let secret = Secret.make(prefix: "imx_invite_", ambient)
        return try await writeAndSend { tx in
            let person = try tx.require(id)
            try actor.requireRank(over: person)
            guard person.status == .invited else {
                throw Refusal.conflict(.state(subject: "participant", state: person.status.word, verb: "invited again"))
            }
            return try invitation(of: person, secret, in: tx)
        }
    }

    /// Accepts by the secret of the link, and signs the person in with a token that holds 30 days.
    package func accept(
        invitation secret: String, listed: Bool, contacted: Bool
    ) async throws -> (Participant, IssuedToken) {
        let hash = Secret.hash(secret)
        return try await write { tx in
            guard let id = try tx.invited(by: hash) else {
                throw Refusal.notFound(subject: "invitation", id: String(secret.prefix(16)) + "...")
            }
            let old = try tx.require(id)
            let consent = Participant.Consent(
                listedAt: listed ? tx.now : nil, contactedAt: contacted ? tx.now : nil)
            let change = try old.accept(consent: consent, by: .participant(id), at: tx.now)
            try tx.update(change.value, expecting: old.version)
            try tx.removeInvitations(of: id)
            try tx.append(change.happenings)
            let issued = try tx.issue(
                "sign-in", scopes: change.value.role.everyScope, for: change.value, days: 30, by: .participant(id),
                ambient)
            return (change.value, issued)
        }
    }

    /// Edits a person: themselves, or a coordinator for them. Notes and external identity are for coordinators.
    package func revise(
        _ id: Identifier<Participant>, _ edit: @escaping @Sendable (inout Participant) throws -> Void,
        expecting version: Int? = nil, by actor: Actor
    ) async throws -> Participant {
        try actor.requireSelf(id, "edit")
        return try await write { tx in
            let old = try tx.require(id)
            try tx.expect(version, current: old.version, "participant")
            var draft = old
            try edit(&draft)
            if !actor.coordinates {
                guard draft.profile.email == old.profile.email else {
                    throw Refusal.forbidden("Ask a coordinator to change your mail address: imports know you by it.")
                }
                draft.profile.note = old.profile.note
                draft.profile.externalID = old.profile.externalID
                draft.organization = old.organization
            }
            let checked = try draft.profile.checked()
            if draft.organization != old.organization { _ = try tx.require(draft.organization) }
            let change = old.revised(
                checked, organization: draft.organization, consent: draft.consent, by: actor.reference, at: tx.now)
            guard change.value != old else { return old }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
    }

    /// Gives another role. The last active administrator keeps theirs.
    package func assign(
        _ role: Participant.Role, to id: Identifier<Participant>, by actor: Actor
    ) async throws -> Participant {
        try actor.require(.administer)
        return try await write { tx in
            let old = try tx.require(id)
            if old.role == .administrator, role != .administrator { try tx.refuseLastAdministrator(old) }
            let change = old.assigned(role, by: actor.reference, at: tx.now)
            guard change.value != old else { return old }
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
    }

    /// Pauses until the instant.
    package func pause(
        _ id: Identifier<Participant>, until: Instant, by actor: Actor
    ) async throws -> Participant {
        try actor.requireSelf(id, "pause")
        return try await move(id) { old, now in try old.pause(until: until, by: actor.reference, at: now) }
    }

    /// Ends a pause.
    package func resume(_ id: Identifier<Participant>, by actor: Actor) async throws -> Participant {
        try actor.requireSelf(id, "resume")
        return try await move(id) { old, now in try old.resume(by: actor.reference, at: now) }
    }

    /// Ends the participation: open postings are closed, tokens revoked.
    package func leave(_ id: Identifier<Participant>, by actor: Actor) async throws -> Participant {
        try actor.requireSelf(id, "end the participation of")
        return try await write { tx in
            let old = try tx.require(id)
            if actor.participant != id { try actor.requireRank(over: old) }
            if old.role == .administrator { try tx.refuseLastAdministrator(old) }
            let change = try old.leave(by: actor.reference, at: tx.now)
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            for posting in try tx.openPostings(of: id) {
                let closing = try posting.close(.ownerLeft, note: nil, by: actor.reference, at: tx.now)
                try tx.save(closing, over: posting, by: actor.reference)
            }
            for var token in try tx.tokens(of: id) where token.revokedAt == nil {
                token.revokedAt = tx.now
                try tx.update(token)
            }
            try tx.removeInvitations(of: id)
            try cancelRegistrations(of: id, by: actor.reference, tx)
            try tx.endSignIn(of: id)
            for channel in try tx.channels() where channel.owner == id {
                try tx.stop(channel.id, because: "The owner has left the exchange.")
            }
            return change.value
        }
    }

    /// One participant. Members see people who agreed to be listed, and themselves.
    package func participant(_ id: Identifier<Participant>, by actor: Actor) async throws -> Participant {
        try actor.require(.read)
        return try await store.read { tx in
            guard let shown = try tx.require(id).shown(to: actor) else {
                throw Refusal.notFound(subject: "participant", id: id.text)
            }
            return shown
        }
    }

    /// Participants, newest first; for members only those who agreed to be listed.
    package func participants(
        _ filter: ParticipantFilter, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<Participant> {
        try actor.require(.read)
        var restricted = filter
        restricted.listedOnly = filter.listedOnly || !actor.coordinates
        let asked = restricted
        return try await store.read { tx in
            let found = try tx.participants(asked, page)
            return Page(items: found.items.compactMap { $0.shown(to: actor) }, next: found.next)
        }
    }

    private func move(
        _ id: Identifier<Participant>, _ verb: @escaping @Sendable (Participant, Instant) throws -> Change<Participant>
    ) async throws -> Participant {
        try await write { tx in
            let old = try tx.require(id)
            let change = try verb(old, tx.now)
            try tx.update(change.value, expecting: old.version)
            try tx.append(change.happenings)
            return change.value
        }
    }
}
