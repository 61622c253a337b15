package import Exchange

/// Computes timetables of meetings beside everything else, with their state in the store: they can be watched, and
/// stopped with the best that was found so far.
package actor MeetingPlanRunner<Store: ExchangeStore> {
    private let office: Office<Store>
    /// Where it computes; nothing means with everything else.
    package nonisolated let executor: (any TaskExecutor)?
    private let holder: String
    private var works: [Identifier<MeetingDraft>: (pace: PlanningPace, task: Task<Void, Never>)] = [:]

    /// Milliseconds between two signs of life.
    private static var pulse: Int64 { 500 }
    /// A computation without sign of life for so long has lost its process.
    private static var silence: Int64 { 30_000 }

    /// Computes on the executor, if one is given.
    package init(office: Office<Store>, executor: (any TaskExecutor)? = nil) {
        self.office = office
        self.executor = executor
        holder = "process_\(office.ambient.random())"
    }

    /// Begins a timetable; one whose process has gone is given up. Refuses while another of the event is computed.
    package func start(
        _ event: Identifier<Event>, _ order: MeetingDraft.Order, by actor: Actor
    ) async throws -> MeetingDraft {
        try actor.require(.coordinate)
        let checked = try order.checked()
        let (holder, ambient) = (holder, office.ambient)
        let draft = try await office.write { tx in
            guard try tx.event(event) != nil else { throw Refusal.notFound(subject: "event", id: event.text) }
            if try tx.meetingDay(of: event).content.slots.isEmpty {
                throw Refusal.invalid("slots", .required, "Say first when people meet: the day has no slots.")
            }
            for old in try tx.meetingDrafts(of: event, PageRequest(limit: 5)).items where old.state == .computing {
                guard old.updatedAt < tx.now.advanced(byMilliseconds: -Self.silence) else {
                    throw Refusal.busy("A timetable of this event is being computed.", retryAfterSeconds: 5)
                }
                try tx.update(old.failed("The process that computed it has gone.", at: tx.now), expecting: old.version)
            }
            let draft = MeetingDraft(
                id: ambient.identifier(at: tx.now), event: event, order: checked, holder: holder,
                startedBy: actor.reference, startedAt: tx.now, updatedAt: tx.now)
            try tx.insert(draft)
            return draft
        }
        let pace = PlanningPace(seconds: checked.seconds, clock: ambient.now)
        let task = Task.detached(executorPreference: executor, priority: .utility) { [self] in
            await work(on: draft, pace)
            await finished(draft.id)
        }
        works[draft.id] = (pace, task)
        return draft
    }

    /// Ends the computation with what was found so far.
    package func stop(_ draft: Identifier<MeetingDraft>, by actor: Actor) async throws -> MeetingDraft {
        try actor.require(.coordinate)
        if let work = works[draft] {
            work.pace.stop()
            await work.task.value
        }
        return try await office.meetingDraft(draft, by: actor)
    }

    /// Waits until the timetable is computed.
    package func settled(_ draft: Identifier<MeetingDraft>) async { await works[draft]?.task.value }

    /// Ends all computations, because the process ends.
    package func leave() async {
        for work in works.values { work.pace.stop() }
        for work in works.values { await work.task.value }
    }

    private func finished(_ draft: Identifier<MeetingDraft>) { works[draft] = nil }

    private nonisolated func work(on draft: MeetingDraft, _ pace: PlanningPace) async {
        let store = office.store
        let holder = draft.holder
        // Signs of life go out beside the computation, not on its thread.
        let pulse = Task.detached {
            let nobody = Signal()
            while !Task.isCancelled {
                await nobody.wait(milliseconds: Self.pulse)
                let share = pace.share
                let isMine =
                    (try? await store.write { tx in
                        try tx.note(share, of: draft.id, by: holder, at: tx.now)
                    }) ?? true
                if !isMine { pace.stop() }
            }
        }
        defer { pulse.cancel() }
        do {
            let material = try await store.read { tx in try MeetingMaterial(draft.event, tx) }
            let composition = try MeetingComposition(material)
            let result = try await MeetingPlanning.compute(composition, draft.order, pace)
            try await office.finish(draft, with: result)
        } catch {
            let words = (error as? Refusal)?.words ?? "It could not be computed."
            _ = try? await store.write { tx in
                guard let now = try tx.meetingDraft(draft.id), now.state == .computing, now.holder == holder else {
                    return
                }
                try tx.update(now.failed(words, at: tx.now), expecting: now.version)
            }
        }
    }
}

extension MeetingDraft {
    /// The draft as one that came to nothing.
    func failed(_ words: String, at now: Instant) -> MeetingDraft {
        var changed = self
        changed.state = .failed
        changed.failure = words
        changed.version += 1
        changed.updatedAt = now
        return changed
    }
}

extension Office {
    /// Writes what was computed; meetings of people who left in the meantime are taken out and said so.
    func finish(_ draft: MeetingDraft, with result: MeetingDraft.Result) async throws {
        try await write { tx in
            guard var now = try tx.meetingDraft(draft.id), now.state == .computing, now.holder == draft.holder else {
                return
            }
            let here = Set(try tx.confirmedRegistrations(at: draft.event).compactMap(\.participant))
            var kept = result
            kept.entries = []
            for entry in result.entries {
                let missing = [entry.first, entry.second].filter { !here.contains($0) }
                if missing.isEmpty {
                    kept.entries.append(entry)
                    continue
                }
                kept.score -= entry.worth
                kept.unmet.append(
                    MeetingDraft.Unmet(
                        from: missing.contains(entry.first) ? entry.second : entry.first,
                        target: (missing.contains(entry.first) ? entry.first : entry.second).text, worth: entry.worth,
                        cause: .left, people: missing, at: [entry.seat.span]))
            }
            now.result = kept
            now.state = .ready
            now.progress = 1
            now.version += 1
            now.updatedAt = tx.now
            try tx.update(now, expecting: draft.version)
            try tx.append([
                Happening(
                    .meetingsPlanned, subject: draft.id.text, related: [draft.event.text], by: draft.startedBy,
                    at: tx.now,
                    details: ["meetings": "\(kept.entries.count)", "unmet": "\(kept.unmet.count)"])
            ])
        }
    }

    /// One timetable: for coordinators.
    package func meetingDraft(_ id: Identifier<MeetingDraft>, by actor: Actor) async throws -> MeetingDraft {
        try actor.require(.coordinate)
        return try await store.read { tx in
            guard let found = try tx.meetingDraft(id) else { throw Refusal.notFound(subject: "draft", id: id.text) }
            return found
        }
    }

    /// Timetables of an event, newest first: for coordinators.
    package func meetingDrafts(
        of event: Identifier<Event>, _ page: PageRequest, by actor: Actor
    ) async throws -> Page<MeetingDraft> {
        try actor.require(.coordinate)
        return try await store.read { tx in try tx.meetingDrafts(of: event, page) }
    }

    /// Puts a timetable aside.
    package func discard(
        _ id: Identifier<MeetingDraft>, expecting version: Int? = nil, by actor: Actor
    ) async throws -> MeetingDraft {
        try actor.require(.coordinate)
        return try await write { tx in
            guard var draft = try tx.meetingDraft(id) else { throw Refusal.notFound(subject: "draft", id: id.text) }
            try tx.expect(version, current: draft.version, "draft")
            guard draft.state == .ready else {
                throw Refusal.conflict(.state(subject: "draft", state: draft.state.rawValue, verb: "discarded"))
            }
            let old = draft.version
            draft.state = .discarded
            draft.version += 1
            draft.updatedAt = tx.now
            try tx.update(draft, expecting: old)
            return draft
        }
    }
}
