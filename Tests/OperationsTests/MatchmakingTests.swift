import Exchange
import Operations
import Testing

@Suite struct `A published posting` {
    private static let need = "Freshness sensor for chilled fish boxes during cold chain transport"
    private static let seed = "Thin film freshness sensor printed on labels for cold chain boxes"

    @Test func `is matched across fields with a reason, and told to the channel once`() async throws {
        let world = try await World()
        _ = try await world.channel("office")
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        try await world.publish(.seed, Self.seed, field: "electronics-semiconductor", by: maker)
        try await world.publish(.need, Self.need, field: "food-processing", by: fisher)
        #expect(try await world.matchmaker.catchUp() == 1)
        #expect(try await world.matchmaker.catchUp() == 0)
        let match = try #require(try await world.matches().first)
        #expect(match.kind == .bridge)
        let shown = try await world.office.match(match.id, in: .en, reading: world.reading, by: world.desk)
        #expect(!shown.words.isEmpty && shown.words.count <= 3)
        let sent = try await world.office.deliveries(DeliveryFilter(), PageRequest(), by: world.desk)
        #expect(sent.items.count == 1)
    }

    @Test func `is matched after a restart if it was published while nothing ran`() async throws {
        let world = try await World()
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        try await world.publish(.seed, Self.seed, field: "electronics-semiconductor", by: maker)
        try await world.matchmaker.catchUp()
        try await world.publish(.need, Self.need, field: "food-processing", by: fisher)
        let restarted = Matchmaker(office: world.office, reading: world.reading, signal: Signal())
        #expect(try await restarted.catchUp() == 1)
    }

    @Test(arguments: ["veto", "one organization", "paused", "withdrawn", "dismissed"])
    func `is never matched against a hard rule`(_ rule: String) async throws {
        let world = try await World()
        let (fisher, fishing) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker", of: rule == "one organization" ? "Fisher Works" : nil)
        let seed = try await world.publish(.seed, Self.seed, field: "electronics-semiconductor", by: maker)
        switch rule {
        case "veto":
            _ = try await world.office.placeVeto(
                between: fisher.organization, and: maker.organization, reason: nil, by: fishing)
        case "paused":
            _ = try await world.office.pause(maker.id, until: world.now.advanced(byDays: 14), by: world.desk)
        case "withdrawn": _ = try await world.office.pause(seed.id, by: world.desk)
        default: break
        }
        try await world.publish(.need, Self.need, field: "food-processing", by: fisher)
        let found = try await world.matchmaker.catchUp()
        #expect(found == (rule == "dismissed" ? 1 : 0))
        guard rule == "dismissed", let match = try await world.matches().first else { return }
        _ = try await world.office.dismiss(match.id, because: "known", by: world.desk)
        world.pass(days: 400)
        let report = try await world.matchmaker.round(by: world.desk)
        #expect(report.newMatches == 0)
    }

    @Test func `of a paused owner is matched again when the pause has ended`() async throws {
        let world = try await World()
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        try await world.publish(.seed, Self.seed, field: "electronics-semiconductor", by: maker)
        _ = try await world.office.pause(maker.id, until: world.now.advanced(byDays: 14), by: world.desk)
        try await world.publish(.need, Self.need, field: "food-processing", by: fisher)
        #expect(try await world.matchmaker.catchUp() == 0)
        world.pass(days: 15)
        #expect(try await world.matchmaker.catchUp() == 1)
    }

    @Test func `is found by its words and by nothing else`() async throws {
        let world = try await World()
        let (maker, _) = try await world.join("Maker")
        let seed = try await world.publish(
            .seed, "氷温での鮮度保持", "凍らせずに魚の鮮度を保つ技術", field: "food-processing", by: maker)
        try await world.matchmaker.catchUp()
        #expect(world.matchmaker.search("鮮度保持", kind: nil) == [seed.id])
        #expect(world.matchmaker.search("鮮度保持", kind: .need) == [])
        #expect(world.matchmaker.search("半導体", kind: nil) == [])
    }
}

@Suite struct `An answer to a match` {
    private func pair() async throws -> (World, Match, need: Actor, seed: Actor, needPosting: Posting) {
        let world = try await World()
        let (fisher, fishing) = try await world.join("Fisher")
        let (maker, making) = try await world.join("Maker")
        try await world.publish(
            .seed, "Thin film freshness sensor label", "Freshness sensor for boxes", field: "electronics-semiconductor",
            by: maker)
        let need = try await world.publish(
            .need, "Freshness sensor for fish boxes", "Sensor that shows freshness", field: "food-processing",
            by: fisher, visibility: .anonymous)
        try await world.matchmaker.catchUp()
        return (world, try #require(try await world.matches().first), fishing, making, need)
    }

    @Test func `leads from interest to an introduction, and only then tells who is who`() async throws {
        let (world, match, fishing, making, need) = try await pair()
        #expect(try await world.office.posting(need.id, by: making).owner == nil)
        let first = try await world.office.answer(match.id, .interested(message: "Tell us more"), by: making)
        #expect(first.state == .interested)
        let early = try await refusal { try await world.office.introduce(first.id, by: world.desk) }
        #expect(early == .conflict(.state(subject: "introduction", state: "interested", verb: "introduced")))
        let second = try await world.office.answer(match.id, .interested(message: nil), by: fishing)
        #expect(second.state == .mutual)
        #expect(try await world.office.introduction(first.id, by: making).knowsNeedSide == false)
        #expect(try await world.office.posting(need.id, by: making).owner == nil)
        _ = try await world.office.introduce(first.id, by: world.desk)
        #expect(try await world.office.posting(need.id, by: making).owner == need.owner)
        _ = try await world.office.recordMeeting(first.id, by: making)
        let end = try await world.office.conclude(first.id, .prototype, note: "Trial in May", by: fishing)
        #expect(end.state.word == "concluded")
    }

    @Test func `that refuses puts the match aside and is not told to a side that was never asked`() async throws {
        let (world, match, fishing, making, _) = try await pair()
        let refused = try await world.office.answer(match.id, .refused(.noCapacity, note: nil), by: making)
        #expect(refused.state == .refused)
        #expect(try await world.matches().first?.state == .dismissed)
        let hidden = try await refusal { try await world.office.introduction(refused.id, by: fishing) }
        #expect(hidden == .notFound(subject: "introduction", id: refused.id.text))
    }

    @Test func `is not taken from somebody who owns neither posting`() async throws {
        let (world, match, _, _, _) = try await pair()
        let (_, stranger) = try await world.join("Stranger")
        let refused = try await refusal {
            try await world.office.answer(match.id, .interested(message: nil), by: stranger)
        }
        #expect(refused == .notFound(subject: "match", id: match.id.text))
    }
}
