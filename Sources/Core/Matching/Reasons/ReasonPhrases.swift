/// Sentences of reasons in one language.
struct ReasonPhrases {
    private let language: MatchLanguage

    init(_ language: MatchLanguage) {
        self.language = language
    }

    func quote(_ text: String) -> String {
        switch language {
        case .ja: "「\(text)」"
        case .en, .zh: "“\(text)”"
        case .ko: "‘\(text)’"
        }
    }

    /// How each side writes a concept.
    func ways(_ need: String, _ seed: String) -> String {
        switch language {
        case .ja: "（ニーズでは「\(need)」、シーズでは「\(seed)」）"
        case .en: " (“\(need)” in the need, “\(seed)” in the seed)"
        case .ko: "(니즈에서는 ‘\(need)’, 시즈에서는 ‘\(seed)’)"
        case .zh: "（需求中写作“\(need)”，供给中写作“\(seed)”）"
        }
    }

    /// What both have in common, and how much that says.
    func common(_ topics: [String], _ certainty: Certainty) -> String {
        if topics.isEmpty { return nothingCommon }
        switch language {
        case .ja:
            let list = topics.joined(separator: "と")
            switch certainty {
            case .strong: return "\(list)が共通しており、有力な組み合わせです。"
            case .fair: return "\(list)が共通しており、話を聞いてみる価値がありそうです。"
            case .slight: return "\(list)が共通していますが、手がかりとしては弱めです。"
            }
        case .en:
            let list =
                topics.count > 1
                ? topics.dropLast().joined(separator: ", ") + " and " + (topics.last ?? "") : topics[0]
            switch certainty {
            case .strong: return "Both speak of \(list): a strong lead."
            case .fair: return "Both speak of \(list): worth a conversation."
            case .slight: return "Both speak of \(list), but that is only a slight clue."
            }
        case .ko:
            let list = topics.joined(separator: ", ")
            switch certainty {
            case .strong: return "공통 주제(\(list))가 있어 유력한 조합입니다."
            case .fair: return "공통 주제(\(list))가 있어 이야기를 나눠 볼 만합니다."
            case .slight: return "공통 주제(\(list))가 있지만 단서로는 약합니다."
            }
        case .zh:
            let list = topics.joined(separator: "、")
            switch certainty {
            case .strong: return "双方都涉及\(list)，匹配度较高。"
            case .fair: return "双方都涉及\(list)，值得进一步了解。"
            case .slight: return "双方都涉及\(list)，但线索较弱。"
            }
        }
    }

    private var nothingCommon: String {
        switch language {
        case .ja: "共通する言葉は見つかっていません。"
        case .en: "No common words were found."
        case .ko: "공통된 말은 찾지 못했습니다."
        case .zh: "没有发现共同的词语。"
        }
    }

    /// How far apart the fields are; nothing if a side names none.
    func fields(_ kind: MatchKind, _ need: String?, _ seed: String?) -> String? {
        guard let need, let seed else { return nil }
        switch (language, kind) {
        case (.ja, .kindred): return "どちらも\(need)の分野です。"
        case (.ja, .adjacent): return "分野は\(need)と\(seed)で、近い関係にあります。"
        case (.ja, .bridge): return "分野は\(need)と\(seed)で、ふだん出会いにくい組み合わせです。"
        case (.ja, .wildcard): return "\(need)と\(seed)という、意外な出会いをねらった提案です。"
        case (.en, .kindred): return "Both are in the field “\(need)”."
        case (.en, .adjacent): return "The fields are close: “\(need)” and “\(seed)”."
        case (.en, .bridge): return "The fields seldom meet: “\(need)” and “\(seed)”."
        case (.en, .wildcard): return "A chance encounter between “\(need)” and “\(seed)”."
        case (.ko, .kindred): return "두 곳 모두 \(need) 분야입니다."
        case (.ko, .adjacent): return "분야(\(need), \(seed))가 서로 가깝습니다."
        case (.ko, .bridge): return "분야(\(need), \(seed))가 달라 평소 만나기 어려운 조합입니다."
        case (.ko, .wildcard): return "뜻밖의 만남을 노린 제안입니다(\(need), \(seed))."
        case (.zh, .kindred): return "双方同属“\(need)”领域。"
        case (.zh, .adjacent): return "领域相近：“\(need)”和“\(seed)”。"
        case (.zh, .bridge): return "领域不同、平时难得相遇：“\(need)”和“\(seed)”。"
        case (.zh, .wildcard): return "意料之外的组合：“\(need)”和“\(seed)”。"
        }
    }

    /// What to check first, in one sentence.
    func check(_ misfits: [MatchReason.Misfit]) -> String {
        let list = misfits.map(name)
        switch language {
        case .ja: return "確認したい点：" + list.joined(separator: "、") + "。"
        case .en: return "To check first: " + list.joined(separator: ", ") + "."
        case .ko: return "먼저 확인할 점: " + list.joined(separator: ", ") + "."
        case .zh: return "需要先确认：" + list.joined(separator: "、") + "。"
        }
    }

    private func name(_ misfit: MatchReason.Misfit) -> String {
        switch (misfit, language) {
        case (.earlyStage(let level), .ja): "シーズはまだ研究段階（TRL \(level)）"
        case (.earlyStage(let level), .en): "the seed is still laboratory work (TRL \(level))"
        case (.earlyStage(let level), .ko): "시즈는 아직 연구 단계(TRL \(level))"
        case (.earlyStage(let level), .zh): "技术仍处研究阶段（TRL \(level)）"
        case (.otherRegion, .ja): "地域が異なること"
        case (.otherRegion, .en): "the regions differ"
        case (.otherRegion, .ko): "지역이 다름"
        case (.otherRegion, .zh): "双方地区不同"
        case (.otherLanguage, .ja): "言語が異なること"
        case (.otherLanguage, .en): "the languages differ"
        case (.otherLanguage, .ko): "언어가 다름"
        case (.otherLanguage, .zh): "双方语言不同"
        }
    }
}
