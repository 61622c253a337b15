import Synchronization

/// A value that is made when it is first asked for, and kept.
final class Once<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)

    /// The value; `make` runs only while there is none. Who asks at the same time waits for it.
    func value(_ make: () throws -> Value) rethrows -> Value {
        try kept.withLock { kept in
            if let value = kept { return value }
            let made = try make()
            kept = made
            return made
        }
    }
}
