/// What to check first, in words.
extension ReasonPhrases {
    /// What to check first, in one sentence.
    func check(_ points: [String]) -> String {
        switch language {
        case .ja: "先に確認したい点：\(points.joined(separator: "、"))。"
        case .en: "Check first: \(points.joined(separator: "; "))."
        case .ko: "먼저 확인할 점: \(points.joined(separator: ", "))."
        case .zh: "需要先确认：\(points.joined(separator: "；"))。"
        }
    }

    /// One misfit as a part of that sentence.
    func name(_ misfit: MatchReason.Misfit, _ region: (String) -> String) -> String {
        switch misfit {
        case .unready(let level):
            say(
                "すぐ使えるものが求められているのに対し、シーズは開発途中（TRL \(level)）",
                "the need wants something ready, the seed is still at TRL \(level)",
                "니즈는 바로 쓸 수 있는 것을 원하지만 시즈는 개발 단계(TRL \(level))", "需求方希望即可使用，而技术仍在开发中（TRL \(level)）")
        case .earlyStage(let level):
            say(
                "シーズはまだ研究段階（TRL \(level)）", "the seed is still laboratory work (TRL \(level))",
                "시즈는 아직 연구 단계(TRL \(level))", "技术仍处研究阶段（TRL \(level)）")
        case .scale(let need, let seed):
            say(
                "規模の差（ニーズは「\(need)」、シーズは「\(seed)」）", "the scale (“\(need)” in the need, “\(seed)” in the seed)",
                "규모의 차이(니즈는 ‘\(need)’, 시즈는 ‘\(seed)’)", "规模差距（需求为“\(need)”，供给为“\(seed)”）")
        case .cooperation(let need, let seed):
            say(
                "望む連携の形（ニーズは\(list(need))、シーズは\(list(seed))）",
                "how to work together (the need seeks \(list(need)), the seed \(list(seed)))",
                "원하는 협력 형태(니즈는 \(list(need)), 시즈는 \(list(seed)))", "合作方式（需求方希望\(list(need))，供给方希望\(list(seed))）")
        case .regionWish(let side, let wished, let actual): wish(side, wished.prefix(2).map(region), region(actual))
        case .rights(.secret):
            say(
                "シーズの中身は非公開で、秘密保持の約束が要ること", "the seed is kept secret, so an agreement comes first",
                "시즈 내용은 비공개이므로 비밀유지 약속이 필요", "技术内容保密，需先签保密协议")
        case .rights(.patentPending): say("特許は出願中", "the patent is still pending", "특허 출원 중", "专利仍在申请中")
        case .otherRegion(let need, let seed):
            say(
                "国をまたぐやり取り（\(region(need))と\(region(seed))）", "the two are in \(region(need)) and \(region(seed))",
                "국가가 다름(\(region(need)), \(region(seed)))", "双方不在同一国家（\(region(need))、\(region(seed))）")
        case .otherLanguage(let need, let seed):
            say(
                "やり取りの言語（\(name(need))と\(name(seed))）", "the language (\(name(need)) and \(name(seed)))",
                "소통 언어(\(name(need)), \(name(seed)))", "交流语言（\(name(need))、\(name(seed))）")
        }
    }

    private func wish(_ side: MatchSide, _ wished: [String], _ actual: String) -> String {
        let places = wished.joined(separator: say("・", " or ", "·", "、"))
        switch side {
        case .need:
            return say(
                "ニーズ側の希望地域は\(places)、シーズは\(actual)",
                "the need asks for a partner in \(places), the seed is in \(actual)",
                "니즈의 희망 지역은 \(places), 시즈는 \(actual)", "需求方希望对方在\(places)，供给方在\(actual)")
        case .seed:
            return say(
                "シーズ側の希望地域は\(places)、ニーズは\(actual)",
                "the seed asks for a partner in \(places), the need is in \(actual)",
                "시즈의 희망 지역은 \(places), 니즈는 \(actual)", "供给方希望对方在\(places)，需求方在\(actual)")
        }
    }

    private func list(_ kinds: [MatchConditions.Cooperation]) -> String {
        kinds.prefix(2).map(name).joined(separator: say("・", " or ", "·", "、"))
    }

    private func name(_ kind: MatchConditions.Cooperation) -> String {
        switch kind {
        case .jointResearch: say("共同研究", "joint research", "공동연구", "联合研究")
        case .technicalAdvice: say("技術相談", "technical advice", "기술상담", "技术咨询")
        case .supply: say("取引", "a supplier or buyer", "거래", "供货")
        case .licence: say("ライセンス", "a licence", "라이선스", "许可")
        case .testUse: say("試用・実証", "a trial", "시험사용·실증", "试用验证")
        case .jointDevelopment: say("共同開発", "joint development", "공동개발", "联合开发")
        case .investment: say("出資", "investment", "투자", "投资")
        case .other: say("その他", "something else", "기타", "其他")
        }
    }

    private func name(_ spoken: MatchLanguage) -> String {
        switch spoken {
        case .ja: say("日本語", "Japanese", "일본어", "日语")
        case .en: say("英語", "English", "영어", "英语")
        case .ko: say("韓国語", "Korean", "한국어", "韩语")
        case .zh: say("中国語", "Chinese", "중국어", "汉语")
        }
    }
}
