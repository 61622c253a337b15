import Dispatch
import Operations
import Synchronization

/// What waits for the workers: texts of batches, first come, first served.
final class EncoderWork: Sendable {
    private struct State {
        var waiting: [(batch: EncoderBatch, place: Int)] = []
        var start = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)

    /// Puts all texts of the batch behind what waits already.
    func add(_ batch: EncoderBatch) {
        let isClosed = state.withLock { state in
            if !state.isClosed {
                for place in 0..<batch.count { state.waiting.append((batch, place)) }
            }
            return state.isClosed
        }
        if isClosed { return batch.end(.failure(.stopped)) }
        for _ in 0..<batch.count { available.signal() }
    }

    /// The next text, waiting for one; nothing once it is closed.
    func next() -> (batch: EncoderBatch, place: Int)? {
        available.wait()
        let (next, isClosed) = state.withLock { state -> ((batch: EncoderBatch, place: Int)?, Bool) in
            guard !state.isClosed, state.start < state.waiting.count else { return (nil, state.isClosed) }
            let next = state.waiting[state.start]
            state.start += 1
            if state.start == state.waiting.count {
                state.waiting.removeAll(keepingCapacity: true)
                state.start = 0
            }
            return (next, false)
        }
        // So that the next worker wakes too.
        if isClosed { available.signal() }
        return next
    }

    /// Ends everything that waits, and the workers.
    func close() {
        let left = state.withLock { state in
            state.isClosed = true
            let left = state.waiting[state.start...].map(\.batch)
            state.waiting = []
            state.start = 0
            return left
        }
        for batch in left { batch.end(.failure(.stopped)) }
        available.signal()
    }
}

/// Texts whose vectors somebody waits for. Ends once: with all vectors, or with the first trouble.
final class EncoderBatch: Sendable {
    typealias Answer = Result<[[Float]], MeaningFault>

    private struct State {
        var vectors: [[Float]]
        var missing: Int
        var answer: Answer?
        var waiter: CheckedContinuation<Answer, Never>?
    }

    private let texts: [String]
    private let state: Mutex<State>

    var count: Int { texts.count }

    init(_ texts: [String]) {
        self.texts = texts
        state = Mutex(State(vectors: [[Float]](repeating: [], count: texts.count), missing: texts.count))
    }

    /// The text, unless nobody waits any more.
    func text(_ place: Int) -> String? {
        state.withLock { $0.answer == nil } ? texts[place] : nil
    }

    func begin(_ waiter: CheckedContinuation<Answer, Never>) {
        let answer = state.withLock { state in
            if state.answer == nil { state.waiter = waiter }
            return state.answer
        }
        if let answer { waiter.resume(returning: answer) }
    }

    func took(_ vector: [Float], at place: Int) {
        let vectors = state.withLock { state -> [[Float]]? in
            if state.vectors[place].isEmpty { state.missing -= 1 }
            state.vectors[place] = vector
            return state.missing == 0 ? state.vectors : nil
        }
        if let vectors { end(.success(vectors)) }
    }

    func end(_ answer: Answer) {
        let waiter = state.withLock { state -> CheckedContinuation<Answer, Never>? in
            guard state.answer == nil else { return nil }
            state.answer = answer
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: answer)
    }
}
