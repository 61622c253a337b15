package import Exchange

/// A code by which a chat account is linked; shown this once.
package struct IssuedCode: Sendable {
    package let code: String
    package let expiresAt: Instant
}

/// What came of a code that somebody entered.
package enum LinkResult: Hashable, Sendable {
    case linked(Identifier<Participant>)
    /// Wrong, used or expired.
    case wrong
    /// Too many wrong ones; so many seconds until the next is taken.
    case tooMany(seconds: Int)
}

extension Office {
    /// Makes a code for oneself, or as an administrator for anybody who takes part. Older codes of the person end.
    package func linkCode(for id: Identifier<Participant>? = nil, by actor: Actor) async throws -> IssuedCode {
        let wanted = id ?? actor.participant
        guard let wanted else {
            throw Refusal.invalid("participant", .required, "Name the participant whose account is linked.")
        }
        if actor.participant == wanted { try actor.require(.read) } else { try actor.require(.administer) }
        let code = LinkCode.make(random: ambient.random())
        let hash = Secret.hash(LinkCode.plain(code) ?? code)
        return try await store.write { tx in
            let person = try tx.require(wanted)
            guard person.status != .left, person.status != .invited else {
                throw Refusal.conflict(
                    .state(subject: "participant", state: person.status.word, verb: "given a code"))
            }
            let ends = tx.now.advanced(byMilliseconds: Int64(LinkCode.minutes) * 60_000)
            try tx.setCode(LinkCode(hash: hash, participant: wanted, createdAt: tx.now, expiresAt: ends))
            return IssuedCode(code: code, expiresAt: ends)
        }
    }

    /// Links the account by the code that its user typed.
    func link(
        _ account: String, label: String, at workspace: Identifier<Workspace>, code typed: String
    ) async throws -> LinkResult {
        try await write { tx in
            let result = try tx.redeem(typed, guessing: account)
            guard case .linked(let id) = result else { return result }
            try tx.link(
                ChatAccount(key: account, participant: id, workspace: workspace, label: label, linkedAt: tx.now))
            try tx.append([
                Happening(
                    .chatLinked, subject: id.text, related: [workspace.text], by: .participant(id), at: tx.now,
                    details: ["account": account])
            ])
            return result
        }
    }

    /// The chat accounts of oneself, or for coordinators of anybody.
    package func chatAccounts(
        of id: Identifier<Participant>, by actor: Actor
    ) async throws -> [ChatAccount] {
        if actor.participant == id { try actor.require(.read) } else { try actor.require(.coordinate) }
        return try await store.read { tx in
            _ = try tx.require(id)
            return try tx.chatAccounts(of: id)
        }
    }

    /// Ends a link: one's own, or as a coordinator anybody's.
    package func unlinkChat(_ key: String, by actor: Actor) async throws {
        try actor.require(.read)
        try await write { tx in
            guard let account = try tx.chatAccount(key),
                account.participant == actor.participant || actor.coordinates
            else { throw Refusal.notFound(subject: "chat account", id: String(key.prefix(100))) }
            try tx.unlink(key)
            try tx.append([
                Happening(
                    .chatUnlinked, subject: account.participant.text, related: [account.workspace.text],
                    by: actor.reference, at: tx.now, details: ["account": key])
            ])
        }
    }

    /// The rights of the person whose account it is; nothing if it is nobody's, or the person takes no part any more.
    func actor(behind account: String) async throws -> (person: Participant, actor: Actor)? {
        try await store.read { tx in
            guard let linked = try tx.chatAccount(account), let person = try tx.participant(linked.participant) else {
                return nil
            }
            return person.acting
        }
    }
}

extension Participant {
    /// The person with the rights of their role; nothing before they have joined and after they have left.
    var acting: (person: Participant, actor: Actor)? {
        switch status {
        case .active, .paused: break
        case .invited, .left: return nil
        }
        let actor = Actor(
            reference: .participant(id), organization: organization, role: role, scopes: role.everyScope)
        return (self, actor)
    }
}

extension ExchangeTransaction {
    /// Takes a code, which is then used up; wrong ones are counted against `subject`.
    func redeem(_ typed: String, guessing subject: String) throws -> LinkResult {
        let known = try guesses(of: subject)
        if let seconds = known?.wait(at: now) { return .tooMany(seconds: seconds) }
        if let plain = LinkCode.plain(typed), let code = try takeCode(hash: Secret.hash(plain)),
            now < code.expiresAt, try participant(code.participant)?.acting != nil
        {
            if known != nil { try setGuesses(nil, of: subject) }
            return .linked(code.participant)
        }
        let counted = known?.another(at: now) ?? WrongGuesses(count: 1, since: now)
        try setGuesses(counted, of: subject)
        return counted.wait(at: now).map { .tooMany(seconds: $0) } ?? .wrong
    }
}
