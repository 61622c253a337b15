import Exchange
import Foundation
import Tabular
import Testing
import Yams

@Suite struct `The README` {
    @Test func `is short and its two commands exist and can be run`() throws {
        let lines = SourceFile("README.md").lines
        #expect(lines.count - 1 <= 150)
        #expect(lines.count > 40)
        let text = lines.joined(separator: "\n")
        for command in ["Deploy/run", "Deploy/test"] {
            #expect(text.contains(command))
            #expect(SourceTree.isExecutable(command), "\(command)")
        }
        #expect(SourceTree.isExecutable(".ci/run"))
    }

    @Test func `names only files that are there`() throws {
        let text = try SourceTree.text("README.md")
        let paths = text.matches(of: /(?:Sources|Config|Deploy|Tests)\/[A-Za-z0-9_.\/+\-]*[A-Za-z0-9_]/).map {
            String($0.output)
        }
        #expect(paths.count > 5)
        for path in paths { #expect(SourceTree.exists(path), "README.md names \(path)") }
    }
}

@Suite struct `The configuration file` {
    @Test func `is the same text that the program carries`() throws {
        let embedded = SourceFile("Sources/Apps/IndustryMixApp/Configuration/DefaultConfiguration.swift").lines
        let start = try #require(embedded.firstIndex { $0.hasSuffix("#\"\"\"") })
        let end = try #require(embedded.lastIndex { $0.hasSuffix("\"\"\"#") })
        let indent = embedded[end].prefix { $0 == " " }.count
        let inside = embedded[(start + 1)..<end].map { String($0.dropFirst(indent)) }
        let shipped = SourceFile("Config/industrymix.yaml").lines.dropLast()
        for (left, right) in zip(inside, shipped) where left != right {
            Issue.record("embedded: \(left)\nshipped:  \(right)")
        }
        #expect(inside.count == shipped.count)
    }

    @Test func `explains every key in a comment above it`() {
        let lines = SourceFile("Config/industrymix.yaml").lines
        var keys = 0
        var explained = false
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("  #") {
                explained = true
            } else if line.hasPrefix("  "), line.contains(":") {
                keys += 1
                // A pair of keys may share the comment above the first.
                #expect(explained, "Config/industrymix.yaml:\(index + 1): \(line)")
            } else {
                explained = false
            }
        }
        #expect(keys > 30)
    }
}

@Suite struct `The taxonomy file` {
    private struct Leaf: Decodable {
        let code: String
        let labels: [String: String]
        let neighbours: [String]?
    }
    private struct Class: Decodable {
        let code: String
        let labels: [String: String]
        let children: [Leaf]
    }
    private struct File: Decodable {
        let version: Int
        let fields: [Class]
    }

    private func read() throws -> File {
        try YAMLDecoder().decode(File.self, from: try SourceTree.text("Config/fields.yaml"))
    }

    private func labels(_ labels: [String: String]) -> [Language: String] {
        Dictionary(
            uniqueKeysWithValues: labels.compactMap { key, label in Language(rawValue: key).map { ($0, label) } })
    }

    @Test func `passes the rules of the exchange`() throws {
        var fields: [Field] = []
        for top in try read().fields {
            fields.append(Field(code: FieldCode(top.code), parent: nil, labels: labels(top.labels), neighbours: []))
            for leaf in top.children {
                fields.append(
                    Field(
                        code: FieldCode(leaf.code), parent: FieldCode(top.code), labels: labels(leaf.labels),
                        neighbours: Set((leaf.neighbours ?? []).map { FieldCode($0) })))
            }
        }
        let taxonomy = try FieldTaxonomy(fields)
        #expect(taxonomy.fields.filter { $0.parent != nil }.count >= 70)
        for field in taxonomy.fields {
            for language in Language.allCases where field.parent != nil {
                #expect(taxonomy.find(taxonomy.label(field.code, in: language)) == field.code, "\(field.code)")
            }
        }
    }

    @Test func `has mutual neighbours in order and labels that one cell can list`() throws {
        let leaves = try read().fields.flatMap(\.children)
        let neighbours = Dictionary(uniqueKeysWithValues: leaves.map { ($0.code, $0.neighbours ?? []) })
        for leaf in leaves {
            for other in leaf.neighbours ?? [] {
                #expect(neighbours[other]?.contains(leaf.code) == true, "\(other) must name \(leaf.code)")
            }
            #expect((leaf.neighbours ?? []) == (leaf.neighbours ?? []).sorted(), "\(leaf.code)")
            for (language, label) in leaf.labels {
                #expect(!label.contains { ",;、；，".contains($0) }, "\(leaf.code) \(language)")
            }
            #expect(leaf.labels.keys.sorted() == ["en", "ja", "ko", "zh"], "\(leaf.code)")
        }
    }
}

@Suite struct `The sample exchange` {
    private func table(_ name: String) throws -> (encoding: TextEncoding, rows: [[String: String]]) {
        let bytes = try SourceTree.bytes("Config/sample/\(name)")
        let encoding = EncodingDetector.detect(bytes).encoding
        let text = try DecodedText(bytes, as: encoding)
        var reader = CSVReader(
            text.bytes, from: text.start, line: 1, separator: UInt8(ascii: ","), maxColumns: 100)
        var records: [[String]] = []
        var record = CSVRecord()
        while reader.next(&record) {
            if !record.isBlank { records.append(record.cells.map { reader.content(of: $0) }) }
        }
        let header = try #require(records.first)
        return (encoding, records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) })
    }

    private static let names = ["ja", "en", "ko", "zh"]

    @Test func `has sixty organizations and 160 postings in four languages and two old encodings`() throws {
        var organizations: Set<String> = []
        var postings = 0
        var encodings: Set<String> = []
        for language in Self.names {
            let people = try table("participants-\(language).csv")
            organizations.formUnion(
                people.rows.compactMap { row in row["団体名"] ?? row["Organization"] ?? row["기관명"] ?? row["单位名称"] })
            let offers = try table("postings-\(language).csv")
            #expect(people.rows.count >= 5, "\(language)")
            #expect(offers.rows.count >= 10, "\(language)")
            postings += offers.rows.count
            encodings.formUnion([people.encoding.name, offers.encoding.name])
        }
        #expect(organizations.count >= 60)
        #expect(postings >= 160)
        #expect(encodings.contains(TextEncoding.cp932.name))
        #expect(encodings.count >= 3)
    }
}
