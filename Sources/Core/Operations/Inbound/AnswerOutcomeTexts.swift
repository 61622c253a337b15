package import Exchange

/// What people are told about answers to matches.
package struct AnswerOutcomeTexts: Sendable {
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

    /// Where an introduction stands after an answer of one side.
    package func answered(_ introduction: Introduction) -> String {
        switch introduction.state {
        case .mutual: mutual
        case .refused: refused
        case .introduced, .met, .concluded: introduced
        case .interested: waiting
        }
    }

    private var waiting: String {
        say(
            "「興味あり」と承りました。相手方にもうかがいます。双方が希望するまで、お名前は伏せたままです。",
            "Your interest is noted. The other side is asked; names stay hidden until both agree.",
            "'관심 있음'으로 접수했습니다. 상대방에게도 여쭙겠습니다. 양쪽이 모두 원할 때까지 이름은 공개되지 않습니다.",
            "已记录“感兴趣”。我们会询问对方;双方都同意之前不会公开名称。")
    }

    private var mutual: String {
        say(
            "双方が会うことを希望しています。コーディネーターがおつなぎしますので、しばらくお待ちください。",
            "Both sides want to meet. A coordinator will introduce you shortly.",
            "양쪽 모두 만나기를 원합니다. 코디네이터가 연결해 드릴 때까지 잠시 기다려 주세요.", "双方都希望见面。协调员将为您牵线,请稍候。")
    }

    private var refused: String {
        say(
            "今回は見送ると承りました。理由は次のご案内に生かします。", "Noted: not this time. The reason makes the next suggestions better.",
            "이번에는 사양하시는 것으로 접수했습니다. 이유는 다음 안내에 반영하겠습니다.", "已记录:这次不考虑。理由将用于改进今后的推荐。")
    }

    private var introduced: String {
        say(
            "この組み合わせは、すでにおつなぎ済みです。", "You have been introduced already.", "이 매칭은 이미 연결되었습니다.", "双方已经完成介绍。")
    }

    /// After a question to the coordinators.
    package var asked: String {
        say(
            "事務局にお伝えしました。コーディネーターからご連絡します。", "The coordinators have your question and will get in touch.",
            "사무국에 전달했습니다. 코디네이터가 연락드리겠습니다.", "已转告事务局,协调员会与您联系。")
    }

    /// Before a menu of reasons.
    package var whyNot: String {
        say("見送る理由をお選びください。", "Please choose a reason.", "사양하는 이유를 선택해 주세요.", "请选择不考虑的理由。")
    }

    /// For something that was done before, or whose answer got lost.
    package var alreadyDone: String {
        say("承りました。", "Done.", "접수했습니다.", "已受理。")
    }

    /// For an answer that is still on its way.
    package var taken: String {
        say(
            "承りました。結果は「/mix matches」でご確認いただけます。", "Received. Type /mix matches to see the result.",
            "접수했습니다. 결과는 '/mix matches'에서 확인하실 수 있습니다.", "已收到。可输入“/mix matches”查看结果。")
    }

    /// In answer to a post that everybody reads.
    package var takenInPublic: String {
        say(
            "承りました。内容はこの場では表示しません。「/mix help」でお確かめください。",
            "Received. Nothing of it is shown here; type /mix help to go on in private.",
            "접수했습니다. 내용은 이곳에 표시하지 않습니다. '/mix help'로 확인해 주세요.", "已收到。内容不在此显示,请输入“/mix help”查看。")
    }

    /// When a coordinator presses a member's button.
    package var notYours: String {
        say(
            "この組み合わせは、あなたの団体の投稿ではないため、ここからはお返事できません。",
            "Neither posting of this match is your organization's, so it cannot be answered from here.",
            "이 매칭은 귀 단체의 글이 아니므로 여기에서 답변할 수 없습니다.", "此匹配不属于您所在团体的发布,无法在此回复。")
    }

    /// When the button belongs to another person.
    package var anothersButton: String {
        say(
            "このボタンは、別の方に届いたものです。", "This button was sent to somebody else.", "이 버튼은 다른 분에게 전달된 것입니다.", "此按钮是发送给其他人的。")
    }

    /// When the match is not there, or not for the reader.
    package var gone: String {
        say(
            "この組み合わせは見つからないか、あなた宛てのものではありません。", "There is no such match, or it is not for you.",
            "이 매칭을 찾을 수 없거나 귀하에게 온 것이 아닙니다.", "找不到此匹配,或该匹配不属于您。")
    }

    /// What a refusal means, in a sentence.
    package func refusal(_ refusal: Refusal) -> String {
        switch refusal {
        case .notFound: gone
        case .forbidden: notYours
        case .invalid(let problems) where problems.contains { $0.field == "side" }: notYours
        case .conflict(.pair):
            say(
                "この組み合わせには、お返事できません。事務局へお問い合わせください。", "This match cannot be answered. Ask the coordinators.",
                "이 매칭에는 답변할 수 없습니다. 사무국에 문의해 주세요.", "无法回复此匹配,请咨询事务局。")
        case .conflict, .stale:
            say(
                "今の状態ではできません。募集が終わっているか、すでに進んでいます。",
                "This is not possible any more: it has ended, or moved on.", "지금 상태에서는 할 수 없습니다. 이미 끝났거나 진행되었습니다.",
                "当前状态下无法操作:可能已结束或已有进展。")
        case .tooMany, .busy:
            say("少し待ってからもう一度お試しください。", "Please try again in a moment.", "잠시 후 다시 시도해 주세요.", "请稍后再试。")
        case .invalid, .malformed, .unauthenticated:
            say(
                "内容を確かめて、もう一度お試しください。「/mix help」で使い方を表示します。",
                "Please check what you typed and try again. /mix help shows what is possible.",
                "내용을 확인하고 다시 시도해 주세요. '/mix help'로 사용 방법을 볼 수 있습니다.", "请检查内容后重试。输入“/mix help”可查看使用方法。")
        }
    }
}
