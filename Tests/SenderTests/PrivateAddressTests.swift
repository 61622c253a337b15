import Delivery
import Foundation
import Sender
import Testing

@Suite struct `A private address` {
    @Test(arguments: [
        "127.0.0.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1", "127.0.1", "0", "0.0.0.0",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::1]", "[::]", "localhost", "LOCALHOST", "user@127.0.0.1",
        "user:word@localhost", "127.0.0.1.", "%31%32%37.0.0.1", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    ])
    func `is refused in every spelling, without a connection`(_ host: String) async throws {
        let receiver = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        let outcome = await sender.send(request("http://\(host):\(receiver.port)/", scope: .publicOnly))
        let control = await sender.send(request(receiver.url("/control")))
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()

        switch outcome.result {
        case .refused: break
        case .notSent(.nameNotFound): break  // a spelling the resolver itself does not take
        default: Issue.record("\(host) gave \(outcome.result)")
        }
        #expect(try answer(control).status == 200)
        #expect(receiver.requests.map { $0.head.first } == ["POST /control HTTP/1.1"])
        #expect(receiver.connections == 1)
    }

    @Test(arguments: [
        "10.0.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00:ec2::254]", "224.0.0.1",
    ])
    func `of another network is named in the refusal`(_ host: String) async throws {
        let sender = try CurlSender()
        let outcome = await sender.send(request("http://\(host)/", scope: .publicOnly))
        await sender.shutdown(drainingFor: .zero)
        let bare = host.filter { $0 != "[" && $0 != "]" }
        let address = try #require(IPAddress(bare))
        let range = try #require(AddressPolicy.specialRange(of: address))
        #expect(outcome.result == .refused(.addressNotPublic(bare, range)))
    }

    @Test func `stays closed on a connection that another request opened with leave`() async throws {
        let receiver = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        let allowed = await sender.send(request(receiver.url("/allowed")))
        let refused = await sender.send(request(receiver.url("/refused"), scope: .publicOnly))
        let again = await sender.send(request(receiver.url("/again")))
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()
        #expect(try answer(allowed).status == 200)
        #expect(refused.result == .refused(.addressNotPublic("127.0.0.1", .loopback)))
        #expect(try answer(again).status == 200)
        #expect(receiver.requests.map { $0.head.first } == ["POST /allowed HTTP/1.1", "POST /again HTTP/1.1"])
    }

    @Test func `is not reached through a proxy of the environment`() async {
        // In a process of its own, because the environment belongs to all tests.
        await #expect(processExitsWith: .success) {
            let proxy = try Receiver { _ in .answer(200) }
            let receiver = try Receiver { _ in .answer(200) }
            for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
                setenv(name, "http://127.0.0.1:\(proxy.port)", 1)
            }
            unsetenv("no_proxy")
            let sender = try CurlSender()
            let direct = await sender.send(request(receiver.url()))
            let hidden = await sender.send(request("http://10.1.2.3/", scope: .publicOnly))
            await sender.shutdown(drainingFor: .zero)
            #expect(try answer(direct).status == 200)
            #expect(hidden.result == .refused(.addressNotPublic("10.1.2.3", .privateUse)))
            #expect(receiver.requests.count == 1)
            #expect(proxy.connections == 0)
            exit(direct.measure.requestBytes > 0 && proxy.connections == 0 && receiver.requests.count == 1 ? 0 : 1)
        }
    }
}
