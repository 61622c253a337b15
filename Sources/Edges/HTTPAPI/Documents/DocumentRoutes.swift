import HTTPTypes
import Synchronization
package import WebCommon

/// Closures by which the application says how it is.
package struct Health: Sendable {
    /// What keeps the service from taking requests; empty when it is ready.
    package let obstacles: @Sendable () async -> [String]
    package let registry: MetricsRegistry

    package init(registry: MetricsRegistry, obstacles: @escaping @Sendable () async -> [String]) {
        self.registry = registry
        self.obstacles = obstacles
    }
}

extension RouteTable {
    /// The table with the routes that describe it, and those by which the service is watched.
    package static func complete(_ routes: [Route], title: String, version: String, health: Health) -> RouteTable {
        let pages = Pages()
        let table = RouteTable(routes + documents(pages) + watching(health))
        pages.fill(
            openAPI: OpenAPIDocument(title: title, version: version, table: table).json,
            reference: ReferencePage(title: title, table: table))
        return table
    }

    /// What the document routes show. They are part of the table they describe, hence filled in afterwards.
    private final class Pages: Sendable {
        private let content = Mutex<(openAPI: JSONValue, reference: ReferencePage)?>(nil)

        func fill(openAPI: JSONValue, reference: ReferencePage) {
            content.withLock { $0 = (openAPI: openAPI, reference: reference) }
        }

        var openAPI: JSONValue { content.withLock { $0?.openAPI } ?? .null }
        var reference: ReferencePage? { content.withLock { $0?.reference } }
    }

    private static func page(_ html: String, _ nonce: PageNonce) -> APIResponse {
        var response = APIResponse.text(html, mediaType: "text/html; charset=utf-8")
        response.headers[.contentSecurityPolicy] = nonce.policy
        return response
    }

    private static func documents(_ pages: Pages) -> [Route] {
        let html = Answer(.ok, "The page.", .text(mediaType: "text/html; charset=utf-8"))
        return [
            Route(
                .get, "/api/v1", "showReference", tag: "Reference", "This reference", access: .anyone, answers: [html]
            ) { _ in
                let nonce = PageNonce()
                return page(pages.reference?.html(nonce) ?? "", nonce)
            },
            Route(
                .get, "/api/v1/openapi.json", "getOpenAPI", tag: "Reference", "The OpenAPI 3.1 document",
                access: .anyone, answers: [.ok(.map(.anything), "The document.")]
            ) { _ in .ok(pages.openAPI) },
            Route(
                .get, "/problems", "listProblems", tag: "Reference", "Every kind of problem, explained",
                access: .anyone, answers: [html]
            ) { _ in
                let nonce = PageNonce()
                return page(ProblemPages.list(nonce), nonce)
            },
            Route(
                .get, "/problems/{kind}", "getProblem", tag: "Reference", "One kind of problem, explained",
                access: .anyone, answers: [html]
            ) { request in
                guard let kind = ProblemKind(rawValue: request.path("kind")) else { throw Problem(.notFound) }
                let nonce = PageNonce()
                return page(ProblemPages.page(kind, nonce), nonce)
            }.with {
                let kinds = ProblemKind.allCases.map(\.rawValue)
                $0.parameters = [.path("kind", .oneOf(kinds), "The last part of the type of a problem.")]
            },
        ]
    }

    private static func watching(_ health: Health) -> [Route] {
        let alive = Schema.object([.required("status", .oneOf(["alive"]))])
        let ready = Schema.object([
            .required("status", .oneOf(["ready", "not-ready"])), .required("obstacles", .array(.text(0...1000))),
        ])
        return [
            Route(
                .get, "/health/live", "getLiveness", tag: "Operation", "Whether the process works", access: .anyone,
                answers: [.ok(alive, "It does.")]
            ) { _ in .ok(["status": "alive"]) },
            Route(
                .get, "/health/ready", "getReadiness", tag: "Operation", "Whether the service takes requests",
                access: .anyone,
                answers: [.ok(ready, "It does."), Answer(.serviceUnavailable, "It does not.", .json(ready))]
            ) { _ in
                let obstacles = await health.obstacles()
                let body: JSONValue = [
                    "status": obstacles.isEmpty ? "ready" : "not-ready",
                    "obstacles": .array(obstacles.map(JSONValue.string)),
                ]
                return APIResponse(obstacles.isEmpty ? .ok : .serviceUnavailable, .json(body))
            },
            Route(
                .get, "/metrics", "getMetrics", tag: "Operation", "Metrics for Prometheus", access: .anyone,
                answers: [Answer(.ok, "The metrics.", .text(mediaType: MetricsRegistry.mediaType))]
            ) { _ in .text(health.registry.exposition, mediaType: MetricsRegistry.mediaType) },
        ]
    }
}
