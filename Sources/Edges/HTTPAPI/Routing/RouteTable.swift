package import HTTPTypes
package import Hummingbird
package import WebCommon

/// An address with names in braces for its variable parts.
package struct PathTemplate: Sendable, Hashable {
    package enum Segment: Sendable, Hashable {
        case fixed(String)
        case name(String)
    }

    package let segments: [Segment]

    package init(_ text: String) {
        segments = text.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .name(String(part.dropFirst().dropLast())) : .fixed(String(part))
        }
    }

    package var names: [String] {
        segments.compactMap { segment in
            if case .name(let name) = segment { name } else { nil }
        }
    }

    /// Whether the path has this shape.
    package func matches(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count == segments.count
            && zip(parts, segments).allSatisfy { part, segment in
                if case .fixed(let text) = segment { text == part } else { true }
            }
    }
}

/// All routes of the service.
package struct RouteTable: Sendable {
    package let routes: [Route]
    private let methods: [(template: PathTemplate, allowed: [HTTPRequest.Method])]

    package init(_ routes: [Route]) {
        self.routes = routes
        let grouped = Dictionary(grouping: routes) { PathTemplate($0.path) }
        methods = grouped.map { template, routes in
            var allowed = routes.map(\.method)
            if allowed.contains(.get) { allowed.append(.head) }
            allowed.append(.options)
            return (template: template, allowed: allowed.sorted { $0.rawValue < $1.rawValue })
        }
        precondition(Set(routes.map(\.id)).count == routes.count, "two routes have the same operation id")
        precondition(
            Set(routes.map { "\($0.method) \($0.path)" }).count == routes.count, "two routes have the same address")
    }

    /// The methods of the address; nil when there is no such address. An address that is spelt out goes before a
    /// template.
    package func allowedMethods(_ path: String) -> [HTTPRequest.Method]? {
        let found = methods.filter { $0.template.matches(path) }
        return found.min { $0.template.names.count < $1.template.names.count }?.allowed
    }

    /// Puts every route on the router.
    package func mount(on router: Router<WebContext>, services: APIServices) {
        for route in routes {
            let endpoint = Endpoint(route, services: services)
            router.on(RouterPath(route.path), method: route.method, responder: endpoint)
            if route.method == .get { router.on(RouterPath(route.path), method: .head, responder: endpoint) }
        }
    }
}
