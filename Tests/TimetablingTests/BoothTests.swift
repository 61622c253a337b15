import Testing
import Timetabling

@Suite struct `A booth layout` {
    private func problem(
        rows: Int = 2, columns: Int = 3, _ exhibitors: [BoothProblem.Exhibitor], _ ties: [BoothProblem.Tie],
        change: (inout [FloorPlan.Stand]) -> Void = { _ in }
    ) throws -> BoothProblem {
        var stands = try FloorPlan(rows: rows, columns: columns).stands
        change(&stands)
        return try BoothProblem(plan: FloorPlan(stands: stands), exhibitors: exhibitors, ties: ties)
    }

    private func exhibitors(_ count: Int) -> [BoothProblem.Exhibitor] { (0..<count).map { .init(name: "E\($0)") } }

    @Test func `puts promising ones side by side and vetoed ones as far apart as can be, and proves it`() async throws {
        let ties: [BoothProblem.Tie] = [
            .init(0, 1, .promising(10)), .init(2, 3, .promising(8)), .init(0, 2, .vetoed), .init(1, 4, .competing(3)),
        ]
        let problem = try problem(exhibitors(5), ties)
        let plan = await BoothPlanner.plan(problem, effort: Effort(.trials(8000)))
        #expect(plan.isProven && plan.gap == 0 && plan.left.isEmpty)
        #expect(Set(plan.stands.compactMap(\.self)).count == 5)
        #expect(plan.score > 17)
        #expect(plan.quarrels(problem).isEmpty)
        let near = plan.neighbourhoods.filter(\.areNeighbours).map(\.tie)
        #expect(near == [0, 1])
    }

    @Test(arguments: 0..<6) func `that is proven is the best of all`(_ seed: Int) async throws {
        var dice = Dice(700 + seed)
        var ties: [BoothProblem.Tie] = []
        for one in 0..<5 {
            for other in 0..<one where dice.roll(3) > 0 {
                let worth = Double(1 + dice.roll(20))
                ties.append(.init(one, other, dice.roll(3) == 0 ? .competing(worth) : .promising(worth)))
            }
        }
        let problem = try problem(rows: 3, columns: 2, exhibitors(5), ties)
        let plan = await BoothPlanner.plan(problem, effort: Effort(.trials(8000), seed: UInt64(seed)))
        #expect(plan.isProven)
        var best = -Double.infinity
        for order in permutations(6) {
            best = max(
                best,
                ties.reduce(0) { sum, tie in
                    let near = problem.plan.closeness(order[tie.first], order[tie.second])
                    guard case .promising(let worth) = tie.bond else { return sum - (tie.bond.worth ?? 0) * near }
                    return sum + worth * near
                })
        }
        #expect(abs(plan.score - best) < 0.05)
    }

    @Test func `gives each what they need, and keeps what was promised`() async throws {
        let wanting: [BoothProblem.Exhibitor] = [
            .init(name: "aquaculture", power: 3000, needs: [.water]), .init(name: "press", sound: .loud),
            .init(name: "acoustics", sound: .sensitive), .init(name: "host", stand: 5),
        ]
        let problem = try problem(rows: 2, columns: 4, wanting, [.init(0, 1, .promising(5))]) { stands in
            stands[2].power = 3000
            stands[2].supplies = [.water]
            for quiet in [1, 3, 4] { stands[quiet].zone = .quiet }
        }
        let plan = await BoothPlanner.plan(problem, effort: Effort(.trials(8000)))
        #expect(plan.stands[0] == 2)
        #expect(plan.stands[3] == 5)
        #expect([0, 6, 7].contains(plan.stands[1]))
        #expect(plan.quarrels(problem).isEmpty)
        let noise = try #require(plan.neighbourhoods.first { problem.ties[$0.tie].bond == .noise })
        #expect(!noise.areNeighbours)
    }

    @Test func `leaves out who gives least, and says what keeps them out`() async throws {
        let wanting: [BoothProblem.Exhibitor] = [
            .init(name: "a", needs: [.water]), .init(name: "b", needs: [.water]), .init(name: "c", power: 9000),
            .init(name: "d"),
        ]
        let problem = try problem(rows: 1, columns: 3, wanting, [.init(1, 3, .promising(5))]) {
            $0[0].supplies = [.water]
        }
        let plan = await BoothPlanner.plan(problem, effort: Effort(.trials(5000)))
        #expect(plan.stands[1] == 0 && plan.stands[3] != nil)
        #expect(plan.left.map(\.exhibitor) == [0, 2])
        #expect(plan.left[0].stands == [0] && plan.left[0].obstacles == [.supply(.water)])
        #expect(plan.left[1].stands == [] && plan.left[1].obstacles == [.power])
    }

    @Test func `of nobody, of no stands, and of more exhibitors than stands has an answer`() async throws {
        let nobody = await BoothPlanner.plan(try problem([], []), effort: Effort(.trials(100)))
        #expect(nobody.stands == [] && nobody.score == 0)
        let homeless = try BoothProblem(plan: FloorPlan(stands: []), exhibitors: exhibitors(2), ties: [])
        let none = await BoothPlanner.plan(homeless, effort: Effort(.trials(100)))
        #expect(none.stands == [nil, nil] && none.left.count == 2)
        let many = await BoothPlanner.plan(
            try problem(rows: 1, columns: 2, exhibitors(4), [.init(2, 3, .promising(1))]), effort: Effort(.trials(500)))
        #expect(many.left.map(\.exhibitor) == [0, 1] && many.score == 1)
        #expect(many.left.allSatisfy { $0.obstacles.isEmpty })
    }

    @Test func `is the same for the same seed`() async throws {
        var dice = Dice(5)
        let ties = (0..<40).map { BoothProblem.Tie($0 % 20, ($0 * 7 + 1) % 20, .promising(Double(1 + dice.roll(9)))) }
        let unlike = ties.filter { $0.first != $0.second }.reduce(into: [BoothProblem.Tie]()) { kept, tie in
            let couple = MeetingProblem.Couple(tie.first, tie.second)
            if !kept.contains(where: { MeetingProblem.Couple($0.first, $0.second) == couple }) { kept.append(tie) }
        }
        let problem = try problem(rows: 4, columns: 6, exhibitors(20), unlike)
        let effort = Effort(.trials(800), seed: 3, threads: 2)
        let one = await BoothPlanner.plan(problem, effort: effort)
        let other = await BoothPlanner.plan(problem, effort: effort)
        #expect(one == other)
        #expect(one.bound >= one.score)
    }

    private func permutations(_ count: Int) -> [[Int]] {
        if count == 0 { return [[]] }
        return permutations(count - 1).flatMap { rest in
            (0...rest.count).map { place in Array(rest[..<place]) + [count - 1] + Array(rest[place...]) }
        }
    }
}

@Suite struct `A quadratic assignment` {
    @Test(arguments: [false, true], 0..<4) func `is solved to the proven optimum when small`(
        isSymmetric: Bool, seed: Int
    ) async throws {
        var dice = Dice(900 + seed)
        let size = 6
        func table() -> [Int] {
            var table = (0..<(size * size)).map { _ in dice.roll(19) - 4 }
            if isSymmetric {
                for row in 0..<size {
                    for column in 0..<row { table[row * size + column] = table[column * size + row] }
                }
            }
            return table
        }
        let problem = try QuadraticAssignment(size: size, flow: table(), distance: table(), placing: table())
        let plan = await QuadraticPlanner.plan(problem, effort: Effort(.trials(8000)))
        var best = Int.max
        func visit(_ places: [Int], _ rest: [Int]) {
            if rest.isEmpty { best = min(best, problem.cost(places)) }
            for place in rest { visit(places + [place], rest.filter { $0 != place }) }
        }
        visit([], Array(0..<size))
        #expect(plan.cost == best && plan.isProven)
        #expect(problem.cost(plan.places) == plan.cost)
        #expect(Set(plan.places) == Set(0..<size))
    }

    @Test func `reads published data and says what is wrong with it`() throws {
        let data = "2\n\n0 3\n3 0\n\n0 5\n5 0\n"
        #expect(try QuadraticAssignment(data: data).cost([1, 0]) == 30)
        for wrong in ["", "2 1 2 3", "1 x 2", "-1", "2 0 3 3 0 0 5 5 0 9"] {
            #expect(throws: MeetingProblemFault.self) { try QuadraticAssignment(data: wrong) }
        }
        #expect(throws: MeetingProblemFault.self) {
            try QuadraticAssignment(size: 1, flow: [.max], distance: [.max])
        }
    }
}
