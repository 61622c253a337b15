package import Hummingbird
package import WebCommon

/// What an operator sets of the web edge.
package struct WebSettings: Sendable {
    /// Addresses of proxies whose X-Forwarded-For is believed.
    package var trustedProxies: Set<String> = []
    /// Origins whose pages may call the API from a browser; none by default.
    package var allowedOrigins: Set<String> = []

    package init() {}
}

/// Puts the middleware and the routes together. More routes can be put on the router afterwards: they get the same
/// middleware.
package func makeRouter(
    _ table: RouteTable, services: APIServices, settings: WebSettings = WebSettings(), registry: MetricsRegistry,
    translate: @escaping ProblemResponses.Translation = { _ in nil }
) -> Router<WebContext> {
    let router = Router(context: WebContext.self)
    router.add(middleware: RequestIdentity(trustedProxies: settings.trustedProxies))
    router.add(middleware: AccessLog(metrics: WebMetrics(registry: registry)))
    router.add(middleware: SecurityHeaders())
    router.add(middleware: CrossOrigin(allowedOrigins: settings.allowedOrigins))
    router.add(middleware: ProblemResponses(allowedMethods: table.allowedMethods, translate: translate))
    table.mount(on: router, services: services)
    return router
}
