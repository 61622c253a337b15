package import Exchange

/// Everything that is kept of a person's part in events.
package struct OwnEvents: Sendable {
    /// Registrations with their events, newest first.
    package let registrations: [(registration: ShownRegistration, event: Event)]
    /// Presentations that the person proposed, newest first.
    package let presentations: [(presentation: Presentation, event: Event)]
}

extension Office {
    /// Everything that is kept of a person's part in events, for the person to take along; coordinators may fetch it
    /// for somebody who asks.
    package func ownEvents(of person: Identifier<Participant>? = nil, by actor: Actor) async throws -> OwnEvents {
        try actor.require(.read)
        guard let id = person ?? actor.participant else {
            throw Refusal.invalid("participant", .required, "Say whose data.")
        }
        guard actor.coordinates || actor.participant == id else {
            throw Refusal.forbidden("Only the person and coordinators may fetch this.")
        }
        return try await store.read { tx in
            _ = try tx.require(id)
            var wanted = RegistrationFilter()
            wanted.participant = id
            let registrations = try tx.everything { try tx.registrations(wanted, $0) }
            var proposed = PresentationFilter()
            proposed.owner = id
            let presentations = try tx.everything { try tx.presentations(proposed, $0) }
            let events = try tx.events(Set(registrations.map(\.event) + presentations.map(\.event)))
            let own = try tx.shown(registrations)
            return OwnEvents(
                registrations: own.compactMap { shown in
                    events[shown.registration.event].flatMap { event in
                        event.shown(to: actor, own: shown.registration).map { (shown, $0) }
                    }
                },
                presentations: presentations.compactMap { presentation in
                    events[presentation.event].flatMap { $0.shown(to: actor) }.map { (presentation, $0) }
                })
        }
    }
}

extension ExchangeTransaction {
    /// Every page of a list.
    func everything<Item>(_ list: (PageRequest) throws -> Page<Item>) throws -> [Item] {
        var items: [Item] = []
        var after: String?
        repeat {
            let page = try list(PageRequest(limit: PageRequest.largest, after: after))
            items += page.items
            after = page.next
        } while after != nil
        return items
    }
}
