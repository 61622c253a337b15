package import Exchange

extension Office {
    /// Does something once for a key that a form carries: the same form sent again is given the first answer.
    ///
    /// An empty key means that nothing is remembered. What throws has had no effect and may be tried again. A second
    /// request while the first still runs is refused as busy.
    package func once(
        _ key: String, by actor: Actor, _ work: () async throws -> String
    ) async throws -> String {
        guard !key.isEmpty, key.utf8.count <= 200 else { return try await work() }
        let (name, caller) = ("form " + Secret.hash(key), actor.reference.text)
        let known = try await store.write { tx -> RememberedAnswer? in
            if let known = try tx.remembered(key: name, of: caller) {
                // A first request that died with its process holds nobody up for ever.
                if known.status != nil || tx.now.milliseconds - known.createdAt.milliseconds < 60_000 { return known }
            }
            try tx.remember(
                RememberedAnswer(fingerprint: "", status: nil, headers: "", body: "", createdAt: tx.now), key: name,
                of: caller)
            return nil
        }
        if let known {
            guard known.status != nil else {
                throw Refusal.busy("The same form is still being worked on.", retryAfterSeconds: 2)
            }
            return known.body
        }
        do {
            let answer = try await work()
            try await store.write { tx in
                try tx.remember(
                    RememberedAnswer(fingerprint: "", status: 303, headers: "", body: answer, createdAt: tx.now),
                    key: name, of: caller)
            }
            return answer
        } catch {
            try await store.write { tx in try tx.forget(key: name, of: caller) }
            throw error
        }
    }
}
