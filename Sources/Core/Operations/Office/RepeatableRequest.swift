/// The request under whose Idempotency-Key the present task works.
///
/// What it writes is noted under the key *in the same transaction*: should the process die before the answer is kept, a
/// repetition finds the note and does nothing a second time.
package struct RepeatableRequest: Sendable {
    /// The request of this task, if it carried a key.
    @TaskLocal package static var current: RepeatableRequest?

    package let key: String
    /// Who sent it; keys of different callers have nothing to do with each other.
    package let caller: String
    /// SHA-256 of method, path and body.
    package let fingerprint: String

    /// Takes every value.
    package init(key: String, caller: String, fingerprint: String) {
        self.key = key
        self.caller = caller
        self.fingerprint = fingerprint
    }

    /// Notes that the request has had its effect, unless its answer is kept already: what goes on in the background
    /// after the answer writes too.
    func noteEffect(_ tx: some ExchangeTransaction) throws {
        guard let known = try tx.remembered(key: key, of: caller), known.status == nil else { return }
        let note = RememberedAnswer(
            fingerprint: fingerprint, status: RememberedAnswer.withoutAnswer, headers: "", body: "", createdAt: tx.now)
        try tx.remember(note, key: key, of: caller)
    }
}

extension RememberedAnswer {
    /// The status of a request whose effect is in the store while its answer is not, or not yet.
    package static var withoutAnswer: Int { 0 }
}
