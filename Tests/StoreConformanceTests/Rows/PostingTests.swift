import Exchange
import Operations
import Store
import Testing

@Suite struct `Postings in every store` {
    @Test(arguments: TestEngines.available)
    func `come back as they were written, in every state`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let closures = Posting.Closure.Outcome.allCases.map { outcome in
                Posting.State.closed(
                    Posting.Closure(outcome: outcome, note: "erledigt", by: .participant(owner.id), at: Sample.noon))
            }
            let states: [Posting.State] =
                [
                    .draft, .inReview(since: Sample.noon), .published(since: Sample.noon), .paused(since: Sample.noon),
                    .expired(since: Sample.noon),
                ] + closures
            let postings = states.enumerated().map { index, state in
                Sample.posting(index % 2 == 0 ? .seed : .need, by: owner, state: state, expires: Sample.noon)
            }
            try await store.write { tx in for posting in postings { try tx.insert(posting) } }
            for posting in postings { #expect(try await store.read { try $0.posting(posting.id) } == posting) }
            let found = try await store.read { try $0.postings(Set(postings.map(\.id))) }
            #expect(found == Dictionary(uniqueKeysWithValues: postings.map { ($0.id, $0) }))
            let counts = try await store.read { try $0.postingCounts() }
            #expect(counts.map(\.count).reduce(0, +) == postings.count)
        }
    }

    @Test(arguments: TestEngines.available)
    func `hold every word of their closed sets`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            var postings: [Posting] = []
            for ipr in PostingContent.IPRStatus.allCases {
                var posting = Sample.posting(.seed, by: owner)
                posting.content.ipr = ipr
                postings.append(posting)
            }
            for visibility in PostingContent.Visibility.allCases {
                postings.append(Sample.posting(.seed, by: owner, visibility: visibility))
            }
            for language in Language.allCases {
                var posting = Sample.posting(.need, by: owner)
                posting.content.language = language
                posting.content.cooperation = PostingContent.Cooperation.allCases
                postings.append(posting)
            }
            let found = try await store.write { [postings] tx in
                for posting in postings { try tx.insert(posting) }
                return try tx.postings(Set(postings.map(\.id)))
            }
            #expect(found == Dictionary(uniqueKeysWithValues: postings.map { ($0.id, $0) }))
        }
    }

    @Test(arguments: TestEngines.available)
    func `keep every revision`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let posting = Sample.posting(.seed, by: owner, external: "S-1", expires: Sample.noon)
            let bare = PostingContent(title: "only a title", language: .zh)
            let revisions = [(1, posting.content), (2, bare)].map { number, content in
                PostingRevision(
                    posting: posting.id, number: number, content: content, by: .system("import"), at: Sample.noon)
            }
            try await store.write { tx in
                try tx.insert(posting)
                for revision in revisions { try tx.insert(revision) }
            }
            #expect(try await store.read { try $0.revisions(of: posting.id) } == revisions.reversed())
            await #expect(throws: StoreFault.self) { try await store.write { try $0.insert(revisions[0]) } }
        }
    }

    @Test(arguments: TestEngines.available)
    func `have one external identity in an organization, not in the world`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let first = Sample.posting(.seed, by: left, external: "S-1")
            let elsewhere = Sample.posting(.seed, by: right, external: "S-1")
            let double = Sample.posting(.need, by: left, external: "S-1")
            try await store.write { tx in
                try tx.insert(first)
                try tx.insert(elsewhere)
            }
            await #expect(
                throws: Refusal.conflict(.duplicate(what: "The external_id S-1", existing: first.id.text))
            ) { try await store.write { try $0.insert(double) } }
            let found = try await store.read { tx in
                (
                    try tx.posting(externalID: "S-1", of: left.organization),
                    try tx.posting(externalID: "S-1", of: right.organization),
                    try tx.posting(externalID: "S-2", of: right.organization)
                )
            }
            #expect(found == (first, elsewhere, nil))
        }
    }

    @Test(arguments: TestEngines.available)
    func `are only changed over the version that was read`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let first = Sample.posting(.need, by: owner)
            var next = first
            next.content.fields = [FieldCode("farming")]
            next.state = .paused(since: Sample.noon)
            next.version = 2
            try await store.write { [next] tx in
                try tx.insert(first)
                try tx.update(next, expecting: 1)
            }
            #expect(try await store.read { try $0.posting(first.id) } == next)
            await #expect(throws: Refusal.stale(subject: "posting", current: 2)) {
                try await store.write { [next] in try $0.update(next, expecting: 1) }
            }
            var byField = PostingFilter()
            byField.field = FieldCode("farming")
            let found = try await store.read { [byField] in try $0.postings(byField, PageRequest()).items }
            #expect(found == [next])
            byField.field = FieldCode("casting")
            let none = try await store.read { [byField] in try $0.postings(byField, PageRequest()).items }
            #expect(none == [])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are paged newest first across seeds and needs, however many share an instant`(
        _ kind: EngineKind
    ) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let later = Sample.noon.advanced(byMilliseconds: 1)
            var postings = (0..<7).map { Sample.posting($0 % 2 == 0 ? .need : .seed, by: owner) }
            postings += (0..<4).map { Sample.posting($0 % 2 == 0 ? .seed : .need, by: owner, at: later) }
            try await store.write { [postings] tx in for posting in postings.shuffled() { try tx.insert(posting) } }
            for size in [1, 2, 3, 11, 50] {
                let found = try await store.all(by: size) { try $0.postings(PostingFilter(), $1) }
                #expect(found.map(\.id) == postings.reversed().map(\.id))
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `are filtered by what they are and by who reads`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let draft = Sample.posting(.need, by: left, state: .draft)
            let open = Sample.posting(.seed, by: left, fields: ["farming", "casting"])
            let hidden = Sample.posting(.need, by: left, visibility: .coordinators)
            let masked = Sample.posting(.need, by: right, visibility: .anonymous)
            let over = Sample.posting(.seed, by: right, expires: Sample.noon)
            try await store.write { tx in for each in [draft, open, hidden, masked, over] { try tx.insert(each) } }
            func ids(_ edit: (inout PostingFilter) -> Void) async throws -> [Identifier<Posting>] {
                var filter = PostingFilter()
                edit(&filter)
                return try await store.all(by: 2) { [filter] in try $0.postings(filter, $1) }.map(\.id)
            }
            #expect(try await ids { $0.kind = .seed } == [over.id, open.id])
            #expect(try await ids { $0.field = FieldCode("farming") } == [open.id])
            #expect(try await ids { $0.states = ["draft"] } == [draft.id])
            #expect(
                try await ids {
                    $0.states = ["draft", "published"]
                    $0.owner = left.id
                } == [hidden.id, open.id, draft.id])
            #expect(try await ids { $0.organization = right.organization } == [over.id, masked.id])
            #expect(try await ids { $0.namedOnly = true } == [over.id, open.id, draft.id])
            #expect(try await ids { $0.language = .ko } == [])
            #expect(try await ids { $0.updatedSince = Sample.noon.advanced(byMilliseconds: 1) } == [])
            #expect(
                try await ids { $0.reader = PostingReader(participant: nil, organization: nil) } == [
                    masked.id, open.id,
                ])
            let reader = PostingReader(participant: left.id, organization: left.organization)
            #expect(try await ids { $0.reader = reader } == [masked.id, hidden.id, open.id, draft.id])
            let colleague = PostingReader(participant: Sample.id(), organization: left.organization)
            #expect(try await ids { $0.reader = colleague } == [masked.id, hidden.id, open.id])
            #expect(
                try await store.read { try $0.openPostings(of: left.id).map(\.id) } == [draft.id, open.id, hidden.id])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are handed out for the index and for the clock`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (owner, _) = try await Sample.twoSides(store)
            let ends = Sample.noon.advanced(byMilliseconds: 10)
            let postings = [
                Sample.posting(.need, by: owner, expires: ends), Sample.posting(.seed, by: owner),
                Sample.posting(.seed, by: owner, state: .paused(since: Sample.noon), expires: Sample.noon),
                Sample.posting(.seed, by: owner, state: .draft, expires: Sample.noon),
            ]
            try await store.write { tx in for posting in postings { try tx.insert(posting) } }
            let first = try await store.read { try $0.publishedPostings(after: nil, limit: 1) }
            let rest = try await store.read { try $0.publishedPostings(after: postings[0].id, limit: 10) }
            #expect(first == [postings[0]])
            #expect(rest == [postings[1]])
            #expect(try await store.read { try $0.overduePostings(at: ends, limit: 10) } == [postings[2], postings[0]])
            #expect(try await store.read { try $0.overduePostings(at: Sample.noon, limit: 10) } == [postings[2]])
        }
    }
}
