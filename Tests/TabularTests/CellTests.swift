import Tabular
import Testing

@Suite struct `A text cell` {
    @Test(arguments: [
        ("  a b　", "a b"), ("　", ""), ("\u{A0}a\u{FEFF}", "a"), ("=\"001\"", "001"), ("=\"a\"\"b\"", "a\"b"),
        ("=\"a\"&\"b\"", "=\"a\"&\"b\""), ("'=x", "=x"), ("'+81", "+81"), ("''=x", "'=x"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("'90s", "'90s"), ("a\r\nb\rc", "a\nb\nc"), ("'", "'"), ("東京 ", "東京"), ("=", "="),
    ])
    func `comes without what Excel wrapped around it`(_ raw: String, _ text: String) {
        #expect(TextCell.text(raw) == text)
    }
}

@Suite struct `A number cell` {
    @Test(arguments: [
        ("1234", 1234), ("１，２３４", 1234), ("1,234,567", 1_234_567), ("-5", -5), ("−５", -5), ("▲1,000", -1000),
        ("(300)", -300),
        ("¥12,000", 12000), ("12,000円", 12000), ("\\500", 500), ("3.00", 3), ("+7", 7), ("-¥5", -5), ("￥1000", 1000),
    ])
    func `is read as people write integers`(_ text: String, _ value: Int) throws {
        #expect(try NumberCell.integer(text) == value)
    }

    @Test(arguments: [
        ("", CellReason.number(.notInteger)), ("abc", .number(.notInteger)), ("1,23", .number(.notInteger)),
        ("1.5", .number(.notInteger)), ("1.23E+11", .number(.scientific)), ("--5", .number(.notInteger)),
        ("99999999999999999999", .number(.outOfRange(lowest: 0, highest: 100))),
        ("-1", .number(.outOfRange(lowest: 0, highest: 100))), ("101", .number(.outOfRange(lowest: 0, highest: 100))),
    ])
    func `refuses everything else`(_ text: String, _ expected: CellReason) {
        #expect(reason { () throws(CellReason) in try NumberCell.integer(text, in: 0...100) } == expected)
    }

    @Test(arguments: [("1.5", 1.5), ("１．５", 1.5), ("-1,234.25", -1234.25), ("50%", 0.5), ("12", 12)])
    func `is read as a decimal`(_ text: String, _ value: Double) throws {
        #expect(try NumberCell.decimal(text) == value)
    }
}

@Suite struct `A date cell` {
    @Test(arguments: [
        "2025-04-01", "2025/4/1", "2025.4.1", "2025. 4. 1.", "2025年4月1日", "２０２５年４月１日", "2025年 4月 1日（火）", "令和7年4月1日",
        "R7.4.1",
        "Ｒ７．４．１", "r7/4/1", "㋿7年4月1日", "令7.4.1", "2025년 4월 1일", "45748", "45748.0", "20250401", "2025/4/1 0:00:00",
        "2025-04-01T00:00", "2025年4月1日(Tue)", "R.7.4.1", "2025年4月1日（火・祝）",
    ])
    func `is read in every usual form`(_ text: String) throws {
        #expect(try DateCell.date(text) == CivilDate(year: 2025, month: 4, day: 1))
    }

    @Test(arguments: [
        ("令和元年5月1日", 2019, 5, 1), ("平成31年4月30日", 2019, 4, 30), ("昭和64年1月7日", 1989, 1, 7), ("S39.10.10", 1964, 10, 10),
        ("H1.1.8", 1989, 1, 8), ("2024-02-29", 2024, 2, 29), ("2000/2/29", 2000, 2, 29), ("25569", 1970, 1, 1),
        ("大正12年9月1日", 1923, 9, 1),
    ])
    func `knows eras and leap years`(_ text: String, _ year: Int, _ month: Int, _ day: Int) throws {
        #expect(try DateCell.date(text) == CivilDate(year: year, month: month, day: day))
    }

    @Test(arguments: [
        ("2025-02-29", "no_such_day"), ("1900-02-29", "no_such_day"), ("2025年13月1日", "no_such_day"),
        ("4/1", "date_without_year"),
        ("4月1日", "date_without_year"), ("25/4/1", "short_year"), ("04/05/2025", "ambiguous_date"),
        ("31/12/2025", "ambiguous_date"),
        ("平成32年4月1日", "outside_era"), ("令和元年4月30日", "outside_era"), ("昭和64年1月8日", "outside_era"), ("2025", "not_date"),
        ("未定", "not_date"),
        ("2025-4/1", "not_date"), ("2025-04-01 17:00", "date_has_time"), ("", "not_date"), ("2025年4月", "not_date"),
        ("60", "not_date"),
        ("R0.4.1", "no_such_day"), ("2025--01", "not_date"), ("99999999", "no_such_day"),
    ])
    func `is refused when it is unclear or no day`(_ text: String, _ code: String) {
        #expect(reason { () throws(CellReason) in try DateCell.date(text) }?.code == code)
    }

    @Test func `tells both readings of an unclear date`() {
        let found = reason { () throws(CellReason) in try DateCell.date("04/05/2025") }
        #expect(found?.words.en.contains("2025-04-05 or 2025-05-04") == true)
        let meant = reason { () throws(CellReason) in try DateCell.date("平成32年4月1日") }
        #expect(meant?.words.ja.contains("2020-04-01") == true)
    }

    @Test(arguments: [
        ("2025-04-01 17:00", 17, 0), ("2025年4月1日 17時30分", 17, 30), ("2025/4/1 9:05:00", 9, 5),
        ("2025-04-01T08:15", 8, 15), ("2025-04-01", 0, 0),
    ])
    func `may carry a time where one is wanted`(_ text: String, _ hour: Int, _ minute: Int) throws {
        let moment = try DateCell.moment(text)
        #expect(moment.date.description == "2025-04-01")
        #expect([moment.hour, moment.minute] == [hour, minute])
    }

    @Test func `counts days both ways through 400 years`() {
        for days in -150_000...60_000 {
            let date = CivilDate(daysSince1970: days)
            #expect(date?.daysSince1970 == days)
        }
        #expect(CivilDate(daysSince1970: -719_162)?.description == "0001-01-01")
        #expect(CivilDate(daysSince1970: 2_932_896)?.description == "9999-12-31")
        #expect(CivilDate(daysSince1970: 2_932_897) == nil)
    }
}

@Suite struct `Contacts, codes, choices and lists` {
    @Test(arguments: [
        ("taro@example.ac.jp", "taro@example.ac.jp"), ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "taro@example.jp"),
        ("Taro <Taro@Example.JP>", "Taro@example.jp"),
        ("mailto:a.b+c@x.org", "a.b+c@x.org"), ("a..b.@docomo.example.jp", "a..b.@docomo.example.jp"),
    ])
    func `read mail addresses`(_ text: String, _ value: String) throws {
        #expect(try ContactCell.mail(text) == value)
    }

    @Test(arguments: ["a", "a@b", "a@@b.jp", "a b@c.jp", "a@b.jp, c@d.jp", "@b.jp", "a@-b.jp", "a@b..jp", "山田@例.jp"])
    func `refuse what is no mail address`(_ text: String) {
        #expect(reason { () throws(CellReason) in try ContactCell.mail(text) } == .text(.notMail))
    }

    @Test(arguments: [
        ("03-1234-5678", "03-1234-5678"), ("０３ー１２３４ー５６７８", "03-1234-5678"), ("(03) 1234-5678", "03-1234-5678"),
        ("+81 3 1234 5678", "+81-3-1234-5678"),
        ("'09012345678", "09012345678"), ("TEL: 0263-12-3456", "0263-12-3456"), ("026−212−3456", "026-212-3456"),
    ])
    func `read phone numbers`(_ text: String, _ value: String) throws {
        #expect(try ContactCell.phone(text) == value)
    }

    @Test(arguments: ["123", "内線12", "1234567890123456"])
    func `refuse what is no phone number`(_ text: String) {
        #expect(reason { () throws(CellReason) in try ContactCell.phone(text) } == .text(.notPhone))
    }

    @Test(arguments: [("ＡＢ－００１", "AB-001"), ("'001", "001"), ("コード1", "コード1"), ("org:長野/7", "org:長野/7")])
    func `read codes`(_ text: String, _ value: String) throws {
        #expect(try ContactCell.code(text) == value)
    }

    @Test(arguments: [
        ("はい", true), ("○", true), ("有", true), ("YES", true), ("ＴＲＵＥ", true), ("1", true), ("예", true), ("是", true),
        ("いいえ", false),
        ("×", false), ("無", false), ("no", false), ("FALSE", false), ("０", false), ("아니오", false), ("否", false),
    ])
    func `read yes and no in four languages`(_ text: String, _ value: Bool) throws {
        #expect(try BooleanCell.boolean(text) == value)
    }

    @Test func `refuse a third answer`() {
        #expect(reason { () throws(CellReason) in try BooleanCell.boolean("たぶん") } == .choice(.notBoolean))
    }

    @Test func `split lists at every usual separator`() {
        #expect(ContactCell.list("a; b、c，d,e/f\ng；h／a;;") == ["a", "b", "c", "d", "e", "f", "g", "h"])
        #expect(ContactCell.list("　").isEmpty)
    }

    @Test func `find labels in any case, width and spacing, and suggest the nearest`() throws {
        let roles = LabelTable([
            ("coordinator", ["コーディネータ", "coordinator", "코디네이터", "协调员"]), ("member", ["会員", "member", "회원", "成员"]),
        ])
        for label in ["コーディネータ", "ｺｰﾃﾞｨﾈｰﾀ", " Co-Ordinator", "ＣＯＯＲＤＩＮＡＴＯＲ", "코디네이터", "协调员"] {
            #expect(try roles.value(of: label) == "coordinator")
        }
        #expect(
            reason { () throws(CellReason) in try roles.value(of: "コーディネーター") }
                == .choice(.unknownLabel(permitted: ["コーディネータ", "会員"], nearest: "コーディネータ")))
    }
}
