import CPostgres
import Dispatch
import Synchronization

/// The engine for several nodes: a PostgreSQL server (15 or newer), or what speaks its language.
package final class PostgresEngine: StoreEngine {
    package let kind = EngineKind.postgres
    private let clock: @Sendable () -> Int64
    private let writer: PostgresWorker
    private let commits: GroupCommit
    private let readers: PostgresReaders

    /// Connects the writer, so that a wrong address or password is heard of at once. Blocks while it does.
    package init(_ settings: PostgresSettings, clock: @escaping @Sendable () -> Int64) throws {
        self.clock = clock
        writer = PostgresWorker(settings, label: "store.postgres.commits")
        readers = PostgresReaders(settings)
        let writer = writer
        commits = GroupCommit(limits: settings.limits) { commits in
            writer.run { connection in commits.drain(on: PostgresWriter(connection: connection, clock: clock)) }
        }
        try writer.runAndWait { try $0.connect() }
    }

    package func write<Value: Sendable>(
        _ manner: WriteManner, _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await commits.write(manner, work)
    }

    package func read<Value: Sendable>(
        _ length: ReadLength, _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        let clock = clock
        return try await withCheckedThrowingContinuation { continuation in
            readers.submit(
                { connection in
                    continuation.resume(with: Result { try PostgresEngine.snapshot(connection, clock, work) })
                },
                refused: { continuation.resume(throwing: $0) })
        }
    }

    /// Reads on a snapshot; begun anew once if the connection turns out to be dead, which a read may always be.
    private static func snapshot<Value>(
        _ connection: PostgresConnection, _ clock: () -> Int64, _ work: (any SQLSession) throws -> Value
    ) throws -> Value {
        do { return try attempt(connection, clock, work) } catch StoreFault.connectionLost {
            connection.disconnect()
            return try attempt(connection, clock, work)
        }
    }

    private static func attempt<Value>(
        _ connection: PostgresConnection, _ clock: () -> Int64, _ work: (any SQLSession) throws -> Value
    ) throws -> Value {
        try connection.connect()
        try connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        let session = PostgresSession(connection, now: clock())
        do {
            let value = try work(session)
            session.end()
            try connection.run("COMMIT")
            return value
        } catch {
            session.end()
            if connection.isInTransaction, (try? connection.run("ROLLBACK")) == nil { connection.disconnect() }
            throw session.fault ?? error
        }
    }

    package func close() async {
        await commits.close()
        await readers.close()
        await writer.finish()
    }

    package func durability() async throws -> DurabilityReport {
        try await read(.brief) { session in
            var settings: [(name: String, value: String)] = []
            for name in ["synchronous_commit", "fsync", "full_page_writes", "transaction_read_only", "max_connections"]
            {
                settings.append(
                    (name, try session.first("SELECT current_setting(?)", [.text(name)]) { try $0.text(0) } ?? ""))
            }
            let version = try session.first("SELECT current_setting('server_version')") { try $0.text(0) } ?? ""
            let risky = settings.filter { ["fsync", "full_page_writes"].contains($0.name) && $0.value == "off" }
            return DurabilityReport(
                engine: .postgres, version: version, settings: settings,
                warnings: risky.map { "\($0.name) is off on the server: commits may be lost at a power cut" })
        }
    }
}

/// A connection with a thread of its own: libpq waits for the server, which must not hold up the threads of Swift's
/// tasks.
///
/// `@unchecked Sendable`: the connection is only touched inside blocks on the serial `queue`, one at a time.
final class PostgresWorker: @unchecked Sendable {
    private let connection: PostgresConnection
    private let queue: DispatchQueue

    init(_ settings: PostgresSettings, label: String) {
        connection = PostgresConnection(settings)
        queue = DispatchQueue(label: label)
    }

    func run(_ body: @escaping @Sendable (PostgresConnection) -> Void) {
        queue.async { [self] in body(connection) }
    }

    func runAndWait(_ body: @Sendable (PostgresConnection) throws -> Void) throws {
        try queue.sync { [self] in try body(connection) }
    }

    func finish() async {
        await withCheckedContinuation { continuation in
            run { connection in
                connection.disconnect()
                continuation.resume()
            }
        }
    }
}

/// The reading connections, and the line before them. Each connects when it is first needed.
final class PostgresReaders: Sendable {
    private struct State {
        var idle: [PostgresWorker]
        var waiting: [@Sendable (PostgresConnection) -> Void] = []
        var isClosed = false
    }

    private let state: Mutex<State>
    private let limits: EngineLimits
    private let all: [PostgresWorker]

    init(_ settings: PostgresSettings) {
        limits = settings.limits
        all = (0..<settings.limits.readers).map { PostgresWorker(settings, label: "store.postgres.reader.\($0)") }
        state = Mutex(State(idle: all))
    }

    func submit(
        _ body: @escaping @Sendable (PostgresConnection) -> Void, refused: @Sendable (StoreFault) -> Void
    ) {
        let answer: Result<PostgresWorker?, StoreFault> = state.withLock { state in
            if state.isClosed { return .failure(.closed) }
            if let worker = state.idle.popLast() { return .success(worker) }
            guard state.waiting.count < limits.waitingReads else {
                return .failure(.busy("\(limits.waitingReads) reads are waiting already"))
            }
            state.waiting.append(body)
            return .success(nil)
        }
        switch answer {
        case .success(.some(let worker)): worker.run { [self] connection in serve(body, worker, connection) }
        case .success(nil): break
        case .failure(let fault): refused(fault)
        }
    }

    private func serve(
        _ first: @Sendable (PostgresConnection) -> Void, _ worker: PostgresWorker, _ connection: PostgresConnection
    ) {
        first(connection)
        while let next = next(worker) { next(connection) }
    }

    private func next(_ worker: PostgresWorker) -> (@Sendable (PostgresConnection) -> Void)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.idle.append(worker)
                return nil
            }
            return state.waiting.removeFirst()
        }
    }

    func close() async {
        state.withLock { $0.isClosed = true }
        for worker in all { await worker.finish() }
    }
}
