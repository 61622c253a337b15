/// Why something was not delivered, in plain words of the four languages.
///
/// The store keeps the code and the English sentence of the day; here codes are said in the reader's language. A code
/// that is not known keeps its English sentence.
package struct ReasonWords: Sendable {
    private let words: NoticeWords

    /// Words of one language.
    package init(_ language: NoticeLanguage) {
        words = NoticeWords(language)
    }

    /// The sentence for a reason.
    package func sentence(_ reason: JudgedReason) -> String {
        if words.language == .en { return reason.sentence }
        if reason.code.hasPrefix("expired.") {
            let last = JudgedReason(String(reason.code.dropFirst(8)), reason.sentence)
            let inner = known(last.code) ?? last.sentence
            return words.say(
                "期限内に届けられず、送信を打ち切りました。最後の結果:", "", "기한 안에 전달하지 못해 전송을 중단했습니다. 마지막 결과: ", "期限内未能送达,已停止发送。最后结果:") + inner
        }
        return known(reason.code) ?? reason.sentence
    }

    private func known(_ code: String) -> String? {
        let parts = code.split(separator: ".", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "http": return http(Int(parts[1]) ?? 0)
        case "net": return network(String(parts[1]))
        case "doubt": return doubt(String(parts[1]))
        case "mail": return mail(String(parts[1]))
        case "refused": return refused(String(parts[1]))
        case "channel":
            return words.say("通知先の設定が使えないため、送信できません。", "", "알림 채널 설정을 사용할 수 없어 보낼 수 없습니다.", "通知渠道的设置无法使用,不能发送。")
        default: return service(String(parts[1]))
        }
    }

    private func http(_ status: Int) -> String? {
        switch status {
        case 200..<300: words.say("相手が受け取りました。", "", "상대가 받았습니다.", "对方已接收。")
        case 300..<400:
            words.say("宛先が移転しています。新しいアドレスを登録してください。", "", "주소가 바뀌었습니다. 새 주소를 등록해 주세요.", "地址已变更,请登记新地址。")
        case 401, 403:
            words.say("相手が受け取りを許可していません(\(status))。", "", "상대가 수신을 허용하지 않습니다(\(status)).", "对方不允许接收(\(status))。")
        case 404, 410:
            words.say(
                "宛先のWebhookが見つかりません。削除された可能性があります(\(status))。", "", "웹훅을 찾을 수 없습니다. 삭제되었을 수 있습니다(\(status)).",
                "找不到该 Webhook,可能已被删除(\(status))。")
        case 413: words.say("メッセージが大きすぎると断られました。", "", "메시지가 너무 크다고 거절되었습니다.", "消息过大,被对方拒绝。")
        case 408, 425: words.say("相手がもう一度送るよう求めています。", "", "상대가 다시 보내 달라고 합니다.", "对方要求重新发送。")
        case 429: words.say("送信の間隔をあけるよう求められました。", "", "전송 간격을 늘려 달라는 요청을 받았습니다.", "对方要求降低发送频率。")
        case 400..<500:
            words.say("相手がこのメッセージを断りました(\(status))。", "", "상대가 이 메시지를 거절했습니다(\(status)).", "对方拒绝了此消息(\(status))。")
        case 500..<600:
            words.say("相手のサーバーに障害があります(\(status))。", "", "상대 서버에 장애가 있습니다(\(status)).", "对方服务器出现故障(\(status))。")
        default: nil
        }
    }

    private func network(_ word: String) -> String? {
        switch NotSentReason(rawValue: word) {
        case .nameNotFound: words.say("宛先のホスト名が見つかりません。", "", "호스트 이름을 찾을 수 없습니다.", "无法解析主机名。")
        case .connectionFailed: words.say("宛先に接続できませんでした。", "", "상대에게 연결할 수 없었습니다.", "无法连接到对方。")
        case .connectTimedOut: words.say("宛先への接続が時間切れになりました。", "", "연결 시간이 초과되었습니다.", "连接超时。")
        case .tlsFailed: words.say("安全な接続(TLS)ができませんでした。", "", "안전한 연결(TLS)을 만들 수 없었습니다.", "无法建立安全连接(TLS)。")
        case .senderStopped: words.say("サービスの停止中で、送信していません。", "", "서비스가 중지되는 중이라 보내지 않았습니다.", "服务正在停止,未发送。")
        case .other: words.say("送信できませんでした。", "", "보낼 수 없었습니다.", "未能发送。")
        case nil: nil
        }
    }

    private func doubt(_ word: String) -> String {
        if word == "workerLost" {
            return words.say(
                "送信中にサービスが停止しました。届いたかどうか分かりません。", "", "전송 중에 서비스가 멈췄습니다. 도착했는지 알 수 없습니다.", "发送过程中服务停止,无法确认是否送达。")
        }
        return words.say(
            "送信しましたが、応答がありませんでした。届いたかどうか分かりません。", "", "보냈지만 응답이 없었습니다. 도착했는지 알 수 없습니다.", "已发送但没有收到响应,无法确认是否送达。")
    }

    private func mail(_ word: String) -> String? {
        switch word {
        case "accepted": words.say("メールサーバーが受け取りました。", "", "메일 서버가 받았습니다.", "邮件服务器已接收。")
        case "later": words.say("メールサーバーが後で送るよう求めています。", "", "메일 서버가 나중에 보내 달라고 합니다.", "邮件服务器要求稍后再试。")
        case "account":
            words.say("メールサーバーのユーザー名かパスワードが正しくありません。", "", "메일 서버의 사용자 이름이나 비밀번호가 올바르지 않습니다.", "邮件服务器的用户名或密码不正确。")
        case "address": words.say("このメールアドレスは使われていません。", "", "사용되지 않는 메일 주소입니다.", "该邮箱地址不存在。")
        case "refused": words.say("メールサーバーがこのメールを断りました。", "", "메일 서버가 이 메일을 거절했습니다.", "邮件服务器拒绝了此邮件。")
        case "unsubscribed": words.say("受信者が配信を停止しました。", "", "수신자가 수신을 거부했습니다.", "收件人已退订。")
        default: nil
        }
    }

    private func refused(_ word: String) -> String {
        word == "addressNotPublic"
            ? words.say(
                "宛先が組織内のアドレスのため、管理者の許可が必要です。", "", "내부 주소이므로 관리자의 허가가 필요합니다.", "目标为内部地址,需要管理员许可。")
            : words.say("宛先のアドレスが使えません。登録し直してください。", "", "주소를 사용할 수 없습니다. 다시 등록해 주세요.", "地址无法使用,请重新登记。")
    }

    /// What chat services name as the cause; most of their words mean that the other end is gone.
    private func service(_ word: String) -> String? {
        switch word {
        case "channel_is_archived": words.say("チャンネルがアーカイブされています。", "", "채널이 보관 처리되었습니다.", "频道已归档。")
        case "channel_not_found": words.say("チャンネルが見つかりません。", "", "채널을 찾을 수 없습니다.", "找不到频道。")
        case "no_service", "no_service_id", "invalid_token", "token_revoked", "WorkflowNotFound", "10015", "NOT_FOUND",
            "Invalid_integration_id_or_token":
            words.say(
                "このWebhookは使えなくなりました。新しいものを登録してください。", "", "이 웹훅은 더 이상 사용할 수 없습니다. 새로 등록해 주세요.", "该 Webhook 已失效,请重新登记。")
        case "rate_limited", "ratelimited", "http.429", "TooManyRequests", "WorkflowRunActionsThrottled", "40062",
            "RESOURCE_EXHAUSTED", "RATE_LIMIT_HIT", "error-too-many-requests", "M_LIMIT_EXCEEDED",
            "TOO_MANY_REQUESTS", "rate_limit":
            words.say("送信の間隔をあけるよう求められました。", "", "전송 간격을 늘려 달라는 요청을 받았습니다.", "对方要求降低发送频率。")
        case "accepted":
            words.say(
                "相手のワークフローが受け付けました。投稿されたかどうかは通知されません。", "", "상대 워크플로가 접수했습니다. 게시 여부는 알려 주지 않습니다.",
                "对方的工作流已受理,但不会告知是否已发布。")
        case "50027", "INVALID_API_KEY", "UNAUTHORIZED", "UNAUTHENTICATED", "API_KEY_INVALID", "M_UNKNOWN_TOKEN",
            "M_MISSING_TOKEN", "unauthorized", "DirectApiAuthorizationRequired", "AuthorizationFailed":
            words.say(
                "アドレスまたはトークンが無効です。登録し直してください。", "", "주소 또는 토큰이 유효하지 않습니다. 다시 등록해 주세요.", "地址或令牌无效,请重新登记。")
        case "50013", "50001", "PERMISSION_DENIED", "M_FORBIDDEN", "not_authorized", "error-not-allowed", "FORBIDDEN",
            "room":
            words.say("この部屋に書き込む権限がありません。", "", "이 방에 쓸 권한이 없습니다.", "没有在此房间发言的权限。")
        case "WorkflowTriggerIsNotEnabled", "integration_disabled":
            words.say("相手側で受信が無効になっています。", "", "상대 쪽에서 수신이 꺼져 있습니다.", "对方已停用接收。")
        case "M_TOO_LARGE", "error-message-size-exceeded", "RequestEntityTooLarge":
            words.say("メッセージが大きすぎると断られました。", "", "메시지가 너무 크다고 거절되었습니다.", "消息过大,被对方拒绝。")
        default: nil
        }
    }
}

extension NoticeWords {
    /// One of four texts.
    fileprivate func say(_ ja: String, _ en: String, _ ko: String, _ zh: String) -> String {
        switch language {
        case .ja: ja
        case .en: en
        case .ko: ko
        case .zh: zh
        }
    }
}
