import ArgumentParser
import Exchange
import Foundation
import Logging
import Operations
import Store
import WebCommon

/// JSON as the commands write it.
typealias JSON = WebCommon.JSONValue

/// Flags that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Read settings from this YAML file.", valueName: "file"))
    var config: String?

    @Option(name: .long, help: ArgumentHelp("The folder of the exchange (key data.directory).", valueName: "folder"))
    var data: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Set one key, such as --set server.port=9000. May be repeated.", valueName: "key=value"))
    var assignments: [String] = []

    @Flag(name: .long, help: "Write the result as JSON on stdout, and errors as JSON on stderr.")
    var json = false

    /// The configuration from all sources. Without --config, an `industrymix.yaml` in the data directory is read.
    func configuration(adding flags: [String] = []) throws -> AppConfiguration {
        let environment = ProcessInfo.processInfo.environment
        let named = config ?? environment["INDUSTRYMIX_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        let folder = data ?? environment["INDUSTRYMIX_DATA_DIRECTORY"] ?? "data"
        let own = folder + "/industrymix.yaml"
        let found = named ?? (FileManager.default.fileExists(atPath: own) ? own : nil)
        return try AppConfiguration(
            ConfigurationSources(
                file: found, environment: environment,
                assignments: assignments + (data.map { ["data.directory=\($0)"] } ?? []) + flags))
    }
}

/// Who acts in a command.
struct ActorOptions: ParsableArguments {
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp(
            "Act as this person, by mail address or identifier, with the rights of their role. Without it the command "
                + "has an administrator's rights and the log says \"system:cli\".", valueName: "person"))
    var person: String?

    /// The actor; throws when there is no such person or they have not joined.
    func actor(in exchange: OpenExchange) async throws -> Actor {
        guard let person else { return .system("cli") }
        let found = try await exchange.person(person)
        guard found.status == .active || found.status.word == "paused" else {
            throw Failure(
                .refused, "\(found.profile.name) is \(found.status.word) and cannot act.",
                "Name somebody who takes part.")
        }
        return Actor(
            reference: .participant(found.id), organization: found.organization, role: found.role,
            scopes: Set(AccessToken.Scope.allCases))
    }
}

/// Which stretch of a list is wanted.
struct PageOptions: ParsableArguments {
    @Option(name: .long, help: "At most so many, 1 to 200.")
    var limit: Int = 50

    @Option(
        name: .long, help: ArgumentHelp("Go on after this identifier (\"next\" of the page before).", valueName: "id"))
    var after: String?

    @Flag(name: .long, help: "Everything, not only one page.")
    var all = false

    func validate() throws {
        guard (1...200).contains(limit) else { throw ValidationError("--limit takes 1 to 200.") }
    }

    /// Reads one page, or all of them.
    func read<Item: Sendable>(_ page: (PageRequest) async throws -> Page<Item>) async throws -> Page<Item> {
        var request = PageRequest(limit: all ? PageRequest.largest : limit, after: after)
        var items: [Item] = []
        while true {
            let found = try await page(request)
            items += found.items
            guard all, let next = found.next else { return Page(items: items, next: found.next) }
            request = PageRequest(limit: PageRequest.largest, after: next)
        }
    }
}

/// A command that works on an open exchange.
protocol ExchangeCommand: AsyncParsableCommand {
    var common: CommonOptions { get }
    var acting: ActorOptions { get }
    func run(in exchange: OpenExchange, by actor: Actor) async throws
}

extension ExchangeCommand {
    mutating func run() async throws {
        let configuration = try common.configuration()
        LoggingSystem.bootstrap { LineLogHandler(label: $0, asJSON: false, level: .warning) }
        let exchange = try await OpenExchange.open(configuration)
        do {
            try await run(in: exchange, by: try await acting.actor(in: exchange))
        } catch {
            await exchange.store.close()
            throw error
        }
        await exchange.store.close()
    }
}

extension ExchangeCommand {
    /// Shows one thing: as JSON, or as lines of name and value.
    func show(_ value: JSON) {
        if common.json { Console.out(value) } else { Console.out(Sheet.text(value)) }
    }

    /// Shows a list: as JSON with `items` and `next`, or as a table.
    func show<Item>(_ page: Page<Item>, _ header: [String], json: (Item) -> JSON, cells: (Item) -> [String]) {
        if common.json {
            Console.out(.members(["items": .array(page.items.map(json)), "next": .optional(page.next)]))
            return
        }
        var table = TextTable(header)
        for item in page.items { table.add(cells(item)) }
        if table.isEmpty { Console.note("Nothing found.") } else { Console.out(table.text) }
        if let next = page.next { Console.note("More: repeat with --after \(next), or with --all.") }
    }
}

/// Lines of name and value.
enum Sheet {
    /// The members of an object, one a line; nested ones indented.
    static func text(_ value: JSON) -> String { lines(value, indent: "").joined(separator: "\n") }

    private static func lines(_ value: JSON, indent: String) -> [String] {
        guard let object = value.object else { return [indent + scalar(value)] }
        let width = object.names.map { TextTable.width($0) }.max() ?? 0
        var result: [String] = []
        for (name, member) in object.members where !member.isNull {
            let title = indent + name + String(repeating: " ", count: width - TextTable.width(name)) + "  "
            if let inner = member.object {
                if inner.count > 0 { result += [indent + name] + lines(member, indent: indent + "  ") }
            } else if let list = member.array {
                if list.contains(where: { $0.object != nil }) {
                    result.append(indent + name)
                    for item in list { result += ["\(indent)  -"] + lines(item, indent: indent + "    ") }
                } else if !list.isEmpty {
                    result.append(title + list.map(scalar).joined(separator: ", "))
                }
            } else {
                let hanging = "\n" + indent + String(repeating: " ", count: width + 2)
                result.append(title + scalar(member).replacing("\n", with: hanging))
            }
        }
        return result
    }

    private static func scalar(_ value: JSON) -> String {
        if let text = value.string { return TextTable.harmless(text) }
        return value.text
    }
}
