package import Exchange
package import Matching

/// Tells in plain words what has changed in the weights and which answers did it.
package struct LearningWords {
    private let language: Language
    private let offsetMinutes: Int

    /// Changes smaller than this are not told.
    private static let least = 0.05
    /// From here on they are called noticeable, then large.
    private static let noticeable = 0.3
    private static let large = 0.8

    /// Speaks the language; days are those of the exchange's zone.
    package init(_ language: Language, offsetMinutes: Int) {
        self.language = language
        self.offsetMinutes = offsetMinutes
    }

    /// One sentence for each weight that moved, the largest move first; otherwise why there is none.
    package func sentences(_ state: LearningState) -> [String] {
        guard let first = state.steps.first else { return [nothing] }
        let steps = state.steps.compactMap(\.decodedEvidence)
        let lessons = steps.flatMap { step in step.lessons.map { (lesson: $0, reason: step.reason) } }
        let (before, now) = (state.before, state.model)
        var told: [(size: Double, sentence: String)] = []
        for feature in AcceptanceFeature.allCases where feature.isLearnt {
            let moved = now[feature] - before[feature]
            guard abs(moved) >= Self.least else { continue }
            let evidence = evidence(feature, lessons)
            told.append((abs(moved), sentence(feature, moved, since: day(first.at), evidence)))
        }
        if told.isEmpty { return [unmoved(lessons.count)] }
        told.sort { $0.size != $1.size ? $0.size > $1.size : $0.sentence < $1.sentence }
        return told.map(\.sentence)
    }

    /// The name of a weight, for tables.
    package func name(_ feature: AcceptanceFeature) -> String {
        switch feature {
        case .base: say("承諾のしやすさ", "readiness to say yes", "수락하는 정도", "同意的倾向")
        case .fit: say("内容の合致度", "fit of the texts", "내용의 적합도", "内容契合度")
        case .meaning:
            say("言葉そのものより意味の近さ", "meaning rather than the words themselves", "단어 자체보다 의미의 가까움", "含义(而非字面)的接近")
        case .distance: say("分野の遠さ", "the distance of fields", "분야의 거리", "领域的距离")
        case .ownHistory: say("本人のこれまでの回答", "a person's earlier answers", "본인의 이전 답변", "本人以往的答复")
        case .partnerHistory:
            say("相手の掲載に寄せられた回答", "how others answered the posting", "상대 게시물에 대한 다른 이들의 답변", "他人对该信息的答复")
        case .region: say("地域の希望", "wishes for regions", "지역 희망", "地区意愿")
        case .stage: say("開発段階", "the stage of development", "개발 단계", "开发阶段")
        }
    }

    private struct Evidence {
        /// Answers that bear on the weight.
        var answers = 0
        /// Those that were yes, or that went the way of earlier answers.
        var agreeing = 0
        /// The reason given most often for a no, and how often.
        var reason: (Introduction.RefusalReason, Int)?
    }

    private func evidence(
        _ feature: AcceptanceFeature, _ lessons: [(lesson: LearningEvidence.Lesson, reason: String?)]
    ) -> Evidence {
        var evidence = Evidence()
        var reasons: [String: Int] = [:]
        for (lesson, reason) in lessons {
            let value = lesson.features[feature]
            switch feature {
            case .distance: guard value == 1 else { continue }
            case .meaning: guard value > 0 else { continue }
            default: guard value != 0 else { continue }
            }
            evidence.answers += 1
            let isHistory = feature == .ownHistory || feature == .partnerHistory
            if isHistory ? lesson.isYes == (value > 0) : lesson.isYes { evidence.agreeing += 1 }
            if !lesson.isYes, let reason { reasons[reason, default: 0] += 1 }
        }
        let top = reasons.max { $0.value != $1.value ? $0.value < $1.value : $0.key > $1.key }
        evidence.reason = top.flatMap { top in Introduction.RefusalReason(rawValue: top.key).map { ($0, top.value) } }
        return evidence
    }

    private func sentence(
        _ feature: AcceptanceFeature, _ moved: Double, since day: String, _ evidence: Evidence
    ) -> String {
        let change = change(moved)
        let name = name(feature)
        let why: String
        switch feature {
        case .ownHistory, .partnerHistory: why = agreement(evidence)
        case .distance: why = answers(evidence, isUp: moved > 0, about: farPairs)
        case .meaning: why = answers(evidence, isUp: moved > 0, about: meantPairs)
        default: why = answers(evidence, isUp: moved > 0, about: allPairs)
        }
        return say(
            "\(day)以降、「\(name)」を\(change)見るようになりました。\(why)。",
            "Since \(day), \(name) \(feature == .ownHistory ? "count" : "counts") for \(change): \(why).",
            "\(day) 이후 '\(name)'의 비중이 \(change). \(why).", "自\(day)以来,“\(name)”的权重\(change):\(why)。")
    }

    private func change(_ moved: Double) -> String {
        let size = abs(moved)
        let isUp = moved > 0
        if size < Self.noticeable {
            return isUp
                ? say("少し重く", "a little more", "조금 커졌습니다", "略有提高") : say("少し軽く", "a little less", "조금 작아졌습니다", "略有降低")
        }
        if size < Self.large {
            return isUp
                ? say("はっきり重く", "clearly more", "뚜렷하게 커졌습니다", "明显提高")
                : say("はっきり軽く", "clearly less", "뚜렷하게 작아졌습니다", "明显降低")
        }
        return isUp ? say("大きく重く", "much more", "크게 커졌습니다", "大幅提高") : say("大きく軽く", "much less", "크게 작아졌습니다", "大幅降低")
    }

    private var farPairs: String { say("離れた分野の組み合わせ", "far pairs", "분야가 먼 조합", "跨领域的组合") }
    private var meantPairs: String {
        say("主に意味の近さで見つかった組み合わせ", "pairs found mainly by meaning", "주로 의미로 찾은 조합", "主要凭含义找到的组合")
    }
    private var allPairs: String { say("すべての組み合わせ", "pairs", "모든 조합", "全部组合") }

    private func answers(_ evidence: Evidence, isUp: Bool, about pairs: String) -> String {
        let (yes, all) = (evidence.agreeing, evidence.answers)
        if isUp {
            return say(
                "\(pairs)への回答\(all)件のうち\(yes)件が前向きだったためです", "\(yes) of \(all) \(pairs) were answered with interest",
                "\(pairs)에 대한 답변 \(all)건 중 \(yes)건이 긍정적이었기 때문입니다", "\(pairs)的\(all)次答复中有\(yes)次表示有兴趣")
        }
        let no = all - yes
        guard let (reason, times) = evidence.reason else {
            return say(
                "\(pairs)への回答\(all)件のうち\(no)件が見送りだったためです", "\(no) of \(all) \(pairs) were refused",
                "\(pairs)에 대한 답변 \(all)건 중 \(no)건이 사양이었기 때문입니다", "\(pairs)的\(all)次答复中有\(no)次被谢绝")
        }
        let word = word(reason)
        return say(
            "\(pairs)への回答\(all)件のうち\(no)件が見送りで、\(times)件は「\(word)」が理由でした",
            "\(no) of \(all) \(pairs) were refused, \(times) of them as “\(word)”",
            "\(pairs)에 대한 답변 \(all)건 중 \(no)건이 사양이었고, 그중 \(times)건의 이유는 '\(word)'였습니다",
            "\(pairs)的\(all)次答复中有\(no)次被谢绝,其中\(times)次的理由是“\(word)”")
    }

    private func agreement(_ evidence: Evidence) -> String {
        let (same, all) = (evidence.agreeing, evidence.answers)
        return say(
            "\(all)件のうち\(same)件の回答が、それまでの傾向どおりでした", "\(same) of \(all) answers went the way of earlier ones",
            "\(all)건 중 \(same)건의 답변이 이전 경향과 같았습니다", "\(all)次答复中有\(same)次与以往倾向一致")
    }

    private func word(_ reason: Introduction.RefusalReason) -> String {
        switch reason {
        case .tooEarly: say("時期が早い", "too early", "아직 이름", "时机过早")
        case .noClearAdvantage: say("利点がはっきりしない", "no clear advantage", "이점이 뚜렷하지 않음", "优势不明确")
        case .noCapacity: say("余力がない", "no capacity", "여력이 없음", "没有余力")
        case .alreadyKnown: say("すでに知っている", "already known", "이미 알고 있음", "已经认识")
        case .notOurField: say("自分たちの分野ではない", "not our field", "우리 분야가 아님", "不属于我们的领域")
        case .conflictOfInterest: say("利害が対立する", "a conflict of interest", "이해 충돌", "存在利益冲突")
        case .unclearText: say("内容がわかりにくい", "unclear text", "내용이 불분명함", "内容不清楚")
        case .other: say("その他", "other", "기타", "其他")
        }
    }

    private var nothing: String {
        say(
            "まだ何も学習していません。重みは初期値のままです。", "Nothing has been learnt yet: the weights are the recipe's.",
            "아직 학습한 것이 없습니다. 가중치는 초기값입니다.", "尚未学习任何内容,权重为初始值。")
    }

    private func unmoved(_ answers: Int) -> String {
        say(
            "\(answers)件の回答を学びましたが、重みはほとんど変わっていません。",
            "\(answers) answers were learnt from, and no weight has moved noticeably.",
            "답변 \(answers)건을 학습했지만 가중치는 거의 변하지 않았습니다.", "已学习\(answers)次答复,权重几乎没有变化。")
    }

    private func day(_ instant: Instant) -> String {
        let (_, month, day) = CalendarDay(of: instant, offsetMinutes: offsetMinutes).civil
        let names = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November",
            "December",
        ]
        return say("\(month)月\(day)日", "\(day) \(names[month - 1])", "\(month)월 \(day)일", "\(month)月\(day)日")
    }

    private func say(_ ja: String, _ en: String, _ ko: String, _ zh: String) -> String {
        switch language {
        case .ja: ja
        case .en: en
        case .ko: ko
        case .zh: zh
        }
    }
}
