import Foundation
import Glibc
import Synchronization

/// A real HTTP service on a loopback port: plain sockets, one thread a connection, nothing of the code under test.
final class Service: Sendable {
    /// What it does once it has read a request.
    enum Act: Sendable {
        case answer(Int, headers: [String] = [], String)
        case raw(String)
        case silence
    }

    let port: Int
    private let listener: Int32
    private let bodies = Mutex<[String]>([])
    private let act: @Sendable (String) -> Act

    init(_ act: @escaping @Sendable (String) -> Act) throws {
        self.act = act
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                bind(listener, name, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, name, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self, listener] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                guard let service = self else {
                    close(connection)
                    return
                }
                Thread.detachNewThread { service.serve(connection) }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var url: String { "http://127.0.0.1:\(port)/v1/embeddings" }
    /// Heads and bodies of the requests so far.
    var requests: [String] { bodies.withLock { $0 } }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            text += buffer[..<count]
            let all = String(decoding: text, as: UTF8.self)
            guard let end = all.range(of: "\r\n\r\n") else { continue }
            let head = all[..<end.lowerBound]
            let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: ":")[1].trimmingCharacters(in: .whitespaces)) }
            guard all[end.upperBound...].utf8.count >= length ?? 0 else { continue }
            bodies.withLock { $0.append(all) }
            text = []
            switch act(String(all[end.upperBound...])) {
            case .silence: while recv(connection, &buffer, buffer.count, 0) > 0 {}
            case .raw(let raw): _ = raw.withCString { send(connection, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
            case .answer(let status, let headers, let body):
                let lines = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)"] + headers
                let raw = lines.joined(separator: "\r\n") + "\r\n\r\n" + body
                _ = raw.withCString { send(connection, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
                continue
            }
            return
        }
    }
}
