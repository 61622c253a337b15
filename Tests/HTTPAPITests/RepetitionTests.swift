import HTTPAPI
import HTTPTypes
import Synchronization
import Testing
import WebCommon

@Suite struct `A repeated request` {
    private let demo = Demo()
    private let keyed = HTTPFields.token("admin").with(.idempotencyKey, "key-1")

    @Test func `with the same key is done once and answered the same`() async throws {
        let first = try await demo.client.send(.post, "/api/v1/things", headers: keyed, json: #"{"name":"b"}"#)
        let second = try await demo.client.send(.post, "/api/v1/things", headers: keyed, json: #"{"name":"b"}"#)
        #expect(first.status == 201 && second.status == 201)
        #expect(first.bytes == second.bytes && first.headers[.location] == second.headers[.location])
        #expect(first.headers[.idempotencyReplayed] == nil && second.headers[.idempotencyReplayed] == "true")
        #expect(demo.things.withLock { $0["b"] } == 1)
    }

    @Test func `with the same key and another body is refused`() async throws {
        _ = try await demo.client.send(.post, "/api/v1/things", headers: keyed, json: #"{"name":"b"}"#)
        let other = try await demo.client.send(.post, "/api/v1/things", headers: keyed, json: #"{"name":"c"}"#)
        #expect(other.status == 409 && other.json["type"] == "/problems/idempotency-key-reused")
        #expect(demo.things.withLock { $0["c"] } == nil)
    }

    @Test func `by another caller is another request`() async throws {
        _ = try await demo.client.send(.post, "/api/v1/things", headers: keyed, json: #"{"name":"b"}"#)
        let other = HTTPFields.token("member").with(.idempotencyKey, "key-1")
        _ = try await demo.client.send(.post, "/api/v1/things", headers: other, json: #"{"name":"b"}"#)
        #expect(demo.things.withLock { $0["b"] } == 2)
    }

    @Test func `at the same time waits its turn`() async throws {
        let client = demo.client
        let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await client.send(.post, "/api/v1/things", headers: keyed, json: #"{"name":"slow"}"#)
                }
            }
            return try await group.reduce(into: [Reply]()) { $0.append($1) }
        }
        #expect(replies.filter { $0.status == 201 }.count == 1)
        for reply in replies where reply.status != 201 {
            #expect(reply.status == 409 && reply.headers[.retryAfter] == "1")
            #expect(reply.json["type"] == "/problems/request-in-progress")
        }
        #expect(demo.things.withLock { $0["slow"] } == 1)
    }

    @Test func `after a refusal may be mended under the same key`() async throws {
        let refused = try await demo.client.send(.post, "/api/v1/things", headers: keyed, json: #"{"name":"refused"}"#)
        let mended = try await demo.client.send(.post, "/api/v1/things", headers: keyed, json: #"{"name":"b"}"#)
        #expect(refused.status == 409 && mended.status == 201)
    }
}

@Suite struct `A thing with versions` {
    private let demo = Demo()
    private let admin = HTTPFields.token("admin")

    @Test(arguments: [
        ("\"v3\"", 304), ("W/\"v3\"", 304), ("*", 304), ("\"v1\", \"v3\"", 304), ("\"v2\"", 200), ("\"x\"", 200),
    ])
    func `is not sent again to who has it`(_ tag: String, _ status: Int) async throws {
        let reply = try await demo.client.send(.get, "/api/v1/things/a", headers: admin.with(.ifNoneMatch, tag))
        #expect(reply.status == status)
        #expect(reply.headers[.eTag] == "\"v3\"")
        #expect(reply.bytes.isEmpty == (status == 304))
    }

    @Test(
        arguments: [
            ("\"v3\"", 200), ("*", 200), ("\"v2\"", 412), ("\"other\"", 412), ("\"v2\", \"v3\"", 412), (nil, 428),
        ] as [(String?, Int)])
    func `is changed only by who knows the present one`(_ tag: String?, _ status: Int) async throws {
        var headers = admin
        headers[.ifMatch] = tag
        let reply = try await demo.client.send(.patch, "/api/v1/things/a", headers: headers, json: #"{"name":"a"}"#)
        #expect(reply.status == status, "\(reply.text)")
        #expect(demo.things.withLock { $0["a"] } == (status == 200 ? 4 : 3))
    }
}

@Suite struct `A list` {
    private let demo = Demo()
    private let admin = HTTPFields.token("admin")

    @Test func `is read page by page, each entry once`() async throws {
        var path: String? = "/api/v1/things?limit=3&kind=seed&kind=need"
        var names: [String] = []
        while let address = path {
            let reply = try await demo.client.send(.get, address, headers: admin)
            #expect(reply.status == 200, "\(reply.text)")
            names += (reply.json["items"]?.array ?? []).compactMap { $0["name"]?.string }
            let link = reply.headers[.link]
            #expect((link == nil) == (reply.json["next"]?.isNull == true))
            path = link.map { String($0.dropFirst().prefix { $0 != ">" }) }
        }
        #expect(names == (0..<7).map { "t\($0)" })
    }

    @Test func `refuses a cursor that was changed or belongs to other filters`() async throws {
        let first = try await demo.client.send(.get, "/api/v1/things?limit=3", headers: admin)
        let cursor = try #require(first.json["next"]?.string)
        #expect(try await demo.client.send(.get, "/api/v1/things?cursor=\(cursor)", headers: admin).status == 200)
        let changed = cursor.dropLast() + (cursor.last == "A" ? "B" : "A")
        for query in ["cursor=\(changed)", "cursor=\(cursor)&open=true", "cursor=\(cursor.dropLast(4))"] {
            let reply = try await demo.client.send(.get, "/api/v1/things?\(query)", headers: admin)
            #expect(reply.status == 422 && reply.json["errors"]?[0]?["parameter"] == "cursor")
        }
    }
}

@Suite struct `The rate limit` {
    @Test func `lets a burst through, then the steady rate`() {
        let time = Mutex(Duration.zero)
        let limiter = RateLimiter { time.withLock { $0 } }
        let allowance = RateLimiter.Allowance(perSecond: 2, burst: 4)
        #expect((0..<4).map { _ in limiter.spend("a", allowance).retryAfter } == [nil, nil, nil, nil])
        #expect(limiter.spend("a", allowance).retryAfter == 1)
        #expect(limiter.spend("b", allowance).retryAfter == nil)
        time.withLock { $0 += .milliseconds(500) }
        #expect(limiter.spend("a", allowance).retryAfter == nil)
        #expect(limiter.spend("a", allowance).retryAfter == 1)
        time.withLock { $0 += .seconds(3600) }
        #expect(limiter.spend("a", allowance).remaining == 3)
    }

    @Test func `holds with more callers than it remembers`() {
        let limiter = RateLimiter { .zero }
        let allowance = RateLimiter.Allowance(perSecond: 1, burst: 2)
        _ = limiter.spend("busy", allowance)
        _ = limiter.spend("busy", allowance)
        for caller in 0..<(RateLimiter.mostCallers + 100) { _ = limiter.spend("\(caller)", allowance) }
        #expect(limiter.spend("busy", allowance).retryAfter != nil)
    }

    @Test func `answers 429 with Retry-After, for guessed tokens too`() async throws {
        let demo = Demo()
        let client = RouterClient(demo.router { $0.limits.perAddress = .init(perSecond: 0.001, burst: 2) })
        var statuses: [Int] = []
        for guess in 0..<4 {
            statuses.append(try await client.send(.get, "/api/v1/things", headers: .token("guess\(guess)")).status)
        }
        #expect(statuses == [401, 401, 429, 429])
        let refused = try await client.send(.get, "/api/v1/open")
        #expect(refused.status == 429 && refused.headers[.retryAfter] != nil && refused.headers[.rateRemaining] == "0")
        #expect(try await client.send(.get, "/api/v1/things", headers: .token("admin")).status == 200)
    }
}
