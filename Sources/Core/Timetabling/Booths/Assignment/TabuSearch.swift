/// Robust tabu search (Taillard 1991): always the best exchange of two things' places that is not forbidden for now,
/// where a thing may not return soon to a place it left. All exchanges' gains are kept up to date in constant time
/// each. A leg that finds nothing better ends; the next starts from the best arrangement, partly shaken.
struct TabuSearch: Sendable {
    /// A thing stays away from a place it left for up to so many times the size in steps, mostly far less.
    private static let tenure = 8.0
    /// An exchange not tried for so many times the number of pairs is tried whatever it costs.
    private static let patience = 5

    private let problem: QuadraticAssignment
    private let size: Int
    private var places: [Int]
    /// The change of cost by exchanging two things, at `first * size + second` with first < second.
    private var gains: [Int]
    /// The step at which a thing last left a place, plus how long it must stay away.
    private var barred: [Int]
    private var cost: Int
    private var step = 0
    private var chance: Chance
    private var legEnd = 0
    private(set) var best: [Int]
    private(set) var bestCost: Int

    init(_ problem: QuadraticAssignment, start: [Int], seed: UInt64) {
        self.problem = problem
        size = problem.size
        places = start
        gains = Array(repeating: 0, count: size * size)
        barred = Array(repeating: 0, count: size * size)
        cost = problem.cost(start)
        chance = Chance(seed: seed)
        best = start
        bestCost = cost
        begin()
    }

    /// So many exchanges.
    mutating func run(_ steps: Int) {
        guard size > 1 else { return }
        for _ in 0..<steps {
            if step >= legEnd { shake() }
            advance()
        }
    }

    /// Stands where another found its best.
    mutating func adopt(_ other: TabuSearch) {
        if other.bestCost >= bestCost { return }
        best = other.best
        bestCost = other.bestCost
        places = best
        cost = bestCost
        begin()
    }

    private mutating func begin() {
        legEnd = step + 500 * max(4, size)
        for thing in 0..<size {
            for place in 0..<size { barred[thing * size + place] = step - (thing * size + place) }
        }
        for one in 0..<size {
            for other in (one + 1)..<max(size, one + 1) { gains[one * size + other] = gain(one, other) }
        }
    }

    /// Starts a new leg: from the best with a random part of the things moved round, or now and then from anywhere.
    private mutating func shake() {
        let isFresh = chance.below(4) == 0
        if !isFresh { places = best }
        let count = isFresh ? size : min(size, max(3, size / 4 + chance.below(max(1, size / 3))))
        var things = Array(0..<size)
        for place in 0..<count {
            things.swapAt(place, place + chance.below(size - place))
        }
        let first = places[things[0]]
        for place in 0..<(count - 1) { places[things[place]] = places[things[place + 1]] }
        places[things[count - 1]] = first
        cost = problem.cost(places)
        begin()
    }

    private mutating func advance() {
        step += 1
        var chosen = (-1, -1)
        var least = Int.max
        var isDaring = false
        let dare = step - Self.patience * size * size
        for one in 0..<(size - 1) {
            let row = one &* size
            let home = places[one]
            for other in (one + 1)..<size {
                let gain = gains[row &+ other]
                let there = barred[row &+ places[other]]
                let back = barred[other &* size &+ home]
                let isAsked = there < dare && back < dare || cost &+ gain < bestCost
                let isFree = there < step || back < step
                if isAsked ? !isDaring || gain < least : !isDaring && isFree && gain < least {
                    chosen = (one, other)
                    least = gain
                    isDaring = isAsked
                }
            }
        }
        if chosen.0 < 0 {
            chosen.0 = chance.below(size - 1)
            chosen.1 = chosen.0 + 1 + chance.below(size - 1 - chosen.0)
            least = gains[chosen.0 * size + chosen.1]
        }
        exchange(chosen.0, chosen.1, least)
    }

    private mutating func exchange(_ one: Int, _ other: Int, _ gain: Int) {
        barred[one * size + places[one]] = step + stay()
        barred[other * size + places[other]] = step + stay()
        places.swapAt(one, other)
        cost += gain
        if cost < bestCost {
            bestCost = cost
            best = places
            legEnd = step + 500 * max(4, size)
        }
        refresh(one, other)
    }

    /// A stay that is short mostly: a third power of chance.
    private mutating func stay() -> Int {
        let share = Double(chance.below(1 << 20)) / Double(1 << 20)
        return Int(share * share * share * Self.tenure * Double(size))
    }

    /// Brings all gains up to date after two things were exchanged.
    private mutating func refresh(_ r: Int, _ s: Int) {
        let atR = places[r] &* size
        let atS = places[s] &* size
        for i in 0..<(size - 1) {
            if i == r || i == s {
                for j in (i + 1)..<size { gains[i &* size &+ j] = gain(i, j) }
                continue
            }
            let home = places[i]
            let pull = problem.flow[r &* size &+ i] &- problem.flow[s &* size &+ i]
            let way = problem.distance[atS &+ home] &- problem.distance[atR &+ home]
            for j in (i + 1)..<size {
                if j == r || j == s {
                    gains[i &* size &+ j] = gain(i, j)
                    continue
                }
                let place = places[j]
                let flows = pull &- problem.flow[r &* size &+ j] &+ problem.flow[s &* size &+ j]
                if problem.isSymmetric {
                    if flows == 0 { continue }
                    let ways = way &- problem.distance[atS &+ place] &+ problem.distance[atR &+ place]
                    gains[i &* size &+ j] &+= 2 &* flows &* ways
                } else {
                    let ways = way &- problem.distance[atS &+ place] &+ problem.distance[atR &+ place]
                    gains[i &* size &+ j] &+= flows &* ways &+ mirrored(i, j, r, s)
                }
            }
        }
    }

    /// The share of the other direction in the change of a gain.
    private func mirrored(_ i: Int, _ j: Int, _ r: Int, _ s: Int) -> Int {
        let flows =
            problem.flow[i &* size &+ r] &- problem.flow[j &* size &+ r] &+ problem.flow[j &* size &+ s]
            &- problem.flow[i &* size &+ s]
        let ways =
            problem.distance[places[i] &* size &+ places[s]] &- problem.distance[places[j] &* size &+ places[s]]
            &+ problem.distance[places[j] &* size &+ places[r]] &- problem.distance[places[i] &* size &+ places[r]]
        return flows &* ways
    }

    /// The change of cost by exchanging two things.
    private func gain(_ i: Int, _ j: Int) -> Int {
        let flow = problem.flow
        let distance = problem.distance
        let here = places[i]
        let there = places[j]
        var sum =
            problem.placing[i &* size &+ there] &+ problem.placing[j &* size &+ here]
            &- problem.placing[i &* size &+ here] &- problem.placing[j &* size &+ there]
        sum &+=
            (flow[i &* size &+ i] &- flow[j &* size &+ j])
            &* (distance[there &* size &+ there] &- distance[here &* size &+ here])
        sum &+=
            (flow[i &* size &+ j] &- flow[j &* size &+ i])
            &* (distance[there &* size &+ here] &- distance[here &* size &+ there])
        for k in 0..<size where k != i && k != j {
            let place = places[k]
            sum &+=
                (flow[i &* size &+ k] &- flow[j &* size &+ k])
                &* (distance[there &* size &+ place] &- distance[here &* size &+ place])
            sum &+=
                (flow[k &* size &+ i] &- flow[k &* size &+ j])
                &* (distance[place &* size &+ there] &- distance[place &* size &+ here])
        }
        return sum
    }
}
