import HTTPTypes
import WebCommon

/// The reference of the API as one page that needs no script and loads nothing from elsewhere.
struct ReferencePage: Sendable {
    private let title: String
    private let body: String

    init(title: String, table: RouteTable) {
        self.title = title
        body = Self.body(title, table)
    }

    /// The page, whose style carries the nonce.
    func html(_ nonce: PageNonce) -> String { PageFrame.html(title: title, body: body, nonce: nonce) }

    private static func body(_ title: String, _ table: RouteTable) -> String {
        let tags = table.routes.map(\.tag).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        var html = "<header><h1>\(title.htmlEscaped)</h1><p>\(OpenAPIDocument.introduction.htmlEscaped)</p>"
        html +=
            "<p><a href=\"/api/v1/openapi.json\">OpenAPI 3.1 document</a> · "
        html += "<a href=\"/problems\">Problems</a></p></header>"
        html += "<nav aria-label=\"Contents\">"
        for tag in tags {
            html += "<h2><a href=\"#tag-\(anchor(tag))\">\(tag.htmlEscaped)</a></h2><ul>"
            for route in table.routes where route.tag == tag {
                html += "<li><a href=\"#\(route.id)\"><b>\(route.method.rawValue)</b> "
                html += "\(route.path.htmlEscaped)</a> \(route.summary.htmlEscaped)</li>"
            }
            html += "</ul>"
        }
        html += "</nav><main>"
        for tag in tags {
            html += "<h2 id=\"tag-\(anchor(tag))\">\(tag.htmlEscaped)</h2>"
            for route in table.routes where route.tag == tag { html += section(route) }
        }
        html += "<h2 id=\"schemas\">Forms</h2>"
        for (name, schema) in NamedSchemas(table).all {
            html += "<section id=\"schema-\(name)\"><h3>\(name.htmlEscaped)</h3>\(properties(schema))</section>"
        }
        return html + "</main>"
    }

    private static func anchor(_ text: String) -> String {
        text.lowercased().map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
    }

    private static func section(_ route: Route) -> String {
        var html = "<section id=\"\(route.id)\"><h3><b class=\"method\">\(route.method.rawValue)</b> "
        html += "<code>\(route.path.htmlEscaped)</code></h3><p><strong>\(route.summary.htmlEscaped)</strong> "
        html += "\(route.description.htmlEscaped)</p>"
        if !route.parameters.isEmpty {
            html += "<table><caption>Parameters</caption><tr><th>Name</th><th>In</th><th>Form</th><th></th></tr>"
            for parameter in route.parameters {
                html += "<tr><td><code>\(parameter.name.htmlEscaped)</code></td><td>\(parameter.place.rawValue)</td>"
                html += "<td>\(form(parameter.schema))</td><td>\(parameter.about.htmlEscaped)</td></tr>"
            }
            html += "</table>"
        }
        html += notes(route)
        switch route.body {
        case .none: break
        case .json(let schema): html += "<h4>Body</h4>" + properties(schema) + example(schema)
        case .optional(let schema): html += "<h4>Body, if any</h4>" + properties(schema) + example(schema)
        case .bytes(let mediaTypes, let limit, let about):
            let names = mediaTypes.joined(separator: " or ").htmlEscaped
            html += "<h4>Body</h4><p>\(names), at most \(limit) bytes. \(about.htmlEscaped)</p>"
        }
        html += "<h4>Answers</h4><ul>"
        for answer in route.answers {
            html += "<li><b>\(answer.status.code)</b> \(answer.about.htmlEscaped)"
            if case .json(let schema) = answer.content { html += " \(form(schema))" + example(schema) }
            html += "</li>"
        }
        let problems = route.problems.map { "<a href=\"\($0.uri)\">\($0.status.code) \($0.title.htmlEscaped)</a>" }
        return html + "<li class=\"quiet\">\(problems.joined(separator: ", "))</li></ul></section>"
    }

    private static func notes(_ route: Route) -> String {
        var notes: [String] = []
        if case .keyed = route.repetition { notes.append("Takes an Idempotency-Key.") }
        switch route.precondition {
        case .none: break
        case .tagged: notes.append("Answers with an ETag and understands If-None-Match.")
        case .optional: notes.append("Checks If-Match when it is given.")
        case .required: notes.append("Needs If-Match with the ETag of the version that the change is based on.")
        }
        return notes.isEmpty ? "" : "<p>\(notes.joined(separator: " "))</p>"
    }

    private static func example(_ schema: Schema) -> String {
        "<details><summary>Example</summary><pre>\(schema.sample.indentedText.htmlEscaped)</pre></details>"
    }

    /// The form in words; a name leads to its own section.
    private static func form(_ schema: Schema) -> String {
        switch schema.form {
        case .named(let name, _): "<a href=\"#schema-\(name)\">\(name.htmlEscaped)</a>"
        case .nullable(let inner): form(inner) + " or null"
        case .array(let items, _, _): "list of " + form(items)
        default: schema.inWords.htmlEscaped
        }
    }

    private static func properties(_ schema: Schema) -> String {
        switch schema.form {
        case .named(_, let inner): return properties(inner)
        case .object(let members, _):
            var html = "<table><tr><th>Member</th><th>Form</th><th></th></tr>"
            for member in members {
                let mark = member.presence == .required ? " <em>required</em>" : ""
                html += "<tr><td><code>\(member.name.htmlEscaped)</code>\(mark)</td><td>\(form(member.schema))</td>"
                html += "<td>\((member.schema.about ?? "").htmlEscaped)</td></tr>"
            }
            return html + "</table>"
        default: return "<p>\(form(schema))</p>"
        }
    }
}

/// The schemas with a name that a table uses, in the order of their names.
struct NamedSchemas {
    private(set) var found: [String: Schema] = [:]

    init(_ table: RouteTable) {
        for route in table.routes {
            switch route.body {
            case .json(let schema), .optional(let schema): collect(schema)
            case .none, .bytes: break
            }
            for answer in route.answers {
                if case .json(let schema) = answer.content { collect(schema) }
            }
        }
        collect(Problem.schema)
    }

    var all: [(name: String, schema: Schema)] {
        found.sorted { $0.key < $1.key }.map { (name: $0.key, schema: $0.value) }
    }

    private mutating func collect(_ schema: Schema) {
        switch schema.form {
        case .named(let name, let inner):
            if found[name] == nil {
                found[name] = inner
                collect(inner)
            }
        case .nullable(let inner), .map(let inner), .array(let inner, _, _): collect(inner)
        case .object(let properties, _): for property in properties { collect(property.schema) }
        case .string, .integer, .number, .boolean, .anything: break
        }
    }
}
