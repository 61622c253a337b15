import HTTPTypes
import Hummingbird
import Synchronization
import Testing
import WebCommon
import WebPreview

@Suite struct `The channel preview` {
    private final class File: Sendable {
        let lines = Mutex<[String]>([])
    }

    private let file = File()
    private let json: HTTPFields = [.contentType: "application/json"]

    private func client(
        _ lines: [String] = [], verify: PreviewService.Verification? = nil
    ) -> RouterClient {
        let file = file
        let shelf = MessageShelf(lines: lines) { line in file.lines.withLock { $0.append(line) } }
        let service = PreviewService(shelf: shelf, now: { "2026-11-21T03:04:05.678Z" }, verify: verify)
        return RouterClient(service.makeRouter())
    }

    private static let slack = #"""
        {"text":"New match","blocks":[
        {"type":"header","text":{"type":"plain_text","text":"Bridge: <quiet> gears"}},
        {"type":"section","text":{"type":"mrkdwn","text":"*Metals ⇄ Hospital beds*  ·  far &lt;apart&gt; <!channel>"}},
        {"type":"section","text":{"type":"mrkdwn","text":
        "• <https://example.jp/a?b=1&amp;c=2|see it> <javascript:alert(1)|bad>"}},
        {"type":"actions","elements":[
        {"type":"button","text":{"type":"plain_text","text":"Open"},"url":"https://example.jp/open",
        "style":"primary"},
        {"type":"button","text":{"type":"plain_text","text":"Evil"},"url":"javascript:alert(1)"}]},
        {"type":"context","elements":[{"type":"plain_text","text":"Industry Mix · ref 1"}]}]}
        """#

    @Test func `answers as chat services do and shows what came, newest last`() async throws {
        let client = client()
        let first = try await client.send(.post, "/hooks/alerts", headers: json, json: Self.slack)
        #expect(first.status == 200 && first.text == "ok")
        let second = try await client.send(
            .post, "/hooks/alerts", headers: json,
            json: ######"{"text":"#### Second\n\n**A ⇄ B** [go](https://example.jp/x)"}"######)
        #expect(second.status == 200)
        let page = try await client.send(.get, "/")
        let text = page.text
        #expect(text.contains("Bridge: &lt;quiet&gt; gears"))
        #expect(text.contains("<span class=\"bridge\"><strong>Metals ⇄ Hospital beds</strong>"))
        #expect(text.contains("href=\"https://example.jp/a?b=1&amp;c=2\">see it</a>"))
        #expect(
            text.contains(
                "rel=\"noreferrer noopener nofollow\" href=\"https://example.jp/open\">Open</a>"
            ))
        #expect(text.contains("<span class=\"button\">Evil</span>") && !text.contains("href=\"javascript"))
        #expect(text.contains("<b class=\"head\">Second</b>") && text.contains("<strong>A ⇄ B</strong>"))
        let places = try [#require(text.firstRange(of: "id=\"m1\"")), #require(text.firstRange(of: "id=\"m2\""))]
        #expect(places[0].lowerBound < places[1].lowerBound)
        #expect(try await client.send(.get, "/latest").text == "2")
        #expect(try await client.send(.get, "/messages.json").json["messages"]?.array?.count == 2)
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "[a](javascript:alert(1))",
        "[x](https://a\" onclick=\"b)",
        "<https://a.example\"onmouseover=\"x|y>", "\u{202E}evil", "`<b>`*<i>*", "\\<b\\>", "<!-- -->",
        "[[](https://x.example)](https://y.example)",
    ])
    func `shows hostile text as text`(_ text: String) async throws {
        let value = JSONValue.string(text)
        let bodies = [
            JSONValue.members(["text": value]),
            .members([
                "type": value,
                "data": .members(["title": value, "text": value, "actions": [["label": value, "url": value]]]),
            ]),
            .members([
                "blocks": [
                    ["type": value],
                    [
                        "type": "section", "text": ["type": "mrkdwn", "text": value],
                        "fields": [["type": "mrkdwn", "text": value]],
                    ],
                ], "attachments": [["title": value, "title_link": value, "text": value]],
            ]),
        ]
        let client = client()
        for body in bodies {
            #expect(try await client.send(.post, "/hooks/h", headers: json, json: body.text).status == 200)
        }
        let page = try await client.send(.get, "/").text
        let tags = page.matches(of: /<[^>]*>/).map { String($0.output) }
        for tag in tags {
            let name = tag.drop { $0 == "<" || $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
            #expect(!["img", "i", "iframe", "object"].contains(name), "\(tag)")
            let attributes = tag.replacing(/"[^"]*"/, with: "\"\"")
            #expect(!attributes.contains(/\son[a-z]+\s*=/), "\(tag)")
            #expect(!tag.contains("javascript:"), "\(tag)")
        }
        #expect(tags.filter { $0.hasPrefix("<script") }.count == 1)
        #expect(!page.contains("\u{202E}"))
    }

    @Test(arguments: [
        ("{", 400, "invalid_payload"), ("[1]", 400, "invalid_payload"), ("{\"text\":\"\"}", 400, "no_text"),
        ("{\"blocks\":[]}", 400, "no_text"), ("", 400, "invalid_payload"),
    ])
    func `refuses what chat services refuse`(_ body: String, _ status: Int, _ word: String) async throws {
        let reply = try await client().send(.post, "/hooks/a", headers: json, json: body)
        #expect(reply.status == status && reply.text == word)
        #expect(file.lines.withLock { $0.isEmpty })
    }

    @Test func `takes the form field payload`() async throws {
        let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        let client = client()
        let reply = try await client.send(
            .post, "/hooks/a", headers: form, json: "payload=%7B%22text%22%3A%22hi+there%22%7D")
        #expect(reply.text == "ok")
        #expect(try await client.send(.get, "/").text.contains("hi there"))
    }

    @Test func `takes bodies up to the limit and no larger`() async throws {
        let frame = #"{"text":""}"#.utf8.count
        for (extra, status) in [(0, 200), (1, 413)] {
            let text = String(repeating: "a", count: PreviewService.largestBody - frame + extra)
            #expect(
                try await client().send(.post, "/hooks/a", headers: json, json: "{\"text\":\"\(text)\"}").status
                    == status)
        }
    }

    @Test(arguments: ["/hooks/", "/hooks/a/b", "/hooks/a.b", "/hooks/%2e%2e", "/else"])
    func `knows nothing else`(_ path: String) async throws {
        #expect(try await client().send(.post, path, headers: json, json: #"{"text":"a"}"#).status == 404)
    }

    @Test func `wants a right signature on events when it can check them`() async throws {
        let client = client(verify: { id, timestamp, signatures, body in
            id == "msg_1" && timestamp == "1" && signatures == "v1,x" && !body.isEmpty
        })
        let event = #"{"type":"match.found","data":{"title":"T"}}"#
        func name(_ text: String) throws -> HTTPField.Name { try #require(HTTPField.Name(text)) }
        var headers = json
        #expect(try await client.send(.post, "/hooks/a", headers: headers, json: event).status == 401)
        headers[try name("webhook-id")] = "msg_1"
        headers[try name("webhook-timestamp")] = "1"
        headers[try name("webhook-signature")] = "v1,wrong"
        #expect(try await client.send(.post, "/hooks/a", headers: headers, json: event).status == 401)
        headers[try name("webhook-signature")] = "v1,x"
        #expect(try await client.send(.post, "/hooks/a", headers: headers, json: event).status == 200)
        #expect(try await client.send(.post, "/hooks/a", headers: json, json: #"{"text":"chat"}"#).status == 200)
        #expect(try await client.send(.get, "/").text.contains("signature valid"))
    }

    @Test func `shows what it has kept again after a restart, the last of it`() async throws {
        let before = client()
        for number in 0..<3 {
            _ = try await before.send(.post, "/hooks/a", headers: json, json: "{\"text\":\"note \(number)\"}")
        }
        let lines = file.lines.withLock { $0 } + ["damaged {"]
        let after = client(lines)
        #expect(try await after.send(.get, "/").text.contains("note 2"))
        _ = try await after.send(.post, "/hooks/a", headers: json, json: #"{"text":"later"}"#)
        #expect(try await after.send(.get, "/latest").text == "4")
        let many = MessageShelf(lines: (0..<3).flatMap { _ in lines })
        for _ in 0..<(MessageShelf.capacity + 5) {
            _ = try many.receive(hook: "a", at: "2026-11-21T03:04:05Z", signature: .none, body: "{}")
        }
        #expect(many.messages.count == MessageShelf.capacity)
    }

    @Test func `does not acknowledge what it could not keep`() async throws {
        struct Full: Error {}
        let service = PreviewService(shelf: MessageShelf { _ in throw Full() }, now: { "2026-11-21T03:04:05Z" })
        let client = RouterClient(service.makeRouter())
        #expect(try await client.send(.post, "/hooks/a", headers: json, json: #"{"text":"a"}"#).status == 500)
        #expect(try await client.send(.get, "/latest").text == "0")
    }
}
