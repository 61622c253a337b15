import Exchange
import FoundationEssentials

extension JSONValue {
    /// A document of the vocabulary, such as the content of an event, with member names in snake_case.
    package init(document value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self = try JSONParser.parse([UInt8](try encoder.encode(value)))
    }

    /// Reads a document. Throws a refusal that names the outermost member which does not fit.
    package func document<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch let refusal as Refusal {
            throw refusal
        } catch let error as DecodingError {
            throw Self.refusal(error)
        }
    }

    private static func refusal(_ error: DecodingError) -> Refusal {
        let (path, words): ([any CodingKey], String) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath + [key], "\(key.stringValue) is missing.")
            case .typeMismatch(_, let context): (context.codingPath, "This is not the kind of value expected here.")
            case .valueNotFound(_, let context): (context.codingPath, "This must not be null.")
            case .dataCorrupted(let context): (context.codingPath, "This is none of the values allowed here.")
            @unknown default: ([], "This cannot be read.")
            }
        return .invalid(snakeCase(path.first?.stringValue ?? "body"), .malformed, words)
    }

    private static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }

    /// The object with the members of another one over it; null takes a member away.
    package func overlaid(with other: JSONValue) -> JSONValue {
        guard var result = object, let members = other.object?.members else { return other }
        for member in members { result[member.name] = member.value.isNull ? nil : member.value }
        return .object(result)
    }
}
