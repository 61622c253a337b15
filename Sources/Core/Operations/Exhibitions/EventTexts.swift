import Delivery
import Exchange

extension NoticeTexts {
    /// When an event is, as people say it.
    func date(_ date: EventDate?) -> String {
        guard let date else { return say("日程未定", "date to be settled", "일정 미정", "日期待定") }
        func day(_ day: CalendarDay) -> String {
            let (year, month, number) = day.civil
            return say(
                "\(year)年\(month)月\(number)日", day.iso, "\(year)년 \(month)월 \(number)일", "\(year)年\(month)月\(number)日")
        }
        switch date {
        case .year(let year): return say("\(year)年", "\(year)", "\(year)년", "\(year)年")
        case .month(let year, let month):
            return say("\(year)年\(month)月", "\(year)-\(month)", "\(year)년 \(month)월", "\(year)年\(month)月")
        case .season(let year, let season):
            let name =
                switch season {
                case .spring: say("春", "spring", "봄", "春季")
                case .summer: say("夏", "summer", "여름", "夏季")
                case .autumn: say("秋", "autumn", "가을", "秋季")
                case .winter: say("冬", "winter", "겨울", "冬季")
                }
            return say("\(year)年\(name)", "\(name) \(year)", "\(year)년 \(name)", "\(year)年\(name)")
        case .days(let first, let last):
            return first == last
                ? day(first) : day(first) + say("~", " to ", "~", "至") + day(last)
        }
    }

    /// The line that names date and place.
    func place(_ event: Event) -> String {
        let region = event.content.hostRegion.map {
            RegionNames.label($0, in: Language(rawValue: notice.rawValue) ?? .ja)
        }
        let spot = [event.content.venue?.name, region].compactMap { $0 }.joined(separator: say("、", ", ", ", ", "、"))
        return date(event.date) + (spot.isEmpty ? "" : say("、", " · ", " · ", "、") + spot)
    }

    func eventTitle(_ move: EventMove) -> String {
        switch move {
        case .announce: say("催しのご案内", "An event", "행사 안내", "活动通知")
        case .open: say("参加登録の受付を始めました", "Registration is open", "참가 등록을 시작했습니다", "报名开始")
        case .postpone: say("催しの延期", "An event is postponed", "행사 연기", "活动延期")
        case .replan: say("延期した催しの新しい日程", "A postponed event has a new date", "연기된 행사의 새 일정", "延期活动的新日期")
        case .cancel: say("催しの中止", "An event is cancelled", "행사 취소", "活动取消")
        case .closeRegistration, .hold, .report:
            say("催しのお知らせ", "News of an event", "행사 소식", "活动消息")
        }
    }

    func eventRequest(_ move: EventMove) -> String? {
        switch move {
        case .announce:
            say("受付開始は改めてお知らせします。", "Registration will be announced.", "등록 시작은 다시 알려 드립니다.", "报名时间另行通知。")
        case .open:
            say("参加ご希望の方はご登録ください。", "Please register if you would like to come.", "참가를 원하시면 등록해 주세요.", "欢迎报名参加。")
        case .postpone(nil, _):
            say("新しい日程は決まり次第お知らせします。", "The new date will be announced.", "새 일정은 정해지는 대로 알려 드립니다.", "新日期确定后另行通知。")
        case .postpone:
            say(
                "ご登録はそのまま有効です。ご都合がつかない場合は取り消してください。",
                "Your registration stays valid; cancel it if the new date does not suit you.",
                "등록은 그대로 유효합니다. 참석이 어려우시면 취소해 주세요.", "您的报名继续有效;如不便参加请取消。")
        case .closeRegistration, .hold, .report, .replan, .cancel: nil
        }
    }

    func reason(_ words: String) -> String {
        say("理由:\(words)", "Reason: \(words)", "사유: \(words)", "原因:\(words)")
    }

    func formerly(_ former: EventDate) -> String {
        say("当初の日程:\(date(former))", "Formerly: \(date(former))", "당초 일정: \(date(former))", "原定日期:\(date(former))")
    }

    func registrationTitle(_ state: Registration.State) -> String {
        switch state {
        case .requested: say("参加登録を受け付けました", "Your registration was received", "참가 신청을 접수했습니다", "已收到您的报名")
        case .waiting: say("キャンセル待ちです", "You are on the waiting list", "대기자 명단에 올랐습니다", "您在候补名单中")
        case .confirmed: say("参加登録が確定しました", "You have a place", "참가가 확정되었습니다", "您的名额已确认")
        case .declined: say("今回は参加いただけません", "You could not be given a place", "이번에는 참가하실 수 없습니다", "此次未能安排名额")
        case .cancelled: say("参加登録を取り消しました", "Your registration is cancelled", "참가 등록이 취소되었습니다", "您的报名已取消")
        }
    }

    func registrationRequest(_ state: Registration.State) -> String? {
        switch state {
        case .requested:
            say("事務局が確認してお知らせします。", "The office will confirm it.", "사무국에서 확인 후 알려 드립니다.", "事务局确认后通知您。")
        case .waiting:
            say(
                "席が空き次第、自動的に繰り上がり、お知らせします。", "You move up by yourself as soon as there is room, and are told.",
                "자리가 나는 대로 자동으로 확정되며 알려 드립니다.", "有空位时将自动递补并通知您。")
        case .confirmed:
            say(
                "当日は受付でコードをご提示ください。", "Show your code at the door.", "당일 접수처에서 코드를 보여 주세요.", "当天请在签到处出示代码。")
        case .declined, .cancelled: nil
        }
    }

    func code(_ code: String) -> String {
        say("受付コード:\(code)", "Code: \(code)", "접수 코드: \(code)", "签到码:\(code)")
    }

    func online(_ address: String) -> String {
        say("参加用リンク:\(address)", "Join here: \(address)", "참가 링크: \(address)", "参会链接:\(address)")
    }

    func presentationTitle(_ move: PresentationMove) -> String {
        switch move {
        case .ask: say("発表についての質問", "A question about a presentation", "발표에 대한 질문", "关于发言的提问")
        case .answer: say("発表についての回答", "An answer about a presentation", "발표에 대한 답변", "关于发言的回复")
        case .accept: say("発表が採択されました", "A presentation was accepted", "발표가 채택되었습니다", "发言已被采纳")
        case .decline: say("発表は今回見送りとなりました", "A presentation was not taken", "발표가 채택되지 않았습니다", "发言此次未被采纳")
        case .withdraw: say("発表が取り下げられました", "A presentation was withdrawn", "발표가 철회되었습니다", "发言已撤回")
        }
    }

    func programmeTitle(_ number: Int) -> String {
        number == 1
            ? say("プログラムを公開しました", "The programme is out", "프로그램을 공개했습니다", "日程已公布")
            : say(
                "プログラムの変更(第\(number)版)", "The programme has changed (release \(number))", "프로그램 변경(제\(number)판)",
                "日程变更(第\(number)版)")
    }

    func aspect(_ aspect: ProgrammeDifference.Entry.Aspect) -> String {
        switch aspect {
        case .added: say("追加", "added", "추가", "新增")
        case .removed: say("取りやめ", "removed", "삭제", "取消")
        case .time: say("時間", "time", "시간", "时间")
        case .place: say("会場", "place", "장소", "地点")
        case .title: say("題名", "title", "제목", "标题")
        case .presentations: say("発表", "presentations", "발표", "发言")
        case .people: say("登壇者", "people", "등단자", "出场者")
        case .summary: say("説明", "description", "설명", "说明")
        case .kind: say("種別", "kind", "종류", "类别")
        }
    }

    var followUpTitle: String { say("その後はいかがですか", "How did it go on?", "그 후 어떻게 되었나요?", "后续进展如何?") }

    func followUpRequest(_ title: String) -> String {
        say(
            "「\(title)」で会った方とのその後を、おつなぎの画面から一言お知らせください。新しいシーズ・ニーズが生まれた場合は、催しを「きっかけ」に選んで投稿してください。",
            "Tell us in a word what became of whom you met at “\(title)”. If a new seed or need came of it, post it and "
                + "name the event as its origin.",
            "'\(title)'에서 만난 분과의 이후 진행을 간단히 알려 주세요. 새로운 시즈·니즈가 생겼다면 행사를 계기로 선택해 등록해 주세요.",
            "请简要告知您在“\(title)”上结识的伙伴的后续进展。如产生了新的种子或需求,请以该活动为来源发布。")
    }
}
