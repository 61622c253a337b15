import Synchronization
import WebCommon

/// The last messages, in memory and, when the application gives a way to append lines, in a file.
package final class MessageShelf: Sendable {
    /// Messages kept in memory.
    package static let capacity = 500

    private struct State {
        var messages: [ReceivedMessage] = []
        var lastNumber = 0
    }

    private let state: Mutex<State>
    private let append: @Sendable (String) throws -> Void

    /// - Parameters:
    ///   - lines: What was appended before, oldest first; lines that cannot be read are passed over.
    ///   - append: Writes one line at the end of the file; what it throws is answered with 500 to the sender.
    package init(lines: [String] = [], append: @escaping @Sendable (String) throws -> Void = { _ in }) {
        let earlier = lines.compactMap { line in
            (try? JSONParser.parse(line)).flatMap(ReceivedMessage.init(record:))
        }
        state = Mutex(
            State(messages: Array(earlier.suffix(Self.capacity)), lastNumber: earlier.map(\.number).max() ?? 0))
        self.append = append
    }

    /// Oldest first.
    package var messages: [ReceivedMessage] { state.withLock { $0.messages } }

    /// Keeps a message: first in the file, then in memory, so that what was acknowledged is not lost.
    package func receive(
        hook: String, at receivedAt: String, signature: ReceivedMessage.Signature, body: String
    ) throws -> ReceivedMessage {
        try state.withLock { state in
            let message = ReceivedMessage(
                number: state.lastNumber + 1, hook: hook, receivedAt: receivedAt, signature: signature, body: body)
            try append(message.record.text)
            state.lastNumber = message.number
            state.messages.append(message)
            if state.messages.count > Self.capacity { state.messages.removeFirst() }
            return message
        }
    }
}
