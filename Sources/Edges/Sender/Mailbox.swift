import CCurl
import Delivery
import Synchronization

/// A request and whoever waits for its outcome.
struct Job: Sendable {
    let request: WireRequest
    let continuation: CheckedContinuation<WireOutcome, Never>
}

/// The multi handle as other threads see it.
///
/// Sendable because the only thing other threads do with it is `curl_multi_wakeup`, which libcurl documents as safe
/// from any
/// thread, and `Mailbox` takes it away under its lock before the loop frees it.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
}

/// What callers and the loop's thread share: the queue of jobs and the wish to stop.
final class Mailbox: Sendable {
    private struct State {
        var jobs: [Job] = []
        var multi: MultiHandle?
        var stopsAt: ContinuousClock.Instant?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(multi: MultiHandle) {
        state = Mutex(State(multi: multi))
    }

    /// False when the sender is stopping.
    func post(_ job: Job) -> Bool {
        state.withLock { state in
            guard state.stopsAt == nil, let multi = state.multi else { return false }
            state.jobs.append(job)
            // A queue that was not empty has woken the loop already.
            if state.jobs.count == 1 { curl_multi_wakeup(multi.pointer) }
            return true
        }
    }

    /// False when the thread has ended already; otherwise `continuation` is resumed when it does.
    func stop(at moment: ContinuousClock.Instant, waiting continuation: CheckedContinuation<Void, Never>) -> Bool {
        state.withLock { state in
            guard let multi = state.multi else { return false }
            state.stopsAt = min(state.stopsAt ?? moment, moment)
            state.waiting.append(continuation)
            curl_multi_wakeup(multi.pointer)
            return true
        }
    }

    /// For the loop: everything posted so far, and when to stop.
    func collect() -> (jobs: [Job], stopsAt: ContinuousClock.Instant?) {
        state.withLock { state in
            let jobs = state.jobs
            state.jobs.removeAll(keepingCapacity: true)
            return (jobs, state.stopsAt)
        }
    }

    /// For the loop's end: nobody may wake the handle any more. Returns what was left and who waits for the end.
    func close() -> (jobs: [Job], waiting: [CheckedContinuation<Void, Never>]) {
        state.withLock { state in
            defer {
                state.multi = nil
                state.jobs = []
                state.waiting = []
                state.stopsAt = state.stopsAt ?? .now
            }
            return (state.jobs, state.waiting)
        }
    }
}
