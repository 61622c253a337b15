import FoundationEssentials

/// Values as JSON texts with sorted keys: the same value gives the same text.
package enum JSONForm {
    /// The text of a value; an empty object for one that JSON cannot hold.
    package static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    /// The value that was written; nothing for anything else.
    package static func value<Value: Decodable>(_ type: Value.Type = Value.self, from text: String) -> Value? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
