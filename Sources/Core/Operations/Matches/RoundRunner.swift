package import Exchange
import Matching
import Synchronization

/// Runs rounds over everything, one at a time, beside everything else: on its own executor, over a snapshot, with its
/// state in the store, so that a round can be watched, stopped, and resumed after a restart or a crash.
///
/// A round first reads each need's candidates and keeps them in the store portion by portion; then it deals them out
/// and writes the matches, portion by portion, in the order of needs; last it tells the channels. Whatever of this was
/// done when the process ended is not done again.
package actor RoundRunner<Store: ExchangeStore> {
    private let matchmaker: Matchmaker<Store>
    private var office: Office<Store> { matchmaker.office }
    /// This process.
    private let holder: String
    private var task: Task<Void, Never>?
    private nonisolated let order = Mutex(Order.go)

    /// What the one who works on a round is told.
    private enum Order: Sendable {
        case go, stop, cancel
        /// The process ends: whoever starts next goes on.
        case leave
    }

    /// Needs whose candidates are kept in one transaction, at most.
    private static var portion: Int { 200 }
    /// Milliseconds after which they are kept in any case, as a sign of life.
    private static var pulse: Int64 { 1_000 }
    /// A round without sign of life for so long has lost its process.
    private static var silence: Int64 { 30_000 }

    /// Works with the matchmaker's index and learnt weights.
    package init(matchmaker: Matchmaker<Store>) {
        self.matchmaker = matchmaker
        holder = "process_\(matchmaker.office.ambient.random())"
    }

    /// The newest round, if there ever was one.
    package func latest(by actor: Actor) async throws -> StoredRound? {
        try actor.require(.coordinate)
        return try await office.store.read { tx in try tx.latestRound() }
    }

    /// Begins a round; one that was stopped is given up. Refuses while one runs.
    package func start(by actor: Actor) async throws -> StoredRound {
        try actor.require(.coordinate)
        try await refuseBusy()
        let (holder, ambient) = (holder, office.ambient)
        let round = try await office.write { tx in
            if var old = try tx.latestRound(), old.state == .stopped || old.state == .running {
                // Somebody else has begun one since this call began.
                if old.state == .running, old.updatedAt > tx.now.advanced(byMilliseconds: -Self.silence) {
                    throw Self.busy
                }
                let before = (state: old.state, holder: old.holder)
                old.end(.cancelled, at: tx.now)
                guard try tx.update(old, ifStill: before.state, of: before.holder) else { throw Self.busy }
                try tx.removeRows(of: old.id)
            }
            let id = "round_" + ambient.identifier(Match.self, at: tx.now).text.dropFirst(6)
            let round = StoredRound(
                id: id, holder: holder, startedBy: actor.reference, startedAt: tx.now, updatedAt: tx.now)
            try tx.insert(round)
            try tx.append([Happening(.roundStarted, subject: id, by: actor.reference, at: tx.now)])
            return round
        }
        begin(round)
        return round
    }

    /// Goes on with the newest round, if it was stopped, or its process is gone.
    package func resume(by actor: Actor) async throws -> StoredRound {
        try actor.require(.coordinate)
        try await refuseBusy()
        guard let round = try await takeOver(from: [.stopped, .running]) else {
            let state = try await latest(by: actor)?.state.rawValue ?? "missing"
            throw Refusal.conflict(.state(subject: "round", state: state, verb: "resumed"))
        }
        begin(round)
        return round
    }

    /// Goes on with a round whose process ended while it ran; answers whether there was one.
    ///
    /// - Parameter isAlone: Whether no other process can work on this store; otherwise only a round without sign of
    ///   life is taken over.
    @discardableResult
    package func resumeInterrupted(isAlone: Bool) async throws -> Bool {
        if task != nil { return false }
        if !isAlone {
            do { try await refuseBusy() } catch is Refusal { return false }
        }
        guard let round = try await takeOver(from: [.running]) else { return false }
        begin(round)
        return true
    }

    /// Stops the round that runs; what is read is kept, and it can be resumed.
    package func stop(by actor: Actor) async throws -> StoredRound {
        try await end(.stop, .stopped, .roundStopped, from: [.running], by: actor)
    }

    /// Gives up the round that runs or was stopped; matches that it has written stay.
    package func cancel(by actor: Actor) async throws -> StoredRound {
        try await end(.cancel, .cancelled, .roundCancelled, from: [.running, .stopped], by: actor)
    }

    /// Lets go of the round that runs, because the process ends: the next start goes on with it.
    package func leave() async {
        order.withLock { $0 = .leave }
        task?.cancel()
        await task?.value
    }

    /// Waits until no round runs in this process.
    package func settled() async {
        await task?.value
    }

    private static var busy: Refusal { .busy("A round is running already.", retryAfterSeconds: 5) }

    private func refuseBusy() async throws {
        if task != nil { throw Self.busy }
        let now = office.ambient.now()
        let latest = try await office.store.read { tx in try tx.latestRound() }
        if let latest, latest.state == .running, latest.holder != holder,
            latest.updatedAt > now.advanced(byMilliseconds: -Self.silence)
        {
            throw Self.busy
        }
    }

    private func takeOver(from states: [StoredRound.State]) async throws -> StoredRound? {
        let holder = holder
        return try await office.store.write { tx in
            guard var round = try tx.latestRound(), states.contains(round.state) else { return nil }
            let before = (state: round.state, holder: round.holder)
            round.state = .running
            round.holder = holder
            round.updatedAt = tx.now
            return try tx.update(round, ifStill: before.state, of: before.holder) ? round : nil
        }
    }

    private func end(
        _ word: Order, _ state: StoredRound.State, _ kind: Happening.Kind, from states: [StoredRound.State],
        by actor: Actor
    ) async throws -> StoredRound {
        try actor.require(.coordinate)
        order.withLock { $0 = word }
        await task?.value
        return try await office.write { tx in
            guard var round = try tx.latestRound(), states.contains(round.state) else {
                let present = try tx.latestRound()?.state.rawValue ?? "missing"
                throw Refusal.conflict(.state(subject: "round", state: present, verb: state.rawValue))
            }
            let before = (state: round.state, holder: round.holder)
            if state == .stopped { round.state = .stopped } else { round.end(state, at: tx.now) }
            round.updatedAt = tx.now
            // Another process that works on it notices at its next sign of life.
            guard try tx.update(round, ifStill: before.state, of: before.holder) else { throw Self.busy }
            if state == .cancelled { try tx.removeRows(of: round.id) }
            try tx.append([
                Happening(
                    kind, subject: round.id, by: actor.reference, at: tx.now,
                    details: ["done": "\(round.done)", "all": "\(round.all)"])
            ])
            return round
        }
    }

    private func begin(_ round: StoredRound) {
        order.withLock { $0 = .go }
        let executor = matchmaker.executor
        task = Task.detached(executorPreference: executor, priority: .utility) { [self] in
            await work(on: round)
            await finished()
        }
    }

    private func finished() { task = nil }

    private nonisolated var mayGoOn: Bool { order.withLock { $0 == .go } && !Task.isCancelled }

    private nonisolated func work(on started: StoredRound) async {
        var round = started
        do {
            _ = try await matchmaker.office.expireOverdue()
            try await matchmaker.catchUp()
            var work = try await matchmaker.roundWork(seed: chanceSeed(round.id))
            guard try await read(&work, &round) else { return }
            try await write(work, &round)
        } catch is CancellationError {
            return
        } catch {
            round.end(.failed, at: matchmaker.office.ambient.now())
            let failed = round
            _ = try? await matchmaker.office.store.write { tx in
                try tx.update(failed, ifStill: .running, of: failed.holder)
            }
        }
    }

    /// Reads every need's candidates; answers whether to go on.
    private nonisolated func read(_ work: inout RoundWork, _ round: inout StoredRound) async throws -> Bool {
        var after = ""
        while true {
            let (id, place) = (round.id, after)
            let kept = try await matchmaker.office.store.read { tx in
                try tx.rows(of: id, after: place, limit: Self.portion)
            }
            for row in kept {
                if let candidates = JSONForm.value([RoundCandidate].self, from: row.candidates) {
                    work.take(RoundRow(id: row.need, candidates: candidates))
                }
            }
            guard let last = kept.last else { break }
            after = last.need
        }
        let needs = work.needs
        round.all = needs.count
        round.done = needs.count { work.isRead($0) }
        var fresh: [(need: String, candidates: String)] = []
        var pulse = matchmaker.office.ambient.now()
        for need in needs where !work.isRead(need) {
            let row = work.read(need)
            fresh.append((need, JSONForm.text(row.candidates)))
            let now = matchmaker.office.ambient.now()
            if fresh.count >= Self.portion || now >= pulse.advanced(byMilliseconds: Self.pulse) {
                guard try await keep(fresh, &round) else { return false }
                fresh = []
                pulse = now
            }
            if !mayGoOn { break }
            await Task.yield()
        }
        return try await keep(fresh, &round) && mayGoOn
    }

    /// Keeps what was read; false if the round is no longer this process's.
    private nonisolated func keep(
        _ rows: [(need: String, candidates: String)], _ round: inout StoredRound
    ) async throws -> Bool {
        round.done += rows.count
        round.updatedAt = matchmaker.office.ambient.now()
        let present = round
        return try await matchmaker.office.store.write { tx in
            guard try tx.update(present, ifStill: .running, of: present.holder) else { return false }
            try tx.insert(rows: rows, of: present.id)
            return true
        }
    }

    /// Deals out, writes and tells.
    private nonisolated func write(_ work: RoundWork, _ round: inout StoredRound) async throws {
        let id = round.id
        let picks = work.deal()
        let written = try await matchmaker.office.store.read { tx in Set(try tx.matches(ofRound: id).map(\.need.text)) }
        let open = picks.filter { !written.contains($0.need) }
        round.pairs = picks.count
        var start = 0
        while start < open.count {
            guard try await keep([], &round) else { return }
            var end = min(start + Self.portion, open.count)
            while end < open.count && open[end].need == open[end - 1].need { end += 1 }
            let pairs = try await matchmaker.explained(Array(open[start..<end]), in: work)
            _ = try await matchmaker.office.record(
                pairs, round: id, announcing: nil, standing: nil, reading: matchmaker.reading)
            if !mayGoOn { return }
            start = end
        }
        try await matchmaker.office.complete(round, reading: matchmaker.reading)
    }

    private nonisolated func chanceSeed(_ id: String) -> UInt64 {
        id.utf8.reduce(0) { ($0 &* 31) &+ UInt64($1) }
    }
}

extension StoredRound {
    /// Ends it.
    fileprivate mutating func end(_ state: State, at now: Instant) {
        self.state = state
        updatedAt = now
        endedAt = now
    }
}

extension Office {
    /// Ends a round whose matches are written: tells the channels, in one notice each, and drops what was kept.
    fileprivate func complete(_ round: StoredRound, reading: PostingReading) async throws {
        let plain = NoticeComposer(settings: settings, taxonomy: taxonomy, reading: reading)
        try await write { tx in
            let composer = plain.answered(by: try answerWays(tx))
            let found = try tx.matches(ofRound: round.id)
            let postings = try tx.postings(inPortions: Set(found.flatMap { [$0.need.text, $0.seed.text] }).sorted())
            let pairs = found.compactMap { match -> (Match, ExplainedPair)? in
                guard let need = postings[match.need], let seed = postings[match.seed],
                    let reason = try? MatchReason(json: match.reason)
                else { return nil }
                let kind = MatchKind(rawValue: match.kind.rawValue) ?? .wildcard
                return (
                    match,
                    ExplainedPair(
                        need: need, seed: seed, value: match.score, parts: match.parts, kind: kind, reason: reason)
                )
            }
            var ended = round
            ended.end(.finished, at: tx.now)
            ended.newMatches = found.count
            guard try tx.update(ended, ifStill: .running, of: round.holder) else { return }
            try tx.announce(pairs.filter { $0.1.isAnnounced }, composer, ambient)
            try tx.removeRows(of: round.id)
            try tx.append([
                Happening(
                    .roundCompleted, subject: round.id, by: round.startedBy, at: tx.now,
                    details: ["pairs": "\(round.pairs)", "new": "\(found.count)"])
            ])
        }
        nudge(.outbox)
    }
}
