package import Exchange

/// What people are told in a chat, in the four languages.
package struct ChatTexts: Sendable {
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

    /// Every command with an example.
    var help: [String] {
        [
            say("使い方", "What you can type", "사용 방법", "使用方法"),
            say(
                """
                /mix seed 題名 | 要約 #分野 … シーズ(提供できること)を登録します
                /mix need 題名 | 要約 #分野 … ニーズ(困っていること)を登録します
                /mix matches … あなたへの組み合わせを、あなただけに表示します
                /mix interested 整理番号 … 興味があると伝えます
                /mix pass 整理番号 理由 … 今回は見送ります
                /mix ask 整理番号 質問 … 事務局にたずねます
                /mix pause 2週間 … しばらく休みます(/mix resume で再開)
                /mix link コード … このチャットとあなたの登録をつなぎます(/mix unlink で解除)
                """,
                """
                /mix seed TITLE | SUMMARY #field … offers what you can provide
                /mix need TITLE | SUMMARY #field … says what you are looking for
                /mix matches … shows your matches, to you alone
                /mix interested NUMBER … says that you are interested
                /mix pass NUMBER REASON … says that it is not for you
                /mix ask NUMBER QUESTION … asks the coordinators
                /mix pause 2 weeks … takes a break (/mix resume ends it)
                /mix link CODE … connects this chat account with you (/mix unlink ends it)
                """,
                """
                /mix seed 제목 | 요약 #분야 … 시즈(제공할 수 있는 것)를 등록합니다
                /mix need 제목 | 요약 #분야 … 니즈(필요한 것)를 등록합니다
                /mix matches … 나의 매칭을 나에게만 보여 줍니다
                /mix interested 번호 … 관심이 있다고 알립니다
                /mix pass 번호 이유 … 이번에는 사양합니다
                /mix ask 번호 질문 … 사무국에 문의합니다
                /mix pause 2주 … 잠시 쉽니다(/mix resume 으로 재개)
                /mix link 코드 … 이 채팅 계정과 등록 정보를 연결합니다(/mix unlink 로 해제)
                """,
                """
                /mix seed 标题 | 摘要 #领域 … 登记可提供的种子
                /mix need 标题 | 摘要 #领域 … 登记需求
                /mix matches … 仅向您显示您的匹配
                /mix interested 编号 … 表示感兴趣
                /mix pass 编号 理由 … 表示这次不考虑
                /mix ask 编号 问题 … 询问事务局
                /mix pause 2周 … 暂停一段时间(/mix resume 恢复)
                /mix link 代码 … 将此聊天账号与您的登记绑定(/mix unlink 解除)
                """),
        ]
    }

    /// For somebody whose account is not linked.
    package var unlinked: String {
        say(
            "まだ、このチャットのアカウントと参加者登録がつながっていません。画面で「連携コード」を発行し(10分間有効)、「/mix link コード」と入力してください。わからないときは事務局へお問い合わせください。",
            "This chat account is not connected with a participant yet. Make a link code in the console (it holds for 10 "
                + "minutes) and type: /mix link CODE. If you are stuck, ask the coordinators.",
            "이 채팅 계정이 아직 참가자 등록과 연결되어 있지 않습니다. 화면에서 '연결 코드'를 발급하고(10분간 유효) '/mix link 코드'를 입력해 주세요. 어려우시면 사무국에 문의해 주세요.",
            "此聊天账号尚未与参加者登记绑定。请在页面上生成“绑定代码”(10分钟内有效),然后输入“/mix link 代码”。如有疑问请咨询事务局。")
    }

    func unknown(_ word: String) -> String {
        say(
            "「\(word)」はわかりませんでした。「/mix help」で使い方を表示します。",
            "\"\(word)\" was not understood. Type /mix help to see what is possible.",
            "'\(word)'을(를) 이해하지 못했습니다. '/mix help'로 사용 방법을 볼 수 있습니다.", "无法理解“\(word)”。输入“/mix help”可查看使用方法。")
    }

    func linked(_ name: String) -> String {
        say(
            "\(name)さんの登録とつながりました。「/mix help」で使い方を表示します。",
            "Connected with \(name). Type /mix help to see what is possible.",
            "\(name) 님의 등록 정보와 연결되었습니다. '/mix help'로 사용 방법을 볼 수 있습니다.", "已与\(name)的登记绑定。输入“/mix help”可查看使用方法。")
    }

    /// For a code that cannot be used.
    package var wrongCode: String {
        say(
            "コードが正しくないか、期限(10分)が切れています。新しいコードを発行してお試しください。",
            "The code is wrong, used, or older than 10 minutes. Make a new one and try again.",
            "코드가 올바르지 않거나 기한(10분)이 지났습니다. 새 코드를 발급해 다시 시도해 주세요.", "代码不正确或已过期(10分钟)。请重新生成后再试。")
    }

    /// After too many wrong codes; so many seconds until the next is taken.
    package func tooManyCodes(_ seconds: Int) -> String {
        let minutes = (seconds + 59) / 60
        return say(
            "間違ったコードが続いたため、あと\(minutes)分お待ちください。", "Too many wrong codes. Wait \(minutes) minutes before the next.",
            "잘못된 코드가 이어져 \(minutes)분 동안 기다려 주셔야 합니다.", "代码错误次数过多,请等待\(minutes)分钟。")
    }

    var unlinkedNow: String {
        say("つながりを解除しました。", "This chat account is no longer connected.", "연결을 해제했습니다.", "已解除绑定。")
    }

    func posted(_ title: String, _ number: String) -> String {
        say(
            "「\(title)」を登録し、審査に出しました(整理番号 \(number))。事務局が確認して公開します。",
            "\"\(title)\" was sent to review (number \(number)). The coordinators look at it and publish it.",
            "'\(title)'을(를) 등록하고 심사에 보냈습니다(번호 \(number)). 사무국이 확인한 후 공개합니다.",
            "已登记“\(title)”并提交审核(编号 \(number))。事务局确认后公开。")
    }

    func drafted(_ title: String, _ number: String) -> String {
        say(
            "「\(title)」を下書きとして保存しました(整理番号 \(number))。次の点を直してから、画面で審査に出してください。",
            "\"\(title)\" was kept as a draft (number \(number)). Mend this, then send it to review in the console:",
            "'\(title)'을(를) 초안으로 저장했습니다(번호 \(number)). 다음을 고친 후 화면에서 심사에 보내 주세요.",
            "已将“\(title)”保存为草稿(编号 \(number))。请修改以下内容后在页面上提交审核。")
    }

    var anonymousNote: String {
        say(
            "お名前と団体名は伏せて掲載されます。実名で載せるときは --named を付けてください。",
            "It will be shown without your name. Add --named to show it with your organization.",
            "이름과 단체명은 숨기고 게시됩니다. 실명으로 올리려면 --named 를 붙여 주세요.", "将以匿名方式发布。如需实名,请加上 --named。")
    }

    func givesAway(_ excerpts: [String]) -> String {
        let list = excerpts.prefix(5).map { say("「\($0)」", "\"\($0)\"", "'\($0)'", "“\($0)”") }
            .joined(separator: say("、", ", ", ", ", "、"))
        return say(
            "匿名の投稿なのに、誰のものかわかってしまう言葉があります:\(list)", "These words would tell who is asking: \(list)",
            "익명 글인데 누구인지 알 수 있는 말이 있습니다: \(list)", "匿名发布中含有可识别身份的词语:\(list)")
    }

    func missing(_ fields: [String]) -> String {
        let names = fields.map { field in
            switch field {
            case "title": say("題名", "a title", "제목", "标题")
            case "summary": say("要約", "a summary", "요약", "摘要")
            case "fields": say("分野(#食品加工 のように)", "a field (such as #food-processing)", "분야(#식품가공 처럼)", "领域(如 #食品加工)")
            default: field
            }
        }
        return say(
            "足りないか、直す必要があるもの:\(names.joined(separator: "、"))",
            "Missing or to be corrected: \(names.joined(separator: ", "))",
            "부족하거나 고쳐야 할 것: \(names.joined(separator: ", "))", "缺少或需要修改:\(names.joined(separator: "、"))")
    }

    var noMatches: String {
        say(
            "今のところ、あなたへの組み合わせはありません。見つかったらお知らせします。",
            "There are no matches for you at the moment. You will hear when there are.",
            "지금은 매칭이 없습니다. 찾으면 알려 드리겠습니다.", "目前没有匹配。找到后会通知您。")
    }

    func matches(_ count: Int) -> String {
        say(
            "あなたへの組み合わせ \(count)件(あなただけに表示しています)", "Your \(count) latest matches (only you see this)",
            "나의 매칭 \(count)건(나에게만 보입니다)", "您的匹配 \(count)个(仅您可见)")
    }

    func number(_ reference: String) -> String {
        say("整理番号 \(reference)", "Number \(reference)", "번호 \(reference)", "编号 \(reference)")
    }

    func paused(_ day: String) -> String {
        say(
            "\(day)まで休止にしました。その間は組み合わせもお知らせもありません。「/mix resume」でいつでも再開できます。",
            "You take a break until \(day): no matches, no alerts. Type /mix resume to come back earlier.",
            "\(day)까지 쉽니다. 그동안 매칭과 알림이 없습니다. '/mix resume'으로 언제든지 재개할 수 있습니다.",
            "已暂停至\(day),期间不会有匹配和通知。输入“/mix resume”可随时恢复。")
    }

    var resumed: String {
        say("再開しました。お帰りなさい。", "Welcome back: you take part again.", "재개했습니다. 다시 오신 것을 환영합니다.", "已恢复,欢迎回来。")
    }
}
