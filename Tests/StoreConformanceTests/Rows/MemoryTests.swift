import Exchange
import Operations
import Store
import Testing

@Suite struct `What was put before whom` {
    private func encounter(
        _ need: Posting, _ seed: Posting, _ occasion: Encounter.Occasion, at moment: Instant = Sample.noon,
        reason: Introduction.RefusalReason? = nil
    ) -> Encounter {
        Encounter(
            occasion, need: need, seed: seed, subject: "round_1", at: moment, reason: reason,
            side: reason.map { _ in .seed })
    }

    @Test(arguments: TestEngines.available)
    func `is remembered once, by pair and by posting`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (need, seed) = try await Sample.pair(store)
            let old = Sample.noon.advanced(byDays: -400)
            let all = [
                encounter(need, seed, .refusal, at: old, reason: .tooEarly), encounter(need, seed, .exhibition),
                encounter(need, seed, .suggestion), encounter(need, seed, .suggestion, at: old),
            ]
            try await store.write { tx in
                for one in all + all { try tx.remember(one) }
            }
            let pair = PostingPair(need: need.id, seed: seed.id)
            let found = try await store.read { try $0.encounters(of: pair) }
            #expect(Set(found) == Set(all) && found.count == all.count)
            let since = Sample.noon.advanced(byDays: -1)
            let recent = Set(all).subtracting([all[3]])
            #expect(Set(try await store.read { try $0.encounters(since: since) }) == recent)
            for id in [need.id, seed.id] {
                #expect(Set(try await store.read { try $0.encounters(of: id, since: since) }) == recent)
            }
            #expect(try await store.read { try $0.encounters(of: Sample.id("need"), since: since) } == [])
        }
    }

    @Test(arguments: TestEngines.available)
    func `is counted for the stretch of time that is asked for`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (need, seed) = try await Sample.pair(store)
            let later = Sample.noon.advanced(byDays: 1)
            let all = [
                encounter(need, seed, .suggestion), encounter(need, seed, .suggestion, at: later),
                encounter(need, seed, .exhibition),
            ]
            try await store.write { tx in
                for one in all { try tx.remember(one) }
            }
            let ids: Set = [need.id, seed.id, Sample.id("seed")]
            let one = try await store.read { try $0.exposures(of: ids, from: Sample.noon, to: later) }
            #expect(one == [need.id: 1, seed.id: 1])
            let end = later.advanced(byDays: 1)
            let both = try await store.read { try $0.exposures(of: ids, from: Sample.noon, to: end) }
            #expect(both == [need.id: 2, seed.id: 2])
            let totals = try await store.read { try $0.exposureTotals(from: Sample.noon, to: end) }
            #expect(totals == ExposureTotals(suggestions: 2, needs: 1, seeds: 1))
        }
    }

    @Test(arguments: TestEngines.available)
    func `counts answers of both kinds for both sides`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (need, seed) = try await Sample.pair(store)
            let refused = encounter(need, seed, .refusal, reason: .notOurField)
            try await store.write { tx in
                try tx.insert(Sample.introduction(need, seed))
                try tx.remember(refused)
            }
            let found = Set(try await store.read { try $0.givenAnswers() })
            let yes = GivenAnswer(owner: need.owner, about: seed.id, reason: nil)
            let no = GivenAnswer(owner: seed.owner, about: need.id, reason: .notOurField)
            #expect(found == [yes, no])
        }
    }
}

@Suite struct `A round in every store` {
    private func round(_ id: String, _ state: StoredRound.State = .running, holder: String = "a") -> StoredRound {
        let isOpen = state == .running || state == .stopped
        return StoredRound(
            id: id, state: state, holder: holder, startedBy: .system("cli"), startedAt: Sample.noon,
            updatedAt: Sample.noon, endedAt: isOpen ? nil : Sample.noon, done: 3, all: 7, pairs: 2, newMatches: 1)
    }

    @Test(arguments: TestEngines.available)
    func `runs alone and changes hands by its holder`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let first = round("round_1")
            try await store.write { try $0.insert(first) }
            await #expect(throws: Refusal.self) { try await store.write { try $0.insert(round("round_2")) } }
            #expect(try await store.read { try $0.latestRound() } == first)
            var taken = first
            taken.holder = "b"
            taken.done = 5
            let change = taken
            #expect(try await store.write { try $0.update(change, ifStill: .running, of: "c") } == false)
            #expect(try await store.write { try $0.update(change, ifStill: .stopped, of: "a") } == false)
            #expect(try await store.write { try $0.update(change, ifStill: .running, of: "a") })
            for state in StoredRound.State.allCases {
                let id = "round_\(state.rawValue)"
                if state == .running { continue }
                try await store.write { try $0.insert(round(id, state)) }
                #expect(try await store.read { try $0.round(id) } == round(id, state))
            }
            #expect(try await store.read { try $0.round("round_1") } == change)
        }
    }

    @Test(arguments: TestEngines.available)
    func `keeps what is read, in order, until it ends`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            try await store.write { tx in
                try tx.insert(round("round_1"))
                try tx.insert(rows: [("need_b", "[2]"), ("need_a", "[1]"), ("need_c", "[]")], of: "round_1")
                try tx.insert(rows: [("need_a", "[9]")], of: "round_1")
            }
            let first = try await store.read { try $0.rows(of: "round_1", after: "", limit: 2).map(\.need) }
            #expect(first == ["need_a", "need_b"])
            let kept = try await store.read { try $0.rows(of: "round_1", after: "", limit: 9).map(\.candidates) }
            #expect(kept == ["[1]", "[2]", "[]"])
            let rest = try await store.read { try $0.rows(of: "round_1", after: "need_b", limit: 2).map(\.need) }
            #expect(rest == ["need_c"])
            try await store.write { try $0.removeRows(of: "round_1") }
            #expect(try await store.read { try $0.rows(of: "round_1", after: "", limit: 9).isEmpty })
        }
    }

    @Test(arguments: TestEngines.available)
    func `finds its matches by need`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let needs = (0..<3).map { _ in Sample.posting(.need, by: left) }
            let seed = Sample.posting(.seed, by: right)
            let matches = needs.map { Sample.match($0, seed) }
            try await store.write { tx in
                for posting in needs + [seed] { try tx.insert(posting) }
                for match in matches { _ = try tx.insert(match) }
            }
            #expect(try await store.read { try $0.matches(ofRound: "round 1") } == matches)
            #expect(try await store.read { try $0.matches(ofRound: "round 2") } == [])
        }
    }
}

@Suite struct `Steps of learning in every store` {
    @Test(arguments: TestEngines.available)
    func `are kept by version`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let steps = (1...5).map {
                LearningStep(
                    version: $0, sequence: Int64($0 * 10), at: Sample.noon, model: "{\"w\":[\($0)]}", evidence: "{}")
            }
            try await store.write { tx in
                for step in steps { try tx.insert(step) }
            }
            #expect(try await store.read { try $0.latestStep() } == steps[4])
            #expect(try await store.read { try $0.step(2) } == steps[1])
            #expect(try await store.read { try $0.steps(after: 2, limit: 2) } == [steps[2], steps[3]])
            #expect(try await store.all(by: 2) { try $0.steps($1) } == steps.reversed())
            await #expect(throws: (any Error).self) { try await store.write { try $0.insert(steps[0]) } }
        }
    }
}

@Suite struct `Proposed groups in every store` {
    @Test(arguments: TestEngines.available)
    func `are proposed once and decided once`(_ kind: EngineKind) async throws {
        try await TestEngines.withExchange(kind) { store in
            let (left, right) = try await Sample.twoSides(store)
            let need = Sample.posting(.need, by: left)
            let seeds = (0..<2).map { _ in Sample.posting(.seed, by: right) }
            func group() -> GroupProposal {
                GroupProposal(
                    id: Sample.id(), need: need.id, seeds: seeds.map(\.id), coverage: 0.5, weakest: 0.25,
                    brings: [seeds[0].id: ["軽い箱", "a, \"b\""], seeds[1].id: []], createdAt: Sample.noon,
                    updatedAt: Sample.noon)
            }
            let first = group()
            let copy = group()
            let isNew = try await store.write { tx in
                for posting in [need] + seeds { try tx.insert(posting) }
                return [try tx.insert(first), try tx.insert(copy)]
            }
            #expect(isNew == [true, false])
            #expect(try await store.read { try $0.group(first.id) } == first)
            #expect(try await store.read { try $0.groupedPostings() } == Set(first.members))
            #expect(try await store.read { try $0.groups([.accepted], PageRequest()).items } == [])
            let change = try first.decided(.declined, note: "not now", by: .system("cli"), at: Sample.noon)
            try await store.write { try $0.update(change.value, expecting: 1) }
            #expect(try await store.read { try $0.groups([.declined], PageRequest()).items } == [change.value])
            #expect(try await store.read { try $0.groupedPostings() } == [])
            await #expect(throws: Refusal.stale(subject: "group", current: 2)) {
                try await store.write { try $0.update(change.value, expecting: 1) }
            }
        }
    }
}
