import Exchange
import Yams

/// Reads `Config/fields.yaml`.
enum TaxonomyFile {
    private struct Document: Decodable {
        let fields: [Entry]
    }

    private struct Entry: Decodable {
        let code: String
        let labels: [String: String]
        let children: [Entry]?
        let neighbours: [String]?
    }

    /// The taxonomy in the text; throws with the place of what is wrong.
    static func taxonomy(from text: String, named name: String) throws -> FieldTaxonomy {
        let document: Document
        do { document = try YAMLDecoder().decode(Document.self, from: text) } catch {
            throw Failure(.usage, "\(name) cannot be read as a taxonomy: \(error)", "Write it like Config/fields.yaml.")
        }
        let fields = document.fields.flatMap { top in
            [field(top, parent: nil)] + (top.children ?? []).map { field($0, parent: FieldCode(top.code)) }
        }
        do { return try FieldTaxonomy(fields) } catch {
            throw Failure(.usage, "\(name): \(error.words)", "Correct the file and repeat the command.")
        }
    }

    private static func field(_ entry: Entry, parent: FieldCode?) -> Field {
        let labels = entry.labels.compactMap { key, label in Language(rawValue: key).map { ($0, label) } }
        return Field(
            code: FieldCode(entry.code), parent: parent, labels: Dictionary(uniqueKeysWithValues: labels),
            neighbours: Set((entry.neighbours ?? []).map { FieldCode($0) }))
    }
}
