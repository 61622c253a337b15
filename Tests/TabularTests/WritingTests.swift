import Tabular
import Testing

private let plain = [Column("a", ja: ["a"], en: ["a"]), Column("b", ja: ["b"], en: ["b"])]

@Suite struct `A written file` {
    @Test func `is what Excel opens without asking`() throws {
        var writer = CSVWriter()
        writer.write(["氏名", "備考"])
        writer.write(["山田 \"太郎\"", "a,b\nc"])
        writer.write(["-1,234.5", "=1+1"])
        let bytes = try writer.drain()
        #expect(Array(bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(
            String(decoding: bytes.dropFirst(3), as: UTF8.self)
                == "氏名,備考\r\n\"山田 \"\"太郎\"\"\",\"a,b\nc\"\r\n\"-1,234.5\",'=1+1\r\n")
        writer.write(["x", ""])
        #expect(String(decoding: try writer.drain(), as: UTF8.self) == "x,\r\n")
    }

    @Test(arguments: [
        ("=1", "'=1"), ("+81", "'+81"), ("@x", "'@x"), ("-x", "'-x"), ("-5", "-5"), ("-1,234", "-1,234"),
        ("-0.5", "-0.5"), ("-", "'-"),
        ("-1-2", "'-1-2"), ("\tx", "'\tx"), ("\rx", "'\rx"), ("＝1", "'＝1"), ("'=1", "''=1"), ("'a", "'a"),
        ("a=1", "a=1"), ("-5+cmd", "'-5+cmd"),
    ])
    func `guards what Excel would compute, and reading takes the guard away`(_ text: String, _ written: String) {
        #expect(TextCell.guarded(text) == written)
        #expect(TextCell.unguarded(written) == text)
    }

    @Test(arguments: [TextEncoding.utf8BOM, .utf8, .utf16LE, .utf16BE, .gb18030])
    func `comes back as it was, in every encoding that has all characters`(_ encoding: TextEncoding) throws {
        for seed in UInt64(1)...120 {
            var random = Seeded(seed)
            let rows = (0..<5).map { _ in [random.hardText(upTo: 8), random.hardText(upTo: 8)] }
            var writer = CSVWriter(encoding: encoding)
            for row in [["a", "b"]] + rows { writer.write(row) }
            let decoded = try DecodedText(try writer.drain(), as: encoding)
            var reader = CSVReader(decoded.bytes, from: decoded.start)
            var record = CSVRecord()
            var back: [[String]] = []
            while reader.next(&record) {
                back.append(record.cells.map { TextCell.unguarded(reader.content(of: $0)) })
            }
            #expect(
                back.dropFirst().map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } },
                "seed \(seed)")
        }
    }

    @Test func `names the line of a character the encoding lacks, over several pieces`() throws {
        var writer = CSVWriter(encoding: .cp932)
        writer.write(["a"])
        _ = try writer.drain()
        writer.write(["b"])
        writer.write(["한"])
        let error = #expect(throws: UnencodableCharacter.self) { try writer.drain() }
        #expect(error?.line == 3)
        #expect(error?.character == "한")
    }
}

@Suite struct `The file of rejected rows` {
    private func reading(_ bytes: [UInt8]) throws -> TableReading<[String?]> {
        try Tabular.read(bytes, columns: people).read { row in
            let cells = [row.text("id"), row.text("name"), row.integer("amount").map(String.init)]
            return cells
        }
    }

    @Test func `can be mended and read again`() throws {
        let first = try reading(Array("外部ID,氏名,金額\n=\"001\",山田,x\n002,佐藤,5\n003,,6\n004,\"=cmd\",y,9\n".utf8))
        #expect(first.accepted.map(\.line) == [3])
        let bytes = try #require(try first.rejectedFile(in: .ja))
        let text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
        #expect(text.hasPrefix("元の行,直すところ,外部ID,氏名,金額\r\n2,"))
        #expect(text.contains("=\"\"001\"\""))
        #expect(text.contains("'=cmd"))
        let again = try reading(bytes)
        #expect(again.table.notices.isEmpty)
        #expect(again.problems.map(\.code) == ["not_integer", "blank", "too_many_cells", "not_integer"])
        let mended = text.split(separator: "x\r\n", omittingEmptySubsequences: false).joined(separator: "7\r\n")
        #expect(try reading(Array(mended.utf8)).accepted.map(\.value) == [["001", "山田", "7"]])
        let twice = try #require(try again.rejectedFile(in: .en))
        let header = try Tabular.read(twice, columns: people).header
        #expect(header == ["line", "what to mend", "外部ID", "氏名", "金額"])
    }

    @Test func `is none where nothing was rejected`() throws {
        #expect(try reading(Array("氏名\na\n".utf8)).rejectedFile(in: .ja) == nil)
    }

    @Test func `reads like the original whatever stood in the cells`() throws {
        for seed in UInt64(1)...300 {
            var random = Seeded(seed)
            let raw = [random.hardText(upTo: 6), random.hardText(upTo: 6)]
            let row = RejectedRow(line: 2, cells: raw, problems: [])
            let bytes = try RejectedRows.file(header: ["a", "b"], rows: [row], language: .en)
            var reader = CSVReader(bytes, from: 3)
            var record = CSVRecord()
            for _ in 0..<2 where !reader.next(&record) { Issue.record("a record is missing, seed \(seed)") }
            let back = record.cells.dropFirst(2).map { TextCell.text(reader.content(of: $0)) }
            #expect(back.map { Array($0.utf8) } == raw.map { Array(TextCell.text($0).utf8) }, "seed \(seed)")
        }
    }
}
