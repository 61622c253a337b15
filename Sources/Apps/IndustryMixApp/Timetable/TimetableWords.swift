import Timetabling
import WebCommon

/// Plans as JSON.
enum TimetableWords {
    static func answer(_ plan: MeetingPlan, _ more: [(String, JSON)]) -> JSON {
        var members: [(String, JSON)] = [
            ("meetings", .array(plan.meetings.map(meeting))), ("score", .number(plan.score)),
            ("bound", .number(plan.bound)), ("gap", .number(plan.gap)),
        ]
        members += more
        return .object(JSONObject(members))
    }

    static func answer(_ plan: MandatoryPlan) -> JSON {
        var members: [(String, JSON)] = [
            ("slots", .array(plan.slots.map { .integer($0.map { $0 + 1 } ?? 0) })), ("breaks", .integer(plan.breaks)),
            ("bound", .integer(plan.bound)),
        ]
        if !plan.unmet.isEmpty {
            members.append(
                (
                    "unmet",
                    .array(
                        plan.unmet.map {
                            .members(["meeting": .integer($0.meeting + 1), "reason": .string(words($0.reason))])
                        })
                ))
        }
        return .object(JSONObject(members))
    }

    static func explanation(_ problem: MeetingProblem, _ plan: MeetingPlan) -> [(String, JSON)] {
        let explanation = Explanation(problem, plan)
        let unmet = explanation.unmet.map { wish in
            let pair = problem.pairs[wish.pair]
            return JSON.object(
                JSONObject(
                    [
                        ("pair", JSON.array([.integer(pair.first), .integer(pair.second)])),
                        ("score", .number(pair.score)),
                    ] + cause(wish.cause)))
        }
        let reliefs = explanation.reliefs.map {
            JSON.members(["slot": .integer($0.slot), "tables": .integer($0.tables), "score": .number($0.score)])
        }
        return [("unmet", .array(unmet)), ("reliefs", .array(reliefs))]
    }

    private static func meeting(_ meeting: MeetingProblem.Meeting) -> JSON {
        .array([.integer(meeting.first), .integer(meeting.second), .integer(meeting.slot)])
    }

    private static func list(_ numbers: [Int]) -> JSON { .array(numbers.map(JSON.integer)) }

    private static func cause(_ cause: UnmetWish.Cause) -> [(String, JSON)] {
        switch cause {
        case .vetoed: [("cause", .string("veto"))]
        case .metBefore: [("cause", .string("met"))]
        case .neverTogether: [("cause", .string("avail"))]
        case .worthless: [("cause", .string("score"))]
        case .capped(let people, let slot):
            [("cause", .string("cap")), ("people", list(people)), ("slot", .integer(slot))]
        case .tablesTaken(let slots): [("cause", .string("tables")), ("slots", list(slots))]
        case .resourceTaken(let resource, let slots):
            [("cause", .string("resource")), ("resource", .integer(resource)), ("slots", list(slots))]
        case .cappedAndTablesTaken(let people, let slot):
            [("cause", .string("cap and tables")), ("people", list(people)), ("slot", .integer(slot))]
        case .displaced(let meetings, let worth, let slot):
            [
                ("cause", .string("displaced")), ("by", .array(meetings.map(meeting))), ("worth", .number(worth)),
                ("slot", .integer(slot)),
            ]
        }
    }

    private static func words(_ reason: MandatoryPlan.Reason) -> String {
        switch reason {
        case .noSlot: "session, fixed slot, precedences and forbidden slots leave it no slot"
        case .overbooked(let participant): "participant \(participant + 1) has more meetings than slots for them"
        case .tables(let missing): "there are \(missing) meetings more than tables in all slots"
        case .crowded:
            "in every slot it may stand in, somebody is busy, the tables are taken, or a rule would be broken"
        }
    }
}
