import Tabular
import Testing

@Suite struct `A header` {
    @Test(arguments: [
        "氏名,メールアドレス", " 氏　名 ,ﾒｰﾙｱﾄﾞﾚｽ", "Name,E-MAIL", "ｎａｍｅ,email", "이름,이메일", "姓名,邮箱", "氏名（必須）,メールアドレス [任意]",
        "*Name,E mail", "name,mail", "元の行,直すところ,氏名,メールアドレス",
    ])
    func `is found in any language, case, width and spacing`(_ header: String) throws {
        let found = try table(header + "\n")
        #expect(found.headerMap.has("name"))
        #expect(found.headerMap.has("mail"))
        #expect(!found.headerMap.has("amount"))
        #expect(found.notices.isEmpty)
    }

    @Test func `gives notice of unknown columns and suggests the nearest free one`() throws {
        let found = try table("氏名,登録曰,備考\n")
        #expect(
            found.notices == [
                .unknown(header: "登録曰", number: 2, nearest: people[3]), .unknown(header: "備考", number: 3, nearest: nil),
            ])
        #expect(found.notices[0].words(in: .ja).contains("登録日"))
    }

    @Test func `must not lack or double columns`() {
        let error = #expect(throws: TabularFault.self) { try table("Mail,Email,Nmae\n") }
        guard case .header(let problems, let notices, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(
            problems == [
                .missing(people[1]), .doubled(people[2], headers: ["Mail", "Email"], numbers: [1, 2]),
            ])
        #expect(notices == [.unknown(header: "Nmae", number: 3, nearest: people[1])])
        #expect(error?.words(in: .ja).contains("氏名") == true)
    }

    @Test(arguments: [("", TabularFault.empty), ("\n\n ,\n", .empty), ("name,\"x\n1,2", .brokenHeader(line: 1))])
    func `must be there and be whole`(_ text: String, _ fault: TabularFault) {
        #expect(throws: fault) { try table(text) }
    }

    @Test(arguments: [
        ([0x50, 0x4B, 0x03, 0x04] as [UInt8], "Excel (.xlsx) / ZIP"), ([0xD0, 0xCF, 0x11, 0xE0], "Excel (.xls)"),
        (Array("%PDF".utf8), "PDF"),
    ])
    func `cannot be in a workbook`(_ bytes: [UInt8], _ kind: String) {
        #expect(throws: TabularFault.notText(kind: kind)) { try Tabular.read(bytes, columns: people) }
    }
}

/// What a test takes from a row.
private struct Person: Hashable {
    var name: String
    var mail: String?
    var since: CivilDate?
    var amount: Int?
    var fields: [String]
}

private func persons(_ table: Table) -> TableReading<Person> {
    var mails = UniqueValues()
    return table.read { row in
        let name = row.text("name")
        let mail = row.mail("mail")
        row.unique("mail", mail, in: &mails)
        let since = row.date("since")
        let amount = row.integer("amount", in: 0...1_000_000)
        let fields = row.list("fields")
        guard let name else { return nil }
        return Person(name: name, mail: mail, since: since, amount: amount, fields: fields)
    }
}

@Suite struct `A table` {
    @Test func `reads typed rows from a file of Excel in CP932`() throws {
        let text =
            "氏名,メールアドレス,登録日,金額,分野\r\n髙橋　一郎,ｉｃｈｉｒｏ＠example.jp,令和7年4月1日,\"１，２００\",光学;\r\n㈱田中,,45748,,\r\n,,,,\r\n\r\n"
        let bytes = try TextEncoding.cp932.encode(Array(text.utf8))
        let found = try Tabular.read(bytes, columns: people)
        #expect(found.finding.encoding == .cp932)
        let day = CivilDate(year: 2025, month: 4, day: 1)
        let reading = persons(found)
        #expect(reading.rejected == [])
        #expect(
            reading.accepted.map(\.value) == [
                Person(name: "髙橋　一郎", mail: "ichiro@example.jp", since: day, amount: 1200, fields: ["光学"]),
                Person(name: "㈱田中", mail: nil, since: day, amount: nil, fields: []),
            ])
        #expect(reading.accepted.map(\.line) == [2, 3])
    }

    @Test func `collects every problem of every row`() throws {
        let text = """
            name,mail,since,amount,fields
            a,nobody,04/05/2025,x,f
            ,z@b.jp,,,
            b,a@b.jp,,,
            "c
            d",a@B.jp,2025-02-30,2000000,"f
            g"
            e,,,,,extra
            f
            g,"x"y,,,
            """
        let reading = persons(try table(text))
        #expect(reading.accepted.map(\.line) == [4])
        let found = reading.problems.map { "\($0.line) \($0.column) \($0.header) \($0.code)" }
        #expect(
            found == [
                "2 2 mail not_mail_address", "2 3 since ambiguous_date", "2 4 amount not_integer", "3 1 name blank",
                "5 2 mail doubled",
                "5 3 since no_such_day", "5 4 amount out_of_range", "8 0  too_many_cells", "9 0  too_few_cells",
                "10 2 mail text_after_quote", "10 2 mail not_mail_address",
            ])
        #expect(
            reading.problems[0].words(in: .ja)
                == "2行目 B列「mail」：メールアドレスとして読めません。name@example.ac.jp の形で、一つだけ書いてください。（値：「nobody」）")
    }

    @Test(arguments: [1, 2, 3, 7, 100]) func `reads the same in stretches as in one go`(_ size: Int) throws {
        var dice = Seeded(UInt64(size))
        var text = "name,mail,amount\n"
        for number in 0..<60 {
            let name = dice.hardText(upTo: 4).replacing("\"", with: "\"\"")
            text += ["\n", "", "", ",,\r\n"].randomElement(using: &dice) ?? ""
            text +=
                "\"\(name)\",\(number % 5 == 0 ? "nobody" : "p\(number)@b.jp"),\(number % 7 == 0 ? "x" : "\(number)")\n"
        }
        var limits = TabularLimits.standard
        limits.maxRows = 50
        let found = try table(text, limits: limits)
        func take(_ row: inout RowReader) -> String? {
            let values = [row.text("name"), row.mail("mail"), row.integer("amount").map { "\($0)" }]
            return values.contains(nil) ? nil : "\(values)"
        }
        let whole = found.read(take)
        var lines: [Int] = []
        let stretches = found.stretches(of: size) { lines.append($0.line) }
        #expect(lines.count >= 60 - 5)
        // Side by side means in any order.
        let parts = stretches.indices.reversed().map { found.read(stretches[$0], take) }
        let joined = TableReading(of: found, parts.reversed())
        #expect(joined.accepted.map(\.value) == whole.accepted.map(\.value))
        #expect(joined.accepted.map(\.line) == whole.accepted.map(\.line))
        #expect(joined.rejected == whole.rejected)
        #expect(joined.passedOver == whole.passedOver)
        #expect(!whole.accepted.isEmpty && whole.problems.contains { $0.reason == .structure(.tooManyRows(limit: 50)) })
    }

    @Test func `accepts spare separators and refuses an open quote with its line`() throws {
        let reading = persons(try table("name,mail\na,,,\nb,\"c@d.jp\ne,f@g.jp\n"))
        #expect(reading.accepted.map(\.value.name) == ["a"])
        #expect(reading.problems.first?.reason == .structure(.unterminatedQuote(openedOnLine: 3)))
        #expect(reading.rejected.first?.cells.last == "\"c@d.jp\ne,f@g.jp\n")
    }

    @Test(arguments: [
        ("\u{0}", "control_character"), ("\u{8}", "control_character"), ("\u{7F}", "control_character"),
        ("\u{85}x", "control_character"),
        ("\u{202E}", "direction_override"), ("\u{202A}", "direction_override"), ("\u{2066}", "direction_override"),
        ("\u{2069}", "direction_override"), ("\u{E000}", "private_use_character"),
        ("\u{FFFD}", "replacement_character"),
        ("\u{10FFFD}", "private_use_character"),
    ])
    func `reports characters that have no business in a cell`(_ character: String, _ code: String) throws {
        let reading = persons(try table("name\nfine and long enough\nx\(character)y\nalso fine 東京\n"))
        #expect(reading.problems.map(\.code) == [code])
        #expect(reading.rejected.map(\.line) == [3])
        #expect(reading.accepted.count == 2)
    }

    @Test(arguments: ["\u{2065}", "\u{206A}", "\u{2029}", "\u{202F}", "\u{A0}", "\u{1F600}", "\u{FF21}"])
    func `lets their neighbours pass`(_ character: String) throws {
        #expect(persons(try table("name\nx\(character)y\n")).problems.isEmpty)
    }

    @Test(arguments: ["#N/A", "#REF!", "########"])
    func `reports the errors of Excel`(_ text: String) throws {
        #expect(persons(try table("name\n\(text)\n")).problems.map(\.reason) == [.text(.excelError)])
    }

    @Test func `shows the first rows as it understood them`() throws {
        let found = try table("name,mail\n\"a\nb\",1\n\nc,2\nd,3\n")
        #expect(
            found.preview(rows: 2) == [
                PreviewRow(line: 2, cells: ["a\nb", "1"]), PreviewRow(line: 5, cells: ["c", "2"]),
            ])
    }

    @Test func `takes a refusal of the caller like its own`() throws {
        let words = Words(ja: "短すぎます。", en: "too short.")
        let reading = try table("name,mail\nab,\nabc,\n").read { row in
            row.value("name") { (text) throws(CellReason) in
                guard text.count > 2 else { throw .refused(code: "short", words) }
                return text
            }
        }
        #expect(reading.accepted.map(\.value) == ["abc"])
        #expect(reading.problems.map(\.code) == ["short"])
        #expect(reading.problems[0].words(in: .en) == "Line 2, column A \"name\": too short. (value: \"ab\")")
    }

    @Test func `says when an encoding was named that the file does not have`() {
        let bytes = Array("氏名\n".utf8) + [0xFF]
        let error = #expect(throws: TabularFault.self) { try Tabular.read(bytes, encoding: .utf8, columns: people) }
        #expect(error?.words(in: .en).contains("Line 2, byte 1: FF") == true)
    }
}

@Suite struct `Limits of a file` {
    private static func limits(_ change: (inout TabularLimits) -> Void) -> TabularLimits {
        var limits = TabularLimits()
        change(&limits)
        return limits
    }

    @Test func `hold for bytes`() throws {
        let text = "name\nab\n"
        _ = try table(text, limits: Self.limits { $0.maxBytes = 8 })
        #expect(throws: TabularFault.tooManyBytes(limit: 7, found: 8)) {
            try table(text, limits: Self.limits { $0.maxBytes = 7 })
        }
    }

    @Test func `hold for columns`() throws {
        _ = try table("name,x,y\n", limits: Self.limits { $0.maxColumns = 3 })
        #expect(throws: TabularFault.tooManyColumns(limit: 2, found: 3)) {
            try table("name,x,y\n", limits: Self.limits { $0.maxColumns = 2 })
        }
    }

    @Test func `hold for rows, and lose none`() throws {
        let reading = persons(try table("name\na\nb\nc\nd\n", limits: Self.limits { $0.maxRows = 2 }))
        #expect(reading.accepted.map(\.value.name) == ["a", "b"])
        #expect(reading.rejected.map(\.cells) == [["c"], ["d"]])
        #expect(Set(reading.problems.map(\.code)) == ["too_many_rows"])
    }

    @Test func `hold for entries of a list`() throws {
        let limits = Self.limits { $0.maxListItems = 2 }
        #expect(persons(try table("name,fields\na,x;y\n", limits: limits)).problems.isEmpty)
        #expect(
            persons(try table("name,fields\na,x;y;z\n", limits: limits)).problems.map(\.reason)
                == [.text(.tooManyItems(limit: 2, count: 3))])
    }

    @Test(arguments: ["a", "東", "\"\""])
    func `hold for the characters of a cell, and 100,000 are read where they are allowed`(_ piece: String) throws {
        let text = "name,mail\n\"\(String(repeating: piece, count: 100_000))\",\n"
        let reading = persons(try table(text))
        #expect(reading.problems.map(\.reason) == [.text(.tooLong(limit: 32_767, length: 100_000))])
        #expect(reading.problems[0].value.unicodeScalars.count == 81)
        #expect(reading.rejected[0].cells[0].unicodeScalars.count == 100_000)
        let wide = persons(try table(text, limits: Self.limits { $0.maxCellCharacters = 100_000 }))
        #expect(wide.accepted.first?.value.name.unicodeScalars.count == 100_000)
        let narrow = persons(try table(text, limits: Self.limits { $0.maxCellCharacters = 99_999 }))
        #expect(narrow.problems.map(\.code) == ["too_long"])
    }
}
