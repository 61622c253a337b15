import Exchange
import Foundation
import HTTPAPI
import Operations
import Store
import Testing

@Suite struct `A request whose process died before its answer was kept` {
    private let key = "key-1"
    private let caller = "somebody"
    private let print = "fingerprint"

    @Test func `is not done again, and says so once its time has passed`() async throws {
        let path = try await Template.ready.copy()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try await Rooms(path: path)
        let memory = StoredAnswers(store: first.store)
        guard case .fresh = try await memory.begin(key: key, caller: caller, fingerprint: print) else {
            Issue.record("a new key is not fresh")
            return
        }
        let request = RepeatableRequest(key: key, caller: caller, fingerprint: print)
        _ = try await RepeatableRequest.$current.withValue(request) {
            try await first.office.register(
                Organization.Profile(name: "Written once", kind: .company), by: .system("test"))
        }
        // No answer is kept: here the process ends.
        guard case .running = try await memory.begin(key: key, caller: caller, fingerprint: print) else {
            Issue.record("the key was given away while the first request may still run")
            return
        }
        await first.store.close()
        let later = Rooms.start.advanced(byDays: 1)
        let second = try await Rooms(path: path, from: later)
        let found = try await StoredAnswers(store: second.store).begin(key: key, caller: caller, fingerprint: print)
        guard case .unanswered = found else {
            Issue.record("\(found)")
            return
        }
        await second.store.close()
    }

    @Test func `may be sent again when nothing had been written`() async throws {
        let path = try await Template.ready.copy()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = try await Rooms(path: path)
        _ = try await StoredAnswers(store: first.store).begin(key: key, caller: caller, fingerprint: print)
        await first.store.close()
        let second = try await Rooms(path: path, from: Rooms.start.advanced(byDays: 1))
        let found = try await StoredAnswers(store: second.store).begin(key: key, caller: caller, fingerprint: print)
        guard case .fresh = found else {
            Issue.record("\(found)")
            return
        }
        await second.store.close()
    }
}
