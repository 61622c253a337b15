import WebCommon

/// Reads parameters by their schemas.
struct ParameterReader {
    var issues: [InputIssue] = []

    /// The parameters of the query. Those not in the table are refused, because a misspelt filter that is ignored shows
    /// too much.
    mutating func query(_ text: String?, _ parameters: [Parameter]) -> [String: JSONValue] {
        var given: [String: [String]] = [:]
        for pair in (text ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0], plusIsSpace: true),
                let value = PercentEncoding.decode(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                report(String(parts[0].prefix(100)), "bad-encoding", "Must be percent-encoded UTF-8 without NUL.")
                continue
            }
            given[name, default: []].append(value)
        }
        let known = parameters.map(\.name)
        for name in given.keys.sorted() where !known.contains(name) {
            let choices = known.isEmpty ? "This address takes none." : "Known: \(known.joined(separator: ", "))."
            report(String(name.prefix(100)), "unknown", "Is not known here. \(choices)")
        }
        var values: [String: JSONValue] = [:]
        for parameter in parameters {
            guard let texts = given[parameter.name] else {
                if parameter.presence == .required { report(parameter.name, "missing", "Is missing.") }
                continue
            }
            values[parameter.name] = read(texts, parameter)
        }
        return values
    }

    private mutating func read(_ texts: [String], _ parameter: Parameter) -> JSONValue? {
        let value: JSONValue
        if case .array(let items, _, _) = parameter.schema.form {
            value = .array(texts.map { Self.value($0, items) })
        } else if texts.count > 1 {
            report(parameter.name, "given-twice", "Must be given once only.")
            return nil
        } else {
            value = Self.value(texts[0], parameter.schema)
        }
        let found = parameter.schema.issues(in: value, at: .query(name: parameter.name))
        issues += found
        return found.isEmpty ? value : nil
    }

    private mutating func report(_ name: String, _ code: String, _ detail: String) {
        guard issues.count < Schema.mostIssues else { return }
        issues.append(InputIssue(.query(name: name), code, detail))
    }

    /// The text as the JSON value its schema expects; when it cannot be that, the text itself, which the schema then
    /// refuses.
    static func value(_ text: String, _ schema: Schema) -> JSONValue {
        switch schema.form {
        case .named(_, let inner), .nullable(let inner): value(text, inner)
        case .integer: Int(text).map(JSONValue.integer) ?? .string(text)
        case .number: Double(text).map(JSONValue.number) ?? .string(text)
        case .boolean: ["true": true, "false": false][text].map(JSONValue.bool) ?? .string(text)
        default: .string(text)
        }
    }
}
