package import Exchange

extension Office {
    /// The shortest password.
    package static var shortestPassword: Int { 10 }
    /// The longest password; more would only make hashing slow.
    package static var longestPassword: Int { 200 }

    /// Signs in by mail address and password.
    ///
    /// What is wrong is never told apart. Failures make the next try from the same place wait, longer each time; they
    /// are counted by account *and* place, so nobody can keep the person out by guessing from elsewhere. The place is
    /// `address`, or, in a browser where the person was signed in before, that browser by its `mark`: whoever guesses
    /// in the person's own office then delays only themselves too.
    package func signIn(
        email raw: String, password: String, address: String, mark: String?, device: String, desk: PasswordDesk
    ) async throws -> OpenedSession {
        let email = try? EmailAddress(raw)
        let account = email?.text ?? String(raw.prefix(254)).lowercased()
        let found = try await store.read { tx -> Candidate in
            let person = try email.flatMap { try tx.participant(email: $0) }
            let isKnown = try person.map { try tx.isMark(mark, of: $0.id) } ?? false
            let key = Secret.hash("\(account)\n" + (isKnown ? "browser \(mark ?? "")" : "address \(address)"))
            if let wait = try tx.signInFailures(key)?.wait(at: tx.now), wait > 0 {
                throw Refusal.tooMany("Too many failed tries to sign in.", retryAfterSeconds: Int(wait))
            }
            guard let person, person.status.canSignIn else { return Candidate(id: nil, stored: nil, key: key) }
            return Candidate(id: person.id, stored: try tx.password(of: person.id), key: key)
        }
        let isRight = try await desk.check(String(password.prefix(Self.longestPassword + 1)), against: found.stored)
        let opened = try await write { tx -> OpenedSession? in
            guard isRight, let id = found.id else {
                let failures = try tx.signInFailures(found.key) ?? SignInFailures(count: 0, lastAt: tx.now)
                try tx.setSignInFailures(failures.adding(at: tx.now), found.key)
                return nil
            }
            try tx.setSignInFailures(nil, found.key)
            return try tx.openSession(for: try tx.require(id), .password, device: device, ambient)
        }
        guard let opened else { throw Refusal.unauthenticated }
        return opened
    }

    /// Whether the person has a password.
    package func hasPassword(by actor: Actor) async throws -> Bool {
        guard let id = actor.participant else { return false }
        return try await store.read { tx in try tx.password(of: id) != nil }
    }

    /// Sets one's own password and ends one's other sessions. Whoever has one must name it.
    package func setPassword(
        _ password: String, replacing current: String?, keeping session: Identifier<BrowserSession>?, by actor: Actor,
        desk: PasswordDesk
    ) async throws {
        try actor.require(.read)
        guard let id = actor.participant else { throw Refusal.unauthenticated }
        let (person, stored) = try await store.read { tx in (try tx.require(id), try tx.password(of: id)) }
        var rules = TextRules()
        Self.check(password, of: person, &rules)
        if let stored, try await !desk.check(current ?? "", against: stored) {
            rules.add(FieldProblem("current", .notAllowed, "This is not your present password."))
        }
        try rules.finish()
        let hash = try await desk.hash(password)
        try await write { tx in
            try tx.setPassword(hash, of: id)
            try tx.end(try tx.sessions(of: id).filter { $0.id != session }, by: actor.reference)
            try tx.append([Happening(.passwordSet, subject: id.text, by: actor.reference, at: tx.now)])
        }
    }

    private static func check(_ password: String, of person: Participant, _ rules: inout TextRules) {
        let length = password.unicodeScalars.count
        if length < shortestPassword {
            rules.add(
                FieldProblem("password", .outOfRange, "A password has at least \(shortestPassword) characters."))
        } else if length > longestPassword {
            rules.add(FieldProblem("password", .tooLong, "A password has at most \(longestPassword) characters."))
        }
        let folded = password.foldedIdentity
        let own = [person.profile.name, person.profile.nameKana ?? "", person.profile.email.text].map(\.foldedIdentity)
        let isOwn = own.contains { !$0.isEmpty && $0.contains(folded) || folded == $0 }
        if length >= shortestPassword, Set(folded).count < 5 || isOwn || Self.common.contains(folded) {
            rules.add(
                FieldProblem("password", .notAllowed, "This password is easily guessed. Take three or four words."))
        }
    }

    /// Long passwords that head every list of guesses.
    private static var common: Set<String> {
        [
            "1234567890", "0123456789", "0987654321", "12345678910", "qwertyuiop", "1q2w3e4r5t", "1qaz2wsx3edc",
            "password12", "password123", "passw0rd123", "administrator", "industrymix", "abcdefghij", "iloveyou123",
            "tottori1234", "qwerty12345", "asdfghjkl1",
        ]
    }
}

/// Who may be signing in.
private struct Candidate: Sendable {
    let id: Identifier<Participant>?
    /// The password's hash, if there is one.
    let stored: String?
    /// Under what failures are counted.
    let key: String
}
