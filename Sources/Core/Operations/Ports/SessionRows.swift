package import Exchange

/// How people are signed in, in the store.
package protocol SessionRows {
    func insert(_ session: BrowserSession) throws
    /// Writes when it was last used and when it ended; nothing else of a session can change.
    func update(_ session: BrowserSession) throws
    func session(hash: String) throws -> BrowserSession?
    func session(_ id: Identifier<BrowserSession>) throws -> BrowserSession?
    /// Newest first, those that ended included.
    func sessions(of participant: Identifier<Participant>) throws -> [BrowserSession]
    /// Drops up to `limit` sessions that were last used before the instant; returns how many.
    func forgetSessions(seenBefore: Instant, limit: Int) throws -> Int

    /// Keeps a link; a person may hold several.
    func insert(_ link: SignInLink) throws
    /// The link with this hash, whether or not it still holds.
    func signInLink(hash: String) throws -> SignInLink?
    /// How many of the person's links still hold.
    func openSignInLinks(of participant: Identifier<Participant>) throws -> Int
    /// Ends all links of the person: one that was used ends the others too.
    func removeSignInLinks(of participant: Identifier<Participant>) throws
    /// Drops links whose time has passed; returns how many.
    func forgetSignInLinks(expiredBefore: Instant) throws -> Int

    /// The person's password as `PasswordHash.text`.
    func password(of participant: Identifier<Participant>) throws -> String?
    /// Sets it, or with nothing takes it away.
    func setPassword(_ text: String?, of participant: Identifier<Participant>) throws

    /// Failures in a row under a key.
    func signInFailures(_ key: String) throws -> SignInFailures?
    /// Notes them, or with nothing forgets them.
    func setSignInFailures(_ failures: SignInFailures?, _ key: String) throws
    /// Forgets those whose last one lies before the instant; returns how many.
    func forgetSignInFailures(before: Instant) throws -> Int
}
