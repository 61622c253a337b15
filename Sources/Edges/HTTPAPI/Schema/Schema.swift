package import WebCommon

/// The form of a JSON value: the part of JSON Schema 2020-12 that this service uses. One value describes itself in the
/// OpenAPI document, checks what comes in, and lets tests check what goes out.
package struct Schema: Sendable {
    package indirect enum Form: Sendable {
        /// Members that are not listed are refused.
        case object([Property], minimum: Int)
        /// Any member names, each with a value of that form.
        case map(Schema)
        case string(StringRule)
        case integer(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case boolean
        case array(Schema, count: ClosedRange<Int>, Uniqueness)
        case nullable(Schema)
        /// A schema with a name of its own, shown once in the document and referred to elsewhere.
        case named(String, Schema)
        case anything
    }

    package enum Uniqueness: Sendable { case any, unique }

    package let form: Form
    package var about: String?
    package var example: JSONValue?

    package init(_ form: Form, _ about: String? = nil, example: JSONValue? = nil) {
        self.form = form
        self.about = about
        self.example = example
    }

    /// The same form with another description.
    package func about(_ text: String, example: JSONValue? = nil) -> Schema {
        Schema(form, text, example: example ?? self.example)
    }
}

/// A member of an object.
package struct Property: Sendable {
    package enum Presence: Sendable { case required, optional }

    package let name: String
    package let schema: Schema
    package let presence: Presence

    package static func required(_ name: String, _ schema: Schema, _ about: String? = nil) -> Property {
        Property(name: name, schema: about.map { schema.about($0) } ?? schema, presence: .required)
    }

    package static func optional(_ name: String, _ schema: Schema, _ about: String? = nil) -> Property {
        Property(name: name, schema: about.map { schema.about($0) } ?? schema, presence: .optional)
    }
}

/// What a string may be.
package struct StringRule: Sendable {
    /// Length in Unicode code points, as JSON Schema counts.
    package let length: ClosedRange<Int>?
    package let form: TextForm?
    package let values: [String]?

    package init(length: ClosedRange<Int>? = nil, form: TextForm? = nil, values: [String]? = nil) {
        self.length = length
        self.form = form
        self.values = values
    }
}

extension Schema {
    package static func object(_ properties: [Property], minimum: Int = 0) -> Schema {
        Schema(.object(properties, minimum: minimum))
    }

    /// A text of that many code points without the NUL character.
    package static func text(_ length: ClosedRange<Int>, example: JSONValue? = nil) -> Schema {
        Schema(.string(StringRule(length: length, form: .plain)), example: example)
    }

    package static func string(_ form: TextForm, length: ClosedRange<Int>? = nil) -> Schema {
        Schema(.string(StringRule(length: length, form: form)), example: .string(form.example))
    }

    package static func oneOf(_ values: [String], _ about: String? = nil) -> Schema {
        Schema(.string(StringRule(values: values)), about, example: values.first.map(JSONValue.string))
    }

    package static func integer(_ range: ClosedRange<Int>) -> Schema { Schema(.integer(range)) }
    package static func number(_ range: ClosedRange<Double>) -> Schema { Schema(.number(range)) }
    package static var boolean: Schema { Schema(.boolean) }
    package static var anything: Schema { Schema(.anything) }

    package static func array(
        _ items: Schema, _ count: ClosedRange<Int> = 0...10_000, _ uniqueness: Uniqueness = .any
    ) -> Schema {
        Schema(.array(items, count: count, uniqueness))
    }

    package static func named(_ name: String, _ schema: Schema) -> Schema {
        Schema(.named(name, schema), example: schema.example)
    }

    package var orNull: Schema { Schema(.nullable(self), about, example: example) }
    package static func map(_ values: Schema) -> Schema { Schema(.map(values)) }

    /// A value in milliseconds since 1970-01-01 UTC is written as an RFC 3339 time.
    package static var time: Schema { .string(.time) }
}
