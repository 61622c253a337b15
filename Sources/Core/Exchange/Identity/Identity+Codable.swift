// Values of the vocabulary inside documents: each is the text that the API shows for it.

extension Identifier: Codable {
    /// Reads the text; throws a refusal that names the kind expected.
    package init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Instant: Codable {
    /// Reads RFC 3339; throws a refusal for anything else.
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let instant = Instant(rfc3339: text) else {
            throw Refusal.invalid(decoder.fieldName, .malformed, "Write a time as 2027-10-27T13:00:00+09:00.")
        }
        self = instant
    }

    /// Writes RFC 3339 in UTC with milliseconds.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}

extension CalendarDay: Codable {
    /// Reads `YYYY-MM-DD`; throws a refusal for anything else.
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let day = CalendarDay(iso: text) else {
            throw Refusal.invalid(decoder.fieldName, .malformed, "Write a day that exists as 2027-10-27.")
        }
        self = day
    }

    /// Writes `YYYY-MM-DD`.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(iso)
    }
}

extension RegionCode: Codable {
    /// Reads ISO 3166-2; throws a refusal for anything else.
    package init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self), field: decoder.fieldName)
    }

    /// Writes the code.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension FieldCode: Codable {
    /// Reads the code; whether there is such a field is the taxonomy's business.
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the code.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension EmailAddress: Codable {
    /// Reads a mail address; throws a refusal for anything else.
    package init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self), field: decoder.fieldName)
    }

    /// Writes the address.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Decoder {
    /// The outermost member that is being read, for a refusal to name.
    var fieldName: String { codingPath.first?.stringValue ?? "value" }
}

extension KeyedDecodingContainer {
    /// A list that may be missing: documents written before it existed have none.
    func decode<Element: Decodable>(_ type: [Element].Type, forKey key: Key) throws -> [Element] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
