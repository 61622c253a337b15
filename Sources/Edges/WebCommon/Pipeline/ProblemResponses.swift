package import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// Turns whatever is thrown into problem+json. What is not a known refusal becomes "Internal error." with the request
/// id, and is logged once with its detail.
package struct ProblemResponses: RouterMiddleware {
    package typealias Context = WebContext

    /// The methods an address takes when it exists, to tell 405 from 404.
    package typealias AllowedMethods = @Sendable (_ path: String) -> [HTTPRequest.Method]?
    /// Names the problem behind an error of an inner layer.
    package typealias Translation = @Sendable (any Error) -> Problem?

    private let allowedMethods: AllowedMethods
    private let translate: Translation

    package init(
        allowedMethods: @escaping AllowedMethods = { _ in nil }, translate: @escaping Translation = { _ in nil }
    ) {
        self.allowedMethods = allowedMethods
        self.translate = translate
    }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return methodAnswer(request, context) ?? Self.response(Problem(.notFound), request, context)
        } catch {
            return Self.response(problem(for: error, context: context), request, context)
        }
    }

    private func methodAnswer(_ request: Request, _ context: WebContext) -> Response? {
        guard let methods = allowedMethods(request.uri.path) else { return nil }
        let allow = methods.map(\.rawValue).joined(separator: ", ")
        if request.method == .options { return Response(status: .noContent, headers: [.allow: allow]) }
        let detail = "This address takes \(allow), not \(request.method.rawValue.prefix(20))."
        return Self.response(Problem(.methodNotAllowed, detail, headers: [.allow: allow]), request, context)
    }

    private func problem(for error: any Error, context: WebContext) -> Problem {
        if let problem = error as? Problem { return problem }
        if let problem = translate(error) { return problem }
        if error is NIOTooManyBytesError { return Problem(.tooLarge) }
        let known = (error as? HTTPError).flatMap { error in
            ProblemKind.allCases.first { $0.status == error.status && $0 != .internalError }
        }
        if let known { return Problem(known) }
        context.logger.error("internal error", metadata: ["error": .string(String(reflecting: error))])
        return Problem(.internalError)
    }

    /// The answer that tells of the problem.
    package static func response(_ problem: Problem, _ request: Request, _ context: WebContext) -> Response {
        let bytes = problem.json(instance: request.uri.path, requestID: context.requestID).bytes
        var headers = problem.headers
        headers[.contentType] = "application/problem+json"
        headers[.contentLength] = String(bytes.count)
        if let seconds = problem.retryAfter { headers[.retryAfter] = String(seconds) }
        if problem.kind == .unauthenticated { headers[.wwwAuthenticate] = "Bearer realm=\"Industry Mix\"" }
        if problem.kind == .tooLarge || problem.kind == .requestTimeout {
            // The rest of the body is not worth reading. A moment's grace lets the answer arrive before the connection
            // goes.
            headers[.connection] = "close"
            let channel = context.channel
            channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
        }
        let body = request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        return Response(status: problem.kind.status, headers: headers, body: body)
    }
}
