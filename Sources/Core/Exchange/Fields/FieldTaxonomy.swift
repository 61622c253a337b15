/// The code of a field, such as `food-processing`: lower-case ASCII letters, digits and hyphens.
package struct FieldCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// Trusts the text; whether there is such a field is the taxonomy's business.
    package init(_ text: String) {
        self.text = text
    }

    package static func < (left: FieldCode, right: FieldCode) -> Bool {
        left.text < right.text
    }

    package var description: String { text }
}

/// A node of the field taxonomy.
package struct Field: Hashable, Sendable {
    package let code: FieldCode
    /// The top class it belongs to; nothing for a top class.
    package let parent: FieldCode?
    /// A label for every language.
    package let labels: [Language: String]
    /// Fields whose people already know each other's work.
    package let neighbours: Set<FieldCode>

    /// Takes every value.
    package init(code: FieldCode, parent: FieldCode?, labels: [Language: String], neighbours: Set<FieldCode>) {
        self.code = code
        self.parent = parent
        self.labels = labels
        self.neighbours = neighbours
    }
}

/// How far apart two fields are.
package enum FieldDistance: Int, Hashable, Comparable, Sendable {
    /// The same field.
    case same = 0
    /// Neighbours, or leaves of one top class.
    case near = 1
    /// Unlike fields: what the exchange is for.
    case far = 2

    /// 0, 0.5 or 1, as the ranking uses it (reference recipe: graded field distance).
    package var weight: Double { Double(rawValue) / 2 }

    package static func < (left: FieldDistance, right: FieldDistance) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// All fields of the exchange, two levels deep.
package struct FieldTaxonomy: Hashable, Sendable {
    /// In the order of the file: each top class followed by its leaves.
    package let fields: [Field]
    private let byCode: [FieldCode: Field]
    private let byLabel: [String: FieldCode]

    /// Checks that codes are unique and well formed, parents are top classes, neighbours exist, and every field has a
    /// label in every language; throws every problem found.
    package init(_ fields: [Field]) throws(Refusal) {
        var rules = TextRules()
        let byCode = Dictionary(fields.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<FieldCode> = []
        for field in fields {
            let place = "fields.\(field.code)"
            if !seen.insert(field.code).inserted {
                rules.add(FieldProblem(place, .duplicate, "This code appears twice."))
            }
            if !Self.isWellFormed(field.code.text) {
                rules.add(
                    FieldProblem(place, .malformed, "A code has 1 to 40 of a-z, 0-9 and hyphens, a letter first."))
            }
            if let parent = field.parent, byCode[parent].map({ $0.parent != nil }) ?? true {
                rules.add(FieldProblem(place, .unknown, "\(parent) is not a top class."))
            }
            for neighbour in field.neighbours.sorted() where byCode[neighbour] == nil || neighbour == field.code {
                rules.add(FieldProblem(place, .unknown, "The neighbour \(neighbour) is not another field."))
            }
            for language in Language.allCases where field.labels[language]?.trimmed.isEmpty ?? true {
                rules.add(FieldProblem(place, .required, "The label in \(language.rawValue) is missing."))
            }
        }
        try rules.finish()
        self.fields = fields
        self.byCode = byCode
        var labels: [String: FieldCode] = [:]
        for field in fields {
            labels[field.code.text] = field.code
            for label in field.labels.values where labels[label.foldedIdentity] == nil {
                labels[label.foldedIdentity] = field.code
            }
        }
        byLabel = labels
    }

    /// The field with this code.
    package subscript(code: FieldCode) -> Field? { byCode[code] }

    /// The label, in Japanese if the language has none, or the bare code if the field is unknown.
    package func label(_ code: FieldCode, in language: Language) -> String {
        byCode[code]?.labels[language] ?? byCode[code]?.labels[.ja] ?? code.text
    }

    /// The field whose code or label in any language this is, without regard to case, width, spaces and punctuation.
    package func find(_ text: String) -> FieldCode? {
        let plain = text.trimmed
        return byCode[FieldCode(plain)]?.code ?? byLabel[plain.foldedIdentity]
    }

    /// How far apart two fields are; unknown fields are far from everything but themselves.
    package func distance(_ left: FieldCode, _ right: FieldCode) -> FieldDistance {
        if left == right { return .same }
        guard let first = byCode[left], let second = byCode[right] else { return .far }
        if first.neighbours.contains(right) || second.neighbours.contains(left) { return .near }
        let firstTop = first.parent ?? first.code
        let secondTop = second.parent ?? second.code
        return firstTop == secondTop ? .near : .far
    }

    /// The smallest distance between any two of the fields; far if a side names none.
    package func distance(_ left: [FieldCode], _ right: [FieldCode]) -> FieldDistance {
        var smallest = FieldDistance.far
        for first in left {
            for second in right { smallest = min(smallest, distance(first, second)) }
        }
        return smallest
    }

    /// Adds a problem for each unknown or doubled field, and one for too many.
    package func check(_ fields: [FieldCode], _ name: String, required: Bool = false, _ rules: inout TextRules) {
        if required && fields.isEmpty {
            rules.add(FieldProblem(name, .required, "Name at least one field."))
        }
        if fields.count > TextLimits.fields {
            rules.add(FieldProblem(name, .tooMany, "At most \(TextLimits.fields) fields can be named."))
        }
        for field in fields where byCode[field] == nil {
            rules.add(
                FieldProblem(name, .unknown, "There is no field \"\(field.text.prefix(60))\". See the list of fields."))
        }
        if fields.count > 1, Set(fields).count != fields.count {
            rules.add(FieldProblem(name, .duplicate, "A field is named twice."))
        }
    }

    private static func isWellFormed(_ code: String) -> Bool {
        guard let first = code.utf8.first, (97...122).contains(first), code.utf8.count <= 40 else { return false }
        return code.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }
}
