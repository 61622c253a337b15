import Delivery
import Exchange

/// The fixed words of notices in the four languages.
struct NoticeTexts {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    var notice: NoticeLanguage { NoticeLanguage(rawValue: language.rawValue) ?? .ja }

    func say(_ ja: String, _ en: String, _ ko: String, _ zh: String) -> String {
        switch language {
        case .ja: ja
        case .en: en
        case .ko: ko
        case .zh: zh
        }
    }

    var matchTitle: String {
        say("新しい組み合わせが見つかりました", "A new match was found", "새로운 매칭을 찾았습니다", "发现新的匹配")
    }

    func needLine(_ title: String) -> String {
        say("ニーズ:\(title)", "Need: \(title)", "니즈: \(title)", "需求:\(title)")
    }

    func seedLine(_ title: String) -> String {
        say("シーズ:\(title)", "Seed: \(title)", "시즈: \(title)", "种子:\(title)")
    }

    var matchRequest: String {
        say(
            "話を聞いてみたい方は「興味あり」でお知らせください。お名前は、双方が希望してから事務局がおつなぎするまで伏せられます。",
            "If you would like to talk, answer \"Interested\". Names stay hidden until both sides agree and the office "
                + "introduces you.",
            "이야기를 나누고 싶으시면 '관심 있음'으로 답해 주세요. 양쪽이 모두 원하여 사무국이 연결해 드릴 때까지 이름은 공개되지 않습니다.",
            "如果想进一步了解,请回复“感兴趣”。在双方都同意并由事务局介绍之前,不会公开名称。")
    }

    var see: String { say("くわしく見る", "See details", "자세히 보기", "查看详情") }

    func digestTitle(_ count: Int) -> String {
        say("新しい組み合わせ \(count)件", "\(count) new matches", "새로운 매칭 \(count)건", "\(count) 个新匹配")
    }

    func digestLine(bridges: Int, shown: Int, of count: Int) -> String {
        let rest = count - shown
        switch language {
        case .ja:
            return "うち異分野の組み合わせは\(bridges)件です。" + (rest > 0 ? "上位\(shown)件を示します(ほか\(rest)件)。" : "")
        case .en:
            return "\(bridges) of them bridge unlike fields."
                + (rest > 0 ? " The best \(shown) are shown, \(rest) more wait." : "")
        case .ko:
            return "그중 서로 다른 분야를 잇는 것은 \(bridges)건입니다." + (rest > 0 ? " 상위 \(shown)건을 보여 드립니다(외 \(rest)건)." : "")
        case .zh:
            return "其中跨领域的有\(bridges)个。" + (rest > 0 ? "以下为前\(shown)个(另有\(rest)个)。" : "")
        }
    }

    var interestTitle: String {
        say("関心が寄せられました", "Somebody is interested", "관심이 도착했습니다", "有人表示感兴趣")
    }

    func interestRequest(_ asked: String) -> String {
        say(
            "「\(asked)」を登録された方のお返事をお待ちしています。", "The owner of \"\(asked)\" is asked for an answer.",
            "'\(asked)'을(를) 등록하신 분의 답변을 기다립니다.", "请发布“\(asked)”的一方回复。")
    }

    var askedTitle: String {
        say("事務局への質問があります", "A question for the coordinators", "사무국에 문의가 있습니다", "有人向事务局提问")
    }

    var askedRequest: String {
        say(
            "コーディネーターの方は、記録から質問を確かめてご連絡ください。",
            "Coordinators: read the question in the log and get in touch.", "코디네이터께서는 기록에서 문의 내용을 확인하고 연락해 주세요.",
            "请协调员在记录中查看问题并联系对方。")
    }

    var mutualTitle: String {
        say("双方が会うことを希望しています", "Both sides want to meet", "양쪽 모두 만나기를 원합니다", "双方都希望见面")
    }

    var mutualRequest: String {
        say(
            "コーディネーターの方は、おつなぎをお願いします。", "Coordinators: please introduce them.", "코디네이터께서는 두 분을 연결해 주세요.",
            "请协调员为双方牵线。")
    }

    func publishedTitle(_ kind: Posting.Kind) -> String {
        kind == .seed
            ? say("新しいシーズ", "A new seed", "새로운 시즈", "新的种子")
            : say("新しいニーズ", "A new need", "새로운 니즈", "新的需求")
    }

    var publishedRequest: String {
        say(
            "心当たりのある方は、事務局までお知らせください。", "If you know of something that fits, tell the office.",
            "짐작 가는 것이 있으시면 사무국에 알려 주세요.", "如有线索,请告知事务局。")
    }

    var testTitle: String { say("試し送り", "A trial message", "시험 발송", "测试消息") }

    func testLine(_ name: String) -> String {
        say(
            "通知先「\(name)」に届きました。設定は正しくできています。", "This reached the channel \"\(name)\". It is set up correctly.",
            "알림 채널 '\(name)'에 도착했습니다. 설정이 올바릅니다.", "已送达通知渠道“\(name)”,设置正确。")
    }
}
