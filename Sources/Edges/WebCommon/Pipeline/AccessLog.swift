import HTTPTypes
package import Hummingbird
import Logging

/// One structured log line and the metrics of each request. Neither holds addresses with their query, headers or
/// bodies: they may be secret.
package struct AccessLog: RouterMiddleware {
    package typealias Context = WebContext

    private let metrics: WebMetrics

    package init(metrics: WebMetrics) { self.metrics = metrics }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        metrics.began()
        defer { metrics.ended() }
        let response = try await next(request, context)
        let duration = start.duration(to: .now)
        let route = context.trace.route ?? "unmatched"
        metrics.answered(method: request.method.rawValue, route: route, status: response.status.code, after: duration)
        let level: Logger.Level = response.status.code >= 500 ? .error : .info
        guard context.logger.logLevel <= level else { return response }
        var metadata: Logger.Metadata = [
            "method": .string(request.method.rawValue), "route": .string(route),
            "status": .stringConvertible(response.status.code), "caller": .string(context.caller),
            "microseconds": .stringConvertible(duration / .microseconds(1)),
        ]
        if let token = context.trace.tokenID { metadata["token"] = .string(token) }
        context.logger.log(level: level, "request", metadata: metadata)
        return response
    }
}
