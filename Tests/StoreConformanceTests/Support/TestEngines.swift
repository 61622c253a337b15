import Foundation
import Store
import Synchronization
import Testing

/// The engines a test can run on. PostgreSQL only when `INDUSTRYMIX_TEST_POSTGRES` names a server to use, by libpq URL.
enum TestEngines {
    static let postgresURL = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_POSTGRES"]

    static let available: [EngineKind] = {
        guard postgresURL == nil else { return EngineKind.allCases }
        print("SKIPPED: every PostgreSQL case. Set INDUSTRYMIX_TEST_POSTGRES to a libpq URL to run them.")
        return [.sqlite]
    }()

    /// The clock of the tests: it stands still unless a test moves it.
    static let noon: Int64 = 1_800_000_000_000

    /// Opens an empty engine in a place of its own and takes it away afterwards.
    static func withEngine<Value>(
        _ kind: EngineKind, limits: EngineLimits = EngineLimits(),
        clock: @escaping @Sendable () -> Int64 = { noon },
        _ body: (any StoreEngine) async throws -> Value
    ) async throws -> Value {
        switch kind {
        case .sqlite:
            return try await withFolder { folder in
                let engine = try SQLiteEngine(path: folder + "/exchange.db", limits: limits, clock: clock)
                return try await closing(engine, body)
            }
        case .postgres:
            return try await withSchema { settings in
                var settings = settings
                settings.limits = limits
                settings.limits.readers = min(limits.readers, 2)
                return try await closing(try PostgresEngine(settings, clock: clock), body)
            }
        }
    }

    private static func closing<Value>(
        _ engine: any StoreEngine, _ body: (any StoreEngine) async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await body(engine)
            await engine.close()
            return value
        } catch {
            await engine.close()
            throw error
        }
    }

    static func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.path + "/store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    /// A schema of its own on the test server. Gated, so that parallel tests do not use up its connections.
    static func withSchema<Value>(_ body: (PostgresSettings) async throws -> Value) async throws -> Value {
        let url = try #require(postgresURL)
        await gate.enter()
        defer { gate.leave() }
        let schema = "t_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let admin = try PostgresEngine(PostgresSettings(url: url)) { noon }
        do {
            try await admin.write(.alone) { try $0.script("CREATE SCHEMA \(schema)") }
            let value = try await body(PostgresSettings(url: url, schema: schema))
            try await admin.write(.alone) { try $0.script("DROP SCHEMA \(schema) CASCADE") }
            await admin.close()
            return value
        } catch {
            _ = try? await admin.write(.alone) { try $0.script("DROP SCHEMA \(schema) CASCADE") }
            await admin.close()
            throw error
        }
    }

    static func rows(_ table: String, _ engine: some StoreEngine) async throws -> Int {
        Int(try await engine.read { try $0.number("SELECT count(*) FROM \(table)") })
    }

    private static let gate = Gate(width: 8)
}

/// Lets a number of tasks in at a time.
final class Gate: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(width: Int) { state = Mutex(State(free: width)) }

    func enter() async {
        await withCheckedContinuation { continuation in
            let entered = state.withLock { state in
                guard state.free > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if entered { continuation.resume() }
        }
    }

    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.free += 1
            return nil
        }
        next?.resume()
    }
}

/// Counts in tests, from whatever thread.
final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    @discardableResult func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
