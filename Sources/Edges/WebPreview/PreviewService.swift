import HTTPTypes
package import Hummingbird
package import WebCommon

/// The local page that takes chat webhooks and shows them, so that a channel can be tried without a chat service.
package struct PreviewService: Sendable {
    /// Most bytes of one webhook. Chat services take less than 50,000.
    package static let largestBody = 65_536

    /// Checks a signature by Standard Webhooks: identifier, timestamp, signatures, body.
    package typealias Verification =
        @Sendable (_ id: String, _ timestamp: String, _ signatures: String, _ body: [UInt8]) -> Bool

    private let shelf: MessageShelf
    private let now: @Sendable () -> String
    private let verify: Verification?

    /// - Parameters:
    ///   - now: The present time in RFC 3339.
    ///   - verify: Checks signatures; with it, generic events without a right signature are refused.
    package init(shelf: MessageShelf, now: @escaping @Sendable () -> String, verify: Verification? = nil) {
        self.shelf = shelf
        self.now = now
        self.verify = verify
    }

    /// The routes of the page.
    package func makeRouter() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestIdentity())
        router.add(middleware: AccessLog(metrics: WebMetrics(registry: MetricsRegistry())))
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ProblemResponses(allowedMethods: Self.allowedMethods))
        router.get("/") { _, context in
            context.trace.route = "/"
            return page()
        }
        router.get("/latest") { _, context in
            context.trace.route = "/latest"
            return Self.plain(.ok, String(shelf.messages.last?.number ?? 0))
        }
        router.get("/messages.json") { _, context in
            context.trace.route = "/messages.json"
            let json = JSONValue.members(["messages": .array(shelf.messages.map(\.record))])
            return Self.response(.ok, "application/json", json.bytes)
        }
        router.post("/hooks/:name") { request, context in
            context.trace.route = "/hooks/{name}"
            return try await receive(request, context)
        }
        return router
    }

    private static func allowedMethods(_ path: String) -> [HTTPRequest.Method]? {
        switch path {
        case "/", "/latest", "/messages.json": [.get, .head, .options]
        default: path.hasPrefix("/hooks/") && path.split(separator: "/").count == 2 ? [.options, .post] : nil
        }
    }

    private func page() -> Response {
        let nonce = PageNonce()
        var response = Self.response(
            .ok, "text/html; charset=utf-8", Array(PreviewPage.html(shelf.messages, nonce: nonce).utf8))
        response.headers[.contentSecurityPolicy] = PreviewPage.policy(nonce)
        return response
    }

    private func receive(_ request: Request, _ context: WebContext) async throws -> Response {
        let name = context.parameters["name"].map(String.init) ?? ""
        let isName = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D || byte == 0x5F
        }
        guard isName, (1...64).contains(name.utf8.count) else { return Self.plain(.notFound, "no_service") }
        let bytes = try await BodyReader(limit: Self.largestBody, patience: .seconds(10)).read(request)
        guard let body = payload(request, bytes) else { return Self.plain(.badRequest, "invalid_payload") }
        guard let signature = signature(of: request, bytes, body) else {
            throw Problem(.unauthenticated, "The webhook signature is missing or wrong.")
        }
        let message = ReceivedMessage(number: 0, hook: name, receivedAt: now(), signature: signature, body: body)
        if message.form == .unknown { return Self.plain(.badRequest, "invalid_payload") }
        if message.form == .chat, Self.isEmpty(message.json) { return Self.plain(.badRequest, "no_text") }
        _ = try shelf.receive(hook: name, at: message.receivedAt, signature: signature, body: body)
        return Self.plain(.ok, "ok")
    }

    private static func isEmpty(_ json: JSONValue) -> Bool {
        ["text", "blocks", "attachments"].allSatisfy { name in
            guard let value = json[name] else { return true }
            return value.string.map(\.isEmpty) ?? value.array.map(\.isEmpty) ?? true
        }
    }

    /// The JSON text: the body itself, or the form field `payload`, which chat services take as well.
    private func payload(_ request: Request, _ bytes: [UInt8]) -> String? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let type = request.headers[.contentType] ?? ""
        guard type.hasPrefix("application/x-www-form-urlencoded") else { return text }
        for pair in text.split(separator: "&") where pair.hasPrefix("payload=") {
            return PercentEncoding.decode(pair.dropFirst(8), plusIsSpace: true)
        }
        return nil
    }

    /// Nil when a signature was needed and is not right.
    private func signature(of request: Request, _ bytes: [UInt8], _ body: String) -> ReceivedMessage.Signature? {
        guard let verify else { return ReceivedMessage.Signature.none }
        guard let id = request.headers[.webhookID] else {
            // Chat services do not sign; a generic event has to.
            let probe = ReceivedMessage(number: 0, hook: "", receivedAt: "", signature: .none, body: body)
            return probe.form == .chat ? ReceivedMessage.Signature.none : nil
        }
        let timestamp = request.headers[.webhookTimestamp] ?? ""
        let signatures = request.headers[.webhookSignature] ?? ""
        return verify(id, timestamp, signatures, bytes) ? .valid : nil
    }

    private static func plain(_ status: HTTPResponse.Status, _ text: String) -> Response {
        response(status, "text/plain; charset=utf-8", Array(text.utf8))
    }

    private static func response(_ status: HTTPResponse.Status, _ mediaType: String, _ bytes: [UInt8]) -> Response {
        Response(
            status: status, headers: [.contentType: mediaType, .contentLength: String(bytes.count)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension HTTPField.Name {
    // Proof that these cannot trap: each is a constant made of token characters only.
    // swift-format-ignore: NeverForceUnwrap
    fileprivate static let webhookID = Self("webhook-id")!
    // swift-format-ignore: NeverForceUnwrap
    fileprivate static let webhookTimestamp = Self("webhook-timestamp")!
    // swift-format-ignore: NeverForceUnwrap
    fileprivate static let webhookSignature = Self("webhook-signature")!
}
