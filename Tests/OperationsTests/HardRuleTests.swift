import Exchange
import Operations
import Store
import Testing

@Suite struct `What is remembered of a pair` {
    private static let noon = Instant(milliseconds: 1_790_000_000_000)

    private func encounter(
        _ occasion: Encounter.Occasion, _ reason: Introduction.RefusalReason? = nil, side: Introduction.Side = .need,
        stage: Int? = 3
    ) -> Encounter {
        Encounter(
            need: Identifier(stored: "need_1"), seed: Identifier(stored: "seed_1"), occasion: occasion, subject: "x",
            at: Self.noon, reason: reason, side: reason.map { _ in side }, needRevision: 2, seedRevision: 5,
            seedStage: stage)
    }

    private func forbids(
        _ encounter: Encounter, days: Int, need: Int = 2, seed: Int = 5, stage: Int? = 3
    ) -> Bool {
        encounter.forbids(
            PairRevisions(need: need, seed: seed, seedStage: stage), at: Self.noon.advanced(byDays: days),
            repeatDays: 180)
    }

    @Test(arguments: [Encounter.Occasion.suggestion, .exhibition])
    func `rests for the repeat window, whatever the occasion`(occasion: Encounter.Occasion) {
        #expect(forbids(encounter(occasion), days: 180))
        #expect(!forbids(encounter(occasion), days: 181))
    }

    @Test func `holds for good where they have met or know each other`() {
        #expect(forbids(encounter(.meeting), days: 5_000))
        for reason in [Introduction.RefusalReason.alreadyKnown, .conflictOfInterest, .notOurField, .other] {
            #expect(forbids(encounter(.refusal, reason), days: 5_000, need: 9, seed: 9, stage: 9))
        }
    }

    @Test func `holds a refused stage until the seed has moved on`() {
        #expect(forbids(encounter(.refusal, .tooEarly), days: 5_000))
        #expect(!forbids(encounter(.refusal, .tooEarly), days: 1, stage: 4))
        #expect(forbids(encounter(.refusal, .tooEarly, stage: nil), days: 180))
        #expect(!forbids(encounter(.refusal, .tooEarly, stage: nil), days: 181))
        #expect(!forbids(encounter(.refusal, .tooEarly), days: 181, stage: nil))
    }

    @Test func `holds other reasons as long as they last`() {
        #expect(forbids(encounter(.refusal, .noCapacity), days: 180))
        #expect(!forbids(encounter(.refusal, .noCapacity), days: 181))
        #expect(forbids(encounter(.refusal, .unclearText), days: 5_000, need: 3))
        #expect(!forbids(encounter(.refusal, .unclearText), days: 1, seed: 6))
        #expect(!forbids(encounter(.refusal, .unclearText, side: .seed), days: 1, need: 3))
        #expect(forbids(encounter(.refusal, .noClearAdvantage), days: 5_000))
        #expect(forbids(encounter(.refusal, .noClearAdvantage), days: 1, seed: 6))
        #expect(!forbids(encounter(.refusal, .noClearAdvantage), days: 181, seed: 6))
    }
}

@Suite struct `A hard rule` {
    private static let need = "Freshness sensor for chilled fish boxes during cold chain transport"
    private static let seed = "Thin film freshness sensor printed on labels for cold chain boxes"

    /// A need and a seed that fit, with changes to both.
    private func found(
        needRegion: String? = nil, seedRegion: String? = nil, need: (inout PostingContent) -> Void = { _ in },
        seed: (inout PostingContent) -> Void = { _ in }
    ) async throws -> Int {
        let world = try await World()
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        for (person, region) in [(fisher, needRegion), (maker, seedRegion)] {
            guard let region else { continue }
            let code = try RegionCode(region)
            _ = try await world.office.revise(person.organization, { $0.region = code }, by: world.desk)
        }
        func publish(
            _ kind: Posting.Kind, _ title: String, _ field: String, _ owner: Participant,
            _ change: (inout PostingContent) -> Void
        ) async throws {
            var content = PostingContent(title: title, summary: title, fields: [FieldCode(field)], language: .en)
            change(&content)
            let draft = try await world.office.draft(kind, content, for: owner.id, by: world.desk)
            _ = try await world.office.publish(draft.id, by: world.desk)
        }
        try await publish(.seed, Self.seed, "electronics-semiconductor", maker, seed)
        try await publish(.need, Self.need, "food-processing", fisher, need)
        return try await world.matchmaker.catchUp()
    }

    @Test func `leaves regions out that were not wished, on either side`() async throws {
        let tottori = try RegionCode("JP-31")
        #expect(try await found(seedRegion: "JP-31", need: { $0.regionWishes = [tottori] }) == 1)
        #expect(try await found(seedRegion: "JP-32", need: { $0.regionWishes = [tottori] }) == 0)
        #expect(try await found(need: { $0.regionWishes = [tottori] }) == 1)
        #expect(try await found(needRegion: "KR-42", seed: { $0.regionWishes = [tottori] }) == 0)
        let japan = try RegionCode("JP")
        #expect(try await found(needRegion: "JP-31", seed: { $0.regionWishes = [japan] }) == 1)
    }

    @Test func `leaves seeds out whose stage is too low for what is sought`() async throws {
        #expect(try await found(need: { $0.stage = 8 }, seed: { $0.stage = 5 }) == 0)
        #expect(try await found(need: { $0.stage = 8 }, seed: { $0.stage = 6 }) == 1)
        let buying: (inout PostingContent) -> Void = {
            $0.stage = 8
            $0.cooperation = [.supply]
        }
        #expect(try await found(need: buying, seed: { $0.stage = 7 }) == 0)
        #expect(try await found(need: buying, seed: { $0.stage = 8 }) == 1)
        #expect(try await found(need: buying) == 1)
    }

    @Test func `lets a pair come back when the reason of its refusal is gone`() async throws {
        let world = try await World()
        let (fisher, fishing) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        let seed = try await world.publish(.seed, Self.seed, field: "electronics-semiconductor", by: maker)
        try await world.publish(.need, Self.need, field: "food-processing", by: fisher)
        _ = try await world.matchmaker.catchUp()
        let match = try #require(try await world.matches().first)
        _ = try await world.office.revise(seed.id, { $0.stage = 5 }, by: world.desk)
        let refused = try await world.office.answer(match.id, .refused(.tooEarly, note: nil), by: fishing)
        world.pass(days: 200)
        #expect(try await world.round().newMatches == 0)
        #expect(try await world.matches().first?.state == .dismissed)
        _ = try await world.office.revise(seed.id, { $0.stage = 7 }, by: world.desk)
        #expect(try await world.matchmaker.catchUp() == 1)
        let again = try #require(try await world.matches().first)
        #expect(again.id == match.id && again.state == .proposed)
        let gone = try await refusal { try await world.office.introduction(refused.id, by: world.desk) }
        #expect(gone == .notFound(subject: "introduction", id: refused.id.text))
        let yes = try await world.office.answer(match.id, .interested(message: nil), by: fishing)
        #expect(yes.state == .interested)
    }

    @Test func `forgets nothing that happened at an exhibition`() async throws {
        let world = try await World()
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        let seed = try await world.publish(.seed, Self.seed, field: "electronics-semiconductor", by: maker)
        let need = try await world.publish(.need, Self.need, field: "food-processing", by: fisher)
        let met = Encounter(.exhibition, need: need, seed: seed, subject: "exhibition_1", at: world.now)
        try await world.office.store.write { try $0.remember(met) }
        #expect(try await world.matchmaker.catchUp() == 0)
        world.pass(days: 200)
        #expect(try await world.round().newMatches == 1)
    }
}
