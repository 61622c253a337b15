import ArgumentParser
import Delivery
import Exchange
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Synchronization
import WebCommon
import WebPreview

struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "A local page that receives chat webhooks and shows them as a channel would.",
        discussion: """
            Send channels to http://127.0.0.1:PORT/hooks/NAME to try them without a chat service:

              industrymix preview --port 8090 &
              industrymix channels add trial --platform slack --address http://127.0.0.1:8090/hooks/trial \\
                  --set delivery.allowed_hosts=127.0.0.1:8090
            """)

    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port; 0 takes a free one.") var port = 8090
    @Option(help: ArgumentHelp("Keep what was received in this file over restarts.", valueName: "file"))
    var file: String?
    @Option(help: ArgumentHelp("Write the port that is listened on to this file.", valueName: "file"))
    var portFile: String?
    @Option(help: ArgumentHelp("Refuse generic webhooks that are not signed with this key.", valueName: "whsec_..."))
    var signingKey: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        Logger.setUp(try common.configuration())
        let secret = try signingKey.map { text throws -> WebhookSecret in
            do throws(WebhookSecretRefusal) { return try WebhookSecret(text) } catch {
                throw Failure(.usage, "--signing-key: \(error.sentence)", "Copy it from `channels add`.")
            }
        }
        let file = file
        let lines = file.map { path in
            (FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? "")
                .split(separator: "\n").map(String.init)
        }
        let writer = try file.map { try LineFile(path: $0) }
        let shelf = MessageShelf(lines: lines ?? []) { line in try writer?.append(line) }
        let preview = PreviewService(
            shelf: shelf, now: { SystemClock.now().rfc3339 },
            verify: secret.map(Self.verification))
        let portFile = portFile
        let host = host
        let application = Application(
            router: preview.makeRouter(),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                if let portFile { try? PrivateFile.write("\(port)\n", to: portFile) }
                Console.note("Preview: http://\(host):\(port)/  receives at http://\(host):\(port)/hooks/NAME")
            }, logger: Logger(label: "preview"))
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: application)], logger: Logger(label: "lifecycle").quieter))
        let trap = SignalTrap(for: group)
        do { try await group.run() } catch {
            throw Failure(
                .conflict, "The preview cannot listen on \(host):\(port): \(error)", "Choose another port with --port.")
        }
        trap.release()
    }

    /// Checks signatures with the key.
    private static func verification(_ key: WebhookSecret) -> PreviewService.Verification {
        { id, timestamp, signatures, body in
            do {
                try StandardSignature.verify(
                    id: id, timestamp: timestamp, signatures: signatures, body: body, secrets: [key],
                    nowSeconds: SystemClock.now().milliseconds / 1_000)
                return true
            } catch { return false }
        }
    }
}

extension Logger {
    /// The same without the notes of every step.
    var quieter: Logger {
        var logger = self
        if logger.logLevel < .notice { logger.logLevel = .notice }
        return logger
    }
}

/// A file to which lines are added.
private final class LineFile: Sendable {
    private let handle: Mutex<FileHandle>

    init(path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .fault, "\(path) cannot be written: \(String(cString: strerror(errno)))", "Choose another file.")
        }
        handle = Mutex(FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
    }

    func append(_ line: String) throws {
        try handle.withLock { try $0.write(contentsOf: Data((line + "\n").utf8)) }
    }
}
