import Foundation
import Glibc
import Synchronization

/// A request as a receiver read it from its socket.
struct Received: Sendable {
    /// From 1, in order of accepting.
    let connection: Int
    /// From 1, on that connection.
    let ordinal: Int
    /// The request line and header lines, without the empty line.
    let head: [String]
    let body: [UInt8]

    /// The value of a header, or nil.
    func header(_ name: String) -> String? {
        let prefix = name.lowercased() + ":"
        let line = head.dropFirst().first { $0.lowercased().hasPrefix(prefix) }
        return line.map { $0.dropFirst(prefix.count).trimmingCharacters(in: .whitespaces) }
    }
}

/// What a receiver does once it has read a request.
enum Behaviour: Sendable {
    /// A complete answer; the connection stays open.
    case answer(Int, headers: [String] = [], body: String = "ok")
    /// These bytes as they are; the connection is closed after them.
    case raw(String)
    /// These bytes once, then a piece again and again until the other side goes away.
    case endless(String, piece: String)
    /// These bytes once, then one byte now and then until the other side goes away.
    case drip(String)
    /// Nothing, until the receiver is stopped.
    case silence
    /// An orderly close without a byte.
    case close
    /// A reset.
    case reset
    /// Waits until the gate is opened, then answers 200.
    case gated(Gate)
}

/// Holds threads back until it is opened.
final class Gate: Sendable {
    private let isOpen = Atomic<Bool>(false)

    func open() { isOpen.store(true, ordering: .releasing) }
    func wait() { while !isOpen.load(ordering: .acquiring) { usleep(2000) } }
}

/// A real receiver on a loopback port of its own: plain sockets and a thread per connection, nothing of the code under
/// test.
final class Receiver: Sendable {
    private struct State {
        var connections = 0
        var requests: [Received] = []
        var sockets: Set<Int32> = []
        var stopped = false
    }

    let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let behave: @Sendable (Received) -> Behaviour

    init(_ behave: @escaping @Sendable (Received) -> Behaviour) throws {
        self.behave = behave
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                bind(listener, name, length) == 0 && listen(listener, 512) == 0
                    && getsockname(listener, name, &length) == 0
            }
        }
        guard bound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { self.acceptAll() }
    }

    deinit { close(listener) }

    var requests: [Received] { state.withLock { $0.requests } }
    var connections: Int { state.withLock { $0.connections } }
    func url(_ path: String = "/hook") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Ends all threads and connections.
    func stop() {
        let sockets = state.withLock { state in
            state.stopped = true
            return state.sockets
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private var isStopped: Bool { state.withLock { $0.stopped } }

    private func acceptAll() {
        while true {
            let socket = accept(listener, nil, nil)
            guard socket >= 0 else { return }
            let number = state.withLock { state in
                state.connections += 1
                state.sockets.insert(socket)
                return state.connections
            }
            Thread.detachNewThread {
                self.serve(socket, number)
                self.state.withLock { _ = $0.sockets.remove(socket) }
                close(socket)
            }
        }
    }

    private func serve(_ socket: Int32, _ number: Int) {
        var ordinal = 0
        while let (head, body) = Self.readRequest(socket) {
            ordinal += 1
            let received = Received(connection: number, ordinal: ordinal, head: head, body: body)
            state.withLock { $0.requests.append(received) }
            guard act(behave(received), on: socket) else { return }
        }
    }

    /// Whether the connection goes on.
    private func act(_ behaviour: Behaviour, on socket: Int32) -> Bool {
        switch behaviour {
        case .answer(let status, let headers, let body):
            let lines = ["HTTP/1.1 \(status) X", "Content-Length: \(body.utf8.count)"] + headers
            return Self.write(lines.joined(separator: "\r\n") + "\r\n\r\n" + body, to: socket)
        case .raw(let text):
            _ = Self.write(text, to: socket)
            return false
        case .endless(let text, let piece):
            guard Self.write(text, to: socket) else { return false }
            while Self.write(piece, to: socket) {}
            return false
        case .drip(let text):
            guard Self.write(text, to: socket) else { return false }
            while Self.write("x", to: socket), !isStopped { usleep(20_000) }
            return false
        case .silence:
            while !isStopped { usleep(5000) }
            return false
        case .close:
            return false
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            return false
        case .gated(let gate):
            gate.wait()
            return act(.answer(200), on: socket)
        }
    }

    private static func write(_ text: String, to socket: Int32) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func readRequest(_ socket: Int32) -> (head: [String], body: [UInt8])? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        var headEnd: Int?
        var needed = 0
        while true {
            if headEnd == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                headEnd = end.upperBound
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
                let line = head.components(separatedBy: "\r\n").first { $0.hasPrefix("content-length:") }
                needed = line.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
            }
            if let headEnd, bytes.count >= headEnd + needed {
                let head = String(decoding: bytes[..<(headEnd - 4)], as: UTF8.self)
                return (head.components(separatedBy: "\r\n"), Array(bytes[headEnd..<(headEnd + needed)]))
            }
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            bytes += chunk[..<count]
        }
    }
}

/// A port on which nothing listens: it was bound a moment ago, and nothing else on the machine knows its number.
func freePort() throws -> Int {
    let receiver = try Receiver { _ in .close }
    receiver.stop()
    return receiver.port
}
