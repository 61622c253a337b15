import Exchange
import HTTPAPI
import Testing
import WebCommon

@Suite struct `A schema` {
    private let schema = Schema.object([
        .required("title", .string(.filledLine, length: 1...10)), .optional("kind", .oneOf(["seed", "need"])),
        .optional("stage", Schema.integer(1...9).orNull), .optional("score", .number(0...1)),
        .optional("fields", .array(.string(.key), 1...2, .unique)), .optional("open", .boolean),
        .optional("until", .string(.day)), .optional("nested/~", .object([.required("x", .anything)])),
    ])

    @Test(arguments: [
        #"{"title":"a"}"#, #"{"title":"十文字十文字十文字十","kind":"seed","stage":null,"score":1,"fields":["a"]}"#,
        #"{"title":"a","stage":9.0,"open":true,"until":"2024-02-29","nested/~":{"x":[1]}}"#,
    ])
    func `lets through what fits`(_ text: String) throws {
        #expect(schema.issues(in: try JSONParser.parse(text)).isEmpty)
    }

    @Test(arguments: [
        ("[]", [""]), ("{}", ["/title"]), (#"{"title":""}"#, ["/title", "/title"]),
        (#"{"title":"12345678901"}"#, ["/title"]),
        (#"{"title":" "}"#, ["/title"]), (#"{"title":"a\u202eb"}"#, ["/title"]),
        (#"{"title":1,"kind":"x","y":2}"#, ["/title", "/kind", "/y"]),
        (#"{"title":"a","stage":0,"score":1.5,"open":"yes"}"#, ["/stage", "/score", "/open"]),
        (#"{"title":"a","stage":1.5,"fields":["a","a"]}"#, ["/stage", "/fields"]),
        (#"{"title":"a","fields":["A!",3]}"#, ["/fields/0", "/fields/1"]), (#"{"title":"a","fields":[]}"#, ["/fields"]),
        (#"{"title":"a","until":"2023-02-29"}"#, ["/until"]), (#"{"title":"a","nested/~":{}}"#, ["/nested~1~0/x"]),
    ])
    func `names every place that does not`(_ text: String, _ pointers: [String]) throws {
        let issues = schema.issues(in: try JSONParser.parse(text))
        #expect(issues.map(\.place) == pointers.map { .body(pointer: $0) }, "\(issues.map(\.detail))")
    }

    @Test func `reports no more than the limit`() throws {
        let many = Schema.array(.integer(0...1), 0...1000)
        let value = JSONValue.array(Array(repeating: .integer(2), count: 500))
        #expect(many.issues(in: value).count == Schema.mostIssues)
    }

    @Test func `describes itself as JSON Schema with named parts`() {
        var components: [String: JSONValue] = [:]
        let list = Schema.object([.required("items", .array(.named("Thing", schema), 0...5))])
        let document = list.document(&components)
        #expect(document["properties"]?["items"]?["items"] == ["$ref": "#/components/schemas/Thing"])
        #expect(document["additionalProperties"] == false)
        #expect(components["Thing"]?["required"] == ["title"])
        #expect(components["Thing"]?["properties"]?["stage"]?["anyOf"]?[1] == ["type": "null"])
        #expect(components["Thing"]?["properties"]?["title"]?["maxLength"] == 10)
    }

    @Test func `has a sample that it lets through itself`() {
        #expect(schema.issues(in: schema.sample).isEmpty)
    }

    private static let texts = [
        "", " ", "a", "seed", "a b", " a ", "\u{3000}", "漢字", "a\nb", "a\tb", "\u{0}", "\u{1F}", "\u{85}", "\u{200E}",
        "\u{202E}x",
        "\u{2066}", "\u{FEFF}", "\u{E0041}", "😀", "e\u{301}", "\u{2028}", "a\u{2029}b", "\u{FFFB}",
        String(Character(Unicode.Scalar(0x1FFFE) ?? "a")), String(Character(Unicode.Scalar(0xFDD0) ?? "a")),
        "Materials", "a_b.c-d", "-a",
        "2026-04-01", "2026-13-01", "need_01jd3w7k2m9v8x4t6r5q1p0nzb", "need_01jd3w7k2m9v8x4t6r5q1p0nzu", "org_1",
        "seed_01JD3W7K2M9V8X4T6R5Q1P0NZB", String(repeating: "a", count: 64), String(repeating: "a", count: 65),
    ]

    private static let forms: [(String, TextForm)] = [
        ("plain", .plain), ("line", .line), ("filledLine", .filledLine), ("lines", .lines),
        ("filledLines", .filledLines),
        ("key", .key), ("posting", .identifier(Posting.self)), ("organization", .identifier(Organization.self)),
    ]

    @Test(arguments: forms.map(\.0), texts)
    func `checks the same as the pattern it shows`(_ name: String, _ text: String) throws {
        let form = try #require(Self.forms.first { $0.0 == name }?.1)
        let pattern = try #require(form.pattern)
        // Swift wants an escape where the pattern holds a character beyond U+FFFF itself.
        let swift = pattern.unicodeScalars.map { scalar in
            scalar.value > 0xFFFF ? "\\u{\(String(scalar.value, radix: 16))}" : String(Character(scalar))
        }.joined()
        let regex = try Regex(swift).matchingSemantics(.unicodeScalar)
        #expect(form.accepts(text) == (text.wholeMatch(of: regex) != nil), "\(text.debugDescription)")
        #expect(form.accepts(form.example))
    }

    @Test(arguments: ["2026-04-01T09:00:00Z", "2026-04-01t09:00:00.25z", "2026-04-01T23:59:60+09:00"])
    func `takes times with any offset`(_ text: String) { #expect(TextForm.time.accepts(text)) }

    @Test(arguments: ["2026-04-01", "2026-04-01 09:00:00Z", "2026-04-31T09:00:00Z", "2026-04-01T24:00:00Z", "令和8年4月1日"])
    func `refuses times of other forms`(_ text: String) { #expect(!TextForm.time.accepts(text)) }
}
