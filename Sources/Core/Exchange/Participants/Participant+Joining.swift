extension Participant {
    /// Invites a person. With `joinedAt` the person has already agreed to take part (on paper, by mail) and is active.
    package static func invite(
        _ profile: Profile, of organization: Identifier<Organization>, as role: Role, consent: Consent = Consent(),
        joinedAt: Instant? = nil, id: Identifier<Participant>, by actor: ActorReference, at now: Instant
    ) -> Change<Participant> {
        let person = Participant(
            id: id, organization: organization, profile: profile, role: role,
            status: joinedAt == nil ? .invited : .active, consent: consent, version: 1, createdAt: now, updatedAt: now,
            joinedAt: joinedAt)
        var happenings = [person.happening(.participantInvited, by: actor, at: now, ["role": role.rawValue])]
        if joinedAt != nil { happenings.append(person.happening(.participantJoined, by: actor, at: now)) }
        return Change(person, happenings)
    }

    /// Takes up the invitation, with the consent given then.
    package func accept(
        consent: Consent, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Participant> {
        guard status == .invited else { throw refusal("accepted") }
        return changed(.participantJoined, by: actor, at: now) {
            $0.status = .active
            $0.consent = consent
            $0.joinedAt = now
        }
    }

    /// Takes no part until the instant; nobody is matched or alerted meanwhile.
    package func pause(
        until: Instant, by actor: ActorReference, at now: Instant
    ) throws(Refusal) -> Change<Participant> {
        switch status(at: now) {
        case .active, .paused: break
        case .invited, .left: throw refusal("paused")
        }
        guard until > now else {
            throw .invalid("until", .outOfRange, "A pause must end in the future.")
        }
        return changed(.participantPaused, by: actor, at: now, ["until": until.rfc3339]) {
            $0.status = .paused(until: until)
        }
    }

    /// Ends a pause early.
    package func resume(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Participant> {
        guard case .paused = status else { throw refusal("resumed") }
        return changed(.participantResumed, by: actor, at: now) { $0.status = .active }
    }

    /// Ends the participation; the person's postings are closed by the operation that calls this.
    package func leave(by actor: ActorReference, at now: Instant) throws(Refusal) -> Change<Participant> {
        guard status != .left else { throw refusal("left") }
        return changed(.participantLeft, by: actor, at: now) { $0.status = .left }
    }

    /// Replaces profile, organization and consent; an unchanged person causes nothing.
    package func revised(
        _ profile: Profile, organization: Identifier<Organization>? = nil, consent: Consent? = nil,
        by actor: ActorReference, at now: Instant
    ) -> Change<Participant> {
        var next = self
        next.profile = profile
        next.organization = organization ?? self.organization
        next.consent = consent ?? self.consent
        guard next != self else { return Change(self, []) }
        return changed(.participantRevised, by: actor, at: now) {
            $0.profile = next.profile
            $0.organization = next.organization
            $0.consent = next.consent
        }
    }

    /// Gives another role.
    package func assigned(_ role: Role, by actor: ActorReference, at now: Instant) -> Change<Participant> {
        guard role != self.role else { return Change(self, []) }
        return changed(
            .participantRoleChanged, by: actor, at: now, ["from": self.role.rawValue, "to": role.rawValue]
        ) { $0.role = role }
    }

    private func changed(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:],
        _ edit: (inout Participant) -> Void
    ) -> Change<Participant> {
        var next = self
        edit(&next)
        next.version += 1
        next.updatedAt = now
        return Change(next, [next.happening(kind, by: actor, at: now, details)])
    }

    private func happening(
        _ kind: Happening.Kind, by actor: ActorReference, at now: Instant, _ details: [String: String] = [:]
    ) -> Happening {
        Happening(kind, subject: id.text, related: [organization.text], by: actor, at: now, details: details)
    }

    private func refusal(_ verb: String) -> Refusal {
        .conflict(.state(subject: "participant", state: status.word, verb: verb))
    }
}
