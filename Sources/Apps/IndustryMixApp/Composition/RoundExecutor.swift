import Foundation
import Glibc
import Synchronization

/// One thread of low priority for rounds over everything: however long they compute, no thread that answers requests
/// waits for them.
final class RoundExecutor: TaskExecutor {
    private let jobs: Jobs

    init() {
        let jobs = Jobs()
        self.jobs = jobs
        let thread = Thread { Self.run(jobs) }
        thread.name = "rounds"
        // Ranking one need of a large exchange goes deep; the size is that of the main thread.
        thread.stackSize = 8 << 20
        thread.start()
    }

    deinit { jobs.close() }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.append(UnownedJob(job), on: asUnownedTaskExecutor())
    }

    private static func run(_ jobs: Jobs) {
        // On Linux this is the thread's own; a refusal of the system changes nothing but the priority.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        while let (job, executor) = jobs.next() { job.runSynchronously(on: executor) }
    }
}

/// A queue between the threads that have work and the one that does it.
private final class Jobs: Sendable {
    private struct State {
        var waiting: [(UnownedJob, UnownedTaskExecutor)] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let count = DispatchSemaphore(value: 0)

    func append(_ job: UnownedJob, on executor: UnownedTaskExecutor) {
        state.withLock { $0.waiting.append((job, executor)) }
        count.signal()
    }

    func close() {
        state.withLock { $0.isClosed = true }
        count.signal()
    }

    /// The next job, as soon as there is one; nothing once the executor is gone.
    func next() -> (UnownedJob, UnownedTaskExecutor)? {
        count.wait()
        return state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }
}
