package import Delivery
package import Exchange

/// Where everything that can be asked of the exchange is asked: each operation takes the actor, decides by the rules of
/// Exchange, and writes facts and their happenings in one transaction.
///
/// One file for each noun extends it. All of them throw `Refusal` for what the caller can mend; anything else that they
/// throw is a fault of the store.
package struct Office<Store: ExchangeStore>: Sendable {
    package let store: Store
    package let ambient: Ambient
    package let settings: ExchangeSettings
    package let taxonomy: FieldTaxonomy
    let sealer: Sealer
    /// The private hosts that webhooks may reach, by the administrator's word.
    let allowance: HostAllowance
    /// How letters leave; nothing where no mail server is set up.
    package let mail: MailPost?
    /// Called after a transaction that followers should look at soon: the matcher, the sender.
    let nudge: @Sendable (Nudge) -> Void
    let knownCallers = KnownCallers()

    /// Whom a change concerns.
    package enum Nudge: Sendable {
        case happenings, outbox, inbound
    }

    /// Takes all collaborators.
    package init(
        store: Store, ambient: Ambient, settings: ExchangeSettings, taxonomy: FieldTaxonomy, sealer: Sealer,
        allowance: HostAllowance = .none, mail: MailPost? = nil, nudge: @escaping @Sendable (Nudge) -> Void = { _ in }
    ) {
        self.store = store
        self.ambient = ambient
        self.settings = settings
        self.taxonomy = taxonomy
        self.sealer = sealer
        self.allowance = allowance
        self.mail = mail
        self.nudge = nudge
    }

    /// Writes and then wakes the followers.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Store.Transaction) throws -> Value
    ) async throws -> Value {
        let value: Value
        if let request = RepeatableRequest.current {
            value = try await store.write { tx in
                let value = try work(tx)
                try request.noteEffect(tx)
                return value
            }
        } else {
            value = try await store.write(work)
        }
        knownCallers.forgetAll()
        nudge(.happenings)
        return value
    }

    /// The same for work that leaves something to be sent: the sender looks at once.
    func writeAndSend<Value: Sendable>(
        _ work: @escaping @Sendable (Store.Transaction) throws -> Value
    ) async throws -> Value {
        let value = try await write(work)
        nudge(.outbox)
        return value
    }
}

extension ExchangeTransaction {
    /// The organization, or a refusal.
    func require(_ id: Identifier<Organization>) throws -> Organization {
        guard let found = try organization(id) else { throw Refusal.notFound(subject: "organization", id: id.text) }
        return found
    }

    /// The participant, or a refusal.
    func require(_ id: Identifier<Participant>) throws -> Participant {
        guard let found = try participant(id) else { throw Refusal.notFound(subject: "participant", id: id.text) }
        return found
    }

    /// The posting, or a refusal.
    func require(_ id: Identifier<Posting>) throws -> Posting {
        guard let found = try posting(id) else { throw Refusal.notFound(subject: "posting", id: id.text) }
        return found
    }

    /// The match, or a refusal.
    func require(_ id: Identifier<Match>) throws -> Match {
        guard let found = try match(id) else { throw Refusal.notFound(subject: "match", id: id.text) }
        return found
    }

    /// The introduction, or a refusal.
    func require(_ id: Identifier<Introduction>) throws -> Introduction {
        guard let found = try introduction(id) else { throw Refusal.notFound(subject: "introduction", id: id.text) }
        return found
    }

    /// The channel, or a refusal.
    func require(_ id: Identifier<Channel>) throws -> Channel {
        guard let found = try channel(id) else { throw Refusal.notFound(subject: "channel", id: id.text) }
        return found
    }

    /// Refuses unless the caller knows the present version; nothing means that the caller does not care.
    func expect(_ version: Int?, current: Int, _ subject: String) throws {
        if let version, version != current { throw Refusal.stale(subject: subject, current: current) }
    }

    /// Writes the changed posting, a revision if its content changed, and what happened.
    func save(_ change: Change<Posting>, over old: Posting, by actor: ActorReference) throws {
        guard change.value != old else { return }
        try update(change.value, expecting: old.version)
        if change.value.revision != old.revision {
            try insert(
                PostingRevision(
                    posting: old.id, number: change.value.revision, content: change.value.content, by: actor, at: now))
        }
        try append(change.happenings)
    }
}
