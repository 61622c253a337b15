import Delivery
import Foundation
import Glibc
import Sender
import Testing

/// A real mail server that follows a script; nothing of it is ours.
private final class MailServerProcess {
    struct Taken: Decodable {
        let from: String?
        let to: [String]
        let tls: Bool
        let user: String?
        let content: String?

        var bytes: [UInt8]? { content.flatMap { Data(base64Encoded: $0) }.map { [UInt8]($0) } }
    }

    let port: Int
    let certificate: String
    private let process = Process()
    private let folder: String

    /// Nil, with a line that says so, when there is no Python with aiosmtpd.
    init?(_ script: String, user: String? = nil) throws {
        guard let python = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_PYTHON"] else {
            print("SKIPPED: tests against a real mail server. Set INDUSTRYMIX_TEST_PYTHON (see Deploy/test).")
            return nil
        }
        folder = FileManager.default.temporaryDirectory.path + "/mail-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        certificate = folder + "/certificate.pem"
        let tool = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Tools/smtp_server.py").path
        var arguments = [tool, script, folder + "/taken"]
        if let user {
            let making = Process()
            making.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            // Of its own: another test changes the environment, which must not be read meanwhile.
            making.environment = ["PATH": "/usr/bin:/bin"]
            making.arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=mail", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                folder + "/key.pem", "-out", certificate,
            ]
            making.standardError = FileHandle.nullDevice
            try making.run()
            making.waitUntilExit()
            arguments += [certificate, folder + "/key.pem", user, "secret"]
        }
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: python)
        // Of its own: another test changes the environment, which must not be read meanwhile.
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
        let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)), "no mail server: \(line)")
    }

    var taken: [Taken] {
        let text = (try? String(contentsOfFile: folder + "/taken", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Taken.self, from: Data($0.utf8)) }
    }

    func stop() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
    }
}

private let letter = Letter(
    .notice, language: .en, subject: "Hello", paragraphs: ["first", ".", "..dots", "last."], source: "Mix",
    reference: "R")

private func mail(
    _ port: Int, _ encryption: MailEncryption = .none, account: MailServer.Account? = nil,
    timeouts: WireTimeouts = patient, allowing: [String] = ["127.0.0.1"], host: String = "127.0.0.1"
) throws -> WireRequest {
    let server = try #require(
        MailServer(
            host: host, port: port, encryption: encryption, account: account, allowing: HostAllowance(allowing)))
    let from = try MailBox("mix@example.jp", name: "Mix")
    let to = try MailBox("hana@example.jp", name: "Hana")
    return WireRequest(
        id: "delivery_1", by: MailEnvelope(server: server, from: from, to: to),
        message: MIMEMessage(letter, from: from, to: to, id: "delivery_1", moment: 0).bytes, timeouts: timeouts)
}

/// Sends so many mails one after the other and tells what became of each, and what the server saw.
private func outcomes(
    _ script: String, count: Int = 1
) async throws -> (outcomes: [WireOutcome], taken: [MailServerProcess.Taken])? {
    guard let server = try MailServerProcess(script) else { return nil }
    let sender = try CurlSender()
    var found: [WireOutcome] = []
    for _ in 0..<count { found.append(await sender.send(try mail(server.port))) }
    await sender.shutdown(drainingFor: .zero)
    defer { server.stop() }
    return (found, server.taken)
}

private func verdict(_ outcome: WireOutcome) -> Verdict { DeliveryJudge.verdict(on: outcome, from: .mail, now: 0) }

@Suite struct `A mail on the wire` {
    @Test func `arrives byte for byte, dots and all, with one envelope each`() async throws {
        guard let (outcomes, taken) = try await outcomes("[{}]", count: 3) else { return }
        for outcome in outcomes { #expect(verdict(outcome).word == "delivered") }
        #expect(taken.count == 3)
        let message = try mail(25).body
        for one in taken {
            #expect(one.from == "mix@example.jp" && one.to == ["hana@example.jp"])
            #expect(one.bytes == message)
        }
    }

    @Test(arguments: [
        ("[{\"rcpt\":\"451 4.7.1 Greylisted\"},{}]", "retry", "mail.later", 451),
        ("[{\"rcpt\":\"550 5.1.1 Unknown\"}]", "channelStops", "mail.address", 550),
        ("[{\"rcpt\":\"550 5.7.1 Not from you\"}]", "dead", "mail.refused", 550),
        ("[{\"data\":\"452 4.3.1 Full\"},{}]", "retry", "mail.later", 452),
        ("[{\"data\":\"554 5.6.0 No\"}]", "dead", "mail.refused", 554),
    ])
    func `is judged by what the server answers`(
        _ script: String, _ word: String, _ code: String, _ status: Int
    ) async throws {
        guard let (outcomes, taken) = try await outcomes(script, count: 2) else { return }
        #expect(verdict(outcomes[0]).word == word)
        #expect(verdict(outcomes[0]).reason.code == code)
        #expect(try answer(outcomes[0]).status == status)
        #expect(verdict(outcomes[1]).word == (word == "retry" ? "delivered" : word))
        #expect(taken.count == 2)
    }

    @Test func `is in doubt when the server takes it all and goes away without an answer`() async throws {
        guard let (outcomes, taken) = try await outcomes("[{\"data\":\"close\"}]") else { return }
        guard case .ambiguous = outcomes[0].result else {
            Issue.record("\(outcomes[0].result)")
            return
        }
        #expect(taken.count == 1, "it was sent once")
    }

    @Test func `does not leave without TLS where that is required, nor for a server nobody allowed`() async throws {
        guard let server = try MailServerProcess("[{}]") else { return }
        defer { server.stop() }
        let sender = try CurlSender()
        let plain = await sender.send(try mail(server.port, .required))
        let refused = await sender.send(try mail(server.port, allowing: []))
        let nobody = await sender.send(try mail(try freePort()))
        await sender.shutdown(drainingFor: .zero)
        #expect(plain.result == .notSent(.tlsFailed))
        #expect(nobody.result == .notSent(.connectionFailed))
        guard case .refused(.addressNotPublic("127.0.0.1", _)) = refused.result else {
            Issue.record("\(refused.result)")
            return
        }
        #expect(server.taken.isEmpty)
    }

    @Test func `signs in only behind TLS, and a wrong password is nobody's fault but ours`() async throws {
        guard let server = try MailServerProcess("[{}]", user: "mix") else { return }
        defer { server.stop() }
        var settings = CurlSenderSettings()
        settings.authorities = server.certificate
        let sender = try CurlSender(settings)
        func send(_ password: String, _ encryption: MailEncryption) async throws -> WireOutcome {
            await sender.send(
                try mail(
                    server.port, encryption, account: MailServer.Account(user: "mix", password: password),
                    allowing: ["localhost"], host: "localhost"))
        }
        let right = try await send("secret", .required)
        let wrong = try await send("guess", .required)
        await sender.shutdown(drainingFor: .zero)
        let stranger = try CurlSender()
        let untrusted = await stranger.send(
            try mail(server.port, .required, allowing: ["localhost"], host: "localhost"))
        await stranger.shutdown(drainingFor: .zero)
        #expect(verdict(right).word == "delivered")
        #expect(verdict(wrong).word == "retry" && verdict(wrong).reason.code == "mail.account")
        #expect(untrusted.result == .notSent(.tlsFailed))
        #expect(server.taken.count == 1)
        #expect(server.taken.first?.tls == true && server.taken.first?.user == "mix")
    }

    @Test func `waits no longer than it may for a server that never greets`() async throws {
        let silent = try Receiver { _ in .silence }
        let sender = try CurlSender()
        let outcome = await sender.send(try mail(silent.port, timeouts: short))
        await sender.shutdown(drainingFor: .zero)
        silent.stop()
        #expect(outcome.result == .notSent(.connectTimedOut))
    }
}
