import Foundation
import Testing

/// An exchange in a folder of its own, and the service over it.
final class Served {
    let folder: String
    var data: String { folder + "/data" }
    private(set) var token = ""
    private(set) var port = 0
    private var process: Process?
    /// Settings for every command, as `--set` takes them.
    var settings: [String]

    /// Makes an exchange; nothing is served yet.
    init(in folder: String, settings: [String] = []) throws {
        self.folder = folder
        // The tests are one client in a hurry.
        self.settings = settings + ["api.requests_per_second=100000", "api.burst=100000"]
        let made = try run(["init", "--email", "admin@example.jp", "--token-file", folder + "/token"])
        try #require(made.status == 0, "\(made.err)")
        token = try String(contentsOfFile: folder + "/token", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A copy of an exchange that is not served.
    init(copying other: Served, to folder: String) throws {
        self.folder = folder
        settings = other.settings
        token = other.token
        try FileManager.default.copyItem(atPath: other.data, toPath: folder + "/data")
    }

    /// Another service over the exchange of the first: they share the settings, which name a server's database.
    init(beside first: Served, in folder: String) throws {
        self.folder = folder
        settings = first.settings
        token = first.token
        try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
    }

    /// An exchange that is served while the body runs.
    static func with<Value>(settings: [String] = [], _ body: (Served) throws -> Value) throws -> Value {
        try withFolder { folder in
            let served = try Served(in: folder, settings: settings)
            try served.start()
            defer { served.kill() }
            return try body(served)
        }
    }

    private var flags: [String] { ["--data", data] + settings.flatMap { ["--set", $0] } }

    /// A command on this exchange.
    @discardableResult
    func run(_ arguments: [String], limitSeconds: Double = 120) throws -> Program.Ending {
        try Program.run(arguments + flags, limitSeconds: limitSeconds)
    }

    /// Starts the service and waits until it answers.
    func start(under: [String] = []) throws {
        let portFile = folder + "/port"
        try? FileManager.default.removeItem(atPath: portFile)
        let process = try Program.start(
            under + [Program.binary, "serve", "--port", "0", "--port-file", portFile] + flags,
            out: folder + "/serve.out", err: folder + "/serve.err")
        self.process = process
        let listens = eventually(within: 60) {
            guard process.isRunning else { return true }
            let text = (try? String(contentsOfFile: portFile, encoding: .utf8)) ?? ""
            port = text.hasSuffix("\n") ? Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0 : 0
            return port > 0
        }
        try #require(listens && process.isRunning && port > 0, "\(log.suffix(2_000))")
    }

    /// What the service wrote on stderr.
    var log: String { (try? String(contentsOfFile: folder + "/serve.err", encoding: .utf8)) ?? "" }
    var isRunning: Bool { process?.isRunning ?? false }
    var processIdentifier: Int32 { process?.processIdentifier ?? 0 }

    /// Asks it to stop; how long that took and with which exit code.
    func stop() -> (seconds: Double, status: Int32) {
        guard let process else { return (0, 0) }
        let start = Date()
        process.terminate()
        let watchdog = Watchdog(process.processIdentifier, seconds: 30)
        process.waitUntilExit()
        watchdog.cancel()
        self.process = nil
        return (Date().timeIntervalSince(start), process.terminationStatus)
    }

    /// Kills it without a warning.
    func kill() {
        guard let process else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    func wire() throws -> Wire { try Wire(port: port) }

    /// A draft through the API.
    func draft(_ title: String, over wire: Wire, externalID: String? = nil) throws -> Answer {
        var content: [String: Any] = [
            "kind": "need", "title": title, "summary": "\(title) の概要", "language": "ja", "fields": ["food-processing"],
        ]
        content["external_id"] = externalID
        return try wire.post("/api/v1/postings", token: token, content)
    }

    /// A published posting through the API; its identifier if both steps were acknowledged.
    func publish(_ title: String, over wire: Wire) throws -> String? {
        let made = try draft(title, over: wire)
        guard made.status == 201, let id = made.id else { return nil }
        let published = try wire.ask("POST", "/api/v1/postings/\(id)/publication", token: token)
        return published.status == 200 ? id : nil
    }

    /// A signed channel to a receiver that hears of every new posting.
    func addChannel(to receiver: Receiver, name: String = "hook") throws {
        let made = try run([
            "channels", "add", name, "--platform", "generic", "--address", "http://127.0.0.1:\(receiver.port)/hook",
            "--topic", "postings",
        ])
        try #require(made.status == 0, "\(made.err)")
    }

    /// One value from the database, read by SQLite's own program while nothing is served.
    func query(_ sql: String) throws -> String {
        try Program.command(["sqlite3", data + "/industrymix.sqlite", sql]).out
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// All tests of the built program, one after the other: they measure and kill.
@Suite(.serialized) struct `The built program` {}

extension Served {
    /// A signed channel at a port of this machine.
    func addChannel(_ name: String, port: Int) throws {
        let made = try run([
            "channels", "add", name, "--platform", "generic", "--address", "http://127.0.0.1:\(port)/\(name)",
        ])
        try #require(made.status == 0, "\(made.err)")
    }

    /// The identifiers of all channels by name.
    func channels(over wire: Wire) throws -> [String: String] {
        let items = try wire.ask("GET", "/api/v1/channels", token: token).object["items"] as? [[String: Any]] ?? []
        return Dictionary(
            uniqueKeysWithValues: items.map { ($0["name"] as? String ?? "", $0["id"] as? String ?? "") })
    }

    /// The identifier of the first organization.
    func organization(over wire: Wire) throws -> String {
        let found = try wire.ask("GET", "/api/v1/organizations", token: token).object["items"] as? [[String: Any]]
        return try #require(found?.first?["id"] as? String)
    }
}
