package import Exchange
import Synchronization

/// Hands the answers of messages to requests that wait for them: some platforms take an answer only in the response.
package final class InboundWaiters: Sendable {
    private struct State {
        var waiting: [Identifier<InboundMessage>: CheckedContinuation<String?, Never>] = [:]
        /// Answers that came before anybody waited, oldest first; few, because a request waits at once.
        var early: [(id: Identifier<InboundMessage>, body: String)] = []
    }

    private static let mostEarly = 64
    private let state = Mutex(State())

    /// Starts with nobody waiting.
    package init() {}

    /// The answer's body, or nothing when it has not come after so many milliseconds.
    package func body(of id: Identifier<InboundMessage>, within milliseconds: Int64) async -> String? {
        let timer = Task {
            try? await Task.sleep(for: .milliseconds(milliseconds))
            self.resume(id, with: nil)
        }
        defer { timer.cancel() }
        return await withCheckedContinuation { continuation in
            let early = state.withLock { state -> String? in
                if let place = state.early.firstIndex(where: { $0.id == id }) {
                    return state.early.remove(at: place).body
                }
                state.waiting[id] = continuation
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }
    }

    /// Hands over the answer.
    func fulfil(_ id: Identifier<InboundMessage>, with body: String) {
        let waiter = state.withLock { state -> CheckedContinuation<String?, Never>? in
            if let waiter = state.waiting.removeValue(forKey: id) { return waiter }
            state.early.append((id, body))
            if state.early.count > Self.mostEarly { state.early.removeFirst() }
            return nil
        }
        waiter?.resume(returning: body)
    }

    private func resume(_ id: Identifier<InboundMessage>, with body: String?) {
        let waiter = state.withLock { $0.waiting.removeValue(forKey: id) }
        waiter?.resume(returning: body)
    }
}
