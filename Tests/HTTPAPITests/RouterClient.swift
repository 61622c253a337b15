import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Synchronization
import WebCommon

/// An answer with its whole body.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSONValue { (try? JSONParser.parse(bytes)) ?? .null }
}

/// Sends requests straight into a router: no socket, but every middleware.
struct RouterClient: Sendable {
    private let respond: @Sendable (Request, WebContext) async throws -> Response

    init(_ router: Router<WebContext>) {
        let responder = router.buildResponder()
        respond = { try await responder.respond(to: $0, context: $1) }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: RequestBody? = nil
    ) async throws -> Reply {
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "localhost", path: path, headerFields: headers)
        let source = ApplicationRequestContextSource(
            channel: NIOAsyncTestingChannel(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let request = Request(head: head, body: body ?? RequestBody(buffer: ByteBuffer()))
        let response = try await respond(request, WebContext(source: source))
        let collector = BodyCollector()
        try await response.body.write(collector)
        return Reply(
            status: response.status.code, headers: response.headers, bytes: collector.bytes.withLock { $0 })
    }

    /// Sends JSON.
    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], json: String
    ) async throws -> Reply {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return try await send(method, path, headers: headers, body: RequestBody(buffer: ByteBuffer(string: json)))
    }
}

private final class BodyCollector: ResponseBodyWriter, Sendable {
    let bytes = Mutex<[UInt8]>([])

    func write(_ buffer: ByteBuffer) async throws {
        bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
