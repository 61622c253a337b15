import Synchronization

/// Writes that arrive while a commit is under way wait here and are then committed together.
///
/// Each member runs inside a savepoint of its own: one that throws undoes only itself. No member hears of its outcome,
/// good or bad, before the commit has succeeded, because what it saw may stem from a member beside it.
final class GroupCommit: Sendable {
    private struct State {
        var waiting: [WriteJob] = []
        var phase = Phase.idle
        var drained: [CheckedContinuation<Void, Never>] = []
    }

    private enum Phase {
        case idle
        case running
        case closed
    }

    private let state = Mutex(State())
    private let limits: EngineLimits
    /// Starts ``drain(on:)`` on the thread that owns the writing connection.
    private let wake: @Sendable (GroupCommit) -> Void

    init(limits: EngineLimits, wake: @escaping @Sendable (GroupCommit) -> Void) {
        self.limits = limits
        self.wake = wake
    }

    /// Waits in line, runs `work` in a transaction, and answers after the commit.
    func write<Value: Sendable>(
        _ manner: WriteManner, _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = WriteJob(
                manner: manner,
                run: { session in
                    let value = try work(session)
                    return { continuation.resume(returning: value) }
                },
                fail: { continuation.resume(throwing: $0) })
            submit(job)
        }
    }

    private func submit(_ job: WriteJob) {
        let answer: (wake: Bool, refusal: StoreFault?) = state.withLock { state in
            if state.phase == .closed { return (false, .closed) }
            guard state.waiting.count < limits.waitingWrites else {
                return (false, .busy("\(limits.waitingWrites) writes are waiting already"))
            }
            state.waiting.append(job)
            guard state.phase == .idle else { return (false, nil) }
            state.phase = .running
            return (true, nil)
        }
        if let refusal = answer.refusal { job.fail(refusal) }
        if answer.wake { wake(self) }
    }

    /// Refuses new writes and returns when those that wait are settled.
    func close() async {
        await withCheckedContinuation { continuation in
            let idle = state.withLock { state in
                let idle = state.phase != .running
                if idle { state.phase = .closed } else { state.drained.append(continuation) }
                return idle
            }
            if idle { continuation.resume() }
        }
    }

    /// Commits group after group until nothing waits. Runs on the thread that owns `connection`.
    func drain(on connection: some WritingConnection) {
        while let group = next() {
            settle(group, on: connection)
        }
    }

    /// The next group, or nil when nothing waits; then the next arrival wakes the writer again.
    private func next() -> [WriteJob]? {
        var finished: [CheckedContinuation<Void, Never>] = []
        let group: [WriteJob]? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.phase = state.drained.isEmpty ? .idle : .closed
                finished = state.drained
                state.drained = []
                return nil
            }
            var size = 1
            if limits.commits == .on, state.waiting[0].manner == .shared {
                let most = min(limits.writesPerCommit, state.waiting.count)
                while size < most, state.waiting[size].manner == .shared { size += 1 }
            }
            let group = Array(state.waiting[..<size])
            state.waiting.removeFirst(size)
            return group
        }
        for continuation in finished { continuation.resume() }
        return group
    }

    private func settle(_ group: [WriteJob], on connection: some WritingConnection) {
        guard group.count > 1 else {
            for job in group { settleAlone(job, on: connection) }
            return
        }
        var outcome = attempt(group, on: connection)
        var round = 1
        while case .unavailable(let error) = outcome, round < GroupCommit.rounds, GroupCommit.mayRepeat(error) {
            outcome = attempt(group, on: connection)
            round += 1
        }
        switch outcome {
        case .settled: break
        case .undone:
            // Nothing of the group is stored, so each may safely be tried by itself: one bad member, or a commit too
            // large for the disk, must not cost the others their work.
            for job in group { settleAlone(job, on: connection) }
        case .unavailable(let error), .doubtful(let error):
            // Where none could begin, none is tried alone: each would wait as long again, one after another.
            for job in group { job.fail(error) }
        }
    }

    private func settleAlone(_ job: WriteJob, on connection: some WritingConnection) {
        for round in 1... {
            switch attempt([job], on: connection) {
            case .settled: return
            case .doubtful(let error): return job.fail(error)
            case .unavailable(let error), .undone(let error):
                guard round < GroupCommit.rounds, GroupCommit.mayRepeat(error) else { return job.fail(error) }
            }
        }
    }

    /// Whether trying again at once may help; a database that was busy has been waited for already.
    private static func mayRepeat(_ error: any Error) -> Bool {
        guard let fault = error as? StoreFault else { return false }
        if case .busy = fault { return false }
        return fault.isTransient
    }

    /// How often work is begun again after a lost connection or a lost race, before its caller hears of it.
    private static let rounds = 3

    private enum Attempt {
        /// Every member was told its outcome.
        case settled
        /// The transaction could not even begin; no member has run.
        case unavailable(any Error)
        /// The transaction is gone, nobody was told, nothing is stored.
        case undone(any Error)
        /// Nobody was told, and whether it is stored cannot be found out.
        case doubtful(any Error)
    }

    private func attempt(_ group: [WriteJob], on connection: some WritingConnection) -> Attempt {
        do { try connection.begin() } catch {
            connection.rollback()
            return .unavailable(error)
        }
        var deliveries: [@Sendable () -> Void] = []
        deliveries.reserveCapacity(group.count)
        for job in group {
            do {
                deliveries.append(try member(job, of: group.count, on: connection))
            } catch {
                connection.rollback()
                return .undone(error)
            }
        }
        do {
            try connection.commit()
        } catch StoreFault.connectionLost(.unknown, let detail) {
            connection.rollback()
            return .doubtful(StoreFault.connectionLost(.unknown, detail))
        } catch {
            connection.rollback()
            return .undone(error)
        }
        for deliver in deliveries { deliver() }
        return .settled
    }

    /// Runs one member and returns what tells its caller. Throws only when the whole transaction is lost.
    private func member(
        _ job: WriteJob, of size: Int, on connection: some WritingConnection
    ) throws -> @Sendable () -> Void {
        let guarded = size > 1
        if guarded { try connection.execute("SAVEPOINT member") }
        let session = connection.session()
        do {
            let delivery = try job.run(session)
            try session.finish()
            if guarded { try connection.execute("RELEASE SAVEPOINT member") }
            return delivery
        } catch {
            session.end()
            guard !connection.lostTransaction else { throw session.fault ?? error }
            if (session.fault ?? error as? StoreFault)?.isTransient == true { throw session.fault ?? error }
            try connection.execute(guarded ? "ROLLBACK TO SAVEPOINT member" : "ROLLBACK")
            if guarded { try connection.execute("RELEASE SAVEPOINT member") }
            return { job.fail(error) }
        }
    }
}

/// One closure waiting for the writer.
struct WriteJob: Sendable {
    let manner: WriteManner
    /// Does the work and returns what tells the caller its value.
    let run: @Sendable (any SQLSession) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
}

/// What sharing commits needs of a connection. Used on one thread only.
protocol WritingConnection {
    /// Begins a transaction that no other writer can join. Repairs a broken connection first.
    func begin() throws
    /// Commits, or does nothing if no transaction is open. Throws `connectionLost(.unknown)` if the outcome cannot be
    /// found out.
    func commit() throws
    /// Ends whatever is open; never fails.
    func rollback()
    func execute(_ sql: String) throws
    /// Whether the database has given up the transaction by itself.
    var lostTransaction: Bool { get }
    /// A session with the instant of now.
    func session() -> any FinishingSession
}

/// A session that knows its end and its first fault.
protocol FinishingSession: SQLSession {
    var fault: StoreFault? { get }
    /// Ends the session; throws the fault it has met, if any.
    func finish() throws
    /// Ends the session.
    func end()
}
