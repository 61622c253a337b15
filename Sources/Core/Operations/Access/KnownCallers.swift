import Exchange
import Synchronization

/// Callers found a moment ago, by the hash of their token, so that a page full of requests asks the store once.
///
/// What this process writes makes all of them unknown at once: a token revoked here is refused from then on. What
/// another process writes (a command beside the service) is seen after `patience` at the latest.
final class KnownCallers: Sendable {
    /// Milliseconds for which a caller is believed in.
    static let patience: Int64 = 500
    /// Callers kept at a time; beyond that all are forgotten and asked for again.
    private static let most = 10_000

    private struct Content {
        /// Grows with every write of this process.
        var generation: UInt64 = 0
        var callers: [String: (caller: SignedIn, since: Instant)] = [:]
    }

    private let content = Mutex(Content())

    /// The caller, if it was found in the last moment and nothing was written since; and the generation under which an
    /// answer of the store may be kept.
    func caller(_ hash: String, at now: Instant) -> (caller: SignedIn?, generation: UInt64) {
        content.withLock { content in
            guard let known = content.callers[hash] else { return (nil, content.generation) }
            let age = now.milliseconds - known.since.milliseconds
            // A clock that was set back must not make a moment long.
            guard (0...Self.patience).contains(age), known.caller.token.isValid(at: now) else {
                content.callers[hash] = nil
                return (nil, content.generation)
            }
            return (known.caller, content.generation)
        }
    }

    /// Keeps what the store answered, unless something was written since `generation`.
    func keep(_ caller: SignedIn, _ hash: String, asOf generation: UInt64, at now: Instant) {
        content.withLock { content in
            guard content.generation == generation else { return }
            if content.callers.count >= Self.most { content.callers.removeAll() }
            content.callers[hash] = (caller, now)
        }
    }

    /// Forgets everybody, because something was written.
    func forgetAll() {
        content.withLock { content in
            content.generation &+= 1
            if !content.callers.isEmpty { content.callers.removeAll(keepingCapacity: true) }
        }
    }
}
