import Delivery
import Exchange
import Foundation
import Operations
import Store
import Testing

@Suite struct `A request that was acknowledged` {
    private func refused(_ chat: ChatWorld, _ request: InboundRequest) async throws -> InboundRefusal? {
        do {
            _ = try await chat.world.office.receive(request)
            return nil
        } catch let refusal as InboundRefusal {
            return refusal
        }
    }

    @Test func `was proven, is new, and comes from the workspace's team`() async throws {
        let chat = try await ChatWorld()
        let now = chat.world.now.milliseconds / 1000
        let body = chat.command("help")
        #expect(try await refused(chat, chat.slack(body)) == nil)
        #expect(try await refused(chat, chat.slack(body)) == .repeated)
        #expect(try await refused(chat, chat.slack(body, seconds: now - 301)) == .unproven(.stale))
        #expect(try await refused(chat, chat.slack(body, secret: "another secret of length")) == .unproven(.wrong))
        #expect(try await refused(chat, chat.slack(chat.command("help", team: "T9"))) == .otherTeam)
        #expect(try await refused(chat, chat.slack("hello=world")) == .malformed)
        _ = try await chat.world.office.revokeWorkspace(chat.workspace.id, by: chat.world.desk)
        #expect(try await refused(chat, chat.slack(chat.command("help"))) == .unknownWorkspace)
    }

    @Test func `is kept encrypted, and nothing of it stays when it is done`() async throws {
        let chat = try await ChatWorld()
        let taken = try await chat.world.office.receive(chat.slack(chat.command("need very secret words")))
        guard case .taken(let id, isAnsweredLater: true, .ja) = taken else {
            Issue.record("\(taken)")
            return
        }
        func row() async throws -> InboundMessage? {
            try await chat.world.office.store.read { tx in try tx.inbound(id) }
        }
        let waiting = try #require(try await row())
        #expect(waiting.state == .waiting && waiting.account == "slack:T012AB3CD:U1")
        #expect(waiting.sealedContent.hasPrefix("v1.") && !waiting.sealedContent.contains("secret"))
        try await chat.loop.drain()
        let done = try #require(try await row())
        #expect(done.state == .done && done.sealedContent.isEmpty && done.sealedAnswer.isEmpty)
        #expect(done.outcome == "unlinked" && done.endedAt != nil)
        let later = chat.world.now.advanced(byDays: 1)
        #expect(
            try await chat.world.office.store.write { tx in try tx.pruneInbound(endedBefore: later, limit: 9) } == 1)
    }

    @Test func `takes effect once, however often the process dies in between`() async throws {
        let chat = try await ChatWorld()
        let (asks, _, match) = try await chat.pair()
        try await chat.link(asks)
        let store = chat.world.office.store
        let request = chat.slack(chat.press(AnswerPress(.interested, match: match.id.text)))
        guard case .taken(let id, _, _) = try await chat.world.office.receive(request) else { return }
        // A process claims it and dies before it does anything.
        let now = chat.world.now
        let claimed = try await store.write { tx in
            try tx.claimInbound(by: "dead", at: now, until: now.advanced(byMilliseconds: 60_000), limit: 10)
        }
        #expect(claimed.map(\.id) == [id])
        try await chat.loop.drain()
        #expect(try await chat.introductions().isEmpty)
        // The next one does it, and dies before it has written down the answer.
        chat.world.pass(milliseconds: 60_000)
        let again = try await store.write { tx in
            try tx.claimInbound(
                by: "dead too", at: chat.world.now, until: chat.world.now.advanced(byMilliseconds: 60_000), limit: 10)
        }
        #expect(again.count == 1)
        let effects = Office(
            store: EffectStore(store, for: id), ambient: chat.world.office.ambient, settings: ExchangeSettings(),
            taxonomy: try World.taxonomy(), sealer: try #require(Sealer(key: [UInt8](repeating: 7, count: 32))))
        let actor = Actor(
            reference: .participant(asks.id), organization: asks.organization, role: asks.role,
            scopes: asks.role.everyScope)
        _ = try await effects.answer(match.id, .interested(message: nil), by: actor)
        let twice = try await refusal { try await effects.answer(match.id, .interested(message: "again"), by: actor) }
        guard case .conflict = twice else {
            Issue.record("\(twice)")
            return
        }
        // After the restart it is only answered.
        #expect(try await chat.world.office.endOrphanedInbound() == 1)
        try await chat.loop.drain()
        #expect(chat.sender.bodies.last?.contains("Done.") == true)
        #expect(try await chat.introductions().map(\.version) == [1])
        #expect(try await store.read { tx in try tx.inbound(id)?.state } == .done)
    }

    @Test func `is answered again while the platform is out of order, for twenty-five minutes`() async throws {
        let chat = try await ChatWorld()
        chat.sender.answer([500, 503, 200])
        _ = try await chat.world.office.receive(chat.slack(chat.command("help")))
        try await chat.loop.drain()
        #expect(chat.sender.requests.count == 1)
        chat.world.pass(milliseconds: 2_000)
        try await chat.loop.drain()
        chat.world.pass(milliseconds: 4_000)
        try await chat.loop.drain()
        #expect(chat.sender.requests.count == 3 && Set(chat.sender.bodies).count == 1)
        chat.world.pass(milliseconds: 60_000)
        try await chat.loop.drain()
        #expect(chat.sender.requests.count == 3)
        chat.sender.answer([Int](repeating: 500, count: 100))
        _ = try await chat.world.office.receive(chat.slack(chat.command("help")))
        for _ in 0..<40 {
            try await chat.loop.drain()
            chat.world.pass(milliseconds: 60_000)
        }
        let counts = try await chat.world.office.store.read { tx in try tx.inboundCounts() }
        #expect(counts.states == ["done": 2] && counts.oldestOpen == nil)
    }

    @Test(arguments: [
        "https://evil.example/steal", "http://169.254.169.254/latest", "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/", "file:///etc/passwd", "",
    ])
    func `is answered at the platform's own address only`(_ address: String) async throws {
        let chat = try await ChatWorld()
        let body =
            "command=%2Fmix&team_id=\(ChatWorld.team)&user_id=U1&text=help&trigger_id=1&response_url="
            + ChatWorld.encoded(address)
        _ = try await chat.world.office.receive(chat.slack(body))
        try await chat.loop.drain()
        #expect(chat.sender.requests.isEmpty)
        #expect(try await chat.world.office.store.read { tx in try tx.inboundCounts().states } == ["done": 1])
    }
}

@Suite struct `A button of Mattermost` {
    private func request(_ chat: ChatWorld, _ body: JSONValue) -> InboundRequest {
        InboundRequest(
            workspace: chat.workspace.id, platform: .mattermost, isPress: true, body: body.bytes, isJSON: true,
            timestamp: nil, signature: nil, authorization: nil)
    }

    private func press(_ control: AnswerControl, user: String) -> JSONValue {
        [
            "user_id": .string(user), "trigger_id": .string(UUID().uuidString),
            "context": [
                "token": .string(control.callback?.token ?? ""), "press": .string(control.press.text),
            ],
        ]
    }

    /// Links by a slash command.
    private func link(_ chat: ChatWorld, _ person: Participant, user: String) async throws {
        let code = try await chat.world.office.linkCode(for: person.id, by: chat.world.desk).code
        let body =
            "token=\(ChatWorld.secret)&team_id=t&user_id=\(user)&command=%2Fmix&text=link+\(code)"
            + "&trigger_id=\(UUID().uuidString)&response_url=\(ChatWorld.encoded("https://127.0.0.1:9/hooks/x"))"
        _ = try await chat.world.office.receive(
            InboundRequest(
                workspace: chat.workspace.id, platform: .mattermost, isPress: false, body: Array(body.utf8),
                isJSON: false, timestamp: nil, signature: nil, authorization: "Token \(ChatWorld.secret)"))
        try await chat.loop.drain()
        #expect(chat.sender.bodies.last?.contains(person.profile.name) == true)
    }

    /// The control that a notice to the channel carries, found in what was composed for it.
    private func control(_ chat: ChatWorld, _ match: Match, channel: Channel?) async throws -> AnswerControl {
        let key = AnswerKey(
            bytes: try #require(Sealer(key: [UInt8](repeating: 7, count: 32))).key(for: "industrymix answers v1"))
        let token = AnswerToken(
            .button, match: match.id.text, channel: channel?.id.text,
            expires: chat.world.now.milliseconds / 1000 + 1_000)
        return AnswerControl(
            AnswerPress(.interested, match: match.id.text),
            callback: AnswerControl.Callback(
                url: try NoticeLink("https://mix.example.jp/x"), token: key.text(of: token)))
    }

    @Test func `acts for who pressed it, in a channel of the same server`() async throws {
        let chat = try await ChatWorld(.mattermost)
        let (asks, offers, match) = try await chat.pair()
        try await link(chat, asks, user: "ua")
        try await link(chat, offers, user: "ub")
        let common = try await chat.world.office.addChannel(
            ChannelDraft(
                name: "common", platform: .mattermost, address: "https://127.0.0.1:9/hooks/abc", language: .en,
                rules: Channel.Rules()), by: chat.world.desk
        ).channel
        let far = try await chat.world.office.addChannel(
            ChannelDraft(
                name: "far", platform: .mattermost, address: "https://chat.elsewhere.example/hooks/abc",
                language: .en, rules: Channel.Rules(), owner: offers.id), by: chat.world.desk
        ).channel
        // Whoever runs another server holds a genuine token of a channel there: it presses for nobody here.
        let stolen = try await control(chat, match, channel: far)
        _ = try await chat.world.office.receive(request(chat, press(stolen, user: "ua")))
        try await chat.loop.drain()
        #expect(try await chat.introductions().isEmpty)
        let button = try await control(chat, match, channel: common)
        let taken = try await chat.world.office.receive(request(chat, press(button, user: "ua")))
        guard case .taken(let id, isAnsweredLater: false, _) = taken else {
            Issue.record("\(taken)")
            return
        }
        async let answer = chat.waiters.body(of: id, within: 10_000)
        try await chat.loop.drain()
        #expect(await answer?.contains("ephemeral_text") == true)
        #expect(try await chat.introductions().map(\.state) == [.interested])
        #expect(try await chat.introductions()[0].needSide.answer != nil)
    }

    @Test func `is refused with a token for another match, or of another key`() async throws {
        let chat = try await ChatWorld(.mattermost)
        let (_, _, match) = try await chat.pair()
        let genuine = try await control(chat, match, channel: nil)
        let other = "match_00000000000000000000000000"
        for (token, pressed) in [
            (genuine.callback?.token ?? "", AnswerPress(.interested, match: other)),
            ("B" + (genuine.callback?.token ?? "").dropFirst(), genuine.press), ("", genuine.press),
        ] {
            let body: JSONValue = [
                "user_id": "u", "trigger_id": "1",
                "context": ["token": .string(token), "press": .string(pressed.text)],
            ]
            await #expect(throws: InboundRefusal.unproven(.wrong)) {
                try await chat.world.office.receive(request(chat, body))
            }
        }
    }
}

@Suite struct `A signed link in a message` {
    private func key() throws -> AnswerKey {
        AnswerKey(
            bytes: try #require(Sealer(key: [UInt8](repeating: 7, count: 32))).key(for: "industrymix answers v1"))
    }

    private func link(
        _ chat: ChatWorld, _ match: Match, person: Participant? = nil, channel: Channel? = nil,
        _ purpose: AnswerToken.Purpose = .link
    ) throws -> String {
        try key().text(
            of: AnswerToken(
                purpose, match: purpose == .link ? match.id.text : nil, channel: channel?.id.text,
                participant: person?.id.text, expires: chat.world.now.milliseconds / 1000 + 86_400))
    }

    @Test func `shows without changing anything, and answers once`() async throws {
        let chat = try await ChatWorld()
        let (asks, offers, match) = try await chat.pair()
        let office = chat.world.office
        let text = try link(chat, match, person: asks)
        let before = try await office.store.read { tx in try tx.lastSequence() }
        let shown = try await office.answerLink(text, reading: chat.world.reading)
        #expect(shown.person == "Asker" && shown.language == .en)
        #expect(try await office.store.read { tx in try tx.lastSequence() } == before)
        for _ in 1...2 {
            let done = try await office.act(
                onLink: text, .interested(message: "Please call"), code: nil, caller: "1.2.3.4")
            guard case .done(let words) = done else {
                Issue.record("\(done)")
                return
            }
            #expect(words.contains("Your interest is noted") && !words.contains("Giver"))
        }
        #expect(try await chat.introductions().map(\.version) == [1])
        guard
            case .match(let announced, said: .interested?) = try await office.answerLink(
                text, reading: chat.world.reading
            ).content
        else {
            Issue.record("not said")
            return
        }
        #expect(announced.id == match.id)
        _ = try await office.leave(offers.id, by: chat.world.desk)
        await #expect(throws: AnswerLinkRefusal.gone) {
            try await office.answerLink(text, reading: chat.world.reading)
        }
    }

    @Test func `of a shared channel asks who is answering`() async throws {
        let chat = try await ChatWorld()
        let (asks, _, match) = try await chat.pair()
        let office = chat.world.office
        let text = try link(chat, match, channel: try await chat.world.channel("shared"))
        #expect(try await office.answerLink(text, reading: chat.world.reading).person == nil)
        for code in [nil, "", "ABCD-EFGH"] {
            let done = try await office.act(onLink: text, .interested(message: nil), code: code, caller: "1.2.3.4")
            guard case .wrongCode = done else {
                Issue.record("\(done)")
                return
            }
        }
        #expect(try await chat.introductions().isEmpty)
        let code = try await office.linkCode(for: asks.id, by: chat.world.desk).code
        _ = try await office.act(onLink: text, .interested(message: nil), code: code, caller: "1.2.3.4")
        #expect(try await chat.introductions().map(\.state) == [.interested])
    }

    @Test func `ends the mails to one address, once, and answers nothing`() async throws {
        let chat = try await ChatWorld()
        let (asks, _, match) = try await chat.pair()
        let office = chat.world.office
        let now = chat.world.now
        let box = Channel(
            id: office.ambient.identifier(at: now), name: "box", platform: .mail, sealedAddress: "v1.00",
            shownAddress: "box@mail.example", sealedSigningKey: nil, language: .en, rules: Channel.Rules(),
            state: .active, owner: nil, purpose: .notices, version: 1, createdAt: now, updatedAt: now)
        try await office.store.write { tx in try tx.insert(box) }
        let text = try link(chat, match, channel: box, .unsubscribe)
        guard
            case .unsubscribing(from: "box@mail.example") = try await office.answerLink(
                text, reading: chat.world.reading
            ).content
        else {
            Issue.record("another page")
            return
        }
        #expect(try await office.channel(box.id, by: chat.world.desk).state == .active)
        for _ in 1...2 {
            let done = try await office.act(onLink: text, .unsubscribe, code: nil, caller: "x")
            guard case .done = done else {
                Issue.record("\(done)")
                return
            }
        }
        guard case .stopped = try await office.channel(box.id, by: chat.world.desk).state else {
            Issue.record("not stopped")
            return
        }
        #expect(try await chat.kinds().filter { $0 == .channelStopped }.count == 1)
        await #expect(throws: AnswerLinkRefusal.forged) {
            try await office.act(onLink: text, .interested(message: nil), code: nil, caller: "x")
        }
        let answering = try link(chat, match, person: asks)
        await #expect(throws: AnswerLinkRefusal.forged) {
            try await office.act(onLink: answering, .unsubscribe, code: nil, caller: "x")
        }
        let other = try link(chat, match, channel: try await chat.world.channel("chat"), .unsubscribe)
        await #expect(throws: AnswerLinkRefusal.gone) {
            try await office.act(onLink: other, .unsubscribe, code: nil, caller: "x")
        }
    }

    @Test func `is refused when it is out of date, changed, or a button's`() async throws {
        let chat = try await ChatWorld()
        let (asks, _, match) = try await chat.pair()
        let text = try link(chat, match, person: asks)
        let button = try link(chat, match, person: asks, .button)
        for odd in [button, "B" + text.dropFirst(), ""] {
            await #expect(throws: AnswerLinkRefusal.forged) {
                try await chat.world.office.answerLink(odd, reading: chat.world.reading)
            }
        }
        chat.world.pass(days: 1)
        await #expect(throws: AnswerLinkRefusal.expired) {
            try await chat.world.office.answerLink(text, reading: chat.world.reading)
        }
    }
}

@Suite struct `What people type` {
    @Test(arguments: [
        ("", ChatCommand.help), ("?", .help), (" HELP ", .help), ("ヘルプ", .help), ("link ab", .link("ab")),
        ("link abcd-2345", .link("abcd-2345")), ("matches", .matches), ("マッチ", .matches), ("pause", .pause(days: 14)),
        ("pause 2 weeks", .pause(days: 14)), ("休止 2週間", .pause(days: 14)), ("pause 10d", .pause(days: 10)),
        ("pause 1か月", .pause(days: 30)), ("일시정지 3주", .pause(days: 21)), ("暂停 1个月", .pause(days: 30)),
        ("resume", .resume), ("interested 12345678", .interested("12345678", nil)),
        ("興味あり 12345678 ぜひ", .interested("12345678", "ぜひ")), ("pass x no time", .refused("x", "no time")),
        ("dance", .unknown("dance")), ("interested", .unknown("interested")),
    ])
    func `is understood in four languages`(_ text: String, _ command: ChatCommand) {
        #expect(ChatCommand(text) == command)
    }

    @Test func `becomes a posting with title, summary and fields`() {
        let one = ChatPosting("油を取りたい | 排水から油を取り除きたい。 #食品加工 #new-materials")
        #expect(one.title == "油を取りたい" && one.summary == "排水から油を取り除きたい。")
        #expect(one.fields == ["食品加工", "new-materials"] && one.visibility == .anonymous)
        let two = ChatPosting("Glue for cold places. It hardens at 3.5 degrees. --named")
        #expect(two.title == "Glue for cold places" && two.visibility == .named)
        #expect(two.summary == "Glue for cold places. It hardens at 3.5 degrees.")
        let three = ChatPosting("題名\n要約の一行目\n二行目")
        #expect(three.title == "題名" && three.summary == "要約の一行目\n二行目")
        #expect(ChatPosting("").title.isEmpty)
    }
}
