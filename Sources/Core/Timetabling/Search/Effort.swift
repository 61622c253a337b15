/// How long a search may take and how it uses chance.
package struct Effort: Sendable {
    /// The end of a search.
    package enum Span: Sendable {
        /// So many trials of each thread: the same seed gives the same answer on every machine.
        case trials(Int)
        /// Until the share of the time that is used up, 0 at the start, reaches 1. It is asked often and from all
        /// threads.
        case share(@Sendable () -> Double)
    }

    package let span: Span
    package let seed: UInt64
    /// Searches that run side by side and take over from the best now and then.
    package let threads: Int

    /// At most this many threads are used.
    package static let maximumThreads = 64

    /// An effort; out of range, the number of threads is brought into it.
    package init(_ span: Span, seed: UInt64 = 1, threads: Int = 1) {
        self.span = span
        self.seed = seed
        self.threads = min(max(threads, 1), Self.maximumThreads)
    }

    /// Whether the time is used up before anything was tried.
    var isOver: Bool {
        switch span {
        case .trials(let trials): trials <= 0
        case .share(let share): share() >= 1
        }
    }

    /// The share of the whole after so many trials of one thread.
    func share(after trials: Int) -> Double {
        switch span {
        case .trials(let all): all <= 0 ? 1 : Double(trials) / Double(all)
        case .share(let share): share()
        }
    }
}
