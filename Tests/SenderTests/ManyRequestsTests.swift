import Delivery
import Sender
import Testing

@Suite struct `Many requests` {
    @Test func `at once each arrive exactly once`() async throws {
        let receiver = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        let count = 600
        let delivered = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    let outcome = await sender.send(request(receiver.url(), id: "n\(number)", body: "\(number)"))
                    guard case .answered(let answer) = outcome.result else { return false }
                    return answer.status == 200
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()
        #expect(delivered == count)
        let bodies = receiver.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies.count == count)
        #expect(Set(bodies) == Set((0..<count).map { "\($0)" }))
        #expect(receiver.connections <= CurlSenderSettings().concurrentRequests)
    }

    @Test func `one after the other keep their order and share a connection`() async throws {
        let receiver = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        var opened = 0
        for number in 0..<200 {
            let outcome = await sender.send(request(receiver.url(), body: "\(number)"))
            opened += outcome.measure.connectionsOpened
        }
        await sender.shutdown(drainingFor: .zero)
        receiver.stop()
        #expect(receiver.requests.map { String(decoding: $0.body, as: UTF8.self) } == (0..<200).map { "\($0)" })
        #expect(opened == 1)
        #expect(receiver.connections == 1)
    }

    @Test func `to good receivers end while a silent one is still waited for`() async throws {
        let silent = try Receiver { _ in .silence }
        let good = try Receiver { _ in .answer(200) }
        let sender = try CurlSender()
        let waiting = Task { await sender.send(request(silent.url())) }
        for _ in 0..<50 {
            #expect(try answer(await sender.send(request(good.url()))).status == 200)
        }
        while silent.requests.isEmpty { await Task.yield() }
        await sender.shutdown(drainingFor: .zero)
        #expect(await waiting.value.result == .ambiguous(.senderStopped))
        silent.stop()
        good.stop()
    }

    @Test func `beyond the limit wait without using up their time`() async throws {
        var settings = CurlSenderSettings()
        settings.concurrentRequests = 1
        let gate = Gate()
        let slow = try Receiver { _ in .gated(gate) }
        let sender = try CurlSender(settings)
        let first = Task { await sender.send(request(slow.url("/first"))) }
        while slow.requests.isEmpty { await Task.yield() }
        let second = Task { await sender.send(request(slow.url("/second"), timeouts: short)) }
        // Longer than the second request's whole time-out, all of it spent in the queue.
        try await Task.sleep(for: .milliseconds(1800))
        gate.open()
        #expect(try answer(await first.value).status == 200)
        #expect(try answer(await second.value).status == 200)
        await sender.shutdown(drainingFor: .zero)
        slow.stop()
    }
}

@Suite struct `A sender that stops` {
    @Test func `lets what is on the wire end, and sends nothing else`() async throws {
        var settings = CurlSenderSettings()
        settings.concurrentRequests = 1
        let gate = Gate()
        let receiver = try Receiver { _ in .gated(gate) }
        let sender = try CurlSender(settings)
        let flying = Task { await sender.send(request(receiver.url("/flying"))) }
        while receiver.requests.isEmpty { await Task.yield() }
        let queued = Task { await sender.send(request(receiver.url("/queued"))) }
        let stopping = Task { await sender.shutdown(drainingFor: .seconds(20)) }
        var late = await sender.send(request("http://127.0.0.1:\(try freePort())/late"))
        while late.result != .notSent(.senderStopped) {
            late = await sender.send(request("http://127.0.0.1:\(try freePort())/late"))
        }
        #expect(await queued.value.result == .notSent(.senderStopped))
        gate.open()
        #expect(try answer(await flying.value).status == 200)
        await stopping.value
        await sender.shutdown(drainingFor: .seconds(20))
        #expect(await sender.send(request(receiver.url())).result == .notSent(.senderStopped))
        #expect(receiver.requests.map { $0.head.first } == ["POST /flying HTTP/1.1"])
        receiver.stop()
    }

    @Test func `calls what it breaks off doubtful`() async throws {
        let receiver = try Receiver { _ in .silence }
        let sender = try CurlSender()
        let tasks = (0..<20).map { _ in Task { await sender.send(request(receiver.url())) } }
        while receiver.requests.count < 20 { await Task.yield() }
        await sender.shutdown(drainingFor: .milliseconds(50))
        for task in tasks { #expect(await task.value.result == .ambiguous(.senderStopped)) }
        receiver.stop()
    }
}
