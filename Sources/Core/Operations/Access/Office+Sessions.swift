package import Exchange

/// Who looks at a page: the person, what they may do, and the session by which they are known.
package struct SessionHolder: Sendable {
    package let actor: Actor
    package let participant: Participant
    package let organization: Organization
    package let session: BrowserSession
}

/// A session that was just opened, with the secret for the browser's cookie. It is shown this once.
package struct OpenedSession: Sendable {
    package let holder: SessionHolder
    package let secret: String
    /// By which the browser can be known again after the session has ended; it signs nobody in.
    package var mark: String { holder.session.mark }
}

/// A link that was just made, with its secret. It is shown this once.
package struct MadeSignInLink: Sendable {
    package let participant: Participant
    package let secret: String
    package let expiresAt: Instant
}

extension Office {
    /// Minutes that a link holds which a person asked for by mail.
    package static var mailedLinkMinutes: Int { 30 }
    /// Minutes that a link holds which somebody hands over.
    package static var handedLinkMinutes: Int { 3 * 24 * 60 }
    /// Links that a person may hold at a time.
    package static var mostLinks: Int { 5 }

    /// The person behind a session's secret; throws `unauthenticated` for unknown and ended sessions and for people who
    /// have left. Notes from time to time that the session is used.
    package func holder(of secret: String) async throws -> SessionHolder {
        guard secret.hasPrefix("imx_session_"), secret.utf8.count == 76 else { throw Refusal.unauthenticated }
        let hash = Secret.hash(secret)
        let found = try await store.read { tx in
            guard let session = try tx.session(hash: hash), session.isValid(at: tx.now) else {
                throw Refusal.unauthenticated
            }
            return (holder: try tx.holder(of: session), isDue: session.isDueForTouch(at: tx.now))
        }
        guard found.isDue else { return found.holder }
        try await store.write { tx in
            guard var session = try tx.session(hash: hash), session.isValid(at: tx.now) else { return }
            session.seenAt = tx.now
            try tx.update(session)
        }
        return found.holder
    }

    /// Makes a link by which the person can sign in once: for oneself, or as a coordinator for members. The actor is
    /// written in the log.
    package func makeSignInLink(
        for id: Identifier<Participant>, minutes: Int = Self.handedLinkMinutes, by actor: Actor
    ) async throws -> MadeSignInLink {
        try actor.requireSelf(id, "make a sign-in link for")
        return try await write { tx in
            let person = try tx.require(id)
            if actor.participant != id { try actor.requireRank(over: person) }
            // A session has all rights of its person: a narrower token must not widen itself by a link.
            guard person.role.everyScope.allSatisfy({ actor.scopes.covers($0) }) else {
                throw Refusal.forbidden("This access token's scopes do not allow you to make a sign-in link.")
            }
            return try tx.makeSignInLink(for: person, minutes: minutes, by: actor.reference, ambient)
        }
    }

    /// Mails a link to whoever has the address. Nothing is sent if nobody who takes part has it, or if too many of
    /// their links still hold; the person who asked is not told which, so that nobody learns who takes part.
    package func mailSignInLink(to email: EmailAddress) async throws {
        try await writeAndSend { tx in
            guard let person = try tx.participant(email: email), person.status.canSignIn,
                try tx.openSignInLinks(of: person.id) < Self.mostLinks
            else { return }
            let made = try tx.makeSignInLink(
                for: person, minutes: Self.mailedLinkMinutes, by: .participant(person.id), ambient)
            let letter = LetterTexts(person.profile.language, settings).signIn(
                person.profile.name, secret: made.secret, until: made.expiresAt)
            try queueMail(letter, to: person, subject: person.id.text, in: tx)
        }
    }

    /// Whom a link would sign in, for the page that asks before it does.
    package func signInLinkHolder(_ secret: String) async throws -> Participant {
        try await store.read { tx in try tx.requireLinkHolder(secret) }
    }

    /// Signs in by a link, which ends with it.
    package func signIn(byLink secret: String, device: String) async throws -> OpenedSession {
        try await write { tx in
            let person = try tx.requireLinkHolder(secret)
            try tx.removeSignInLinks(of: person.id)
            return try tx.openSession(for: person, .link, device: device, ambient)
        }
    }

    /// Whom an invitation invites.
    package func invited(by secret: String) async throws -> (participant: Participant, organization: Organization) {
        try await store.read { tx in
            guard let id = try tx.invited(by: Secret.hash(secret)) else {
                throw Refusal.notFound(subject: "invitation", id: "")
            }
            let person = try tx.require(id)
            return (person, try tx.require(person.organization))
        }
    }

    /// Accepts an invitation and signs in, in the language that the person chose.
    package func join(
        byInvitation secret: String, listed: Bool, contacted: Bool, language: Language, device: String
    ) async throws -> OpenedSession {
        try await write { tx in
            guard let id = try tx.invited(by: Secret.hash(secret)) else {
                throw Refusal.notFound(subject: "invitation", id: "")
            }
            let old = try tx.require(id)
            let consent = Participant.Consent(listedAt: listed ? tx.now : nil, contactedAt: contacted ? tx.now : nil)
            var change = try old.accept(consent: consent, by: .participant(id), at: tx.now)
            if language != change.value.profile.language {
                var person = change.value
                person.profile.language = language
                change = Change(person, change.happenings)
            }
            try tx.update(change.value, expecting: old.version)
            try tx.removeInvitations(of: id)
            try tx.append(change.happenings)
            return try tx.openSession(for: change.value, .invitation, device: device, ambient)
        }
    }

    /// The person's sessions that still hold, newest first.
    package func sessions(of id: Identifier<Participant>, by actor: Actor) async throws -> [BrowserSession] {
        if actor.participant == id { try actor.require(.read) } else { try actor.require(.administer) }
        return try await store.read { tx in
            try tx.sessions(of: id).filter { $0.isValid(at: tx.now) }
        }
    }

    /// Ends a session: one's own, or as an administrator anybody's.
    package func endSession(_ id: Identifier<BrowserSession>, by actor: Actor) async throws {
        try actor.require(.read)
        try await write { tx in
            guard let session = try tx.session(id),
                actor.may(.administer) || session.participant == actor.participant
            else { throw Refusal.notFound(subject: "session", id: id.text) }
            try tx.end([session], by: actor.reference)
        }
    }

    /// Ends every session of the person but the one named.
    package func endSessions(
        of id: Identifier<Participant>, except kept: Identifier<BrowserSession>?, by actor: Actor
    ) async throws {
        if actor.participant == id { try actor.require(.read) } else { try actor.require(.administer) }
        try await write { tx in
            try tx.end(try tx.sessions(of: id).filter { $0.id != kept }, by: actor.reference)
        }
    }

    /// Forgets what is over: sessions unused for long, links and failures whose time has passed. Returns how many.
    package func forgetSignIns(limit: Int) async throws -> Int {
        let now = ambient.now()
        return try await store.write { tx in
            let sessions = try tx.forgetSessions(
                seenBefore: now.advanced(byDays: -BrowserSession.longestDays * 2), limit: limit)
            let links = try tx.forgetSignInLinks(expiredBefore: now)
            let failures = try tx.forgetSignInFailures(
                before: now.advanced(byMilliseconds: -SignInFailures.memoryHours * 3_600_000))
            return sessions + links + failures
        }
    }
}

extension BrowserSession {
    /// Names the session and proves that it was this browser's: the hash is known to the store alone.
    fileprivate var mark: String { id.text + "." + Secret.hash("mark:" + hash) }
}

extension Participant.Status {
    /// Whether the person may sign in: those who rest may, those who have not joined or have left may not.
    var canSignIn: Bool {
        switch self {
        case .active, .paused: true
        case .invited, .left: false
        }
    }
}

extension ExchangeTransaction {
    /// The person, the organization and the rights behind a session.
    func holder(of session: BrowserSession) throws -> SessionHolder {
        guard let person = try participant(session.participant), person.status.canSignIn else {
            throw Refusal.unauthenticated
        }
        let actor = Actor(
            reference: .participant(person.id), organization: person.organization, role: person.role,
            scopes: person.role.everyScope)
        return SessionHolder(
            actor: actor, participant: person, organization: try require(person.organization), session: session)
    }

    /// Whether the mark was given to a browser in which the person was signed in.
    func isMark(_ mark: String?, of participant: Identifier<Participant>) throws -> Bool {
        guard let mark, let name = mark.split(separator: ".").first,
            let id = try? Identifier<BrowserSession>(String(name)), let session = try session(id)
        else { return false }
        return session.participant == participant && session.mark == mark
    }

    /// Opens a session and notes it in the log.
    func openSession(
        for person: Participant, _ means: BrowserSession.Means, device: String, _ ambient: Ambient
    ) throws -> OpenedSession {
        guard person.status.canSignIn else {
            throw Refusal.conflict(.state(subject: "participant", state: person.status.word, verb: "signed in"))
        }
        let secret = Secret.make(prefix: "imx_session_", ambient)
        let session = BrowserSession(
            id: ambient.identifier(at: now), participant: person.id, hash: Secret.hash(secret),
            device: String(String.UnicodeScalarView(device.unicodeScalars.filter { $0.value >= 32 }.prefix(200))),
            means: means, createdAt: now, seenAt: now, endedAt: nil)
        try insert(session)
        try append([
            Happening(
                .signedIn, subject: session.id.text, related: [person.id.text], by: .participant(person.id), at: now,
                details: ["means": means.rawValue])
        ])
        return OpenedSession(holder: try holder(of: session), secret: secret)
    }

    /// Ends those of the sessions that still hold.
    func end(_ sessions: [BrowserSession], by actor: ActorReference) throws {
        for var session in sessions where session.endedAt == nil {
            session.endedAt = now
            try update(session)
            try append([
                Happening(
                    .sessionEnded, subject: session.id.text, related: [session.participant.text], by: actor, at: now)
            ])
        }
    }

    /// Takes every way of signing in from a person who leaves.
    func endSignIn(of id: Identifier<Participant>) throws {
        for var session in try sessions(of: id) where session.endedAt == nil {
            session.endedAt = now
            try update(session)
        }
        try removeSignInLinks(of: id)
        try setPassword(nil, of: id)
    }

    /// Writes a new link and returns its secret.
    func makeSignInLink(
        for person: Participant, minutes: Int, by actor: ActorReference, _ ambient: Ambient
    ) throws -> MadeSignInLink {
        guard person.status.canSignIn else {
            throw Refusal.conflict(
                .state(subject: "participant", state: person.status.word, verb: "given a sign-in link"))
        }
        let secret = Secret.make(prefix: "imx_link_", ambient)
        let end = now.advanced(byMilliseconds: Int64(minutes) * 60_000)
        try insert(SignInLink(hash: Secret.hash(secret), participant: person.id, expiresAt: end))
        try append([Happening(.signInLinkMade, subject: person.id.text, by: actor, at: now)])
        return MadeSignInLink(participant: person, secret: secret, expiresAt: end)
    }

    /// The person whom a link signs in, if it still holds.
    func requireLinkHolder(_ secret: String) throws -> Participant {
        guard let link = try signInLink(hash: Secret.hash(secret)), now < link.expiresAt,
            let person = try participant(link.participant), person.status.canSignIn
        else { throw Refusal.notFound(subject: "sign-in link", id: "") }
        return person
    }
}
