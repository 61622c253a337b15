package import Exchange

/// An introduction with what a coordinator sees of it at a glance.
package struct BoardCard: Sendable {
    package let introduction: Introduction
    package let need: Posting
    package let seed: Posting
    /// The name of the organization on the need's side.
    package let needOwner: String
    /// The name of the organization on the seed's side.
    package let seedOwner: String
}

extension Office {
    /// Introductions in the states, newest first, with both sides by name: for coordinators.
    package func board(_ states: [String], _ page: PageRequest, by actor: Actor) async throws -> Page<BoardCard> {
        try actor.require(.coordinate)
        return try await store.read { tx in
            var filter = IntroductionFilter()
            filter.states = states
            let found = try tx.introductions(filter, page)
            return Page(items: try tx.cards(found.items), next: found.next)
        }
    }

    /// One introduction with both sides by name: for coordinators.
    package func boardCard(_ id: Identifier<Introduction>, by actor: Actor) async throws -> BoardCard {
        try actor.require(.coordinate)
        return try await store.read { tx in
            guard let card = try tx.cards([try tx.require(id)]).first else {
                throw Refusal.notFound(subject: "introduction", id: id.text)
            }
            return card
        }
    }

    /// Every introduction in which the posting stands, with both sides by name: for coordinators.
    package func boardCards(
        of posting: Identifier<Posting>, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<BoardCard> {
        try actor.require(.coordinate)
        return try await store.read { tx in
            var filter = IntroductionFilter()
            filter.posting = posting
            let found = try tx.introductions(filter, page)
            return Page(items: try tx.cards(found.items), next: found.next)
        }
    }

    /// The names of people, for lists of what they did: for coordinators. People who are gone are left out.
    package func personNames(
        of people: Set<Identifier<Participant>>, by actor: Actor
    ) async throws -> [Identifier<Participant>: String] {
        try actor.require(.coordinate)
        return try await store.read { tx in try tx.participants(people).mapValues(\.profile.name) }
    }
}

extension ExchangeTransaction {
    fileprivate func cards(_ introductions: [Introduction]) throws -> [BoardCard] {
        let postings = try postings(Set(introductions.flatMap { [$0.needSide.posting, $0.seedSide.posting] }))
        let bodies = try organizations(
            Set(introductions.flatMap { [$0.needSide.organization, $0.seedSide.organization] }))
        return introductions.compactMap { it in
            guard let need = postings[it.needSide.posting], let seed = postings[it.seedSide.posting] else { return nil }
            return BoardCard(
                introduction: it, need: need, seed: seed,
                needOwner: bodies[it.needSide.organization]?.profile.name ?? "",
                seedOwner: bodies[it.seedSide.organization]?.profile.name ?? "")
        }
    }
}
