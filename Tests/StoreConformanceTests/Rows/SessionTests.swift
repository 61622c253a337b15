import Exchange
import Operations
import Store
import Testing

@Suite struct `Sessions in every store` {
    private func session(
        of person: Participant, _ hash: String, seen: Instant = Sample.noon, ended: Instant? = nil
    ) -> BrowserSession {
        BrowserSession(
            id: Sample.id(), participant: person.id, hash: hash, device: "Firefox 狐", means: .link,
            createdAt: Sample.noon, seenAt: seen, endedAt: ended)
    }

    @Test(arguments: TestEngines.available)
    func `come back as they were written, newest first, and end`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (person, other) = try await Sample.twoSides(store)
            let first = session(of: person, "a")
            let second = session(of: person, "b", ended: Sample.noon)
            let foreign = session(of: other, "c")
            var used = first
            used.seenAt = Sample.noon.advanced(byDays: 1)
            used.endedAt = Sample.noon.advanced(byDays: 2)
            let found = try await store.write { [used] tx in
                for session in [first, second, foreign] { try tx.insert(session) }
                let before = (
                    try tx.session(hash: "a"), try tx.session(second.id), try tx.sessions(of: person.id),
                    try tx.session(hash: "x")
                )
                try tx.update(used)
                return (before, try tx.session(first.id))
            }
            #expect(found.0.0 == first)
            #expect(found.0.1 == second)
            #expect(found.0.2 == [second, first])
            #expect(found.0.3 == nil)
            #expect(found.1 == used)
            await #expect(throws: Refusal.self) {
                try await store.write { [session = session(of: person, "z")] in try $0.update(session) }
            }
            let (some, rest) = try await store.write { tx in
                (
                    try tx.forgetSessions(seenBefore: Sample.noon.advanced(byDays: 1), limit: 1),
                    try tx.forgetSessions(seenBefore: Sample.noon.advanced(byDays: 1), limit: 9)
                )
            }
            #expect(some == 1 && rest == 1)
        }
    }

    @Test(arguments: TestEngines.available)
    func `stand beside links, passwords and failures`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (person, other) = try await Sample.twoSides(store)
            let day = Sample.noon.advanced(byDays: 1)
            try await store.write { tx in
                try tx.insert(SignInLink(hash: "one", participant: person.id, expiresAt: day))
                try tx.insert(SignInLink(hash: "two", participant: person.id, expiresAt: Sample.noon))
                try tx.insert(SignInLink(hash: "three", participant: other.id, expiresAt: day))
                #expect(try tx.openSignInLinks(of: person.id) == 1)
                #expect(try tx.signInLink(hash: "one")?.participant == person.id)
                #expect(try tx.signInLink(hash: "two")?.expiresAt == Sample.noon)
                #expect(try tx.forgetSignInLinks(expiredBefore: day) == 1)
                try tx.removeSignInLinks(of: person.id)
                #expect(try tx.signInLink(hash: "one") == nil)
                #expect(try tx.signInLink(hash: "three") != nil)

                #expect(try tx.password(of: person.id) == nil)
                try tx.setPassword("first", of: person.id)
                try tx.setPassword("second", of: person.id)
                #expect(try tx.password(of: person.id) == "second")
                #expect(try tx.password(of: other.id) == nil)
                try tx.setPassword(nil, of: person.id)
                #expect(try tx.password(of: person.id) == nil)

                let failures = SignInFailures(count: 3, lastAt: Sample.noon)
                #expect(try tx.signInFailures("k") == nil)
                try tx.setSignInFailures(failures, "k")
                try tx.setSignInFailures(failures.adding(at: day), "k")
                #expect(try tx.signInFailures("k") == SignInFailures(count: 4, lastAt: day))
                #expect(try tx.forgetSignInFailures(before: day) == 0)
                try tx.setSignInFailures(nil, "k")
                #expect(try tx.signInFailures("k") == nil)
            }
        }
    }
}
