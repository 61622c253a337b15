import Delivery
import Exchange
import Foundation
import Operations
import Store
import Synchronization
import Testing

/// A sender that keeps what it is given, and answers as told.
final class KeptAnswers: WireSender {
    private struct State {
        var requests: [WireRequest] = []
        var statuses: [Int] = []
    }
    private let state = Mutex(State())

    var requests: [WireRequest] { state.withLock { $0.requests } }
    var bodies: [String] { requests.map { String(decoding: $0.body, as: UTF8.self) } }

    /// The statuses of the next answers; 200 when there are no more.
    func answer(_ statuses: [Int]) { state.withLock { $0.statuses = statuses } }

    func send(_ request: WireRequest) async -> WireOutcome {
        let status = state.withLock { state in
            state.requests.append(request)
            return state.statuses.isEmpty ? 200 : state.statuses.removeFirst()
        }
        return WireOutcome(.answered(WireAnswer(status: status, body: Array("ok".utf8))))
    }
}

/// A world with a Slack workspace, two people whose postings match, and the loop that does what is asked.
struct ChatWorld {
    let world: World
    let workspace: Workspace
    let sender = KeptAnswers()
    let waiters = InboundWaiters()
    let loop: InboundLoop<StoredExchange, KeptAnswers>
    static let secret = "8f742231b10e8888abcd99yyyzzz85a5"
    static let team = "T012AB3CD"

    init(_ platform: Workspace.Platform = .slack) async throws {
        world = try await World()
        workspace = try await world.office.addWorkspace(
            WorkspaceDraft(
                name: "Nanbu", platform: platform, realm: platform == .slack ? Self.team : "https://127.0.0.1:9/",
                secret: Self.secret, language: .ja), by: world.desk)
        loop = InboundLoop(
            office: world.office, reading: world.reading, sender: sender, signal: Signal(), waiters: waiters,
            holder: "test")
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// A signed request of Slack.
    func slack(_ body: String, seconds: Int64? = nil, secret: String = Self.secret) -> InboundRequest {
        let time = String(seconds ?? world.now.milliseconds / 1000)
        let bytes = Array(body.utf8)
        return InboundRequest(
            workspace: workspace.id, platform: .slack, isPress: false, body: bytes, isJSON: false, timestamp: time,
            signature: SlackProof.signature(body: bytes, timestamp: time, secret: secret), authorization: nil)
    }

    func command(_ text: String, user: String = "U1", team: String = Self.team) -> String {
        "command=%2Fmix&team_id=\(team)&user_id=\(user)&user_name=hanako&text=\(Self.encoded(text))"
            + "&trigger_id=\(UUID().uuidString)&response_url=\(Self.encoded("https://127.0.0.1:9/commands/\(user)"))"
    }

    func press(_ press: AnswerPress, user: String = "U1") -> String {
        let payload: JSONValue = [
            "type": "block_actions", "team": ["id": .string(Self.team)],
            "user": ["id": .string(user), "username": "hanako", "team_id": .string(Self.team)],
            "trigger_id": .string(UUID().uuidString), "response_url": .string("https://127.0.0.1:9/actions/\(user)"),
            "actions": [["action_id": .string(press.actionID), "value": .string(press.text)]],
        ]
        return "payload=" + Self.encoded(String(decoding: payload.bytes, as: UTF8.self))
    }

    /// Sends a command and does what it asks; what the person is answered.
    @discardableResult
    func say(_ text: String, user: String = "U1") async throws -> String {
        _ = try await world.office.receive(slack(command(text, user: user)))
        try await loop.drain()
        return sender.bodies.last ?? ""
    }

    @discardableResult
    func push(_ press: AnswerPress, user: String = "U1") async throws -> String {
        _ = try await world.office.receive(slack(self.press(press, user: user)))
        try await loop.drain()
        return sender.bodies.last ?? ""
    }

    func link(_ person: Participant, user: String = "U1") async throws {
        let code = try await world.office.linkCode(for: person.id, by: world.desk).code
        try await say("link \(code)", user: user)
    }

    /// Two people of different organizations with a match between a need and a seed.
    func pair(
        visibility: PostingContent.Visibility = .anonymous
    ) async throws -> (asks: Participant, offers: Participant, match: Match) {
        let asks = try await world.join("Asker").person
        let offers = try await world.join("Giver").person
        try await world.publish(
            .need, "Sealing glue that hardens in the cold", field: "food-processing", by: asks, visibility: visibility)
        try await world.publish(
            .seed, "Glue that hardens in the cold for sealing", field: "new-materials", by: offers,
            visibility: visibility)
        _ = try await world.round()
        return (asks, offers, try #require(try await world.matches().first))
    }

    func kinds() async throws -> [Happening.Kind] {
        try await world.office.happenings(HappeningFilter(), PageRequest(limit: 200), by: world.desk).items.map(
            \.happening.kind)
    }

    func introductions() async throws -> [Introduction] {
        try await world.office.introductions(IntroductionFilter(), PageRequest(), by: world.desk).items.map(
            \.introduction)
    }
}

@Suite struct `People in a chat` {
    @Test func `are told how to link, and linked by a code that works once`() async throws {
        let chat = try await ChatWorld()
        let (person, _) = try await chat.world.join("Sato")
        #expect(try await chat.say("matches").contains("/mix link"))
        let code = try await chat.world.office.linkCode(for: person.id, by: chat.world.desk).code
        #expect(try await chat.say("link \(code.lowercased().replacing("-", with: " "))").contains("Sato"))
        #expect(try await chat.say("link \(code)", user: "U2").contains("正しくない"))
        let accounts = try await chat.world.office.chatAccounts(of: person.id, by: chat.world.desk)
        #expect(accounts.map(\.key) == ["slack:T012AB3CD:U1"])
        #expect(try await chat.kinds().filter { $0 == .chatLinked }.count == 1)
        #expect(try await chat.say("unlink").contains("no longer connected"))
        #expect(try await chat.say("matches").contains("/mix link"))
    }

    @Test func `cannot use a code after ten minutes, nor guess one`() async throws {
        let chat = try await ChatWorld()
        let (person, _) = try await chat.world.join("Sato")
        let late = try await chat.world.office.linkCode(for: person.id, by: chat.world.desk).code
        chat.world.pass(milliseconds: 600_000)
        #expect(try await chat.say("link \(late)").contains("正しくない"))
        for guess in 1...4 { try await chat.say("link ABCD-EFG\(guess + 1)") }
        let good = try await chat.world.office.linkCode(for: person.id, by: chat.world.desk).code
        #expect(try await chat.say("link \(good)").contains("お待ち"))
        #expect(try await chat.world.office.chatAccounts(of: person.id, by: chat.world.desk).isEmpty)
        // Others are not held up, and the one who guessed is let in again after a while.
        #expect(try await chat.say("link \(good)", user: "U2").contains("Sato"))
        chat.world.pass(milliseconds: 15 * 60_000)
        let again = try await chat.world.office.linkCode(for: person.id, by: chat.world.desk).code
        #expect(try await chat.say("link \(again)").contains("Sato"))
    }

    @Test func `make codes for themselves only`() async throws {
        let chat = try await ChatWorld()
        let (one, actor) = try await chat.world.join("Sato")
        let (other, _) = try await chat.world.join("Kato")
        _ = try await chat.world.office.linkCode(by: actor)
        let refused = try await refusal { try await chat.world.office.linkCode(for: other.id, by: actor) }
        guard case .forbidden = refused else {
            Issue.record("\(refused)")
            return
        }
        let shown = try await refusal { try await chat.world.office.chatAccounts(of: other.id, by: actor) }
        guard case .forbidden = shown else {
            Issue.record("\(shown)")
            return
        }
        #expect(try await chat.world.office.chatAccounts(of: one.id, by: actor).isEmpty)
    }

    @Test func `post anonymously into review, and hear what would give them away`() async throws {
        let chat = try await ChatWorld()
        let (person, actor) = try await chat.world.join("Sato")
        try await chat.link(person)
        let posted = try await chat.say("need Oil in waste water | We want to take oil out of it. #food-processing")
        #expect(posted.contains("sent to review"))
        let given = try await chat.say("seed Glue of Sato Works | Sato Works makes glue. #new-materials")
        #expect(given.contains("kept as a draft") && given.contains("Sato Works"))
        let unknown = try await chat.say("ニーズ:冷たい所で固まる接着剤 #nosuchfield")
        #expect(unknown.contains("a field"))
        #expect(try await chat.say("need").contains("a title"))
        let own = try await chat.world.office.postings(PostingFilter(), PageRequest(), by: actor).items.map(\.posting)
        #expect(own.count == 3 && own.allSatisfy { $0.content.visibility == .anonymous && $0.owner == person.id })
        #expect(own.map(\.state.word).sorted() == ["draft", "draft", "in_review"])
    }

    @Test func `take a break and come back`() async throws {
        let chat = try await ChatWorld()
        let (person, actor) = try await chat.world.join("Sato")
        try await chat.link(person)
        try await chat.say("pause 2 weeks")
        let paused = try await chat.world.office.participant(person.id, by: actor)
        #expect(paused.status == .paused(until: chat.world.now.advanced(byDays: 14)))
        try await chat.say("再開")
        #expect(try await chat.world.office.participant(person.id, by: actor).status == .active)
        #expect(try await chat.say("pause for ever").contains("not understood"))
    }

    @Test func `see their matches alone, with no name of the other side`() async throws {
        let chat = try await ChatWorld()
        let (asks, offers, match) = try await chat.pair()
        try await chat.link(asks)
        let shown = try await chat.say("matches")
        #expect(shown.contains("\"response_type\":\"ephemeral\"") && !shown.contains("in_channel"))
        #expect(shown.contains("Glue that hardens in the cold") && shown.contains(match.id.text))
        for hidden in ["Giver", offers.id.text, offers.organization.text] { #expect(!shown.contains(hidden)) }
        let (stranger, _) = try await chat.world.join("Other")
        try await chat.link(stranger, user: "U2")
        let nothing = try await chat.say("matches", user: "U2")
        #expect(!nothing.contains("Glue"))
    }

    @Test func `who have left cannot act any more`() async throws {
        let chat = try await ChatWorld()
        let (asks, _, match) = try await chat.pair()
        try await chat.link(asks)
        _ = try await chat.world.office.leave(asks.id, by: chat.world.desk)
        #expect(try await chat.push(AnswerPress(.interested, match: match.id.text)).contains("/mix link"))
        #expect(try await chat.introductions().isEmpty)
    }
}

@Suite struct `A button in a chat` {
    @Test func `pressed twice has one effect`() async throws {
        let chat = try await ChatWorld()
        let (asks, offers, match) = try await chat.pair()
        try await chat.link(asks)
        try await chat.link(offers, user: "U2")
        let press = AnswerPress(.interested, match: match.id.text)
        #expect(try await chat.push(press).contains("Your interest is noted"))
        #expect(try await chat.push(press).contains("Your interest is noted"))
        let once = try await chat.introductions()
        #expect(once.map(\.state) == [.interested] && once.first?.version == 1)
        #expect(try await chat.kinds().filter { $0 == .interestExpressed }.count == 1)
        #expect(try await chat.push(press, user: "U2").contains("Both sides want to meet"))
        #expect(try await chat.introductions().map(\.state) == [.mutual])
    }

    @Test func `asks for a reason, and takes it`() async throws {
        let chat = try await ChatWorld()
        let (asks, _, match) = try await chat.pair()
        try await chat.link(asks)
        let menu = try await chat.push(AnswerPress(.refused, match: match.id.text))
        #expect(menu.contains("static_select") && menu.contains("refused.no_capacity.\(match.id.text)"))
        #expect(try await chat.introductions().isEmpty)
        try await chat.push(AnswerPress(.refused, match: match.id.text, reason: "no_capacity"))
        #expect(try await chat.introductions().map(\.state) == [.refused])
        let number = String(match.id.text.suffix(8))
        #expect(try await chat.say("pass \(number) we know them already").contains("Noted"))
        guard case .refused(.other, "we know them already", _, _) = try await chat.introductions()[0].needSide.answer
        else {
            Issue.record("no words")
            return
        }
    }

    @Test func `asks the coordinators once, and channels do not hear who`() async throws {
        let chat = try await ChatWorld()
        let (asks, _, match) = try await chat.pair()
        try await chat.link(asks)
        let channel = try await chat.world.channel("office")
        try await chat.push(AnswerPress(.asked, match: match.id.text))
        try await chat.push(AnswerPress(.asked, match: match.id.text))
        let number = String(match.id.text.suffix(8))
        try await chat.say("ask \(number) Does it harden at -20 degrees?")
        let kinds = try await chat.kinds()
        #expect(kinds.filter { $0 == .coordinatorAsked }.count == 2)
        var filter = DeliveryFilter()
        filter.channel = channel.id
        let told = try await chat.world.office.deliveries(filter, PageRequest(), by: chat.world.desk).items
        let bodies = try await chat.world.office.store.read { tx in
            try tx.notices(Set(told.map(\.notice))).values.map(\.body).joined()
        }
        #expect(bodies.contains("A question for the coordinators"))
        for hidden in ["Asker", "-20", asks.id.text, asks.organization.text] { #expect(!bodies.contains(hidden)) }
    }

    @Test func `answers nothing for people of neither side, coordinators included`() async throws {
        let chat = try await ChatWorld()
        let (_, _, match) = try await chat.pair()
        let stranger = try await chat.world.join("Other").person
        let coordinator = try await chat.world.join("Coordinator", .coordinator).person
        try await chat.link(stranger, user: "U2")
        try await chat.link(coordinator, user: "U3")
        let press = AnswerPress(.interested, match: match.id.text)
        #expect(try await chat.push(press, user: "U2").contains("no such match"))
        #expect(try await chat.push(press, user: "U3").contains("Neither posting"))
        #expect(try await chat.introductions().isEmpty)
    }
}
