import ArgumentParser
import Exchange
import Foundation
import Logging
import Operations
import Store
import WebCommon

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write a checked copy of everything to a new file, while the service runs.",
        discussion: """
            native is SQLite's own file; portable is a text form that SQLite and PostgreSQL both take in. The copy is read
            back and counted before it gets its name. The key file is not in it: back it up apart.

              industrymix backup /var/backups/industrymix/$(date +%F).sqlite
              industrymix backup everything.dump --form portable
            """)

    @Argument(help: ArgumentHelp("The file to write; it must not exist.", valueName: "file")) var file: String
    @Option(help: "The form; native for SQLite and portable for PostgreSQL if left out.") var form: BackupFormArgument?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let configuration = try common.configuration()
        let exchange = try await OpenExchange.open(configuration)
        let usual: BackupForm = configuration.databaseURL == nil ? .native : .portable
        do {
            let report = try await exchange.store.backup(
                to: file, form.flatMap { BackupForm(rawValue: $0.rawValue) } ?? usual)
            await exchange.store.close()
            BackupView.show(report, "Wrote", asJSON: common.json)
            if !common.json { Console.note("Keep a copy of \(configuration.keyFile) in another place.") }
        } catch {
            await exchange.store.close()
            throw error
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Fill the database from a backup. Stop the service first.",
        discussion: """
            All of it or nothing: the backup is checked first. Existing data is kept unless --replace is given. The key
            file must be the one that belonged to the backup.

              industrymix restore /var/backups/industrymix/2026-11-21.sqlite --data /var/lib/industrymix
            """)

    @Argument(help: ArgumentHelp("The backup.", valueName: "file")) var file: String
    @Flag(help: "Take the place of data that is there.") var replace = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let configuration = try common.configuration()
        let directory = DataDirectory(configuration)
        guard FileManager.default.fileExists(atPath: file) else {
            throw Failure(.notFound, "There is no file \(file).", "Name a backup.")
        }
        try directory.create()
        let lock = try ServeLock(directory, for: .service)
        let report: BackupReport
        do {
            report = try await StoredExchange.restore(
                from: file, into: configuration.location(in: directory), replacing: replace ? .existingData : .nothing,
                clock: SystemClock.now)
        } catch StoreFault.backup(let words) where !replace && words.contains("holds data") {
            throw Failure(.conflict, words, "The flag is --replace. Make a backup of what is there first.")
        }
        lock.release()
        BackupView.show(report, "Restored", asJSON: common.json)
        if !directory.exists {
            Console.note("The key file \(directory.keyFile) is missing: put the one that belongs to this backup there.")
        }
    }
}

/// What a backup holds, in words.
private enum BackupView {
    static func show(_ report: BackupReport, _ verb: String, asJSON: Bool) {
        let rows = report.rows.sorted { $0.key < $1.key }
        if asJSON {
            Console.out(
                .members([
                    "file": .string(report.path), "bytes": .integer(report.bytes),
                    "schema": .integer(report.schemaVersion),
                    "rows": .object(JSONObject(rows.map { ($0.key, .integer($0.value)) })),
                ]))
            return
        }
        let total = rows.reduce(0) { $0 + $1.value }
        Console.out(
            "\(verb) \(report.path): \(report.bytes) bytes, schema \(report.schemaVersion), \(total) rows, checked.")
    }
}

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database to this program's schema, and say what was done.",
        discussion: "`serve` and every other command do the same when they start. Make a backup before an upgrade.")

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let configuration = try common.configuration()
        let directory = DataDirectory(configuration)
        guard directory.exists else { throw directory.missing }
        let store = StoredExchange(
            engine: try configuration.location(in: directory).opened(configuration.engineLimits, SystemClock.now))
        do {
            let report = try await store.migrate()
            await store.close()
            if common.json {
                Console.out(
                    .members([
                        "from": .integer(report.from), "to": .integer(report.to), "applied": View.list(report.applied),
                    ]))
            } else if report.applied.isEmpty {
                Console.out("The database is at schema \(report.to) already.")
            } else {
                Console.out("From schema \(report.from) to \(report.to): \(report.applied.joined(separator: ", ")).")
            }
        } catch {
            await store.close()
            throw error
        }
    }
}

extension StoreLocation {
    /// The engine as it is, before any migration.
    func opened(_ limits: EngineLimits, _ clock: @escaping @Sendable () -> Instant) throws -> any StoreEngine {
        switch self {
        case .sqlite(let path): try SQLiteEngine(path: path, limits: limits) { clock().milliseconds }
        case .postgres(let url, let schema):
            try PostgresEngine(PostgresSettings(url: url, schema: schema, limits: limits)) { clock().milliseconds }
        }
    }
}
