import Delivery
import Foundation
import Testing

/// Our payloads and signatures before judges that nobody here wrote: the vendors' own libraries and schemas.
@Suite struct `Ten thousand texts` {
    private static let seed: UInt64 = 20_261_122
    /// Platforms that somebody else can judge.
    private static let judged: [DeliveryPlatform] = [.slack, .mattermost, .teams, .discord, .generic]

    @Test func `are accepted by the vendors' own libraries`() throws {
        guard let python = ProcessInfo.processInfo.environment["INDUSTRYMIX_TEST_PYTHON"] else {
            Issue.record(
                "SKIPPED: INDUSTRYMIX_TEST_PYTHON names no Python with what Tests/Tools/requirements.txt lists",
                severity: .warning)
            return
        }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("payloads-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let (lines, notices, texts) = try oracleLines()
        try Data(lines).write(to: file)

        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Oracles/check_payloads.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = [script.path, file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        print("seed \(Self.seed): \(texts) texts in \(notices) notices; \(said)")
        #expect(process.terminationStatus == 0, "\(said)")
        #expect(texts >= 10_000)
        for platform in ["slack", "mattermost", "teams", "discord", "signed"] {
            #expect(said.contains("\(notices) \(platform)"))
        }
    }

    /// One line per payload: the very bytes as text, and for generic ones what signs them. Secrets are two, as while
    /// keys are exchanged.
    private func oracleLines() throws -> (lines: [UInt8], notices: Int, texts: Int) {
        var texts = NastyTexts(seed: Self.seed)
        var random = Seeded(Self.seed)
        var lines: [UInt8] = []
        var number = 0
        let now = Int64(Date().timeIntervalSince1970)
        while texts.made < 10_000 {
            let content = try texts.content()
            for platform in Self.judged {
                let payload = platform.payload(for: content)
                var members = [
                    JSONMember("platform", .string(platform.rawValue)),
                    JSONMember("body", .string(String(decoding: payload, as: UTF8.self))),
                ]
                if platform.signs {
                    let secrets = (0..<2).map { _ in WebhookSecret.generate(using: &random) }
                    let headers = try StandardSignature.headers(
                        id: "dlv_\(number)", seconds: now, body: payload, secrets: secrets)
                    members.append(
                        JSONMember("headers", .object(headers.map { JSONMember($0.name, .string($0.value)) })))
                    members.append(JSONMember("secrets", .array(secrets.map { .string($0.text) })))
                }
                lines += JSONValue.object(members).bytes + [0x0a]
            }
            number += 1
        }
        return (lines, number, texts.made)
    }
}
