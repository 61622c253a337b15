import HTTPTypes
package import Hummingbird

/// Headers that keep browsers from doing more with an answer than was meant. What a handler set itself stays.
package struct SecurityHeaders: RouterMiddleware {
    package typealias Context = WebContext

    package init() {}

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        set(&response, .xContentTypeOptions, "nosniff")
        set(&response, .referrerPolicy, "no-referrer")
        set(&response, .contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'")
        set(&response, .resourcePolicy, "same-origin")
        // An answer that depends on who asks must not lie about in a cache.
        if request.headers[.authorization] != nil { response.headers[.cacheControl] = "private, no-store" }
        set(&response, .cacheControl, "no-store")
        return response
    }

    private func set(_ response: inout Response, _ name: HTTPField.Name, _ value: String) {
        if response.headers[name] == nil { response.headers[name] = value }
    }
}
