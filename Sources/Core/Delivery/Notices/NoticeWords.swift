/// The fixed words of notices: the one catalogue of this module.
package struct NoticeWords: Sendable {
    /// The language of these words.
    package let language: NoticeLanguage

    /// The words of one language.
    package init(_ language: NoticeLanguage) {
        self.language = language
    }

    /// What kind of notice this is, as its first words.
    package func kind(_ kind: NoticeKind) -> String {
        switch kind {
        case .matchFound: pick("新しいマッチ", "New match", "새로운 매칭", "新的匹配")
        case .introductionInterest: pick("関心の表明", "Someone is interested", "관심 표명", "有人表示兴趣")
        case .introductionMutual: pick("双方が関心", "Both sides are interested", "양측 모두 관심", "双方均有兴趣")
        case .coordinatorAsked: pick("質問", "A question", "문의", "提问")
        case .postingPublished: pick("新しい掲載", "New posting", "새 게시물", "新发布")
        case .groupProposed: pick("研究会の提案", "A proposed study group", "연구회 제안", "研究会提案")
        case .event: pick("催し", "Event", "행사", "活动")
        case .topic: pick("お知らせ", "Topic", "소식", "资讯")
        case .meetingChanged: pick("面談の予定", "Your meetings", "면담 일정", "面谈安排")
        case .digest: pick("まとめ", "Digest", "모아보기", "汇总")
        case .test: pick("接続テスト", "Connection test", "연결 시험", "连接测试")
        }
    }

    /// How near the two fields are.
    package func closeness(_ closeness: NoticeCloseness) -> String {
        switch closeness {
        case .kindred: pick("同じ分野", "Same field", "같은 분야", "同一领域")
        case .adjacent: pick("隣の分野", "Neighbouring fields", "인접 분야", "相邻领域")
        case .bridge: pick("分野をつなぐ橋渡し", "A bridge between fields", "분야를 잇는 다리", "跨领域的桥梁")
        case .wildcard: pick("思いがけない組合せ", "A chance pick", "뜻밖의 조합", "意外的组合")
        }
    }

    /// Before the sentence that says why this concerns the reader.
    package var why: String { pick("理由", "Why", "이유", "理由") }

    /// Before the sentence that says what is asked of the reader.
    package var asked: String { pick("お願い", "Your turn", "부탁", "请您") }

    /// Before the short reference.
    package var reference: String { pick("参照", "Ref.", "참조", "编号") }

    /// The link that ends notices.
    package var unsubscribe: String { pick("配信を停止する", "Stop these mails", "수신 거부", "退订") }

    /// After a list that was cut.
    package func more(_ count: Int) -> String {
        pick("ほか\(count)件", "and \(count) more", "외 \(count)건", "另有\(count)项")
    }

    /// For a notice that may have arrived before.
    package var repeated: String {
        pick(
            "前回の送信結果を確認できなかったため、再送しています。重複の場合はご容赦ください。",
            "Sent again because the first try ended without an answer; you may see this twice.",
            "이전 전송 결과를 확인하지 못해 다시 보냅니다. 중복될 수 있습니다.",
            "由于上次发送未收到确认，现重新发送；您可能会看到两次。")
    }

    private func pick(_ ja: String, _ en: String, _ ko: String, _ zh: String) -> String {
        switch language {
        case .ja: ja
        case .en: en
        case .ko: ko
        case .zh: zh
        }
    }
}
