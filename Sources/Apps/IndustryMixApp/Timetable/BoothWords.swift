import Charts
import Timetabling
import WebCommon

/// Booth layouts as JSON and as a drawing.
enum BoothWords {
    static func answer(_ problem: BoothProblem, _ plan: BoothPlan) -> JSON {
        let stands = problem.plan.stands
        return .members([
            "stands": .array(plan.stands.map { .optional($0.map { stands[$0].name }) }),
            "score": .number(plan.score), "bound": .number(plan.bound), "gap": .number(plan.gap),
            "proven": .bool(plan.isProven),
            "neighbours": .array(
                plan.neighbourhoods.filter(\.areNeighbours).map { place in
                    let tie = problem.ties[place.tie]
                    return .members([
                        "exhibitors": .array([.integer(tie.first), .integer(tie.second)]),
                        "stands": .array([.string(stands[place.first].name), .string(stands[place.second].name)]),
                        "closeness": .number(place.closeness), "reason": .string(words(tie.bond)),
                    ])
                }),
            "left": .array(
                plan.left.map {
                    .members([
                        "exhibitor": .integer($0.exhibitor),
                        "obstacles": .array(words($0.obstacles).map(JSON.string)),
                        "usable": .array($0.stands.map { .string(stands[$0].name) }),
                    ])
                }),
        ])
    }

    static func answer(_ plan: QuadraticPlan) -> JSON {
        .members([
            "places": .array(plan.places.map { .integer($0 + 1) }), "cost": .integer(plan.cost),
            "bound": .integer(plan.bound), "proven": .bool(plan.isProven),
        ])
    }

    static func drawing(_ problem: BoothProblem, _ plan: BoothPlan) -> FloorPlanChart {
        var holders: [Int: String] = [:]
        for (exhibitor, stand) in plan.stands.enumerated() {
            if let stand { holders[stand] = problem.exhibitors[exhibitor].name }
        }
        let boxes = problem.plan.stands.enumerated().map { index, stand in
            let supplies = FloorPlan.Supply.allCases.filter { stand.supplies.contains($0) }.map(\.rawValue)
            return FloorPlanChart.Box(
                x: stand.x, y: stand.y, width: stand.width, height: stand.height, name: stand.name,
                holder: holders[index] ?? "", note: (["\(stand.power) W"] + supplies).joined(separator: ", "))
        }
        let links = plan.neighbourhoods.filter(\.areNeighbours).map { place in
            let bond = problem.ties[place.tie].bond
            var look = FloorPlanChart.LinkLook.quarrel
            if case .promising = bond { look = .near }
            return FloorPlanChart.Link(place.first, place.second, look: look, reason: words(bond))
        }
        let caption = ChartCaption(
            id: "booths", title: "Booth layout",
            summary: "\(links.count(where: { $0.look == .near })) promising pairs stand next to each other; "
                + "the score is \(chartNumber(plan.score)), at most \(chartNumber(plan.bound)) is possible.")
        return FloorPlanChart(
            caption, boxes: boxes, links: links,
            words: .init(
                stand: "Stand", holder: "Exhibitor", note: "Has", neighbours: "Neighbours", empty: "empty"))
    }

    private static func words(_ bond: BoothProblem.Bond) -> String {
        switch bond {
        case .promising(let worth): "promising, worth \(chartNumber(worth))"
        case .competing(let worth): "competing, \(chartNumber(worth))"
        case .vetoed: "veto"
        case .noise: "noise"
        }
    }

    private static func words(_ obstacles: Set<BoothProblem.Obstacle>) -> [String] {
        obstacles.map { obstacle in
            switch obstacle {
            case .power: "power"
            case .supply(let supply): supply.rawValue
            case .quietZone: "quiet zone"
            case .promised: "promised to others"
            }
        }.sorted()
    }
}
