import Exchange
import Operations
import Store
import Testing

@Suite struct `New postings written at once` {
    private struct Stop: Error, Equatable {}

    /// Enough for several portions, and a last one that is not full.
    private static let many = 2_500

    private func fresh(_ posting: Posting) -> FreshPosting {
        FreshPosting(
            posting: posting, by: .system("import"),
            happenings: [Sample.happening(posting.id.text, related: [posting.owner.text, posting.organization.text])])
    }

    @Test(arguments: TestEngines.available)
    func `are as if each had been written alone`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let closed = Posting.State.closed(
                Posting.Closure(outcome: .withdrawn, note: "é", by: .participant(owner.id), at: Sample.noon))
            let postings = (0..<Self.many).map { number in
                Sample.posting(
                    number % 2 == 0 ? .seed : .need, by: owner,
                    title: number % 3 == 0 ? "a \"title\"\u{7}" : "題 \(number)",
                    fields: [["casting"], [], ["casting", "farming"]][number % 3],
                    state: [.draft, .published(since: Sample.noon), closed][number % 3],
                    external: number % 5 == 0 ? nil : "E-\(number)", expires: number % 4 == 0 ? Sample.noon : nil)
            }
            let before = try await store.read { try $0.lastSequence() }
            try await store.write { [postings] tx in try tx.insert(postings.count) { fresh(postings[$0]) } }
            let last = postings[Self.many - 1]
            for posting in [postings[0], postings[1_023], postings[1_024], last] {
                let found = try await store.read { tx in (try tx.posting(posting.id), try tx.revisions(of: posting.id))
                }
                #expect(found.0 == posting)
                #expect(
                    found.1 == [
                        PostingRevision(
                            posting: posting.id, number: 1, content: posting.content, by: .system("import"),
                            at: posting.createdAt)
                    ])
            }
            let found = try await store.read { try $0.postings(Set(postings.map(\.id))) }
            #expect(found == Dictionary(uniqueKeysWithValues: postings.map { ($0.id, $0) }))
            let log = try await store.read { try $0.happenings(after: before, limit: Self.many + 1) }
            #expect(log.map(\.happening.subject) == postings.map(\.id.text))
            #expect(log.map(\.sequence) == Array((before + 1)...(before + Int64(Self.many))))
            var filter = PostingFilter()
            filter.field = FieldCode("farming")
            let farming = try await store.read { [filter] in try $0.postings(filter, PageRequest(limit: 5)).items }
            #expect(farming == postings.filter { $0.content.fields.count == 2 }.suffix(5).reversed())
            var about = HappeningFilter()
            about.subject = owner.id.text
            let touched = try await store.read { [about] in try $0.happenings(about, PageRequest(limit: 1)).items }
            #expect(touched.map(\.happening.subject) == [last.id.text])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are all refused when one has an external identity that is taken`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let taken = Sample.posting(.seed, by: owner, external: "S-1")
            try await store.write { try $0.insert(taken) }
            var postings = (0..<Self.many).map { _ in Sample.posting(.seed, by: owner) }
            postings[2_000].content.externalID = "S-1"
            await #expect(
                throws: Refusal.conflict(.duplicate(what: "The external_id S-1", existing: taken.id.text))
            ) {
                try await store.write { [postings] tx in try tx.insert(postings.count) { fresh(postings[$0]) } }
            }
            #expect(try await store.read { try $0.postingCounts() }.map(\.count) == [1])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are none when one cannot be made`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let postings = (0..<Self.many).map { _ in Sample.posting(.seed, by: owner) }
            for bad in [0, 1_500, Self.many - 1] {
                await #expect(throws: Stop()) {
                    try await store.write { tx in
                        try tx.insert(postings.count) { place in
                            if place == bad { throw Stop() }
                            return fresh(postings[place])
                        }
                    }
                }
            }
            try await store.write { try $0.insert(0) { _ in throw Stop() } }
            #expect(try await store.read { try $0.postingCounts() } == [])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are found by their external identities, organization by organization`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let first = Sample.posting(.seed, by: left, external: "S-1")
            let second = Sample.posting(.need, by: left, external: "S-2")
            try await store.write { tx in
                try tx.insert(first)
                try tx.insert(second)
                try tx.insert(Sample.posting(.need, by: right))
            }
            let asked = ["S-1", "s-1", "S-3", "S-2"] + (0..<500).map { "X-\($0)" }
            let found = try await store.read { tx in
                (
                    try tx.postings(externalIDs: asked, of: left.organization),
                    try tx.postings(externalIDs: asked, of: right.organization),
                    try tx.postings(externalIDs: [], of: left.organization)
                )
            }
            #expect(found.0 == ["S-1": first.id, "S-2": second.id])
            #expect(found.1 == [:])
            #expect(found.2 == [:])
        }
    }
}
