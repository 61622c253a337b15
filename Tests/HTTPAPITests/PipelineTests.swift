import HTTPAPI
import HTTPTypes
import Hummingbird
import Synchronization
import Testing
import WebCommon

@Suite struct `A request` {
    private let demo = Demo()
    private let admin = HTTPFields.token("admin")

    private static let query = HTTPRequest.Method(rawValue: "QUERY") ?? .trace

    @Test func `without a token is told how to bring one`() async throws {
        let reply = try await demo.client.send(.get, "/api/v1/things")
        #expect(reply.status == 401)
        #expect(reply.headers[.contentType] == "application/problem+json")
        #expect(reply.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        #expect(reply.json["type"] == "/problems/unauthenticated")
        #expect(reply.json["request_id"]?.string == reply.headers[.requestID])
        #expect(Problem.schema.issues(in: reply.json).isEmpty)
    }

    @Test(arguments: ["wrong", "", "admin x"]) func `with a wrong token is refused`(_ secret: String) async throws {
        #expect(try await demo.client.send(.get, "/api/v1/things", headers: .token(secret)).status == 401)
    }

    @Test func `with another scheme is refused`() async throws {
        let reply = try await demo.client.send(.get, "/api/v1/things", headers: [.authorization: "Basic YTpi"])
        #expect(reply.status == 401)
    }

    @Test(arguments: [("member", 403), ("reader", 403), ("admin", 428)])
    func `is judged by role and scope before its body is read`(_ secret: String, _ status: Int) async throws {
        #expect(
            try await demo.client.send(.patch, "/api/v1/things/a", headers: .token(secret), json: "{").status == status)
    }

    @Test(arguments: [
        (HTTPRequest.Method.delete, "/api/v1/things", "GET, HEAD, OPTIONS, POST"),
        (.put, "/api/v1/things/a", "GET, HEAD, OPTIONS, PATCH"), (.get, "/api/v1/things/import", "OPTIONS, POST"),
        (Self.query, "/api/v1/open", "GET, HEAD, OPTIONS"), (.trace, "/health/live", "GET, HEAD, OPTIONS"),
    ])
    func `with a wrong method learns the right ones`(
        _ method: HTTPRequest.Method, _ path: String, _ allow: String
    ) async throws {
        let reply = try await demo.client.send(method, path, headers: admin)
        #expect(reply.status == 405, "\(reply.text)")
        #expect(reply.headers[.allow] == allow)
        #expect(reply.json["type"] == "/problems/method-not-allowed")
    }

    @Test func `with OPTIONS learns the methods`() async throws {
        let reply = try await demo.client.send(.options, "/api/v1/things")
        #expect(reply.status == 204 && reply.headers[.allow] == "GET, HEAD, OPTIONS, POST")
    }

    @Test(arguments: [
        "/", "/api", "/api/v2/things", "/api/v1/things/a/b", "/api/v1/things/Ä", "/api/v1/things/%zz",
        "/api/v1/things/%00",
    ])
    func `for nothing gets a problem`(_ path: String) async throws {
        let reply = try await demo.client.send(.get, path, headers: admin)
        #expect(reply.status == 404 && reply.json["type"] == "/problems/not-found")
    }

    @Test func `of HEAD gets the headers of GET and no body`() async throws {
        let get = try await demo.client.send(.get, "/api/v1/things/a", headers: admin)
        let head = try await demo.client.send(.head, "/api/v1/things/a", headers: admin)
        #expect(head.status == 200 && head.bytes.isEmpty)
        #expect(head.headers[.contentLength] == String(get.bytes.count))
        #expect(head.headers[.eTag] == get.headers[.eTag])
    }

    @Test func `hears of everything that is wrong at once`() async throws {
        let reply = try await demo.client.send(
            .post, "/api/v1/things?x=1", headers: admin.with(.idempotencyKey, "a b"), json: #"{"nam":1}"#)
        #expect(reply.status == 422)
        let errors = reply.json["errors"]?.array ?? []
        #expect(
            errors.map { $0["parameter"] ?? $0["header"] ?? $0["pointer"] } == [
                "x", "Idempotency-Key", "/name", "/nam",
            ])
        #expect(demo.things.withLock { $0.count } == 1)
    }

    @Test(arguments: [
        ("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"), ("limit=1&limit=2", "limit"),
        ("kind=x", "kind"),
        ("kind=seed&kind=need&kind=seed", "kind"), ("open=1", "open"), ("cursor=abc", "cursor"), ("a=%ff", "a"),
        ("limit=", "limit"),
    ])
    func `with a wrong query is refused with the name`(_ query: String, _ name: String) async throws {
        let reply = try await demo.client.send(.get, "/api/v1/things?" + query, headers: admin)
        #expect(reply.status == 422)
        #expect(reply.json["errors"]?[0]?["parameter"]?.string == name)
    }

    @Test(arguments: [
        ("text/plain", "{}", 415), ("", "{}", 415), ("application/json; charset=shift_jis", "{}", 415),
        ("application/json; charset=utf-8", #"{"name":"x"}"#, 201), ("Application/JSON", #"{"name":"x"}"#, 201),
        ("application/json", "{", 400), ("application/json", "", 400), ("application/json", "null", 422),
    ])
    func `is judged by its media type and syntax`(_ type: String, _ body: String, _ status: Int) async throws {
        let reply = try await demo.client.send(
            .post, "/api/v1/things", headers: admin.with(.contentType, type), json: body)
        #expect(reply.status == status, "\(reply.text)")
    }

    @Test(arguments: [
        ("application/json", 200), ("*/*", 200), ("application/*;q=0.5", 200), ("text/html", 406),
        ("application/json;q=0", 406),
        ("text/html, */*;q=0.1", 200), ("application/json;q=0, */*", 406), ("application/problem+json", 200), ("", 200),
    ])
    func `gets JSON only when it accepts it`(_ accept: String, _ status: Int) async throws {
        #expect(
            try await demo.client.send(.get, "/api/v1/things", headers: admin.with(.accept, accept)).status == status)
    }

    @Test func `may be as large as the limit and not larger, announced or not`() async throws {
        let csv = admin.with(.contentType, "text/csv")
        for (count, status) in [(100, 200), (101, 413)] {
            let bytes = ByteBuffer(repeating: 0x61, count: count)
            let parts = AsyncStream<ByteBuffer> { stream in
                for part in 0..<count { stream.yield(bytes.getSlice(at: part, length: 1) ?? ByteBuffer()) }
                stream.finish()
            }
            let streamed = try await demo.client.send(
                .post, "/api/v1/things/import", headers: csv, body: RequestBody(asyncSequence: parts))
            #expect(streamed.status == status)
            let announced = try await demo.client.send(
                .post, "/api/v1/things/import", headers: csv.with(.contentLength, String(count)),
                body: RequestBody(buffer: bytes))
            #expect(announced.status == status)
        }
    }

    @Test func `whose body never ends is given up`() async throws {
        let client = RouterClient(demo.router { $0.limits.patience = .milliseconds(20) })
        let endless = AsyncStream<ByteBuffer> { $0.yield(ByteBuffer(string: "a")) }
        let reply = try await client.send(
            .post, "/api/v1/things/import", headers: admin.with(.contentType, "text/csv"),
            body: RequestBody(asyncSequence: endless))
        #expect(reply.status == 408 && reply.headers[.connection] == "close")
    }

    @Test func `keeps a sane identifier and gets a new one for any other`() async throws {
        let kept = try await demo.client.send(.get, "/api/v1/open", headers: [.requestID: "abc-123_X.9"])
        #expect(kept.headers[.requestID] == "abc-123_X.9")
        for bad in ["short", "has space in it", String(repeating: "a", count: 65), "<script>xx</script>"] {
            let reply = try await demo.client.send(.get, "/api/v1/open", headers: [.requestID: bad])
            #expect(reply.headers[.requestID]?.hasPrefix("req_") == true)
        }
    }

    @Test func `that hits a fault learns nothing but the request id`() async throws {
        let reply = try await demo.client.send(.post, "/api/v1/things", headers: admin, json: #"{"name":"fault"}"#)
        #expect(reply.status == 500)
        #expect(reply.json["detail"] == "Internal error.")
        #expect(!reply.text.contains("Fault"))
    }

    @Test func `that is refused by a rule gets the rule's words`() async throws {
        let reply = try await demo.client.send(.post, "/api/v1/things", headers: admin, json: #"{"name":"refused"}"#)
        #expect(reply.status == 409 && reply.json["detail"] == "The name is already registered as a.")
    }

    @Test func `gets headers that hold browsers back`() async throws {
        let open = try await demo.client.send(.get, "/api/v1/open")
        let own = try await demo.client.send(.get, "/api/v1/things", headers: admin)
        let missing = try await demo.client.send(.get, "/nothing")
        for reply in [open, own, missing] {
            #expect(reply.headers[.xContentTypeOptions] == "nosniff")
            #expect(reply.headers[.referrerPolicy] == "no-referrer")
            #expect(reply.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            #expect(reply.headers[.accessControlAllowOrigin] == nil)
        }
        #expect(own.headers[.cacheControl] == "private, no-store")
    }

    @Test func `from another origin is answered only when the origin is on the list`() async throws {
        var settings = WebSettings()
        settings.allowedOrigins = ["https://a.example"]
        let client = RouterClient(demo.router(settings))
        let good = try await client.send(.get, "/api/v1/open", headers: [.origin: "https://a.example"])
        #expect(good.headers[.accessControlAllowOrigin] == "https://a.example" && good.headers[.vary] == "Origin")
        let bad = try await client.send(.get, "/api/v1/open", headers: [.origin: "https://b.example"])
        #expect(bad.headers[.accessControlAllowOrigin] == nil)
        let preflight = try await client.send(
            .options, "/api/v1/things", headers: [.origin: "https://a.example", .accessControlRequestMethod: "POST"])
        #expect(preflight.status == 204 && preflight.headers[.accessControlAllowMethods]?.contains("POST") == true)
    }
}
