import Exchange
import HTTPTypes
import Hummingbird
package import WebCommon

/// What the routes need from the rest of the service.
package struct APIServices: Sendable {
    /// The caller behind the secret of a bearer token; throws `Refusal.unauthenticated`.
    package let authenticate: @Sendable (_ secret: String) async throws -> Caller
    package let memory: any AnswerMemory
    package var limiter = RateLimiter()
    package var limits = APILimits()

    package init(
        memory: any AnswerMemory, authenticate: @escaping @Sendable (_ secret: String) async throws -> Caller
    ) {
        self.memory = memory
        self.authenticate = authenticate
    }
}

/// The bounds of requests.
package struct APILimits: Sendable {
    /// Most bytes of a JSON body.
    package var jsonBytes = 1_048_576
    /// Time for a body to arrive.
    package var patience = Duration.seconds(30)
    /// For each token.
    package var perToken = RateLimiter.Allowance(perSecond: 200, burst: 2000)
    /// For each address that calls without a valid token; guessing tokens counts here.
    package var perAddress = RateLimiter.Allowance(perSecond: 20, burst: 200)
    /// For each address that brings requests of chat platforms: one of theirs speaks for many people.
    package var perPlatform = RateLimiter.Allowance(perSecond: 500, burst: 5000)

    package init() {}
}

/// Carries one route out: everything between the router and the handler.
struct Endpoint: HTTPResponder {
    typealias Context = WebContext

    let route: Route
    let services: APIServices
    private let pathNames: [String]

    init(_ route: Route, services: APIServices) {
        self.route = route
        self.services = services
        pathNames = PathTemplate(route.path).names
    }

    func respond(to request: Request, context: WebContext) async throws -> Response {
        context.trace.route = route.path
        var verdict: RateLimiter.Verdict?
        var response: Response
        do {
            response = try await answer(request, context, &verdict)
        } catch let refusal as Refusal {
            response = ProblemResponses.response(Problem(refusal: refusal), request, context)
        } catch let problem as Problem {
            response = ProblemResponses.response(problem, request, context)
        }
        if let verdict {
            response.headers[.rateLimit] = String(verdict.limit)
            response.headers[.rateRemaining] = String(verdict.remaining)
            response.headers[.rateReset] = String(verdict.reset)
        }
        return response
    }

    private func answer(
        _ request: Request, _ context: WebContext, _ verdict: inout RateLimiter.Verdict?
    ) async throws -> Response {
        let caller = try await admit(request, context, &verdict)
        guard MediaRange.accepts(request.headers[.accept], oneOf: route.mediaTypes) else {
            let offered = route.mediaTypes.joined(separator: ", ")
            throw Problem(.notAcceptable, "This address answers in \(offered).")
        }
        let checked = try await form(request, context, caller)
        guard case .keyed = route.repetition, let key = checked.headers[.idempotencyKey] else {
            return try await render(route.handler(checked), for: request)
        }
        let once = Repeated(memory: services.memory, route: route, key: key)
        return try await render(once.run(checked), for: request)
    }

    /// Counts the request and finds out who calls.
    private func admit(
        _ request: Request, _ context: WebContext, _ verdict: inout RateLimiter.Verdict?
    ) async throws -> Caller? {
        let caller: Caller?
        let failure: (any Error)?
        do {
            caller = try await bearer(request)
            failure = nil
        } catch {
            caller = nil
            failure = error
        }
        let isProven = route.access == .proven
        let counted =
            isProven
            ? services.limiter.spend("platform " + context.caller, services.limits.perPlatform)
            : caller.map { services.limiter.spend($0.actor.participant?.text ?? $0.tokenID, services.limits.perToken) }
                ?? services.limiter.spend(context.caller, services.limits.perAddress)
        verdict = counted
        if let seconds = counted.retryAfter {
            throw Problem(.tooManyRequests, "Too many requests came in a short time.", retryAfter: seconds)
        }
        if let failure { throw failure }
        if let caller { context.trace.tokenID = caller.tokenID }
        if case .token(let permission) = route.access {
            guard let caller else { throw Problem(.unauthenticated) }
            try caller.actor.require(permission)
        }
        return caller
    }

    /// The caller behind the Authorization header, nil without one. A public address asks for none and looks at none.
    private func bearer(_ request: Request) async throws -> Caller? {
        guard let header = request.headers[.authorization], case .token = route.access else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Problem(.unauthenticated, "The Authorization header must be: Bearer, a space, and a token.")
        }
        return try await services.authenticate(String(parts[1]))
    }

    /// Checks the form of parameters, headers and body, and reports everything wrong with them at once.
    private func form(_ request: Request, _ context: WebContext, _ caller: Caller?) async throws -> APIRequest {
        let path = try pathValues(request, context)
        try checkPrecondition(request)
        var reader = ParameterReader()
        let query = reader.query(request.uri.query, route.queryParameters)
        var issues = reader.issues + keyIssues(request)
        var body = JSONValue.null
        var bytes: [UInt8] = []
        switch route.body {
        case .none: break
        case .json(let schema):
            body = try await json(request)
            issues += schema.issues(in: body)
        case .optional(let schema):
            body = Self.hasBody(request) ? try await json(request) : .object(JSONObject())
            issues += schema.issues(in: body)
        case .bytes(let mediaTypes, let limit, _):
            try checkType(request, mediaTypes)
            bytes = try await BodyReader(limit: limit, patience: services.limits.patience).read(request)
        }
        if !issues.isEmpty { throw Problem(.invalidInput, Self.summary(of: issues), issues: issues) }
        return APIRequest(
            requestID: context.requestID, logger: context.logger, caller: caller, path: path, query: query, body: body,
            bytes: bytes, headers: request.headers, target: request.uri.string, method: route.method)
    }

    private static func hasBody(_ request: Request) -> Bool {
        let announced = request.headers[.contentLength].flatMap(Int.init) ?? 0
        return announced > 0 || request.headers[.transferEncoding] != nil || request.headers[.contentType] != nil
    }

    private static func summary(of issues: [InputIssue]) -> String {
        issues.count == 1
            ? "One value is not right. Nothing was done; errors says which."
            : "\(issues.count) values are not right. "
                + "Nothing was done; errors lists them."
    }

    /// The parameters of the path. One that cannot be right names nothing, hence 404.
    private func pathValues(_ request: Request, _ context: WebContext) throws -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for parameter in route.parameters where parameter.place == .path {
            guard let raw = context.parameters[Substring(parameter.name)],
                let text = PercentEncoding.decode(raw, plusIsSpace: false),
                parameter.schema.issues(in: .string(text)).isEmpty
            else {
                throw Problem(
                    .notFound, "There is nothing at this address: \(parameter.name) is not of the right form.")
            }
            values[parameter.name] = .string(text)
        }
        return values
    }

    private func checkPrecondition(_ request: Request) throws {
        if case .required = route.precondition, request.headers[.ifMatch] == nil {
            throw Problem(.preconditionRequired)
        }
    }

    private func keyIssues(_ request: Request) -> [InputIssue] {
        guard case .keyed = route.repetition, let key = request.headers[.idempotencyKey] else { return [] }
        let visible = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard visible, (1...255).contains(key.utf8.count) else {
            return [
                InputIssue(
                    .header(name: "Idempotency-Key"), "wrong-form",
                    "Must be 1 to 255 visible ASCII characters, for example a UUID.")
            ]
        }
        return []
    }

    private func checkType(_ request: Request, _ mediaTypes: [String]) throws {
        let given = request.headers[.contentType] ?? ""
        guard mediaTypes.contains(MediaRange.essence(given)) else {
            let wanted = mediaTypes.joined(separator: " or ")
            throw Problem(.unsupportedMediaType, "The Content-Type must be \(wanted).", headers: [.accept: wanted])
        }
    }

    private func json(_ request: Request) async throws -> JSONValue {
        try checkType(request, ["application/json"])
        if let charset = MediaRange.charset(request.headers[.contentType] ?? ""), charset != "utf-8", charset != "utf8"
        {
            throw Problem(.unsupportedMediaType, "JSON has to come in UTF-8.")
        }
        let reader = BodyReader(limit: services.limits.jsonBytes, patience: services.limits.patience)
        let bytes = try await reader.read(request)
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw Problem(
                .malformed, "The body is not JSON that can be read. \(error.message).",
                issues: [InputIssue(.body(pointer: ""), "malformed", error.message)])
        }
    }

    private func render(_ answer: APIResponse, for request: Request) -> Response {
        var headers = answer.headers
        if let tag = headers[.eTag], let wanted = request.headers[.ifNoneMatch],
            request.method == .get || request.method == .head
        {
            let tags = EntityTag.list(wanted)
            if tags.contains(.any) || tags.contains(EntityTag.list(tag)[0]) {
                headers[.contentType] = nil
                return Response(status: .notModified, headers: headers)
            }
        }
        let bytes: [UInt8]
        switch answer.content {
        case .nothing: return Response(status: answer.status, headers: headers)
        case .json(let value):
            bytes = value.bytes
            headers[.contentType] = "application/json"
        case .bytes(let content, let mediaType):
            bytes = content
            headers[.contentType] = mediaType
        }
        let isHead = request.method == .head
        var response = Response(
            status: answer.status, headers: headers,
            body: isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        response.headers[.contentLength] = String(bytes.count)
        return response
    }
}
