import Foundation
import Glibc
import Synchronization

/// Threads of low priority for what takes long, such as rounds over everything and timetables: however long they
/// compute, no thread that answers requests waits for them.
final class BackgroundExecutor: TaskExecutor {
    private let jobs: Jobs

    /// So many threads, 1 or more, with a name that tools for looking at processes show.
    init(name: String, threads: Int = 1) {
        let jobs = Jobs(consumers: threads)
        self.jobs = jobs
        for _ in 0..<threads {
            let thread = Thread { Self.run(jobs) }
            thread.name = name
            // Ranking one need of a large exchange goes deep; the size is that of the main thread.
            thread.stackSize = 8 << 20
            thread.start()
        }
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

/// A queue between the threads that have work and those that do it.
private final class Jobs: Sendable {
    private struct State {
        var waiting: [(UnownedJob, UnownedTaskExecutor)] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let count = DispatchSemaphore(value: 0)
    private let consumers: Int

    init(consumers: Int) { self.consumers = consumers }

    func append(_ job: UnownedJob, on executor: UnownedTaskExecutor) {
        state.withLock { $0.waiting.append((job, executor)) }
        count.signal()
    }

    func close() {
        state.withLock { $0.isClosed = true }
        for _ in 0..<consumers { count.signal() }
    }

    /// The next job, as soon as there is one; nothing once the executor is gone.
    func next() -> (UnownedJob, UnownedTaskExecutor)? {
        count.wait()
        return state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }
}
