package import Exchange
package import Matching

extension Office {
    /// The standing under which the place is kept up to which the log has been learnt from.
    private static var learningStanding: String { "learning.position" }
    /// Entries read at once.
    private static var stretch: Int { 500 }

    /// Learns from the log after the place, or from where the store stands; answers how far, the model, and whether
    /// anything was answered or learnt.
    ///
    /// Two processes may do this at once: who finds that the store has moved on writes nothing and reads again.
    func learn(after place: Int64?) async throws -> (place: Int64, model: AcceptanceModel, isNew: Bool) {
        var isNew = false
        while true {
            let (latest, entries, start) = try await store.read { tx in
                let kept = try tx.standing(Self.learningStanding).flatMap { Int64($0) } ?? 0
                let start = max(kept, place ?? 0)
                return (try tx.latestStep(), try tx.happenings(after: start, limit: Self.stretch), start)
            }
            var learner = latest.map { Learner(after: $0) } ?? Learner()
            guard let end = entries.last?.sequence else { return (start, learner.model, isNew) }
            isNew = isNew || entries.contains { $0.happening.kind.concernsLearning }
            let steps = entries.filter { $0.happening.kind.concernsLearning }.compactMap { learner.take($0) }
            // A place that nothing hangs on is written only with the next stretch.
            if steps.isEmpty && entries.count < Self.stretch { return (end, learner.model, isNew) }
            try await store.write { tx in
                let now = try tx.standing(Self.learningStanding).flatMap { Int64($0) } ?? 0
                guard now < end, try tx.latestStep()?.version == latest?.version else { return }
                for step in steps { try tx.insert(step) }
                try tx.setStanding(Self.learningStanding, "\(end)")
            }
        }
    }

    /// The weights now, and how they came about since a version: for coordinators.
    package func learning(since version: Int, by actor: Actor) async throws -> LearningState {
        try actor.require(.coordinate)
        _ = try await learn(after: nil)
        return try await store.read { tx in
            LearningState(
                latest: try tx.latestStep(), from: try version > 0 ? tx.step(version) : nil,
                steps: try tx.steps(after: version, limit: LearningState.longest))
        }
    }

    /// The steps of learning, newest first.
    package func learningSteps(_ page: PageRequest, by actor: Actor) async throws -> Page<LearningStep> {
        try actor.require(.coordinate)
        return try await store.read { tx in try tx.steps(page) }
    }

    /// Forgets what was learnt: the weights are the recipe's again. What was answered stays in the log.
    package func resetLearning(by actor: Actor) async throws {
        try actor.require(.administer)
        try await write { tx in
            try tx.append([Happening(.learningReset, subject: "learning", by: actor.reference, at: tx.now)])
        }
        _ = try await learn(after: nil)
    }

    /// Learns again from the whole log and compares: the same log must give the same weights.
    package func replayLearning(by actor: Actor) async throws -> LearningReplay {
        try actor.require(.coordinate)
        var learner = Learner()
        var place: Int64 = 0
        let stored = try await store.read { tx in
            (latest: try tx.latestStep(), end: try tx.standing(Self.learningStanding).flatMap { Int64($0) } ?? 0)
        }
        while place < stored.end {
            let from = place
            let entries = try await store.read { tx in try tx.happenings(after: from, limit: Self.stretch) }
            guard let last = entries.last else { break }
            for entry in entries where entry.sequence <= stored.end { _ = learner.take(entry) }
            place = last.sequence
        }
        let kept = stored.latest?.decodedModel ?? AcceptanceModel()
        return LearningReplay(
            steps: learner.version, isEqual: kept == learner.model && (stored.latest?.version ?? 0) == learner.version)
    }
}

/// Where learning stands.
package struct LearningState: Sendable {
    /// Most steps that are looked at for the words.
    static let longest = 5_000

    /// The newest step, nothing before the first.
    package let latest: LearningStep?
    /// The step from which changes are told; nothing for the beginning.
    package let from: LearningStep?
    /// The steps since.
    package let steps: [LearningStep]

    /// The weights now.
    package var model: AcceptanceModel { latest?.decodedModel ?? AcceptanceModel() }
    /// The weights from which changes are told.
    package var before: AcceptanceModel { from?.decodedModel ?? AcceptanceModel() }
}

/// What learning the whole log again gave.
package struct LearningReplay: Hashable, Sendable {
    /// Steps made.
    package let steps: Int
    /// Whether steps and weights are those of the store.
    package let isEqual: Bool

    /// Takes both.
    package init(steps: Int, isEqual: Bool) {
        self.steps = steps
        self.isEqual = isEqual
    }
}
