package import Exchange
package import HTTPTypes
package import WebCommon

/// One entry of the route table: all that is known of an address and a method. The router, the OpenAPI document, the
/// reference page and the tests of roles are made from it, so that they cannot differ.
package struct Route: Sendable {
    package typealias Handler = @Sendable (APIRequest) async throws -> APIResponse

    package let method: HTTPRequest.Method
    /// The template of the address, such as `/api/v1/postings/{posting}`.
    package let path: String
    /// The operation's name for generated clients, unique in the table.
    package let id: String
    package let tag: String
    package let summary: String
    package var about = ""
    package var access: Access
    package var parameters: [Parameter] = []
    package var body: RequestForm = .none
    package var answers: [Answer]
    package var repetition: Repetition = .plain
    package var precondition: Precondition = .none
    /// Problems that the rules behind this route can answer with, beyond those that follow from the entry itself.
    package var refusals: [ProblemKind] = []
    package let handler: Handler

    package init(
        _ method: HTTPRequest.Method, _ path: String, _ id: String, tag: String, _ summary: String, access: Access,
        answers: [Answer], handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.id = id
        self.tag = tag
        self.summary = summary
        self.access = access
        self.answers = answers
        self.handler = handler
    }

    /// The same route, changed.
    package func with(_ change: (inout Route) -> Void) -> Route {
        var route = self
        change(&route)
        return route
    }
}

/// Who may call a route. The table says it for the reader and refuses early; the rules in Core decide.
package enum Access: Sendable, Equatable {
    case anyone
    /// Called by a chat platform: the request proves itself, and the rules in Core check it.
    case proven
    /// A token whose scopes, and whose owner's role, both grant the permission.
    case token(Permission)

    /// The roles whose permissions suffice.
    package var roles: [Participant.Role] {
        guard case .token(let permission) = self else { return Participant.Role.allCases }
        return Participant.Role.allCases.filter { $0.permissions.contains(permission) }
    }

    /// The scopes of a token that suffice.
    package var scopes: [AccessToken.Scope] {
        guard case .token(let permission) = self else { return AccessToken.Scope.allCases }
        return AccessToken.Scope.allCases.filter { $0.permissions.contains(permission) }
    }
}

/// Whether a request may be sent again without harm.
package enum Repetition: Sendable {
    case plain
    /// Takes an Idempotency-Key: the same key with the same request gives the same answer and is done once.
    case keyed
}

/// Whether a change has to name the version it is based on.
package enum Precondition: Sendable {
    case none
    /// The answer has an ETag, and If-None-Match is understood.
    case tagged
    /// If-Match is checked when given.
    case optional
    case required
}

/// What the body of a request has to be.
package enum RequestForm: Sendable {
    case none
    case json(Schema)
    /// The same, but a request without a body counts as one with an empty object.
    case optional(Schema)
    /// Bytes of one of these media types, up to a number of bytes.
    case bytes([String], limit: Int, about: String)
}

/// A parameter of the path, the query or a header.
package struct Parameter: Sendable {
    package enum Place: String, Sendable { case path, query, header }

    package let name: String
    package let place: Place
    package let schema: Schema
    package let presence: Property.Presence
    package let about: String

    package static func path(_ name: String, _ schema: Schema, _ about: String) -> Parameter {
        Parameter(name: name, place: .path, schema: schema, presence: .required, about: about)
    }

    package static func query(
        _ name: String, _ schema: Schema, _ about: String, _ presence: Property.Presence = .optional
    ) -> Parameter {
        Parameter(name: name, place: .query, schema: schema, presence: presence, about: about)
    }
}

/// One answer a route gives when all goes well.
package struct Answer: Sendable {
    package enum Content: Sendable {
        case nothing
        case json(Schema)
        case text(mediaType: String)
    }

    package let status: HTTPResponse.Status
    package let about: String
    package let content: Content
    package var headers: [(name: String, about: String)] = []

    package init(
        _ status: HTTPResponse.Status, _ about: String, _ content: Content,
        headers: [(name: String, about: String)] = []
    ) {
        self.status = status
        self.about = about
        self.content = content
        self.headers = headers
    }

    package static func ok(_ schema: Schema, _ about: String) -> Answer { Answer(.ok, about, .json(schema)) }

    /// 201 with the address of the new thing.
    package static func created(_ schema: Schema, _ about: String) -> Answer {
        Answer(.created, about, .json(schema), headers: [(name: "Location", about: "The address of the new thing.")])
    }

    package static func nothing(_ about: String) -> Answer { Answer(.noContent, about, .nothing) }

    package var mediaType: String? {
        switch content {
        case .nothing: nil
        case .json: "application/json"
        case .text(let mediaType): mediaType
        }
    }
}

extension Route {
    /// Every kind of problem this route can answer with.
    package var problems: [ProblemKind] {
        var kinds: [ProblemKind] = [.notAcceptable, .tooManyRequests, .internalError, .busy]
        if parameters.contains(where: { $0.place == .path }) { kinds.append(.notFound) }
        kinds.append(.invalidInput)
        if case .token = access { kinds += [.unauthenticated, .forbidden] }
        switch body {
        case .none: break
        case .json, .optional, .bytes: kinds += [.malformed, .requestTimeout, .tooLarge, .unsupportedMediaType]
        }
        if case .keyed = repetition { kinds += [.requestInProgress, .idempotencyKeyReused, .answerLost] }
        switch precondition {
        case .none, .tagged: break
        case .optional: kinds.append(.changedMeanwhile)
        case .required: kinds += [.changedMeanwhile, .preconditionRequired]
        }
        if method != .get { kinds.append(.storageFull) }
        return ProblemKind.allCases.filter { kinds.contains($0) || refusals.contains($0) }
    }

    /// Everything the route takes in the query.
    package var queryParameters: [Parameter] { parameters.filter { $0.place == .query } }

    /// Every media type an answer of this route may have.
    package var mediaTypes: [String] { answers.compactMap(\.mediaType) }
}
