import Exchange
import Synchronization
import Timetabling

/// How far a computation is, and whether somebody wants it to end now; shared between who computes and who watches.
final class PlanningPace: Sendable {
    /// A clock that stands still for so many looks will not move any more; then the computation ends too.
    private static let patience = 20_000

    private let state = Mutex((share: 0.0, isStopped: false, last: Int64.min, stills: 0))
    private let clock: @Sendable () -> Instant
    private let start: Instant
    private let length: Double

    /// A stretch of time from now on.
    init(seconds: Double, clock: @escaping @Sendable () -> Instant) {
        self.clock = clock
        start = clock()
        length = max(1, seconds * 1000)
    }

    var share: Double { state.withLock { $0.share } }

    /// Ends the computation with the best that was found.
    func stop() { state.withLock { $0.isStopped = true } }

    /// The share of the time that is used; 1 once it was stopped.
    func advance() -> Double {
        let now = clock().milliseconds
        let passed = Double(now - start.milliseconds) / length
        return state.withLock { state in
            state.stills = now == state.last ? state.stills + 1 : 0
            state.last = now
            state.share = max(state.share, min(1, passed))
            return state.isStopped || state.stills > Self.patience ? 1 : passed
        }
    }
}

/// Computes a timetable and says what it could not hold.
enum MeetingPlanning {
    /// The share of the time for the first plan, where people would have fewer meetings than they should.
    private static let firstShare = 0.6
    /// A plan that gives more people their fewest may be so much worse.
    private static let sacrifice = 0.97
    /// The most wishes that are explained one by one.
    private static let longest = 5_000

    /// Computes it.
    static func compute(
        _ composition: MeetingComposition, _ order: MeetingDraft.Order, _ pace: PlanningPace
    ) async throws -> MeetingDraft.Result {
        let hasMinimums = composition.minimums.contains { $0 > 0 }
        let first = await search(
            composition, composition.problem, order, pace, from: 0, to: hasMinimums ? firstShare : 1)
        var plan = first
        let short = shortOf(composition, first)
        if !short.isEmpty {
            let lifted = try composition.lifted(Set(short.map(\.place)))
            let second = await search(composition, lifted, order, pace, from: firstShare, to: 1)
            let lacking = shortOf(composition, second).reduce(0) { $0 + $1.lack }
            if lacking < short.reduce(0, { $0 + $1.lack }),
                score(composition, second) >= sacrifice * score(composition, first)
            {
                plan = second
            }
        }
        return result(composition, plan, bound: first.bound)
    }

    private static func search(
        _ composition: MeetingComposition, _ problem: MeetingProblem, _ order: MeetingDraft.Order,
        _ pace: PlanningPace, from: Double, to: Double
    ) async -> MeetingPlan {
        let effort = Effort(
            .share { (pace.advance() - from) / (to - from) }, seed: UInt64(order.seed), threads: order.threads)
        if order.mode == .nearby, !composition.former.isEmpty {
            return await MeetingPlanner.replan(
                problem, former: composition.former, tolerance: order.moves, effort: effort)
        }
        return await MeetingPlanner.plan(problem, effort: effort)
    }

    private static func shortOf(
        _ composition: MeetingComposition, _ plan: MeetingPlan
    ) -> [(place: Int, has: Int, lack: Int)] {
        var count = Array(repeating: 0, count: composition.wants.people.count)
        for meeting in plan.meetings {
            count[meeting.first] += 1
            count[meeting.second] += 1
        }
        return count.indices.compactMap { place in
            let lack = composition.minimums[place] - count[place]
            return lack > 0 ? (place, count[place], lack) : nil
        }
    }

    private static func score(_ composition: MeetingComposition, _ plan: MeetingPlan) -> Double {
        let worth = Dictionary(
            composition.problem.pairs.map { (MeetingProblem.Couple($0.first, $0.second), $0.score) },
            uniquingKeysWith: { first, _ in first })
        return plan.meetings.reduce(0) { $0 + (worth[$1.couple] ?? 0) }
    }

    private static func result(
        _ composition: MeetingComposition, _ plan: MeetingPlan, bound: Double
    ) -> MeetingDraft.Result {
        let people = composition.wants.people
        let pairs = Dictionary(
            composition.wants.pairs.map { (MeetingProblem.Couple($0.first, $0.second), $0) },
            uniquingKeysWith: { first, _ in first })
        let seating = MeetingSeating(composition, plan)
        var result = MeetingDraft.Result()
        result.entries = plan.meetings.compactMap { meeting in
            guard let seat = seating.seats[meeting.couple] else { return nil }
            let pair = pairs[meeting.couple]
            let match = pair?.match?.match
            let represents = Set(pair?.asks.compactMap(\.represents) ?? []).sorted()
            return MeetingDraft.Entry(
                first: people[meeting.first], second: people[meeting.second], seat: seat,
                ground: Meeting.Ground(need: match?.need, seed: match?.seed, match: match?.id),
                worth: pair?.worth ?? 0, isRequired: pair?.isRequired ?? false,
                represents: represents.isEmpty ? nil : represents)
        }
        result.score = score(composition, plan)
        result.bound = max(bound, result.score)
        result.hurried = seating.hurried
        let slots = composition.slots
        let stays = Set(plan.meetings)
        result.moved = composition.former.count { !stays.contains($0) }
        let explanation = Explanation(composition.problem, plan)
        result.reliefs = explanation.reliefs.prefix(20).map {
            MeetingDraft.Relief(at: slots[$0.slot], tables: $0.tables, worth: $0.score)
        }
        result.unmet = composition.wants.hopeless
        for wish in explanation.unmet where wish.pair < composition.wants.pairs.count {
            for ask in composition.wants.pairs[wish.pair].asks where result.unmet.count < longest {
                result.unmet.append(unmet(composition, ask, wish))
            }
        }
        result.short = shortOf(composition, plan).map {
            MeetingDraft.Short(participant: people[$0.place], has: $0.has, wants: composition.minimums[$0.place])
        }
        return result
    }

    private static func unmet(
        _ composition: MeetingComposition, _ ask: MeetingWants.Ask, _ wish: UnmetWish
    ) -> MeetingDraft.Unmet {
        let people = composition.wants.people
        let slots = composition.slots
        let worth = composition.wants.pairs[wish.pair].worth
        func line(
            _ cause: MeetingDraft.Unmet.Cause, _ who: [Int] = [], _ at: [Int] = [], _ price: Double? = nil
        ) -> MeetingDraft.Unmet {
            MeetingDraft.Unmet(
                from: ask.wish.from, target: ask.wish.target.text, worth: worth, cause: cause,
                people: who.map { people[$0] }, at: at.filter(slots.indices.contains).map { slots[$0] }, price: price)
        }
        switch wish.cause {
        case .vetoed: return line(.vetoed)
        case .metBefore: return line(.metBefore)
        case .neverTogether: return line(.neverTogether)
        case .worthless: return line(.worthless)
        case .capped(let who, let slot): return line(.capped, who, [slot])
        case .tablesTaken(let at): return line(.tables, [], at)
        case .cappedAndTablesTaken(let who, let slot): return line(.cappedAndTables, who, [slot])
        case .resourceTaken(let resource, let at):
            if case .tables = composition.kinds[resource] { return line(.tableKind, [], at) }
            return line(.interpreter, [], at)
        case .displaced(let by, let price, let slot):
            return line(.displaced, by.flatMap { [$0.first, $0.second] }, [slot], price)
        }
    }
}
