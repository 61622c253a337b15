package import Exchange

/// How the exchange stands, for coordinators.
package struct Overview: Sendable {
    /// People by status word.
    package let participants: [String: Int]
    /// How many should take part by the end of the fiscal year.
    package let participantTarget: Int
    package let postings: [PostingCount]
    package let matches: [MatchCount]
    /// Introductions by state word.
    package let introductions: [String: Int]
    /// Deliveries by state word.
    package let deliveries: [String: Int]
    package let lastSequence: Int64
}

extension Office {
    /// Counts of everything.
    package func overview(by actor: Actor) async throws -> Overview {
        try actor.require(.coordinate)
        let target = settings.participantTarget
        return try await store.read { tx in
            Overview(
                participants: try tx.participantCounts(), participantTarget: target,
                postings: try tx.postingCounts(), matches: try tx.matchCounts(),
                introductions: try tx.introductionCounts(), deliveries: try tx.deliveryCounts(),
                lastSequence: try tx.lastSequence())
        }
    }

    /// The log, newest first, for coordinators.
    package func happenings(
        _ filter: HappeningFilter, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<RecordedHappening> {
        try actor.require(.coordinate)
        return try await store.read { tx in try tx.happenings(filter, page) }
    }

    /// The log after a sequence number, oldest first: a feed that misses nothing.
    package func happenings(after sequence: Int64, limit: Int, by actor: Actor) async throws -> [RecordedHappening] {
        try actor.require(.coordinate)
        return try await store.read { tx in
            try tx.happenings(after: sequence, limit: min(max(limit, 1), PageRequest.largest))
        }
    }

    /// Makes the first organization and administrator of an empty exchange, with a token that is shown once.
    package func found(
        organization: Organization.Profile, administrator: Participant.Profile
    ) async throws -> (Participant, IssuedToken) {
        let body = try organization.checked(against: taxonomy)
        let person = try administrator.checked()
        return try await write { tx in
            guard try tx.participantCounts().isEmpty else {
                throw Refusal.conflict(.inUse("This exchange already has participants."))
            }
            let actor = ActorReference.system("init")
            let home = Organization.register(body, id: ambient.identifier(at: tx.now), by: actor, at: tx.now)
            try tx.insert(home.value)
            let invited = Participant.invite(
                person, of: home.value.id, as: .administrator,
                consent: Participant.Consent(listedAt: nil, contactedAt: tx.now), joinedAt: tx.now,
                id: ambient.identifier(at: tx.now), by: actor, at: tx.now)
            try tx.insert(invited.value)
            try tx.append(
                [Happening(.exchangeFounded, subject: home.value.id.text, by: actor, at: tx.now)] + home.happenings
                    + invited.happenings)
            let issued = try tx.issue(
                "first", scopes: Set(AccessToken.Scope.allCases), for: invited.value, days: nil, by: actor, ambient)
            return (invited.value, issued)
        }
    }
}
