import Lexicon
import Matching
import Operations
import WebCommon

/// What `engine` commands read: one JSON object a line.
struct EngineItem {
    enum Operation: String {
        case doc, query
    }

    let operation: Operation
    let document: MatchDocument
    let pool: Set<String>?
}

/// Reads lines into documents.
struct EngineReader {
    let lexicon: Lexicon
    /// Vectors for every text, prepared before; nothing without.
    var vectors: EngineVectors?

    init(lexicon: Lexicon) {
        self.lexicon = lexicon
    }

    /// A line of `engine rank`.
    func item(_ line: String, number: Int) throws -> EngineItem {
        let object = try Self.parse(line, number: number)
        guard let word = object["op"]?.string, let operation = EngineItem.Operation(rawValue: word) else {
            throw Self.fault(number, "\"op\" must be \"doc\" or \"query\"")
        }
        let pool = try Self.texts(object, "pool", number)
        return EngineItem(
            operation: operation,
            document: try document(object, id: try Self.identifier(object, number), number: number),
            pool: pool.map(Set.init))
    }

    /// A posting of a judged collection; its text is called `body`.
    func posting(_ line: String, number: Int) throws -> JudgedPosting {
        let object = try Self.parse(line, number: number)
        return JudgedPosting(
            document: try document(object, id: try Self.identifier(object, number), number: number),
            title: object["title"]?.string ?? "", body: (object["body"] ?? object["text"])?.string ?? "")
    }

    /// A line of `engine score`.
    func pair(_ line: String, number: Int) throws -> (id: String, a: MatchDocument, b: MatchDocument) {
        let object = try Self.parse(line, number: number)
        let id = try Self.identifier(object, number)
        guard let a = object["a"], let b = object["b"] else { throw Self.fault(number, "\"a\" and \"b\" are needed") }
        return (id, try document(a, id: id + "/a", number: number), try document(b, id: id + "/b", number: number))
    }

    private func document(_ object: JSON, id: String, number: Int) throws -> MatchDocument {
        let kind = try Self.text(object, "kind", number) ?? "need"
        guard kind == "need" || kind == "seed" else {
            throw Self.fault(number, "\"kind\" must be \"need\" or \"seed\"")
        }
        // Texts in further languages are read as what their letters show.
        let declared = try Self.text(object, "lang", number).flatMap(TextLanguage.init(rawValue:))
        let read = try matchText(object, declared, number)
        return MatchDocument(
            id: id, side: kind == "need" ? .need : .seed, text: read, facets: facets(object, read.language),
            vectors: vectors?.vectors(Self.meaningTexts(object)),
            fields: try Self.texts(object, "fields", number) ?? [], owner: "", stage: object["stage"]?.integer,
            region: try Self.text(object, "region", number) ?? "", isAvailable: true)
    }

    /// Purpose and means where the line gives them apart.
    private func facets(_ object: JSON, _ language: MatchLanguage) -> MatchFacets {
        func read(_ name: String) -> MatchText? {
            guard let text = object[name]?.string, !text.isEmpty else { return nil }
            return MatchText(lexicon.analyze(text, declared: TextLanguage(rawValue: language.rawValue)))
        }
        let purpose = read("purpose")
        return MatchFacets(purpose: purpose, means: read("means"), isPurposeStated: purpose != nil)
    }

    /// The texts of a line of which vectors are made; none where the line cannot be read, which is told later.
    static func meaningTexts(_ line: String) -> [MeaningTexts] {
        guard let object = try? JSONParser.parse(line) else { return [] }
        return [object, object["a"], object["b"]].compactMap { $0 }.map(meaningTexts)
    }

    private static func meaningTexts(_ object: JSON) -> MeaningTexts {
        let parts = [object["title"]?.string ?? "", (object["text"] ?? object["body"])?.string ?? ""]
        return MeaningTexts(
            full: parts.filter { !$0.isEmpty }.joined(separator: "\n"), purpose: object["purpose"]?.string,
            means: object["means"]?.string)
    }

    /// What the lexicon reads, or the terms that the line itself gives.
    private func matchText(_ object: JSON, _ declared: TextLanguage?, _ number: Int) throws -> MatchText {
        if let terms = try Self.text(object, "terms", number) {
            let keys = terms.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            let language = declared.flatMap { MatchLanguage(rawValue: $0.rawValue) } ?? .en
            return MatchText(language: language, terms: TermList(keys: keys))
        }
        let title = try Self.text(object, "title", number)
        let body = try Self.text(object, "text", number) ?? Self.text(object, "body", number)
        guard let body else { throw Self.fault(number, "\"text\" is missing (it may be empty)") }
        return MatchText(lexicon.analyze(title: title ?? "", text: body, declared: declared))
    }

    static func parse(_ line: String, number: Int) throws -> JSON {
        let value: JSON
        do {
            value = try JSONParser.parse(line)
        } catch {
            throw fault(number, "\(error.reason) (column \(error.column))")
        }
        guard value.object != nil else { throw fault(number, "a JSON object is expected") }
        return value
    }

    private static func identifier(_ object: JSON, _ number: Int) throws -> String {
        guard let text = try text(object, "id", number), !text.isEmpty else {
            throw fault(number, "\"id\" is missing")
        }
        return text
    }

    /// A text, nil if it is left out or null.
    private static func text(_ object: JSON, _ name: String, _ number: Int) throws -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let text = value.string else { throw fault(number, "\"\(name)\" must be text") }
        return text
    }

    /// A list of texts, nil if it is left out or null.
    private static func texts(_ object: JSON, _ name: String, _ number: Int) throws -> [String]? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let list = value.array, list.allSatisfy({ $0.string != nil }) else {
            throw fault(number, "\"\(name)\" must be a list of texts")
        }
        return list.compactMap(\.string)
    }

    /// What is wrong with a line.
    static func fault(_ number: Int, _ what: String, in file: String? = nil) -> Failure {
        Failure(
            .refused, "\(file.map { "\($0), line" } ?? "Line") \(number): \(what).",
            "The form of the lines: industrymix engine \(file == nil ? "rank" : "evaluate") --help.")
    }

    /// Nothing came in.
    static func nothingRead(_ usage: String) -> Failure {
        Failure(.refused, "Line 1: nothing was read, the input is empty.", "Give it lines: \(usage)")
    }
}

extension EngineReader {
    /// Opens the encoder that is wanted and makes the vectors of all texts of the lines.
    mutating func prepare(
        _ lines: [String], _ flags: EngineFlags, cache: String?
    ) async throws {
        guard flags.ranking == .match else { return }
        let configuration = try flags.common.configuration()
        vectors = try await EngineVectors.open(flags.meaning, configuration, cache: cache)
        try await vectors?.prepare(lines.flatMap(Self.meaningTexts))
    }
}

/// A posting of a judged collection with its texts as written.
struct JudgedPosting {
    let document: MatchDocument
    let title: String
    let body: String
}

/// Non-empty lines of standard input with their numbers.
struct InputLines: Sequence, IteratorProtocol {
    private var number = 0

    mutating func next() -> (text: String, number: Int)? {
        while let line = readLine() {
            number += 1
            if line.contains(where: { !$0.isWhitespace }) { return (line, number) }
        }
        return nil
    }
}
