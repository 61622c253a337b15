import HTTPTypes
package import Hummingbird
import NIOCore

/// Reads request bodies within bounds of size and time.
package struct BodyReader: Sendable {
    /// Most bytes taken.
    package let limit: Int
    /// Longest time from the head of the request to the end of its body.
    package let patience: Duration

    package init(limit: Int, patience: Duration = .seconds(30)) {
        self.limit = limit
        self.patience = patience
    }

    /// All bytes of the body. Throws `too-large` as soon as the bound is passed, announced or not, and
    /// `request-timeout`.
    package func read(_ request: Request) async throws -> [UInt8] {
        if let announced = request.headers[.contentLength].flatMap(Int.init) {
            if announced > limit { throw tooLarge }
            if announced == 0 { return [] }
        }
        let body = request.body
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                for try await buffer in body {
                    if bytes.count + buffer.readableBytes > limit { throw tooLarge }
                    bytes.append(contentsOf: buffer.readableBytesView)
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: patience)
                throw Problem(.requestTimeout)
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    private var tooLarge: Problem {
        Problem(.tooLarge, "The body is larger than the \(limit) bytes that this address takes, so nothing was done.")
    }
}
