package import Exchange
import Synchronization

/// Hands the answers of messages to requests that wait for them: some platforms take an answer only in the response.
package final class InboundWaiters: Sendable {
    private struct State {
        var waiting: [Identifier<InboundMessage>: Signal] = [:]
        /// Answers that nobody has fetched, oldest first; few, because a request waits at once.
        var bodies: [(id: Identifier<InboundMessage>, body: String)] = []

        mutating func take(_ id: Identifier<InboundMessage>) -> String? {
            bodies.firstIndex { $0.id == id }.map { bodies.remove(at: $0).body }
        }
    }

    private static let mostKept = 64
    private let state = Mutex(State())

    /// Starts with nobody waiting.
    package init() {}

    /// The answer's body, or nothing when it has not come after so many milliseconds.
    package func body(of id: Identifier<InboundMessage>, within milliseconds: Int64) async -> String? {
        let signal = Signal()
        let early = state.withLock { state -> String? in
            if let body = state.take(id) { return body }
            state.waiting[id] = signal
            return nil
        }
        if let early { return early }
        await signal.wait(milliseconds: milliseconds)
        return state.withLock { state in
            state.waiting[id] = nil
            return state.take(id)
        }
    }

    /// Hands over the answer.
    func fulfil(_ id: Identifier<InboundMessage>, with body: String) {
        let waiter = state.withLock { state -> Signal? in
            state.bodies.append((id, body))
            if state.bodies.count > Self.mostKept { state.bodies.removeFirst() }
            return state.waiting[id]
        }
        waiter?.fire()
    }
}
