import ArgumentParser
import Exchange
import Foundation
import Logging
import Operations
import Store
import WebCommon

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a new, empty exchange.",
        discussion: """
            Makes the data directory, the key file (mode 0600), the database, the organization that runs the exchange and
            its first administrator, and prints that person's token and a link to sign in to the console, this once.

              industrymix init --email you@example.jp --name 山田花子 --organization 鳥取県商工労働部
            """)

    @Option(help: "The administrator's mail address.") var email: String
    @Option(help: "The administrator's name.") var name = "Administrator"
    @Option(help: "The organization that runs the exchange; the exchange's name if left out.") var organization: String?
    @Option(help: "What kind of body it is.") var kind = Organization.Kind.support
    @Option(help: "Its region, such as JP-31.") var region: String?
    @Option(help: ArgumentHelp("Write the token to this file (mode 0600) instead of the terminal.", valueName: "file"))
    var tokenFile: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let configuration = try common.configuration()
        LoggingSystem.bootstrap { LineLogHandler(label: $0, asJSON: false, level: .warning) }
        let founding = Founding(
            email: try EmailAddress(email), name: name,
            organization: organization ?? configuration.exchange.name, kind: kind,
            region: try region.map { try RegionCode($0) })
        let (exchange, person, issued) = try await founding.found(configuration)
        let link = try await exchange.office.makeSignInLink(for: person.id, by: .system("init"))
        let address = SignInAddress.of(link, in: exchange)
        await exchange.store.close()
        if let tokenFile { try PrivateFile.write(issued.secret + "\n", to: tokenFile) }
        if common.json {
            Console.out(
                .members([
                    "data": .string(configuration.dataDirectory), "administrator": View.participant(person),
                    "token": View.token(issued.token), "secret": tokenFile == nil ? .string(issued.secret) : .null,
                    "token_file": .optional(tokenFile), "sign_in_link": .string(address),
                ]))
            return
        }
        Console.note("A new exchange stands in \(configuration.dataDirectory).")
        Console.note("Its key is \(configuration.keyFile): back it up, apart from the database.")
        Console.note("\(person.profile.name) <\(person.profile.email.text)> is its administrator.")
        if let tokenFile {
            Console.note("The administrator's token is in \(tokenFile).")
        } else {
            Console.note("The administrator's token, shown this once:")
            Console.out(issued.secret)
        }
        Console.note("Once the service runs, this link signs the administrator in to the console, once, within 3 days:")
        Console.note("  " + address)
        Console.note("Next: industrymix import participants FILE.csv, then industrymix serve")
    }
}

/// Makes an exchange.
struct Founding {
    let email: EmailAddress
    let name: String
    let organization: String
    let kind: Organization.Kind
    let region: RegionCode?

    /// The open exchange, its administrator and the token. What is invalid is refused before a file is made.
    func found(
        _ configuration: AppConfiguration
    ) async throws -> (exchange: OpenExchange, administrator: Participant, token: IssuedToken) {
        let directory = DataDirectory(configuration)
        let taxonomy = try OpenExchange.taxonomy(configuration)
        let home = try Organization.Profile(name: organization, kind: kind, region: region).checked(against: taxonomy)
        let person = try Participant.Profile(
            name: name, email: email, language: configuration.exchange.defaultLanguage
        ).checked()
        try directory.create()
        if !directory.exists { try directory.createKey(.system) }
        let exchange = try await OpenExchange.open(configuration)
        do {
            let (administrator, token) = try await exchange.office.found(organization: home, administrator: person)
            return (exchange, administrator, token)
        } catch {
            await exchange.store.close()
            if case Refusal.conflict = error {
                throw Failure(
                    .conflict, "\(configuration.dataDirectory) already holds an exchange with participants.",
                    "Use it, or choose another folder with --data.")
            }
            throw error
        }
    }
}

/// Files that hold a secret.
enum PrivateFile {
    /// Writes a text readable by the owner only, over what was there.
    static func write(_ text: String, to path: String) throws {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(
                .fault, "\(path) cannot be written: \(String(cString: strerror(errno)))", "Choose another place.")
        }
        try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(text.utf8))
    }
}
