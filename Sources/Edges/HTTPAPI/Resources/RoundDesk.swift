import Exchange
import Logging
import Operations
import Synchronization
import WebCommon

/// Runs one matching round at a time in the background and knows how it stands.
final class RoundDesk<Store: ExchangeStore>: Sendable {
    enum State: Sendable {
        case never
        case running(since: Instant, done: Int, all: Int)
        case finished(RoundReport, at: Instant)
        case failed(at: Instant)
    }

    private let matchmaker: Matchmaker<Store>
    private let state = Mutex(State.never)

    init(matchmaker: Matchmaker<Store>) { self.matchmaker = matchmaker }

    var present: State { state.withLock { $0 } }

    /// Starts a round; refuses while one runs.
    func start(by actor: Actor, now: @escaping @Sendable () -> Instant, logger: Logger) throws(Refusal) -> State {
        try actor.require(.coordinate)
        let started = State.running(since: now(), done: 0, all: 0)
        let isFree = state.withLock { state in
            if case .running = state { return false }
            state = started
            return true
        }
        guard isFree else { throw .busy("A round is running already.", retryAfterSeconds: 5) }
        Task {
            do {
                let report = try await matchmaker.round(by: actor) { done, all in self.note(done, all) }
                state.withLock { $0 = .finished(report, at: now()) }
            } catch {
                logger.error("the round failed", metadata: ["error": .string(String(reflecting: error))])
                state.withLock { $0 = .failed(at: now()) }
            }
        }
        return started
    }

    private func note(_ done: Int, _ all: Int) -> Bool {
        state.withLock { state in
            if case .running(let since, _, _) = state { state = .running(since: since, done: done, all: all) }
        }
        return !Task.isCancelled
    }
}

/// The state of rounds on the wire.
enum RoundForm {
    static let schema = Schema.named(
        "Round",
        .object([
            .required("state", .oneOf(["never", "running", "finished", "failed"])),
            .required("at", Schema.time.orNull, "When it began or ended."),
            .required("done", .integer(0...Int.max)), .required("all", .integer(0...Int.max)),
            .required("report", report.orNull),
        ]))

    private static let report = Schema.object([
        .required("id", .stored), .required("needs", .integer(0...Int.max), "Needs looked at."),
        .required("pairs", .integer(0...Int.max), "Pairs picked."),
        .required("new_matches", .integer(0...Int.max), "Pairs that had no match before."),
        .required("stopped", .boolean, "Whether it was stopped before the end."),
    ])

    static func json<Store>(_ state: RoundDesk<Store>.State) -> JSONValue {
        switch state {
        case .never: return ["state": "never", "at": nil, "done": 0, "all": 0, "report": nil]
        case .running(let since, let done, let all):
            return [
                "state": "running", "at": .time(since), "done": .integer(done), "all": .integer(all), "report": nil,
            ]
        case .finished(let report, let at):
            let json: JSONValue = [
                "id": .string(report.id), "needs": .integer(report.needs), "pairs": .integer(report.pairs),
                "new_matches": .integer(report.newMatches), "stopped": .bool(report.wasStopped),
            ]
            return [
                "state": "finished", "at": .time(at), "done": .integer(report.needs), "all": .integer(report.needs),
                "report": json,
            ]
        case .failed(let at): return ["state": "failed", "at": .time(at), "done": 0, "all": 0, "report": nil]
        }
    }
}
