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

    /// After mails were ended.
    package var mailsEnded: String {
        say(
            "メールの配信を停止しました。いつでも画面から再開できます。",
            "You will get no more of these mails. You can turn them on again in the console.",
            "메일 발송을 중지했습니다. 언제든지 화면에서 다시 시작할 수 있습니다.", "已停止发送邮件,您可以随时在页面上重新开启。")
    }

    /// The title of the page behind a link.
    package var answerTitle: String { say("この組み合わせへのお返事", "Your answer to this match", "이 매칭에 대한 답변", "回复此匹配") }
    /// Before the two postings.
    package var need: String { say("ニーズ(困っていること)", "Need", "니즈(필요한 것)", "需求") }
    /// The other side.
    package var seed: String { say("シーズ(提供できること)", "Seed", "시즈(제공할 수 있는 것)", "种子(可提供)") }
    /// Before the reasons.
    package var why: String { say("組み合わせた理由", "Why these two", "연결한 이유", "匹配理由") }

    /// To whom the link belongs.
    package func addressed(_ name: String) -> String {
        say("\(name)さんとしてお返事します。", "You answer as \(name).", "\(name) 님으로 답변합니다.", "您将以\(name)的身份回复。")
    }

    /// In shared channels.
    package var codeLabel: String { say("連携コード", "Your one-time code", "연결 코드", "绑定代码") }
    /// How one comes by a code.
    package var codeHelp: String {
        say(
            "どなたのお返事かを確かめるため、画面で発行した連携コード(10分間有効)を入力してください。",
            "So that we know whose answer it is, enter the code that you make in the console (it holds for 10 minutes).",
            "누구의 답변인지 확인하기 위해 화면에서 발급한 연결 코드(10분간 유효)를 입력해 주세요.",
            "为确认回复人身份,请输入在页面上生成的绑定代码(10分钟内有效)。")
    }
    /// Over the field for words.
    package var wordsLabel: String {
        say("ひとこと・ご質問(任意)", "A message or question (optional)", "메시지・문의(선택)", "留言或问题(可选)")
    }
    /// Over the menu of reasons.
    package var reasonLabel: String {
        say("見送る理由(見送る場合のみ)", "Reason (only if it is not for you)", "사양하는 이유(사양할 때만)", "不考虑的理由(仅在不考虑时选择)")
    }
    /// When no reason was chosen.
    package var chooseReason: String { say("理由をお選びください。", "Please choose a reason.", "이유를 선택해 주세요.", "请选择理由。") }

    /// What was answered before.
    package func said(_ isYes: Bool) -> String {
        isYes
            ? say("前回のお返事:興味あり", "Your answer so far: interested", "이전 답변: 관심 있음", "您之前的回复:感兴趣")
            : say("前回のお返事:今回は見送る", "Your answer so far: not for me", "이전 답변: 이번에는 사양", "您之前的回复:这次不考虑")
    }

    /// What becomes of names.
    package var privacy: String {
        say(
            "相手方のお名前は、双方が希望し、コーディネーターがおつなぎしたあとにお知らせします。",
            "Names are told only after both sides agree and a coordinator introduces you.",
            "상대방의 이름은 양쪽이 모두 원하고 코디네이터가 연결해 드린 후에 알려 드립니다.", "对方名称在双方同意并由协调员介绍之后才会告知。")
    }
    /// The title of the page that ends mails.
    package var unsubscribeTitle: String { say("メール配信の停止", "End these mails", "메일 발송 중지", "停止邮件") }
    /// What it does.
    package func unsubscribeLead(_ name: String) -> String {
        say(
            "「\(name)」宛てのお知らせメールを停止します。よろしければボタンを押してください。", "Press the button to end the mails to \"\(name)\".",
            "'\(name)' 앞으로 보내는 안내 메일을 중지합니다. 괜찮으시면 버튼을 눌러 주세요.", "将停止发送给“\(name)”的通知邮件。如确认请按下按钮。")
    }
    /// The button that does it.
    package var unsubscribe: String { say("配信を停止する", "End the mails", "발송 중지", "停止发送") }
    /// After an answer.
    package var doneTitle: String { say("ありがとうございます", "Thank you", "감사합니다", "谢谢") }
    /// When the link leads nowhere.
    package var goneTitle: String { say("このリンクは使えません", "This link cannot be used", "이 링크는 사용할 수 없습니다", "此链接无法使用") }

    /// Why, and what to do.
    package func gone(_ refusal: AnswerLinkRefusal) -> String {
        switch refusal {
        case .expired:
            say(
                "期限が切れています。新しいお知らせのリンクか、画面からお返事ください。",
                "It is out of date. Use the link of a newer message, or the console.",
                "기한이 지났습니다. 새 안내의 링크나 화면에서 답변해 주세요.", "链接已过期。请使用新通知中的链接或在页面上回复。")
        case .forged:
            say(
                "アドレスが途中で切れているか、変わっています。メールからもう一度開いてください。",
                "The address was cut or changed. Open it once more from the message.",
                "주소가 잘렸거나 바뀌었습니다. 메시지에서 다시 열어 주세요.", "地址被截断或更改。请从消息中重新打开。")
        case .gone:
            say(
                "募集が終わったか、取り下げられました。くわしくは事務局へお問い合わせください。",
                "It has ended or was withdrawn. Ask the coordinators for details.",
                "모집이 끝났거나 철회되었습니다. 자세한 내용은 사무국에 문의해 주세요.",
                "已结束或被撤回。详情请咨询事务局。")
        }
    }
}
