package import Exchange

extension Office {
    /// One posting as the actor may see it.
    package func posting(_ id: Identifier<Posting>, by actor: Actor) async throws -> DisclosedPosting {
        try actor.require(.read)
        return try await store.read { tx in
            guard let shown = try tx.disclosed(try tx.require(id), to: actor) else {
                throw Refusal.notFound(subject: "posting", id: id.text)
            }
            return shown
        }
    }

    /// Postings, newest first, each as the actor may see it.
    package func postings(
        _ filter: PostingFilter, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<DisclosedPosting> {
        try actor.require(.read)
        var asked = filter
        if !actor.coordinates {
            asked.reader = PostingReader(participant: actor.participant, organization: actor.organization)
            // Filtering by owner would tell who stands behind an anonymous posting.
            if let owner = filter.owner, owner != actor.participant { asked.namedOnly = true }
            if let organization = filter.organization, organization != actor.organization { asked.namedOnly = true }
        }
        let restricted = asked
        return try await store.read { tx in
            let found = try tx.postings(restricted, page)
            return Page(items: try tx.disclosed(found.items, to: actor), next: found.next)
        }
    }

    /// The postings among these that the actor may see, in the order given.
    package func postings(
        _ ids: [Identifier<Posting>], by actor: Actor
    ) async throws -> [DisclosedPosting] {
        try actor.require(.read)
        return try await store.read { tx in
            let found = try tx.postings(Set(ids))
            return try tx.disclosed(ids.compactMap { found[$0] }, to: actor)
        }
    }

    /// Every revision, newest first, for those who may edit the posting.
    package func revisions(of id: Identifier<Posting>, by actor: Actor) async throws -> [PostingRevision] {
        try actor.require(.read)
        return try await store.read { tx in
            _ = try tx.requireEditable(id, by: actor)
            return try tx.revisions(of: id)
        }
    }

    /// What in the posting would tell who owns it, for those who may edit it.
    package func giveAways(in id: Identifier<Posting>, by actor: Actor) async throws -> [GiveAway] {
        try actor.require(.read)
        return try await store.read { tx in try tx.giveAways(in: try tx.requireEditable(id, by: actor)) }
    }

    /// The same for a text that is not saved yet, as if the actor owned it.
    package func giveAways(in draft: PostingContent, by actor: Actor) async throws -> [GiveAway] {
        try actor.require(.take)
        guard let organization = actor.organization else { return [] }
        return try await store.read { tx in
            let scanner = GiveAwayScanner(
                organization: try tx.require(organization), people: try tx.participants(of: organization))
            return scanner.scan(draft)
        }
    }
}

extension ExchangeTransaction {
    /// Those of the postings that the actor may see.
    func disclosed(_ postings: [Posting], to actor: Actor) throws -> [DisclosedPosting] {
        let introduced = try actor.organization.map { try introducedPostings(to: $0) } ?? []
        return postings.compactMap {
            $0.disclosed(to: actor, isIntroduced: introduced.contains($0.id), at: now)
        }
    }
}
