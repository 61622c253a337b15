/// An upper bound on what any timetable can be worth, and the prices that prove it.
///
/// It is the linear programme that chooses meetings and ignores slots: a person takes as many meetings as they have
/// free slots or their cap allows, the event as many as there are tables in all slots. Any prices not below zero give
/// a bound that holds (weak duality): each person's price times their room, the table's price times the tables, and
/// of each pair what it is worth above its two people's prices and the table's. Good prices come from a smoothed
/// dual, whose corner max(0, x) is a parabola of width `mu`, by accelerated projected gradients (Nesterov; FISTA with
/// restarts) while mu shrinks.
struct CapacityBound: Sendable {
    /// Of each person, what one more meeting of theirs is worth.
    private(set) var prices: [Double]
    /// What one more table in some slot is worth.
    private(set) var tablePrice: Double
    private(set) var value: Double
    /// How much of each pair the linear programme takes, 0...1, nearly.
    private(set) var shares: [Double]

    private let first: [Int32]
    private let second: [Int32]
    private let weights: [Double]
    private let room: [Double]
    private let tables: Double

    /// Pairs with their weights, the room of each person, and all tables of all slots together.
    init(first: [Int32], second: [Int32], weights: [Double], room: [Int], tables: Int) {
        self.first = first
        self.second = second
        self.weights = weights
        self.room = room.map(Double.init)
        self.tables = Double(tables)
        prices = Array(repeating: 0, count: room.count)
        tablePrice = 0
        value = weights.reduce(0) { $0 + max(0, $1) }
        shares = Array(repeating: 1, count: weights.count)
    }

    /// What a pair is worth above the prices of what it takes up.
    func reducedWorth(_ pair: Int) -> Double {
        weights[pair] - prices[Int(first[pair])] - prices[Int(second[pair])] - tablePrice
    }

    /// The bound that these prices prove.
    func proven(_ prices: [Double], _ tablePrice: Double) -> Double {
        var sum = tablePrice * tables
        for person in prices.indices { sum += prices[person] * room[person] }
        for pair in weights.indices {
            let rest = weights[pair] - prices[Int(first[pair])] - prices[Int(second[pair])] - tablePrice
            if rest > 0 { sum += rest }
        }
        return sum
    }

    /// Improves the prices until the smoothing is finer than `precision` of the heaviest pair, or `stop` says so.
    mutating func tighten(roundsPerLevel: Int, precision: Double, stop: () -> Bool) {
        guard let heaviest = weights.max(), heaviest > 0 else { return }
        var descent = SmoothDescent(room: room, tables: tables, first: first, second: second, weights: weights)
        var mu = heaviest / 4
        while mu > heaviest * precision, !stop() {
            descent.restart()
            for round in 1...roundsPerLevel {
                descent.advance(mu)
                if round % 16 == 0 || round == roundsPerLevel { keep(descent) }
            }
            mu *= 0.5
        }
        shares = descent.shares
    }

    private mutating func keep(_ descent: SmoothDescent) {
        let bound = proven(descent.prices, descent.tablePrice)
        if bound < value {
            value = bound
            prices = descent.prices
            tablePrice = descent.tablePrice
        }
    }
}

/// Accelerated projected gradient descent on the smoothed dual, each price with a step of its own.
private struct SmoothDescent {
    let room: [Double]
    let tables: Double
    let first: [Int32]
    let second: [Int32]
    let weights: [Double]
    /// The curvature of each price's column at mu = 1, from above: three prices meet in a pair.
    let stiffness: [Double]
    let tableStiffness: Double

    var prices: [Double]
    var tablePrice = 0.0
    var shares: [Double]
    private var lead: [Double]
    private var tableLead = 0.0
    private var momentum = 1.0
    private var taken: [Double]

    init(room: [Double], tables: Double, first: [Int32], second: [Int32], weights: [Double]) {
        self.room = room
        self.tables = tables
        self.first = first
        self.second = second
        self.weights = weights
        var degree = Array(repeating: 0.0, count: room.count)
        for pair in weights.indices {
            degree[Int(first[pair])] += 1
            degree[Int(second[pair])] += 1
        }
        stiffness = degree.map { 3 * max($0, 1) }
        tableStiffness = 3 * Double(max(weights.count, 1))
        prices = Array(repeating: 0, count: room.count)
        lead = prices
        taken = prices
        shares = Array(repeating: 0, count: weights.count)
    }

    mutating func restart() {
        momentum = 1
        lead = prices
        tableLead = tablePrice
    }

    mutating func advance(_ mu: Double) {
        for person in taken.indices { taken[person] = 0 }
        var all = 0.0
        let scale = 1 / mu
        for pair in weights.indices {
            let one = Int(first[pair])
            let other = Int(second[pair])
            let share = min(1, max(0, (weights[pair] - lead[one] - lead[other] - tableLead) * scale))
            shares[pair] = share
            if share > 0 {
                taken[one] += share
                taken[other] += share
                all += share
            }
        }
        let next = (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
        let push = (momentum - 1) / next
        momentum = next
        var uphill = 0.0
        for person in prices.indices {
            let slope = room[person] - taken[person]
            let price = max(0, lead[person] - slope * mu / stiffness[person])
            uphill += slope * (price - prices[person])
            lead[person] = price + push * (price - prices[person])
            prices[person] = price
        }
        let slope = tables - all
        let price = max(0, tableLead - slope * mu / tableStiffness)
        uphill += slope * (price - tablePrice)
        tableLead = price + push * (price - tablePrice)
        tablePrice = price
        if uphill > 0 { restart() }
    }
}
