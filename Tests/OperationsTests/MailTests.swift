import Delivery
import Exchange
import Foundation
import Operations
import Store
import Testing

extension MailPost {
    /// A server that nobody asks: the tests look at what would be sent.
    static var forTests: MailPost? {
        guard
            let server = MailServer(
                host: "127.0.0.1", port: 25, encryption: .none, account: nil, allowing: HostAllowance(["127.0.0.1"])),
            let from = try? MailBox("mix@example.jp", name: "Industry Mix")
        else { return nil }
        return MailPost(server: server, from: from, links: Links())
    }

    private struct Links: LetterLinking {
        func unsubscribing(from channel: Identifier<Channel>) -> NoticeLink? {
            try? NoticeLink("https://mix.example.jp/letters/\(channel.text)")
        }
    }
}

private func texts(_ request: WireRequest) throws -> String {
    let lines = String(decoding: request.body, as: UTF8.self).components(separatedBy: "\r\n")
    // Every part in base64 is decoded, so that words can be looked for.
    var all = lines.joined(separator: "\n")
    for part in all.components(separatedBy: "base64\n\n").dropFirst() {
        let code = part.prefix { $0 != "-" }.filter { $0 != "\n" }
        all += String(decoding: try #require(Base64.bytes(of: code)), as: UTF8.self)
    }
    return all.replacing("=\n", with: "")
}

@Suite struct `An invitation` {
    @Test func `is mailed with its link, and the link stands readable nowhere else`() async throws {
        let world = try await World(mail: .forTests)
        let home = try await world.office.register(
            Organization.Profile(name: "Works", kind: .company), by: world.desk)
        let profile = Participant.Profile(
            name: "山田 花子", email: try EmailAddress("hana@example.jp"), language: .ja)
        let invitation = try await world.office.invite(profile, of: home.id, as: .member, by: world.desk)
        let delivery = try #require(invitation.delivery)
        let wire = ScriptedWire()
        try await world.loop(wire).drain()
        let request = try #require(wire.seen.first)
        #expect(wire.seen.count == 1)
        #expect(request.mail?.to.address == "hana@example.jp")
        #expect(try texts(request).contains("/join/" + invitation.secret))
        #expect(try texts(request).contains("Message-ID: <\(delivery.text)@example.jp>"))
        #expect(try await world.office.delivery(delivery, by: world.desk).delivery.progress.state.word == "delivered")
        for name in try FileManager.default.contentsOfDirectory(atPath: world.folder.path) {
            let bytes = try Data(contentsOf: world.folder.appending(path: name))
            #expect(bytes.firstRange(of: Data(invitation.secret.utf8)) == nil, "\(name)")
        }
    }

    @Test func `is handed over by hand where no mail server is set up`() async throws {
        let world = try await World()
        let home = try await world.office.register(
            Organization.Profile(name: "Works", kind: .company), by: world.desk)
        let profile = Participant.Profile(name: "Hana", email: try EmailAddress("hana@example.jp"), language: .en)
        let invitation = try await world.office.invite(profile, of: home.id, as: .member, by: world.desk)
        #expect(invitation.delivery == nil && invitation.secret.hasPrefix("imx_invite_"))
        #expect(try await world.office.deliveries(DeliveryFilter(), PageRequest(), by: world.desk).items.isEmpty)
    }

    @Test func `is the same mail at every try`() async throws {
        let world = try await World(mail: .forTests)
        _ = try await world.join("Hana")
        let wire = ScriptedWire([.ambiguous(.timedOut), .notSent(.connectionFailed)])
        for _ in 0..<3 {
            try await world.loop(wire).drain()
            world.pass(days: 0, milliseconds: 120_000)
        }
        #expect(wire.seen.count == 3)
        #expect(Set(wire.seen.map(\.body)).count == 1)
    }
}

@Suite struct `Letters to a person` {
    private func letter(_ kind: LetterKind) -> Letter {
        Letter(kind, language: .en, subject: "s", source: "x", reference: "r")
    }

    private func queue(
        _ kind: LetterKind, _ world: World, to person: Participant
    ) async throws -> Identifier<OutboxDelivery>? {
        let letter = letter(kind)
        return try await world.office.store.write { tx in
            try world.office.queueMail(letter, to: person, subject: person.id.text, in: tx)
        }
    }

    @Test func `wait in a line of their own that is no channel of the exchange`() async throws {
        let world = try await World(mail: .forTests)
        let (person, _) = try await world.join("Hana")
        _ = try await queue(.notice, world, to: person)
        #expect(try await world.office.channels(by: world.desk).isEmpty)
        let found = try await world.office.store.read { [person] in
            try $0.channel(name: "mailto:" + person.profile.email.text)
        }
        let lane = try #require(found)
        #expect(lane.owner == person.id && lane.platform == .mail)
        let odd = ChannelDraft(
            name: lane.name, platform: .generic, address: "http://127.0.0.1:9/x", language: .en, rules: Channel.Rules())
        #expect(try await refusal { try await world.office.addChannel(odd, by: world.desk) }.fields == ["name"])
    }

    @Test func `shrink to the needed ones when the reader ends the others`() async throws {
        let world = try await World(mail: .forTests)
        let (person, _) = try await world.join("Hana")
        let waiting = try #require(try await queue(.notice, world, to: person))
        let lane = try await world.office.delivery(waiting, by: world.desk).delivery.channel
        try await world.office.unsubscribe(lane)
        try await world.office.unsubscribe(lane)
        #expect(try await world.office.delivery(waiting, by: world.desk).delivery.progress.state.word == "dead")
        #expect(try await queue(.notice, world, to: person) == nil)
        #expect(try await queue(.signIn, world, to: person) != nil)
        let wire = ScriptedWire()
        try await world.loop(wire).drain()
        #expect(wire.seen.count == 1)
    }

    @Test func `that are digests stop with the mailbox channel`() async throws {
        let world = try await World(mail: .forTests)
        let (person, actor) = try await world.join("Hana")
        let draft = ChannelDraft(
            name: "mine", platform: .mail, address: person.profile.email.text, language: .ja, rules: Channel.Rules(),
            owner: person.id)
        let channel = try await world.office.addChannel(draft, by: actor).channel
        #expect(channel.shownAddress == person.profile.email.text)
        _ = try await world.office.testChannel(channel.id, by: actor)
        let wire = ScriptedWire()
        try await world.loop(wire).drain()
        // Her invitation went out too, which carries none.
        let ending = try wire.seen.filter {
            try texts($0).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        }
        #expect(ending.count == 1 && wire.seen.count == 2)
        try await world.office.unsubscribe(channel.id)
        #expect(try await world.office.channel(channel.id, by: actor).state.word == "stopped")
        var other = draft
        other.name = "theirs"
        other.address = "somebody@else.example"
        let stranger = other
        let refused = try await refusal { try await world.office.addChannel(stranger, by: actor) }
        guard case .forbidden = refused else {
            Issue.record("\(refused)")
            return
        }
    }
}

extension LetterTexts {
    fileprivate static func all(_ language: Language) -> [Letter] {
        let texts = LetterTexts(language, ExchangeSettings(name: "交流"))
        let channel = Channel(
            id: Identifier(stored: "channel_1"), name: "n", platform: .slack, sealedAddress: "", shownAddress: "a",
            sealedSigningKey: nil, language: language, rules: Channel.Rules(), state: .active, owner: nil, version: 1,
            createdAt: World.start, updatedAt: World.start)
        return [
            texts.invitation("花子", secret: "imx_invite_x", until: World.start),
            texts.signIn("花子", secret: "imx_link_x", until: World.start),
            texts.channelStopped(channel, reason: "reason", kept: 3),
        ]
    }
}

@Suite struct `The letters of the exchange` {
    @Test(arguments: Language.allCases) func `are whole in every language`(_ language: Language) {
        for letter in LetterTexts.all(language) {
            #expect(letter.language.rawValue == language.rawValue)
            #expect(!letter.subject.isEmpty && letter.paragraphs.allSatisfy { !$0.isEmpty })
            #expect(letter.actions.count == (letter.kind == .channelStopped ? 0 : 1))
            #expect(!letter.reference.contains("imx_"))
        }
        let subjects = Set(Language.allCases.map { LetterTexts.all($0).map(\.subject) })
        #expect(subjects.count == Language.allCases.count)
    }
}
