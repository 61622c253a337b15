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
        let report = try await world.round()
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
        #expect(try await world.matchmaker.search("鮮度保持", kind: nil, by: world.desk) == [seed.id])
        #expect(try await world.matchmaker.search("鮮度保持", kind: .need, by: world.desk) == [])
        #expect(try await world.matchmaker.search("半導体", kind: nil, by: world.desk) == [])
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

@Suite struct `An unsaved text` {
    private static let title = "Freshness sensor for chilled fish boxes"
    private static let summary =
        "Our fish boxes travel two days on ice and nobody knows how warm they became on the way to the market."

    private func draft(_ title: String, _ summary: String = "") -> PostingContent {
        PostingContent(title: title, summary: summary, language: .en)
    }

    @Test func `is told what would match and what says nearly the same, its own organization's too`() async throws {
        let world = try await World()
        let (fisher, fishing) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        let (other, _) = try await world.join("Other")
        let seed = try await world.publish(
            .seed, "Thin film freshness sensor", field: "electronics-semiconductor", by: maker)
        let own = try await world.publish(.need, Self.title, Self.summary, field: "food-processing", by: fisher)
        let near = try await world.publish(
            .need, Self.title, Self.summary + " Please help.", field: "agriculture", by: other)
        try await world.publish(.need, "Casing for a chilled pump", field: "agriculture", by: other)
        try await world.matchmaker.catchUp()
        let found = try await world.matchmaker.findings(
            for: draft(Self.title, Self.summary), kind: .need, limit: 5, by: fishing)
        #expect(found.matches.map(\.posting.posting.id) == [seed.id])
        #expect(found.duplicates.map(\.posting.posting.id) == [own.id, near.id])
        #expect(found.duplicates.map(\.isOwn) == [true, false])
        #expect(found.duplicates.first?.similarity == 1)
        let revised = try await world.matchmaker.findings(
            for: draft(Self.title, Self.summary), kind: .need, limit: 5, revising: own.id, by: fishing)
        #expect(revised.duplicates.map(\.posting.posting.id) == [near.id])
        let seeds = try await world.matchmaker.findings(
            for: draft(Self.title, Self.summary), kind: .seed, limit: 5, by: fishing)
        #expect(seeds.duplicates.isEmpty)
    }

    @Test func `is compared with one's own drafts, and with nobody else's`() async throws {
        let world = try await World()
        let (fisher, fishing) = try await world.join("Fisher")
        let (_, strange) = try await world.join("Stranger")
        let content = PostingContent(title: Self.title, summary: Self.summary, language: .en)
        let saved = try await world.office.draft(.need, content, for: fisher.id, by: world.desk)
        let own = try await world.matchmaker.findings(for: content, kind: .need, limit: 5, by: fishing)
        #expect(own.duplicates.map(\.posting.posting.id) == [saved.id])
        let others = try await world.matchmaker.findings(for: content, kind: .need, limit: 5, by: strange)
        #expect(others.duplicates.isEmpty)
    }

    @Test func `is not told of organizations that are kept apart, unless their posting is anonymous`() async throws {
        let world = try await World()
        let (_, writing) = try await world.join("Writer")
        let (named, _) = try await world.join("Named")
        let (hidden, _) = try await world.join("Hidden")
        try await world.publish(.need, Self.title, Self.summary, field: "food-processing", by: named)
        let anonymous = try await world.publish(
            .need, Self.title, Self.summary, field: "food-processing", by: hidden, visibility: .anonymous)
        try await world.publish(
            .need, Self.title, Self.summary, field: "food-processing", by: hidden, visibility: .coordinators)
        try await world.matchmaker.catchUp()
        for other in [named, hidden] {
            _ = try await world.office.placeVeto(
                between: try #require(writing.organization), and: other.organization, reason: nil, by: writing)
        }
        let found = try await world.matchmaker.findings(
            for: draft(Self.title, Self.summary), kind: .need, limit: 5, by: writing)
        #expect(found.duplicates.map(\.posting.posting.id) == [anonymous.id])
        #expect(found.duplicates.first?.posting.owner == nil)
    }

    @Test func `tells nothing of the hidden detail of an anonymous posting`() async throws {
        let world = try await World()
        let (owner, _) = try await world.join("Owner")
        let (_, writing) = try await world.join("Writer")
        let detail = "The rotomat kiln of our second hall burns lacquered gaskets at night, which nobody may know."
        for kind in Posting.Kind.allCases {
            let content = PostingContent(
                title: "Cooling wanted", summary: "Cooling wanted", detail: detail, fields: [FieldCode("agriculture")],
                language: .en, visibility: .anonymous)
            let posting = try await world.office.draft(kind, content, for: owner.id, by: world.desk)
            _ = try await world.office.publish(posting.id, by: world.desk)
        }
        try await world.matchmaker.catchUp()
        let probe = draft("rotomat kiln lacquered gaskets", detail)
        let found = try await world.matchmaker.findings(for: probe, kind: .need, limit: 5, by: writing)
        #expect(found.duplicates.isEmpty && found.matches.isEmpty)
        let honest = try await world.matchmaker.findings(
            for: draft("Cooling wanted"), kind: .need, limit: 5, by: writing)
        #expect(honest.duplicates.count == 1 && honest.matches.count == 1)
    }
}

@Suite struct `The reason of a match` {
    @Test func `is told in every language, with its numbers, and from nothing that is hidden`() async throws {
        let world = try await World()
        let (owner, _) = try await world.join("Owner")
        let (maker, making) = try await world.join("Maker")
        let secret = "Rotomat drying chamber of the second hall"
        let content = PostingContent(
            title: "Drying fruit peel", summary: "Gentle drying of fruit peel with waste heat", detail: secret,
            fields: [FieldCode("agriculture")], ipr: .secret, cooperation: [.supply], language: .en,
            visibility: .anonymous)
        let need = try await world.office.draft(.need, content, for: owner.id, by: world.desk)
        _ = try await world.office.publish(need.id, by: world.desk)
        let offer = PostingContent(
            title: "Waste heat drying", summary: "A rotomat drying chamber that runs on waste heat",
            fields: [FieldCode("new-materials")], stage: 3, ipr: .patentPending, language: .en)
        let seed = try await world.office.draft(.seed, offer, for: maker.id, by: world.desk)
        _ = try await world.office.publish(seed.id, by: world.desk)
        try await world.matchmaker.catchUp()
        let id = try #require(try await world.matches().first).id
        for language in Language.allCases {
            let shown = try await world.office.match(id, in: language, reading: world.reading, by: making)
            #expect((2...3).contains(shown.words.count))
            let numbers = try #require(shown.numbers)
            #expect(numbers.checks.contains { $0.contains("TRL 3") })
            #expect(!numbers.shared.isEmpty && numbers.needSentence != nil)
            // The seed speaks of it openly; that the need does as well is hidden.
            let told = "\(shown.words) \(numbers.shared) \(numbers.needSentence ?? "")"
            #expect(!told.lowercased().contains("rotomat"))
        }
    }
}
