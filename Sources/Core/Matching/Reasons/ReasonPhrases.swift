/// Sentences of reasons in one language.
struct ReasonPhrases {
    let language: MatchLanguage

    init(_ language: MatchLanguage) {
        self.language = language
    }

    func say(_ ja: String, _ en: String, _ ko: String, _ zh: String) -> String {
        switch language {
        case .ja: ja
        case .en: en
        case .ko: ko
        case .zh: zh
        }
    }

    /// Whether readers of the language can be expected to read the letters of a text.
    func reads(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch LetterKind(scalar.value) {
            case .latin, .other: true
            case .han: language == .ja || language == .zh
            case .katakana, .hiragana: language == .ja
            case .hangul: language == .ko
            }
        }
    }

    func quote(_ text: String) -> String { say("「\(text)」", "“\(text)”", "‘\(text)’", "“\(text)”") }

    /// How each side writes a concept, where that is not its name; empty where there is nothing to tell.
    func ways(_ name: String, _ need: String, _ seed: String) -> String {
        let plain = name.lowercased()
        let one = need.lowercased() == plain ? nil : need
        let other = seed.lowercased() == plain ? nil : seed
        switch (one, other) {
        case (nil, nil): return ""
        case (let word?, nil):
            return say("（ニーズでは「\(word)」）", " (“\(word)” in the need)", "(니즈에서는 ‘\(word)’)", "（需求中为“\(word)”）")
        case (nil, let word?):
            return say("（シーズでは「\(word)」）", " (“\(word)” in the seed)", "(시즈에서는 ‘\(word)’)", "（供给中为“\(word)”）")
        case (let word?, let second?) where word.lowercased() == second.lowercased():
            return say("（文中では「\(word)」）", " (written “\(word)”)", "(글에서는 ‘\(word)’)", "（文中为“\(word)”）")
        case (let word?, let second?):
            return say(
                "（ニーズでは「\(word)」、シーズでは「\(second)」）", " (“\(word)” in the need, “\(second)” in the seed)",
                "(니즈에서는 ‘\(word)’, 시즈에서는 ‘\(second)’)", "（需求中为“\(word)”，供给中为“\(second)”）")
        }
    }

    /// What both deal with.
    func common(_ topics: [String]) -> String {
        switch language {
        case .ja: return "どちらも\(topics.joined(separator: topics.count > 2 ? "" : "と"))に関わる内容です。"
        case .en:
            let list =
                topics.count > 1
                ? topics.dropLast().joined(separator: ", ") + " and " + (topics.last ?? "") : topics[0]
            return "Both deal with \(list)."
        case .ko: return "두 글 모두 \(topics.joined(separator: ", "))에 관한 내용입니다."
        case .zh: return "双方都涉及\(topics.joined(separator: "、"))。"
        }
    }

    /// The passages that come nearest, where no word worth naming is shared.
    func passages(_ need: String, _ seed: String) -> String {
        say(
            "同じ言葉は少ないものの、ニーズの「\(need)」とシーズの「\(seed)」に通じるものがあります。",
            "They share few words, but the need's “\(need)” and the seed's “\(seed)” point the same way.",
            "같은 낱말은 적지만 니즈의 ‘\(need)’ 부분과 시즈의 ‘\(seed)’ 부분이 서로 통합니다.", "相同的词不多，但需求中的“\(need)”与供给中的“\(seed)”有相通之处。")
    }

    var nothingCommon: String {
        say("共通する言葉は見つかっていません。", "No words in common were found.", "공통된 낱말은 찾지 못했습니다.", "没有发现共同的词语。")
    }

    /// How far apart the fields are, and how sure it all is. A wildcard says that it is a chance pick.
    func placing(_ kind: MatchKind, _ need: String?, _ seed: String?, _ certainty: Certainty) -> String {
        guard let need, let seed else {
            return kind == .wildcard
                ? chance
                : say(
                    "\(judged(certainty))。", "\(judged(certainty)).", "\(judged(certainty)).", "\(judged(certainty))。")
        }
        let (one, other) = (quote(need), quote(seed))
        let isWeak = certainty == .slight
        switch kind {
        case .wildcard:
            return say(
                "\(one)と\(other)の思いがけない出会いをねらい、順位とは別に選びました。",
                "A chance pick, chosen outside the ranking so that \(one) and \(other) may meet.",
                "\(one)와(과) \(other)의 뜻밖의 만남을 위해 순위와 별도로 고른 조합입니다.", "这是排名之外的偶然推荐，希望促成\(one)与\(other)的意外相遇。")
        case .kindred:
            let both =
                need == seed
                ? one : say("\(one)と\(other)", "\(one) and \(other)", "\(one), \(other)", "\(one)和\(other)")
            return say(
                "どちらも\(both)の分野で、\(judged(certainty))。", "Both are in the field \(both): \(judged(certainty)).",
                "두 곳 모두 \(both) 분야이며, \(judged(certainty)).", "双方同属\(both)领域，\(judged(certainty))。")
        case .adjacent:
            return say(
                "\(one)と\(other)は近い分野で、\(judged(certainty))。",
                "The fields \(one) and \(other) are close: \(judged(certainty)).",
                "\(one), \(other)는 가까운 분야이며, \(judged(certainty)).", "\(one)与\(other)领域相近，\(judged(certainty))。")
        case .bridge:
            return say(
                isWeak
                    ? "分野は\(one)と\(other)で離れており、\(judged(certainty))。"
                    : "分野は\(one)と\(other)で離れていますが、\(judged(certainty))。",
                isWeak
                    ? "The fields \(one) and \(other) lie far apart, and it is \(judged(certainty))."
                    : "The fields \(one) and \(other) seldom meet, yet it is \(judged(certainty)).",
                isWeak
                    ? "분야(\(need), \(seed))가 서로 멀고, \(judged(certainty))."
                    : "분야(\(need), \(seed))는 서로 멀지만, \(judged(certainty)).",
                isWeak
                    ? "\(one)与\(other)领域相距较远，\(judged(certainty))。" : "\(one)与\(other)领域相距较远，但\(judged(certainty))。")
        }
    }

    private var chance: String {
        say(
            "思いがけない出会いをねらい、順位とは別に選びました。", "A chance pick, chosen outside the ranking.", "뜻밖의 만남을 위해 순위와 별도로 고른 조합입니다.",
            "这是排名之外的偶然推荐。")
    }

    private func judged(_ certainty: Certainty) -> String {
        switch certainty {
        case .strong: say("有力な組み合わせです", "a strong lead", "유력한 조합입니다", "值得优先考虑")
        case .fair: say("話を聞いてみる価値がありそうです", "worth a conversation", "이야기를 나눠 볼 만합니다", "值得进一步了解")
        case .slight: say("手がかりはまだ弱めです", "only a slight clue so far", "단서는 아직 약합니다", "目前线索较弱")
        }
    }
}
