package import Exchange

/// Who is signed in, and by what.
package struct SignedIn: Sendable {
    package let actor: Actor
    package let participant: Participant
    package let token: AccessToken
}

extension Office {
    /// The actor behind a token's secret; throws `unauthenticated` for unknown, expired and revoked tokens and for
    /// people who have not joined or have left.
    package func authenticate(_ secret: String) async throws -> SignedIn {
        guard secret.hasPrefix("imx_token_"), secret.utf8.count == 74 else { throw Refusal.unauthenticated }
        let hash = Secret.hash(secret)
        let now = ambient.now()
        let (known, generation) = knownCallers.caller(hash, at: now)
        if let known { return known }
        let found = try await signedIn(hash)
        knownCallers.keep(found, hash, asOf: generation, at: now)
        return found
    }

    private func signedIn(_ hash: String) async throws -> SignedIn {
        try await store.read { tx in
            guard let token = try tx.token(hash: hash), token.isValid(at: tx.now),
                let person = try tx.participant(token.participant)
            else { throw Refusal.unauthenticated }
            switch person.status {
            case .active, .paused: break
            case .invited, .left: throw Refusal.unauthenticated
            }
            let actor = Actor(
                reference: .participant(person.id), organization: person.organization, role: person.role,
                scopes: token.scopes)
            return SignedIn(actor: actor, participant: person, token: token)
        }
    }

    /// Issues a token for oneself, or, as an administrator, for anybody. Its scopes cannot pass the person's role.
    package func issueToken(
        _ name: String, scopes: Set<AccessToken.Scope>, days: Int?, for id: Identifier<Participant>, by actor: Actor
    ) async throws -> IssuedToken {
        var rules = TextRules()
        let checked = rules.text(name, "name", limit: TextLimits.name, required: true)
        if scopes.isEmpty { rules.add(FieldProblem("scopes", .required, "Name at least one scope.")) }
        if let days, !(1...3650).contains(days) {
            rules.add(FieldProblem("days", .outOfRange, "A token holds 1 to 3650 days."))
        }
        try rules.finish()
        if actor.participant == id { try actor.require(.read) } else { try actor.require(.administer) }
        return try await write { tx in
            let person = try tx.require(id)
            guard person.status != .left, person.status != .invited else {
                throw Refusal.conflict(
                    .state(subject: "participant", state: person.status.word, verb: "given a token"))
            }
            let allowed = person.role.everyScope
            for scope in scopes.sorted(by: { $0.rawValue < $1.rawValue })
            where !allowed.contains(scope) || (actor.participant == id && !actor.scopes.covers(scope)) {
                throw Refusal.forbidden("The scope \(scope.rawValue) is more than this person or token may do.")
            }
            return try tx.issue(checked, scopes: scopes, for: person, days: days, by: actor.reference, ambient)
        }
    }

    /// Ends a token: one's own, or as an administrator anybody's.
    package func revokeToken(_ id: Identifier<AccessToken>, by actor: Actor) async throws -> AccessToken {
        try actor.require(.read)
        return try await write { tx in
            guard var token = try tx.token(id), actor.may(.administer) || token.participant == actor.participant else {
                throw Refusal.notFound(subject: "token", id: id.text)
            }
            guard token.revokedAt == nil else { return token }
            token.revokedAt = tx.now
            try tx.update(token)
            try tx.append([
                Happening(
                    .tokenRevoked, subject: id.text, related: [token.participant.text], by: actor.reference, at: tx.now)
            ])
            return token
        }
    }

    /// Somebody's tokens, newest first.
    package func tokens(of id: Identifier<Participant>, by actor: Actor) async throws -> [AccessToken] {
        if actor.participant == id { try actor.require(.read) } else { try actor.require(.administer) }
        return try await store.read { tx in
            _ = try tx.require(id)
            return try tx.tokens(of: id)
        }
    }
}

extension Set<AccessToken.Scope> {
    /// Whether one of the scopes allows at least as much as the other.
    func covers(_ other: AccessToken.Scope) -> Bool {
        contains { other.permissions.isSubset(of: $0.permissions) }
    }
}
