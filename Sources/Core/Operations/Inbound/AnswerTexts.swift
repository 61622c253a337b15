package import Exchange

/// The words of buttons, menus and pages by which people answer.
package struct AnswerTexts: Sendable {
    private let language: Language

    /// The words of one language.
    package init(_ language: Language) {
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

    /// Says yes.
    package var interested: String { say("興味あり", "Interested", "관심 있음", "感兴趣") }
    /// Says no; a reason follows.
    package var refused: String { say("今回は見送る", "Not for me", "이번에는 사양", "这次不考虑") }
    /// Asks first.
    package var asked: String { say("事務局にたずねる", "Ask the coordinator", "사무국에 문의", "询问事务局") }

    /// Why a match is refused, as an item of a menu.
    package func reason(_ reason: Introduction.RefusalReason) -> String {
        switch reason {
        case .tooEarly: say("時期が早い", "Too early for us", "아직 이름", "时机尚早")
        case .noClearAdvantage: say("利点がはっきりしない", "No clear advantage", "이점이 분명하지 않음", "优势不明确")
        case .noCapacity: say("今は手が回らない", "No capacity now", "지금은 여력이 없음", "目前没有余力")
        case .alreadyKnown: say("すでに知っている", "Already known to us", "이미 알고 있음", "已经了解")
        case .notOurField: say("分野が違う", "Not our field", "분야가 다름", "领域不符")
        case .conflictOfInterest: say("利害が重なる", "Conflict of interest", "이해관계가 겹침", "存在利益冲突")
        case .unclearText: say("内容がわかりにくい", "The text is unclear", "내용이 분명하지 않음", "内容不清楚")
        case .other: say("その他", "Another reason", "기타", "其他")
        }
    }
}
