import Timetabling
import WebCommon

/// A hall and its exhibitors as they stand in JSON.
struct BoothInstance {
    private static let known: Set<String> = ["grid", "stands", "exhibitors", "ties"]

    let problem: BoothProblem
    /// Members that mean nothing here.
    let unknown: [String]

    /// Reads an instance; a plan that was read from a drawing takes the place of its grid or stands.
    init(_ bytes: [UInt8], plan drawn: FloorPlan?) throws {
        let value: JSON
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw Failure(.refused, "The instance is not whole JSON: \(error.message).", "Is the file cut off?")
        }
        guard case .object(let object) = value else {
            throw MeetingProblemFault("The instance", "must be a JSON object")
        }
        unknown = object.names.filter { !Self.known.contains($0) }
        let plan = try drawn ?? Self.plan(value)
        var names: [String: Int] = [:]
        for (index, stand) in plan.stands.enumerated() { names[stand.name] = index }
        let exhibitors = try (value["exhibitors"]?.array ?? []).enumerated().map { index, item in
            try Self.exhibitor(item, "exhibitors[\(index)]", names)
        }
        let ties = try (value["ties"]?.array ?? []).enumerated().map { index, item in
            try Self.tie(item, "ties[\(index)]")
        }
        problem = try BoothProblem(plan: plan, exhibitors: exhibitors, ties: ties)
    }

    private static func plan(_ value: JSON) throws -> FloorPlan {
        if let grid = value["grid"] {
            guard let rows = grid["rows"]?.integer, let columns = grid["columns"]?.integer else {
                throw MeetingProblemFault("grid", "must have rows and columns, whole numbers")
            }
            return try FloorPlan(rows: rows, columns: columns, aisle: grid["aisle"]?.double ?? 3)
        }
        guard let stands = value["stands"]?.array else {
            throw MeetingProblemFault("stands", "is missing; give them, a grid, or --plan with a drawing")
        }
        return try FloorPlan(
            stands: stands.enumerated().map { index, item in
                let entry = "stands[\(index)]"
                guard let name = item["name"]?.string, let x = item["x"]?.double, let y = item["y"]?.double,
                    let width = item["width"]?.double, let height = item["height"]?.double
                else { throw MeetingProblemFault(entry, "must have name, x, y, width and height") }
                return FloorPlan.Stand(
                    name: name, x: x, y: y, width: width, height: height,
                    power: item["power"]?.integer ?? FloorPlan.Limit.usualPower,
                    supplies: try words(item, "supplies", entry), zone: try word(item, "zone", entry) ?? .ordinary)
            })
    }

    private static func exhibitor(
        _ item: JSON, _ entry: String, _ names: [String: Int]
    ) throws -> BoothProblem.Exhibitor {
        guard let name = item["name"]?.string else { throw MeetingProblemFault(entry, "must have a name") }
        var stand: Int?
        if let promised = item["stand"]?.string {
            guard let index = names[promised] else {
                throw MeetingProblemFault(entry, "is promised the stand \(promised), which is not there")
            }
            stand = index
        }
        return BoothProblem.Exhibitor(
            name: name, power: item["power"]?.integer ?? 0, needs: try words(item, "needs", entry),
            sound: try word(item, "sound", entry) ?? .ordinary, stand: stand)
    }

    /// `[a, b, worth]`: above 0 is promising, below 0 competing; `[a, b, "veto"]`.
    private static func tie(_ item: JSON, _ entry: String) throws -> BoothProblem.Tie {
        guard let items = item.array, items.count == 3, let first = items[0].integer, let second = items[1].integer
        else { throw MeetingProblemFault(entry, "must be [exhibitor, exhibitor, worth or \"veto\"]") }
        if items[2].string == "veto" { return .init(first, second, .vetoed) }
        guard let worth = items[2].double else { throw MeetingProblemFault(entry, "must end in a number or \"veto\"") }
        return .init(first, second, worth < 0 ? .competing(-worth) : .promising(worth))
    }

    private static func word<Value: RawRepresentable & CaseIterable>(
        _ item: JSON, _ name: String, _ entry: String
    ) throws -> Value? where Value.RawValue == String {
        guard let text = item[name]?.string else { return nil }
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw MeetingProblemFault(entry, "has the \(name) \"\(text)\"; there are \(known)")
        }
        return value
    }

    private static func words(_ item: JSON, _ name: String, _ entry: String) throws -> Set<FloorPlan.Supply> {
        Set(
            try (item[name]?.array ?? []).map { text in
                guard let supply = text.string.flatMap(FloorPlan.Supply.init(rawValue:)) else {
                    let known = FloorPlan.Supply.allCases.map(\.rawValue).joined(separator: ", ")
                    throw MeetingProblemFault(entry, "has unknown \(name); there are \(known)")
                }
                return supply
            })
    }
}
