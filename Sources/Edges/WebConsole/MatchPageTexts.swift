import Exchange

/// The fixed words of the match page in the four languages.
struct MatchPageTexts {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    private func say(_ ja: String, _ en: String, _ ko: String, _ zh: String) -> String {
        switch language {
        case .ja: ja
        case .en: en
        case .ko: ko
        case .zh: zh
        }
    }

    var title: String { say("見つかった組み合わせ", "A match", "찾은 매칭", "匹配结果") }
    var need: String { say("ニーズ(困っていること)", "Need", "니즈(필요한 것)", "需求") }
    var seed: String { say("シーズ(提供できること)", "Seed", "시즈(제공할 수 있는 것)", "种子(可提供)") }
    var why: String { say("組み合わせた理由", "Why these two", "연결한 이유", "匹配理由") }

    func kind(_ kind: Match.Class) -> String {
        switch kind {
        case .bridge: say("異分野どうしの組み合わせです", "A bridge between unlike fields", "서로 다른 분야를 잇는 매칭입니다", "跨领域的匹配")
        case .adjacent: say("近い分野どうしの組み合わせです", "Neighbouring fields", "가까운 분야의 매칭입니다", "相邻领域的匹配")
        case .kindred: say("同じ分野どうしの組み合わせです", "The same field", "같은 분야의 매칭입니다", "同领域的匹配")
        case .wildcard: say("思いがけない出会いのための組み合わせです", "A chance encounter", "뜻밖의 만남을 위한 매칭입니다", "意外的相遇")
        }
    }

    var answerTitle: String { say("お返事のしかた", "How to answer", "답변 방법", "如何回复") }

    var undecided: String {
        say(
            "どちらかの投稿をされた方は、「興味あり」か「今回は見送る」かを、下の整理番号とともに事務局(コーディネーター)へお知らせください。",
            "If one of the two postings is yours, tell the coordinators whether you are interested, with the number below.",
            "두 글 중 하나를 올리신 분은 '관심 있음'인지 '이번에는 사양'인지를 아래 번호와 함께 사무국(코디네이터)에 알려 주세요.",
            "如果其中一条是您发布的,请将“感兴趣”或“这次不考虑”连同下面的编号告知事务局(协调员)。")
    }

    var interested: String {
        say(
            "ご興味をお持ちいただきありがとうございます。下の整理番号を添えて、事務局(コーディネーター)へ「興味あり」とお知らせください。",
            "Thank you for your interest. Tell the coordinators \"interested\" with the number below.",
            "관심을 가져 주셔서 감사합니다. 아래 번호와 함께 사무국(코디네이터)에 '관심 있음'이라고 알려 주세요.",
            "感谢您的关注。请将“感兴趣”连同下面的编号告知事务局(协调员)。")
    }

    var refused: String {
        say(
            "見送られる場合は、下の整理番号と理由(時期が早い、手が回らない、すでに知っている、など)を事務局へお知らせください。次のご案内に生かします。",
            "Tell the coordinators that it is not for you, with the number below and the reason (too early, no capacity, "
                + "already known ...): it makes the next suggestion better.",
            "사양하시는 경우 아래 번호와 이유(시기가 이름, 여력이 없음, 이미 알고 있음 등)를 사무국에 알려 주세요. 다음 안내에 반영하겠습니다.",
            "如不考虑,请将编号和原因(时机过早、没有余力、已经了解等)告知事务局,以便改进今后的推荐。")
    }

    var number: String { say("整理番号", "Number", "번호", "编号") }

    var privacy: String {
        say(
            "相手方のお名前は、双方が希望し、コーディネーターがおつなぎしたあとにお知らせします。",
            "Names are told only after both sides agree and a coordinator introduces you.",
            "상대방의 이름은 양쪽이 모두 원하고 코디네이터가 연결해 드린 후에 알려 드립니다.", "对方名称在双方同意并由协调员介绍之后才会告知。")
    }

    var goneTitle: String { say("この組み合わせは表示できません", "This match is no longer shown", "이 매칭은 표시할 수 없습니다", "此匹配已无法显示") }

    var gone: String {
        say(
            "募集が終わったか、取り下げられました。くわしくは事務局へお問い合わせください。",
            "One of the postings has ended or was withdrawn. Ask the coordinators for details.",
            "모집이 끝났거나 철회되었습니다. 자세한 내용은 사무국에 문의해 주세요.", "其中一条已结束或被撤回。详情请咨询事务局。")
    }
}
