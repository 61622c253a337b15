import Delivery
import Exchange
import Operations
import Store
import Testing

extension World {
    /// A channel with rules of its own at an address that nobody listens on.
    fileprivate func channel(_ rules: Channel.Rules, _ platform: Channel.Platform = .slack) async throws -> Channel {
        try await office.addChannel(
            ChannelDraft(
                name: "c\(rules.cadence.text)\(rules.backlog.rawValue)", platform: platform,
                address: "http://127.0.0.1:9/hooks/x", language: .en, rules: rules), by: desk
        ).channel
    }

    fileprivate func bodies(of channel: Channel) async throws -> [String] {
        try await office.store.read { tx in
            let open = try tx.openDeliveries(of: channel.id, limit: 10_000)
            let notices = try tx.notices(Set(open.map(\.notice)))
            return open.compactMap { notices[$0.notice]?.body }
        }
    }

    /// Publishes so many needs, each of which a channel that asks for postings hears of.
    fileprivate func publishNeeds(_ count: Int, from first: Int = 0, by owner: Participant) async throws {
        for number in first..<(first + count) {
            try await publish(.need, "Need number \(number).", field: "new-materials", by: owner)
        }
    }
}

@Suite struct `A channel with hours` {
    @Test func `hears once a day of all that came, every item of it`() async throws {
        let world = try await World()
        let owner = try await world.join("Owner").person
        let rules = Channel.Rules(topics: [.postings], cadence: .daily(try #require(LocalTime("08:30"))))
        let channel = try await world.channel(rules)
        try await world.publishNeeds(5, by: owner)
        #expect(try await world.bodies(of: channel) == [])
        #expect(try await world.office.releaseGathered() == 0)
        let waiting = try await world.office.gathered(for: channel.id, by: world.desk)
        #expect(waiting.count == 5)
        let next = try #require(waiting.next)
        let reading = LocalClock(offsetMinutes: 540).reading(at: next)
        #expect(reading.time.text == "08:30")
        world.pass(milliseconds: next.milliseconds - world.now.milliseconds)
        #expect(try await world.office.releaseGathered() == 1)
        #expect(try await world.office.releaseGathered() == 0)
        let bodies = try await world.bodies(of: channel)
        #expect(bodies.count == 1)
        for number in 0..<5 { #expect(bodies[0].contains("Need number \(number).")) }
        #expect(bodies[0].contains("5 notices"))
    }

    @Test(arguments: [Channel.Platform.slack, .lineWorks, .discord, .generic])
    func `gets as many messages as its platform needs to show everything`(_ platform: Channel.Platform) async throws {
        let world = try await World()
        let owner = try await world.join("Owner").person
        let channel = try await world.channel(Channel.Rules(topics: [.postings], cadence: .hourly), platform)
        try await world.publishNeeds(70, by: owner)
        world.pass(milliseconds: 3_600_000)
        let count = try await world.office.releaseGathered()
        let bodies = try await world.bodies(of: channel)
        #expect(bodies.count == count)
        #expect(count >= 2 && count <= 20)
        for number in 0..<70 {
            #expect(bodies.filter { $0.contains("Need number \(number).") }.count == 1, "\(number)")
        }
    }

    @Test func `is not written to in quiet hours, and then each notice comes or all in one`() async throws {
        for (backlog, messages) in [(Channel.Backlog.each, 3), (.merged, 1)] {
            let world = try await World()
            let owner = try await world.join("Owner").person
            var rules = Channel.Rules(topics: [.postings], backlog: backlog)
            let time = LocalClock(offsetMinutes: 540).reading(at: world.now).time
            rules.quietHours = Channel.QuietHours(
                from: time, until: LocalTime(minuteOfDay: (time.minuteOfDay + 60) % 1440), days: [])
            let channel = try await world.channel(rules)
            try await world.publishNeeds(3, by: owner)
            #expect(try await world.bodies(of: channel) == [])
            world.pass(milliseconds: 59 * 60_000 - 60_000)
            #expect(try await world.office.releaseGathered() == 0)
            world.pass(milliseconds: 2 * 60_000)
            #expect(try await world.office.releaseGathered() == messages)
            // Afterwards things come at once again.
            try await world.publishNeeds(1, from: 9, by: owner)
            #expect(try await world.bodies(of: channel).count == messages + 1)
        }
    }

    @Test func `says what came while it was muted in one message, in the order of everything else`() async throws {
        let world = try await World()
        let owner = try await world.join("Owner").person
        let channel = try await world.channel(Channel.Rules(topics: [.postings], backlog: .merged))
        _ = try await world.office.muteChannel(channel.id, until: world.now.advanced(byDays: 2), by: world.desk)
        try await world.publishNeeds(4, by: owner)
        #expect(try await world.office.releaseGathered() == 0)
        _ = try await world.office.resumeChannel(channel.id, by: world.desk)
        // It comes before what is raised after it.
        try await world.publishNeeds(1, from: 4, by: owner)
        #expect(try await world.office.releaseGathered() == 1)
        let bodies = try await world.bodies(of: channel)
        #expect(bodies.count == 1)
        for number in 0..<5 { #expect(bodies[0].contains("Need number \(number).")) }
    }

    @Test func `that more is said to than it takes hears the rest in few messages`() async throws {
        let world = try await World()
        let owner = try await world.join("Owner").person
        let channel = try await world.channel(Channel.Rules(topics: [.postings], backlog: .merged))
        try await world.publishNeeds(60, by: owner)
        let line = try await world.bodies(of: channel).count
        #expect(line == 12)
        // As long as the line is long, nothing is added to it.
        #expect(try await world.office.releaseGathered() == 0)
        try await world.office.store.write { tx in
            for var delivery in try tx.openDeliveries(of: channel.id, limit: 100) {
                delivery.progress = DeliveryProgress(state: .delivered(at: 0), firstDue: 0, tries: 1, doubts: 0)
                _ = try tx.update(delivery, ifHeldBy: nil)
            }
        }
        let messages = try await world.office.releaseGathered()
        #expect(messages >= 1 && messages <= 6)
        let all = try await world.bodies(of: channel)
        for number in 12..<60 { #expect(all.filter { $0.contains("Need number \(number).") }.count == 1) }
    }

    @Test func `whose rules become quicker is told at once what waited`() async throws {
        let world = try await World()
        let owner = try await world.join("Owner").person
        let weekly = Channel.Rules(topics: [.postings], cadence: .weekly(.mon, LocalTime(minuteOfDay: 0)))
        let channel = try await world.channel(weekly)
        try await world.publishNeeds(2, by: owner)
        _ = try await world.office.reviseChannel(channel.id, { $0.rules.cadence = .immediate }, by: world.desk)
        #expect(try await world.office.releaseGathered() == 2)
    }
}

@Suite struct `A rule preview` {
    @Test func `shows what would have come, by the rules that route`() async throws {
        let world = try await World()
        let owner = try await world.join("Owner").person
        let rules = Channel.Rules(topics: [.postings], fields: [FieldCode("making")])
        let channel = try await world.channel(rules)
        for (title, field) in [
            ("Casting", "new-materials"), ("Chips", "electronics-semiconductor"), ("Pears", "agriculture"),
        ] {
            let draft = try await world.office.draft(
                .need,
                PostingContent(title: title, summary: title, fields: [FieldCode(field)], language: .en), for: owner.id,
                by: world.desk)
            world.pass(milliseconds: 1000)
            _ = try await world.office.publish(draft.id, by: world.desk)
        }
        let sent = try await world.bodies(of: channel)
        let own = try await world.office.previewChannel(channel.id, days: 30, by: world.desk)
        #expect(own.total == sent.count)
        #expect(own.considered == 3)
        #expect(own.messages == 2)
        #expect(own.notices.map(\.title) == ["New posting: Chips", "New posting: Casting"])
        #expect(own.waiting == GatheredCount(count: 0, next: nil))
        // Other rules are tried without being written.
        var wider = rules
        wider.fields = []
        wider.cadence = .hourly
        let tried = try await world.office.previewChannel(channel.id, trying: wider, days: 30, by: world.desk)
        #expect(tried.total == 3)
        #expect(tried.messages == 1)
        #expect(try await world.office.channel(channel.id, by: world.desk).rules == rules)
        world.pass(days: 10)
        #expect(try await world.office.previewChannel(channel.id, days: 9, by: world.desk).total == 0)
    }

    @Test func `holds matches and introductions as well, and tells members only of their own`() async throws {
        let world = try await World()
        let (food, foodActor) = try await world.join("Food")
        let (sensor, _) = try await world.join("Sensor")
        let (_, strangerActor) = try await world.join("Stranger")
        try await world.publish(
            .seed, "Thin film freshness sensor printed on labels for cold chain boxes",
            field: "electronics-semiconductor", by: sensor)
        try await world.publish(
            .need, "Freshness sensor for chilled fish boxes during cold chain transport", field: "food-processing",
            by: food)
        #expect(try await world.matchmaker.catchUp() == 1)
        let match = try #require(try await world.matches().first)
        world.pass(milliseconds: 1000)
        _ = try await world.office.answer(match.id, .interested(message: nil), for: .need, by: foodActor)
        let all = try await world.office.previewChannel(
            owner: nil, language: .en, rules: Channel.Rules(), days: 1, by: world.desk)
        #expect(all.notices.map(\.topic) == [.introductions, .matches])
        #expect(all.waiting == nil)
        let own = try await world.office.previewChannel(
            owner: strangerActor.participant, language: .en, rules: Channel.Rules(), days: 1, by: strangerActor)
        #expect(own.total == 0)
        let refused = try await refusal {
            try await world.office.previewChannel(
                owner: nil, language: .en, rules: Channel.Rules(), days: 1, by: strangerActor)
        }
        guard case .forbidden = refused else {
            Issue.record("\(refused)")
            return
        }
    }
}

@Suite struct `A channel's secrets` {
    private static let token = "syt_" + String(repeating: "Q", count: 32)

    private func draft(
        _ platform: Channel.Platform, _ address: String, _ credential: String? = nil
    ) -> ChannelDraft {
        ChannelDraft(
            name: "room", platform: platform, address: address, credential: credential, language: .ja,
            rules: Channel.Rules())
    }

    @Test(arguments: [
        (Channel.Platform.matrix, "http://127.0.0.1:9/_matrix/client/v3/rooms/!a:b", String?.none, "credential"),
        (.matrix, "http://127.0.0.1:9/_matrix/client/v3/rooms/", "token-token", "address"),
        (.chatwork, "http://127.0.0.1:9/v2/rooms/12/messages", "short", "credential"),
        (.zulip, "http://127.0.0.1:9/api/v1/messages?to=a&topic=b", "no-colon", "credential"),
        (.slack, "http://127.0.0.1:9/x", "not-wanted", "credential"),
    ])
    func `are asked for by name`(
        _ platform: Channel.Platform, _ address: String, _ credential: String?, _ field: String
    ) async throws {
        let world = try await World()
        let found = try await refusal {
            try await world.office.addChannel(draft(platform, address, credential), by: world.desk)
        }
        guard case .invalid(let problems) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(problems.map(\.field) == [field])
    }

    @Test func `are sealed, and carried to the platform`() async throws {
        let world = try await World()
        let made = try await world.office.addChannel(
            draft(.matrix, "http://127.0.0.1:9/_matrix/client/v3/rooms/!a:b", Self.token), by: world.desk
        ).channel
        let sealed = try #require(made.sealedCredential)
        #expect(!sealed.contains(Self.token))
        #expect(!"\(made)".contains(Self.token))
        let renewed = try await world.office.reviseChannel(
            made.id, credential: Self.token + "2", { _ in }, by: world.desk)
        #expect(renewed.sealedCredential != sealed)
    }

    @Test func `are exchanged without a gap`() async throws {
        let world = try await World()
        let made = try await world.office.addChannel(draft(.generic, "http://127.0.0.1:9/x"), by: world.desk)
        let rotated = try await world.office.rotateSigningKey(of: made.channel.id, overlapDays: 2, by: world.desk)
        #expect(rotated.signingKey != made.signingKey)
        #expect(rotated.channel.retiringKey?.until == world.now.advanced(byDays: 2))
        let ended = try await world.office.rotateSigningKey(of: made.channel.id, overlapDays: 0, by: world.desk)
        #expect(ended.channel.retiringKey == nil)
        let chat = try await world.channel(Channel.Rules())
        _ = try await refusal {
            try await world.office.rotateSigningKey(of: chat.id, overlapDays: 1, by: world.desk)
        }
        _ = try await refusal {
            try await world.office.rotateSigningKey(of: made.channel.id, overlapDays: 31, by: world.desk)
        }
    }
}
