import Foundation

/// The built program, run as people run it.
enum Program {
    /// Beside the tests, or where INDUSTRYMIX_BINARY says.
    static let binary: String = {
        if let named = ProcessInfo.processInfo.environment["INDUSTRYMIX_BINARY"] { return named }
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
        return tests + "/industrymix"
    }()
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    /// Whether the long tests are to be short.
    static let isFast = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_FAST"] != nil

    /// What a command left behind.
    struct Ending {
        let status: Int32
        let out: String
        let err: String

        var json: Any? { try? JSONSerialization.jsonObject(with: Data(out.utf8)) }
        var object: [String: Any] { json as? [String: Any] ?? [:] }
    }

    /// Runs the program to its end; `under` is put before it, such as `["nice"]`.
    static func run(
        _ arguments: [String], under: [String] = [], environment: [String: String] = [:], limitSeconds: Double = 120
    ) throws -> Ending {
        try command(under + [binary] + arguments, environment: environment, limitSeconds: limitSeconds)
    }

    /// Runs any command to its end. Output goes through files, so that no pipe can fill up.
    static func command(
        _ words: [String], environment: [String: String] = [:], limitSeconds: Double = 120
    ) throws -> Ending {
        let place = FileManager.default.temporaryDirectory.path + "/industrymix-" + UUID().uuidString
        defer { for name in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(place).\(name)") } }
        let process = try start(words, environment: environment, out: place + ".out", err: place + ".err")
        let watchdog = Watchdog(process.processIdentifier, seconds: limitSeconds)
        process.waitUntilExit()
        watchdog.cancel()
        func text(_ name: String) -> String {
            String(decoding: FileManager.default.contents(atPath: "\(place).\(name)") ?? Data(), as: UTF8.self)
        }
        return Ending(status: process.terminationStatus, out: text("out"), err: text("err"))
    }

    /// Starts a command with its output in files.
    static func start(
        _ words: [String], environment: [String: String] = [:], out: String, err: String
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = words
        var inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("INDUSTRYMIX_") }
        // What is installed on the machine must not decide what matches.
        inherited["INDUSTRYMIX_EXCHANGE_DICTIONARIES"] = "off"
        for (name, value) in environment { inherited[name] = value }
        process.environment = inherited
        for path in [out, err] where !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
        let errors = try FileHandle(forWritingTo: URL(fileURLWithPath: err))
        try errors.seekToEnd()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        return process
    }
}

/// Kills a process that outlives its limit, so that a hang fails instead of stopping the whole run.
final class Watchdog: Sendable {
    private let task: Task<Void, Never>

    init(_ process: Int32, seconds: Double) {
        task = Task.detached {
            try? await Task.sleep(for: .seconds(seconds))
            if !Task.isCancelled { kill(process, SIGKILL) }
        }
    }

    func cancel() { task.cancel() }
}

/// Waits until something holds, looking often; false if it never does.
func eventually(within seconds: Double = 20, _ holds: () throws -> Bool) rethrows -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
        if try holds() { return true }
        usleep(20_000)
    }
    return try holds()
}

/// A folder that is there for one test.
func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.path + "/industrymix-system-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}
