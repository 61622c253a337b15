import Delivery
import Foundation
import Sender
import Testing

/// So long that a busy machine cannot use it up.
let patient = WireTimeouts(connect: 60_000, total: 300_000, stall: 300_000)
/// So short that a test may wait for its end.
let short = WireTimeouts(connect: 1500, total: 1500, stall: 2000)

func request(
    _ url: String, id: String = "dlv_1", body: String = "{\"text\":\"hello\"}", headers: [WireHeader] = [],
    timeouts: WireTimeouts = patient, scope: AddressScope = .privateAllowed
) -> WireRequest {
    WireRequest(id: id, url: url, headers: headers, body: Array(body.utf8), timeouts: timeouts, scope: scope)
}

/// Sends one request to a receiver that behaves like this, and ends both.
func outcome(
    of behaviour: Behaviour, timeouts: WireTimeouts = patient
) async throws -> (outcome: WireOutcome, requests: [Received]) {
    let receiver = try Receiver { _ in behaviour }
    let sender = try CurlSender()
    let outcome = await sender.send(request(receiver.url(), timeouts: timeouts))
    await sender.shutdown(drainingFor: .zero)
    let requests = receiver.requests
    receiver.stop()
    return (outcome, requests)
}

func answer(_ outcome: WireOutcome) throws -> WireAnswer {
    guard case .answered(let answer) = outcome.result else {
        Issue.record("expected an answer, got \(outcome.result)")
        throw CancellationError()
    }
    return answer
}

@Suite struct `A request` {
    @Test func `arrives as it was given, and nothing is added that asks for more`() async throws {
        let receiver = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        let headers = [try WireHeader("Content-Type", "application/json"), try WireHeader("webhook-id", "dlv_7")]
        let outcome = await sender.send(request(receiver.url("/a/b?c=d"), body: "{\"x\":\"日本\"}", headers: headers))
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()

        #expect(try answer(outcome) == WireAnswer(status: 200, body: Array("ok".utf8)))
        let received = try #require(receiver.requests.first)
        #expect(receiver.requests.count == 1)
        #expect(received.head.first == "POST /a/b?c=d HTTP/1.1")
        #expect(String(decoding: received.body, as: UTF8.self) == "{\"x\":\"日本\"}")
        #expect(received.header("content-type") == "application/json")
        #expect(received.header("webhook-id") == "dlv_7")
        #expect(received.header("user-agent") == "IndustryMix/1")
        #expect(received.header("expect") == nil)
        #expect(received.header("accept-encoding") == nil)
        #expect(outcome.measure.requestBytes > received.body.count)
        #expect(outcome.measure.connectionsOpened == 1)
    }

    @Test func `of a megabyte arrives whole`() async throws {
        let receiver = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        let body = String(repeating: "0123456789abcdef", count: 65_536)
        let outcome = await sender.send(request(receiver.url(), body: body))
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()
        #expect(try answer(outcome).status == 200)
        #expect(receiver.requests.map(\.body) == [Array(body.utf8)])
    }

    @Test func `without a body is still a POST`() async throws {
        let receiver = try Receiver { _ in .answer(204, body: "") }
        let sender = try CurlSender()
        let outcome = await sender.send(request(receiver.url(), body: ""))
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()
        #expect(try answer(outcome).status == 204)
        #expect(receiver.requests.first?.head.first == "POST /hook HTTP/1.1")
    }

    @Test(arguments: [WireMethod.get, .put]) func `can have another verb`(_ method: WireMethod) async throws {
        let receiver = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        let body = method == .put ? Array("{}".utf8) : []
        let put = WireRequest(id: "p", url: receiver.url(), method: method, body: body, scope: .privateAllowed)
        _ = await sender.send(put)
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()
        #expect(receiver.requests.map { $0.head.first } == ["\(method.rawValue) /hook HTTP/1.1"])
        #expect(receiver.requests.first?.body == body)
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/x", "smb://127.0.0.1/x", "", "http://",
        "nonsense://x",
        "http://127.0.0.1:99999/", "http://127.0.0.1/\r\nX-Injected: 1", "http://127.0.0.1/a\0b",
    ])
    func `to an address that cannot be one is refused`(_ url: String) async throws {
        let sender = try CurlSender()
        let outcome = await sender.send(request(url))
        await sender.shutdown(drainingFor: .zero)
        #expect(outcome.result == .refused(.badURL))
    }
}

@Suite struct `An answer` {
    @Test func `keeps the headers a judge needs`() async throws {
        let headers = ["Retry-After:  3 ", "Content-Type: application/json", "Set-Cookie: secret=1"]
        let (outcome, _) = try await outcome(of: .answer(429, headers: headers, body: "{}"))
        #expect(try answer(outcome).headers == ["retry-after": "3", "content-type": "application/json"])
        #expect(
            DeliveryJudge.verdict(on: outcome, from: .slack, now: 0)
                == .retry(
                    notBefore: 3000, throttled: true, JudgedReason("http.429", "The receiver asked to slow down (429).")
                ))
    }

    @Test func `after 100 Continue is the final one`() async throws {
        let text = "HTTP/1.1 100 Continue\r\nRetry-After: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        let (outcome, _) = try await outcome(of: .raw(text))
        #expect(try answer(outcome) == WireAnswer(status: 200, body: Array("ok".utf8)))
    }

    @Test func `without end is cut, and still an answer`() async throws {
        let piece = String(repeating: "z", count: 65_536)
        let (outcome, requests) = try await outcome(of: .endless("HTTP/1.1 200 OK\r\n\r\n", piece: piece))
        let answer = try answer(outcome)
        #expect(answer.status == 200)
        #expect(answer.bodyState == .cut)
        #expect(answer.body.count == WireAnswer.bodyBytes)
        #expect(outcome.measure.answerBytes < 2 << 20)
        #expect(requests.count == 1)
    }

    @Test func `that breaks off counts by its status`() async throws {
        let (outcome, _) = try await outcome(of: .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart"))
        #expect(try answer(outcome) == WireAnswer(status: 200, body: Array("part".utf8), bodyState: .broken))
    }

    @Test func `that drips past the time limit counts by its status`() async throws {
        let (outcome, _) = try await outcome(
            of: .drip("HTTP/1.1 503 X\r\nContent-Length: 9999\r\n\r\n"), timeouts: short)
        let answer = try answer(outcome)
        #expect(answer.status == 503)
        #expect(answer.bodyState == .broken)
    }

    @Test func `with endless headers is broken off`() async throws {
        let piece = "X-Filler: " + String(repeating: "y", count: 1000) + "\r\n"
        let (outcome, requests) = try await outcome(of: .endless("HTTP/1.1 200 OK\r\n", piece: piece))
        #expect(try answer(outcome).status == 200)
        #expect(requests.count == 1)
    }

    @Test func `that redirects is not followed`() async throws {
        let trap = try Receiver { _ in .answer(200) }
        for target in [trap.url("/trap"), "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"] {
            let (outcome, requests) = try await outcome(of: .answer(302, headers: ["Location: \(target)"]))
            #expect(try answer(outcome).status == 302)
            #expect(requests.count == 1)
        }
        #expect(trap.connections == 0)
        trap.stop()
    }
}

@Suite struct `A request whose answer never came` {
    @Test(arguments: [
        (Behaviour.silence, AmbiguousReason.timedOut), (.close, .closedWithoutAnswer), (.reset, .connectionReset),
        (.raw("SSH-2.0-OpenSSH_9.2\r\n"), .notHTTP), (.raw("HTTP/1.1 100 Continue\r\n\r\n"), .closedWithoutAnswer),
    ])
    func `is in doubt`(_ behaviour: Behaviour, _ reason: AmbiguousReason) async throws {
        let (outcome, requests) = try await outcome(of: behaviour, timeouts: short)
        #expect(outcome.result == .ambiguous(reason))
        #expect(outcome.measure.requestBytes > 0)
        #expect(requests.count == 1)
    }

    @Test(arguments: [Behaviour.close, .reset])
    func `on a reused connection is never sent again in hiding`(_ behaviour: Behaviour) async throws {
        let receiver = try Receiver { $0.ordinal == 1 && $0.connection == 1 ? .answer(200) : behaviour }
        let sender = try CurlSender()
        let first = await sender.send(request(receiver.url(), id: "a", body: "A"))
        let second = await sender.send(request(receiver.url(), id: "b", body: "B"))
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()
        #expect(try answer(first).status == 200)
        guard case .ambiguous = second.result else {
            Issue.record("expected doubt, got \(second.result)")
            return
        }
        #expect(receiver.requests.map { String(decoding: $0.body, as: UTF8.self) } == ["A", "B"])
        #expect(receiver.requests.map(\.connection) == [1, 1])
    }
}

@Suite struct `A request that could not leave` {
    @Test func `to a closed port was not sent`() async throws {
        let sender = try CurlSender()
        let outcome = await sender.send(request("http://127.0.0.1:\(try freePort())/"))
        await sender.shutdown(drainingFor: .zero)
        #expect(outcome.result == .notSent(.connectionFailed))
        #expect(outcome.measure.requestBytes == 0)
    }

    @Test func `by TLS to a receiver that never greets was not sent`() async throws {
        let receiver = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        let outcome = await sender.send(request("https://127.0.0.1:\(receiver.port)/", timeouts: short))
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()
        #expect(outcome.result == .notSent(.connectTimedOut))
        #expect(receiver.requests.isEmpty)
    }

    @Test func `to a name that does not exist was not sent`() async throws {
        let sender = try CurlSender()
        let outcome = await sender.send(request("http://no-such-host.invalid/", scope: .publicOnly))
        await sender.shutdown(drainingFor: .zero)
        #expect(outcome.result == .notSent(.nameNotFound) || outcome.result == .notSent(.connectTimedOut))
    }
}
