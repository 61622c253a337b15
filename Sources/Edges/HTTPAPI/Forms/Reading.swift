import Exchange
import WebCommon

/// Reads members of a body that the schema has checked.
extension JSONValue {
    /// The text of the member; nil when it is absent or null.
    func text(_ name: String) -> String? { self[name]?.string }

    /// The identifier in the member; nil when it is absent or null.
    func id<Owner: Identified>(_ name: String, _ owner: Owner.Type = Owner.self) throws(Refusal) -> Identifier<Owner>? {
        guard let text = text(name) else { return nil }
        return try Identifier<Owner>(text)
    }

    /// The choice in the member; nil when it is absent or null.
    func choice<Choice: RawRepresentable>(_ name: String, _ type: Choice.Type = Choice.self) -> Choice?
    where Choice.RawValue == String {
        text(name).flatMap(Choice.init(rawValue:))
    }

    /// The choices in the list.
    func choices<Choice: RawRepresentable>(_ name: String, _ type: Choice.Type = Choice.self) -> [Choice]?
    where Choice.RawValue == String {
        self[name]?.array?.compactMap { $0.string.flatMap(Choice.init(rawValue:)) }
    }

    /// The texts in the list.
    func texts(_ name: String) -> [String]? { self[name]?.array?.compactMap(\.string) }

    /// The time in the member; nil when it is absent or null.
    func time(_ name: String) -> Instant? { text(name).flatMap(Instant.init(rfc3339:)) }

    /// Puts the text of the member in the place, when the member is there; null empties the place.
    func change(_ name: String, _ place: inout String?) {
        if let member = self[name] { place = member.string }
    }

    /// Puts the text of the member in the place, when the member is there.
    func change(_ name: String, _ place: inout String) {
        if let text = text(name) { place = text }
    }

    /// Puts the choice of the member in the place, when the member is there.
    func change<Choice: RawRepresentable>(_ name: String, _ place: inout Choice) where Choice.RawValue == String {
        if let choice = choice(name, Choice.self) { place = choice }
    }

    /// A time as text, or null.
    static func time(_ instant: Instant?) -> JSONValue { .optional(instant?.rfc3339) }

    /// An identifier as text, or null.
    static func id<Owner>(_ id: Identifier<Owner>?) -> JSONValue { .optional(id?.text) }

    /// Texts as a list.
    static func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
}

extension APIRequest {
    /// The identifier in the path.
    func id<Owner: Identified>(_ name: String, _ owner: Owner.Type = Owner.self) throws(Refusal) -> Identifier<Owner> {
        try Identifier<Owner>(path(name))
    }

    /// The parameters of the query as one object.
    var filters: JSONValue { .object(JSONObject(query.map { ($0.key, $0.value) })) }
}

extension Schema {
    static func id<Owner: Identified & SendableMetatype>(_ owner: Owner.Type) -> Schema {
        .string(.identifier(owner))
    }

    /// One of the words of a closed set.
    static func choice<Choice: CaseIterable & RawRepresentable>(_ type: Choice.Type) -> Schema
    where Choice.RawValue == String {
        .oneOf(Choice.allCases.map(\.rawValue))
    }

    /// One line with something in it.
    static func name(_ limit: Int, example: String? = nil) -> Schema {
        Schema(.string(StringRule(length: 1...limit, form: .filledLine)), example: example.map(JSONValue.string))
    }

    /// One line, which may be empty.
    static func line(_ limit: Int) -> Schema { .string(.line, length: 0...limit) }

    /// Text with line breaks, which may be empty.
    static func lines(_ limit: Int) -> Schema { .string(.lines, length: 0...limit) }

    /// The number of a version, which its ETag names.
    static var version: Schema { .integer(0...1_000_000_000) }

    /// What answers hold of texts that the rules let in once: any text.
    static var stored: Schema { .text(0...200_000) }
}

extension Parameter {
    /// An identifier in the path.
    static func id<Owner: Identified & SendableMetatype>(
        _ name: String, _ owner: Owner.Type
    ) -> Parameter {
        .path(name, .id(owner), "The identifier of the \(name).")
    }

    /// The language of words made for the reader.
    static let language = Parameter.query(
        "language", .choice(Language.self), "The language of sentences made by the service; ja when not given.")
}
