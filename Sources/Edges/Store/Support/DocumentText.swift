import Foundation

/// Documents of an aggregate as JSON in a text column, with the member names of the API.
enum DocumentText {
    /// Members in order, so that equal values are equal texts.
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Throws `StoreFault.undecodable` for what this version cannot read.
    static func value<Value: Decodable>(_ type: Value.Type = Value.self, from text: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(text.utf8))
        } catch {
            throw StoreFault.undecodable("a document is no \(type): \(error)")
        }
    }
}

extension SQLRow {
    func document<Value: Decodable>(_ index: Int, of type: Value.Type = Value.self) throws -> Value {
        try DocumentText.value(type, from: try text(index))
    }
}

extension SQLValue {
    init(document value: some Encodable) throws { self = .text(try DocumentText.text(value)) }
}
