package import Delivery
package import Exchange

/// The letters of the exchange itself, in the four languages.
package struct LetterTexts: Sendable {
    private let language: Language
    private let settings: ExchangeSettings

    /// Where the pages are that letters lead to, behind the public address.
    package enum Paths {
        /// Takes the invitation's secret.
        package static let invitation = "join/"
        /// Takes the secret of a sign-in link.
        package static let signIn = "sign-in/"
    }

    /// Letters in a language.
    package init(_ language: Language, _ settings: ExchangeSettings) {
        self.language = language
        self.settings = settings
    }

    /// Asks a person to join; the link holds until the instant.
    package func invitation(_ name: String, secret: String, until end: Instant) -> Letter {
        letter(
            .invitation,
            say(
                "\(settings.name)へのご招待", "Your invitation to \(settings.name)", "\(settings.name) 초대장",
                "\(settings.name) 邀请函"),
            [
                addressed(name),
                say(
                    "\(settings.name)にご招待します。\(settings.name)は、地域の企業・大学・公設試などが、分野をこえてシーズとニーズを持ち寄る交流の場です。",
                    "You are invited to \(settings.name), where companies, universities and institutes of the region meet "
                        + "across their fields with what they offer and what they need.",
                    "\(settings.name)에 초대합니다. \(settings.name)은(는) 지역의 기업, 대학, 연구기관이 분야를 넘어 시즈와 니즈를 나누는 교류의 장입니다.",
                    "诚邀您加入\(settings.name)。\(settings.name)是本地区企业、大学与研究机构跨领域交流供需的平台。"),
                say(
                    "下のボタンから参加の手続きをお願いします。手続きは1分ほどで終わります。",
                    "Please join by the button below; it takes about a minute.",
                    "아래 버튼을 눌러 참가 절차를 진행해 주세요. 1분 정도면 끝납니다.",
                    "请点击下方按钮办理加入手续,大约需要一分钟。"),
            ], action: say("参加する", "Join", "참가하기", "加入"), path: Paths.invitation + secret,
            remarks: [
                holds(until: end),
                say(
                    "このメールに心当たりがない場合は、破棄してください。", "If this does not concern you, please ignore it.",
                    "이 메일이 본인과 관계없다면 무시해 주세요.", "如果与您无关,请忽略本邮件。"),
            ], reference: secret)
    }

    /// The link by which a person signs in, once; it holds until the instant.
    package func signIn(_ name: String, secret: String, until end: Instant) -> Letter {
        letter(
            .signIn,
            say(
                "\(settings.name):ログイン用リンク", "Your sign-in link for \(settings.name)", "\(settings.name) 로그인 링크",
                "\(settings.name) 登录链接"),
            [
                addressed(name),
                say(
                    "下のボタンからログインしてください。リンクは1回だけ使えます。", "Sign in by the button below. The link works once.",
                    "아래 버튼을 눌러 로그인해 주세요. 링크는 한 번만 사용할 수 있습니다.", "请点击下方按钮登录。该链接只能使用一次。"),
            ], action: say("ログイン", "Sign in", "로그인", "登录"), path: Paths.signIn + secret,
            remarks: [
                holds(until: end),
                say(
                    "ログインの操作をしていない場合は、このメールを破棄してください。第三者がログインすることはありません。",
                    "If you did not ask for it, ignore this mail: nobody else can sign in by it.",
                    "로그인을 요청하지 않으셨다면 이 메일을 무시해 주세요. 다른 사람이 로그인할 수는 없습니다.",
                    "如果您没有请求登录,请忽略本邮件,他人无法以此登录。"),
            ], reference: secret)
    }

    /// One of the reader's channels does not work any more; `reason` is its sentence in the log.
    package func channelStopped(_ channel: Channel, reason: String, kept: Int) -> Letter {
        let name = channel.name
        return letter(
            .channelStopped,
            say(
                "通知先「\(name)」に届かなくなりました", "The channel \"\(name)\" has stopped working", "알림 채널 '\(name)'에 전달되지 않습니다",
                "通知渠道“\(name)”已停止"),
            [
                say(
                    "通知先「\(name)」(\(channel.shownAddress))への送信を止めました。相手の応答:",
                    "Sending to the channel \"\(name)\" (\(channel.shownAddress)) was stopped. The reason:",
                    "알림 채널 '\(name)'(\(channel.shownAddress))로의 전송을 중지했습니다. 이유:",
                    "已停止向通知渠道“\(name)”(\(channel.shownAddress))发送。原因:"), reason,
                say(
                    "届かなかった通知\(kept)件は保管しています。宛先を直して再開すると、順に送られます。",
                    "\(kept) notices are kept. They are sent in order when the address is mended and the channel resumed.",
                    "전달되지 않은 알림 \(kept)건은 보관하고 있습니다. 주소를 고치고 다시 시작하면 차례로 전송됩니다.",
                    "未送达的\(kept)条通知已保留。修正地址并恢复后将依次发送。"),
            ], remarks: [], reference: String(channel.id.text.suffix(8)))
    }

    private func letter(
        _ kind: LetterKind, _ subject: String, _ paragraphs: [String], action: String? = nil, path: String = "",
        remarks: [String], reference: String
    ) -> Letter {
        let link = try? NoticeLink(settings.publicAddress + "/" + path)
        let actions = action.flatMap { label in link.map { [NoticeAction(label, $0, .primary)] } } ?? []
        // A reference is quoted on the phone: a piece of a hash, never of the secret itself.
        let shown = reference.hasPrefix("imx_") ? String(Secret.hash(reference).prefix(8)) : reference
        return Letter(
            kind, language: NoticeLanguage(rawValue: language.rawValue) ?? .ja, subject: subject,
            paragraphs: paragraphs, actions: actions, remarks: remarks, source: settings.name, reference: shown)
    }

    private func addressed(_ name: String) -> String {
        say("\(name) 様", "Dear \(name),", "\(name) 님", "\(name) 您好:")
    }

    private func holds(until end: Instant) -> String {
        let local = end.advanced(byMilliseconds: Int64(settings.utcOffsetMinutes) * 60_000).rfc3339
        let shown = "\(local.prefix(10)) \(local.dropFirst(11).prefix(5))"
        return say(
            "リンクの有効期限:\(shown)", "The link holds until \(shown).", "링크 유효 기한: \(shown)", "链接有效期至:\(shown)")
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
