import Foundation
import Glibc
import HTTPAPI
import Hummingbird
import Logging
import NIOCore
import Testing
import WebCommon

/// A plain connection on which a test writes what no well-behaved client would.
private final class Connection: Sendable {
    private let descriptor: Int32

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                connect(descriptor, target, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result != 0 { throw CocoaError(.fileNoSuchFile) }
    }

    deinit { close(descriptor) }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// What has come, up to a text or to the end of the connection.
    func read(until end: String? = nil) async -> (text: String, isClosed: Bool) {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 16_384)
                while true {
                    let count = recv(self.descriptor, &buffer, buffer.count, 0)
                    if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
                    let text = String(decoding: bytes, as: UTF8.self)
                    let isDone = end.map { text.contains($0) } ?? false
                    if count <= 0 || isDone {
                        let isReset = count < 0 && errno == ECONNRESET
                        continuation.resume(returning: (text: text, isClosed: count == 0 || isReset))
                        return
                    }
                }
            }
        }
    }
}

@Suite struct `A real server` {
    /// Runs the demo on a free port.
    private func serve(
        patience: Duration = .seconds(60), idle: TimeAmount = .seconds(60),
        _ work: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let demo = Demo()
        let router = demo.router { $0.limits.patience = patience }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: idle)),
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var iterator = ports.makeAsyncIterator()
            let number = try #require(await iterator.next())
            try await work(number)
            group.cancelAll()
        }
    }

    private static let post =
        "POST /api/v1/things/import HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer admin\r\nContent-Type: text/csv\r\n"

    @Test func `answers several requests on one connection`() async throws {
        try await serve { port in
            let connection = try Connection(port: port)
            for _ in 0..<3 {
                connection.write("GET /api/v1/open HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(await connection.read(until: "{\"open\":true}").text.hasPrefix("HTTP/1.1 200"))
            }
        }
    }

    @Test func `gives up on a body that does not come, and hangs up`() async throws {
        try await serve(patience: .milliseconds(200)) { port in
            let connection = try Connection(port: port)
            connection.write(Self.post + "Content-Length: 50\r\n\r\nabc")
            let reply = await connection.read()
            #expect(reply.text.hasPrefix("HTTP/1.1 408"), "\(reply)")
            #expect(reply.isClosed)
        }
    }

    @Test func `gives up on a head that does not end`() async throws {
        try await serve(idle: .milliseconds(200)) { port in
            let connection = try Connection(port: port)
            connection.write("GET /api/v1/open HTTP/1.1\r\nHost: a\r\nX-Slow: ")
            #expect(await connection.read().isClosed)
        }
    }

    @Test(arguments: ["Content-Length: 1000000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n400\r\n"])
    func `refuses a body that is too large without waiting for it`(_ start: String) async throws {
        try await serve { port in
            let connection = try Connection(port: port)
            connection.write(Self.post + start + String(repeating: "a", count: 1000))
            let reply = await connection.read()
            #expect(reply.text.hasPrefix("HTTP/1.1 413"), "\(reply)")
            #expect(reply.isClosed)
        }
    }

    @Test func `survives what is not HTTP`() async throws {
        try await serve(idle: .seconds(2)) { port in
            for nonsense in [
                "\u{16}\u{3}\u{1}\u{2}\u{0}", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            ] {
                let connection = try Connection(port: port)
                connection.write(nonsense)
                _ = await connection.read()
            }
            let connection = try Connection(port: port)
            connection.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await connection.read(until: "alive").text.hasPrefix("HTTP/1.1 200"))
        }
    }
}
