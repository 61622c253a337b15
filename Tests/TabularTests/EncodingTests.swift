import Tabular
import Testing

@Suite struct `Encodings` {
    @Test(arguments: [
        (TextEncoding.cp932, [0x87, 0x40, 0x87, 0x8A, 0xFB, 0xFC, 0xFA, 0xB1] as [UInt8], "①㈱髙﨑"),
        (.cp932, [0xED, 0x95, 0x81, 0x5C, 0x5C, 0x7E, 0xB1, 0xDE], "﨑―\\~ｱﾞ"), (.cp932, [0x81, 0x60], "～"),
        (.cp932, [0x1A, 0x1C, 0x7F], "\u{1A}\u{1C}\u{7F}"), (.cp949, [0xB1, 0xE8, 0x8C, 0x63], "김똠"),
        (.gb18030, [0xD6, 0xD0, 0x81, 0x30, 0x84, 0x36, 0x94, 0x39, 0xDA, 0x33], "中¥💩"),
        (.utf16LE, [0xFF, 0xFE, 0x42, 0x30, 0x3D, 0xD8, 0x69, 0xDC], "あ👩"),
        (.utf16BE, [0xFE, 0xFF, 0x30, 0x42], "あ"), (.utf8BOM, [0xEF, 0xBB, 0xBF, 0x61], "a"),
    ])
    func `decode what Windows writes`(_ encoding: TextEncoding, _ bytes: [UInt8], _ text: String) throws {
        let decoded = try DecodedText(bytes, as: encoding)
        #expect(Array(decoded.bytes[decoded.start...]) == Array(text.utf8))
    }

    @Test(arguments: [
        (TextEncoding.cp932, [0x61, 0x0A, 0x62, 0x83, 0x41, 0xFF, 0x0A] as [UInt8], 2, 4, "FF"),
        (.cp932, [0x61, 0x0D, 0x0A, 0x83], 2, 1, "83"), (.cp949, [0x61, 0xB1], 1, 2, "B1"),
        (.gb18030, [0x0A, 0x0A, 0x81, 0x30, 0x81], 3, 1, "81 30 81"),
        (.utf8, [0x61, 0x0A, 0xE3, 0x81], 2, 1, "E3 81"), (.utf8, [0xC0, 0xAF], 1, 1, "C0"),
        (.utf8, [0xED, 0xA0, 0x80], 1, 1, "ED"), (.utf8, [0x61, 0xF5, 0x80], 1, 2, "F5"),
        (.utf8BOM, [0xEF, 0xBB, 0xBF, 0x61, 0x80], 1, 2, "80"),
        (.utf16LE, [0x61, 0x00, 0x0A, 0x00, 0x00, 0xD8], 2, 5, "00 D8"),
        (.utf16BE, [0x00, 0x61, 0x00], 1, 3, "00"),
    ])
    func `refuse what they do not know, with its place`(
        _ encoding: TextEncoding, _ bytes: [UInt8], _ line: Int, _ column: Int, _ hexadecimal: String
    ) {
        let error = #expect(throws: UndecodableBytes.self) { try DecodedText(bytes, as: encoding) }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.hexadecimal == hexadecimal)
    }

    @Test(arguments: [TextEncoding.cp932, .cp949, .gb18030, .utf8, .utf16LE])
    func `report an undecodable byte behind the first buffers`(_ encoding: TextEncoding) throws {
        let line = try encoding.encode(Array("東京,100\n".utf8), withMark: false)
        let bytes =
            Array(repeatElement(line, count: 9000).joined()) + (encoding == .utf16LE ? [0x00, 0xDC] : [0xFF, 0x0A])
        let error = #expect(throws: UndecodableBytes.self) { try DecodedText(bytes, as: encoding) }
        #expect(error?.line == 9001)
    }

    @Test(arguments: [
        (TextEncoding.cp932, "株式会社 髙﨑①㈱ 〜−‖—～ ¢£¬ ｶﾞ"), (.cp949, "주식회사 한글 똠 株式 〜"), (.gb18030, "有限公司 한국 カナ é 💩 〜"),
        (.utf16LE, "あé👩"), (.utf16BE, "あé👩"), (.utf8BOM, "あ"),
    ])
    func `write what they read, with the twins of Windows`(_ encoding: TextEncoding, _ text: String) throws {
        let bytes = try encoding.encode(Array(text.utf8))
        let decoded = try DecodedText(bytes, as: encoding)
        let back = String(decoding: decoded.bytes[decoded.start...], as: UTF8.self)
        let twins: [Character: Character] = ["〜": "～", "−": "－", "‖": "∥", "—": "―", "¢": "￠", "£": "￡", "¬": "￢"]
        let expected = encoding == .cp932 || encoding == .cp949 ? String(text.map { twins[$0] ?? $0 }) : text
        #expect(back == expected)
    }

    @Test func `name a character they cannot write`() {
        let error = #expect(throws: UnencodableCharacter.self) { try TextEncoding.cp932.encode(Array("a\n한".utf8)) }
        #expect(error?.character == "한")
        #expect(error?.line == 2)
    }

    @Test(arguments: ["utf-8", "UTF_8", "Shift_JIS", "cp932", "Windows-31J", "EUC-KR", "gbk", "utf-16le", "utf-8-sig"])
    func `are known by the names people use`(_ name: String) { #expect(TextEncoding(named: name) != nil) }

    @Test func `are not invented`() { #expect(TextEncoding(named: "latin1") == nil) }
}

@Suite struct `Detection of the encoding` {
    static let japanese = [
        "佐藤", "氏名\n山田太郎\n鈴木花子\n", "団体名,担当者\n株式会社田中製作所,髙橋\n", "東京都\n大阪府\n北海道", "信州大学工学部",
        "氏名,メール\nサトウ,sato@example.jp\n", "ﾔﾏﾀﾞ ﾀﾛｳ,ｽｽﾞｷ ﾊﾅｺ", "有限会社渡辺鉄工所,長野県松本市", "ID,名称\n1,㈱アルプス精密\n",
    ]
    static let korean = [
        "김민수", "이름,회사\n박지영,한국전자\n", "서울특별시\n부산광역시\n", "주식회사 대한정밀", "성명,이메일\n최유진,choi@example.kr\n", "경북대학교 공과대학",
        "삼성전자,이재용\n현대자동차,정의선",
    ]
    static let chinese = [
        "王伟", "姓名,单位\n李娜,清华大学\n", "北京市\n上海市\n深圳市", "华为技术有限公司", "姓名,邮箱\n张敏,zhang@example.cn\n", "苏州纳米科技有限公司,陈晓",
        "浙江大学材料学院,刘洋",
    ]

    @Test(arguments: [
        (TextEncoding.cp932, japanese), (.cp949, korean), (.gb18030, chinese), (.utf8, japanese + korean + chinese),
    ])
    func `finds it for a handful of names`(_ encoding: TextEncoding, _ samples: [String]) throws {
        for sample in samples {
            let bytes = try encoding.encode(Array(sample.utf8))
            let finding = EncodingDetector.detect(bytes)
            #expect(finding.encoding == encoding, "\(sample): \(finding.words(in: .en))")
        }
    }

    @Test(arguments: [
        ([0xEF, 0xBB, 0xBF] as [UInt8], TextEncoding.utf8BOM), ([0xFF, 0xFE, 0x61, 0x00], .utf16LE),
        ([0xFE, 0xFF, 0x00, 0x61], .utf16BE), ([0x61, 0x00, 0x2C, 0x00, 0x0A, 0x00], .utf16LE),
        ([0x00, 0x61, 0x00, 0x2C, 0x00, 0x0A], .utf16BE), ([0x61], .utf8), ([], .utf8),
    ])
    func `believes marks and zero bytes`(_ bytes: [UInt8], _ encoding: TextEncoding) {
        #expect(EncodingDetector.detect(bytes).encoding == encoding)
    }

    @Test func `keeps UTF-8 for accents and for a damaged byte`() {
        #expect(EncodingDetector.detect(Array("Café Müller, Zürich\n".utf8)).encoding == .utf8)
        #expect(EncodingDetector.detect(Array("Иванов, Мария\n".utf8)).encoding == .utf8)
        let damaged = Array("山田太郎,株式会社東京精密,長野県松本市\n".utf8) + [0x82, 0x0A]
        let finding = EncodingDetector.detect(damaged)
        #expect(finding.encoding == .utf8)
        #expect(finding.evidence == .damagedUTF8(characters: 18, faults: 1))
    }

    @Test func `says what it found in words`() throws {
        let finding = EncodingDetector.detect(try TextEncoding.cp932.encode(Array("株式会社東京精密,山田太郎,長野県松本市".utf8)))
        #expect(finding.words(in: .ja).contains("CP932"))
        #expect(finding.words(in: .en).contains("18"))
    }
}
