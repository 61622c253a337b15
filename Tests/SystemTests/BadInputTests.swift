import Foundation
import Testing

extension `The built program` {
    @Suite struct `Refuses` {
        private func kind(_ answer: Answer) -> String {
            #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true)
            return answer.object["type"] as? String ?? answer.text
        }

        @Test func `no and wrong tokens, and says so to no one else`() throws {
            try Served.with { served in
                let wire = try served.wire()
                for token in [nil, "imx_nothing", served.token + "x", String(served.token.dropLast())] {
                    let answer = try wire.ask("GET", "/api/v1/postings", token: token)
                    #expect(answer.status == 401)
                    #expect(kind(answer) == "/problems/unauthenticated")
                    #expect(answer.headers["www-authenticate"] != nil)
                }
                #expect(try wire.ask("GET", "/api/v1/postings", token: served.token).status == 200)
            }
        }

        @Test func `broken JSON with line and column`() throws {
            let broken: [(String, String)] = [
                ("{\"kind\": \"need\",\n \"title\": }", "Line 2, column 11"), ("[1,2", "Line 1, column 5"),
                ("{\"a\":1}x", "Line 1, column 8"), ("{\n\n\"a\": \"\u{1}\"}", "Line 3, column 7"),
            ]
            try Served.with { served in
                for (body, place) in broken {
                    let answer = try served.wire().ask(
                        "POST", "/api/v1/postings", token: served.token,
                        headers: ["content-type": "application/json"], body: Array(body.utf8))
                    #expect(answer.status == 400)
                    #expect(kind(answer) == "/problems/malformed")
                    let detail = answer.object["detail"] as? String ?? ""
                    #expect(detail.contains(place), "\(detail)")
                }
            }
        }

        @Test func `bodies that are too large, announced or not`() throws {
            try Served.with { served in
                let head =
                    "POST /api/v1/postings HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \(served.token)\r\n"
                    + "content-type: application/json\r\n"
                let announced = try served.wire()
                try announced.send(Array((head + "content-length: 100000000000\r\n\r\n").utf8))
                #expect(try announced.answer().status == 413)
                let streamed = try served.wire()
                try streamed.send(Array((head + "transfer-encoding: chunked\r\n\r\n").utf8))
                let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 32, count: 65_536) + Array("\r\n".utf8)
                for _ in 0..<64 {
                    do { try streamed.send(chunk) } catch { break }
                }
                if let answer = try? streamed.answer() { #expect(answer.status == 413) }
                #expect(try served.wire().ask("GET", "/health/live").status == 200)
            }
        }

        @Test func `texts that are too long or hide characters, naming every field`() throws {
            try Served.with { served in
                let answer = try served.wire().post(
                    "/api/v1/postings", token: served.token,
                    [
                        "kind": "need", "title": "a\u{202e}b", "summary": String(repeating: "長", count: 100_000),
                        "language": "ja", "fields": ["food-processing"],
                    ])
                #expect(answer.status == 422)
                #expect(kind(answer) == "/problems/invalid-input")
                #expect(answer.text.contains("title"))
                #expect(answer.text.contains("summary"))
            }
        }

        @Test func `clients that send their request a byte at a time`() throws {
            try Served.with(settings: ["server.idle_seconds=2", "api.patience_seconds=2"]) { served in
                let silent = try served.wire()
                let slow = try served.wire()
                try slow.send(
                    Array(
                        ("POST /api/v1/postings HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \(served.token)\r\n"
                            + "content-type: application/json\r\ncontent-length: 1000\r\n\r\n{").utf8))
                let start = Date()
                for _ in 0..<30 {
                    do { try slow.send([32]) } catch { break }
                    usleep(300_000)
                    if Date().timeIntervalSince(start) > 8 { break }
                }
                let answer = try? slow.answer()
                #expect(answer == nil || answer?.status == 408)
                #expect(Date().timeIntervalSince(start) < 15)
                #expect(silent.isClosed())
                #expect(try served.wire().ask("GET", "/health/live").status == 200)
            }
        }

        @Test func `channels to private, plain or odd addresses`() throws {
            let addresses = [
                "https://127.0.0.1/hook", "http://example.jp/hook", "https://10.0.0.1/x", "https://[::1]/x",
                "https://169.254.169.254/latest", "ftp://example.jp/", "https://user:pw@example.jp/",
                "https://localhost/x", "x",
            ]
            try Served.with { served in
                let wire = try served.wire()
                for address in addresses {
                    let made = try wire.post(
                        "/api/v1/channels", token: served.token,
                        ["name": "c", "platform": "generic", "address": address, "language": "ja"])
                    #expect(made.status == 422, "\(address): \(made.status) \(made.text)")
                    #expect(made.text.contains("/address"), "\(made.text)")
                }
                let command = try served.run(
                    ["channels", "add", "c", "--platform", "generic", "--address", addresses[0]])
                #expect(command.status == 3, "\(command.status) \(command.err)")
                #expect(try served.run(["channels", "list", "--json"]).object["items"] as? [String] == [])
            }
        }

        @Test func `to send where a public name leads into a private network`() throws {
            try withFolder { folder in
                let receiver = try Receiver()
                defer { receiver.close() }
                let served = try Served(in: folder)
                // "localhost" itself is refused at once; an allowed host and port is not.
                served.settings.append("delivery.allowed_hosts=localhost:\(receiver.port)")
                let made = try served.run([
                    "channels", "add", "c", "--platform", "generic", "--address", "http://localhost:\(receiver.port)/h",
                ])
                #expect(made.status == 0, "\(made.err)")
                #expect(try served.run(["channels", "test", "c"]).status == 0)
                #expect(receiver.received.count == 1)
                served.settings.removeLast()
                let refused = try served.run(["channels", "test", "c", "--wait", "5"])
                #expect(refused.status != 0)
                #expect(receiver.received.count == 1)
            }
        }
    }
}
