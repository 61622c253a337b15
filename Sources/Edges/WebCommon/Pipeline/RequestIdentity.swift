import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import Synchronization

extension HTTPField.Name {
    // Proof that these cannot trap: each is a constant made of token characters only.
    // swift-format-ignore: NeverForceUnwrap
    package static let requestID = Self("X-Request-ID")!
    // swift-format-ignore: NeverForceUnwrap
    package static let forwardedFor = Self("X-Forwarded-For")!
    // swift-format-ignore: NeverForceUnwrap
    package static let idempotencyKey = Self("Idempotency-Key")!
    // swift-format-ignore: NeverForceUnwrap
    package static let idempotencyReplayed = Self("Idempotency-Replayed")!
    // swift-format-ignore: NeverForceUnwrap
    package static let rateLimit = Self("RateLimit-Limit")!
    // swift-format-ignore: NeverForceUnwrap
    package static let rateRemaining = Self("RateLimit-Remaining")!
    // swift-format-ignore: NeverForceUnwrap
    package static let rateReset = Self("RateLimit-Reset")!
    // swift-format-ignore: NeverForceUnwrap
    package static let referrerPolicy = Self("Referrer-Policy")!
    // swift-format-ignore: NeverForceUnwrap
    package static let resourcePolicy = Self("Cross-Origin-Resource-Policy")!
    // swift-format-ignore: NeverForceUnwrap
    package static let link = Self("Link")!
}

/// Gives each request an identifier and finds out who calls. An identifier sent along is kept when it is short and
/// harmless.
package struct RequestIdentity: RouterMiddleware {
    package typealias Context = WebContext

    /// Longest identifier taken from a caller.
    package static let longestID = 64

    /// Addresses of proxies whose X-Forwarded-For is believed.
    private let trustedProxies: Set<String>

    package init(trustedProxies: Set<String> = []) { self.trustedProxies = trustedProxies }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let sent = request.headers[.requestID] ?? ""
        context.requestID = Self.isSane(sent) ? sent : Self.makeID()
        context.caller = address(of: request, channel: context.channel)
        context.logger[metadataKey: "request_id"] = .string(context.requestID)
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID
        return response
    }

    private static func isSane(_ text: String) -> Bool {
        (8...longestID).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// Drawn once a process, so that identifiers of different processes differ.
    private static let process = "req_" + String(UInt64.random(in: .min ... .max), radix: 36) + "_"
    private static let count = Atomic<UInt64>(0)

    private static func makeID() -> String {
        process + String(count.add(1, ordering: .relaxed).newValue, radix: 36)
    }

    /// The peer, or behind a trusted proxy the last address in X-Forwarded-For that is no trusted proxy itself.
    private func address(of request: Request, channel: any Channel) -> String {
        let peer = channel.remoteAddress?.ipAddress ?? "local"
        guard trustedProxies.contains(peer) else { return peer }
        let chain = request.headers[values: .forwardedFor].joined(separator: ",").split(separator: ",")
        let addresses = chain.map { String($0.filter { $0 != " " }) }
        return addresses.last { !trustedProxies.contains($0) && $0.utf8.count <= 45 } ?? peer
    }
}
