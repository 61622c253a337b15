import Foundation

/// An answer as it came over the wire.
struct Answer {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var json: Any? { try? JSONSerialization.jsonObject(with: Data(body)) }
    var object: [String: Any] { json as? [String: Any] ?? [:] }
    var id: String? { object["id"] as? String }
}

struct WireFault: Error {
    let what: String
}

/// One blocking connection that speaks just enough HTTP/1.1: a kill on the other side is seen at once, and nothing
/// retries.
final class Wire {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Connects to a port of this machine.
    init(port: Int, patience seconds: Int = 20) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var wait = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            let words = String(cString: strerror(errno))
            close(descriptor)
            throw WireFault(what: "connect: \(words)")
        }
    }

    deinit { close(descriptor) }

    /// Sends a request and reads its answer.
    func ask(
        _ method: String, _ path: String, token: String? = nil, headers: [String: String] = [:], body: [UInt8]? = nil
    ) throws -> Answer {
        var head = "\(method) \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\n"
        if let token { head += "authorization: Bearer \(token)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "content-length: \(body.count)\r\n" }
        try send(Array((head + "\r\n").utf8) + (body ?? []))
        return try answer()
    }

    /// The same with a JSON body.
    func post(_ path: String, token: String, _ json: [String: Any]) throws -> Answer {
        let body = [UInt8](try JSONSerialization.data(withJSONObject: json))
        return try ask("POST", path, token: token, headers: ["content-type": "application/json"], body: body)
    }

    /// Sends bytes as they are.
    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw WireFault(what: "send: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// Reads one answer.
    func answer() throws -> Answer {
        let head = String(decoding: try take(through: Array("\r\n\r\n".utf8)), as: UTF8.self)
        let lines = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }
        guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw WireFault(what: "no status: \(head.prefix(80))")
        }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces)
        }
        let body: [UInt8] =
            if headers["transfer-encoding"] == "chunked" {
                try chunks()
            } else {
                try take(count: headers["content-length"].flatMap { Int($0) } ?? 0)
            }
        return Answer(status: status, headers: headers, body: body)
    }

    /// Whether the other side closes the connection within the patience.
    func isClosed() -> Bool {
        while true {
            do { try fill() } catch let fault as WireFault { return fault.what.hasPrefix("closed") } catch {
                return false
            }
        }
    }

    private func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let size = String(decoding: try take(through: Array("\r\n".utf8)), as: UTF8.self)
            guard let count = Int(size.trimmingCharacters(in: .whitespacesAndNewlines), radix: 16) else {
                throw WireFault(what: "chunk \(size)")
            }
            body += try take(count: count)
            _ = try take(count: 2)
            if count == 0 { return body }
        }
    }

    private func take(count: Int) throws -> [UInt8] {
        while buffer.count < count { try fill() }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    private func take(through end: [UInt8]) throws -> [UInt8] {
        while true {
            if let place = buffer.firstRange(of: end) { return try take(count: place.upperBound) }
            try fill()
        }
    }

    private func fill() throws {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        if count == 0 { throw WireFault(what: "closed") }
        guard count > 0 else {
            throw WireFault(what: (errno == ECONNRESET ? "closed: " : "recv: ") + String(cString: strerror(errno)))
        }
        buffer += chunk[..<count]
    }
}
