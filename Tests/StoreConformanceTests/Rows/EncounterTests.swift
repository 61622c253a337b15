import Exchange
import Operations
import Store
import Testing

@Suite struct `Matches in every store` {
    @Test(arguments: TestEngines.available)
    func `exist once for a pair`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (need, seed) = try await Sample.pair(store)
            let first = Sample.match(need, seed)
            let again = Sample.match(need, seed, score: 0.9)
            let inserted = try await store.write { (try $0.insert(first), try $0.insert(again)) }
            #expect(inserted == (true, false))
            let pair = PostingPair(need: need.id, seed: seed.id)
            #expect(try await store.read { try $0.match(pair) } == first)
            #expect(try await store.read { try $0.match(again.id) } == nil)
        }
    }

    @Test(arguments: TestEngines.available)
    func `hold every class and state and change over their version`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            for sort in Match.Class.allCases {
                let need = Sample.posting(.need, by: left)
                let seed = Sample.posting(.seed, by: right)
                var match = Sample.match(need, seed, kind: sort)
                try await store.write { [match] tx in
                    try tx.insert(need)
                    try tx.insert(seed)
                    _ = try tx.insert(match)
                }
                for state in Match.State.allCases {
                    match.state = state
                    match.version += 1
                    let found = try await store.write { [match] tx in
                        try tx.update(match, expecting: match.version - 1)
                        return try tx.match(match.id)
                    }
                    #expect(found == match)
                }
                await #expect(throws: Refusal.stale(subject: "match", current: match.version)) {
                    try await store.write { [match] in try $0.update(match, expecting: 1) }
                }
            }
            let counts = try await store.read { try $0.matchCounts() }
            #expect(
                counts.count == Match.Class.allCases.count && counts.allSatisfy { $0.count == 1 && $0.state == .taken })
        }
    }

    @Test(arguments: TestEngines.available)
    func `are listed best first for a posting and newest first otherwise`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let need = Sample.posting(.need, by: left)
            let seeds = (0..<6).map { _ in Sample.posting(.seed, by: right) }
            let scores = [0.5, 0.25, 0.5, 1, 0, 0.5]
            let matches = zip(seeds, scores).map { Sample.match(need, $0, score: $1) }
            try await store.write { tx in
                try tx.insert(need)
                for seed in seeds { try tx.insert(seed) }
                for match in matches { _ = try tx.insert(match) }
            }
            let best = [3, 5, 2, 0, 1, 4].map { matches[$0].id }
            for size in [1, 2, 4, 10] {
                var filter = MatchListFilter()
                filter.posting = need.id
                let byScore = try await store.all(by: size) { [filter] in try $0.matches(filter, $1) }
                #expect(byScore.map(\.id) == best)
                filter.organization = right.organization
                let ofBoth = try await store.all(by: size) { [filter] in try $0.matches(filter, $1) }
                #expect(ofBoth.map(\.id) == best)
                filter.posting = nil
                let newest = try await store.all(by: size) { [filter] in try $0.matches(filter, $1) }
                #expect(newest.map(\.id) == matches.reversed().map(\.id))
                let all = try await store.all(by: size) { try $0.matches(MatchListFilter(), $1) }
                #expect(all.map(\.id) == matches.reversed().map(\.id))
            }
            var good = MatchListFilter()
            good.minimumScore = 0.5
            good.states = [.proposed]
            good.kind = .bridge
            good.posting = seeds[3].id
            let found = try await store.read { [good] in try $0.matches(good, PageRequest()).items }
            #expect(found == [matches[3]])
            good.kind = .kindred
            let none = try await store.read { [good] in try $0.matches(good, PageRequest()).items }
            #expect(none == [])
        }
    }

    @Test(arguments: TestEngines.available)
    func `are found by the last characters of their identifier`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (need, seed) = try await Sample.pair(store)
            let match = Sample.match(need, seed)
            try await store.write { _ = try $0.insert(match) }
            for length in [4, 8, 12] {
                let reference = String(match.id.text.suffix(length)).uppercased()
                #expect(try await store.read { try $0.matches(endingWith: reference) } == [match])
            }
            for other in ["", "%", "_", "zzzzzzzz"] {
                #expect(try await store.read { try $0.matches(endingWith: other) } == [])
            }
        }
    }

    @Test(arguments: TestEngines.available)
    func `are settled when put aside by hand, taken or answered with a yes`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let need = Sample.posting(.need, by: left)
            let seeds = (0..<6).map { _ in Sample.posting(.seed, by: right) }
            let matches = [
                Sample.match(need, seeds[0]), Sample.match(need, seeds[1], state: .held),
                Sample.match(need, seeds[2], state: .dismissed), Sample.match(need, seeds[3], state: .taken),
                Sample.match(need, seeds[5], state: .dismissed),
            ]
            let refused = Sample.introduction(need, seeds[5], state: .refused)
            try await store.write { tx in
                try tx.insert(need)
                for seed in seeds { try tx.insert(seed) }
                for match in matches { _ = try tx.insert(match) }
                try tx.insert(Sample.introduction(need, seeds[4]))
                try tx.insert(refused)
            }
            let ofNeed = try await store.read { try $0.settledPairs(of: need.id) }
            #expect(ofNeed.map(\.seed) == [2, 3, 4].map { seeds[$0].id })
            #expect(try await store.read { try $0.settledPairs(of: seeds[1].id) } == [])
            #expect(try await store.read { try $0.settledPairs(of: seeds[4].id) }.count == 1)
            #expect(try await store.read { try $0.settledPairs() } == ofNeed)
            try await store.write { try $0.remove(refused.id) }
            #expect(try await store.read { try $0.introduction(refused.id) } == nil)
        }
    }

    @Test(arguments: TestEngines.available)
    func `are withdrawn with their posting unless somebody has answered`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let need = Sample.posting(.need, by: left)
            let seeds = (0..<3).map { _ in Sample.posting(.seed, by: right) }
            let matches = [
                Sample.match(need, seeds[0]), Sample.match(need, seeds[1]), Sample.match(need, seeds[2], state: .held),
            ]
            let withdrawn = try await store.write { tx in
                try tx.insert(need)
                for seed in seeds { try tx.insert(seed) }
                for match in matches { _ = try tx.insert(match) }
                try tx.insert(Sample.introduction(need, seeds[1], match: matches[1].id))
                return try tx.withdrawProposals(of: need.id)
            }
            #expect(withdrawn == 1)
            let rest = try await store.read { tx in try matches.map { try tx.match($0.id) != nil } }
            #expect(rest == [false, true, true])
        }
    }
}

@Suite struct `Introductions and vetoes in every store` {
    @Test(arguments: TestEngines.available)
    func `come back in every state, with both answers`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let ends = Introduction.Conclusion.Outcome.allCases.map {
                Introduction.State.concluded(Introduction.Conclusion(outcome: $0, note: "n", at: Sample.noon))
            }
            let states: [Introduction.State] =
                [
                    .interested, .refused, .mutual, .introduced(by: .participant(left.id), at: Sample.noon),
                    .met(at: Sample.noon),
                ] + ends
            let reasons = Introduction.RefusalReason.allCases
            for (index, state) in states.enumerated() {
                let need = Sample.posting(.need, by: left)
                let seed = Sample.posting(.seed, by: right)
                let first = Sample.introduction(need, seed)
                var next = first
                next.state = state
                next.seedSide.answer = .refused(
                    reasons[index % reasons.count], note: nil, by: .system("cli"), at: Sample.noon)
                next.version = 2
                let found = try await store.write { [next] tx in
                    try tx.insert(need)
                    try tx.insert(seed)
                    try tx.insert(first)
                    let before = try tx.introduction(first.id)
                    try tx.update(next, expecting: 1)
                    return (before, try tx.introduction(PostingPair(need: need.id, seed: seed.id)))
                }
                #expect(found == (first, next))
                await #expect(throws: Refusal.stale(subject: "introduction", current: 2)) {
                    try await store.write { [next] in try $0.update(next, expecting: 1) }
                }
                await #expect(
                    throws: Refusal.conflict(
                        .duplicate(what: "An introduction of this pair", existing: first.id.text))
                ) { try await store.write { try $0.insert(Sample.introduction(need, seed)) } }
            }
            let counts = try await store.read { try $0.introductionCounts() }
            #expect(counts["concluded"] == ends.count && counts.values.reduce(0, +) == states.count)
        }
    }

    @Test(arguments: TestEngines.available)
    func `are found by organization, posting and state, and tell who was introduced`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let need = Sample.posting(.need, by: left)
            let seeds = (0..<3).map { _ in Sample.posting(.seed, by: right) }
            let introductions = [
                Sample.introduction(need, seeds[0]), Sample.introduction(need, seeds[1], state: .mutual),
                Sample.introduction(need, seeds[2], state: .met(at: Sample.noon)),
            ]
            try await store.write { tx in
                try tx.insert(need)
                for seed in seeds { try tx.insert(seed) }
                for each in introductions { try tx.insert(each) }
            }
            func ids(_ edit: (inout IntroductionFilter) -> Void) async throws -> [Identifier<Introduction>] {
                var filter = IntroductionFilter()
                edit(&filter)
                return try await store.all(by: 2) { [filter] in try $0.introductions(filter, $1) }.map(\.id)
            }
            let newest = introductions.reversed().map(\.id)
            #expect(try await ids { _ in } == newest)
            #expect(try await ids { $0.organization = right.organization } == newest)
            #expect(try await ids { $0.posting = need.id } == newest)
            #expect(
                try await ids {
                    $0.posting = seeds[1].id
                    $0.organization = left.organization
                } == [newest[1]])
            #expect(try await ids { $0.states = ["mutual", "met"] } == [newest[0], newest[1]])
            let known = try await store.read { tx in
                (
                    try tx.isIntroduced(right.organization, to: need.id),
                    try tx.isIntroduced(left.organization, to: seeds[2].id),
                    try tx.isIntroduced(left.organization, to: seeds[1].id),
                    try tx.isIntroduced(left.organization, to: need.id)
                )
            }
            #expect(known == (true, true, false, false))
            #expect(try await store.read { try $0.introducedPostings(to: left.organization) } == [seeds[2].id])
            #expect(try await store.read { try $0.introducedPostings(to: right.organization) } == [need.id])
        }
    }

    @Test(arguments: TestEngines.available)
    func `keep two organizations apart in both orders`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let (one, other) = (left.organization, right.organization)
            let veto = try Veto(
                id: Sample.id(), between: one, and: other, placedBy: one, reason: "a dispute", at: Sample.noon)
            let mirrored = try Veto(
                id: Sample.id(), between: other, and: one, placedBy: one, reason: nil, at: Sample.noon)
            let answer = try Veto(
                id: Sample.id(), between: other, and: one, placedBy: other, reason: nil, at: Sample.noon)
            try await store.write { try $0.insert(veto) }
            // The other side's own veto stands beside it: a refusal would tell that there is one.
            try await store.write { try $0.insert(answer) }
            try await store.write { try $0.remove(answer.id) }
            await #expect(
                throws: Refusal.conflict(
                    .duplicate(what: "A veto between these organizations", existing: veto.id.text))
            ) { try await store.write { try $0.insert(mirrored) } }
            let found = try await store.read { tx in
                (
                    try tx.vetoed(by: one), try tx.vetoed(by: other), try tx.vetoedPairs(),
                    try tx.vetoes(of: other, PageRequest()).items, try tx.vetoes(of: nil, PageRequest()).items,
                    try tx.veto(veto.id)
                )
            }
            #expect(found == ([other], [one], [veto], [veto], [veto], veto))
            try await store.write { try $0.remove(veto.id) }
            #expect(try await store.read { try $0.vetoedPairs() } == [])
            await #expect(throws: Refusal.notFound(subject: "veto", id: veto.id.text)) {
                try await store.write { try $0.remove(veto.id) }
            }
        }
    }
}
