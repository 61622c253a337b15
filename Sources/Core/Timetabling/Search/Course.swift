/// One search on its way from hot to cold. While it is hot it believes in the prices of the bound: a meeting is worth
/// what it adds above the price of the two hours it takes, so that putting out a meeting that blocks two sought-after
/// people looks as good as it is before their hours are filled again. The belief fades until only the score counts.
struct Course: Sendable {
    /// What all courses of a search share.
    struct Plan: Sendable {
        let worth: [Double]
        /// The prices of what each pair takes up.
        let prices: [Double]
        /// What no trial may put out.
        let fixed: [Int]
        /// The mean score: the unit of the temperature.
        let unit: Double
        /// The score that cannot be passed.
        var ceiling: Double
        /// The share of the prices that is believed at first, and the temperatures in units; found by trying.
        var belief = 0.95
        var hot = 0.03
    }

    private static let levels = 100
    /// Ten times colder over all levels.
    private static let cooling = 0.977_237_220_955_810_7
    private static let trialsPerLook = 256

    private(set) var annealing: Annealing
    private let plan: Plan
    private var trials = 0
    private var level = -1
    private var temperature = 0.0
    private(set) var isFinished = false

    init(_ annealing: Annealing, _ plan: Plan) {
        self.annealing = annealing
        self.plan = plan
        believe(plan.belief)
    }

    private mutating func believe(_ share: Double) {
        var guide = plan.worth
        if share > 0 {
            for pair in guide.indices { guide[pair] -= share * plan.prices[pair] }
        }
        for pair in plan.fixed { guide[pair] = Annealing.untouchable }
        annealing.believe(guide)
    }

    /// Goes on until that share of the effort; `share` maps the trials so far to the share used.
    mutating func advance(to mark: Double, share: (Int) -> Double) {
        while !isFinished {
            let used = share(trials)
            if used >= mark { break }
            heat(Int(min(max(used, 0) / 0.96, 1) * Double(Self.levels)))
            annealing.run(Self.trialsPerLook, temperature: temperature)
            trials += Self.trialsPerLook
        }
        annealing.noteBest()
    }

    private mutating func heat(_ next: Int) {
        if next == level { return }
        level = next
        annealing.noteBest()
        isFinished = annealing.board.waiting.isEmpty || annealing.bestGoal >= plan.ceiling
        let progress = Double(next) / Double(Self.levels)
        believe(plan.belief * max(0, 1 - progress / 0.9))
        temperature = next >= Self.levels ? 0 : plan.unit * plan.hot
        for _ in 0..<min(next, Self.levels) { temperature *= Self.cooling }
    }

    /// Goes on from where another stands, with chances of its own.
    mutating func adopt(_ other: Course) { annealing.adopt(other.annealing) }

    /// Returns to the best that was found and takes every improvement of one meeting that is left.
    mutating func finish() {
        believe(0)
        annealing.restoreBest()
        annealing.settle()
        annealing.noteBest()
    }
}
