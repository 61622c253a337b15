import Delivery
import Testing

@Suite struct `The retry schedule` {
    private let day: Int64 = 86_400_000

    @Test func `draws evenly between the floor and the cap of each try`() {
        let schedule = RetrySchedule.standard
        for (index, cap) in schedule.caps.enumerated() {
            func at(_ random: UInt64) -> RetryStep {
                schedule.step(afterTries: index + 1, firstDue: 0, now: 0, notBefore: nil, random: random)
            }
            #expect(at(0) == .at(schedule.floor))
            #expect(at(.max) == .at(cap))
            #expect(at(.max / 2) == .at(schedule.floor + (cap - schedule.floor) / 2))
        }
        #expect(schedule.step(afterTries: 99, firstDue: 0, now: 0, notBefore: nil, random: .max) == .at(28_800_000))
        #expect(schedule.step(afterTries: 0, firstDue: 0, now: 0, notBefore: nil, random: .max) == .at(10_000))
    }

    @Test func `ends after three days, with a last try at the very end`() {
        let schedule = RetrySchedule.standard
        let end = 3 * day
        #expect(schedule.step(afterTries: 20, firstDue: 0, now: end - 1000, notBefore: nil, random: .max) == .at(end))
        #expect(schedule.step(afterTries: 21, firstDue: 0, now: end, notBefore: nil, random: 0) == .giveUp)
        #expect(schedule.step(afterTries: 1, firstDue: 500, now: end, notBefore: nil, random: 0) == .at(end + 500))
    }

    @Test(arguments: 0..<20) func `tries between ten and sixty times when nothing helps`(_ seed: UInt64) {
        var random = Seeded(seed)
        var now: Int64 = 0
        var tries = 1
        while case .at(let next) = RetrySchedule.standard.step(
            afterTries: tries, firstDue: 0, now: now, notBefore: nil, random: random.next())
        {
            #expect(next > now)
            now = next
            tries += 1
        }
        #expect(now == 3 * day)
        #expect((10...60).contains(tries))
    }

    @Test func `keeps a receiver's wish exactly, but no longer than a delivery lives`() {
        let schedule = RetrySchedule.standard
        func step(_ wish: Int64) -> RetryStep {
            schedule.step(afterTries: 1, firstDue: 0, now: 1000, notBefore: wish, random: 12_345)
        }
        #expect(step(3000) == .at(4000))
        #expect(step(0) == .at(1500))
        #expect(step(3 * day - 1000) == .at(3 * day))
        #expect(step(3 * day) == .giveUp)
        #expect(step(.max) == .giveUp)
    }
}

@Suite struct `A token bucket` {
    @Test func `of Slack gives one a second`() {
        var bucket = TokenBucket(DeliveryPlatform.slack.rate)
        var moments: [Int64] = []
        for now in stride(from: Int64(10_000), to: 20_000, by: 50) where bucket.take(now: now) { moments.append(now) }
        #expect(moments == Array(stride(from: Int64(10_000), to: 20_000, by: 1000)))
    }

    @Test func `gives its burst after a rest, then its rate`() {
        var bucket = TokenBucket(SendingRate(everyMilliseconds: 100, burst: 3))
        let taken = [1000, 1000, 1000, 1000, 1099, 1100, 1100, 9000, 9000, 9000, 9000].map { bucket.take(now: $0) }
        #expect(taken == [true, true, true, false, false, true, false, true, true, true, false])
        #expect(bucket.nextAllowed(now: 9000) == 9100)
    }

    @Test func `goes on from its stored numbers`() {
        var bucket = TokenBucket(SendingRate(everyMilliseconds: 1000, burst: 1))
        let taken = bucket.take(now: 5000)
        bucket.rest(until: 9000)
        let restored = TokenBucket(bucket.rate, fullAt: bucket.fullAt, restsUntil: bucket.restsUntil)
        #expect(taken)
        #expect(restored == bucket)
        #expect(restored.nextAllowed(now: 5000) == 9000)
    }

    @Test func `never shortens a rest`() {
        var bucket = TokenBucket(SendingRate(everyMilliseconds: 1, burst: 1))
        bucket.rest(until: 500)
        bucket.rest(until: 100)
        #expect(bucket.nextAllowed(now: 0) == 500)
        let taken = [499, 500].map { bucket.take(now: $0) }
        #expect(taken == [false, true])
    }

    @Test func `is not stopped by a clock that jumped back`() {
        var bucket = TokenBucket(SendingRate(everyMilliseconds: 1000, burst: 2))
        let before = bucket.take(now: 1_000_000_000)
        #expect(before)
        #expect(bucket.nextAllowed(now: 5000) <= 6000)
        let after = [5000, 5000, 5999, 6000].map { bucket.take(now: $0) }
        #expect(after == [true, false, false, true])
    }
}

/// SplitMix64: a small generator whose numbers follow from its seed.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
