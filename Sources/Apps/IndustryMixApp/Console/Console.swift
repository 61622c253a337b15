import Foundation
import Synchronization
import WebCommon

/// What a command writes: results on stdout, everything about the work on stderr.
enum Console {
    /// Writes a line of the result.
    static func out(_ text: String) {
        write(text + "\n", to: .standardOutput)
    }

    /// Writes a JSON document as the result.
    static func out(_ value: WebCommon.JSONValue) {
        write(value.indentedText + "\n", to: .standardOutput)
    }

    /// Says something to the person who watches.
    static func note(_ text: String) {
        write(text + "\n", to: .standardError)
    }

    /// Writes bytes as they are.
    static func out(_ bytes: [UInt8]) {
        try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }

    /// Says what went wrong.
    static func report(_ failure: Failure, asJSON: Bool) {
        if asJSON {
            note(
                WebCommon.JSONValue.members([
                    "error": .string(failure.what), "advice": .optional(failure.advice),
                    "exit": .integer(Int(failure.status.rawValue)),
                ]).text)
            return
        }
        note("Error: " + failure.what)
        if let advice = failure.advice { note(advice) }
    }

    static var errorsGoToTerminal: Bool { isatty(2) == 1 }
    static var outputGoesToTerminal: Bool { isatty(1) == 1 }

    /// A reader that went away (`industrymix ... | head`) is no error.
    private static func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data(text.utf8))
    }
}

/// A bar on a terminal's stderr for work that takes long; silent elsewhere.
final class ProgressBar: Sendable {
    private struct State {
        var lastShown = ContinuousClock.now - .seconds(1)
        var isShown = false
    }

    private let title: String
    private let isOn: Bool
    private let state = Mutex(State())

    init(_ title: String, isQuiet: Bool = false) {
        self.title = title
        isOn = !isQuiet && Console.errorsGoToTerminal
    }

    /// Shows how far the work is, ten times a second at most.
    func show(_ done: Int, of total: Int? = nil) {
        guard isOn else { return }
        let isDue = state.withLock { state in
            let now = ContinuousClock.now
            guard now - state.lastShown > .milliseconds(100) || done == total else { return false }
            state.lastShown = now
            state.isShown = true
            return true
        }
        guard isDue else { return }
        try? FileHandle.standardError.write(contentsOf: Data(("\r\u{1B}[2K" + Self.line(title, done, total)).utf8))
    }

    /// Clears the line.
    func finish() {
        guard isOn, state.withLock({ $0.isShown }) else { return }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[2K".utf8))
    }

    /// The line of the bar: 24 cells, the share in percent, the counts.
    static func line(_ title: String, _ done: Int, _ total: Int?) -> String {
        guard let total, total > 0 else { return "\(title) \(done)" }
        let cells = min(24, done * 24 / total)
        let bar = String(repeating: "=", count: cells) + String(repeating: " ", count: 24 - cells)
        return "\(title) [\(bar)] \(min(100, done * 100 / total)) % (\(done)/\(total))"
    }
}
