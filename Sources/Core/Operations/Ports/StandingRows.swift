package import Exchange

/// What to list of the log.
package struct HappeningFilter: Hashable, Sendable {
    /// Entries about this subject, or that it touches.
    package var subject: String?
    package var kind: Happening.Kind?

    /// No restriction.
    package init() {}
}

/// The log in the store.
package protocol HappeningRows {
    /// Appends in order. Sequence numbers have no gaps in the order of commits.
    func append(_ happenings: [Happening]) throws
    /// Entries after the sequence number, oldest first.
    func happenings(after sequence: Int64, limit: Int) throws -> [RecordedHappening]
    /// Newest first; `page.after` is a sequence number.
    func happenings(_ filter: HappeningFilter, _ page: PageRequest) throws -> Page<RecordedHappening>
    /// How many entries of the kind have numbers after the first and up to the second.
    func happeningCount(_ kind: Happening.Kind, after: Int64, through: Int64) throws -> Int
    /// The last number given, 0 before the first.
    func lastSequence() throws -> Int64
}

/// The answer to a request that carried an Idempotency-Key.
package struct RememberedAnswer: Hashable, Sendable {
    /// SHA-256 of method, path and body.
    package let fingerprint: String
    /// Nothing while the first request still runs.
    package let status: Int?
    package let headers: String
    package let body: String
    package let createdAt: Instant

    /// Takes every value.
    package init(fingerprint: String, status: Int?, headers: String, body: String, createdAt: Instant) {
        self.fingerprint = fingerprint
        self.status = status
        self.headers = headers
        self.body = body
        self.createdAt = createdAt
    }
}

/// Tokens and remembered answers in the store.
package protocol AccessRows {
    func insert(_ token: AccessToken) throws
    func update(_ token: AccessToken) throws
    func token(hash: String) throws -> AccessToken?
    func token(_ id: Identifier<AccessToken>) throws -> AccessToken?
    /// Newest first, revoked ones included.
    func tokens(of participant: Identifier<Participant>) throws -> [AccessToken]

    /// The answer remembered under the caller's key.
    func remembered(key: String, of caller: String) throws -> RememberedAnswer?
    /// Remembers; replaces what was there.
    func remember(_ answer: RememberedAnswer, key: String, of caller: String) throws
    func forget(key: String, of caller: String) throws
    /// Forgets what was remembered before the instant.
    func forgetAnswers(before: Instant) throws -> Int
}

/// Small standing facts by name: where a follower stands, when the exchange was founded.
package protocol StandingRows {
    func standing(_ name: String) throws -> String?
    func setStanding(_ name: String, _ value: String?) throws
}
