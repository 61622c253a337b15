import ArgumentParser
import Exchange
import Foundation
import Logging
import Operations
import Store
import WebCommon

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the exchange: API, matching, alerts.",
        discussion: """
            Runs until SIGTERM or Ctrl-C, then lets requests and deliveries under way end for up to 5 seconds.
            Logs go to stderr, one line each. API reference: http://HOST:PORT/api/v1
            """)

    @Option(help: "The address to listen on (key server.host).") var host: String?
    @Option(help: "The port; 0 takes a free one (key server.port).") var port: Int?
    @Option(help: ArgumentHelp("Write the port that is listened on to this file.", valueName: "file"))
    var portFile: String?
    @Flag(help: "If there is no exchange yet, make one and write its token to DATA/administrator.token.")
    var firstStart = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let flags = (host.map { ["server.host=\($0)"] } ?? []) + (port.map { ["server.port=\($0)"] } ?? [])
        let configuration = try common.configuration(adding: flags)
        Logger.setUp(configuration)
        let directory = DataDirectory(configuration)
        if !directory.exists {
            guard firstStart else {
                throw Failure(
                    .notFound, "There is no exchange in \(directory.path).",
                    "Make one with `industrymix init --data \(directory.path) --email you@example.jp`, or start with "
                        + "--first-start to have it made now.")
            }
            try await Self.makeFirst(configuration)
        }
        let exchange = try await OpenExchange.open(configuration)
        do {
            let lock = try await ServeLock.forService(directory)
            try await Service(exchange: exchange, portFile: portFile).run()
            lock.release()
        } catch {
            await exchange.store.close()
            throw Self.explained(error, configuration)
        }
        await exchange.store.close()
    }

    private static func makeFirst(_ configuration: AppConfiguration) async throws {
        let founding = Founding(
            email: try EmailAddress("administrator@example.invalid"), name: "Administrator",
            organization: configuration.exchange.name, kind: .support, region: nil)
        let (exchange, _, issued) = try await founding.found(configuration)
        await exchange.store.close()
        let file = configuration.dataDirectory + "/administrator.token"
        try PrivateFile.write(issued.secret + "\n", to: file)
        Console.note("Made a new exchange in \(configuration.dataDirectory); the administrator's token is in \(file).")
    }

    private static func explained(_ error: any Error, _ configuration: AppConfiguration) -> any Error {
        let text = "\(error)"
        if text.contains("EADDRINUSE") || text.contains("errno: 98") {
            return Failure(
                .conflict, "Port \(configuration.port) on \(configuration.host) is in use.",
                "Stop what listens there, or choose another with --port (0 takes a free one).")
        }
        if text.contains("errno: 99") || text.contains("errno: 13") {
            return Failure(
                .usage, "\(configuration.host):\(configuration.port) cannot be listened on: \(text)",
                "Ports below 1024 need rights, and the address must be one of this machine's.")
        }
        return error
    }
}
