import Foundation
import Synchronization
import Testing

/// What a client was told, and so may rely on.
private final class Promises: Sendable {
    private struct State {
        var drafts: Set<String> = []
        var published: Set<String> = []
        var fresh: Set<String> = []
        var goesOn = true
        var odd: [String] = []
    }
    private let state = Mutex(State())

    var drafts: Set<String> { state.withLock { $0.drafts } }
    var published: Set<String> { state.withLock { $0.published } }
    var goesOn: Bool { state.withLock { $0.goesOn } }
    var odd: [String] { state.withLock { $0.odd } }

    func keep(draft id: String) {
        state.withLock {
            $0.drafts.insert(id)
            $0.fresh.insert(id)
        }
    }
    func keep(published id: String) { state.withLock { _ = $0.published.insert(id) } }
    func keep(odd words: String) { state.withLock { $0.odd.append(words) } }
    func begin() { state.withLock { $0.goesOn = true } }
    func end() { state.withLock { $0.goesOn = false } }

    /// What was promised since the last call.
    func takeFresh() -> Set<String> {
        state.withLock { state in
            defer { state.fresh = [] }
            return state.fresh
        }
    }
}

extension `The built program` {
    @Suite struct `Killed without a warning` {
        /// A seed that is printed, so that a failing run can be repeated.
        private struct Dice: RandomNumberGenerator {
            var state: UInt64
            mutating func next() -> UInt64 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return state ^ (state >> 29)
            }
        }

        @Test(.timeLimit(.minutes(15)))
        func `at random instants under load it loses no acknowledged write and no alert`() throws {
            let kills = Program.isFast ? 5 : 50
            let seed = UInt64(Date().timeIntervalSince1970)
            var dice = Dice(state: seed)
            let promises = Promises()
            let receiver = try Receiver()
            defer { receiver.close() }
            let start = Date()
            try withFolder { folder in
                let served = try Served(in: folder, settings: ["delivery.allowed_hosts=127.0.0.1:\(receiver.port)"])
                try served.addChannel(to: receiver)
                for kill in 1...kills {
                    try served.start()
                    // What the life before was promised must be there before anything else is written.
                    try expectKept(promises.takeFresh(), served, kill)
                    let writers = load(served, promises)
                    usleep(UInt32.random(in: 20_000...500_000, using: &dice))
                    served.kill()
                    promises.end()
                    for writer in writers { writer.wait() }
                    if kill % 10 == 0 { try expectSound(served, kill) }
                }
                try served.start()
                try expectKept(promises.drafts, served, kills)
                let arrived = eventually(within: 300) {
                    let bodies = receiver.bodies
                    return promises.published.allSatisfy { bodies.contains($0) }
                }
                let missing = promises.published.filter { !receiver.bodies.contains($0) }
                #expect(
                    arrived,
                    "seed \(seed): \(missing.count) of \(promises.published.count) alerts never came: \(Array(missing.prefix(3)))"
                )
                #expect(served.stop().status == 0)
                try expectSound(served, kills)
            }
            #expect(promises.odd == [])
            #expect(promises.drafts.count > kills * 3)
            #expect(promises.published.count > kills / 2)
            let seconds = Int(Date().timeIntervalSince(start))
            print(
                "REPORT: \(kills) kills in \(seconds) s (seed \(seed)): \(promises.drafts.count) acknowledged drafts and "
                    + "\(promises.published.count) acknowledged publications all there, alerts received "
                    + "\(receiver.received.count) times")
        }

        /// Three clients that write drafts as fast as they are acknowledged, and one that publishes, until told to
        /// stop.
        private func load(_ served: Served, _ promises: Promises) -> [DispatchSemaphore] {
            let port = served.port
            let token = served.token
            promises.begin()
            return (0..<4).map { client in
                let done = DispatchSemaphore(value: 0)
                Thread.detachNewThread {
                    defer { done.signal() }
                    do {
                        let wire = try Wire(port: port)
                        while promises.goesOn {
                            try Self.write(client == 0, over: wire, token, promises)
                            if client == 0 { usleep(40_000) }
                        }
                    } catch {
                        // The kill ends the connection: what was not acknowledged was not promised.
                    }
                }
                return done
            }
        }

        private static func write(_ publishes: Bool, over wire: Wire, _ token: String, _ promises: Promises) throws {
            // Alerts are recognised by it.
            let mark = "題-" + UUID().uuidString
            let made = try wire.post(
                "/api/v1/postings", token: token,
                [
                    "kind": "seed", "title": mark, "summary": "概要", "language": "ja",
                    "fields": ["food-processing"],
                ])
            guard made.status == 201, let id = made.id else {
                return promises.keep(odd: "draft: \(made.status) \(made.text)")
            }
            promises.keep(draft: id)
            guard publishes else { return }
            let answer = try wire.ask("POST", "/api/v1/postings/\(id)/publication", token: token)
            if answer.status == 200 {
                promises.keep(published: mark)
            } else {
                promises.keep(odd: "publication: \(answer.status) \(answer.text)")
            }
        }

        private func expectKept(_ ids: Set<String>, _ served: Served, _ kill: Int) throws {
            let wire = try served.wire()
            for id in ids {
                let answer = try wire.ask("GET", "/api/v1/postings/\(id)", token: served.token)
                #expect(answer.status == 200, "after kill \(kill): \(id) was acknowledged and is gone")
            }
        }

        /// The database as SQLite sees it, and the rules between its tables.
        private func expectSound(_ served: Served, _ kill: Int) throws {
            #expect(try served.query("PRAGMA integrity_check") == "ok", "after kill \(kill)")
            #expect(try served.query("PRAGMA foreign_key_check") == "", "after kill \(kill)")
            #expect(
                try served.query(
                    "SELECT count(*) FROM posting WHERE id NOT IN (SELECT posting_id FROM posting_revision)") == "0")
            #expect(try served.query("SELECT max(sequence) - count(*) FROM happening") == "0")
            #expect(
                try served.query(
                    "SELECT count(*) FROM posting WHERE state = 'published' AND id NOT IN "
                        + "(SELECT subject FROM happening WHERE kind = 'posting.published')") == "0")
        }
    }
}
