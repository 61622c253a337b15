import Exchange
import HTTPTypes
package import WebCommon

/// The OpenAPI 3.1 description of a route table.
package struct OpenAPIDocument: Sendable {
    package let title: String
    package let version: String
    private let table: RouteTable

    package init(title: String, version: String, table: RouteTable) {
        self.title = title
        self.version = version
        self.table = table
    }

    /// The document.
    package var json: JSONValue {
        var components: [String: JSONValue] = [:]
        var paths = JSONObject()
        for path in orderedPaths {
            var item = JSONObject()
            for route in table.routes where route.path == path {
                item.append(route.method.rawValue.lowercased(), operation(route, &components))
            }
            paths.append(path, .object(item))
        }
        _ = Problem.schema.document(&components)
        let schemas = components.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return [
            "openapi": "3.1.1",
            "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
            "info": ["title": .string(title), "version": .string(version), "description": .string(Self.introduction)],
            "servers": [["url": "/"]],
            "tags": .array(tags.map { ["name": .string($0)] }),
            "security": [["token": []]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(JSONObject(schemas)),
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "A token made with: industrymix token create, or POST /api/v1/tokens.",
                    ]
                ],
            ],
        ]
    }

    /// The tags in the order of the table.
    package var tags: [String] {
        var seen: Set<String> = []
        return table.routes.map(\.tag).filter { seen.insert($0).inserted }
    }

    private var orderedPaths: [String] {
        var seen: Set<String> = []
        return table.routes.map(\.path).filter { seen.insert($0).inserted }
    }

    package static let introduction = """
        Every answer that is not the one asked for is a problem (RFC 9457) with a stable type. Lists are read page by \
        page: pass `next` of one answer as `cursor` of the next request. Things that can be changed carry an ETag: \
        send \
        it in If-Match with a change. Requests that make something take an Idempotency-Key, so that they can be \
        repeated safely. Times are RFC 3339 in UTC.
        """

    private func operation(_ route: Route, _ components: inout [String: JSONValue]) -> JSONValue {
        var object = JSONObject([
            ("operationId", .string(route.id)), ("tags", [.string(route.tag)]), ("summary", .string(route.summary)),
            ("description", .string(route.description)),
        ])
        if route.access == .anyone || route.access == .proven { object["security"] = [] }
        let parameters = route.parameters.map { Self.describe($0, &components) } + Self.headers(of: route)
        if !parameters.isEmpty { object["parameters"] = .array(parameters) }
        if let body = Self.body(of: route, &components) { object["requestBody"] = body }
        object["responses"] = responses(of: route, &components)
        return .object(object)
    }

    private static func describe(_ parameter: Parameter, _ components: inout [String: JSONValue]) -> JSONValue {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.presence == .required), "description": .string(parameter.about),
            "schema": parameter.schema.document(&components),
        ]
    }

    private static func headers(of route: Route) -> [JSONValue] {
        var headers: [JSONValue] = []
        let tags: JSONValue = ["type": "string", "examples": ["\"v1\""]]
        func add(_ name: String, required: Bool = false, _ schema: JSONValue, _ about: String) {
            headers.append([
                "name": .string(name), "in": "header", "required": .bool(required), "description": .string(about),
                "schema": schema,
            ])
        }
        if case .keyed = route.repetition {
            add(
                "Idempotency-Key", ["type": "string", "pattern": "^[!-~]{1,255}$"],
                "The same key with the same request is done once.")
        }
        switch route.precondition {
        case .none: break
        case .tagged: add("If-None-Match", tags, "Answers 304 when the version is still this one.")
        case .optional: add("If-Match", tags, "Does it only when the version is still this one.")
        case .required:
            add("If-Match", required: true, tags, "The ETag of the version that the change is based on.")
        }
        return headers
    }

    private static func body(of route: Route, _ components: inout [String: JSONValue]) -> JSONValue? {
        switch route.body {
        case .none: return nil
        case .json(let schema):
            let content: JSONValue = ["schema": schema.document(&components), "example": schema.sample]
            return ["required": true, "content": ["application/json": content]]
        case .optional(let schema):
            let content: JSONValue = ["schema": schema.document(&components), "example": schema.sample]
            return ["required": false, "content": ["application/json": content]]
        case .bytes(let mediaTypes, let limit, let about):
            let content = mediaTypes.map { ($0, JSONValue.members(["schema": .members([:])])) }
            return [
                "required": true, "description": .string("\(about) At most \(limit) bytes."),
                "content": .object(JSONObject(content)),
            ]
        }
    }

    private func responses(of route: Route, _ components: inout [String: JSONValue]) -> JSONValue {
        var responses: [(Int, JSONValue)] = []
        for answer in route.answers {
            var object = JSONObject([("description", .string(answer.about))])
            var headers = answer.headers
            if Self.hasTag(route, answer) { headers.append((name: "ETag", about: "The version of the thing.")) }
            if !headers.isEmpty {
                let described = headers.map { header -> (String, JSONValue) in
                    (header.name, ["description": .string(header.about), "schema": ["type": "string"]])
                }
                object["headers"] = .object(JSONObject(described))
            }
            switch answer.content {
            case .nothing: break
            case .json(let schema):
                object["content"] = [
                    "application/json": ["schema": schema.document(&components), "example": schema.sample]
                ]
            case .text(let mediaType):
                object["content"] = .object(JSONObject([(mediaType, ["schema": ["type": "string"]])]))
            }
            responses.append((answer.status.code, .object(object)))
        }
        if case .tagged = route.precondition {
            responses.append((304, ["description": "Not changed: the version is the one in If-None-Match."]))
        }
        for (status, kinds) in Dictionary(grouping: route.problems, by: { $0.status.code }) {
            if let index = responses.firstIndex(where: { $0.0 == status }) {
                responses[index].1 = Self.merged(responses[index].1, Self.problem(kinds))
            } else {
                responses.append((status, Self.problem(kinds)))
            }
        }
        let ordered = responses.sorted { $0.0 < $1.0 }.map { (String($0.0), $0.1) }
        return .object(JSONObject(ordered))
    }

    /// One status that can be an answer or a problem: both forms are named.
    private static func merged(_ answer: JSONValue, _ problem: JSONValue) -> JSONValue {
        guard var object = answer.object else { return problem }
        let contents = (answer["content"]?.object?.members ?? []) + (problem["content"]?.object?.members ?? [])
        object["content"] = .object(JSONObject(contents.map { ($0.name, $0.value) }))
        return .object(object)
    }

    private static func hasTag(_ route: Route, _ answer: Answer) -> Bool {
        guard case .json = answer.content else { return false }
        switch route.precondition {
        case .none: return false
        case .tagged, .optional, .required: return true
        }
    }

    private static func problem(_ kinds: [ProblemKind]) -> JSONValue {
        let text = kinds.map { "\($0.title): \($0.explanation) (`\($0.uri)`)" }.joined(separator: "\n\n")
        var object = JSONObject([("description", .string(text))])
        let sample = Problem(kinds[0], retryAfter: kinds[0] == .tooManyRequests ? 1 : nil)
        object["content"] = [
            "application/problem+json": [
                "schema": ["$ref": "#/components/schemas/Problem"],
                "example": sample.json(instance: "/api/v1/postings", requestID: "req_3k9x2m7q"),
            ]
        ]
        return .object(object)
    }
}

extension Route {
    /// What the route does and who may call it, in words.
    package var description: String {
        var parts = about.isEmpty ? [] : [about]
        switch access {
        case .anyone: parts.append("Anyone may call it, without a token.")
        case .proven: parts.append("Called by a chat platform: the request carries its own proof.")
        case .token:
            let roleNames = access.roles.map(\.rawValue).joined(separator: ", ")
            let scopeNames = access.scopes.map(\.rawValue).joined(separator: ", ")
            parts.append("Roles: \(roleNames). Token scope, one of: \(scopeNames).")
        }
        return parts.joined(separator: " ")
    }
}

extension Problem {
    /// The schema of every problem.
    package static let schema = Schema.named(
        "Problem",
        .object([
            .required("type", .text(1...100), "A stable address, where a page explains the kind of problem."),
            .required("title", .text(1...200)), .required("status", .integer(400...599)),
            .required("detail", .text(1...10_000), "What is wrong, for people."),
            .required("instance", .text(1...10_000), "The address that was asked."),
            .required("request_id", .text(1...64), "Names the request in the log of the service."),
            .optional("retry_after", .integer(0...86_400), "Seconds after which the request may succeed."),
            .optional(
                "errors",
                .array(
                    .object([
                        .optional("pointer", .text(0...10_000), "A JSON pointer into the body."),
                        .optional("parameter", .text(0...200)), .optional("header", .text(0...200)),
                        .required("code", .text(1...100), "A stable word for programs."),
                        .required("detail", .text(1...10_000)),
                    ]), 1...Schema.mostIssues)),
        ]))
}
