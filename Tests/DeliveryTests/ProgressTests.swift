import Delivery
import Testing

private let reason = JudgedReason("http.500", "The receiver answered 500.")

private func settled(_ progress: DeliveryProgress, _ verdict: Verdict, now: Int64 = 1000) throws -> DeliveryProgress {
    try progress.claimed(by: "w", now: now, leaseMilliseconds: 60_000)
        .settled(verdict, by: "w", now: now, schedule: .standard, random: 0)
}

@Suite struct `A delivery` {
    @Test func `is claimed once it is due, by one worker`() throws {
        let new = DeliveryProgress(due: 1000)
        #expect(throws: DeliveryTransitionRefusal.notDue(1000)) {
            try new.claimed(by: "a", now: 999, leaseMilliseconds: 10)
        }
        let claimed = try new.claimed(by: "a", now: 1000, leaseMilliseconds: 10)
        #expect(claimed.state == .claimed(DeliveryLease(holder: "a", until: 1010)))
        #expect(claimed.tries == 1)
        #expect(throws: DeliveryTransitionRefusal.wrongState("claimed")) {
            try claimed.claimed(by: "b", now: 2000, leaseMilliseconds: 10)
        }
        #expect(throws: DeliveryTransitionRefusal.notHeldBy("b")) {
            try claimed.settled(.dead(reason), by: "b", now: 1001, schedule: .standard, random: 0)
        }
    }

    @Test func `moves by its verdict`() throws {
        let new = DeliveryProgress(due: 0)
        #expect(try settled(new, .delivered(reason)).state == .delivered(at: 1000))
        #expect(try settled(new, .dead(reason)).state == .dead(at: 1000, reason))
        #expect(try settled(new, .channelStops(reason)).state == .held(since: 1000, reason))
        #expect(
            try settled(new, .retry(notBefore: nil, throttled: false, reason)).state == .waiting(until: 1500, reason))
        #expect(
            try settled(new, .retry(notBefore: 7000, throttled: true, reason)).state == .waiting(until: 8000, reason))
    }

    @Test func `is given up in words when it is too old`() throws {
        let old = DeliveryProgress(state: .due(at: 0), firstDue: 0, tries: 11, doubts: 0)
        let now: Int64 = 3 * 86_400_000
        let end = try settled(old, .retry(notBefore: nil, throttled: false, reason), now: now)
        let words = "Given up after 12 tries; the last one: The receiver answered 500."
        #expect(end.state == .dead(at: now, JudgedReason("expired.http.500", words)))
    }

    @Test(arguments: 1...6) func `that grew old unsent is tried five times before its age ends it`(
        _ tries: Int
    ) throws {
        let day: Int64 = 86_400_000
        let old = DeliveryProgress(state: .due(at: 0), firstDue: 0, tries: tries - 1, doubts: 0)
        let after = try settled(old, .retry(notBefore: nil, throttled: false, reason), now: 10 * day)
        let isWaiting = after.state == .waiting(until: 10 * day + 500, reason)
        #expect(isWaiting == (tries < DeliveryProgress.leastTries))
        #expect((after.state.word == "dead") == (tries >= DeliveryProgress.leastTries))
        #expect(after.firstDue == 0)
    }

    @Test func `that is young keeps its three days however few its tries`() throws {
        let day: Int64 = 86_400_000
        let young = DeliveryProgress(state: .due(at: 0), firstDue: 0, tries: 1, doubts: 0)
        let asked = 2 * day
        let after = try settled(young, .retry(notBefore: asked, throttled: true, reason), now: day / 2)
        #expect(after.state.word == "waiting")
    }

    @Test func `in doubt is sent once more, marked, where repeats are not recognised`() throws {
        let new = DeliveryProgress(due: 0)
        #expect(new.occasion == .first)
        let doubtful = try settled(new, .ambiguous(.resendOnceMarked, reason))
        #expect(doubtful.state == .waiting(until: 1500, reason))
        #expect(doubtful.occasion == .possiblyRepeated)
        let again = try settled(doubtful, .ambiguous(.resendOnceMarked, reason), now: 2000)
        #expect(again.state == .ambiguous(since: 2000, reason))
        #expect(again.state.nextLook == nil)
        let replayed = try again.replayed(now: 5000)
        #expect(replayed.state == .due(at: 5000))
        #expect(replayed.occasion == .first)
        #expect(replayed.tries == 2)
    }

    @Test func `in doubt is sent again as often as needed where repeats are recognised`() throws {
        var progress = DeliveryProgress(due: 0)
        for now in [Int64(1000), 20_000, 400_000] {
            progress = try settled(progress, .ambiguous(.resendSameIdentifier, reason), now: now)
            #expect(progress.state.word == "waiting")
        }
        #expect(progress.doubts == 3)
    }

    @Test func `whose worker was lost is in doubt`() throws {
        let claimed = try DeliveryProgress(due: 0).claimed(by: "w", now: 0, leaseMilliseconds: 100)
        #expect(throws: DeliveryTransitionRefusal.leaseRuns(100)) {
            try claimed.lapsed(now: 99, policy: .resendOnceMarked, schedule: .standard, random: 0)
        }
        let lapsed = try claimed.lapsed(now: 100, policy: .resendOnceMarked, schedule: .standard, random: 0)
        #expect(lapsed.state.word == "waiting")
        #expect(lapsed.state.reason?.code == "doubt.workerLost")
        #expect(lapsed.occasion == .possiblyRepeated)
    }

    @Test func `given back unsent does not count as tried`() throws {
        let claimed = try DeliveryProgress(due: 0).claimed(by: "w", now: 5, leaseMilliseconds: 100)
        let released = try claimed.released(by: "w", now: 9)
        #expect(released == DeliveryProgress(state: .due(at: 9), firstDue: 0, tries: 0, doubts: 0))
    }

    @Test func `is kept while its channel is stopped, and goes on with a new age`() throws {
        let held = try DeliveryProgress(due: 0).held(because: reason, now: 10)
        #expect(held.state == .held(since: 10, reason))
        #expect(throws: DeliveryTransitionRefusal.wrongState("held")) {
            try held.claimed(by: "w", now: 99, leaseMilliseconds: 1)
        }
        let late: Int64 = 90 * 86_400_000
        let resumed = try held.resumed(now: late)
        #expect(resumed == DeliveryProgress(state: .due(at: late), firstDue: late, tries: 0, doubts: 0))
    }

    @Test func `can be replayed from every resting state`() throws {
        let states: [DeliveryState] = [
            .due(at: 1), .waiting(until: 1, reason), .ambiguous(since: 1, reason), .held(since: 1, reason),
            .delivered(at: 1),
            .dead(at: 1, reason),
        ]
        for state in states {
            let progress = DeliveryProgress(state: state, firstDue: 0, tries: 3, doubts: 1)
            #expect(
                try progress.replayed(now: 7) == DeliveryProgress(state: .due(at: 7), firstDue: 7, tries: 3, doubts: 0))
        }
    }

    @Test func `is stored in columns and read back`() {
        let states: [DeliveryState] = [
            .due(at: 1), .claimed(DeliveryLease(holder: "w", until: 2)), .waiting(until: 3, reason),
            .ambiguous(since: 4, reason), .held(since: 5, reason), .delivered(at: 6), .dead(at: 7, reason),
        ]
        for state in states { #expect(DeliveryState(state.stored) == state) }
        #expect(Set(states.map(\.word)).count == states.count)
        let broken =
            [("claimed", nil, nil), ("due", "w", nil), ("dead", nil, nil), ("sent", nil, nil)]
            as [(String, String?, String?)]
        for (word, holder, code) in broken {
            let stored = StoredDeliveryState(
                word: word, moment: 1, holder: holder, reasonCode: code, reasonSentence: nil)
            #expect(DeliveryState(stored) == nil)
        }
    }

    @Test func `keeps of each try what happened, and no secret`() {
        let outcome = WireOutcome(
            .answered(WireAnswer(status: 429, headers: ["retry-after": "2"])), WireMeasure(requestBytes: 321))
        let verdict = DeliveryJudge.verdict(on: outcome, from: .slack, now: 0)
        let attempt = DeliveryAttempt(number: 2, started: 50).ended(outcome, judged: verdict, at: 80)
        #expect(
            attempt.ending
                == DeliveryAttemptEnding(
                    ended: 80, status: 429, outcome: "answered", verdict: "retry",
                    reason: JudgedReason("http.429", "The receiver asked to slow down (429)."), requestBytes: 321))
    }
}
