import Exchange
import Operations
import Store
import Synchronization
import Testing

/// A thread's worth of work that waits until it is let go.
private final class HeldExecutor: TaskExecutor {
    private let held = Mutex<[UnownedJob]?>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isHeld = held.withLock { jobs in
            if jobs == nil { return false }
            jobs?.append(job)
            return true
        }
        if !isHeld { run(job) }
    }

    func release() {
        let jobs = held.withLock { jobs in
            defer { jobs = nil }
            return jobs ?? []
        }
        for job in jobs { run(job) }
    }

    private func run(_ job: UnownedJob) {
        let executor = asUnownedTaskExecutor()
        Task.detached { job.runSynchronously(on: executor) }
    }
}

@Suite struct `A round over everything` {
    private static let words = ["sensor", "label", "freshness", "chilled", "box", "transport"]

    /// Needs of food makers and seeds of electronics makers, all about the same.
    private func filled(_ world: World, pairs: Int = 4) async throws {
        let (fisher, _) = try await world.join("Fisher")
        let (maker, _) = try await world.join("Maker")
        for number in 0..<pairs {
            let title = (Self.words + ["number\(number)"]).joined(separator: " ")
            try await world.publish(.seed, title, field: "electronics-semiconductor", by: maker)
            try await world.publish(.need, title, field: "food-processing", by: fisher)
        }
    }

    /// An index that has matched nothing yet: the log was read while nothing was published.
    private func unmatched(_ executor: (any TaskExecutor)? = nil) async throws -> World {
        let world = try await World(executor: executor)
        try await filled(world)
        try await world.matchmaker.catchUp()
        world.pass(days: 200)
        return world
    }

    @Test func `finds, writes and tells of everything once`() async throws {
        let world = try await unmatched()
        let first = try await world.round()
        #expect(first.state == .finished)
        #expect(first.done == 4 && first.all == 4)
        #expect(first.pairs > 0 && first.newMatches == first.pairs)
        // Four needs by four seeds: each round draws further pairs by chance, until nothing is left; nothing twice.
        var found = first.newMatches
        var rounds = 1
        while rounds < 8 {
            let next = try await world.round()
            rounds += 1
            found += next.newMatches
            if next.newMatches == 0 { break }
        }
        #expect(rounds < 8 && found <= 16)
        #expect(try await world.matches().count == found)
        let kinds = try await world.office.happenings(HappeningFilter(), PageRequest(), by: world.desk).items
            .map(\.happening.kind)
        #expect(
            kinds.filter { $0 == .roundStarted }.count == rounds
                && kinds.filter { $0 == .roundCompleted }.count == rounds)
    }

    @Test func `runs alone, can be stopped and resumed, and reads nothing twice`() async throws {
        let executor = HeldExecutor()
        let world = try await unmatched(executor)
        _ = try await world.rounds.start(by: world.desk)
        let busy = try await refusal { try await world.rounds.start(by: world.desk) }
        #expect(busy == .busy("A round is running already.", retryAfterSeconds: 5))
        async let stopping = world.rounds.stop(by: world.desk)
        try await Task.sleep(for: .milliseconds(50))
        executor.release()
        let stopped = try await stopping
        #expect(stopped.state == .stopped)
        #expect(stopped.done < stopped.all || stopped.all == 0)
        let resumed = try await world.rounds.resume(by: world.desk)
        #expect(resumed.id == stopped.id && resumed.done == stopped.done)
        await world.rounds.settled()
        let ended = try #require(try await world.rounds.latest(by: world.desk))
        #expect(ended.state == .finished && ended.done == 4 && ended.newMatches > 0)
        let late = try await refusal { try await world.rounds.stop(by: world.desk) }
        #expect(late == .conflict(.state(subject: "round", state: "finished", verb: "stopped")))
    }

    @Test func `is resumed by the next process when its own is gone`() async throws {
        let world = try await unmatched()
        let lost = StoredRound(
            id: "round_01jd3w7k2m9v8x4t6r5q1p0nzb", holder: "process_gone", startedBy: .system("cli"),
            startedAt: world.now, updatedAt: world.now)
        try await world.office.store.write { try $0.insert(lost) }
        #expect(try await world.rounds.resumeInterrupted(isAlone: false) == false)
        #expect(try await world.rounds.resumeInterrupted(isAlone: true))
        await world.rounds.settled()
        let ended = try #require(try await world.rounds.latest(by: world.desk))
        #expect(ended.id == lost.id && ended.state == .finished && ended.newMatches > 0)
        #expect(try await world.rounds.resumeInterrupted(isAlone: true) == false)
    }

    @Test func `given up leaves nothing to resume`() async throws {
        let executor = HeldExecutor()
        let world = try await unmatched(executor)
        _ = try await world.rounds.start(by: world.desk)
        async let cancelling = world.rounds.cancel(by: world.desk)
        try await Task.sleep(for: .milliseconds(50))
        executor.release()
        #expect(try await cancelling.state == .cancelled)
        let refused = try await refusal { try await world.rounds.resume(by: world.desk) }
        #expect(refused == .conflict(.state(subject: "round", state: "cancelled", verb: "resumed")))
        #expect(try await world.round().state == .finished)
    }

    @Test func `is for coordinators`() async throws {
        let world = try await World()
        let (_, member) = try await world.join("Member")
        for work in [world.rounds.start, world.rounds.stop, world.rounds.resume, world.rounds.cancel] {
            guard case .forbidden = try await refusal({ try await work(member) }) else {
                Issue.record("a member may not")
                return
            }
        }
    }
}
