package import WebCommon

extension Schema {
    /// Most issues reported for one request; more would not help anybody.
    package static let mostIssues = 100

    /// Everything that is wrong with the value, each with its JSON pointer.
    package func issues(in value: JSONValue) -> [InputIssue] {
        var check = SchemaCheck()
        check.check(value, self)
        return check.issues
    }

    /// Everything that is wrong with a value that came as a parameter or header.
    package func issues(in value: JSONValue, at place: InputIssue.Place) -> [InputIssue] {
        issues(in: value).map { InputIssue(place, $0.code, $0.detail) }
    }
}

private struct SchemaCheck {
    var issues: [InputIssue] = []
    var pointer = ""

    mutating func check(_ value: JSONValue, _ schema: Schema) {
        guard issues.count < Schema.mostIssues else { return }
        switch schema.form {
        case .anything: break
        case .named(_, let inner): check(value, inner)
        case .nullable(let inner): if !value.isNull { check(value, inner) }
        case .boolean: if value.bool == nil { wrongType("true or false", value) }
        case .integer(let range): checkInteger(value, range)
        case .number(let range): checkNumber(value, range)
        case .string(let rule): checkString(value, rule)
        case .array(let items, let count, let uniqueness): checkArray(value, items, count, uniqueness)
        case .object(let properties, let minimum): checkObject(value, properties, minimum)
        case .map(let values): checkMap(value, values)
        }
    }

    private mutating func report(_ code: String, _ detail: String) {
        issues.append(InputIssue(.body(pointer: pointer), code, detail))
    }

    private mutating func wrongType(_ wanted: String, _ value: JSONValue) {
        report("wrong-type", "Must be \(wanted), not \(value.kindInWords).")
    }

    private mutating func inside(_ token: String, _ work: (inout SchemaCheck) -> Void) {
        let outer = pointer
        pointer += "/" + token.replacing("~", with: "~0").replacing("/", with: "~1")
        work(&self)
        pointer = outer
    }

    private mutating func checkInteger(_ value: JSONValue, _ range: ClosedRange<Int>) {
        guard let number = value.integer else { return wrongType("a whole number", value) }
        if !range.contains(number) { outOfRange("\(number)", "\(range.lowerBound)", "\(range.upperBound)") }
    }

    private mutating func checkNumber(_ value: JSONValue, _ range: ClosedRange<Double>) {
        guard let number = value.double else { return wrongType("a number", value) }
        if !range.contains(number) { outOfRange("\(number)", "\(range.lowerBound)", "\(range.upperBound)") }
    }

    private mutating func outOfRange(_ given: String, _ low: String, _ high: String) {
        report("out-of-range", "Must be from \(low) to \(high); it is \(given).")
    }

    private mutating func checkString(_ value: JSONValue, _ rule: StringRule) {
        guard let text = value.string else { return wrongType("text", value) }
        if let values = rule.values, !values.contains(text) {
            return report("not-a-choice", "Must be one of: \(values.joined(separator: ", ")).")
        }
        if let length = rule.length {
            let count = text.unicodeScalars.count
            if count < length.lowerBound {
                let detail = count == 0 ? "Must not be empty." : "Must have at least \(length.lowerBound) characters."
                report("too-short", detail)
            }
            if count > length.upperBound {
                report("too-long", "Must have at most \(length.upperBound) characters; it has \(count).")
                return
            }
        }
        if let form = rule.form, !form.accepts(text) { report("wrong-form", "Must be \(form.says).") }
    }

    private mutating func checkArray(
        _ value: JSONValue, _ items: Schema, _ count: ClosedRange<Int>, _ uniqueness: Schema.Uniqueness
    ) {
        guard let elements = value.array else { return wrongType("a list", value) }
        if elements.count < count.lowerBound { report("too-few", "Must have at least \(count.lowerBound) entries.") }
        if elements.count > count.upperBound {
            return report("too-many", "Must have at most \(count.upperBound) entries; it has \(elements.count).")
        }
        if uniqueness == .unique, Set(elements).count < elements.count {
            report("not-unique", "Must not name the same entry twice.")
        }
        for (index, element) in elements.enumerated() {
            inside(String(index)) { $0.check(element, items) }
        }
    }

    private mutating func checkObject(_ value: JSONValue, _ properties: [Property], _ minimum: Int) {
        guard let object = value.object else { return wrongType("an object", value) }
        if object.count < minimum {
            report("too-few", "Must name at least \(minimum == 1 ? "one member" : "\(minimum) members") to change.")
        }
        for property in properties {
            guard let member = object[property.name] else {
                if property.presence == .required {
                    inside(property.name) { $0.report("missing", "Is missing.") }
                }
                continue
            }
            inside(property.name) { $0.check(member, property.schema) }
        }
        let known = Set(properties.map(\.name))
        for name in object.names where !known.contains(name) && issues.count < Schema.mostIssues {
            inside(String(name.prefix(100))) {
                $0.report("unknown", "Is not known here. Known: \(known.sorted().joined(separator: ", ")).")
            }
        }
    }

    private mutating func checkMap(_ value: JSONValue, _ values: Schema) {
        guard let object = value.object else { return wrongType("an object", value) }
        for member in object.members { inside(String(member.name.prefix(100))) { $0.check(member.value, values) } }
    }
}

extension JSONValue {
    fileprivate var kindInWords: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .string: "text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
