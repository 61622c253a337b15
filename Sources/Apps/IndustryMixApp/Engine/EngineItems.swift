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
        let pool = object["pool"]?.array?.compactMap(\.string)
        return EngineItem(
            operation: operation,
            document: try document(object, id: try Self.text(object, "id", number), number: number),
            pool: pool.map(Set.init))
    }

    /// A posting of a judged collection; its text is called `body`.
    func posting(_ line: String, number: Int) throws -> MatchDocument {
        let object = try Self.parse(line, number: number)
        return try document(object, id: try Self.text(object, "id", number), number: number)
    }

    /// A line of `engine score`.
    func pair(_ line: String, number: Int) throws -> (id: String, a: MatchDocument, b: MatchDocument) {
        let object = try Self.parse(line, number: number)
        let id = try Self.text(object, "id", number)
        guard let a = object["a"], let b = object["b"] else { throw Self.fault(number, "\"a\" and \"b\" are needed") }
        return (id, try document(a, id: id + "/a", number: number), try document(b, id: id + "/b", number: number))
    }

    private func document(_ object: JSON, id: String, number: Int) throws -> MatchDocument {
        let kind = object["kind"]?.string ?? "need"
        guard kind == "need" || kind == "seed" else {
            throw Self.fault(number, "\"kind\" must be \"need\" or \"seed\"")
        }
        let declared = object["lang"]?.string.flatMap(TextLanguage.init(rawValue:))
        let text = object["text"]?.string ?? object["body"]?.string ?? ""
        let analysis = lexicon.analyze(title: object["title"]?.string ?? "", text: text, declared: declared)
        return MatchDocument(
            id: id, side: kind == "need" ? .need : .seed, text: MatchText(analysis),
            vectors: vectors?.vectors(Self.texts(object)),
            fields: object["fields"]?.array?.compactMap(\.string) ?? [], owner: "", stage: object["stage"]?.integer,
            region: object["region"]?.string ?? "", isAvailable: true)
    }

    /// The texts of a line of which vectors are made; none where the line cannot be read, which is told later.
    static func texts(_ line: String) -> [MeaningTexts] {
        guard let object = try? JSONParser.parse(line) else { return [] }
        return [object, object["a"], object["b"]].compactMap { $0 }.map(texts)
    }

    private static func texts(_ object: JSON) -> MeaningTexts {
        let parts = [object["title"]?.string ?? "", object["text"]?.string ?? object["body"]?.string ?? ""]
        return MeaningTexts(
            full: parts.filter { !$0.isEmpty }.joined(separator: "\n"), purpose: object["purpose"]?.string,
            means: object["means"]?.string)
    }

    private static func parse(_ line: String, number: Int) throws -> JSON {
        do {
            return try JSONParser.parse(line)
        } catch {
            throw fault(number, "\(error.reason) (column \(error.column))")
        }
    }

    private static func text(_ object: JSON, _ name: String, _ number: Int) throws -> String {
        guard let text = object[name]?.string, !text.isEmpty else { throw fault(number, "\"\(name)\" is missing") }
        return text
    }

    static func fault(_ number: Int, _ what: String) -> Failure {
        Failure(
            .refused, "Line \(number): \(what).",
            "The form of the lines: industrymix help engine rank.")
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
        try await vectors?.prepare(lines.flatMap(Self.texts))
    }
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
