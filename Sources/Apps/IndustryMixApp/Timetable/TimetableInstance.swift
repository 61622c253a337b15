import Timetabling
import WebCommon

/// An instance of meetings as it stands in JSON.
struct TimetableInstance {
    private static let known: Set<String> = [
        "n", "slots", "tables", "avail", "cap", "pairs", "must", "vetoes", "met", "fixed", "former",
    ]

    let problem: MeetingProblem
    /// A plan that people know already.
    let former: [MeetingProblem.Meeting]?
    /// Members that mean nothing here.
    let unknown: [String]

    init(_ bytes: [UInt8]) throws {
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
        let slots = try Self.integer(value, "slots")
        let required = Set(try Self.couples(value, "must"))
        var pairs: [MeetingProblem.Pair] = []
        for (index, item) in try Self.array(value, "pairs").enumerated() {
            pairs.append(try Self.pair(item, "pairs[\(index)]", required))
        }
        let asked = Set(pairs.map { MeetingProblem.Couple($0.first, $0.second) })
        for couple in required.subtracting(asked).sorted(by: { ($0.lower, $0.upper) < ($1.lower, $1.upper) }) {
            pairs.append(.init(couple.lower, couple.upper, score: 0, demand: .required))
        }
        problem = try MeetingProblem(
            participants: try Self.integer(value, "n"), slots: slots, tables: try Self.tables(value, slots: slots),
            availability: try Self.masks(value), caps: try Self.integers(value, "cap"), pairs: pairs,
            vetoes: Set(try Self.couples(value, "vetoes")), metBefore: Set(try Self.couples(value, "met")),
            fixed: try Self.meetings(value, "fixed"))
        former = value["former"] == nil ? nil : try Self.meetings(value, "former")
    }

    private static func array(_ value: JSON, _ name: String) throws -> [JSON] {
        guard let member = value[name] else { throw MeetingProblemFault(name, "is missing") }
        guard case .array(let items) = member else { throw MeetingProblemFault(name, "must be a list") }
        return items
    }

    private static func integer(_ value: JSON, _ name: String) throws -> Int {
        guard let member = value[name] else { throw MeetingProblemFault(name, "is missing") }
        guard let number = member.integer else { throw MeetingProblemFault(name, "must be a whole number") }
        return number
    }

    private static func integers(_ value: JSON, _ name: String) throws -> [Int] {
        try array(value, name).enumerated().map { index, item in
            guard let number = item.integer else {
                throw MeetingProblemFault("\(name)[\(index)]", "must be a whole number")
            }
            return number
        }
    }

    private static func masks(_ value: JSON) throws -> [UInt64] {
        try integers(value, "avail").enumerated().map { index, number in
            guard let mask = UInt64(exactly: number) else {
                throw MeetingProblemFault("avail[\(index)]", "must not be below 0")
            }
            return mask
        }
    }

    private static func tables(_ value: JSON, slots: Int) throws -> [Int] {
        if case .array? = value["tables"] { return try integers(value, "tables") }
        let count = try integer(value, "tables")
        return Array(repeating: count, count: max(0, min(slots, MeetingProblem.Limit.slots + 1)))
    }

    private static func numbers(_ item: JSON, _ entry: String, _ form: String) throws -> [Int] {
        let count = form.split(separator: ",").count
        guard let items = item.array, items.count == count else {
            throw MeetingProblemFault(entry, "must be [\(form)]")
        }
        let numbers = items.compactMap(\.integer)
        guard numbers.count == count else { throw MeetingProblemFault(entry, "must be [\(form)], all whole numbers") }
        return numbers
    }

    private static func pair(
        _ item: JSON, _ entry: String, _ required: Set<MeetingProblem.Couple>
    ) throws -> MeetingProblem.Pair {
        guard let items = item.array, items.count == 3, let first = items[0].integer, let second = items[1].integer,
            let score = items[2].double
        else { throw MeetingProblemFault(entry, "must be [participant, participant, score]") }
        let isRequired = required.contains(.init(first, second))
        return .init(first, second, score: score, demand: isRequired ? .required : .wished)
    }

    private static func couples(_ value: JSON, _ name: String) throws -> [MeetingProblem.Couple] {
        if value[name] == nil { return [] }
        return try array(value, name).enumerated().map { index, item in
            let ids = try numbers(item, "\(name)[\(index)]", "participant, participant")
            return MeetingProblem.Couple(ids[0], ids[1])
        }
    }

    private static func meetings(_ value: JSON, _ name: String) throws -> [MeetingProblem.Meeting] {
        if value[name] == nil { return [] }
        return try array(value, name).enumerated().map { index, item in
            let ids = try numbers(item, "\(name)[\(index)]", "participant, participant, slot")
            return MeetingProblem.Meeting(ids[0], ids[1], slot: ids[2])
        }
    }
}
