/// A database under the one SQL of this store.
///
/// Writes are serial on both engines: one transaction writes at a time, so what a closure reads it may rely on until
/// its commit, and numbers given out in a transaction appear in commit order without gaps. Throughput comes from
/// sharing commits, not from writing side by side.
package protocol StoreEngine: Sendable {
    var kind: EngineKind { get }

    /// Runs `work` in a transaction and returns after its commit is on stable storage. `work` may run more than once (a
    /// shared commit that failed is repeated singly), so it must have no effect outside its session.
    func write<Value: Sendable>(
        _ manner: WriteManner, _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value

    /// Runs `work` on a snapshot; nothing it sees changes while it runs, and it keeps nobody from writing.
    func read<Value: Sendable>(
        _ length: ReadLength, _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value

    /// Lets what is queued finish, then closes every connection. Later calls throw ``StoreFault/closed``.
    func close() async

    /// How safely commits are kept, for the operator's check-up.
    func durability() async throws -> DurabilityReport
}

extension StoreEngine {
    package func write<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await write(.shared, work)
    }

    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await read(.brief, work)
    }
}

/// How a write takes part in commits.
package enum WriteManner: Sendable {
    /// Shares a commit with whatever waits beside it.
    case shared
    /// A transaction of its own, without savepoint: for imports, migrations and restores.
    case alone
}

/// How long a read is going to take; a hint where to run it.
package enum ReadLength: Sendable {
    /// Some index look-ups: may run on the calling thread.
    case brief
    /// Scans, exports, rebuilding an index: always on a thread of its own.
    case long
}

/// The settings on which durability rests, as the database itself reports them.
package struct DurabilityReport: Sendable {
    package var engine: EngineKind
    package var version: String
    /// Settings by name, in the database's own words.
    package var settings: [(name: String, value: String)]
    /// What an operator should mend; empty if all is well.
    package var warnings: [String]
}

/// Limits of both engines.
package struct EngineLimits: Sendable {
    /// Writes that may wait for the writer before further ones are refused as busy.
    package var waitingWrites = 4_096
    /// Reads that may wait for a reader before further ones are refused as busy.
    package var waitingReads = 4_096
    /// Writes that share one commit at most.
    package var writesPerCommit = 256
    /// Reading connections.
    package var readers = 4
    /// How long a statement waits for a lock of another process, in milliseconds.
    package var lockWaitMilliseconds = 10_000
    /// Whether writes share commits. Off only to measure what sharing is worth.
    package var commits = CommitSharing.on

    package init() {}

    package enum CommitSharing: Sendable {
        case on
        case off
    }
}
