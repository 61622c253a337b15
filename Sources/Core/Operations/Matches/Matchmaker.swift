import Exchange
import Matching
import Synchronization

/// Follows the log, keeps the index of published postings, and writes matches with the notices they cause.
///
/// The index is rebuilt from the store at start. How far the log has been matched is kept in the store, so what was
/// published while nothing ran is matched at the next start, and a crash between two transactions repeats harmlessly: a
/// pair has at most one match, and only a new match causes notices.
package actor Matchmaker<Store: ExchangeStore> {
    let office: Office<Store>
    /// How it reads texts; drafts that are compared with its index must be read alike.
    package nonisolated let reading: PostingReading
    nonisolated let catalogue: Catalogue
    let signal: Signal
    /// The last log entry that the index has seen.
    private var seen: Int64 = 0
    /// Up to here published postings have been matched.
    private var matched: Int64 = 0
    /// Postings of people who are back from a pause and that were not matched yet.
    private var owed: [Identifier<Posting>] = []
    /// The pass that runs now.
    private var turn: Task<Int, any Error>?
    private nonisolated let isStopping = Mutex(false)
    /// The place in the log that the store knows.
    private var saved: Int64 = 0
    private var isLoaded = false
    /// People who take no part at the moment, and until when.
    private var paused: [Identifier<Participant>: Instant] = [:]
    /// What estimates rest on: the learnt model and everybody's answers so far.
    private var judgement = MatchingScope.Judgement()
    /// Up to here the log has been learnt from.
    private var learnt: Int64?
    /// On which work over everything runs, so that it never takes a thread from requests.
    nonisolated let executor: (any TaskExecutor)?

    /// The standing under which the place in the log is kept.
    private static var standing: String { "matcher.position" }
    /// Up to so many postings published together are matched and announced each by itself.
    static var single: Int { 10 }
    /// Entries read at once.
    private static var stretch: Int { 500 }

    /// Takes its collaborators; `signal` is fired by whoever writes.
    ///
    /// - Parameters:
    ///   - meaningModel: The model whose vectors are used and asked for; nothing: words alone.
    ///   - executor: On which work over everything runs.
    package init(
        office: Office<Store>, reading: PostingReading, signal: Signal, meaningModel: String? = nil,
        executor: (any TaskExecutor)? = nil
    ) {
        self.executor = executor
        self.office = office
        self.reading = reading
        self.signal = signal
        catalogue = Catalogue(
            MatchIndex(geometry: FieldGeometry(office.taxonomy), weights: .standard), model: meaningModel)
    }

    /// Builds the index from the store.
    package func load(progress: @Sendable (Int) -> Void = { _ in }) async throws {
        let (last, position) = try await office.store.read { tx in
            (try tx.lastSequence(), try tx.standing(Self.standing).flatMap { Int64($0) } ?? 0)
        }
        seen = last
        matched = position
        saved = position
        var after: Identifier<Posting>?
        var count = 0
        while true {
            let start = after
            let wantsMeaning = meaning.model != nil
            let (postings, regions, pauses, meanings) = try await office.store.read { tx in
                let postings = try tx.publishedPostings(after: start, limit: 1_000)
                return (
                    postings, try tx.regions(of: postings), try tx.pauses(of: postings, alsoEnded: true),
                    wantsMeaning ? try tx.meanings(of: Set(postings.map(\.id))) : [:]
                )
            }
            guard let lastPosting = postings.last else { break }
            for posting in postings {
                include(posting, regions[posting.organization], pauses[posting.owner], meanings[posting.id] ?? [])
            }
            after = lastPosting.id
            count += postings.count
            progress(count)
            await Task.yield()
        }
        isLoaded = true
    }

    /// How many postings are indexed.
    package nonisolated var count: Int { catalogue.index.count }

    /// Follows the log until the task is cancelled; a round that runs meanwhile is then stopped as well.
    package func run(report: @escaping @Sendable (any Error) -> Void) async {
        await withTaskCancellationHandler {
            await follow(report)
        } onCancel: {
            isStopping.withLock { $0 = true }
        }
    }

    private func follow(_ report: @escaping @Sendable (any Error) -> Void) async {
        while !Task.isCancelled {
            do {
                try await catchUp()
                await signal.wait(milliseconds: 1_000)
            } catch is CancellationError {
                return
            } catch {
                report(error)
                await signal.wait(milliseconds: 2_000)
            }
        }
    }

    /// Works through everything in the log that was not seen yet; returns how many new matches were written. One pass
    /// runs at a time: a second caller waits for the first and then looks for what has come since.
    @discardableResult
    package func catchUp() async throws -> Int {
        while let running = turn { _ = try? await running.value }
        let mine = Task {
            defer { turn = nil }
            return try await pass() + matchByMeaning()
        }
        turn = mine
        return try await withTaskCancellationHandler {
            try await mine.value
        } onCancel: {
            mine.cancel()
        }
    }

    private func pass() async throws -> Int {
        if !isLoaded { try await load() }
        owed += endPauses(at: office.ambient.now())
        var ids = owed
        let taken = owed.count
        var known = Set(ids)
        var last = matched
        // Everything is read before anything is matched: what one file brought is one bulk, however long its log.
        while true {
            let from = min(seen, last)
            let entries = try await office.store.read { tx in try tx.happenings(after: from, limit: Self.stretch) }
            guard let end = entries.last?.sequence else { break }
            try await refresh(entries.filter { $0.sequence > seen }.map(\.happening))
            for entry in entries where entry.sequence > last && entry.happening.kind.asksForMatches {
                for id in catalogue.postings(of: entry.happening) where known.insert(id).inserted { ids.append(id) }
            }
            seen = max(seen, end)
            last = max(last, end)
        }
        try await learn()
        // A place in the log that nothing hangs on is written only now and then: reading it again is harmless.
        if ids.isEmpty && last - saved < Int64(Self.stretch) {
            matched = max(matched, last)
            return 0
        }
        let found = try await match(ids, upTo: last)
        matched = max(matched, last)
        saved = matched
        owed.removeFirst(taken)
        return found
    }

    /// Takes the newest state of every posting that the entries touch.
    private func refresh(_ happenings: [Happening]) async throws {
        var ids: Set<Identifier<Posting>> = []
        var people: Set<Identifier<Participant>> = []
        for happening in happenings {
            if happening.kind.concernsPosting { ids.insert(Identifier(stored: happening.subject)) }
            if happening.kind.concernsTakingPart { people.insert(Identifier(stored: happening.subject)) }
        }
        guard !ids.isEmpty || !people.isEmpty else { return }
        let wanted = ids
        let moved = people
        let wantsMeaning = meaning.model != nil
        let (postings, regions, pauses, meanings) = try await office.store.read { tx in
            var all = try tx.postings(wanted)
            for person in moved {
                for posting in try tx.openPostings(of: person) { all[posting.id] = posting }
            }
            let list = Array(all.values)
            return (
                all, try tx.regions(of: list), try tx.pauses(of: list),
                wantsMeaning ? try tx.meanings(of: Set(all.keys)) : [:]
            )
        }
        let now = office.ambient.now()
        for id in ids.union(postings.keys) {
            if let posting = postings[id], posting.isLive(at: now) {
                include(posting, regions[posting.organization], pauses[posting.owner], meanings[id] ?? [])
            } else {
                catalogue.remove(id.text)
            }
        }
    }

    private func include(_ posting: Posting, _ region: RegionCode?, _ pause: Instant?, _ stored: [PostingMeaning]) {
        paused[posting.owner] = pause
        var document = reading.document(posting, region: region, isAvailable: pause == nil, for: .ranking)
        var found = CurrentMeaning.none
        if let model = meaning.model {
            found = CurrentMeaning(reading.meaningTexts(posting.content), stored, model: model)
            document.vectors = found.vectors
        }
        let face =
            posting.isVeiled
            ? posting.outward.map { reading.document($0, region: region, isAvailable: pause == nil, for: .ranking) }
            : nil
        catalogue.add(document, veiledBy: face, isVeiled: posting.isVeiled, PostingFacts(posting, region: region))
        catalogue.noteMeaning(posting, found)
    }

    func isPaused(_ person: Identifier<Participant>) -> Bool { paused[person] != nil }

    /// Takes up people whose pause has ended; returns their postings, which have matches to catch up on.
    private func endPauses(at now: Instant) -> [Identifier<Posting>] {
        let back = paused.filter { $0.value <= now }.keys.sorted()
        for person in back { paused[person] = nil }
        return back.flatMap { catalogue.setAvailable(of: $0) }
    }

    /// Learns from what was answered since the last time; the log alone decides what is learnt.
    private func learn() async throws {
        let office = office
        if learnt == nil {
            let (history, model) = try await office.store.read { tx in
                (AnswerHistory(try tx.givenAnswers()), try tx.latestStep()?.decodedModel)
            }
            judgement = MatchingScope.Judgement(model: model ?? AcceptanceModel(), history: history)
        }
        let (place, model, isNew) = try await office.learn(after: learnt)
        learnt = place
        guard isNew else { return }
        let history = try await office.store.read { tx in AnswerHistory(try tx.givenAnswers()) }
        judgement = MatchingScope.Judgement(model: model, history: history)
    }

    /// Finds, writes and announces matches for postings that are newly published: each by itself, or, when a file
    /// brought many, as a round, which spreads attention over them.
    private func match(_ ids: [Identifier<Posting>], upTo sequence: Int64) async throws -> Int {
        let standing = (name: Self.standing, value: "\(sequence)")
        let isBulk = ids.count > Self.single
        if isBulk, ids.count * 4 > count {
            let work = try await roundWork()
            let isStopping = { @Sendable in self.isStopping.withLock { $0 } }
            let (pairs, wasStopped) = try await apart {
                var work = work
                for id in work.needs {
                    work.read(id)
                    if Task.isCancelled || isStopping() { return (pairs: [ExplainedPair](), wasStopped: true) }
                }
                return (pairs: try await self.explained(work.deal(), in: work), wasStopped: false)
            }
            // The place in the log stays where it was: the next start goes on from there.
            if wasStopped { throw CancellationError() }
            return try await office.record(
                pairs, round: nil, announcing: .together, standing: standing, reading: reading)
        }
        let work = try await listWork(for: ids, seed: UInt64(bitPattern: sequence))
        var picks: [RoundPick] = []
        for id in ids {
            try Task.checkCancellation()
            guard let owner = work.scope.owner(of: id.text), !isPaused(owner) else { continue }
            picks += work.list(for: id.text, id.prefix == "need" ? .need : .seed)
        }
        let pairs = try await explained(picks, in: work)
        return try await office.record(
            pairs, round: nil, announcing: isBulk ? .together : .each, standing: standing, reading: reading)
    }

    /// What the lists of a few postings need, as it is now.
    func listWork(for ids: [Identifier<Posting>], seed: UInt64 = 0) async throws -> RoundWork {
        if learnt == nil { try await learn() }
        let settings = office.settings
        let (facts, judgement) = (catalogue.facts, judgement)
        let scope = try await office.store.read { tx in
            try MatchingScope(tx, for: ids, facts, judgement, repeatDays: settings.repeatWindowDays)
        }
        return RoundWork(index: catalogue.index, scope: scope, rules: RoundRules(settings, seed: seed))
    }

    /// Everything a round over all postings needs, as it is now: a snapshot that nothing waits for.
    ///
    /// - Parameter repeatDays: For how long pairs rest that were shown; the exchange's setting if left out.
    func roundWork(seed: UInt64 = 0, repeatDays: Int? = nil) async throws -> RoundWork {
        if learnt == nil { try await learn() }
        let settings = office.settings
        let (facts, judgement, days) = (
            catalogue.facts, judgement, repeatDays ?? settings.repeatWindowDays
        )
        let scope = try await office.store.read { tx in
            try MatchingScope(everything: tx, facts, judgement, repeatDays: days)
        }
        return RoundWork(index: catalogue.index, scope: scope, rules: RoundRules(settings, seed: seed))
    }

    /// Runs long work on the executor for such, beside the actor.
    nonisolated func apart<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task.detached(executorPreference: executor, priority: .utility) { try await work() }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
