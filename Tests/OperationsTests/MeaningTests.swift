import Exchange
import Matching
import Operations
import Store
import Synchronization
import Testing

private typealias StoredWorld = StoredExchange

/// Makes vectors from the letters of a text, and notes what it was asked; it can be made to fail.
private final class LetterEncoder: MeaningEncoder {
    let model: String
    let batch = 3
    private let asked = Mutex<[String]>([])
    private let trouble = Mutex<(@Sendable (String) -> MeaningFault?)>({ _ in nil })

    init(model: String = "letters") { self.model = model }

    var texts: [String] { asked.withLock { $0 } }

    func fail(_ when: @escaping @Sendable (String) -> MeaningFault?) { trouble.withLock { $0 = when } }

    func embed(_ texts: [String]) async throws(MeaningFault) -> [[Float]] {
        let trouble = trouble.withLock { $0 }
        for text in texts { if let fault = trouble(text) { throw fault } }
        asked.withLock { $0 += texts }
        return texts.map { text in
            var vector = [Float](repeating: 0.01, count: 64)
            for byte in text.lowercased().utf8 { vector[Int(byte) % 64] += 1 }
            return vector
        }
    }
}

@Suite struct `The keeper of meaning vectors` {
    private static let fault = MeaningFault(.malformed, "cannot", "do not")

    private func world() async throws -> (World, Participant, Participant) {
        let world = try await World()
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        for number in 0..<4 {
            try await world.publish(
                .seed, "Printed sensor label number \(number)", field: "electronics-semiconductor", by: maker)
        }
        try await world.publish(.need, "Freshness of fish in chilled boxes", field: "food-processing", by: fisher)
        return (world, fisher, maker)
    }

    private func matchmaker(_ world: World, model: String? = "letters") async throws -> Matchmaker<StoredWorld> {
        let made = Matchmaker(office: world.office, reading: world.reading, signal: Signal(), meaningModel: model)
        try await made.catchUp()
        return made
    }

    private func keeper(
        _ matchmaker: Matchmaker<StoredWorld>, _ encoder: LetterEncoder
    ) -> MeaningKeeper<StoredWorld> {
        MeaningKeeper(matchmaker, report: { _ in }, open: { () async throws(MeaningFault) in encoder })
    }

    private func finish(_ keeper: MeaningKeeper<StoredWorld>) async throws {
        while try await keeper.step() > 0 {}
    }

    @Test func `makes every vector once, and a restart goes on where it stood`() async throws {
        let (world, _, _) = try await world()
        let first = try await matchmaker(world)
        #expect(first.meaning.waiting == 5 && first.meaning.ready == 0)
        let encoder = LetterEncoder()
        _ = try await keeper(first, encoder).step()
        #expect(first.meaning.ready == 3 && first.meaning.waiting == 2)
        let second = try await matchmaker(world)
        #expect(second.meaning.ready == 3 && second.meaning.waiting == 2)
        try await finish(keeper(second, encoder))
        #expect(second.meaning.ready == 5 && second.meaning.waiting == 0)
        #expect(encoder.texts.count == 5)
        let third = try await matchmaker(world)
        #expect(third.meaning.ready == 5 && third.meaning.waiting == 0)
    }

    @Test func `makes them anew when the text or the model changes, and nothing else does`() async throws {
        let (world, fisher, _) = try await world()
        let one = try await matchmaker(world)
        let encoder = LetterEncoder()
        let keeper = keeper(one, encoder)
        try await finish(keeper)
        let posting = try await world.publish(.need, "Cold chain", field: "food-processing", by: fisher)
        try await one.catchUp()
        try await finish(keeper)
        #expect(encoder.texts.count == 6)
        _ = try await world.office.pause(posting.id, by: world.desk)
        _ = try await world.office.resume(posting.id, by: world.desk)
        try await one.catchUp()
        #expect(one.meaning.waiting == 0 && one.meaning.ready == 6)
        let other = try await matchmaker(world, model: "other")
        #expect(other.meaning.waiting == 6)
        let none = try await matchmaker(world, model: nil)
        #expect(none.meaning == MeaningProgress())
    }

    @Test func `leaves out a text that the encoder cannot read, and goes on`() async throws {
        let (world, _, _) = try await world()
        let matchmaker = try await matchmaker(world)
        let encoder = LetterEncoder()
        encoder.fail { $0.contains("number 2") ? Self.fault : nil }
        let keeper = keeper(matchmaker, encoder)
        try await finish(keeper)
        #expect(matchmaker.meaning.ready == 4 && matchmaker.meaning.givenUp == 1 && matchmaker.meaning.waiting == 0)
    }

    @Test func `gives nothing up while the encoder as a whole fails`() async throws {
        let (world, _, _) = try await world()
        let matchmaker = try await matchmaker(world)
        let encoder = LetterEncoder()
        encoder.fail { _ in Self.fault }
        let keeper = keeper(matchmaker, encoder)
        await #expect(throws: Self.fault) { try await keeper.step() }
        #expect(matchmaker.meaning.waiting == 5 && matchmaker.meaning.givenUp == 0)
        encoder.fail { _ in nil }
        try await finish(keeper)
        #expect(matchmaker.meaning.ready == 5)
    }

    @Test func `has each posting matched anew once, when all vectors are there`() async throws {
        let (world, _, _) = try await world()
        let matchmaker = try await matchmaker(world)
        let keeper = keeper(matchmaker, LetterEncoder())
        _ = try await keeper.step()
        try await matchmaker.catchUp()
        let ids = Set(try await world.office.store.read { try $0.publishedPostings(after: nil, limit: 10) }.map(\.id))
        func unmatched() async throws -> Int {
            try await world.office.store.read { try $0.meanings(of: ids) }.values.flatMap { $0 }
                .filter { !$0.isMatched }.count
        }
        #expect(try await unmatched() == 3)
        try await finish(keeper)
        try await matchmaker.catchUp()
        #expect(try await unmatched() == 0)
        let before = try await world.matches().count
        try await matchmaker.catchUp()
        #expect(try await world.matches().count == before)
    }
}
