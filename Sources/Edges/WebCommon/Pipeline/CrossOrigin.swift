import HTTPTypes
package import Hummingbird

/// Cross-origin sharing for the origins on a list and nobody else; off when the list is empty. Credentials in cookies
/// are never shared: a page of another origin has to send a token itself.
package struct CrossOrigin: RouterMiddleware {
    package typealias Context = WebContext

    private let allowedOrigins: Set<String>

    package init(allowedOrigins: Set<String> = []) { self.allowedOrigins = allowedOrigins }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard !allowedOrigins.isEmpty else { return try await next(request, context) }
        guard let origin = request.headers[.origin], allowedOrigins.contains(origin) else {
            var response = try await next(request, context)
            response.headers[.vary] = "Origin"
            return response
        }
        if request.method == .options, request.headers[.accessControlRequestMethod] != nil {
            return Response(
                status: .noContent,
                headers: [
                    .accessControlAllowOrigin: origin, .vary: "Origin", .accessControlMaxAge: "600",
                    .accessControlAllowMethods: "GET, HEAD, POST, PUT, PATCH, DELETE",
                    .accessControlAllowHeaders: "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key",
                ])
        }
        var response = try await next(request, context)
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.vary] = "Origin"
        response.headers[.accessControlExposeHeaders] = "ETag, Link, Location, Retry-After, X-Request-ID"
        return response
    }
}
