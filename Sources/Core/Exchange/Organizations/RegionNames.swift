/// Names of regions as people write them, to codes of ISO 3166-2: the prefectures of Japan, the provinces of Korea and
/// China, and a few countries.
///
/// Gangwon and Jilin keep the codes KR-42 and CN-22 of the standard before its changes of 2024 and 2017, because the
/// partner regions' own lists use them; the newer codes are read as the same place.
package enum RegionNames {
    /// The code of a region written by name in one of the four languages, or as a code.
    package static func code(of text: String) -> RegionCode? {
        let plain = text.trimmed
        if let named = byName[plain.foldedIdentity] { return RegionCode(stored: named) }
        guard let code = try? RegionCode(plain) else { return nil }
        return RegionCode(stored: successors[code.text] ?? code.text)
    }

    /// Codes that stand for a place whose older code is used here.
    private static let successors = ["KR-51": "KR-42", "CN-JL": "CN-22", "KR-52": "KR-45"]

    private static let byName: [String: String] = {
        var names: [String: String] = [:]
        for (country, list) in [("JP", japan), ("KR", korea), ("CN", china)] {
            for entry in list.split(separator: " ") {
                let parts = entry.split(separator: "=")
                let code = "\(country)-\(parts[0])"
                for name in parts[1].split(separator: "/") {
                    names[String(name).foldedIdentity] = successors[code] ?? code
                }
            }
        }
        for (code, list) in countries {
            for name in list.split(separator: "/") { names[String(name).foldedIdentity] = code }
        }
        return names
    }()

    /// Every name of a region, as written above.
    static func names(of code: String) -> [String] { byCode[code] ?? [] }

    private static let byCode: [String: [String]] = {
        var names = countries.mapValues { $0.split(separator: "/").map(String.init) }
        for (country, list) in [("JP", japan), ("KR", korea), ("CN", china)] {
            for entry in list.split(separator: " ") {
                let parts = entry.split(separator: "=")
                let code = "\(country)-\(parts[0])"
                names[successors[code] ?? code] = parts[1].split(separator: "/").map(String.init)
            }
        }
        return names
    }()

    private static let countries = [
        "JP": "日本/Japan/일본", "KR": "韓国/大韓民国/Korea/South Korea/한국/대한민국/韩国", "CN": "中国/China/중국",
        "US": "アメリカ/米国/USA/United States/미국/美国", "DE": "ドイツ/Germany/독일/德国", "SG": "シンガポール/Singapore/싱가포르/新加坡",
        "TW": "台湾/Taiwan/대만", "VN": "ベトナム/Vietnam/베트남/越南",
    ]
    private static let japan = """
        01=北海道/Hokkaido 02=青森県/青森/Aomori 03=岩手県/岩手/Iwate 04=宮城県/宮城/Miyagi 05=秋田県/秋田/Akita 06=山形県/山形/Yamagata \
        07=福島県/福島/Fukushima 08=茨城県/茨城/Ibaraki 09=栃木県/栃木/Tochigi 10=群馬県/群馬/Gunma 11=埼玉県/埼玉/Saitama \
        12=千葉県/千葉/Chiba 13=東京都/東京/Tokyo 14=神奈川県/神奈川/Kanagawa 15=新潟県/新潟/Niigata 16=富山県/富山/Toyama \
        17=石川県/石川/Ishikawa 18=福井県/福井/Fukui 19=山梨県/山梨/Yamanashi 20=長野県/長野/Nagano 21=岐阜県/岐阜/Gifu \
        22=静岡県/静岡/Shizuoka 23=愛知県/愛知/Aichi 24=三重県/三重/Mie 25=滋賀県/滋賀/Shiga 26=京都府/京都/Kyoto 27=大阪府/大阪/Osaka \
        28=兵庫県/兵庫/Hyogo 29=奈良県/奈良/Nara 30=和歌山県/和歌山/Wakayama 31=鳥取県/鳥取/Tottori 32=島根県/島根/Shimane \
        33=岡山県/岡山/Okayama 34=広島県/広島/Hiroshima 35=山口県/山口/Yamaguchi 36=徳島県/徳島/Tokushima 37=香川県/香川/Kagawa \
        38=愛媛県/愛媛/Ehime 39=高知県/高知/Kochi 40=福岡県/福岡/Fukuoka 41=佐賀県/佐賀/Saga 42=長崎県/長崎/Nagasaki 43=熊本県/熊本/Kumamoto \
        44=大分県/大分/Oita 45=宮崎県/宮崎/Miyazaki 46=鹿児島県/鹿児島/Kagoshima 47=沖縄県/沖縄/Okinawa
        """
    private static let korea = """
        11=서울특별시/서울/Seoul 26=부산광역시/부산/Busan 27=대구광역시/대구/Daegu 28=인천광역시/인천/Incheon 29=광주광역시/광주/Gwangju \
        30=대전광역시/대전/Daejeon 31=울산광역시/울산/Ulsan 50=세종특별자치시/세종/Sejong 41=경기도/Gyeonggi \
        42=강원도/강원특별자치도/강원/Gangwon/江原道 43=충청북도/충북/Chungbuk 44=충청남도/충남/Chungnam 45=전라북도/전북특별자치도/전북/Jeonbuk \
        46=전라남도/전남/Jeonnam 47=경상북도/경북/Gyeongbuk 48=경상남도/경남/Gyeongnam 49=제주도/제주특별자치도/제주/Jeju
        """
    private static let china = """
        BJ=北京市/北京/Beijing TJ=天津市/天津/Tianjin HE=河北省/河北/Hebei SX=山西省/Shanxi NM=内蒙古自治区/内蒙古 LN=辽宁省/辽宁/遼寧省/Liaoning \
        JL=吉林省/吉林/Jilin/길림성 HL=黑龙江省/黑龙江/黒竜江省/Heilongjiang SH=上海市/上海/Shanghai JS=江苏省/江苏/江蘇省/Jiangsu \
        ZJ=浙江省/浙江/Zhejiang AH=安徽省/安徽/Anhui FJ=福建省/福建/Fujian JX=江西省/江西/Jiangxi SD=山东省/山东/山東省/Shandong \
        HA=河南省/河南/Henan HB=湖北省/湖北/Hubei HN=湖南省/湖南/Hunan GD=广东省/广东/広東省/Guangdong GX=广西壮族自治区/广西 HI=海南省/海南/Hainan \
        CQ=重庆市/重庆/重慶市/Chongqing SC=四川省/四川/Sichuan GZ=贵州省/贵州/Guizhou YN=云南省/云南/雲南省/Yunnan XZ=西藏自治区/西藏 \
        SN=陕西省/陕西/陝西省/Shaanxi GS=甘肃省/甘肃/Gansu QH=青海省/青海/Qinghai NX=宁夏回族自治区/宁夏 XJ=新疆维吾尔自治区/新疆
        """
}
