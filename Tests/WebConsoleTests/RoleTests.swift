import Exchange
import HTTPTypes
import Operations
import Store
import Testing
import WebConsole

@Suite struct `Every page for every role` {
    /// The page's address with something real in place of each name.
    private static func filled(_ path: String, _ names: [String: String]) -> String {
        names.reduce(path) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    @Test func `opens for those whom the table names, and for nobody else`() async throws {
        let world = try await World()
        let owner = try await world.person("Owner", of: "One")
        let other = try await world.person("Other", of: "Two")
        let need = try await world.published(.need, "氷を使わずに魚を冷やしたい gears", by: owner)
        let seed = try await world.published(.seed, "氷を使わずに冷やす gears", by: other)
        let match = Match(
            id: world.office.ambient.identifier(at: World.noon), need: need.id, seed: seed.id, score: 0.5, parts: [:],
            kind: .bridge, reason: "{}", state: .proposed, round: nil, version: 1, createdAt: World.noon,
            updatedAt: World.noon)
        try await world.store.write { tx in _ = try tx.insert(match) }
        let link = try await world.office.makeSignInLink(
            for: try #require(owner.holder).participant.id, by: .system("test"))
        let guest = try await world.office.invite(
            Participant.Profile(name: "Guest", email: try EmailAddress("guest@mail.example"), language: .ja),
            of: try #require(owner.holder).organization.id, as: .member, by: .system("test"))
        let introduction = try await world.office.answer(
            match.id, .interested(message: "聞いてみたい"), for: .need, by: .system("test"))
        let desk = try await world.person("Desk", .coordinator, of: "Office")
        let upload = try await desk.upload("氏名,団体名,メールアドレス\n花子,One,hanako@mail.example\n", as: "people.csv").location
        let channel = try await world.office.addChannel(
            ChannelDraft(
                name: "alerts", platform: .generic, address: "https://hooks.example.jp/x", language: .ja,
                rules: Channel.Rules()), by: .system("test")
        ).channel
        let tried = try await world.office.testChannel(channel.id, by: .system("test"))
        let voices: [(Participant.Role?, Guest)] = [
            (nil, world.visitor), (.observer, try await world.person("Observer", .observer, of: "One")),
            (.member, owner), (.coordinator, try await world.person("Coordinator", .coordinator, of: "Office")),
            (.administrator, try await world.person("Administrator", .administrator, of: "Office")),
        ]
        let names = [
            "posting": need.id.text, "match": match.id.text, "link": link.secret, "invitation": guest.secret,
            "person": try #require(owner.holder).participant.id.text, "introduction": introduction.id.text,
            "channel": channel.id.text, "delivery": tried.id.text, "subject": "matches",
            "upload": upload.split(separator: "/").last.map(String.init) ?? "",
        ]
        for page in world.site.pages where page.method == .get {
            let path = Self.filled(page.path, names)
            for (role, browser) in voices {
                let seen = try await browser.get(path)
                let place: Comment =
                    "\(path) as \(role?.rawValue ?? "visitor"): \(seen.status) \(seen.text.prefix(2000))"
                switch page.access {
                case .anyone: #expect(seen.status == 200 || seen.status == 303, place)
                case .role(let permission):
                    guard let role else {
                        #expect(seen.status == 303 && seen.location.hasPrefix("/sign-in"), place)
                        continue
                    }
                    let isAllowed = role.permissions.contains(permission)
                    // What belongs to one person is shown to that person and to coordinators only.
                    let isOthers = isAllowed && role == .observer && page.path.contains("{")
                    #expect(isAllowed && !isOthers ? seen.status == 200 : seen.status >= 403 || isOthers, place)
                }
                checkForm(seen, place)
            }
        }
        try await world.end()
    }

    /// Nothing was left out of a template, and nothing was put in as markup by accident.
    private func checkForm(_ seen: Seen, _ place: Comment) {
        guard seen.status == 200, seen.headers[.contentType]?.hasPrefix("text/html") == true else { return }
        #expect(!seen.text.contains("{{") && !seen.text.contains("[["), place)
        #expect(seen.text.utf8.count < 150_000, place)
        #expect(seen.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true, place)
        #expect(seen.text.contains("<h1"), place)
    }

    @Test func `takes no form without its token, from elsewhere, or from who may not send it`() async throws {
        let world = try await World()
        let observer = try await world.person("Observer", .observer, of: "One")
        let member = try await world.person("Member", of: "One")
        for page in world.site.pages where page.method == .post {
            let path = page.path.replacing("{", with: "").replacing("}", with: "")
            let bare = try await member.post(path, token: "wrong", [("title", "A text that must not be lost")])
            #expect(bare.status == 403, "\(path) \(bare.status)")
            if bare.text.contains("A text that must") == false {
                // Coordinators' addresses say no before they read the form.
                #expect([.role(.coordinate), .role(.administer)].contains(page.access), "\(path)")
            }
            let token = try await member.get("/me").token
            let foreign = try await member.post(
                path, token: token, [], Guest.fromElsewhere)
            #expect(foreign.status == 403, "\(path) \(foreign.status)")
            guard case .role(let permission) = page.access, permission != .read else { continue }
            let weak = try await observer.post(path, from: "/me")
            #expect(weak.status == 403, "\(path) \(weak.status)")
        }
        try await world.end()
    }
}
