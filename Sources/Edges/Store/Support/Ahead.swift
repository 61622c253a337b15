import Dispatch
import Synchronization

/// Makes values on a second thread, a few ahead of who uses them.
enum Ahead {
    /// Values that wait to be taken.
    private static let depth = 2

    /// Calls `take` with what `make` answers for 0, 1 and so on, in order, both at the same time.
    ///
    /// `make` hands its state from one value to the next. The first error of either side ends both and is thrown; a
    /// value that was begun then is dropped.
    static func each<State: Sendable, Value: Sendable>(
        of count: Int, from state: State, make: @escaping @Sendable (Int, inout State) throws -> Value,
        take: (Value) throws -> Void
    ) throws {
        guard count > 1 else {
            var state = state
            if count == 1 { try take(make(0, &state)) }
            return
        }
        let line = Line<Value>(depth: depth)
        // A queue of its own has a thread of its own, so that waiting here cannot keep it from running.
        DispatchQueue(label: "store.packing").async {
            var state = state
            for index in 0..<count {
                guard line.waitForRoom() else { return }
                let made = Result { try make(index, &state) }
                line.put(made)
                if case .failure = made { return }
            }
        }
        defer { line.end() }
        for _ in 0..<count { try take(line.next().get()) }
    }

    /// What was made and not taken yet.
    private final class Line<Value: Sendable>: Sendable {
        private struct Content {
            var made: [Result<Value, any Error>] = []
            var isOver = false
        }

        private let content = Mutex(Content())
        private let room: DispatchSemaphore
        private let ready = DispatchSemaphore(value: 0)

        init(depth: Int) { room = DispatchSemaphore(value: depth) }

        deinit {
            // A semaphore must not go with a lower value than it came with.
            for _ in 0..<Ahead.depth { room.signal() }
        }

        /// Whether one more value is wanted.
        func waitForRoom() -> Bool {
            room.wait()
            return content.withLock { !$0.isOver }
        }

        func put(_ value: Result<Value, any Error>) {
            content.withLock { $0.made.append(value) }
            ready.signal()
        }

        func next() -> Result<Value, any Error> {
            ready.wait()
            let value = content.withLock { $0.made.removeFirst() }
            room.signal()
            return value
        }

        func end() {
            content.withLock { $0.isOver = true }
            room.signal()
        }
    }
}
