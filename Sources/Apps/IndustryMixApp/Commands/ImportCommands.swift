import ArgumentParser
import Exchange
import Foundation
import Operations
import Tabular
import WebCommon

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in CSV files that a spreadsheet wrote.",
        discussion: """
            The encoding (UTF-8, CP932, CP949, GB18030) is found by itself and said. Headers may be Japanese, English,
            Korean or Chinese. Importing a file again updates by the external identity instead of doubling.

              industrymix import participants 参加者.csv --dry-run
              industrymix import participants 参加者.csv
              industrymix import postings シーズ.csv ニーズ.csv --publish

            Rows that cannot be taken are written beside the file as FILE.rejected.csv with what to mend in front:
            mend them there and import that file.
            """, subcommands: [Participants.self, Postings.self])
}

struct ImportFlags: ParsableArguments {
    @Argument(help: ArgumentHelp("The files, one after the other.", valueName: "file")) var file: [String]
    @Flag(help: "Only check and show what would happen; write nothing.") var dryRun = false
    @Flag(help: "Write nothing of a file with any rejected row.") var allOrNothing = false
    @Option(help: "UTF-8, CP932, CP949, GB18030, if it was found wrongly.") var encoding: String?
    @Option(help: "The language of what to mend in FILE.rejected.csv; the exchange's if left out.")
    var language: Language?

    func validate() throws {
        if let encoding, TextEncoding(named: encoding) == nil {
            let known = TextEncoding.allCases.map(\.name).joined(separator: ", ")
            throw ValidationError("There is no encoding \"\(encoding)\" here. Known: \(known).")
        }
        if file.isEmpty { throw ValidationError("Name at least one file.") }
    }

    func options(_ exchange: OpenExchange) -> ImportOptions {
        var options = ImportOptions()
        options.encoding = encoding.flatMap(TextEncoding.init(named:))
        options.isTrial = dryRun
        options.isAllOrNothing = allOrNothing
        let spoken = language ?? exchange.configuration.exchange.defaultLanguage
        options.wordsLanguage = WordsLanguage(rawValue: spoken.rawValue) ?? .ja
        return options
    }
}

extension ImportCommand {
    struct Participants: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in participants and their organizations.",
            discussion: "Columns and their values: Config/sample/README.md, with example files beside it.")

        @OptionGroup var flags: ImportFlags
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let options = flags.options(exchange)
            try await ImportRun(flags: flags, asJSON: common.json).run { bytes in
                try await exchange.office.importParticipants(bytes, options, by: actor)
            }
        }
    }

    struct Postings: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in seeds and needs; their owners must be participants.",
            discussion: "Columns and their values: Config/sample/README.md, with example files beside it.")

        @OptionGroup var flags: ImportFlags
        @Flag(help: "Publish what is complete at once, as a coordinator.") var publish = false
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            var options = flags.options(exchange)
            options.publishes = publish
            let chosen = options
            try await ImportRun(flags: flags, asJSON: common.json).run { bytes in
                try await exchange.office.importPostings(bytes, chosen, by: actor)
            }
        }
    }
}

/// Imports files one after the other and says what became of each.
struct ImportRun {
    let flags: ImportFlags
    let asJSON: Bool

    /// A file with fewer rejected rows than this shows each of them on the terminal.
    private static let shownRejections = 20

    func run(_ take: ([UInt8]) async throws -> ImportReport) async throws {
        var documents: [JSON] = []
        var rejected = 0
        let bar = ProgressBar("Importing", isQuiet: asJSON)
        for (index, path) in flags.file.enumerated() {
            bar.show(index, of: flags.file.count)
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Failure(.notFound, "The file \(path) cannot be read.", "Check its name and its permissions.")
            }
            let report: ImportReport
            do { report = try await take([UInt8](data)) } catch let fault as ImportFault {
                throw Failure(
                    .refused, "\(path): \(fault.words(in: .en))",
                    "Nothing of this file was written. Mend it and repeat.")
            }
            bar.finish()
            let beside = try writeRejected(report, of: path)
            rejected += report.rejected.count
            documents.append(Self.json(report, path, beside))
            if !asJSON { say(report, path, beside) }
        }
        if asJSON { Console.out(.members(["files": .array(documents)])) }
        if rejected > 0 {
            throw Failure(
                .refused,
                "\(rejected) row\(rejected == 1 ? " was" : "s were") rejected"
                    + (flags.allOrNothing
                        ? ", so nothing of those files was written."
                        : "; the others \(flags.dryRun ? "would be" : "were") taken."),
                flags.dryRun
                    ? "Mend them in the file and try again."
                    : "Mend the rows in the .rejected.csv beside each file, then import that file.")
        }
    }

    private func writeRejected(_ report: ImportReport, of path: String) throws -> String? {
        guard let bytes = report.rejectedFile, !flags.dryRun else { return nil }
        let name = path.hasSuffix(".rejected.csv") ? path : path + ".rejected.csv"
        do { try Data(bytes).write(to: URL(fileURLWithPath: name), options: .atomic) } catch {
            throw Failure(
                .fault, "The rejected rows of \(path) could not be written to \(name): \(error.localizedDescription)",
                "The good rows are in. Import the file again when its folder can be written: nothing doubles.")
        }
        return name
    }

    private func say(_ report: ImportReport, _ path: String, _ beside: String?) {
        Console.out("\(path): \(report.finding.words(in: .en))")
        for notice in report.notices { Console.out("  \(notice.words(in: .en))") }
        let verb = report.isWritten ? "" : "would be "
        Console.out(
            "  \(report.created) \(verb)new, \(report.updated) \(verb)updated, \(report.unchanged) unchanged, "
                + "\(report.rejected.count) rejected")
        if !report.preview.isEmpty {
            var table = TextTable(["line"] + report.header, limit: 18)
            for row in report.preview {
                let cells = row.cells + Array(repeating: "", count: max(0, report.header.count - row.cells.count))
                table.add(["\(row.line)"] + cells.prefix(report.header.count))
            }
            Console.out(table.text)
        }
        for row in report.rejected.prefix(Self.shownRejections) {
            for problem in row.problems { Console.note("  \(problem.words(in: .en))") }
        }
        if report.rejected.count > Self.shownRejections {
            Console.note("  ... and \(report.rejected.count - Self.shownRejections) more rows.")
        }
        if let beside { Console.note("  Rejected rows, to be mended and imported again: \(beside)") }
    }

    private static func json(_ report: ImportReport, _ path: String, _ beside: String?) -> JSON {
        .members([
            "file": .string(path), "encoding": .string(report.finding.encoding.name),
            "confidence": .string(report.finding.confidence.rawValue),
            "finding": .string(report.finding.words(in: .en)),
            "notices": View.list(report.notices.map { $0.words(in: .en) }), "created": .integer(report.created),
            "updated": .integer(report.updated), "unchanged": .integer(report.unchanged),
            "written": .bool(report.isWritten),
            "rejected": .array(
                report.rejected.flatMap { row in
                    row.problems.map { problem in
                        .members([
                            "line": .integer(problem.line), "column": .string(problem.excelColumn),
                            "header": .string(problem.header), "value": .string(problem.value),
                            "code": .string(problem.code), "words": .string(problem.words(in: .en)),
                        ])
                    }
                }), "rejected_file": .optional(beside),
        ])
    }
}

struct ExportCommand: ExchangeCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write participants, postings, matches or happenings as CSV.",
        discussion: """
            UTF-8 with a byte order mark, which Excel opens; cells that a spreadsheet would run as formulas are guarded.

              industrymix export postings --output 投稿一覧.csv
              industrymix export participants --encoding CP932 > 名簿.csv
            """)

    enum Subject: String, WordArgument {
        case participants, postings, matches, happenings
    }

    @Argument(help: "What to write.") var subject: Subject
    @Option(name: .shortAndLong, help: "The file to write; stdout if left out.") var output: String?
    @Option(help: "The language of the headers; the exchange's if left out.") var language: Language?
    @Option(help: "UTF-8, CP932, CP949 or GB18030.") var encoding: String?
    @OptionGroup var common: CommonOptions
    @OptionGroup var acting: ActorOptions

    func run(in exchange: OpenExchange, by actor: Actor) async throws {
        guard let wanted = ExportSubject(rawValue: subject.rawValue) else { return }
        let spoken = language ?? exchange.configuration.exchange.defaultLanguage
        let form = encoding.map { TextEncoding(named: $0) } ?? .utf8BOM
        guard let form else {
            throw Failure(.usage, "There is no encoding \"\(encoding ?? "")\" here.", "Leave it out.")
        }
        let bytes: [UInt8]
        do {
            bytes = try await exchange.office.export(
                wanted, in: WordsLanguage(rawValue: spoken.rawValue) ?? .ja, encoding: form, by: actor)
        } catch let fault as UnencodableCharacter {
            throw Failure(
                .refused,
                "The character \"\(fault.character)\" in line \(fault.line) cannot be written in \(form.name).",
                "Leave --encoding away: UTF-8 with a byte order mark opens in Excel too.")
        }
        guard let output else { return Console.out(bytes) }
        do { try Data(bytes).write(to: URL(fileURLWithPath: output), options: .atomic) } catch {
            throw Failure(.fault, "\(output) cannot be written: \(error.localizedDescription)", "Choose another place.")
        }
        if common.json {
            show(.members(["file": .string(output), "bytes": .integer(bytes.count)]))
        } else {
            Console.note("Wrote \(output), \(bytes.count) bytes.")
        }
    }
}
