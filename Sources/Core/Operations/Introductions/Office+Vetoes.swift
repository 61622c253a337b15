package import Exchange

extension Office {
    /// Keeps two organizations apart for good: one's own from another, or as a coordinator any two.
    package func placeVeto(
        between one: Identifier<Organization>, and other: Identifier<Organization>, reason: String?, by actor: Actor
    ) async throws -> Veto {
        try actor.require(.take)
        guard actor.coordinates || actor.organization == one || actor.organization == other else {
            throw Refusal.forbidden("Only coordinators may keep other organizations apart.")
        }
        var rules = TextRules()
        let words = rules.optionalText(reason, "reason", limit: TextLimits.note, multiline: true)
        try rules.finish()
        return try await write { tx in
            _ = try tx.require(one)
            _ = try tx.require(other)
            let veto = try Veto(
                id: ambient.identifier(at: tx.now), between: one, and: other,
                placedBy: actor.coordinates ? nil : actor.organization, reason: words, at: tx.now)
            try tx.insert(veto)
            try tx.append([
                Happening(
                    .vetoPlaced, subject: veto.id.text, related: [veto.first.text, veto.second.text],
                    by: actor.reference, at: tx.now)
            ])
            return veto
        }
    }

    /// Lifts a veto: the organization that placed it, or a coordinator.
    package func liftVeto(_ id: Identifier<Veto>, by actor: Actor) async throws {
        try actor.require(.take)
        try await write { tx in
            guard let veto = try tx.veto(id), actor.coordinates || veto.isPlaced(by: actor.organization) else {
                throw Refusal.notFound(subject: "veto", id: id.text)
            }
            try tx.remove(id)
            try tx.append([
                Happening(
                    .vetoLifted, subject: id.text, related: [veto.first.text, veto.second.text], by: actor.reference,
                    at: tx.now)
            ])
        }
    }

    /// Vetoes, newest first: all for coordinators; others see what their own organization placed, never what was placed
    /// against it.
    package func vetoes(_ page: PageRequest, by actor: Actor) async throws -> Page<Veto> {
        try actor.require(.read)
        guard actor.coordinates || actor.organization != nil else { return Page(items: [], next: nil) }
        return try await store.read { tx in
            let found = try tx.vetoes(of: actor.coordinates ? nil : actor.organization, page)
            guard !actor.coordinates else { return found }
            return Page(items: found.items.filter { $0.isPlaced(by: actor.organization) }, next: found.next)
        }
    }
}

extension Veto {
    fileprivate func isPlaced(by organization: Identifier<Organization>?) -> Bool {
        organization != nil && placedBy == organization
    }
}
