import Testing
import WebCommon

@Suite struct `JSON that comes in` {
    @Test func `keeps integers exact and members in order`() throws {
        let value = try JSONParser.parse(
            #"{"b":9007199254740993,"a":[1,-2.5,1e3,true,null],"c":"\u00e9\ud83d\ude00\n"}"#)
        #expect(value["b"]?.integer == 9_007_199_254_740_993)
        #expect(value.object?.names == ["b", "a", "c"])
        #expect(value["a"]?[2]?.integer == 1000)
        #expect(value["c"]?.string == "é😀\n")
    }

    @Test(arguments: [
        ("", 1, 1, "empty"), ("{\"a\":1,\"a\":2}", 1, 8, "twice"), ("[1,]", 1, 4, "expected"),
        ("{\"a\":1}x", 1, 8, "more text"),
        ("{\n \"a\": tru}", 2, 7, "true, false and null"), ("\"\\ud800\"", 1, 2, "surrogate"),
        ("\"\\udc00\\ud800\"", 1, 2, "surrogate"), ("\"a\\u0000\"", 1, 3, "NUL"), ("\"a\u{1}\"", 1, 3, "control"),
        ("[01]", 1, 3, "comma"), ("[1.]", 1, 4, "digit"), ("[+1]", 1, 2, "expected"), ("1e999", 1, 1, "too large"),
        ("'a'", 1, 1, "expected"), ("[\"日本\", x]", 1, 8, "expected"), ("\u{FEFF}{}", 1, 1, "byte order mark"),
        ("{\"a\"", 1, 5, "colon"), ("[\"a", 1, 4, "ends inside"),
    ])
    func `is refused with line, column and reason`(_ text: String, _ line: Int, _ column: Int, _ reason: String) {
        let fault = #expect(throws: JSONFault.self) { try JSONParser.parse(text) }
        #expect(fault?.line == line && fault?.column == column, "\(fault?.message ?? "")")
        #expect(fault?.reason.contains(reason) == true, "\(fault?.message ?? "")")
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0x61, 0xE3, 0x81, 0x22],
        ] as [[UInt8]])
    func `is refused when it is not UTF-8`(_ bytes: [UInt8]) {
        let fault = #expect(throws: JSONFault.self) { try JSONParser.parse(bytes) }
        #expect(fault?.reason.contains("UTF-8") == true)
    }

    @Test func `may nest to the limit and no further`() throws {
        let limit = JSONParser.maximumDepth
        let deep = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        _ = try JSONParser.parse(deep(limit))
        #expect(throws: JSONFault.self) { try JSONParser.parse(deep(limit + 1)) }
        #expect(throws: JSONFault.self) { try JSONParser.parse(String(repeating: "[", count: 1_000_000)) }
    }

    @Test(arguments: 0..<200) func `comes out as it went in`(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let value = JSONValue.random(&generator, depth: 4)
        #expect(try JSONParser.parse(value.bytes) == value, "seed \(seed)")
        #expect(try JSONParser.parse(value.indentedText) == value, "seed \(seed)")
    }

    @Test(arguments: 0..<2000) func `never traps on damaged text`(_ seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        var bytes = JSONValue.random(&generator, depth: 4).bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                in: .min ... .max, using: &generator)
        }
        _ = try? JSONParser.parse(bytes)
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

extension JSONValue {
    static func random(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int.random(in: .min ... .max, using: &generator))
        case 3: return .number(Double.random(in: -1e6...1e6, using: &generator))
        case 4, 5: return .string(randomText(&generator))
        case 6:
            let count = Int.random(in: 0...4, using: &generator)
            return .array((0..<count).map { _ in random(&generator, depth: depth - 1) })
        default:
            let count = Int.random(in: 0...4, using: &generator)
            let members = (0..<count).map { ("\($0)" + randomText(&generator), random(&generator, depth: depth - 1)) }
            return .object(JSONObject(members))
        }
    }

    private static func randomText(_ generator: inout SeededGenerator) -> String {
        let samples: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\u{1}", "\u{7F}", "é", "漢", "😀", "\u{2028}", "/", "<"]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            text.append(samples[Int.random(in: 0..<samples.count, using: &generator)])
        }
        return String(text)
    }
}
