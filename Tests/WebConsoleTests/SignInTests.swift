import Exchange
import HTTPTypes
import Operations
import Testing
import WebConsole

@Suite struct `Signing in` {
    @Test func `by a link asks first, works once, and ends with signing out`() async throws {
        let world = try await World()
        let person = try await world.person("花子", of: "One")
        let holder = try #require(person.holder)
        let link = try await world.office.makeSignInLink(for: holder.participant.id, by: .system("test"))
        let browser = world.visitor
        let path = "/sign-in/" + link.secret
        // Whatever opens the link first, such as a mail scanner, does not use it up.
        for _ in 0..<2 {
            let asked = try await browser.get(path)
            #expect(asked.status == 200 && asked.text.contains("花子"))
        }
        let entered = try await browser.post(path, from: path)
        #expect(entered.status == 303 && entered.location == "/")
        #expect(
            entered.headers[values: .setCookie].contains {
                $0.contains("HttpOnly; SameSite=Lax") && $0.contains("Secure")
            })
        #expect(try await browser.get("/").text.contains("花子"))
        let again = try await world.visitor.get(path)
        #expect(again.status == 404)
        let left = try await browser.post("/sign-out", from: "/")
        #expect(left.location == "/sign-in")
        #expect(try await browser.get("/").location == "/sign-in")
        try await world.end()
    }

    @Test func `by an invitation joins in the chosen language`() async throws {
        let world = try await World()
        let home = try await world.person("First", of: "One")
        let invited = try await world.office.invite(
            Participant.Profile(name: "민수", email: try EmailAddress("minsu@mail.example"), language: .ja),
            of: try #require(home.holder).organization.id, as: .member, by: .system("test"))
        let browser = world.visitor
        let path = "/join/" + invited.secret
        let joined = try await browser.post(path, from: path, [("language", "ko"), ("listed", "yes")])
        #expect(joined.location == "/")
        let seen = try await browser.get("/")
        #expect(seen.text.contains("lang=\"ko\"") && seen.text.contains("안녕하세요"))
        #expect(try await world.visitor.get(path).status == 404)
        try await world.end()
    }

    @Test func `by password waits after failures, but only where they happened`() async throws {
        let world = try await World()
        let person = try await world.person("太郎", of: "One")
        let holder = try #require(person.holder)
        let password = "correct horse battery"
        let set = try await person.post("/me/password", from: "/me", [("password", password)])
        #expect(set.location == "/me", "\(set.text.prefix(3000))")
        let account = ("account", holder.participant.profile.email.text)
        let stranger = world.visitor
        var statuses: [Int] = []
        for _ in 0..<7 {
            let tried = try await stranger.post(
                "/sign-in", from: "/sign-in", [account, ("password", "guess guess guess")])
            statuses.append(tried.status)
        }
        #expect(statuses == [422, 422, 422, 422, 422, 429, 429])
        // A browser that was signed in before is not held up by them, though it comes from the same address.
        let known = world.visitor
        let desk = PasswordDesk(
            world.office.ambient, cost: PasswordHash.Cost(logRounds: 4, blockSize: 8, parallelism: 1))
        let opened = try await world.office.signIn(
            email: account.1, password: password, address: "elsewhere", mark: nil, device: "", desk: desk)
        #expect(opened.holder.participant.id == holder.participant.id)
        await #expect(throws: Refusal.self) {
            try await world.office.signIn(
                email: account.1, password: password, address: "local", mark: nil, device: "", desk: desk)
        }
        _ = try await world.office.signIn(
            email: account.1, password: password, address: "local", mark: opened.mark, device: "", desk: desk)
        // An invented mark is worth nothing.
        await #expect(throws: Refusal.self) {
            try await world.office.signIn(
                email: account.1, password: password, address: "local", mark: opened.mark + "0", device: "", desk: desk)
        }
        world.clock.pass(seconds: 1000)
        let entered = try await known.post("/sign-in", from: "/sign-in", [account, ("password", password)])
        #expect(entered.location == "/")
        try await world.end()
    }

    @Test func `ends when unused for two weeks, after sixty days, and from another browser`() async throws {
        let world = try await World()
        let person = try await world.person("太郎", of: "One")
        for _ in 0..<5 {
            world.clock.pass(days: 11)
            #expect(try await person.get("/").status == 200)
        }
        world.clock.pass(days: 11)
        #expect(try await person.get("/").status == 303)
        let idle = try await world.person("次郎", of: "One")
        world.clock.pass(days: 15)
        #expect(try await idle.get("/").status == 303)
        let first = try await world.person("三郎", of: "One")
        let holder = try #require(first.holder)
        let link = try await world.office.makeSignInLink(for: holder.participant.id, by: .system("test"))
        let second = world.visitor
        _ = try await second.post("/sign-in/" + link.secret, from: "/sign-in/" + link.secret)
        let ended = try await second.post("/me/sessions/\(holder.session.id)/end", from: "/me")
        #expect(ended.status == 303)
        #expect(try await first.get("/").status == 303)
        #expect(try await second.get("/").status == 200)
        try await world.end()
    }

    @Test func `leads to no address of others`() async throws {
        let world = try await World()
        let person = try await world.person("太郎", of: "One")
        for address in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""] {
            let seen = try await person.post(
                "/language", from: "/me", [("language", "en"), ("back", address)])
            #expect(seen.location == "/", "\(address)")
        }
        try await world.end()
    }

    @Test func `for others is a coordinator's right over members, not over each other`() async throws {
        let world = try await World()
        let member = try #require(try await world.person("M", of: "One").holder)
        let boss = try #require(try await world.person("A", .administrator, of: "Office").holder)
        let coordinator = try #require(try await world.person("C", .coordinator, of: "Office").holder)
        _ = try await world.office.makeSignInLink(for: member.participant.id, by: coordinator.actor)
        await #expect(throws: Refusal.self) {
            try await world.office.makeSignInLink(for: boss.participant.id, by: coordinator.actor)
        }
        await #expect(throws: Refusal.self) {
            try await world.office.makeSignInLink(for: boss.participant.id, by: member.actor)
        }
        try await world.end()
    }
}

@Suite struct `A password` {
    private static let cost = PasswordHash.Cost(logRounds: 4, blockSize: 8, parallelism: 1)

    @Test func `is the right one only if it is the same, in whatever width`() throws {
        let salt = [UInt8](repeating: 5, count: 16)
        let hash = try PasswordHash("abc１２３ 日本語", salt: salt, cost: Self.cost)
        let stored = try #require(PasswordHash(stored: hash.text))
        #expect(try stored.matches("abc123 日本語"))
        #expect(try !stored.matches("abc124 日本語"))
        #expect(try !stored.matches(""))
        for broken in ["", "scrypt$4$8$1$00", "bcrypt$4$8$1$00$00", "scrypt$99$8$1$00$00", "scrypt$4$8$1$0g$00"] {
            #expect(PasswordHash(stored: broken) == nil, "\(broken)")
        }
    }

    /// RFC 7914, 12: scrypt (P="password", S="NaCl", N=1024, r=8, p=16).
    @Test func `is hashed by scrypt as the standard says`() throws {
        let hash = try PasswordHash(
            "password", salt: Array("NaCl".utf8), cost: PasswordHash.Cost(logRounds: 10, blockSize: 8, parallelism: 16))
        #expect(hash.text.hasSuffix("$fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"))
    }
}
