package import HTTPTypes

/// One thing that is wrong with a request, and where.
package struct InputIssue: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        /// A JSON pointer (RFC 6901) into the body; the empty pointer is the body itself.
        case body(pointer: String)
        case query(name: String)
        case path(name: String)
        case header(name: String)
    }

    package let place: Place
    /// A stable word for programs, such as `too-long`.
    package let code: String
    /// What is wrong and what would be right, for people.
    package let detail: String

    package init(_ place: Place, _ code: String, _ detail: String) {
        self.place = place
        self.code = code
        self.detail = detail
    }

    package var json: JSONValue {
        let (kind, name): (String, String) =
            switch place {
            case .body(let pointer): ("pointer", pointer)
            case .query(let name), .path(let name): ("parameter", name)
            case .header(let name): ("header", name)
            }
        return .object(JSONObject([(kind, .string(name)), ("code", .string(code)), ("detail", .string(detail))]))
    }
}

/// An answer that is not the one asked for, in the form of RFC 9457. Handlers throw it.
package struct Problem: Error, Sendable {
    package let kind: ProblemKind
    package let detail: String
    package var issues: [InputIssue]
    /// Seconds after which the same request may succeed.
    package var retryAfter: Int?
    package var headers: HTTPFields

    package init(
        _ kind: ProblemKind, _ detail: String? = nil, issues: [InputIssue] = [], retryAfter: Int? = nil,
        headers: HTTPFields = [:]
    ) {
        self.kind = kind
        self.detail = detail ?? kind.explanation
        self.issues = issues
        self.retryAfter = retryAfter
        self.headers = headers
    }

    /// The problem of one part of the request.
    package static func invalid(_ place: InputIssue.Place, _ code: String, _ detail: String) -> Problem {
        Problem(.invalidInput, detail, issues: [InputIssue(place, code, detail)])
    }

    /// The body of the answer.
    package func json(instance: String, requestID: String) -> JSONValue {
        var object = JSONObject([
            ("type", .string(kind.uri)), ("title", .string(kind.title)), ("status", .integer(kind.status.code)),
            ("detail", .string(detail)), ("instance", .string(instance)), ("request_id", .string(requestID)),
        ])
        if !issues.isEmpty { object["errors"] = .array(issues.map(\.json)) }
        if let retryAfter { object["retry_after"] = .integer(retryAfter) }
        return .object(object)
    }
}
