import Tabular
import Testing

@Suite struct `A record of a CSV file` {
    @Test(arguments: [
        ("a,b,c", ["a", "b", "c"]), ("a,,", ["a", "", ""]), (",", ["", ""]), ("\"a,b\",c", ["a,b", "c"]),
        ("\"say \"\"hi\"\"\",x", ["say \"hi\"", "x"]), ("\"\",\"\"", ["", ""]), ("\"\"\"\"", ["\""]),
        ("\"line1\nline2\",x", ["line1\nline2", "x"]), ("a\"b,c", ["a\"b", "c"]),
        ("=\"001\",=\"002\"", ["=\"001\"", "=\"002\""]), ("東京都,\"大阪,府\"", ["東京都", "大阪,府"]),
        (
            "1234567,12345678,123456789,\"1234567\",\"12345678\"",
            ["1234567", "12345678", "123456789", "1234567", "12345678"]
        ),
    ])
    func `is split as RFC 4180 says`(_ text: String, _ cells: [String]) {
        #expect(records(text).map(\.cells) == [cells])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `ends with any line break and knows its first line`(_ end: String) {
        let found = records("a,b\(end)\"x\(end)\(end)y\",2\(end)\(end)c,d\(end)")
        #expect(found.map(\.line) == [1, 2, 5, 6])
        #expect(found.map(\.cells) == [["a", "b"], ["x\(end)\(end)y", "2"], [""], ["c", "d"]])
    }

    @Test func `reports a quote that is never closed, with the line where it began`() {
        let found = records("a,b\nc,\"d\ne,f\ng")
        #expect(found.last?.fault == .unterminatedQuote(line: 2, column: 2))
        #expect(found.last?.cells == ["c", "\"d\ne,f\ng"])
    }

    @Test func `reports text after a closing quote and goes on behind it`() {
        let found = records("a,\"b\"x,c\nd,e,f")
        #expect(found[0].fault == .textAfterQuote(column: 2))
        #expect(found[0].cells == ["a", "\"b\"x", "c"])
        #expect(found[1].cells == ["d", "e", "f"])
    }

    @Test func `keeps no more cells than the limit but counts them`() {
        var reader = CSVReader(Array("a,b,c,d\n".utf8), maxColumns: 3)
        var record = CSVRecord()
        let isThere = reader.next(&record)
        #expect(isThere)
        #expect(record.cells.count == 3)
        #expect(record.surplus == 1)
    }

    @Test func `agrees with a slow reading for texts of any length`() {
        for seed in UInt64(1)...400 {
            var random = Seeded(seed)
            let rows = (0..<6).map { _ in (0..<3).map { _ in random.hardText(upTo: 12) } }
            let text = rows.map { row in
                row.map { "\"" + $0.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\"" }
                    .joined(separator: ",")
            }.joined(separator: "\r\n")
            #expect(
                records(text).map { $0.cells.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } },
                "seed \(seed)")
        }
    }
}

@Suite struct `The separator` {
    @Test(arguments: [
        ("a,b,c\n1,2,3\n", ",", CSVDialect.Source.counted), ("a\tb\tc\n1\t2,5\t3\n", "\t", .counted),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";", .counted), ("氏名,分野\n山田,A;B;C\n佐藤,D\n", ",", .counted),
        ("sep=;\r\na;b\r\n", ";", .sepLine), ("\"sep=\t\"\na\tb\n", "\t", .sepLine), ("name\n山田\n", ",", .singleColumn),
        ("\"a;b\",\"c;d\"\n1,2\n", ",", .counted),
    ])
    func `is found by itself`(_ text: String, _ separator: String, _ source: CSVDialect.Source) throws {
        let decoded = try DecodedText(Array(text.utf8), as: .utf8)
        let dialect = CSVDialect.detect(decoded)
        #expect(dialect.separator == separator.utf8.first)
        #expect(dialect.source == source)
        #expect(dialect.line == (source == .sepLine ? 2 : 1))
    }
}
