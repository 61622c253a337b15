import Delivery
import Foundation
import Glibc
import Sender
import Testing

/// A real TLS server: the `openssl` program with a certificate of its own.
private struct TLSServer {
    let process: Process
    let port: Int
    let certificate: URL
    private let directory: URL

    /// Nil when there is no `openssl` program.
    init?(name: String) throws {
        let openssl = URL(fileURLWithPath: "/usr/bin/openssl")
        guard FileManager.default.isExecutableFile(atPath: openssl.path) else { return nil }
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        certificate = directory.appendingPathComponent("certificate.pem")
        let key = directory.appendingPathComponent("key.pem")
        let making = Process()
        making.executableURL = openssl
        // Of its own: another test changes the environment, which must not be read meanwhile.
        making.environment = ["PATH": "/usr/bin:/bin"]
        making.arguments =
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
            + [
                "-subj", "/CN=receiver", "-addext", "subjectAltName=\(name)", "-keyout", key.path, "-out",
                certificate.path,
            ]
        making.standardError = FileHandle.nullDevice
        try making.run()
        making.waitUntilExit()

        port = try freePort()
        process = Process()
        process.executableURL = openssl
        // Of its own: another test changes the environment, which must not be read meanwhile.
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.arguments =
            ["s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate.path, "-key", key.path, "-www", "-quiet"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    func stop() {
        // Not SIGTERM: a program started from a dispatch thread inherits that thread's mask, in which SIGTERM is
        // blocked.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: directory)
    }
}

@Suite struct `A certificate` {
    private func outcome(name: String, trusted: Bool) async throws -> WireOutcome? {
        guard let server = try TLSServer(name: name) else {
            Issue.record("SKIPPED: there is no /usr/bin/openssl to be the receiver", severity: .warning)
            return nil
        }
        defer { server.stop() }
        var settings = CurlSenderSettings()
        if trusted { settings.authorities = server.certificate.path }
        let sender = try CurlSender(settings)
        let request = WireRequest(
            id: "t", url: "https://127.0.0.1:\(server.port)/", method: .get, scope: .privateAllowed)
        var outcome = await sender.send(request)
        for _ in 0..<200 where outcome.result == .notSent(.connectionFailed) {
            try await Task.sleep(for: .milliseconds(20))  // the program needs a moment to listen
            outcome = await sender.send(request)
        }
        await sender.shutdown(drainingFor: .zero)
        return outcome
    }

    @Test func `of nobody we trust ends the request before anything is sent`() async throws {
        guard let outcome = try await outcome(name: "IP:127.0.0.1", trusted: false) else { return }
        #expect(outcome.result == .notSent(.tlsFailed))
    }

    @Test func `for another name ends the request before anything is sent`() async throws {
        guard let outcome = try await outcome(name: "DNS:other.test", trusted: true) else { return }
        #expect(outcome.result == .notSent(.tlsFailed))
    }

    @Test func `that is trusted and fits lets it through`() async throws {
        guard let outcome = try await outcome(name: "IP:127.0.0.1", trusted: true) else { return }
        #expect(try answer(outcome).status == 200)
    }
}
