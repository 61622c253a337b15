import Exchange
import Operations
import Store
import Testing

@Suite struct `Meaning vectors in every store` {
    private static func meaning(
        _ facet: PostingMeaning.Facet, _ model: String = "m", isMatched: Bool = false
    ) -> PostingMeaning {
        PostingMeaning(
            facet: facet, model: model, textKey: MeaningTexts.key(facet.rawValue),
            vector: PackedVector(bytes: [0, 127, 129, 255], scale: 0.0123), isMatched: isMatched)
    }

    @Test(arguments: TestEngines.available)
    func `come back as they were written, and are replaced as a whole`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let one = Sample.posting(.seed, by: owner)
            let other = Sample.posting(.need, by: owner)
            let full = PostingMeaning.Facet.allCases.map { Self.meaning($0) }
            try await store.write { tx in
                try tx.insert(one)
                try tx.insert(other)
                try tx.setMeanings(full, of: one.id)
            }
            let ids: Set = [one.id, other.id]
            let found = try await store.read { try $0.meanings(of: ids) }
            #expect(found.keys.map(\.self) == [one.id])
            #expect(Set(found[one.id] ?? []) == Set(full))
            try await store.write { try $0.setMeanings([Self.meaning(.full, "n")], of: one.id) }
            #expect(try await store.read { try $0.meanings(of: ids) } == [one.id: [Self.meaning(.full, "n")]])
            try await store.write { try $0.markMeaningsMatched([one.id, other.id]) }
            let matched = try await store.read { try $0.meanings(of: ids) }
            #expect(matched == [one.id: [Self.meaning(.full, "n", isMatched: true)]])
            try await store.write { try $0.setMeanings([Self.meaning(.full)], of: other.id) }
            #expect(try await store.read { try $0.meaningCounts() } == ["m": 1, "n": 1])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are forgotten when their posting is closed or expired, and only then`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let states: [Posting.State] = [
                .published(since: Sample.noon), .paused(since: Sample.noon), .expired(since: Sample.noon),
                .closed(Posting.Closure(outcome: .withdrawn, note: nil, by: .participant(owner.id), at: Sample.noon)),
            ]
            let postings = states.map { Sample.posting(.seed, by: owner, state: $0) }
            try await store.write { tx in
                for posting in postings {
                    try tx.insert(posting)
                    try tx.setMeanings([Self.meaning(.full), Self.meaning(.means)], of: posting.id)
                }
            }
            #expect(try await store.write { try $0.pruneMeanings(limit: 1) } == 1)
            #expect(try await store.write { try $0.pruneMeanings(limit: 10) } == 1)
            #expect(try await store.write { try $0.pruneMeanings(limit: 10) } == 0)
            let left = try await store.read { try $0.meanings(of: Set(postings.map(\.id))) }
            #expect(Set(left.keys) == Set(postings.prefix(2).map(\.id)))
        }
    }
}
