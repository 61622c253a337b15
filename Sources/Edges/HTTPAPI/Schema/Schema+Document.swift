package import WebCommon

extension Schema {
    /// The schema as JSON Schema. Named schemas are put among the components and referred to.
    package func document(_ components: inout [String: JSONValue]) -> JSONValue {
        var object = JSONObject()
        switch form {
        case .anything: break
        case .named(let name, let inner):
            if components[name] == nil {
                // The place is taken first, so that a schema that holds itself ends.
                components[name] = .null
                components[name] = inner.document(&components)
            }
            object["$ref"] = .string("#/components/schemas/\(name)")
        case .nullable(let inner):
            object["anyOf"] = .array([inner.document(&components), ["type": "null"]])
        case .boolean: object["type"] = "boolean"
        case .integer(let range):
            object["type"] = "integer"
            object["minimum"] = .integer(range.lowerBound)
            object["maximum"] = .integer(range.upperBound)
        case .number(let range):
            object["type"] = "number"
            object["minimum"] = .number(range.lowerBound)
            object["maximum"] = .number(range.upperBound)
        case .string(let rule): rule.describe(&object)
        case .array(let items, let count, let uniqueness):
            object["type"] = "array"
            object["items"] = items.document(&components)
            if count.lowerBound > 0 { object["minItems"] = .integer(count.lowerBound) }
            object["maxItems"] = .integer(count.upperBound)
            if uniqueness == .unique { object["uniqueItems"] = true }
        case .object(let properties, let minimum):
            Self.describe(properties, minimum, &object, &components)
        case .map(let values):
            object["type"] = "object"
            object["additionalProperties"] = values.document(&components)
        }
        if let about { object["description"] = .string(about) }
        if let example, object["$ref"] == nil { object["examples"] = .array([example]) }
        return .object(object)
    }

    private static func describe(
        _ properties: [Property], _ minimum: Int, _ object: inout JSONObject, _ components: inout [String: JSONValue]
    ) {
        object["type"] = "object"
        var members = JSONObject()
        for property in properties { members.append(property.name, property.schema.document(&components)) }
        object["properties"] = .object(members)
        let required = properties.filter { $0.presence == .required }.map { JSONValue.string($0.name) }
        if !required.isEmpty { object["required"] = .array(required) }
        object["additionalProperties"] = false
        if minimum > 0 { object["minProperties"] = .integer(minimum) }
    }

    /// A value of this form for the reference: the example given, or one put together from the parts.
    package var sample: JSONValue {
        if let example { return example }
        switch form {
        case .anything, .map: return .object(JSONObject())
        case .named(_, let inner), .nullable(let inner): return inner.sample
        case .boolean: return true
        case .integer(let range): return .integer(max(range.lowerBound, min(1, range.upperBound)))
        case .number(let range): return .number(max(range.lowerBound, min(0.5, range.upperBound)))
        case .string(let rule): return .string(rule.values?.first ?? rule.form?.example ?? "text")
        case .array(let items, let count, _):
            let length = min(max(count.lowerBound, 1), count.upperBound)
            return .array(Array(repeating: items.sample, count: length))
        case .object(let properties, _):
            return .object(JSONObject(properties.map { ($0.name, $0.schema.sample) }))
        }
    }

    /// The form in few words, for the reference.
    package var inWords: String {
        switch form {
        case .anything: "anything"
        case .named(let name, _): name
        case .nullable(let inner): inner.inWords + " or null"
        case .boolean: "true or false"
        case .integer(let range): "integer \(range.lowerBound) to \(range.upperBound)"
        case .number(let range): "number \(range.lowerBound) to \(range.upperBound)"
        case .string(let rule): rule.inWords
        case .array(let items, _, _): "list of " + items.inWords
        case .map(let values): "object with values: " + values.inWords
        case .object: "object"
        }
    }
}

extension StringRule {
    fileprivate func describe(_ object: inout JSONObject) {
        object["type"] = "string"
        if let length {
            if length.lowerBound > 0 { object["minLength"] = .integer(length.lowerBound) }
            object["maxLength"] = .integer(length.upperBound)
        }
        if let pattern = form?.pattern { object["pattern"] = .string(pattern) }
        if let format = form?.format { object["format"] = .string(format) }
        if let values { object["enum"] = .array(values.map(JSONValue.string)) }
    }

    fileprivate var inWords: String {
        if let values { return "one of " + values.joined(separator: ", ") }
        let size = length.map { $0.lowerBound == 0 ? "up to \($0.upperBound)" : "\($0.lowerBound) to \($0.upperBound)" }
        return (form?.says ?? "text") + (size.map { ", \($0) characters" } ?? "")
    }
}
