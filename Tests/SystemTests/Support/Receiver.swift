import Foundation
import Synchronization

/// A webhook's other end on this machine: takes POSTs, keeps what came, answers 200 after a while.
final class Receiver: Sendable {
    struct Received {
        let id: String
        let body: String
    }

    let port: Int
    private let listener: Int32
    private let delayMicroseconds: UInt32
    private let state = Mutex<[Received]>([])

    init(delayMilliseconds: UInt32 = 0) throws {
        delayMicroseconds = delayMilliseconds * 1_000
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard isOpen else { throw WireFault(what: "receiver: \(String(cString: strerror(errno)))") }
        listener = descriptor
        port = Int(in_port_t(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                if connection < 0 { return }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    var received: [Received] { state.withLock { $0 } }
    var bodies: String { received.map(\.body).joined(separator: "\n") }

    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        Foundation.close(listener)
    }

    private func serve(_ connection: Int32) {
        defer { Foundation.close(connection) }
        var buffer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            while let request = Self.request(in: &buffer) {
                usleep(delayMicroseconds)
                // Kept before the answer: what is not kept here was not delivered.
                state.withLock { $0.append(request) }
                let answer = Array("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok".utf8)
                guard Foundation.send(connection, answer, answer.count, Int32(MSG_NOSIGNAL)) > 0 else { return }
            }
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            buffer += chunk[..<count]
        }
    }

    private static func request(in buffer: inout [UInt8]) -> Received? {
        guard let end = buffer.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        func header(_ name: String) -> String? {
            lines.first { $0.lowercased().hasPrefix(name + ":") }?.dropFirst(name.count + 1)
                .trimmingCharacters(in: .whitespaces)
        }
        let length = header("content-length").flatMap { Int($0) } ?? 0
        guard buffer.count >= end.upperBound + length else { return nil }
        let body = String(decoding: buffer[end.upperBound..<(end.upperBound + length)], as: UTF8.self)
        buffer.removeFirst(end.upperBound + length)
        return Received(id: header("webhook-id") ?? "", body: body)
    }
}
