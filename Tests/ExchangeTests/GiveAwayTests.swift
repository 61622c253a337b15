import Exchange
import Testing

@Suite struct `The give-away scanner` {
    private func scan(_ text: String, of name: String = "鴻巣試作所", people: [Participant] = []) -> [String] {
        let scanner = GiveAwayScanner(organization: organization(1, name), people: people)
        return scanner.scan(PostingContent(title: text, language: .ja)).map { "\($0.kind.rawValue) \($0.excerpt)" }
    }

    @Test(arguments: [
        ("株式会社山陰精機", "山陰精機の加工技術", "山陰精機"), ("山陰精機株式会社", "（株）山陰精機では", "山陰精機"), ("㈱山陰精機", "弊社 山陰精機株式会社 は", "山陰精機"),
        ("株式会社山陰精機", "山陰 精機では", "山陰 精機"), ("ＡＣＭＥ株式会社", "当社acmeの", "acme"),
        ("Acme Co., Ltd.", "made by ACME, Ltd.", "ACME"),
        ("Tinyhinge Orbital, Inc.", "At Tinyhinge  Orbital we", "Tinyhinge  Orbital"),
        ("주식회사 한빛정밀", "한빛정밀의 기술", "한빛정밀"),
        ("한빛정밀㈜", "저희 한빛 정밀은", "한빛 정밀"), ("长白山木业有限公司", "我们长白山木业的", "长白山木业"),
        ("Frostfrei Oberflächen GmbH", "frostfrei oberflächen coats", "frostfrei oberflächen"),
    ])
    func `finds the organization with and without its legal form`(_ name: String, _ text: String, _ excerpt: String) {
        #expect(scan(text, of: name).contains { $0.hasPrefix("organization_name") && $0.contains(excerpt) })
    }

    @Test(arguments: [
        ("Acme Co., Ltd.", "the acmeist poets"), ("Inc株式会社", "include an incubator"), ("株式会社山陰精機", "山陰の精密機械"),
        ("株式会社光", "光学部品の検査"), ("OTA Ltd.", "total rotation"), ("한빛정밀㈜", "정밀 가공"),
    ])
    func `leaves alone words that only look like the name`(_ name: String, _ text: String) {
        #expect(scan(text, of: name) == [])
    }

    @Test func `finds the reading of the name`() {
        let scanner = GiveAwayScanner(
            organization: organization(1, "因伯交流機構", kana: "インパクコウリュウキコウ"), people: [])
        let found = scanner.scan(PostingContent(title: "インパク コウリュウキコウ主催", language: .ja))
        #expect(found.map(\.kind) == [.organizationName])
    }

    @Test(arguments: [
        ("田淵 千鶴", "担当は田淵千鶴です"), ("田淵千鶴", "担当：田淵　千鶴"), ("王伟", "联系人王伟"), ("김도윤", "담당 김도윤 드림"),
        ("Mara Feld", "ask MARA FELD"),
        ("林 薫", "林薫まで"),
    ])
    func `finds people of the organization`(_ name: String, _ text: String) throws {
        #expect(scan(text, people: [try person(1, name)]).map { $0.prefix(11) } == ["person_name"])
    }

    @Test func `does not take a short Latin name out of other words`() throws {
        #expect(scan("the feldspar market", people: [try person(1, "Mara Feld"), try person(2, "Li")]) == [])
    }

    @Test(arguments: [
        ("詳しくは https://example.jp/a?b=c を", "link https://example.jp/a?b=c"),
        ("ｈｔｔｐ：／／ｅｘａｍｐｌｅ．ｊｐ", "link http://example.jp"),
        ("www.example.de/x", "link www.example.de/x"), ("example.co.jp で検索", "link example.co.jp"),
        ("ftp://files.example.org", "link ftp://files.example.org"),
        ("example.com에서 보세요", "link example.com"), ("请看example.cn", "link example.cn"),
        ("taro@example.jp まで", "email taro@example.jp"), ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ", "email taro@example.jp"),
        ("Taro @ example.jp", "email Taro @ example.jp"),
        ("메일 a.b@example.kr로", "email a.b@example.kr"),
    ])
    func `finds links and mail addresses`(_ text: String, _ found: String) {
        #expect(scan(text) == [found])
    }

    @Test(arguments: [
        ("電話0857-00-1001まで", "phone 0857-00-1001"), ("ＴＥＬ　０８５７（００）１００１", "phone 0857(00)1001"),
        ("03‐1234‐5678", "phone 03‐1234‐5678"),
        ("(03) 1234-5678", "phone (03) 1234-5678"), ("0120-123-456", "phone 0120-123-456"),
        ("09012345678", "phone 09012345678"),
        ("+81 857 00 1001", "phone +81 857 00 1001"), ("+49 821 0000 0101", "phone +49 821 0000 0101"),
        ("010-1234-5678로 연락", "phone 010-1234-5678"),
        ("전화01012345678", "phone 01012345678"), ("02-123-4567", "phone 02-123-4567"),
        ("033-000-1001", "phone 033-000-1001"),
        ("手机13812345678", "phone 13812345678"), ("电话0431-12345678", "phone 0431-12345678"),
        ("+86 138 1234 5678", "phone +86 138 1234 5678"),
        ("call (310) 555-0122", "phone (310) 555-0122"),
    ])
    func `finds phone numbers of four countries and more`(_ text: String, _ found: String) {
        #expect(scan(text) == [found])
    }

    @Test(arguments: [
        "特願2020-123456号を", "特開平10-123456", "特許第6789012号", "特許第6,789,012号", "特許6789012", "実用新案登録第3123456号",
        "意匠登録第1234567号",
        "JP6789012B2", "JP 2020-123456 A", "US 9,123,456 B2", "US10123456B2", "US 2020/0123456 A1", "EP 3 456 789 B1",
        "EP3456789B1",
        "WO2020/123456", "PCT/JP2020/012345", "KR 10-1234567", "특허KR10-2020-0012345호", "등록특허 제10-1234567호",
        "특허 제10-1234567호",
        "출원번호 10-2020-0012345", "CN113456789A", "ZL201910123456.7", "专利号：ZL201910123456.7", "专利号201910123456.7",
    ])
    func `finds patent numbers of several offices`(_ text: String) {
        #expect(scan(text).map { $0.prefix(13) } == ["patent_number"])
    }

    @Test(arguments: ["法人番号7000012050002", "法人番号 ７０００－０１２０－５０００２", "(7 0000 1205 0002)"])
    func `finds corporate numbers`(_ text: String) {
        #expect(scan(text).map { $0.prefix(16) } == ["corporate_number"])
    }

    @Test(arguments: [
        "0.5%~10mm", "2025-04-01", "2025/04/01", "2025-04-01 10:30:00", "2025年4月1日", "IP67", "ISO 9001:2015",
        "JIS B 0401-1:2016", "PET·PP",
        "10-20-30 mm", "1200 x 800 x 600", "1000-1500-2000 rpm", "10050-2000-3000", "100,000,000円", "3.14159265358979",
        "SUS304", "A5052-H34",
        "AC200V 50/60Hz", "IEEE 802.11ax", "ASP.NET と VB.NET", "Node.js", "Python 3.11.2", "JP-31", "JP-31 2025年度",
        "CN-22 2024", "KR-42",
        "USB 3.2 Gen 2", "CNC 5000", "WO2 3N5", "1234567890123", "0-100-200", "0857", "@home", "a@b", "10^-3 Pa",
        "2-8 ℃, 0.1-0.2 mg/L", "M8×1.25", "CAS 7732-18-5", "CAS 1310-73-2", "HS 8479.89", "TRL 3-5", "R134a", "特許出願中",
        "特許取得済み(3件)",
        "专利申请中", "특허 출원 중", "SDGs 9.4", "令和5年4月1日", "1/100", "24時間365日", "0.05-0.10-0.15 mm", "5G・6G", "e.g. 12 kg",
    ])
    func `leaves ordinary figures alone`(_ text: String) {
        #expect(scan(text) == [])
    }

    @Test func `names the field that each trace stands in, in order`() throws {
        let content = PostingContent(
            title: "鴻巣試作所のシーズ", summary: "https://example.jp", detail: "0857-00-1001\n特許第6789012号",
            purpose: "a@example.jp",
            means: "田淵千鶴", keywords: ["鋳造", "鴻巣試作所"], language: .ja)
        let scanner = GiveAwayScanner(organization: organization(1, "鴻巣試作所"), people: [try person(1)])
        #expect(
            scanner.scan(content).map { "\($0.field) \($0.kind.rawValue)" } == [
                "title organization_name", "summary link", "detail phone", "detail patent_number", "purpose email",
                "means person_name", "keywords organization_name",
            ])
    }

    @Test func `says what it found and what to do`() {
        #expect(
            GiveAway(kind: .phone, field: "detail", excerpt: "0857-00-1001").words
                == "\"0857-00-1001\" is a phone number and would tell who is asking. "
                + "Take it out, or show the posting by name.")
    }

    @Test func `reads fifty thousand characters`() throws {
        let long = String(repeating: "薄肉鋳物の欠陥を減らしたい 0.5%~10mm。", count: 2_000) + "鴻巣試作所"
        #expect(scan(long) == ["organization_name 鴻巣試作所"])
    }
}
