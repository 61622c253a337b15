package import Exchange

/// A store in which the one transaction that does what a message asks also notes that it is done: a crash leaves both
/// or neither, and nothing is done twice.
package struct EffectStore<Base: ExchangeStore>: ExchangeStore {
    /// The transaction of the store beneath.
    package typealias Transaction = Base.Transaction

    private let base: Base
    private let message: Identifier<InboundMessage>

    /// Takes the store and the message that the work is done for.
    package init(_ base: Base, for message: Identifier<InboundMessage>) {
        self.base = base
        self.message = message
    }

    /// Does the work and notes the effect in one transaction; throws when an effect was noted before.
    package func write<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        let message = message
        return try await base.write { tx in
            let value = try work(tx)
            try tx.markEffect(of: message)
            return value
        }
    }

    /// Reads from the store beneath.
    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await base.read(work)
    }
}

extension Office {
    /// The same office, whose next write is the effect of the message.
    func acting(for message: Identifier<InboundMessage>) -> Office<EffectStore<Store>> {
        let nudge = nudge
        return Office<EffectStore<Store>>(
            store: EffectStore(store, for: message), ambient: ambient, settings: settings, taxonomy: taxonomy,
            sealer: sealer, allowance: allowance, mail: mail
        ) { wanted in
            switch wanted {
            case .happenings: nudge(.happenings)
            case .outbox: nudge(.outbox)
            case .inbound: nudge(.inbound)
            }
        }
    }
}
