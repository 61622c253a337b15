import ArgumentParser
import Exchange
import Foundation
import Lexicon
import Operations
import WebCommon

extension PostingsCommand {
    struct Check: ExchangeCommand {
        static let configuration = CommandConfiguration(
            abstract: "What would match a text that is not saved, and what says nearly the same already.",
            discussion: """
                FILE holds either a JSON object (kind, title, summary, detail, purpose, means, fields, keywords,
                language) or plain text: the title on the first line, the rest below it. - reads standard input.
                Nothing is written.

                  industrymix postings check draft.txt --kind need
                  echo '{"kind":"seed","title":"..."}' | industrymix postings check -
                """)

        @Argument(help: "A file, or - for standard input.") var file: String
        @Option(help: "seed or need, if the file does not say.") var kind: Posting.Kind?
        @Option(help: "The language of the text; found from the text if left out.") var language: Language?
        @Option(help: "The posting that the text is to replace: it is no double of itself.") var replacing: String?
        @Option(help: "At most so many matches, 1 to 50.") var limit = 10
        @OptionGroup var common: CommonOptions
        @OptionGroup var acting: ActorOptions

        func validate() throws {
            guard (1...50).contains(limit) else { throw ValidationError("--limit takes 1 to 50.") }
        }

        func run(in exchange: OpenExchange, by actor: Actor) async throws {
            let draft = try DraftFile(
                text: try DraftFile.read(file), kind: kind, language: language, exchange: exchange)
            let matchmaker = try exchange.matchmaker()
            try await matchmaker.load()
            let found = try await matchmaker.findings(
                for: draft.content, kind: draft.kind, limit: limit, revising: try replacing.map { try Identifier($0) },
                by: actor)
            if common.json {
                Console.out(Self.json(found))
                return
            }
            if found.duplicates.isEmpty { Console.out("Nothing says nearly the same.") }
            if !found.duplicates.isEmpty {
                var table = TextTable(["nearly the same", "alike", "own", "title"])
                for double in found.duplicates {
                    table.add([
                        double.posting.posting.id.text, "\(Int((double.similarity * 100).rounded())) %",
                        double.isOwn ? "yes" : "no", double.posting.posting.content.title,
                    ])
                }
                Console.out(table.text)
            }
            if found.matches.isEmpty {
                Console.out("Nothing matches yet.")
                return
            }
            var table = TextTable(["would match", "score", "class", "title"])
            for match in found.matches {
                table.add([
                    match.posting.posting.id.text, "\((match.score * 1_000).rounded() / 1_000)", match.kind.rawValue,
                    match.posting.posting.content.title,
                ])
            }
            Console.out("\n" + table.text)
        }

        private static func json(_ found: DraftFindings) -> JSON {
            .members([
                "matches": .array(
                    found.matches.map {
                        .members([
                            "posting": View.posting($0.posting), "score": .number($0.score),
                            "class": .string($0.kind.rawValue),
                        ])
                    }),
                "duplicates": .array(
                    found.duplicates.map {
                        .members([
                            "posting": View.posting($0.posting), "similarity": .number($0.similarity),
                            "own": .bool($0.isOwn),
                        ])
                    }),
            ])
        }
    }
}

/// An unsaved posting in a file.
struct DraftFile {
    let kind: Posting.Kind
    let content: PostingContent

    /// The bytes of a file or of standard input as text.
    static func read(_ file: String) throws -> String {
        if file != "-" { return try ShippedFiles.text(at: file) }
        let data = try FileHandle.standardInput.readToEnd() ?? Data()
        guard let text = String(data: data, encoding: .utf8) else {
            throw Failure(.refused, "The text is not UTF-8.", "Save it as UTF-8.")
        }
        return text
    }

    /// Reads JSON or plain text; throws a failure that names what is wrong.
    init(text: String, kind: Posting.Kind?, language: Language?, exchange: OpenExchange) throws {
        let whole = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !whole.isEmpty else { throw Failure(.refused, "The text is empty.", "Write at least a title.") }
        let object: JSON? = whole.hasPrefix("{") ? .some(try Self.parse(whole)) : .none
        let lines = whole.split(maxSplits: 1, whereSeparator: \.isNewline).map(String.init)
        let title = object == nil ? lines[0] : try Self.words(object, "title") ?? ""
        let body = object == nil ? (lines.count > 1 ? lines[1] : "") : try Self.words(object, "detail") ?? ""
        let named = try Self.words(object, "kind")
        guard let chosen = kind ?? named.flatMap(Posting.Kind.init(rawValue:)) else {
            throw Failure(
                .refused, named.map { "kind: \"\($0)\" is neither seed nor need." } ?? "kind: Nothing says what it is.",
                "Write \"kind\" into the file or give --kind seed or --kind need.")
        }
        self.kind = chosen
        let written = try Self.words(object, "language").map { word in
            guard let language = Language(rawValue: word) else {
                throw Failure(.refused, "language: \"\(word)\" is none of ja, en, ko and zh.", nil)
            }
            return language
        }
        let found = try exchange.reading().lexicon.analyze(title: title, text: body).language.rawValue
        var content = PostingContent(
            title: title, summary: try Self.words(object, "summary") ?? "", detail: body,
            purpose: try Self.words(object, "purpose"), means: try Self.words(object, "means"),
            fields: try exchange.fields(try Self.list(object, "fields")),
            keywords: try Self.list(object, "keywords"), stage: object?["stage"]?.integer,
            language: language ?? written ?? Language(rawValue: found) ?? .ja)
        content = try content.checked(against: exchange.taxonomy, forReview: false)
        self.content = content
    }

    private static func parse(_ text: String) throws -> JSON {
        do {
            return try JSONParser.parse(text)
        } catch {
            throw Failure(
                .refused, "Line \(error.line), column \(error.column): \(error.reason).",
                "A plain text begins with its title, not with a brace.")
        }
    }

    private static func words(_ object: JSON?, _ name: String) throws -> String? {
        guard let value = object?[name], !value.isNull else { return nil }
        guard let text = value.string else { throw Failure(.refused, "\(name): must be text.", nil) }
        return text
    }

    private static func list(_ object: JSON?, _ name: String) throws -> [String] {
        guard let value = object?[name], !value.isNull else { return [] }
        guard let list = value.array, list.allSatisfy({ $0.string != nil }) else {
            throw Failure(.refused, "\(name): must be a list of texts.", nil)
        }
        return list.compactMap(\.string)
    }
}
